"""The command palette: every command that works now, the views and the themes, found by typing."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from textual import actions
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.types import CSSPathType
from textual.widgets import Input

from newstui.config import data_folder
from newstui.library import Library
from newstui.tui.cells import cell_len, fitted, shortened
from newstui.tui.commands import COMMANDS, Area, Command
from newstui.tui.content import Piece, content
from newstui.tui.matching import fit

TITLE_CELLS, KEY_CELLS = 28, 8
MARGIN = 8  # cells that the palette itself takes at the sides


@runtime_checkable
class ShowsViews(Protocol):
    """A screen with views to go to."""

    library: Library

    def show_view(self, name: str) -> None:
        """Go to a view."""


@runtime_checkable
class KnowsKeys(Protocol):
    """A program whose keys may be the reader's own."""

    def get_keys(self) -> Mapping[str, str]:
        """Command id → the key that a person presses for it."""


class Entry(NamedTuple):
    """A line of the palette."""

    name: str
    key: str
    note: str
    run: Callable[[], object]


def target_of(command: Command, screen: Screen[Any]) -> DOMNode | None:
    """What a command works on: the pane with the focus, the screen or the program; None if it works on none now."""
    name = actions.parse(command.action)[1]
    panes = [screen.focused] if screen.focused is not None and _binds(screen.focused, command) else []
    chain: list[DOMNode] = [screen, screen.app] if command.area in ("screen", "app") else [*panes]
    node = next((node for node in chain if callable(getattr(node, f"action_{name}", None))), None)
    return node if node is not None and node.check_action(name, ()) and screen.check_action(name, ()) else None


def _binds(pane: DOMNode, command: Command) -> bool:
    """Whether a pane has a command: two panes can use one name for what they do."""
    bound = [binding for kind in type(pane).__mro__ for binding in vars(kind).get("BINDINGS", ())]
    return any(isinstance(binding, Binding) and binding.id == command.id for binding in bound)


class Palette(CommandPalette):
    """Textual's palette in the look of the other dialogs. Its cursor rests, so that nothing is sent while idle."""

    CSS_PATH: ClassVar[CSSPathType | None] = data_folder("styles") / "palette.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (9, "-low"), (18, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "app.quit", show=False, priority=True)]

    def __init__(self) -> None:
        super().__init__([NewsCommands], placeholder="type the name of a command")

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close. A key that comes while the palette closes asks for nothing any more."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class NewsCommands(Provider):
    """What the palette offers."""

    async def discover(self) -> Hits:
        for entry in self._entries():
            yield DiscoveryHit(self._drawn(entry), entry.run, text=entry.name)

    async def search(self, query: str) -> Hits:
        for entry in self._entries():
            if found := fit(query, entry.name):
                yield Hit(found.score, self._drawn(entry, found.places), entry.run, text=entry.name)
            elif query.lower() in entry.note.lower():
                yield Hit(0.1, self._drawn(entry), entry.run, text=entry.name)

    def _entries(self) -> Iterator[Entry]:
        yield from self._commands()
        yield from self._views()
        yield from self._themes()

    def _commands(self) -> Iterator[Entry]:
        keys = self.app.get_keys() if isinstance(self.app, KnowsKeys) else {}
        for command in sorted(COMMANDS, key=lambda command: _ORDER.index(command.area)):
            target = target_of(command, self.screen)
            if target is not None and command.id not in _NOT_OFFERED:
                run = partial(self.app.run_action, command.action, target)
                yield Entry(command.title, keys.get(command.id, ""), command.help, run)

    def _views(self) -> Iterator[Entry]:
        if isinstance(self.screen, ShowsViews):
            for view in self.screen.library.views():
                yield Entry(f"View: {view.name}", "", view.query, partial(self.screen.show_view, view.name))

    def _themes(self) -> Iterator[Entry]:
        for name in self.app.available_themes:
            yield Entry(f"Theme: {name}", "", "", partial(_use_theme, self.app, name))

    def _drawn(self, entry: Entry, places: tuple[int, ...] = ()) -> Content:
        room = self.app.size.width - MARGIN
        name = shortened(entry.name, room)
        letters: list[Piece] = [
            (letter, "bold $accent" if place in places else "not bold") for place, letter in enumerate(name)
        ]
        gap = " " * max(1, min(TITLE_CELLS, room - KEY_CELLS) - cell_len(name))
        note = shortened(entry.note, max(0, room - cell_len(name) - len(gap) - KEY_CELLS))
        return content(*letters, gap, (fitted(entry.key, KEY_CELLS), "bold $accent"), (note, "not bold $muted"))


_ORDER: tuple[Area, ...] = ("screen", "app", "sidebar", "main", "pane")
"""What is worth a name comes first; nobody looks for "Down"."""

_NOT_OFFERED = frozenset({"app.palette", *(f"report.{number}" for number in range(1, 10))})
"""What makes no sense by name: the palette itself, and numbers."""


def _use_theme(app: App[object], name: str) -> None:
    app.theme = name
