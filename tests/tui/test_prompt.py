"""Asking for one line of text."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

from newstui.tui.screens.prompt import Prompt

Opened = Callable[[Screen[Any]], tuple[App[None], list[object]]]
Seen = Callable[[App[Any]], str]
HOSTILE = "[@click=app.quit]x[/]"


def objection(text: str) -> str | None:
    return None if text == "right" else f"“{text}” is wrong"


async def test_enter_answers_what_was_typed_without_the_space_around_it(open_dialog: Opened) -> None:
    app, answers = open_dialog(Prompt("Name", "What shall it be called?", "a view "))
    async with app.run_test() as pilot:
        await pilot.press("q", " ", "enter")
        await pilot.pause()
        assert answers == ["a view q"]


async def test_esc_answers_nothing(open_dialog: Opened) -> None:
    app, answers = open_dialog(Prompt("Name", "What shall it be called?", "a view"))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert answers == [None]


async def test_what_is_wrong_stands_beneath_and_what_was_typed_stays(open_dialog: Opened, seen: Seen) -> None:
    app, answers = open_dialog(Prompt("Name", HOSTILE, HOSTILE, check=objection))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await pilot.pause()
        text = seen(app)
        assert f"! “{HOSTILE}” is wrong" in text
        assert text.count(HOSTILE) == 3
        assert answers == []


async def test_an_objection_goes_as_soon_as_one_types_on(open_dialog: Opened, seen: Seen) -> None:
    app, answers = open_dialog(Prompt("Name", "", "righ", check=objection))
    async with app.run_test() as pilot:
        await pilot.press("enter", "t")
        await pilot.pause()
        assert "is wrong" not in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert answers == ["right"]


async def test_what_is_pasted_loses_what_a_terminal_would_obey(open_dialog: Opened) -> None:
    app, _ = open_dialog(Prompt("Word", "", "a\x1b]52;c;QQ==\x07b\x9bc\nd\u202e"))
    async with app.run_test() as pilot:
        await pilot.pause()
        value = app.screen.query_one(Input).value
        assert value.isprintable()
        assert value.startswith("a")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20), (20, 5)])
async def test_the_line_and_what_is_wrong_are_seen_at_every_size(
    open_dialog: Opened, seen: Seen, size: tuple[int, int]
) -> None:
    app, _ = open_dialog(Prompt("Name", "What shall it be called? " * 4, "abc", check=objection))
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "› abc" in seen(app)
        assert "! “abc”" in seen(app)
