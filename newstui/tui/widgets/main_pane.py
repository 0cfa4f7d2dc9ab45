"""What the selected story says, and which other reports there are."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from newstui.library.rows import ArticleRow, ListedRow
from newstui.tui.article_text import MEASURE, article_lines
from newstui.tui.commands import bindings
from newstui.tui.text_lines import TextLine, wrapped
from newstui.tui.widgets.pane import Parts
from newstui.tui.widgets.text_pane import TextPane


class MainPane(TextPane):
    """The article that the list's cursor stands on, or one of the reports beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("main")]

    @dataclass
    class Shown(Message):
        """The reader wants to see this report in place."""

        article: int

    @dataclass
    class Left(Message):
        """The reader wants to go back to the list."""

    def __init__(self, *, id: str | None = None, now: Callable[[], float] = time.time) -> None:
        super().__init__(id=id)
        self.article: ArticleRow | None = None
        self.reports: Sequence[int] = ()
        """The ids of the numbered reports, in their order."""
        self._now = now

    def show(self, article: ArticleRow | None, listed: Sequence[ListedRow], first_report: int | None = None) -> None:
        """Show an article from its beginning, or nothing; ``first_report`` is when its story was first reported."""
        if article is None:
            self.show_text([])
            return
        self.article, self.reports = article, [report.article for report in listed]
        told = (article, tuple(listed), int(self._now()), first_report)
        self.present(lambda width: article_lines(told[0], told[1], width, told[2], told[3]), len(listed))

    def show_text(self, lines: Sequence[Parts]) -> None:
        """Show what there is to say where there is no article."""
        self.article, self.reports = None, ()
        self.present(lambda width: _wrapped_lines(lines, width))

    def number_at(self, number: int) -> int | None:
        """The id of the report with a number, counted from 1."""
        return self.reports[number - 1] if 1 <= number <= len(self.reports) else None

    def focus_reports(self) -> bool:
        """Put the cursor on the first numbered report and show as many of them as can be; whether there is one."""
        return self.choose(len(self.reports) - 1) and self.choose(0)

    def action_enter(self) -> None:
        if self.row is not None:
            self.post_message(self.Shown(self.reports[self.row]))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def on_click(self, event: events.Click) -> None:
        if (row := self.row_at(event)) is not None:
            self.post_message(self.Shown(self.reports[row]))


def _wrapped_lines(lines: Iterable[Parts], width: int) -> Iterator[TextLine]:
    for parts in lines:
        yield from map(TextLine, wrapped(parts, min(width, MEASURE)) if parts else [[]])
