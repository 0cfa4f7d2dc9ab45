"""The headlines of a story under one another, with the words that all of them share dimmed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newstui.coverage.terms import is_unspaced, words_of_terms
from newstui.library.rows import Report
from newstui.tui.cells import cell_len, fitted
from newstui.tui.coverage_times import day_of, stamp
from newstui.tui.text_lines import Part, Parts, TextLine, flowing, indented, wrapped

ROOM_BESIDE = 60
"""Cells; in a narrower pane time and outlet stand above their headline."""

LONGEST_OUTLET = 24


class Told(NamedTuple):
    """A report and those that carry the same text, which is compared once."""

    report: Report
    copies: Sequence[Report]

    def holds(self, article: int) -> bool:
        """Whether an article is one of them."""
        return any(report.article == article for report in (self.report, *self.copies))


def texts(reports: Iterable[Report]) -> list[Told]:
    """The reports in their order, each text once: the first that carries it, and the others with it."""
    carriers: dict[int, list[Report]] = {}
    for report in reports:
        carriers.setdefault(report.article if report.copy_of is None else report.copy_of, []).append(report)
    return [Told(first, copies) for first, *copies in carriers.values()]


def headlines_lines(told: Sequence[Told], shown: int, width: int) -> Iterator[TextLine]:
    """The headlines, each a row; ``shown`` is the article that is marked."""
    shared = shared_words(told)
    stamps = list(_stamps([one.report for one in told], _published(told, shown)))
    outlet = min(LONGEST_OUTLET, max(cell_len(_outlet(one.report)) for one in told))
    columns = _Columns(width, len(str(len(told))), max(map(cell_len, stamps)), outlet)
    lines = _beside if width >= ROOM_BESIDE else _above
    for row, (one, when) in enumerate(zip(told, stamps, strict=True)):
        mark = (f" {'▸' if one.holds(shown) else row + 1:>{columns.number}} ", "accent")
        yield from (TextLine(parts, row) for parts in lines(one, mark, when, columns, shared))
        yield TextLine([])


class _Columns(NamedTuple):
    """Where the parts of each row stand, in cells."""

    width: int
    number: int
    when: int
    outlet: int


def _beside(one: Told, mark: Part, when: str, columns: _Columns, shared: frozenset[str]) -> Iterator[Parts]:
    outlet = fitted(_outlet(one.report), columns.outlet)
    first: Parts = [mark, (f"{when:>{columns.when}}  ", "muted"), (f"{outlet}  ", "link")]
    margin = columns.number + columns.when + columns.outlet + 6
    rest: Parts = [(" " * margin, "text")]
    for place, line in enumerate(_said(one, columns.width - margin, shared)):
        yield [*(rest if place else first), *line]


def _above(one: Told, mark: Part, when: str, columns: _Columns, shared: frozenset[str]) -> Iterator[Parts]:
    margin = " " * cell_len(mark[0])
    room = max(1, columns.width - len(margin))
    yield from indented(flowing([(when, "muted"), (_outlet(one.report), "link")], room, " "), mark, margin)
    yield from indented(_said(one, room, shared), (margin, "text"))


def _said(one: Told, room: int, shared: frozenset[str]) -> Iterator[Parts]:
    yield from wrapped(_marked(one.report, shared), max(1, room))
    if one.copies:
        outlets = ", ".join(dict.fromkeys(map(_outlet, one.copies)))
        yield from wrapped([(f"same text: {outlets}", "muted")], max(1, room))


def _outlet(report: Report) -> str:
    return report.outlet or report.domain or "outlet unknown"


def _published(told: Sequence[Told], shown: int) -> int:
    """The time of the article that is shown, whose year goes without saying."""
    return next((one.report.published for one in told if one.holds(shown)), told[0].report.published)


def _stamps(reports: Sequence[Report], year_of: int) -> Iterator[str]:
    """When each report was published: its day, where that is another than the day above, and the clock."""
    day_above = ""
    for report in reports:
        day = day_of(report, year_of)
        yield stamp(report, day, day_above)
        day_above = day


# --- words that all share ------------------------------------------------------------------------

_PIECE = re.compile(r"\s+|[–—]+|[^\s–—]+")
_PART = re.compile("[^-]+-*|-+")


def shared_words(told: Sequence[Told]) -> frozenset[str]:
    """What every headline says, as terms; words that are no terms count as they are written. None of a single one."""
    first, *others = [frozenset(_words(one.report.headline)) for one in told]
    return first.intersection(*others) if others else frozenset()


def _words(text: str) -> list[str]:
    found = [[term for term, _ in words_of_terms(piece)] or [_bare(piece)] for piece in _PIECE.findall(text)]
    return [word for words in found for word in words if word]


def _marked(report: Report, shared: frozenset[str]) -> Parts:
    look = "text" if report.is_read else "strong"
    parts: Parts = []
    for piece in _PIECE.findall(report.headline):
        parts += _piece(piece, look, shared)
    return parts


def _piece(piece: str, look: str, shared: frozenset[str]) -> Parts:
    found = list(words_of_terms(piece))
    if any(is_unspaced(term) for term, _ in found):
        return _characters(piece, look, shared)
    if any("-" in word and term in shared for term, word in found):  # health-care, where all say healthcare
        return [(piece, "faint")]
    return [(part, "faint" if shared.issuperset(_words(part) or [""]) else look) for part in _PART.findall(piece)]


def _characters(piece: str, look: str, shared: frozenset[str]) -> Parts:
    """A piece of a script without spaces: each pair of characters that all share is dimmed."""
    dimmed = {at + next for at in range(len(piece)) if piece[at : at + 2].lower() in shared for next in (0, 1)}
    return [(character, "faint" if at in dimmed else look) for at, character in enumerate(piece)]


def _bare(piece: str) -> str:
    return "".join(character for character in piece if character.isalnum()).casefold()
