"""What a newcomer sees: what newstui is, and how to get something to read, one key each."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from newstui.tui.cells import cell_len, fitted
from newstui.tui.commands import commands_of
from newstui.tui.content import content
from newstui.tui.keymap import shown_keys
from newstui.tui.screens.help import HelpScreen
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.widgets.lines import Line, Lines
from newstui.tui.widgets.pane import Parts

Wish = Literal["samples", "feed", "folder", "list", "quit"]


class Offer(NamedTuple):
    """Something that a newcomer can do."""

    key: str
    title: str
    note: str
    wish: Wish | Literal["help"]


OFFERS = (
    Offer("s", "Read the samples", "they came with newstui, and need no network", "samples"),
    Offer("a", "Add a feed or site", "by its address, or that of a page that has one", "feed"),
    Offer("f", "Add a folder", "of articles, Markdown files with front matter", "folder"),
    Offer("i", "Import a list", "of subscriptions: OPML, or newsboat's urls", "list"),
    Offer("?", "Help", "every key, and finding one by typing", "help"),
    Offer("q", "Quit", "", "quit"),
)
BRAND = content(("newstui", "bold $accent"), ("  a news reader for the terminal", "$muted"))
ABOUT = content(
    "It reads feeds, news sites and folders of articles, sorts what they bring by topic and keeps it in a library "
    "on this computer. Reading, searching and finding again never wait for a network."
)
TITLE_CELLS = max(cell_len(offer.title) for offer in OFFERS)


class WelcomeScreen(Sheet[Wish]):
    """The beginning, while the library is empty. Its answer is what the newcomer wants."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "welcome.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(offer.key, f"take('{offer.wish}')", show=False) for offer in OFFERS),
        Binding("f1", "take('help')", show=False),
    ]

    def __init__(self, keys: Mapping[str, str] | None = None) -> None:
        super().__init__("newstui")
        self._keys = shown_keys({}) if keys is None else dict(keys)
        self.add_class("-full")

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"), Vertical(id="welcome"):
            yield Static(BRAND, id="brand")
            yield Static(ABOUT, id="about")
            yield Lines([self._line(offer) for offer in OFFERS])
        yield self._hints

    def hints(self) -> Sequence[tuple[str, str]]:
        return [("j k", "move"), ("enter", "choose"), ("?", "help"), ("q", "quit")]

    def on_lines_picked(self, event: Lines.Picked) -> None:
        assert isinstance(event.value, Offer)
        self.action_take(event.value.wish)

    def action_take(self, wish: Wish | Literal["help"]) -> None:
        if wish == "help":
            works_later = list(commands_of("pane", "sidebar", "screen", "app"))
            self.app.push_screen(HelpScreen(works_later, self._keys, "In the list of stories"))
        else:
            self.dismiss(wish)

    def action_close(self) -> None:
        """There is nothing behind the beginning: only ``q`` leaves it."""

    def _line(self, offer: Offer) -> Line:
        return Line(lambda width: self._parts(offer, width), offer)

    def _parts(self, offer: Offer, width: int) -> Parts:
        key = f"  {offer.key}   " if width >= 40 else f" {offer.key}  "
        parts: Parts = [(key, "accent"), (fitted(offer.title, TITLE_CELLS), "strong")]
        room = width - len(key) - TITLE_CELLS - 4
        return [*parts, (f"   {offer.note}", "muted")] if room >= cell_len(offer.note) else parts
