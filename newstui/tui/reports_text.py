"""Numbered reports as lines: in one line where the headline keeps its room, else in two."""

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newstui.library.rows import ListedRow
from newstui.text import short_date
from newstui.tui.cells import cell_len, fitted, shortened
from newstui.tui.text_lines import Part, Parts, TextLine, wrapped

ROOM_FOR_A_HEADLINE = 32
"""Cells; a report whose headline would get fewer takes two lines."""

ROOM_FOR_TWO_LINES = 40
"""Cells of a pane; in a narrower one the headline of a report is wrapped instead of cut."""

ROOM_FOR_AN_OUTLET = 10
"""Cells; an outlet that would get fewer beside the date stands below it."""

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

    @property
    def beside_date(self) -> int:
        """What is left beside the date."""
        return self.width - self.number - self.date


class ReportLine(NamedTuple):
    """A report as it is drawn. ``mark`` is its number; ``date`` fills its column."""

    mark: str
    date: Sequence[Part]
    outlet: str
    headline: str
    look: str
    row: int | None


def columns_of(outlets: Sequence[str], last_number: int, date: int, width: int) -> Columns:
    """The columns of a list of reports from these outlets."""
    number = len(str(last_number)) + 2  # the cursor's mark takes the first cell
    outlet = max(map(cell_len, outlets)) + 2
    return Columns(width, number, date, max(1, min(outlet, max(16, width // 5), width - number - date)))


def report_lines(report: ReportLine, columns: Columns) -> Iterator[TextLine]:
    """A report as lines that belong to its row."""
    if columns.headline >= ROOM_FOR_A_HEADLINE:
        outlet = fitted(report.outlet, columns.outlet - 2) + "  "
        headline = (shortened(report.headline, columns.headline), report.look)
        yield TextLine([*start_of_line(report, columns), (outlet, "link"), headline], report.row)
        return
    yield from _outlet_lines(report, columns)
    margin = (" " * columns.number, "text")
    for headline_line in _headline(report.headline, max(1, columns.width - columns.number), columns.width):
        yield TextLine([margin, (headline_line, report.look)], report.row)


def start_of_line(report: ReportLine, columns: Columns) -> Parts:
    """The number of a report and its date."""
    return [(f" {report.mark:>{columns.number - 2}} ", "accent"), *report.date]


def _outlet_lines(report: ReportLine, columns: Columns) -> Iterator[TextLine]:
    """The number, the date and the outlet of a report, which stands below them where it has no room beside them."""
    start = start_of_line(report, columns)
    if columns.beside_date >= min(ROOM_FOR_AN_OUTLET, cell_len(report.outlet)):
        yield TextLine([*start, (shortened(report.outlet, columns.beside_date), "link")], report.row)
        return
    yield TextLine(start, report.row)
    margin = (" " * columns.number, "text")
    yield TextLine([margin, (shortened(report.outlet, columns.width - columns.number), "link")], report.row)


def listed_lines(
    reports: Sequence[ListedRow], first_row: int, first_number: int, width: int, now: int
) -> Iterator[TextLine]:
    """Reports that have a day and no clock, such as what the publisher lists beside an article."""
    if not reports:
        return
    dates = [_date(report, now) for report in reports]
    date_cells = max(map(cell_len, dates)) + 1
    columns = columns_of([report.outlet for report in reports], first_number + len(reports) - 1, date_cells, width)
    for place, (report, date) in enumerate(zip(reports, dates, strict=True)):
        stamp = [(f"{date:<{date_cells}}", "muted")]
        look = "text" if report.is_read else "strong"
        mark = str(first_number + place)
        line = ReportLine(mark, stamp, report.outlet, report.headline, look, first_row + place)
        yield from report_lines(line, columns)


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
