"""Numbered reports as lines: in one line where the headline keeps its room, else in two."""

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from newstui.library.rows import ListedRow
from newstui.text import short_date
from newstui.tui.cells import fitted, shortened
from newstui.tui.text_lines import TextLine, heading, wrapped

ROOM_FOR_A_HEADLINE = 32
"""Cells; a report whose headline would get fewer takes two lines."""

ROOM_FOR_TWO_LINES = 40
"""Cells of a pane; in a narrower one the headline of a report is wrapped instead of cut."""

LONGEST_WRAPPED_HEADLINE = 3
DATE_UNKNOWN = "undated"


class Columns(NamedTuple):
    """Where the parts of each report of a list stand, in cells."""

    width: int
    number: int
    date: int
    outlet: int

    @property
    def headline(self) -> int:
        """What is left for a headline beside date and outlet."""
        return self.width - self.number - self.date - self.outlet


def listed_lines(reports: Sequence[ListedRow], first_row: int, width: int, now: int) -> Iterator[TextLine]:
    """What the publisher lists beside an article; ``first_row`` counts the rows above it."""
    if not reports:
        return
    yield TextLine([])
    yield TextLine(heading("Also listed by the publisher", f"{len(reports):,}", width))
    dates = [_date(report, now) for report in reports]
    columns = _columns(reports, dates, first_row + len(reports), width)
    for row, (report, date) in enumerate(zip(reports, dates, strict=True), first_row):
        yield from _report(report, date, row, columns)


def _columns(reports: Sequence[ListedRow], dates: Sequence[str], last_number: int, width: int) -> Columns:
    number = len(str(last_number)) + 2  # the cursor's mark takes the first cell
    date = max(map(cell_len, dates)) + 1
    outlet = max(cell_len(report.outlet) for report in reports) + 2
    return Columns(width, number, date, max(1, min(outlet, max(16, width // 5), width - number - date)))


def _report(report: ListedRow, date: str, row: int, columns: Columns) -> Iterator[TextLine]:
    look = "text" if report.is_read else "strong"
    stamp = [(f" {row + 1:>{columns.number - 2}} ", "accent"), (f"{date:<{columns.date}}", "muted")]
    if columns.headline >= ROOM_FOR_A_HEADLINE:
        outlet = fitted(report.outlet, columns.outlet - 2) + "  "
        yield TextLine([*stamp, (outlet, "link"), (shortened(report.headline, columns.headline), look)], row)
        return
    yield TextLine([*stamp, (shortened(report.outlet, columns.width - columns.number - columns.date), "link")], row)
    margin = (" " * columns.number, "text")
    for headline in _headline(report.headline, max(1, columns.width - columns.number), columns.width):
        yield TextLine([margin, (headline, look)], row)


def _headline(headline: str, room: int, width: int) -> Iterator[str]:
    if width >= ROOM_FOR_TWO_LINES:
        yield shortened(headline, room)
        return
    lines = ["".join(text for text, _ in line) for line in wrapped([(headline, "text")], room)]
    if len(lines) > LONGEST_WRAPPED_HEADLINE:
        lines[LONGEST_WRAPPED_HEADLINE - 1] = shortened(lines[LONGEST_WRAPPED_HEADLINE - 1] + "…", room)
    yield from lines[:LONGEST_WRAPPED_HEADLINE]


def same_day_here(moment: int) -> int:
    """A moment of the local day with the date of this UTC midnight: a day without a clock is the same everywhere."""
    year, month, day, *_ = time.gmtime(moment)
    return int(time.mktime((year, month, day, 12, 0, 0, 0, 0, -1)))


def _date(report: ListedRow, now: int) -> str:
    if not report.is_date_known:
        return DATE_UNKNOWN
    is_day_only = report.published % 86_400 == 0
    return short_date(same_day_here(report.published) if is_day_only else report.published, now)
