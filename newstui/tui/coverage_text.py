"""Who else reports a story, as lines: how many and since when, each report in its place, and what they agree on."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import set_cell_size

from newstui.library.rows import Coverage
from newstui.tui.cells import cell_len, shortened
from newstui.tui.coverage_rows import CopiesEntry, OwnOutletEntry, ReportEntry, ReportRows
from newstui.tui.coverage_times import (
    CLOCK,
    after,
    bar,
    day_of,
    earliest_of_what,
    exact_times,
    is_exact,
    span,
    stamp,
    stamp_cells,
)
from newstui.tui.reports_text import (
    ROOM_FOR_A_HEADLINE,
    ROOM_FOR_AN_OUTLET,
    ROOM_FOR_TWO_LINES,
    Columns,
    ReportLine,
    columns_of,
    listed_lines,
    report_lines,
    start_of_line,
)
from newstui.tui.text_lines import Part, Parts, TextLine, flowing, heading

NAME = "Coverage"
THIS_REPORT = "this report"
ALONE = "no other outlet in your library"


def beside_lines(rows: ReportRows, published: int, width: int, now: int) -> Iterator[TextLine]:
    """All that stands beside an article of the time ``published``: its coverage, what is similar, what is listed."""
    yield TextLine([])
    if rows.is_alone:
        note = ALONE if len(f"{NAME}  {ALONE}") <= width else "no other outlet"
        yield TextLine(heading(NAME, note, width))
    else:
        yield from map(TextLine, _summary(rows, width))
        yield from _entries(rows, published, width)
        yield from map(TextLine, _agreed(rows.coverage, width))
    yield from _similar(rows, width, now)
    if listed := rows.beside.listed:
        yield TextLine([])
        yield TextLine(heading("Also listed by the publisher", f"{len(listed):,}", width))
        yield from listed_lines(listed, rows.first_listed, rows.number_of(rows.first_listed), width, now)


# --- what is said of all reports -----------------------------------------------------------------


def _summary(rows: ReportRows, width: int) -> Iterator[Parts]:
    """The heading with what it has room for, the bar of reports by time, and who was first."""
    coverage = rows.coverage
    what = f"earliest {earliest_of_what(coverage)}"
    earliest = _whose(coverage, coverage.earliest, what) if coverage.outlets > 1 else ""
    notes = _notes(rows, earliest)
    note = next((note for note in notes if cell_len(note) <= width - len(f"{NAME}  ")), notes[-1])
    yield heading(NAME, note, width)
    if found := bar(exact_times(coverage.reports), width):
        blocks, hours = found
        yield [(blocks, "accent"), (shortened(f"  {hours:,} h each", max(0, width - len(blocks))), "faint")]
    own = _whose(coverage, coverage.first_of_its_own, "first report of its own")
    said = ["" if earliest in note else earliest, own]
    yield from flowing([(words, "muted") for words in said if words], width, "  ·  ")


def _whose(coverage: Coverage, article: int | None, what: str) -> str:
    """Whose report it is that is known for something."""
    outlet = next((report.outlet for report in coverage.reports if report.article == article), "")
    return f"{what}: {outlet}" if outlet else ""


def _notes(rows: ReportRows, earliest: str) -> list[str]:
    """What the heading can say, from all of it to the least: how many, in which order, how long, and who began."""
    reports, (outlets, independent) = len(rows.coverage.reports), _counts(rows.coverage)
    counted = f"{outlets:,} outlets" if outlets > 1 else f"{reports:,} reports of one outlet"
    texts = f", {independent:,} independent report{'' if independent == 1 else 's'}"
    full = counted + (texts if independent < min(outlets, reports) else "")
    order, how_long = "best first" if rows.is_best_first else "", span(exact_times(rows.coverage.reports))
    notes = [full, order, how_long, earliest], [full, order, how_long], [full, order]
    shorter = [counted, order, how_long], [counted, order], [counted]
    return [" · ".join(filter(None, note)) for note in (*notes, *shorter)]


def _counts(coverage: Coverage) -> tuple[int, int]:
    """Outlets and independent reports: of the list shown, which can hold reports from outside the story."""
    if all(report.is_member for report in coverage.reports):
        return coverage.outlets, coverage.independent
    from newstui.coverage.outlets import house

    known = {report.article for report in coverage.reports}
    outlets = {house(report.outlet, report.domain) for report in coverage.reports}
    return len(outlets), sum(report.copy_of not in known for report in coverage.reports)


def _agreed(coverage: Coverage, width: int) -> Iterator[Parts]:
    """The figures that several outlets give."""
    agreed = [f"{figure} in {outlets:,}" for figure, outlets in coverage.figures]
    is_all_shown = all(report.is_member for report in coverage.reports)
    of_all = f" of {coverage.outlets:,} outlets" if is_all_shown else " outlets of this story"
    said = [words + (of_all if place == 0 else "") for place, words in enumerate(agreed)]
    return flowing([(words, "text") for words in said], width, "  ·  ")


# --- the reports ---------------------------------------------------------------------------------


class _Dates(NamedTuple):
    """The column of dates, in cells: the day and the clock, the time since the first report, and a gap."""

    date: int
    since: int
    cells: int

    def parts(self, date: str, since: str, has_clock: bool) -> list[Part]:
        """A date and the time since the first report, cut to their column; days stand below days."""
        date = f"{date if has_clock else date + ' ' * CLOCK:>{self.date}}"
        date = set_cell_size(date, min(self.date, self.cells))
        since = f"{since:>{self.since}}" if self.since else ""
        return [(date, "muted"), (set_cell_size(since, self.cells - len(date)), "faint")]


def _dates_of(coverage: Coverage, published: int, room: int) -> _Dates:
    """The column that the reports need, without the time since the first where that would take the outlet's room."""
    date, times = stamp_cells(coverage.reports, published), exact_times(coverage.reports)
    first = coverage.first_report
    since = max(6, len(after(times[-1], first)) + 1) if first is not None and len(times) > 1 else 0
    gap = 2 if since and room >= ROOM_FOR_TWO_LINES else 1
    if date + since + gap + ROOM_FOR_AN_OUTLET > room:
        since, gap = 0, 1
    return _Dates(date, since, max(0, min(room, date + since + gap)))


