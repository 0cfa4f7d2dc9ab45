"""What is read, how it went, and what is muted."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from newstui.config import Settings
from newstui.errors import Problem
from newstui.library import Library
from newstui.tui.screens.sources import AddSource, RefreshSources, SourcesScreen

Opened = Callable[[Screen[Any]], tuple[App[None], list[object]]]
Seen = Callable[[App[Any]], str]
HOSTILE = "[@click=app.quit]x[/]"
NOW = 1_600_000_000


def shown(library: Library) -> SourcesScreen:
    """The screen over a library."""
    return SourcesScreen(library, lambda: NOW, Settings())


@pytest.fixture
def library() -> Iterator[Library]:
    """A folder with two problems, a site that failed, one that was never read, and two mutes."""
    with Library.open(None) as library:
        folder = library.subscribe("folder", "/news/articles", "Articles", "Azure")
        problems = [Problem("/news/articles/2020/broken.md", 12, "no end"), Problem(f"/news/{HOSTILE}", None, HOSTILE)]
        library.finish(folder.id, NOW - 180, "", problems)
        site = library.subscribe("site", "https://news.example/", HOSTILE)
        library.finish(site.id, NOW - 2 * 86_400)
        library.finish(site.id, NOW - 30, f"the server answered 503 {HOSTILE}")
        library.subscribe("site", "https://other.example/", "Other")
        library.mute("outlet", "Business Wire", NOW)
        library.mute("word", HOSTILE, NOW)
        yield library


async def test_every_source_says_on_a_line_what_it_is_and_how_it_stands(
    library: Library, open_dialog: Opened, seen: Seen
) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        text = seen(app)
        assert "Sources  3 sources · 2 problems · 1 failing" in text
        assert re.search(r"Articles +folder  Azure +0  read 3 min ago\n", text)
        assert re.search(r"\[@click=app\.quit\]x\[/\] +site +0  failing · read 2 d ago · asked again soon\n", text)
        assert f"! the server answered 503 {HOSTILE}" in text
        assert re.search(r"Other +site +0  not read yet\n", text)
        assert "2 problems · enter shows them" in text
        assert "outlet  Business Wire" in text


async def test_enter_shows_each_file_that_could_not_be_read_and_hides_it(
    library: Library, open_dialog: Opened, seen: Seen
) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
        assert "2020/broken.md:12  no end" in seen(app)
        assert f"/news/{HOSTILE}  {HOSTILE}" in seen(app)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert "broken.md" not in seen(app)


@pytest.mark.parametrize(
    ("keys", "wish"),
    [
        (["a"], AddSource()),
        (["R"], RefreshSources()),
        (["j", "r"], RefreshSources(("Articles",))),
        (["j", "enter", "j", "r"], RefreshSources(("Articles",))),
        (["q"], None),
        (["escape"], None),
    ],
)
async def test_what_the_main_screen_has_to_do_is_the_answer(
    library: Library, open_dialog: Opened, keys: list[str], wish: object
) -> None:
    app, answers = open_dialog(shown(library))
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert answers == [wish]


async def test_a_source_goes_only_when_asked_twice(library: Library, open_dialog: Opened, seen: Seen) -> None:
    app, answers = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "d")
        await pilot.pause()
        assert "press d again to remove it" in seen(app)
        await pilot.press("k", "j", "d")
        await pilot.pause()
        assert len(library.subscriptions()) == 3
        await pilot.press("d")
        await pilot.pause()
        assert [source.name for source in library.subscriptions()] == [HOSTILE, "Other"]
        assert "/news/articles" not in seen(app)
        assert answers == []


async def test_u_brings_back_what_was_muted(library: Library, open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("G", "u")
        await pilot.pause()
        assert len(library.mutes()) == 1
        assert "Muted  1 thing you do not see" in seen(app)
        await pilot.press("u")
        await pilot.pause()
        assert library.mutes() == []
        assert "Muted" not in seen(app)


async def test_a_library_without_sources_says_how_to_add_one(open_dialog: Opened, seen: Seen) -> None:
    with Library.open(None) as library:
        app, answers = open_dialog(shown(library))
        async with app.run_test() as pilot:
            await pilot.press("r", "R", "d", "u", "enter")
            await pilot.pause()
            assert "Nothing is read yet. Press a" in seen(app)
            assert answers == []


async def test_a_removal_that_fails_says_why_and_the_screen_stays(library: Library, open_dialog: Opened) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test() as pilot:
        library.unsubscribe("Articles")
        await pilot.press("j", "d", "d")
        await pilot.pause()
        assert isinstance(app.screen, SourcesScreen)


async def test_five_thousand_problems_can_be_walked_through(open_dialog: Opened, seen: Seen) -> None:
    with Library.open(None) as library:
        folder = library.subscribe("folder", "/news", "News")
        library.finish(folder.id, NOW, "", [Problem(f"/news/{number}.md", number, "no end") for number in range(5_000)])
        app, _ = open_dialog(shown(library))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter", "G")
            await pilot.pause()
            assert "4999.md:4999  no end" in seen(app)
            assert "5,000 problems" in seen(app)


@pytest.mark.parametrize("size", [(200, 60), (80, 24), (40, 20), (20, 5)])
async def test_the_source_under_the_cursor_is_seen_at_every_size(
    library: Library, open_dialog: Opened, seen: Seen, size: tuple[int, int]
) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "j")
        await pilot.pause()
        assert "▌ Other" in seen(app)
        await pilot.press("k", "k")
        await pilot.pause()
        assert "▌ [@click" in seen(app)
