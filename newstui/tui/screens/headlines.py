"""How each outlet puts it: the headlines of a story, to be compared."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from newstui.library.rows import Coverage
from newstui.tui.headlines_text import Told, headlines_lines, shared_words, texts
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.widgets.text_pane import TextPane


class HeadlinesScreen(Sheet[int]):
    """The headlines of all reports under one another. The answer is the report that the reader wants to see."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "reading.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False),
        *(Binding(str(number), f"choose({number})", show=False) for number in range(1, 10)),
        Binding("q,equals_sign", "close", show=False),
    ]

    def __init__(self, coverage: Coverage, shown: int) -> None:
        self._told = texts(coverage.reports)
        super().__init__("Headlines", _note(self._told, len(coverage.reports)))
        self.add_class("-full")
        self._shown = shown
        self.text = TextPane(id="text")

    def compose_body(self) -> ComposeResult:
        yield self.text

    def hints(self) -> Sequence[tuple[str, str]]:
        return [("enter", "show"), ("j k", "move"), ("esc", "back")]

    def on_mount(self) -> None:
        self.text.present(lambda width: headlines_lines(self._told, self._shown, width), len(self._told))
        self.text.choose(0)
        self.text.focus()

    def action_choose(self, number: int = 0) -> None:
        """Show the report under the cursor, or the one with a number."""
        row = number - 1 if number else self.text.row
        if row is not None and row < len(self._told):
            article = self._told[row].report.article
            self.dismiss(None if article == self._shown else article)


def _note(told: Sequence[Told], reports: int) -> str:
    count = f"{len(told):,} texts of {reports:,} reports" if reports > len(told) else f"{reports:,}"
    return f"{count} · {'what all of them say is dimmed' if shared_words(told) else 'no word is in all of them'}"
