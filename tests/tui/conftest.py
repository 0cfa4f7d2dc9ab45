"""A small program for dialogs to open in, and what a person sees of it."""

import html
import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pytest
from rich.cells import set_cell_size
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from newstui.config import data_folder
from newstui.tui.themes import THEMES, variables_of

Answers = list[object]
OpenDialog = Callable[[Screen[Any]], tuple[App[None], Answers]]

CELL_WIDTH = 12.2  # units of the exported picture
_CELL = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', re.DOTALL)


class Beneath(Screen[None]):
    """What a dialog covers: it notes every key that falls through."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"fell('{key}')") for key in [*string.ascii_letters, "down", "up", "space", "enter", "tab"]
    ]

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._answers = answers

    def action_fell(self, key: str) -> None:
        self._answers.append(f"{key} fell through")


class Host(App[None]):
    """It opens a dialog over a screen and keeps what the dialog answers."""

    CSS_PATH = data_folder("styles") / "app.tcss"

    def __init__(self, dialog: Screen[Any], answers: Answers, themes: Iterable[Theme] = THEMES) -> None:
        super().__init__()
        self._dialog, self._answers = dialog, answers
        for theme in themes:
            self.register_theme(theme)
        self.theme = "dark"

    def get_default_screen(self) -> Screen[None]:
        return Beneath(self._answers)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_of(self.current_theme)

    def on_mount(self) -> None:
        self.push_screen(self._dialog, self._answers.append)


@pytest.fixture
def open_dialog() -> OpenDialog:
    """A program that opens this dialog, and the list of what the dialog answers."""

    def opened(dialog: Screen[Any]) -> tuple[App[None], Answers]:
        answers: Answers = []
        return Host(dialog, answers), answers

    return opened


@pytest.fixture
def seen() -> Callable[[App[Any]], str]:
    """What a person sees, one line per row."""

    def text(app: App[Any]) -> str:
        rows: dict[float, str] = defaultdict(str)
        cells = [(float(y), float(x), cell) for x, y, cell in _CELL.findall(app.export_screenshot(simplify=True))]
        for y, x, cell in sorted(cells):
            rows[y] = set_cell_size(rows[y], round(x / CELL_WIDTH)) + html.unescape(cell).replace("\xa0", " ")
        return "\n".join(row.rstrip() for row in rows.values()).rstrip()

    return text
