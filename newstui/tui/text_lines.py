"""Styled text as lines: wrapped by cells, put side by side, and made only when someone wants to see them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rich.cells import chop_cells

from newstui.tui.cells import cell_len, shortened

Part = tuple[str, str]
"""A text and its part of the style sheet; of pixels their colours, as ``#rrggbb on #rrggbb``."""

Parts = list[Part]
"""A line before it is drawn."""


class TextLine(NamedTuple):
    """A line of a pane; ``row`` counts, from 0, the rows that the cursor can stand on."""

    parts: Parts
    row: int | None = None


def is_pixels(look: str) -> bool:
    """Whether a part of a line is some of a picture."""
    return look.startswith("#")


class GrowingLines:
    """Lines that are made as far as they are looked at: a long text is on the screen at once."""

    def __init__(self, coming: Iterable[TextLine] = ()) -> None:
        self.made: list[TextLine] = []
        self.places: dict[int, tuple[int, int]] = {}
        """Of each row that was made: its first line and its last."""
        self._coming = iter(coming)

    def reach(self, count: int) -> None:
        """Make lines until there are so many, or no more."""
        while len(self.made) < count and (line := next(self._coming, None)) is not None:
            self._add(line)

    def reach_end(self) -> None:
        """Make every line."""
        for line in self._coming:
            self._add(line)

    def place_of(self, row: int) -> tuple[int, int] | None:
        """The first and the last line of a row, None when there is no such row."""
        while row + 1 not in self.places and (line := next(self._coming, None)) is not None:
            self._add(line)
        return self.places.get(row)

    def _add(self, line: TextLine) -> None:
        place = len(self.made)
        self.made.append(line)
        if line.row is not None:
            first, _ = self.places.get(line.row, (place, place))
            self.places[line.row] = (first, place)


# --- wrapping ------------------------------------------------------------------------------------

