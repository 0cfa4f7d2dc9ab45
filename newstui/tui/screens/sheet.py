"""What every dialog has in common: a heading, something to choose or read, and the keys that work."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Static

from newstui.config import data_folder
from newstui.tui.cells import shortened
from newstui.tui.commands import commands_of
from newstui.tui.content import content, key_hints

Answer = TypeVar("Answer")

STYLES = data_folder("styles")
KEPT_EVERYWHERE = ("app.quit", "app.suspend", "app.redraw")
"""Commands of the whole program that a dialog lets through; a modal screen stops all others."""


def _kept_everywhere() -> list[BindingType]:
    kept = [command for command in commands_of("app") if command.id in KEPT_EVERYWHERE]
    return [replace(command, action=f"app.{command.action}", footer="").binding() for command in kept]


class Hints(Static):
    """The keys of a dialog on one line, as many whole ones as there is room for; or, for a while, what was done."""

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__(id="hints")
        self._hints = list(hints)
        self._said: tuple[str, str] | None = None

    def show(self, hints: Sequence[tuple[str, str]]) -> None:
        """Name other keys; what was said is over."""
        if self._hints != (hints := list(hints)) or self._said:
            self._hints, self._said = hints, None
            self.refresh()

    def say(self, text: str, *, is_error: bool = False) -> None:
        """Say something in the place of the keys."""
        self._said = (text, "bold $error" if is_error else "$strong")
        self.refresh()

    def render(self) -> Content:
        if self._said is None:
            return key_hints(self._hints, self.size.width)
        text, style = self._said
        return content((shortened(text, self.size.width), style))


class Heading(Static):
    """What a dialog is, and a note about it that gives way where there is no room."""

    def __init__(self, name: str, note: str = "") -> None:
        super().__init__(id="heading")
        self._texts = name, note

    def show(self, name: str, note: str) -> None:
        """Give another name or note."""
        if self._texts != (name, note):
            self._texts = name, note
            self.refresh()

    def render(self) -> Content:
        name, note = self._texts
        name = shortened(name, self.size.width)
        note = shortened(note, max(0, self.size.width - len(name) - 2))
        return content((name, "bold $strong"), (f"  {note}", "$muted"))


class Sheet(ModalScreen[Answer | None]):
    """A dialog: ``esc`` closes it without an answer. It floats where there is room and else takes the whole screen."""

    CSS_PATH: ClassVar[CSSPathType | None] = STYLES / "sheet.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]  # noqa: RUF012  (Textual's own type is no ClassVar)
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (9, "-low"), (18, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("ctrl+c", "app.quit", show=False, priority=True),  # a field would copy
        *_kept_everywhere(),
    ]

    def __init__(self, heading: str, note: str = "") -> None:
        super().__init__()
        self._heading = Heading(heading, note)
        self._hints = Hints(self.hints())

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield self._heading
            yield from self.compose_body()
            yield self._hints

    def compose_body(self) -> ComposeResult:
        """What stands between the heading and the keys."""
        raise NotImplementedError

    def hints(self) -> Sequence[tuple[str, str]]:
        """The keys that work here, the most needed first."""
        raise NotImplementedError

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer. A key that comes while the dialog closes asks for nothing any more."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_close(self) -> None:
        self.dismiss(None)
