"""Remarks about something, one under another, to read."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from newstui.errors import Problem
from newstui.tui.article_text import MEASURE
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.text_lines import TextLine, indented, wrapped
from newstui.tui.widgets.text_pane import TextPane


class NotesScreen(Sheet[None]):
    """What there is to say about the parts of a file."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "reading.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,enter", "close", show=False)]

    def __init__(self, heading: str, note: str, problems: Sequence[Problem]) -> None:
        super().__init__(heading, note)
        self.add_class("-full")
        self._problems = problems
        self.text = TextPane(id="text")

    def compose_body(self) -> ComposeResult:
        yield self.text

    def hints(self) -> Sequence[tuple[str, str]]:
        return [("j k", "scroll"), ("esc", "back")]

    def on_mount(self) -> None:
        self.text.present(lambda width: _lines(self._problems, width))
        self.text.focus()


def _lines(problems: Sequence[Problem], width: int) -> Iterator[TextLine]:
    """Each remark under the line of the file that it is about."""
    cells = max(1, min(width, MEASURE))
    for problem in problems:
        place = problem.place if problem.line is None else f"line {problem.line:,}"
        yield from map(TextLine, wrapped([(place, "muted")], cells))
        yield from map(TextLine, indented(wrapped([(problem.reason, "text")], cells - 2), ("  ", "text")))
