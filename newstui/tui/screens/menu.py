"""A choice among a few things by one key, or among many by typing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from newstui.tui.cells import cell_len, shortened
from newstui.tui.matching import fit
from newstui.tui.screens.sheet import Sheet
from newstui.tui.widgets.field import Field
from newstui.tui.widgets.lines import Line, Lines
from newstui.tui.widgets.pane import Parts

NARROWEST = 44  # cells: room for the keys at its foot
CHROME = 6  # lines around the list
ENTRY = 2  # lines of the field


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: by its key where it has one. ``is_on`` marks what holds already."""

    key: str
    label: str
    note: str
    value: object
    is_on: bool = False


class Menu(Sheet[object]):
    """A choice. Its answer is the choice's value; ``preview`` is told of each one that the cursor passes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("q", "close", show=False),
    ]

    def __init__(
        self,
        heading: str,
        choices: Sequence[Choice],
        *,
        note: str = "",
        is_searchable: bool = False,
        preview: Callable[[object], None] | None = None,
    ) -> None:
        self._choices = tuple(choices)
        self._is_searchable = is_searchable
        self._preview = preview
        super().__init__(heading, note)
        self._on = next((place for place, choice in enumerate(self._choices) if choice.is_on), None)
        self._key_cells = max((cell_len(choice.key) for choice in self._choices), default=0)
        self._label_cells = max((cell_len(choice.label) for choice in self._choices), default=0)
        self._lines = Lines([self._line(choice) for choice in self._choices], cursor=self._on or 0)

    def compose_body(self) -> ComposeResult:
        if self._is_searchable:
            yield Horizontal(Static("›", markup=False), Field(placeholder="type to narrow"), classes="entry")
        yield self._lines

    def hints(self) -> Sequence[tuple[str, str]]:
        move = "↑↓" if self._is_searchable else "j k"
        return [("enter", "choose"), (move, "move"), ("esc", "back")]

    def on_mount(self) -> None:
        sheet = self.query_one("#sheet")
        sheet.styles.width = min(96, max(NARROWEST, self._width()))
        sheet.styles.height = len(self._choices) + CHROME + (ENTRY if self._is_searchable else 0)
        self.watch(self._lines, "moves", self._show_preview, init=False)

    def on_key(self, event: events.Key) -> None:
        """A choice's key comes before every other meaning of that key."""
        if self._is_searchable or not event.is_printable:
            return
        for choice in self._choices:
            if choice.key and choice.key == event.character:
                event.stop()
                self.dismiss(choice.value)
                return

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        found = self._narrowed(event.value)
        self._lines.show([self._line(choice, event.value) for choice in found] or [Line(_nothing)])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._lines.action_pick()

    def on_lines_picked(self, event: Lines.Picked) -> None:
        assert isinstance(event.value, Choice)
        self.dismiss(event.value.value)

    def action_move(self, by: int) -> None:
        self._lines.action_move(by)

    def action_page(self, pages: float) -> None:
        self._lines.action_page(pages)

    def action_close(self) -> None:
        if self._preview is not None and self._on is not None:
            self._preview(self._choices[self._on].value)
        self.dismiss(None)

    def _show_preview(self) -> None:
        if self._preview is not None and isinstance(choice := self._lines.value, Choice):
            self._preview(choice.value)

    def _narrowed(self, typed: str) -> tuple[Choice, ...]:
        fits = [(found.score, choice) for choice in self._choices if (found := fit(typed, choice.label))]
        if typed.strip():
            fits.sort(key=lambda one: -one[0])
        return tuple(choice for _, choice in fits)

    def _width(self) -> int:
        notes = max((cell_len(choice.note) for choice in self._choices), default=0)
        return self._key_cells + self._label_cells + notes + 12

    def _line(self, choice: Choice, typed: str = "") -> Line:
        return Line(lambda width: self._parts(choice, typed, width), choice)

    def _parts(self, choice: Choice, typed: str, width: int) -> Parts:
        key = f"  {choice.key:<{self._key_cells}}  " if self._key_cells else "  "
        mark = "" if self._on is None else "● " if choice.is_on else "  "
        room = max(4, width - cell_len(key + mark) - 1)
        label = shortened(choice.label, room)
        gap = min(self._label_cells, room) - cell_len(label) + 3
        note = shortened(choice.note, max(0, room - cell_len(label) - gap))
        return [
            (key + mark, "accent"),
            *_marked(label, typed),
            (" " * gap + note, "muted"),
        ]


def _marked(label: str, typed: str) -> Parts:
    """A label with what was typed standing out."""
    places = set(found.places) if typed and (found := fit(typed, label)) else set()
    if not places:
        return [(label, "text")]
    return [(letter, "strong" if place in places else "text") for place, letter in enumerate(label)]


def _nothing(_: int) -> Parts:
    return [("  nothing has such a name", "muted")]
