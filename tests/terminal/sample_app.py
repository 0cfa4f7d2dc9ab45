"""A small app under the driver, started by the tests in a pseudo-terminal.

    python sample_app.py (stock|ours) THEME (plain|hostile) STATE_FILE

``b`` blocks the event loop for ever, ``t`` starts a thread that never ends, ``d`` opens a dialog, ``c`` copies.
"""

import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.filter import LineFilter
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Label, Static

from newstui.terminal.driver import driver_for
from newstui.terminal.lines import SafeLines

PLAIN = (
    "▸ Grid operator warns of a tight winter ● ★ ──│──",
    "日本の新聞は電力不足を伝える 東京と大阪で節電",
    "Cafe\u0301 prices: “we have no choice”, say owners\u2026",
    "Storm 🌊 closes three ports",
    "[@click=app.quit]x[/] [BREAKING] news",
)
HOSTILE = (
    "csi \x1b[1;1HFAKE\x1b[2J\x1b[31m end",
    "osc \x1b]52;c;aGFja2Vk\x07\x1b]0;title\x07\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\ end",
    "dcs \x1bPq#0\x1b\\\x1b_apc\x1b\\\x1bc\x1b[?1049l\x1b[?2026h end",
    "c1 \x9b31m\x9d52;c;aGFja2Vk\x9c\x90 del \x7f nul \x00 end",
    "c0 \x07\x08\x0b\x0c\r\n\t bidi \u202eevil\u202c \u2066x\u2069 half \ud83d end",
)
LINKS = (
    "https://example.com/a?b=c",
    "javascript:alert(1)",
    "https://example.com/\x1b\\\x1b[1;1HFAKE\x1b]8;;",
    "https://example.com/\x07\x1b]52;c;aGFja2Vk\x07",
)


class Rows(ScrollView, can_focus=True):
    """A line API list, as newstui's own are."""

    def __init__(self, titles: Sequence[str], links: Sequence[str]) -> None:
        super().__init__()
        self.titles = titles
        self.links = links
        self.virtual_size = Size(80, 500)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        title = self.titles[row % len(self.titles)]
        link = Style(link=self.links[row % len(self.links)], color="blue")
        strip = Strip([Segment(f"{row:4} "), Segment(title, Style(bold=row % 2 == 0)), Segment(" link", link)])
        return strip.crop_extend(0, self.size.width, Style(bgcolor="black"))


class Dialog(ModalScreen[None]):
    """Something on top of the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss")]

    def compose(self) -> ComposeResult:
        yield Label(Content(self.app.title))
        field = Input(value="typed", placeholder="type")
        field.cursor_blink = False  # a screen that is never at rest can't be waited for
        yield field


class CountingScreen(Screen[None]):
    """Knows for how many sizes it was laid out; Textual tells it each of them twice."""

    resizes = 0
    last_size = Size()

    def on_resize(self, event: Resize) -> None:
        self.resizes += event.size != self.last_size
        self.last_size = event.size


class SampleApp(App[None]):
    """The list, a heading, a dialog and a few ways to misbehave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave"),
        Binding("d", "dialog"),
        Binding("c", "copy"),
        Binding("b", "block"),
        Binding("t", "thread"),
        Binding("n", "note"),
        Binding("ctrl+l", "redraw"),
    ]
    CSS = "Rows { height: 1fr; } #side { dock: right; width: 20; border: solid red; }"

    def __init__(self, driver: str, theme: str, content: str, state: Path) -> None:
        super().__init__(driver_class=driver_for(self.end) if driver == "ours" else None)
        self.driver = driver
        self.theme = theme
        self.titles = PLAIN if content == "plain" else HOSTILE
        self.addresses = LINKS[:1] if content == "plain" else LINKS
        self.state = state
        self.safe_lines = SafeLines()

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [*filters, self.safe_lines] if self.driver == "ours" else filters

    def end(self, status: int) -> None:
        self.state.write_text(f"kept {status}")
        self.exit(return_code=status)

    def get_default_screen(self) -> Screen[None]:
        return CountingScreen()

    def compose(self) -> ComposeResult:
        yield Static(Content("ready " + self.titles[0]))
        yield Rows(self.titles, self.addresses)
        side = Static(Content("\n".join(self.titles)), id="side")
        side.border_title = Content(self.titles[0])
        yield side

    def on_mount(self) -> None:
        self.query_one(Rows).focus()

    def action_leave(self) -> None:
        if isinstance(self.screen, CountingScreen):
            self.state.write_text(f"resized {self.screen.resizes}")
        self.exit(return_code=0)

    def action_dialog(self) -> None:
        self.push_screen(Dialog())

    def action_copy(self) -> None:
        self.copy_to_clipboard("copied text")

    def action_note(self) -> None:
        self.notify(self.titles[1], title=self.titles[0], markup=False, timeout=600)

    def action_block(self) -> None:
        self.state.write_text("blocked")
        time.sleep(600)

    def action_thread(self) -> None:
        Thread(target=time.sleep, args=(600,)).start()
        self.state.write_text("started")

    def action_redraw(self) -> None:
        self.refresh(layout=True)


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    _, driver, theme, content, state = sys.argv
    app = SampleApp(driver, theme, content, Path(state))
    app.run()
    sys.exit(app.return_code)
