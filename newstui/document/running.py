"""Running text that is read piece by piece: white space as HTML counts it, line ends, links and looks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from newstui.document.blocks import Span, Spans
from newstui.document.spans import Links, with_bare_links
from newstui.text import clean, matcher


class Anchor(NamedTuple):
    """A link that pieces of text belong to; ``place`` tells two of the same URL apart."""

    place: int
    url: str


class Look(NamedTuple):
    """How a piece of text looks, and where it leads."""

    is_strong: bool = False
    is_emphasis: bool = False
    is_code: bool = False
    anchor: Anchor | None = None

    def within(self, look: "Look") -> "Look":
        """How a piece looks that has this look and one more."""
        is_strong, is_emphasis = self.is_strong or look.is_strong, self.is_emphasis or look.is_emphasis
        return Look(is_strong, is_emphasis, self.is_code or look.is_code, look.anchor or self.anchor)


PLAIN = Look()
_Line = list[tuple[str, Look]]


class RunningText:
    """The text of a block, in pieces of one look each, until it is taken as paragraphs."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._lines: list[_Line] = [[]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read since the last paragraphs were taken."""
        return len(self._lines) == 1 and not self._lines[0]

    def add(self, text: str, look: Look = PLAIN) -> None:
        """Add a piece; every run of spaces and line ends is one space, and none at the start of a line."""
        text = matcher(_SPACES).sub(" ", clean(text))
        line = self._lines[-1]
        if text[:1] == " " and (not line or line[-1][0].endswith(" ")):
            text = text[1:]
        if not text:
            return
        if line and line[-1][1] == look:
            line[-1] = (line[-1][0] + text, look)
        else:
            line.append((text, look))

    def end_line(self) -> None:
        """Begin a line of its own; two line ends in a row begin a paragraph."""
        self._lines.append([])

    def take(self) -> Iterator[Spans]:
        """The paragraphs that were read, none of them empty; nothing is left."""
        lines, self._lines = [_trimmed(line) for line in self._lines], [[]]
        for has_text, paragraph in groupby(lines, bool):
            if has_text:
                yield tuple(_merged(self._spans(_joined(paragraph))))

    def _spans(self, pieces: _Line) -> Iterator[Span]:
        for anchor, linked in groupby(pieces, lambda piece: piece[1].anchor):
            texts = list(linked)
            number = self._links.number(anchor.url, "".join(text for text, _ in texts)) if anchor else None
            for text, look in texts:
                span = Span(text, look.is_strong, look.is_emphasis, look.is_code, number)
                yield from with_bare_links(span, self._links)


def _trimmed(line: _Line) -> _Line:
    """The line without the spaces around it, those that do not break among them."""
    while line and not (text := line[-1][0].rstrip()):
        line.pop()
    if line:
        line[-1] = (text, line[-1][1])
    while line and not (text := line[0][0].lstrip()):
        del line[0]
    if line:
        line[0] = (text, line[0][1])
    return line


def _joined(lines: Iterable[_Line]) -> _Line:
    """Lines in a row, with an end between each two that looks as what is around it, if that looks the same."""
    pieces: _Line = []
    for line in lines:
        if pieces:
            look = line[0][1]
            pieces.append(("\n", look if look == pieces[-1][1] and not look.is_code else PLAIN))
        pieces += line
    return pieces


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    before: Span | None = None
    for span in spans:
        if before and before.look() == span.look():
            before = replace(span, text=before.text + span.text)
        else:
            if before:
                yield before
            before = span
    if before:
        yield before


_SPACES = "[\t\n ]+"
