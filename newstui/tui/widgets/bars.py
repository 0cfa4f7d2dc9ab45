"""The header and the footer: one line each, changed only where they differ."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from newstui.tui.cells import shortened
from newstui.tui.content import content, hint_cells, key_hints

POSITION_CELLS, NARROW_POSITION_CELLS = 15, 8
NARROW, ROOM_FOR_STATUS = 60, 100
MARGINS = 2
SHORTEST_SAID = 7  # cells of a message that its ending must leave


def say(line: Static, text: Content) -> None:
    """Change a line only if it differs: an unchanged one costs no bytes."""
    if line.content != text:
        line.update(text, layout=False)


class Header(Static):
    """Where the reader is, and what is filtered; at the right how fresh it all is."""

    def show(self, name: str, note: str, status: str) -> None:
        """Name the group, what is shown of it, and the state of the sources where there is room for it."""
        width = self.app.size.width - MARGINS
        brand = "newstui  " if width >= NARROW else ""
        status = status if width >= ROOM_FOR_STATUS - MARGINS else ""
        room = width - len(brand) - (len(status) + 2 if status else 0)
        name = shortened(name, max(1, room))
        note = shortened(note, max(0, room - len(name) - 2))
        left = content((brand, "bold $accent"), (name, "bold $strong"), f"  {note}" if name else note)
        say(self, content(left, " " * max(0, width - left.cell_length - len(status)), status))


class Footer(Horizontal):
    """The keys that matter for what has the focus; at the right the place in the list, as digits of their own."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.keys = Static(id="keys")
        self._position = Static(id="position", classes="right")

    def compose(self) -> ComposeResult:
        yield self.keys
        yield self._position

    def show_keys(self, hints: list[tuple[str, str]]) -> None:
        """Name keys, as many whole ones as there is room for, and always the last: it leads to all the others."""
        room = self.app.size.width - self._position_cells - MARGINS
        last = hints[-1:]
        while len(hints) > 1 and hint_cells(hints) > room:
            hints = [*hints[:-2], *last]
        say(self.keys, key_hints(hints, room))

    def show_message(self, text: str, ending: str = "", *, is_error: bool = False) -> None:
        """Say something in the place of the keys; its ending is said also where not all of it has room."""
        room = self.app.size.width - self._position_cells - MARGINS
        ending = ending if room >= SHORTEST_SAID + len(ending) else ""
        said = shortened(text, room - len(ending)) + ending
        say(self.keys, content((said, "bold $error" if is_error else "$strong")))

    def show_progress(self, text: str) -> None:
        """Say in the place of the keys how far something is."""
        say(self.keys, content((text, "$muted")))

    def show_position(self, place: int, total: int) -> None:
        """Show the place in the list, counted from 1; nothing where there is no list."""
        cells = self._position_cells
        text = f"{place:,}/{total:,}" if total else ""
        text = text if len(text) <= cells else f"{place:,}"
        say(self._position, content(f"{text:>{cells}}"))

    @property
    def _position_cells(self) -> int:
        return POSITION_CELLS if self.app.size.width >= NARROW else NARROW_POSITION_CELLS
