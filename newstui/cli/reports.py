"""What several reports amount to: which outlets, which texts, which is the earliest, and how much later one came."""

from collections.abc import Sequence

from newstui.cli.plain_text import outlet_of
from newstui.coverage.outlets import house
from newstui.library.rows import ArticleRow, Report
from newstui.text import counted
from newstui.tui.coverage_rows import texts_of


def outlets_of(reports: Sequence[Report]) -> list[str]:
    """The names of the outlets, each once, in the order of their reports."""
    names: dict[str, str] = {}
    for report in reports:
        names.setdefault(house(report.outlet, report.domain), outlet_of(report))
    return list(names.values())


def earliest_of(reports: Sequence[Report]) -> Report | None:
    """The first of those whose time is known; a day without a clock is none."""
    timed = [report for report in reports if report.is_date_known and not report.is_day_only]
    return min(timed, key=lambda report: report.published, default=None)


def seconds_after(row: ArticleRow | Report, first_report: int | None) -> int | None:
    """How long after the story's first report this one came, where both times are known."""
    if first_report is None or not row.is_date_known or row.is_day_only:
        return None
    return row.published - first_report


def amount(outlets: int, reports: Sequence[Report]) -> str:
    """How many report it: ``8 outlets, 4 independent reports``; where each outlet has one report, ``8 outlets``."""
    texts = len(texts_of(reports))
    by_outlet = counted(outlets, "outlet")
    if texts < len(reports):
        return f"{by_outlet}, {counted(texts, 'independent report')}"
    return by_outlet if outlets == len(reports) else f"{by_outlet}, {counted(len(reports), 'report')}"
