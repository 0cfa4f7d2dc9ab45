"""A question that is answered with one line of text."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from newstui.tui.content import content
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.widgets.field import Field


class Prompt(Sheet[str]):
    """One line of text. ``check`` says what is wrong with it, or None; what was typed stays until it is right."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "prompt.tcss"]

    def __init__(
        self,
        heading: str,
        explanation: str,
        value: str = "",
        placeholder: str = "",
        check: Callable[[str], str | None] | None = None,
    ) -> None:
        super().__init__(heading)
        self._explanation = explanation
        self._value, self._placeholder = value, placeholder
        self._check = check

    def compose_body(self) -> ComposeResult:
        yield Static(Content(self._explanation), id="explanation")
        field = Field(self._value, placeholder=self._placeholder)
        yield Horizontal(Static("›", markup=False), field, classes="entry")
        yield Static(id="objection")

    def hints(self) -> Sequence[tuple[str, str]]:
        return [("enter", "accept"), ("esc", "back")]

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._object("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        answer = event.value.strip()
        objection = self._check(answer) if self._check else None
        if objection is None:
            self.dismiss(answer)
        else:
            self._object(objection)

    def _object(self, objection: str) -> None:
        text = content(("! ", "bold $error"), (objection, "$error")) if objection else Content()
        line = self.query_one("#objection", Static)
        if line.content != text:
            line.update(text)
