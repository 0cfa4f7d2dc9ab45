"""Every command by its name."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.command import Hit
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from newstui.config import data_folder
from newstui.library import Library
from newstui.tui.commands import COMMANDS, bindings
from newstui.tui.palette import NewsCommands, Palette, target_of
from newstui.tui.themes import THEMES, variables_of

Seen = Callable[[App[Any]], str]
HOSTILE = "[@click=app.quit]x[/]"
BY_ID = {command.id: command for command in COMMANDS}


class Pane(Static, can_focus=True):
    """A list of stories."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sidebar")]

    def action_enter(self) -> None:
        """Go into the story."""


class Reading(Screen[None]):
    """A screen on which a story can be saved but not opened."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("screen")]

    def __init__(self) -> None:
        super().__init__()
        self.library = Library.open(None)
        self.library.keep_view(HOSTILE, f'"{HOSTILE}"', 0)
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Pane()

    def show_view(self, name: str) -> None:
        self.done.append(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "open_original"

    def action_toggle_saved(self) -> None:
        self.done.append("saved")

    def action_open_original(self) -> None:
        self.done.append("opened")


class Reader(App[None]):
    """A program with that screen and the reader's own keys."""

    CSS_PATH = data_folder("styles") / "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.reading = Reading()

    def get_default_screen(self) -> Screen[None]:
        return self.reading

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_of(self.current_theme)

    def get_keys(self) -> Mapping[str, str]:
        return {"story.save": "w"}


async def offered(reader: Reader, typed: str = "") -> list[tuple[str, str]]:
    """What the palette offers: its plain text, and what it is called."""
    provider = NewsCommands(reader.reading)
    hits = [hit async for hit in (provider.search(typed) if typed else provider.discover())]
    hits.sort(key=lambda hit: -hit.score)
    displays = [hit.match_display if isinstance(hit, Hit) else hit.display for hit in hits]
    assert all(isinstance(display, Content) for display in displays)
    return [(str(display), hit.text or "") for display, hit in zip(displays, hits, strict=True)]


async def test_only_what_works_now_is_offered_and_with_its_key() -> None:
    reader = Reader()
    async with reader.run_test(size=(120, 36)):
        lines = {name: line for line, name in await offered(reader)}
        assert "Save the story for later" in lines["Save"]
        assert " w " in lines["Save"]
        assert "Open" not in lines
        assert "Undo" not in lines


async def test_views_and_themes_are_offered_as_text() -> None:
    reader = Reader()
    async with reader.run_test(size=(120, 36)):
        lines = {name: line for line, name in await offered(reader)}
        assert lines[f"View: {HOSTILE}"].count(HOSTILE) == 2
        assert "Theme: light" in lines


@pytest.mark.parametrize(("typed", "first"), [("save", "Save"), ("thli", "Theme: light"), ("for later", "Save")])
async def test_typing_finds_by_name_and_by_what_it_does(typed: str, first: str) -> None:
    reader = Reader()
    async with reader.run_test(size=(120, 36)):
        assert (await offered(reader, typed))[0][1] == first


async def test_what_is_chosen_is_done_where_it_works(seen: Seen) -> None:
    reader = Reader()
    async with reader.run_test(size=(80, 24)) as pilot:
        reader.push_screen(Palette())
        await pilot.pause()
        await pilot.press(*"view x")
        await reader.workers.wait_for_complete()
        await pilot.pause()
        assert HOSTILE in seen(reader)
        await pilot.press("enter")
        await pilot.pause()
        assert reader.reading.done == [HOSTILE]


async def test_a_theme_can_be_chosen_by_name() -> None:
    reader = Reader()
    async with reader.run_test(size=(80, 24)):
        hits = [hit async for hit in NewsCommands(reader.reading).search("Theme: light")]
        best = max(hits, key=lambda hit: hit.score)
        best.command()
        assert reader.theme == "light"


async def test_a_command_works_on_the_first_that_knows_it() -> None:
    reader = Reader()
    async with reader.run_test():
        assert target_of(BY_ID["story.save"], reader.reading) is reader.reading
        assert target_of(BY_ID["app.quit"], reader.reading) is reader
        assert target_of(BY_ID["story.open"], reader.reading) is None
        assert target_of(BY_ID["topic.fold"], reader.reading) is None
        assert target_of(BY_ID["story.enter"], reader.reading) is reader.reading.query_one(Pane)
        assert target_of(BY_ID["report.enter"], reader.reading) is None


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20), (20, 5)])
async def test_the_palette_opens_at_every_size_and_its_cursor_rests(seen: Seen, size: tuple[int, int]) -> None:
    reader = Reader()
    async with reader.run_test(size=size) as pilot:
        reader.push_screen(Palette())
        await reader.workers.wait_for_complete()
        await pilot.pause()
        assert "Save" in seen(reader)
        assert not reader.screen.query_one(Input).cursor_blink
        await pilot.press("escape")
        await pilot.pause()
        assert reader.screen is reader.reading


async def test_a_key_that_comes_while_the_palette_closes_asks_for_nothing_any_more() -> None:
    app = Reader()
    async with app.run_test() as pilot:
        palette = Palette()
        app.push_screen(palette)
        await pilot.pause()
        for _ in range(2):
            palette.dismiss()
        await pilot.pause()
        assert app.screen is app.reading
        assert app.is_running
