"""The coverage of an article as lines for a person: who else reports it, when, and what they agree on."""

from collections.abc import Iterator, Sequence

from newstui.cli.plain_text import outlet_of, when
from newstui.cli.reports import amount, outlets_of, seconds_after
from newstui.library.rows import Coverage, Report
from newstui.text import counted
from newstui.tui.cells import wrapped
from newstui.tui.coverage_rows import texts_of
from newstui.tui.coverage_times import after, earliest_of_what


def coverage_lines(coverage: Coverage, shown: int, cells: int) -> Iterator[str]:
    """All reports in order of time, copies folded; ``shown`` is the article that they stand below."""
    yield ""
    yield from wrapped(f"Coverage: {_summary(coverage.reports)}", cells)
    if len(coverage.reports) < 2:
        return
    for fact in _facts(coverage):
        yield from _indented(fact, 2, cells)
    for text in texts_of(coverage.reports):
        yield from _report(text, coverage.first_report, shown, cells)


def _summary(reports: Sequence[Report]) -> str:
    if len(reports) < 2:
        return "no other report in your library"
    if (outlets := len(outlets_of(reports))) > 1:
        return amount(outlets, reports)
    return f"{counted(len(reports), 'report')}, no other outlet in your library"


def _facts(coverage: Coverage) -> Iterator[str]:
    reports = {report.article: report for report in coverage.reports}
    if earliest := reports.get(coverage.earliest or 0):
        yield f"Earliest {earliest_of_what(coverage)}: {outlet_of(earliest)}, {when(earliest)}"
    if own := reports.get(coverage.first_of_its_own or 0):
        yield f"First report of its own: {outlet_of(own)}, {when(own)}"
    if coverage.figures:
        is_all_shown = all(report.is_member for report in coverage.reports)
        of_all = f" of {coverage.outlets:,}" if is_all_shown else ""
        agreed = [f"{figure} in {outlets:,}{of_all}" for figure, outlets in coverage.figures]
        yield f"Figures that outlets {'' if is_all_shown else 'of this story '}agree on: {' · '.join(agreed)}"


def _report(text: Sequence[Report], first_report: int | None, shown: int, cells: int) -> Iterator[str]:
    report, *copies = text
    is_shown = report.article == shown
    parts = (when(report), _later(report, first_report), outlet_of(report), "this report" if is_shown else "")
    yield from _indented(" · ".join(filter(None, parts)), 2, cells)
    if not is_shown:
        yield from _indented(report.headline, 4, cells)
    if copies:
        named = ", ".join(_names(copies, shown))
        yield from _indented(f"+{counted(len(copies), 'copy')} of the same text: {named}", 4, cells)


def _later(report: Report, first_report: int | None) -> str:
    is_timed = seconds_after(report, first_report) is not None
    return after(report.published, first_report) if is_timed else ""


def _names(reports: Sequence[Report], shown: int) -> Iterator[str]:
    for report in reports:
        yield outlet_of(report) + (" (this report)" if report.article == shown else "")


def _indented(text: str, margin: int, cells: int) -> Iterator[str]:
    yield from (" " * margin + line for line in wrapped(text, cells - margin))
