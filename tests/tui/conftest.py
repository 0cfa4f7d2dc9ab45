"""A small program for dialogs to open in, the real one over a small library, and what a person sees of them."""

import html
import re
import string
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, ClassVar
from zlib import crc32

import pytest
from rich.cells import set_cell_size
from textual.app import App
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import OptionList

from newstui.article import Article, Batch, Outlet
from newstui.config import Settings, data_folder
from newstui.library import Library
from newstui.library.rows import ALL
from newstui.query import parse
from newstui.refresh import refresh
from newstui.terminal.surroundings import look
from newstui.tui.app import NewsApp
from newstui.tui.screens.main import MainScreen
from newstui.tui.themes import THEMES, variables_of
from newstui.tui.widgets.pane import Pane
from tests.tui.idleness import until_idle
from tests.tui.web import Web, serving

Answers = list[object]
OpenDialog = Callable[[Screen[Any]], tuple[App[None], Answers]]

CELL_WIDTH = 12.2  # units of the exported picture
_CELL = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', re.DOTALL)


@pytest.fixture(autouse=True)
def pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pilot wait for its program, not for the processor, which is idle too when others have it; and let what is
    said stay on the screen however long a test takes to look."""
    monkeypatch.setattr("textual.pilot.wait_for_idle", until_idle)
    monkeypatch.setattr("textual.app.wait_for_idle", until_idle)
    for shown in ("MESSAGE_SHOWN", "TROUBLE_SHOWN"):
        monkeypatch.setattr(f"newstui.tui.screens.story_screen.{shown}", 600.0)


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

    return screen_text


def screen_text(app: App[Any]) -> str:
    """What a person sees, one line per row."""
    rows: dict[float, str] = defaultdict(str)
    cells = [(float(y), float(x), cell) for x, y, cell in _CELL.findall(app.export_screenshot(simplify=True))]
    for y, x, cell in sorted(cells):
        rows[y] = set_cell_size(rows[y], round(x / CELL_WIDTH)) + html.unescape(cell).replace("\xa0", " ")
    return "\n".join(row.rstrip() for row in rows.values()).rstrip()


# --- the reader as a whole

NOON = 1_589_025_600
"""The present of the reader's tests: Sat 9 May 2020, 12:00 UTC."""

SAMPLES_TIME = 1_795_348_800
"""The present of the samples: Sun 22 Nov 2026, 12:00 UTC."""

HOUR, DAY = 3_600, 86_400
UNHURRIED = Settings(mark_read_after="never", refresh_every="never")
LOCAL = look({"TERM": "xterm-256color", "DISPLAY": ":0"}, is_tty=True, is_mac=False)
REMOTE = look({"TERM": "xterm-256color", "SSH_CONNECTION": "there"}, is_tty=True, is_mac=False)
PATIENCE = 1_000  # looks


