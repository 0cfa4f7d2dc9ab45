"""What a newcomer sees."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from newstui.tui.screens.help import HelpScreen
from newstui.tui.screens.welcome import WelcomeScreen

Opened = Callable[[Screen[Any]], tuple[App[None], list[object]]]
Seen = Callable[[App[Any]], str]


@pytest.mark.parametrize(
    ("key", "wish"), [("s", "samples"), ("a", "feed"), ("f", "folder"), ("i", "list"), ("q", "quit")]
)
async def test_each_beginning_is_one_key(open_dialog: Opened, key: str, wish: str) -> None:
    app, answers = open_dialog(WelcomeScreen())
    async with app.run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert answers == [wish]


async def test_enter_reads_the_samples_and_the_cursor_goes_to_the_others(open_dialog: Opened) -> None:
    for keys, wish in ((["enter"], "samples"), (["j", "down", "enter"], "folder")):
        app, answers = open_dialog(WelcomeScreen())
        async with app.run_test() as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            assert answers == [wish]


async def test_help_opens_and_comes_back_to_the_beginning(open_dialog: Opened) -> None:
    app, answers = open_dialog(WelcomeScreen())
    async with app.run_test() as pilot:
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        assert answers == []


async def test_esc_leaves_nobody_before_an_empty_library(open_dialog: Opened) -> None:
    app, answers = open_dialog(WelcomeScreen())
    async with app.run_test() as pilot:
        await pilot.press("escape", "m", "space", "tab")
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        assert answers == []


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20)])
async def test_within_four_lines_it_says_what_newstui_is(
    open_dialog: Opened, seen: Seen, size: tuple[int, int]
) -> None:
    app, _ = open_dialog(WelcomeScreen())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = seen(app)
        assert "a news reader for the termin" in text
        assert "reads feeds, news sites and" in text
        for title in ("Read the samples", "Add a feed or site", "Add a folder", "Import a list", "Help", "Quit"):
            assert title in text


async def test_even_the_smallest_screen_offers_the_samples(open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(WelcomeScreen())
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert "s  Read the samples" in seen(app)
        await pilot.press("G")
        await pilot.pause()
        assert "q  Quit" in seen(app)
