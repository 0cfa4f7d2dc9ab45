"""Finding out what works, and doing it."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from newstui.tui.commands import COMMANDS, Command, commands_of
from newstui.tui.keymap import shown_keys
from newstui.tui.screens.help import FROM_NEWSBOAT, HelpScreen

Opened = Callable[[Screen[Any]], tuple[App[None], list[object]]]
Seen = Callable[[App[Any]], str]
WORKS = list(commands_of("pane", "sidebar", "screen", "app"))
BY_ID = {command.id: command for command in COMMANDS}
HOSTILE = "[@click=app.quit]x[/]"


def help_for(heading: str = "In the list", keymap: dict[str, str] | None = None) -> HelpScreen:
    return HelpScreen(WORKS, shown_keys(keymap or {}), heading)


async def test_help_names_what_it_is_about_and_how_much_there_is(open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(help_for(HOSTILE))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        text = seen(app)
        assert f"Help  {HOSTILE} · {len(WORKS)} commands" in text
        assert "Moving" in text
        assert "Move one row down" in text


async def test_typing_narrows_by_title_help_and_key_and_says_how_many_are_left(open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(help_for())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"copy")
        await pilot.pause()
        assert f"3 of {len(WORKS)}" in seen(app)
        assert "Copy the URL of the original page" in seen(app)
        assert "Move one row down" not in seen(app)


@pytest.mark.parametrize(
    ("typed", "id"), [("q", "app.back"), ("u", "state.undo"), ("?", "app.help"), ("f", "list.quick_filter")]
)
async def test_a_key_that_is_typed_finds_its_command_first(open_dialog: Opened, typed: str, id: str) -> None:
    app, answers = open_dialog(help_for())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(typed, "enter")
        await pilot.pause()
        assert answers == [BY_ID[id]]


async def test_enter_answers_the_command_under_the_cursor(open_dialog: Opened) -> None:
    app, answers = open_dialog(help_for())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "down", "up", "enter")
        await pilot.pause()
        assert answers == [BY_ID["pane.up"]]


async def test_the_readers_own_keys_are_shown(open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(help_for(keymap={"story.copy": "w"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"copy")
        await pilot.pause()
        assert "▌ w        Copy the URL" in seen(app)


async def test_what_nothing_is_called_says_so(open_dialog: Opened, seen: Seen) -> None:
    app, answers = open_dialog(help_for())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HOSTILE, "enter")
        await pilot.pause()
        assert "Nothing works under that name" in seen(app)
        assert f"0 of {len(WORKS)}" in seen(app)
        assert HOSTILE in seen(app)
        assert answers == []


async def test_tab_turns_to_what_is_other_than_in_newsboat_and_back(open_dialog: Opened, seen: Seen) -> None:
    app, answers = open_dialog(help_for())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        assert "Coming from newsboat" in seen(app)
        assert "query feeds" in seen(app)
        await pilot.press(*"undo", "enter")
        await pilot.pause()
        assert f"1 of {len(FROM_NEWSBOAT)}" in seen(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "Move one row down" in seen(app)
        assert answers == []


def test_what_the_newsboat_page_points_at_exists() -> None:
    assert {one.command for one in FROM_NEWSBOAT} <= set(BY_ID)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20)])
async def test_the_end_says_how_reports_come_together_and_what_is_measured(
    open_dialog: Opened, seen: Seen, size: tuple[int, int]
) -> None:
    app, _ = open_dialog(help_for())
    async with app.run_test(size=size) as pilot:
        await pilot.press(*["pagedown"] * 20)
        await pilot.pause()
        text = " ".join(seen(app).split())
        assert "measured for English only. Reports in two languages share little but names, so expect few of" in text


async def test_another_width_keeps_the_cursor_on_its_command(open_dialog: Opened) -> None:
    app, answers = open_dialog(help_for())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "down")
        await pilot.resize_terminal(60, 30)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [BY_ID["pane.half_down"]]


async def test_esc_closes_and_no_key_reaches_the_screen_beneath(open_dialog: Opened) -> None:
    app, answers = open_dialog(help_for())
    async with app.run_test() as pilot:
        await pilot.press("j", "Q", "space", "escape")
        await pilot.pause()
        assert answers == [None]


@pytest.mark.parametrize("size", [(200, 60), (120, 36), (80, 24), (40, 20), (20, 5)])
async def test_help_serves_at_every_size(open_dialog: Opened, seen: Seen, size: tuple[int, int]) -> None:
    app, answers = open_dialog(help_for())
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"sort")
        await pilot.pause()
        lines = seen(app).splitlines()
        assert any("Help" in line for line in lines)
        assert any(line.split()[:2] == ["▌", "S"] or line.startswith("▌S") for line in map(str.strip, lines))
        await pilot.press("tab", "tab", "pagedown", "pagedown", "enter")
        await pilot.pause()
        assert isinstance(answers[0], Command)
