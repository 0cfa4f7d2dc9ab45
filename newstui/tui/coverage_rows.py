"""What stands beside an article, row by row: the order of the reports, their numbers, and what is folded away."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from newstui.library.rows import Coverage, ListedRow, Report

SIMILAR = 0
"""The fold of what is similar; the other folds are named by the report whose copies they hide."""


class Beside(NamedTuple):
    """What the library knows beside an article; ``similar`` is None while nobody has asked for it."""

    coverage: Coverage
    listed: Sequence[ListedRow]
    similar: Sequence[ListedRow] | None = None


class ReportEntry(NamedTuple):
    """A report; the one that is shown has no row, since there is nothing to go to."""

    report: Report
    number: int
    row: int | None
    is_copy: bool


class CopiesEntry(NamedTuple):
    """A row that folds the copies of a text away, or shows them below it."""

    copies: Sequence[Report]
    row: int
    is_unfolded: bool


class OwnOutletEntry(NamedTuple):
    """The heading of what the article's own outlet has more of."""

    outlet: str


Entry = ReportEntry | CopiesEntry | OwnOutletEntry


class ReportRows:
    """The rows beside an article in their order: same story, similar, listed. ``unfolded`` names the open folds."""

    def __init__(self, shown: int, beside: Beside, unfolded: Collection[int] = (), is_best_first: bool = False) -> None:
        self.shown, self.beside, self.is_best_first = shown, beside, is_best_first
        self.reports: list[int] = []
        """The article of each row, 0 for a fold."""
        self.folds: dict[int, int] = {}
        """Of each row that folds: which fold it is."""
        self.numbered: list[int] = []
        """The article of each number, counted from 1; the one that is shown keeps its number without saying it."""
        self.entries = list(self._arranged(unfolded))
        self.last_covered = len(self.numbered)
        """The number of the last report of the coverage."""
        self.similar_row = self._fold(SIMILAR)
        self.first_similar = self._append(beside.similar or ())
        self.first_listed = self._append(beside.listed)

    @property
    def coverage(self) -> Coverage:
        """The reports of the same story."""
        return self.beside.coverage

    @property
    def is_alone(self) -> bool:
        """Whether nothing else reports what the article does."""
        return len(self.coverage.reports) < 2

    @property
    def first_row(self) -> int | None:
        """The first row that leads to a report, or to folded copies; None where there is only what may be similar."""
        if self.similar_row:
            return 0
        return 1 if len(self.reports) > 1 else None

    def number_of(self, row: int) -> int:
        """The number of a report that is similar or listed."""
        return len(self.numbered) - (len(self.reports) - row) + 1

    def _arranged(self, unfolded: Collection[int]) -> Iterator[Entry]:
        if self.is_alone:
            return
        texts = texts_of(self._ordered())
        own = [text for text in texts if self._is_more_from_its_outlet(text[0])]
        for text in texts:
            if not self._is_more_from_its_outlet(text[0]):
                yield from self._text(text, unfolded)
        if own:
            yield OwnOutletEntry(own[0][0].outlet)
        for text in own:
            yield from self._text(text, unfolded)

    def _ordered(self) -> Iterable[Report]:
        if not self.is_best_first:
            return self.coverage.reports
        reports = {report.article: report for report in self.coverage.reports}
        return [reports[article] for article in (self.shown, *self.coverage.best) if article in reports]

    def _is_more_from_its_outlet(self, report: Report) -> bool:
        return self.is_best_first and report.is_same_outlet and report.article != self.shown

    def _text(self, reports: Sequence[Report], unfolded: Collection[int]) -> Iterator[Entry]:
        """The reports that carry one text: the first of them, and its copies below it if they are not folded away."""
        head, *copies = reports
        yield self._report(head, is_copy=False)
        is_unfolded = head.article in unfolded
        foldable = [copy for copy in copies if copy.article != self.shown]
        if foldable:
            yield CopiesEntry(foldable, self._fold(head.article), is_unfolded)
        for copy in copies:
            if is_unfolded or copy.article == self.shown:
                yield self._report(copy, is_copy=True)

    def _report(self, report: Report, *, is_copy: bool) -> ReportEntry:
        self.numbered.append(report.article)
        if report.article == self.shown:
            return ReportEntry(report, len(self.numbered), None, is_copy)
        self.reports.append(report.article)
        return ReportEntry(report, len(self.numbered), len(self.reports) - 1, is_copy)

    def _fold(self, fold: int) -> int:
        self.folds[len(self.reports)] = fold
        self.reports.append(0)
        return len(self.reports) - 1

    def _append(self, others: Sequence[ListedRow]) -> int:
        first = len(self.reports)
        self.reports += [other.article for other in others]
        self.numbered += [other.article for other in others]
        return first


def texts_of(reports: Iterable[Report]) -> list[list[Report]]:
    """The reports in their order, those with the same text together."""
    texts: dict[int, list[Report]] = {}
    for report in reports:
        texts.setdefault(report.article if report.copy_of is None else report.copy_of, []).append(report)
    return list(texts.values())
