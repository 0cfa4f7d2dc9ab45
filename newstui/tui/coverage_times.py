"""When the reports of a story came: their dates, how long after the first, and how many came when."""

from collections import Counter
from collections.abc import Iterable, Sequence

from newstui.library.rows import Coverage, Report
from newstui.text import clock, short_date
from newstui.tui.reports_text import DATE_UNKNOWN, same_day_here

MINUTE, HOUR, DAY = 60, 3_600, 86_400
CLOCK = len(" 00:00")
REPORTS_FOR_A_BAR = 6
LONGEST_BAR = 24
"""Blocks of the bar at most."""
HOURS_A_BLOCK = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 730)
BLOCKS = " ▁▂▃▄▅▆▇█"
FULL_BLOCK = 4
"""Reports that fill a block at least: two reports that came apart are no peaks."""


def is_exact(report: Report) -> bool:
    """Whether the hour of a report is known."""
    return report.is_date_known and not report.is_day_only


def exact_times(reports: Iterable[Report]) -> list[int]:
    """The times of the reports whose hour is known, in order."""
    return sorted(report.published for report in reports if is_exact(report))


def earliest_of_what(coverage: Coverage) -> str:
    """What the earliest report of the story is the earliest of: a linked report of another story can be earlier."""
    times = exact_times(coverage.reports)
    is_first = not times or coverage.first_report is None or times[0] >= coverage.first_report
    return "in your library" if is_first else "of this story"


def day_of(report: Report, year_of: int) -> str:
    """The local day of a report, with its year where that is another than the one of ``year_of``."""
    if not report.is_date_known:
        return DATE_UNKNOWN
    return short_date(same_day_here(report.published) if report.is_day_only else report.published, year_of)


def stamp(report: Report, day: str, day_above: str) -> str:
    """Day and clock of a report; the clock alone where the day is that of the report above it."""
    if not is_exact(report):
        return day
    return clock(report.published) if day == day_above else f"{day} {clock(report.published)}"


def stamp_cells(reports: Sequence[Report], year_of: int) -> int:
    """The cells that the longest stamp of the reports takes."""
    ends = sorted((report for report in reports if report.is_date_known), key=lambda report: report.published)
    has_year = any(day_of(report, year_of).count(" ") > 1 for report in (ends[:1] + ends[-1:]))
    day = len("30 Sep 2000" if has_year else "30 Sep")
    undated = len(DATE_UNKNOWN) if len(ends) < len(reports) else 0
    return max(undated, day + (CLOCK if any(map(is_exact, reports)) else 0))


def after(moment: int, first_report: int | None) -> str:
    """How long after the first report: ``+40 m``, ``+19 h``, ``+3 d``; empty for the first itself."""
    seconds = moment - first_report if first_report is not None else 0
    if seconds <= 0:
        return ""
    if seconds < HOUR:
        return f"+{seconds // MINUTE} m"
    return f"+{seconds // HOUR} h" if seconds < 2 * DAY else f"+{seconds // DAY} d"


def span(times: Sequence[int]) -> str:
    """How long a story has been told, as people say it: ``3 days``; empty where that is nothing to speak of."""
    seconds = times[-1] - times[0] if times else 0
    if seconds < HOUR:
        return f"{seconds // MINUTE} min" if seconds >= MINUTE else ""
    return f"{seconds // HOUR} h" if seconds < 2 * DAY else f"{seconds // DAY} days"


def bar(times: Sequence[int], cells: int) -> tuple[str, int] | None:
    """How many reports came when, as blocks, and the hours of each block; None where there is too little to show."""
    if len(times) < REPORTS_FOR_A_BAR or cells < 2 or times[-1] - times[0] < HOUR:
        return None
    longest = min(cells, LONGEST_BAR)
    hours = next((hours for hours in HOURS_A_BLOCK if _blocks(times, hours) <= longest), 0)
    hours = hours or -(-(times[-1] - times[0] + 1) // (longest * HOUR))
    counts = Counter((time - times[0]) // (hours * HOUR) for time in times)
    full = max(FULL_BLOCK, *counts.values())
    return "".join(BLOCKS[-(-8 * counts[block] // full)] for block in range(_blocks(times, hours))), hours


def _blocks(times: Sequence[int], hours: int) -> int:
    return (times[-1] - times[0]) // (hours * HOUR) + 1
