"""Running text as Markdown: what it would take for mark-up is escaped, and looks are marked so that it sees them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from operator import attrgetter
from typing import NamedTuple

from newstui.document.blocks import DocumentLink, Span, Spans
from newstui.document.spans import BARE_URL
from newstui.text import matcher

SEPARATOR = "<!-- -->"
"""What is not shown, between marks and a text that would change what they mean."""


def paragraph(spans: Spans, links: Sequence[DocumentLink]) -> str:
    """Running text as a paragraph, whose lines begin no other block."""
    text = inline(spans, links)
    if "\n" not in text and not matcher(_BLOCK_START).match(text):
        return text  # as most are; to look for the starts of lines takes long
    return matcher(_BLOCK_START).sub(r"\g<0>\\", text.replace("\n", "\\\n"))


def one_line(spans: Spans, links: Sequence[DocumentLink]) -> str:
    """Running text where Markdown has room for one line."""
    return inline(spans, links).replace("\n", "<br>")


def inline(spans: Spans, links: Sequence[DocumentLink]) -> str:
    """Running text, with its line ends as they are."""
    if len(spans) == 1 and spans[0] == Span(spans[0].text):
        return escaped(spans[0].text)
    written: list[str] = []
    last, open_marks = "", _NO_MARKS
    for text, marks in (*_pieces(spans, links), _Piece("", _NO_MARKS)):
        if last == "!" and text[:1] == "[":
            written[-1] = written[-1][:-1] + "\\!"
        if marks != open_marks:
            kept = len(_common(open_marks, marks))
            closing, opening = "".join(reversed(open_marks[kept:])), "".join(marks[kept:])
            if closing:
                written += [closing, SEPARATOR if opening or _is_unclear(last, text[:1]) else ""]
            elif opening and _is_unclear(text[:1], last):
                written.append(SEPARATOR)
            written.append(opening)
        written.append(text)
        last, open_marks = text[-1:], marks
    return "".join(written)


def escaped(text: str, *, is_label: bool = False) -> str:
    """A text whose characters are no mark-up; in a label no bracket ends it."""
    if matcher(_MAY_BE_MARKUP).search(text):
        text = matcher(_MARKUP).sub(r"\\\g<0>", text)
    return text.replace("]", r"\]") if is_label else text


def destination(url: str) -> str:
    """A URL as the target of a link."""
    url = matcher(_ENTITY).sub(r"\\&", url) if "&" in url else url
    return f"<{url}>" if "(" in url or ")" in url else url


_Marks = tuple[str, ...]
_NO_MARKS: _Marks = ()


class _Piece(NamedTuple):
    """A text as it is written, and the marks that stand around it."""

    text: str
    marks: _Marks = _NO_MARKS


def _pieces(spans: Spans, links: Sequence[DocumentLink]) -> Iterator[_Piece]:
    groups = [(number, [*group]) for number, group in groupby(_merged(spans), _LINK)]
    for place, (number, group) in enumerate(groups):
        url = links[number - 1].url if number else ""
        before = groups[place - 1][1][-1] if place else Span("")
        after = groups[place + 1][1][0] if place + 1 < len(groups) else Span("")
        if url and not _is_bare(group, url, before.text, after.text):
            yield _Piece("[")
            yield from _outside_spaces(_cut_spaces(group, is_label=True))
            yield _Piece(f"]({destination(url)})")
        else:
            yield from _outside_spaces(_cut_spaces(group))


def _merged(spans: Spans) -> Iterator[Span]:
    for _, group in groupby(spans, Span.look):
        first, *others = group
        yield replace(first, text=first.text + "".join(span.text for span in others)) if others else first


def _is_bare(group: Sequence[Span], url: str, before: str, after: str) -> bool:
    """Whether a link can be written as its URL alone, because a reader of Markdown finds it in the text."""
    if group != [Span(url, link_number=group[0].link_number)] or before[-1:] not in _BEFORE_URL:
        return False
    found = matcher(BARE_URL).match(url + after[:2])
    return found is not None and found[0] == url


def _cut_spaces(spans: Iterable[Span], *, is_label: bool = False) -> Iterator[_Piece]:
    """Each span as a piece, and the spaces around a marked one as pieces of their own: marks must stand at the text."""
    for span in spans:
        if not (span.is_strong or span.is_emphasis or span.is_code):
            yield _Piece(escaped(span.text, is_label=is_label))
            continue
        marks = ("**",) * span.is_strong + ("*",) * span.is_emphasis
        if span.is_code:
            yield _Piece(_code(span.text), marks)
            continue
        text = span.text.strip()
        start, _, end = span.text.partition(text) if text else (span.text, "", "")
        yield from (_Piece(space) for space in (start,) if space)
        if text:
            yield _Piece(escaped(text, is_label=is_label), marks)
        yield from (_Piece(space) for space in (end,) if space)


def _outside_spaces(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces, with spaces between two of the same marks inside of these."""
    before, spaces = _NO_MARKS, ""
    for piece in pieces:
        if piece.text.isspace():
            spaces += piece.text
            continue
        if spaces:
            yield _Piece(spaces, _common(before, piece.marks))
        yield piece
        before, spaces = piece.marks, ""
    if spaces:
        yield _Piece(spaces)


def _common(some: _Marks, others: _Marks) -> _Marks:
    return tuple(mark for mark, _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


def _is_unclear(inside: str, outside: str) -> bool:
    """Whether a mark between two characters may not be taken for one (CommonMark, section 6.2)."""
    return not inside.isalnum() and outside != "" and not outside.isspace() and outside not in _PUNCTUATION


def _code(text: str) -> str:
    text = text.replace("\n", " ")
    runs = set(matcher("`+").findall(text))
    fence = next(fence for fence in ("`" * length for length in range(1, len(text) + 2)) if fence not in runs)
    is_padded = text[:1] == "`" or text[-1:] == "`" or (text[:1] == text[-1:] == " " and not text.isspace())
    return f"{fence} {text} {fence}" if is_padded else f"{fence}{text}{fence}"


_LINK = attrgetter("link_number")
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_BEFORE_URL = ("", " ", "\n", "(", '"', "'")
_ENTITY = r"&(?=#?[0-9A-Za-z]{1,32};)"
_MARKUP = (
    r"[`*\[]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside of a word it is none
    r"|<(?![ \n])"
    r"|\\(?=[!-/:-@\[-`{-~\n]|\Z)"
    rf"|{_ENTITY}"
)
_MAY_BE_MARKUP = r"[&*<\[\\_`]"
_BLOCK_START = (
    r"(?m:^(?:[0-9]{1,9}(?=[.)](?:[ \t]|$))"
    r"|(?=\#{1,6}(?:[ \t]|$)|>|[-+](?:[ \t]|$)|[-=:|][-=:| ]*$|~~~)))"
)