class Reader:
    """The program in a person's hands: keys to press, and what is to be seen of it."""

    def __init__(self, app: NewsApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot
        self.library = app.library

    @property
    def main(self) -> MainScreen:
        """The main screen, also while a dialog covers it."""
        return self.app.main_screen

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait until all that they began is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Press the keys of a text."""
        await self.press(*({" ": "space"}.get(letter, letter) for letter in text))

    async def command(self, name: str) -> None:
        """Run a command by its name, once the palette offers it."""
        await self.press(":")
        await self.type(name)
        await self.until(lambda: name in self._offered)
        await self.press("enter")

    async def settle(self) -> None:
        """Wait until workers have ended, the sources are read, and the main pane has followed the cursor."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.until(lambda: not (self.main._is_resting or self.main.refresher.is_running))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        for _ in range(PATIENCE):
            if holds():
                break
            await self.pilot.pause(0.01)
        assert holds()
        await self.pilot.pause()

    @property
    def _offered(self) -> str:
        """The line of the palette that enter would choose."""
        chosen = self.app.screen.query_one(OptionList).highlighted_option
        return str(chosen.prompt).lower() if chosen is not None else ""

    @property
    def text(self) -> str:
        """What a person sees, one line per row."""
        return screen_text(self.app)

    @property
    def header(self) -> str:
        """The first line of the screen."""
        return self.text.split("\n")[0].strip()

    @property
    def footer(self) -> str:
        """The last line of the screen."""
        return self.text.split("\n")[-1].strip()

    @property
    def rows(self) -> list[str]:
        """The lines of the sidebar, as far as they are in view."""
        return _lines(self.main.sidebar)

    @property
    def article(self) -> str:
        """What the main pane shows."""
        return "\n".join(_lines(self.main.main_pane))

    @property
    def headline(self) -> str:
        """The headline under the cursor, or the name of the topic or view."""
        story = self.main.story
        return story.headline if story is not None else self.topic

    @property
    def topic(self) -> str:
        """The topic or view that the cursor is in."""
        return self.main.group.name if self.main.group is not None else ""

    def row(self, words: str) -> str:
        """The line of the sidebar with these words, empty if there is none."""
        return next((line for line in self.rows if words in line), "")

    def headlines(self, query: str = "") -> list[str]:
        """The headlines of the stories in the library that a query finds."""
        stories = list(self.library.listing(ALL, parse(query), "newest", self.app.now()))
        return [row.headline for row in self.library.story_rows(stories)]


def _lines(pane: Pane) -> list[str]:
    return [pane.line_at(y).text.rstrip() for y in range(pane.size.height)]


@pytest.fixture
def web() -> Iterator[Web]:
    """A web of the test's own."""
    with serving() as web:
        yield web


Report = Callable[..., Article]
Read = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def report() -> Report:
    """An article, of which only the headline needs to be said; ``hours`` is its age."""

    def article(headline: str, *topics: str, hours: float = 1, **said: object) -> Article:
        url = f"https://herald.example/{crc32(headline.encode())}"
        outlet = Outlet(name="The Herald", domain="herald.example")
        fields = {"url": url, "title": headline, "published": int(NOON - hours * HOUR), "origin": "document"}
        return Article.model_validate(fields | {"topics": topics or ("News",), "outlet": outlet} | said)

    return article


@pytest.fixture
def news(report: Report) -> Iterator[Library]:
    """Four topics: Azure with four unread stories, Security with three, Databases with two, Storage with one read."""
    protest = report(
        "JEDI: inside the nesting-doll protest",
        "Azure",
        "Security",
        hours=1,
        url="https://defense.example/jedi",
        outlet=Outlet(name="Breaking Defense", domain="defense.example"),
        quality=42,
        heat=30,
        excerpt="Amazon's new protest is a signal.",
    )
    listed = tuple(
        report(
            f"Listed report {number}", hours=number, origin="listed", topics=(), url=f"https://listed.example/{number}"
        )
        for number in (1, 2, 3)
    )
    long_text = "\n\n".join(f"Paragraph {number} of the long story." for number in range(60))
    articles = (
        protest,
        report("Another complaint about JEDI", "Azure", hours=3),
        report("A billion for Poland", "Azure", hours=30),
        report("VMware solution in preview", "Azure", hours=4 * 24),
        report("A patch for a hole", "Security", hours=20, images=({"url": "https://herald.example/a.png"},)),
        report(
            "Old keys, new locks",
            "Security",
            hours=40 * 24,
            quality=80,
            heat=120,
            outlet=Outlet(name="The Courier", domain="courier.example"),
        ),
        report("A long story", "Databases", hours=5, text=long_text),
        report("A note on indexes", "Databases", hours=100),
        report("Prices of disks fall", "Storage", hours=10 * 24),
    )
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(
            source.id, Batch(articles, listed=listed, related={protest.url: tuple(one.url for one in listed)}), NOON
        )
        library.finish(source.id, NOON - 180)
        (disks,) = library.listing(ALL, parse("disks"), "newest", NOON)
        library.mark_read([disks], True, NOON)
        yield library


@pytest.fixture
def many(report: Report) -> Iterator[Library]:
    """One topic of 3,000 stories, an hour between each two."""
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        articles = tuple(report(f"Story {number}", "Long", hours=number) for number in range(3_000))
        library.add(source.id, Batch(articles), NOON)
        library.finish(source.id, NOON)
        yield library


@pytest.fixture
async def samples() -> AsyncIterator[Library]:
    """The samples that come with newstui."""
    with Library.open(None) as library:
        library.subscribe("folder", str(data_folder("samples")), "Samples")
        async for _ in refresh(library, library.subscriptions(), lambda: SAMPLES_TIME):
            pass
        yield library


@pytest.fixture
def read() -> Read:
    """Open the reader on a library."""

    @asynccontextmanager
    async def reading(
        library: Library,
        settings: Settings = UNHURRIED,
        size: tuple[int, int] = (120, 36),
        *,
        now: int = NOON,
        is_remote: bool = False,
        banner: str = "",
    ) -> AsyncIterator[Reader]:
        app = NewsApp(library, settings, REMOTE if is_remote else LOCAL, banner=banner, now=lambda: now)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            yield reader

    return reading