_WORD_PIECE = re.compile(r"(\s*)(\S{1,1000})")
_WIDE = (
    "[\u2e80-\u3000\u3003-\u3007\u3012\u3013\u301c-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)
_OPENING = "[‘“（［｛「『【〈《〔〖]"  # noqa: RUF001
_CLOSING = "[’”、。，．・：；？！）］｝」』】〉》〕〗…ー々\u3099\u309a\ufe00-\ufe0f]"  # noqa: RUF001


@cache
def _ideograph() -> re.Pattern[str]:
    """What may stand alone in scripts without spaces: no line starts with a full stop or ends with a bracket."""
    return re.compile(f"{_OPENING}*{_WIDE}{_CLOSING}*")  # 1.5 ms, which most screens never need


class _Piece(NamedTuple):
    text: str
    look: str
    cells: int
    has_space_before: bool
    may_start_line: bool


def wrapped(parts: Sequence[Part], cells: int) -> Iterator[Parts]:
    """The lines of a styled text: broken at spaces, between ideographs, and inside a word only where it is too wide."""
    cells = max(1, cells)
    if len(parts) == 1 and parts[0][0].isascii():
        text, look = parts[0]
        return ([(line, look)] for line in _wrapped_ascii(" ".join(text.split()), cells))
    return _filled(_words(parts), cells)


def _wrapped_ascii(text: str, cells: int) -> Iterator[str]:
    start, end = 0, len(text)
    while end - start > cells:
        space = text.rfind(" ", start, start + cells + 1)
        stop = space if space > start else start + cells
        yield text[start:stop]
        start = stop + (space > start)
    if start < end:
        yield text[start:]


def _filled(words: Iterable[list[_Piece]], cells: int) -> Iterator[Parts]:
    line: Parts = []
    used = 0
    for word in words:
        width, gap = sum(piece.cells for piece in word), int(word[0].has_space_before and bool(line))
        if line and used + gap + width > cells:
            yield line
            line, used, gap = [], 0, 0
        if width > cells:
            *full, word = _broken(word, cells)
            yield from ([(piece.text, piece.look) for piece in pieces] for pieces in full)
            width = sum(piece.cells for piece in word)
        if gap:
            _join(line, " ", line[-1][1] if line[-1][1] == word[0].look else "text")
        for piece in word:
            _join(line, piece.text, piece.look)
        used += gap + width
    if line:
        yield line


def _join(line: Parts, text: str, look: str) -> None:
    if line and line[-1][1] == look:
        line[-1] = (line[-1][0] + text, look)
    else:
        line.append((text, look))


def _broken(word: list[_Piece], cells: int) -> list[list[_Piece]]:
    """The pieces of a word that is wider than a line, in lists of at most a line."""
    lines: list[list[_Piece]] = [[]]
    used = 0
    for text, look in ((chopped, piece.look) for piece in word for chopped in chop_cells(piece.text, cells)):
        width = cell_len(text)
        if used + width > cells and lines[-1]:
            lines.append([])
            used = 0
        lines[-1].append(_Piece(text, look, width, False, True))
        used += width
    return lines


def _words(parts: Iterable[Part]) -> Iterator[list[_Piece]]:
    """Pieces that stay together on a line, whatever their looks."""
    word: list[_Piece] = []
    for piece in _pieces(parts):
        if word and piece.may_start_line:
            yield word
            word = []
        word.append(piece)
    if word:
        yield word


def _pieces(parts: Iterable[Part]) -> Iterator[_Piece]:
    is_spaced, is_wide = False, False
    for text, look in parts:
        for found in _WORD_PIECE.finditer(text):
            is_spaced = is_spaced or bool(found[1])
            for fragment, is_ideograph in _fragments(found[2]):
                may_start = is_spaced or is_ideograph or is_wide or len(found[2]) == 1000
                yield _Piece(fragment, look, cell_len(fragment), is_spaced, may_start)
                is_spaced, is_wide = False, is_ideograph
        is_spaced = is_spaced or text[-1:].isspace()


def _fragments(word: str) -> Iterator[tuple[str, bool]]:
    """A word cut where a line may break in it; an ideograph says so of itself."""
    if word.isascii():
        yield word, False
        return
    end = 0
    for found in _ideograph().finditer(word):
        if found.start() > end:
            yield word[end : found.start()], False
        yield found[0], True
        end = found.end()
    if end < len(word):
        yield word[end:], False


# --- side by side --------------------------------------------------------------------------------


def flowing(items: Iterable[Part], cells: int, gap: str = "  ") -> Iterator[Parts]:
    """Short texts side by side, each whole on its line, and wrapped only where it alone is too wide."""
    line: Parts = []
    used = 0
    for text, look in items:
        first, *further = list(wrapped([(text, look)], cells)) or [[]]
        width = _cells(first)
        if line and used + len(gap) + width > cells:
            yield line
            line, used = [], 0
        if line:
            line.append((gap, "muted"))
            used += len(gap)
        line += first
        used += width
        for rest in further:
            yield line
            line, used = rest, _cells(rest)
    if line:
        yield line


def _cells(parts: Parts) -> int:
    return sum(cell_len(text) for text, _ in parts)


def indented(lines: Iterable[Parts], first: Part, rest: str = "") -> Iterator[Parts]:
    """Lines behind a mark, and the following ones behind as much space or ``rest``."""
    mark = first
    for line in lines:
        yield [mark, *line]
        mark = (rest or " " * cell_len(first[0]), first[1])


def heading(name: str, note: str, cells: int) -> Parts:
    """The name of a section, a note on it, and a rule to the end of the line."""
    name = shortened(name, cells)
    room = cells - cell_len(name)
    note = shortened(note, max(0, room - 2))
    room -= cell_len(note) + 2 if note else 0
    rule = f" {'─' * (room - 1)}" if room > 1 else ""
    return [(name, "strong"), (f"  {note}" if note else "", "muted"), (rule, "rule")]
