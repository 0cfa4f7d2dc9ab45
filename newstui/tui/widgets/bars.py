"""The header and the footer: one line each, changed only where they differ."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from newstui.tui.cells import shortened
from newstui.tui.content import content, key_hints

POSITION_CELLS, NARROW_POSITION_CELLS = 15, 8
NARROW = 60


def say(line: Static, text: Content) -> None:
    """Change a line only if it differs: an unchanged one costs no bytes."""
    if line.content != text:
        line.update(text, layout=False)


class Header(Horizontal):
    """Where the reader is, and what is filtered; at the right how fresh it all is."""

    def compose(self) -> ComposeResult:
        yield Static(id="where")
        yield Static(id="status", classes="right", markup=False)

    def show(self, name: str, note: str, status: str) -> None:
        """Name the group, what is shown of it, and the state of the sources."""
        room = self.size.width - 4 - (len(status) + 2 if self.query_one("#status").display else 0)
        brand = "newstui  " if room >= 40 else ""
        name = shortened(name, max(1, room - len(brand)))
        note = shortened(note, max(0, room - len(brand) - len(name) - 2))
        say(self.query_one("#where", Static), content((brand, "bold $accent"), (name, "bold $strong"), f"  {note}"))
        status_line = self.query_one("#status", Static)
        if status_line.content != content(status):
            status_line.update(content(status))


class Footer(Horizontal):
    """The keys that matter for what has the focus; at the right the place in the list."""

    def compose(self) -> ComposeResult:
        yield Static(id="keys")
        yield Static(id="position", classes="right")

    def show_keys(self, hints: list[tuple[str, str]]) -> None:
        """Name keys, as many whole ones as there is room for."""
        say(self.query_one("#keys", Static), key_hints(hints, self.size.width - self._position_cells - 2))

    def show_progress(self, text: str) -> None:
        """Say in the place of the keys how far something is."""
        say(self.query_one("#keys", Static), content((text, "$muted")))

    def show_position(self, place: int, total: int) -> None:
        """Show the place in the list, counted from 1; nothing where there is no list."""
        cells = self._position_cells
        text = f"{place:,}/{total:,}" if total else ""
        text = text if len(text) <= cells else f"{place:,}"
        say(self.query_one("#position", Static), content(f"{text:>{cells}}"))

    @property
    def _position_cells(self) -> int:
        return POSITION_CELLS if self.size.width >= NARROW else NARROW_POSITION_CELLS
