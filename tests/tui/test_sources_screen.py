"""What is read, how it went, and what is muted."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from newstui.config import Settings
from newstui.errors import Problem
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.tui.screens.sources import VERBS, AddSource, RefreshSources, SourcesScreen
from newstui.tui.sources_text import every

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
        assert re.search(r"Articles +folder  Azure +0 articles +read 3 min ago\n", text)
        assert re.search(r"\[@click=app\.quit\]x\[/\] +site +0 articles +failing · read 2 d ago\n", text)
        assert f"! the server answered 503 {HOSTILE}" in text
        assert re.search(r"Other +site +0 articles +not read yet\n", text)
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


def source(library: Library, name: str) -> Subscription:
    return next(one for one in library.subscriptions() if one.name == name)


async def test_a_source_gets_another_name_unless_that_is_taken(
    library: Library, open_dialog: Opened, seen: Seen
) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "e", "ctrl+u", *"Other", "enter")
        await pilot.pause()
        assert "another source is called Other" in seen(app)
        await pilot.press("ctrl+u", *"Reports", "enter")
        await pilot.pause()
        assert "Articles is now Reports" in seen(app)
        assert "▌ Reports" in seen(app)
        assert source(library, "Reports").place == "/news/articles"


async def test_a_source_is_filed_under_a_topic_and_the_folders_around_it(
    library: Library, open_dialog: Opened, seen: Seen
) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "t", "ctrl+u", *"Tech / AI/ML", "enter")
        await pilot.pause()
        assert "Articles is filed under Tech / AI/ML" in seen(app)
        assert (source(library, "Articles").folders, source(library, "Articles").topic) == (("Tech",), "AI/ML")
        await pilot.press("t", "escape")
        assert source(library, "Articles").topic == "AI/ML"
        await pilot.press("t", "ctrl+u", "enter")
        await pilot.pause()
        assert "Articles is filed under no topic" in seen(app)
        assert (source(library, "Articles").folders, source(library, "Articles").topic) == ((), "")


async def test_a_source_has_an_interval_of_its_own_or_that_of_the_settings(
    library: Library, open_dialog: Opened, seen: Seen
) -> None:
    library.configure("Articles", every=45)
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "i")
        await pilot.pause()
        assert "● as the settings say" not in seen(app)
        assert "● every 45 min" in seen(app)
        assert "every 30 min" in seen(app)
        await pilot.press("4")
        await pilot.pause()
        assert "Articles is read every 6 hours" in seen(app)
        assert source(library, "Articles").every == 360
        await pilot.press("i", "s")
        await pilot.pause()
        assert "Articles is read as the settings say" in seen(app)
        assert source(library, "Articles").every is None


async def test_full_texts_and_a_pause_are_turned_on_and_off(library: Library, open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "x")
        await pilot.pause()
        assert "New articles come with full text from Articles" in seen(app)
        assert "read 3 min ago · full texts" in seen(app)
        assert source(library, "Articles").is_full_text
        await pilot.press("p")
        await pilot.pause()
        assert "Articles is paused: only r reads it" in seen(app)
        assert "paused · read 3 min ago" in seen(app)
        assert "1 paused" in seen(app)
        await pilot.press("x", "p")
        await pilot.pause()
        assert not source(library, "Articles").is_full_text
        assert not source(library, "Articles").is_paused


async def test_what_was_done_is_said_until_the_cursor_moves(library: Library, open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "enter more" not in seen(app)
        await pilot.press("j")
        await pilot.pause()
        assert "enter more" in seen(app)


async def test_every_verb_can_be_chosen_from_a_list(library: Library, open_dialog: Opened, seen: Seen) -> None:
    app, _ = open_dialog(shown(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "?")
        await pilot.pause()
        for _, _, title, note in VERBS:
            assert title in seen(app)
            assert note in seen(app)
        await pilot.press("p")
        await pilot.pause()
        assert source(library, "Articles").is_paused


async def test_a_source_that_fails_says_when_it_is_asked_again_and_one_that_is_gone_that_it_is_not(
    open_dialog: Opened, seen: Seen
) -> None:
    with Library.open(None) as library:
        for name in ("Away", "Gone", "Later"):
            feed = library.subscribe("feed", f"https://{name}.example/feed", name)
            library.finish(feed.id, NOW - 3 * 86_400)
        library.finish(1, NOW, "the server answered 503", next_attempt=NOW + 3_600)
        library.finish(2, NOW, "the server says that this is gone for good", is_gone=True)
        library.finish(3, NOW, "the server answered 429", next_attempt=NOW + 2 * 86_400)
        app, _ = open_dialog(shown(library))
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press("enter")
            await pilot.pause()
            text = seen(app)
            assert text.count("failing · read 3 d ago") == 2
            assert "! the server answered 503 · asked again at 13:26\n" in text
            assert "! the server answered 429 · asked again Tue 15 Sep 2020, 12:26\n" in text
            assert "gone for good · read 3 d ago" in text
            assert "! the server says that this is gone for good\n" in text
            assert "2 failing · 1 gone" in text
            assert "https://Away.example/feed" in text


async def test_what_a_refresh_does_meanwhile_is_seen(tmp_path: Path, open_dialog: Opened, seen: Seen) -> None:
    with Library.open(tmp_path / "library.db") as library:
        library.subscribe("site", "https://news.example/", "News")
        app, _ = open_dialog(shown(library))
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            assert "not read yet" in seen(app)
            with library.another() as other:
                other.finish(1, NOW)
            while "read just now" not in seen(app):
                await pilot.pause(0.05)


async def test_two_hundred_sources_are_shown_and_walked_through(open_dialog: Opened, seen: Seen) -> None:
    with Library.open(None) as library:
        for number in range(200):
            library.subscribe("feed", f"https://{number}.example/feed", f"Feed {number:03}", "Topic")
        app, _ = open_dialog(shown(library))
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press("G", "p")
            await pilot.pause()
            assert "▌ Feed 199" in seen(app)
            assert "Feed 199 is paused" in seen(app)
            await pilot.press("/", *"117", "enter")
            await pilot.pause()
            assert "▌ Feed 117" in seen(app)


def test_intervals_are_said_in_the_largest_whole_unit() -> None:
    assert [every(minutes) for minutes in (15, 60, 90, 360, 1_440, 2_880, 10_080)] == [
        "15 min", "hour", "90 min", "6 hours", "day", "2 days", "week",
    ]  # fmt: skip


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
