"""Stories made by hand, for what is drawn of them."""

from collections.abc import Sequence

from newstui.library.rows import AgreedFigure, Coverage, ListedRow, Report
from newstui.tui.coverage_rows import Beside

HOUR = 3_600
DAWN = 1_588_896_000
"""When the first report of a story made by hand came: Fri 8 May 2020, 00:00 UTC."""


def told(article: int, outlet: str, hours: float, headline: str = "", **said: object) -> Report:
    """A report that came so many hours after dawn; whatever else is said of it."""
    domain = f"{outlet.lower().replace(' ', '')}.example"
    report = Report(
        article, f"https://{domain}/{article}", int(DAWN + hours * HOUR), True, False, outlet, domain,
        headline or f"Headline {article}", False, True, False, 5.0, None,
    )  # fmt: skip
    return report._replace(**said)  # type: ignore[arg-type]


def covered(*reports: Report, best: Sequence[int] = (), figures: Sequence[AgreedFigure] = (), own: int = 0) -> Coverage:
    """What the library says of these reports, given in order of time; ``own`` is the first in words of its own."""
    members = [report for report in reports if report.is_member]
    exact = [report for report in members if report.is_date_known and not report.is_day_only]
    first = exact[0] if exact else None
    return Coverage(
        1, len({report.domain for report in members}), sum(report.copy_of is None for report in members), len(members),
        first.published if first else None, first.article if first else None, own or None, tuple(figures),
        tuple(reports), tuple(best) or tuple(report.article for report in reports[1:]),
    )  # fmt: skip


def alone(article: int, published: int, listed: Sequence[ListedRow] = ()) -> Beside:
    """An article that nobody else reports, and what its publisher lists."""
    itself = told(article, "Breaking Defense", 0, published=published, is_same_outlet=True)
    return Beside(covered(itself), listed)