def _entries(rows: ReportRows, published: int, width: int) -> Iterator[TextLine]:
    coverage, last_number = rows.coverage, rows.last_covered
    has_clocks = any(map(is_exact, coverage.reports))
    dates = _dates_of(coverage, published, width - len(str(last_number)) - 2)
    columns = columns_of([report.outlet for report in coverage.reports], last_number, dates.cells, width)
    day_above = ""
    for entry in rows.entries:
        if isinstance(entry, CopiesEntry):
            yield _copies(entry, columns)
        elif isinstance(entry, OwnOutletEntry):
            yield TextLine([(shortened(f"More from {entry.outlet}", width), "muted")])
        else:
            report, day = entry.report, day_of(entry.report, published)
            since = after(report.published, coverage.first_report) if is_exact(report) else ""
            date = dates.parts(stamp(report, day, day_above), since, is_exact(report) or not has_clocks)
            yield from _report(entry, date, columns)
            day_above = "" if rows.is_best_first else day


def _report(entry: ReportEntry, date: Sequence[Part], columns: Columns) -> Iterator[TextLine]:
    report = entry.report
    outlet = f"  {report.outlet}" if entry.is_copy else report.outlet
    look = "text" if report.is_read else "strong"
    if entry.row is None:
        yield from _this_report(ReportLine("▸", date, outlet, THIS_REPORT, "strong", None), columns)
    else:
        yield from report_lines(ReportLine(str(entry.number), date, outlet, report.headline, look, entry.row), columns)


def _this_report(report: ReportLine, columns: Columns) -> Iterator[TextLine]:
    """The report that is shown: its headline stands above, so it needs one line."""
    room = columns.beside_date - len(THIS_REPORT) - 2
    if columns.headline < ROOM_FOR_A_HEADLINE and room >= min(ROOM_FOR_AN_OUTLET, cell_len(report.outlet)):
        outlet = (shortened(report.outlet, room), "link")
        yield TextLine([*start_of_line(report, columns), outlet, (f"  {THIS_REPORT}", "strong")])
    else:
        yield from report_lines(report, columns)


def _copies(entry: CopiesEntry, columns: Columns) -> TextLine:
    count = len(entry.copies)
    sign = " " if entry.is_unfolded else "+"
    said = f"{sign}{count:,} cop{'y' if count == 1 else 'ies'} of the same text"
    said = shortened(said, max(1, columns.width - columns.number))
    outlets = "" if entry.is_unfolded else ", ".join(dict.fromkeys(copy.outlet for copy in entry.copies[:20]))
    room = columns.width - columns.number - cell_len(said) - 2
    named = f"  {shortened(outlets, room)}" if room >= ROOM_FOR_AN_OUTLET else ""
    return TextLine([(" " * columns.number, "text"), (said, "muted"), (named, "faint")], entry.row)


def _similar(rows: ReportRows, width: int, now: int) -> Iterator[TextLine]:
    """What is alike and no report of the same story: folded, and never counted."""
    similar = rows.beside.similar
    note = "" if similar is None else f"{len(similar):,}" if similar else "nothing in your library"
    yield TextLine([])
    mark = "▸" if similar is None else "▾"
    yield TextLine(heading(f" {mark} Similar", note, width), rows.similar_row)
    yield from listed_lines(similar or (), rows.first_similar, rows.number_of(rows.first_similar), width, now)
