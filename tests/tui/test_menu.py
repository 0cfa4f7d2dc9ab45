"""Choosing among a few things by one key, or among many by typing."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.events import Key
from textual.screen import Screen

from newstui.tui.screens.menu import Choice, Menu

Opened = Callable[[Screen[Any]], tuple[App[None], list[object]]]
Seen = Callable[[App[Any]], str]
HOSTILE = "[@click=app.quit]x[/]"
SORTS = [
    Choice("n", "newest first", "", "newest", is_on=True),
    Choice("j", "by outlet", HOSTILE, "outlet"),
    Choice("q", "best first", "", "quality"),
]
TOPICS = [Choice("", name, f"{number} unread", number) for number, name in enumerate(["Azure", "Storage", HOSTILE])]


@pytest.mark.parametrize(("key", "value"), [("n", "newest"), ("j", "outlet"), ("q", "quality")])
async def test_a_choices_letter_picks_it_whatever_else_the_key_means(open_dialog: Opened, key: str, value: str) -> None:
    app, answers = open_dialog(Menu("Order", SORTS))
    async with app.run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert answers == [value]


async def test_a_key_that_comes_while_the_menu_closes_asks_for_nothing_any_more(open_dialog: Opened) -> None:
    menu = Menu("Order", SORTS)
    app, answers = open_dialog(menu)
    async with app.run_test() as pilot:
        for key in ("n", "j"):
            menu.post_message(Key(key, key))
        await pilot.pause()
        await pilot.pause()
        assert answers == ["newest"]
        assert app.is_running


async def test_the_cursor_begins_on_what_is_on_and_enter_picks(open_dialog: Opened) -> None:
    app, answers = open_dialog(Menu("Order", [Choice("", "one", "", 1), Choice("", "two", "", 2, is_on=True)]))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [2]


async def test_esc_and_q_answer_nothing(open_dialog: Opened) -> None:
    for key in ("escape", "q"):
        app, answers = open_dialog(Menu("Topics", TOPICS))
        async with app.run_test() as pilot:
            await pilot.press(key)
            await pilot.pause()
            assert answers == [None]


async def test_no_key_reaches_the_screen_beneath(open_dialog: Opened) -> None:
    app, answers = open_dialog(Menu("Order", SORTS))
    async with app.run_test() as pilot:
        await pilot.press("s", "m", "A", "space", "tab", "down", "up")
        await pilot.pause()
        assert answers == []


async def test_what_is_on_is_marked_and_hostile_text_stays_text(open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(Menu(HOSTILE, SORTS))
    async with app.run_test() as pilot:
        await pilot.pause()
        text = seen(app)
        assert text.count(HOSTILE) == 2
        assert "n  ● newest first" in text


async def test_typing_narrows_to_the_best_name_and_enter_picks_it(open_dialog: Opened, seen: Seen) -> None:
    app, answers = open_dialog(Menu("Jump", TOPICS, is_searchable=True))
    async with app.run_test() as pilot:
        await pilot.press("s", "t")
        await pilot.pause()
        assert "Storage" in seen(app)
        assert "Azure" not in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [1]


async def test_a_name_that_nothing_has_says_so_and_picks_nothing(open_dialog: Opened, seen: Seen) -> None:
    app, answers = open_dialog(Menu("Jump", TOPICS, is_searchable=True))
    async with app.run_test() as pilot:
        await pilot.press("#", "enter")
        await pilot.pause()
        assert "nothing has such a name" in seen(app)
        assert answers == []


async def test_each_move_is_previewed_and_esc_brings_back_what_was_on(open_dialog: Opened) -> None:
    themes = [Choice("", name, "", name, name == "dark") for name in ("dark", "light", "ansi-dark")]
    previewed: list[object] = []
    app, answers = open_dialog(Menu("Theme", themes, is_searchable=True, preview=previewed.append))
    async with app.run_test() as pilot:
        await pilot.press("down", "down", "escape")
        await pilot.pause()
        assert previewed == ["light", "ansi-dark", "dark"]
        assert answers == [None]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20), (20, 5)])
async def test_a_choice_can_be_made_at_every_size(open_dialog: Opened, seen: Seen, size: tuple[int, int]) -> None:
    many = [Choice("", f"Topic {number}", "", number) for number in range(300)]
    app, answers = open_dialog(Menu("Jump", many, is_searchable=True))
    async with app.run_test(size=size) as pilot:
        await pilot.press("2", "9", "9")
        await pilot.pause()
        assert "Topic 299" in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [299]


async def test_the_list_follows_the_cursor_to_its_end_and_back(open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(Menu("Jump", [Choice("", f"Topic {number}", "", number) for number in range(300)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        assert "Topic 299" in seen(app)
        await pilot.press("g")
        await pilot.pause()
        assert "Topic 0 " in seen(app).replace("\n", " \n")
