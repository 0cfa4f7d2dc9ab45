"""Why reports are taken for one story, in words."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from newstui.library.rows import Coverage, Report, Why
from newstui.text import ago
from newstui.tui.text_lines import Parts, TextLine, heading, indented, wrapped

REASONS_SHOWN = 9

INDENT = ("  ", "text")


class Reason(NamedTuple):
    """Why another report is beside the article; ``is_copy`` when both carry one text."""

    report: Report
    why: Why
    is_copy: bool


class Reasons(NamedTuple):
    """The reports beside an article, each with its reason: some of all the ``others``, or the one asked about."""

    told: Sequence[Reason]
    others: int
    is_asked_for: bool = False


NO_REASONS = Reasons((), 0)


def reasons(coverage: Coverage, article: int, chosen: Report | None, why: Callable[[int, int], Why]) -> Reasons:
    """Why the ``chosen`` report is beside an article, or without one the most alike of all that are."""
    others = [chosen] if chosen else strongest(coverage, article)
    told = [
        Reason(other, why(article, other.article), _is_copy(coverage, article, other.article))
        for other in others[:REASONS_SHOWN]
    ]
    return Reasons(told, len(others), chosen is not None)


def strongest(coverage: Coverage, article: int) -> list[Report]:
    """The reports beside an article, the most alike first and those without a link to it last."""
    others = [report for report in coverage.reports if report.article != article]
    return sorted(others, key=lambda report: 1.0 if report.score is None else -report.score)


def _is_copy(coverage: Coverage, one: int, other: int) -> bool:
    """Whether two reports carry one text."""
    origins = {report.article: report.copy_of or report.article for report in coverage.reports}
    return origins.get(one, one) == origins.get(other, other)


def said(reason: Reason) -> str:
    """A reason as a sentence says it: ``shares $10bn, protest, Amazon · 4 h apart``."""
    why = reason.why
    shared = ", ".join((*why.figures, *why.words))
    if reason.is_copy:
        words = "carries the same text"
    elif not why.is_linked:
        words = "in the same story through other reports"
    else:
        words = f"shares {shared}" if shared else "says much the same in common words"
    return words if why.seconds_apart is None else f"{words} · {_apart(why.seconds_apart)}"


def _apart(seconds: int) -> str:
    return "at the same time" if abs(seconds) < 60 else f"{ago(abs(seconds))} apart"


def reasons_lines(reasons: Reasons, width: int) -> Iterator[TextLine]:
    """Each report with its reason; how many are left out, and how to ask about those."""
    yield TextLine(heading("Why these are together", "" if reasons.is_asked_for else f"{reasons.others:,}", width))
    for reason in reasons.told:
        yield from map(TextLine, _reason(reason, width))
    if not reasons.is_asked_for and (left_out := reasons.others - len(reasons.told)) > 0:
        more = f"{left_out:,} more: i on one of the reports says why"
        yield from map(TextLine, wrapped([(more, "faint")], width))


def _reason(reason: Reason, width: int) -> Iterator[Parts]:
    report = reason.report
    yield from wrapped([(report.outlet or report.domain, "link"), (f" {report.headline}", "text")], width)
    yield from indented(wrapped([(said(reason), "muted")], max(1, width - 2)), INDENT)
