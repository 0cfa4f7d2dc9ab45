"""What the selected story says, and which other reports there are."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.message import Message

from newstui.library.rows import ArticleRow
from newstui.tui.article_text import MEASURE, article_lines
from newstui.tui.commands import bindings
from newstui.tui.coverage_rows import SIMILAR, Beside, ReportRows
from newstui.tui.text_lines import TextLine, is_pixels, wrapped
from newstui.tui.widgets.pane import Parts
from newstui.tui.widgets.text_pane import ReadingPlace, TextPane

if TYPE_CHECKING:
    from newstui.sources.picture import Picture

PICTURES_UNFOLDED = 20
"""Articles in which the picture stays unfolded when one comes back; of others it is asked for again."""


class Spot(NamedTuple):
    """Where a reader is in an article: the place in the text, and what the row under the cursor stands for."""

    place: ReadingPlace
    entry: tuple[int, int | None] | None


class MainPane(TextPane):
    """The article that the list's cursor stands on, or one of the reports beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("main")]

    @dataclass
    class Shown(Message):
        """The reader wants to see this report in place."""

        article: int

    @dataclass
    class SimilarTurned(Message):
        """The reader wants to see what is similar to this article, or to fold it away."""

        article: int

    @dataclass
    class Left(Message):
        """The reader wants to go back to the list."""

    def __init__(self, *, id: str | None = None, now: Callable[[], float] = time.time) -> None:
        super().__init__(id=id)
        self.article: ArticleRow | None = None
        self.is_best_first = False
        """Whether the reports stand in the order of how alike they are, instead of their time."""
        self._beside: Beside | None = None
        self._reports: ReportRows | None = None
        self._unfolded: set[int] = set()
        """The reports whose copies are shown, whichever article is."""
        self._with_own_text: set[int] = set()
        """The articles that are shown with the text that came with them, though there is that of their page."""
        self._pictures: dict[int, Picture] = {}
        """The pictures that are unfolded, by their article, whichever is shown."""
        self._now = now

    @property
    def reports(self) -> Sequence[int]:
        """The article of each row that the cursor can stand on, 0 where the row is a fold."""
        return self._reports.reports if self._reports is not None else ()

    @property
    def report(self) -> int | None:
        """The report under the cursor."""
        return (self.reports[self.row] or None) if self.row is not None else None

    @property
    def spot(self) -> Spot:
        """Where the reader is now, to come back to also where the reports stand in another order by then."""
        return Spot(self.place, self._entry_at(self.row) if self.row is not None else None)

    @property
    def has_other_reports(self) -> bool:
        """Whether there is a report to go to beside the article."""
        return self._first_row is not None

    @property
    def _first_row(self) -> int | None:
        return self._reports.first_row if self._reports is not None else None

    def show(self, article: ArticleRow | None, beside: Beside | None) -> None:
        """Show an article from its beginning with what stands beside it, or nothing."""
        if article is None or beside is None:
            self.show_text([])
            return
        self.article, self._beside = self._with_chosen_text(article), beside
        rows = ReportRows(article.id, beside, self._unfolded, self.is_best_first)
        self._reports, shown, now, picture = rows, self.article, int(self._now()), self.picture
        self.present(lambda width: article_lines(shown, rows, width, now, picture), len(rows.reports))

    def _with_chosen_text(self, article: ArticleRow) -> ArticleRow:
        return article._replace(page=None) if article.id in self._with_own_text else article

    def show_again(self, beside: Beside) -> None:
        """Show the same article with what stands beside it now, and stay at the place."""
        if beside != self._beside:
            self._put_again(beside)

    def show_changed(self, article: ArticleRow) -> None:
        """Show what is known by now about the same article, and stay at the place."""
        if self._beside is not None:
            self.article = article
            self._put_again(self._beside)

    def turn_text(self, article: ArticleRow) -> bool:
        """Show the article's own text in the place of that of its page, or the other way round, from the beginning;
        whether it is its own."""
        self._with_own_text ^= {article.id}
        self.show(article, self._beside)
        return article.id in self._with_own_text

    def _put_again(self, beside: Beside) -> None:
        spot = self.spot
        self.show(self.article, beside)
        self.come_back(spot)

    def come_back(self, spot: Spot) -> None:
        """Come back to where the reader was in this article; where the row is no more, to the one in its place."""
        rows = (row for row in range(len(self.reports)) if self._entry_at(row) == spot.entry)
        self.restore(ReadingPlace(spot.place.top, next(rows, spot.place.row)))

    def _entry_at(self, row: int) -> tuple[int, int | None]:
        """What a row stands for: a report, or a fold."""
        return self.reports[row], self._reports.folds.get(row) if self._reports is not None else None

    def show_text(self, lines: Sequence[Parts]) -> None:
        """Show what there is to say where there is no article."""
        self.article = self._beside = self._reports = None
        self.present(lambda width: _wrapped_lines(lines, width))

    @property
    def picture(self) -> "Picture | None":
        """The picture of the article, where it is unfolded."""
        return self._pictures.get(self.article.id) if self.article is not None else None

    def unfold_picture(self, picture: "Picture | None") -> None:
        """Show a picture where the article names it, or None to fold it away; what is below it stays where it is."""
        if self.article is None or self._beside is None:
            return
        top, before = self.top, self._picture_lines()
        self._pictures.pop(self.article.id, None)
        if picture is not None:
            self._pictures[self.article.id] = picture
            self._pictures = dict([*self._pictures.items()][-PICTURES_UNFOLDED:])
        self._put_again(self._beside)
        after = self._picture_lines()
        if top >= before.stop:
            self.scroll_by(after.stop - before.stop)
        elif top > before.start or picture is not None:
            self.reveal_picture()

    def reveal_picture(self) -> None:
        """Bring the picture into view where it is not, or the line that names it."""
        lines = self._picture_lines()
        lowest = max(lines.stop - self.size.height, 0)
        self.scroll_by(min(lines.start, max(lowest, self.top)) - self.top)

    def _picture_lines(self) -> range:
        looks = [line.parts[0][1] if line.parts else "" for line in self.lines]
        places = [place for place, look in enumerate(looks) if look == "picture" or is_pixels(look)]
        return range(places[0], places[-1] + 1) if places else range(0)

    def change_order(self) -> None:
        """Put the reports in the order of time, or the best ones first."""
        self.is_best_first = not self.is_best_first
        self._arrange_again()

    def number_at(self, number: int) -> int | None:
        """The id of the report with a number, counted from 1."""
        numbered = self._reports.numbered if self._reports is not None else ()
        return numbered[number - 1] if 1 <= number <= len(numbered) else None

    def focus_reports(self) -> bool:
        """Put the cursor on the first report and show as many of them as can be; whether there is one."""
        if (first := self._first_row) is None:
            return False
        self.choose(min(len(self.reports) - 1, first + self.size.height))
        return self.choose(first)

    def action_enter(self) -> None:
        if self.row is not None:
            self._enter(self.row)

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def on_click(self, event: events.Click) -> None:
        if (row := self.row_at(event)) is not None:
            self._enter(row)

    def _enter(self, row: int) -> None:
        """Go to the report of a row, or fold and unfold what the row stands for."""
        fold = self._reports.folds.get(row) if self._reports is not None else None
        if fold is None:
            self.post_message(self.Shown(self.reports[row]))
        elif fold != SIMILAR:
            self._unfolded ^= {fold}
            self._arrange_again()
        elif self.article is not None:
            self.post_message(self.SimilarTurned(self.article.id))

    def _arrange_again(self) -> None:
        if self._beside is not None:
            self._put_again(self._beside)


def _wrapped_lines(lines: Iterable[Parts], width: int) -> Iterator[TextLine]:
    for parts in lines:
        yield from map(TextLine, wrapped(parts, min(width, MEASURE)) if parts else [[]])
