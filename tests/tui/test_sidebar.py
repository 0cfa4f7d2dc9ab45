"""The rows of the list: dates, columns of every width, marks and counts."""

import time
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from newstui.article import Batch, Outlet
from newstui.library import Library
from newstui.tui.widgets.sidebar import row_date

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Report

NOON = 1_589_025_600  # Sat 9 May 2020
HOUR, DAY = 3_600, 86_400
MIDNIGHT = NOON - 12 * HOUR


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (NOON - HOUR, "11:00"),
        (NOON - 13 * HOUR, "8 May"),
        (NOON - 100 * DAY, "30 Jan"),
        (NOON - 400 * DAY, "5 Apr ’19"),
        (MIDNIGHT, "9 May"),
        (MIDNIGHT - 2 * DAY, "7 May"),
    ],
)
def test_a_date_is_as_short_as_can_be(moment: int, shown: str) -> None:
    assert row_date(moment, NOON) == shown


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Pacific/Auckland"])
def test_a_day_without_a_clock_is_the_same_day_everywhere(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert row_date(MIDNIGHT - DAY, NOON) == "8 May"


async def test_a_story_is_one_line_of_mark_headline_star_and_date(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "m", "s")
        assert " ".join(reader.row("Another complaint").split()) == "▌ Another complaint about JEDI ★ 09:00"
        assert " ".join(reader.row("A billion").split()) == "● A billion for Poland 8 May"


async def test_a_narrow_list_gives_a_story_two_lines_with_its_outlet(news: Library, read: "Read") -> None:
    async with read(news, size=(80, 24)) as reader:
        first = reader.rows.index(reader.row("JEDI: inside"))
        assert reader.rows[first].startswith("▌ ● JEDI: inside the nesting-doll")
        assert reader.rows[first + 1] == "▌   Breaking Defense · 11:00"
        await reader.press("j")
        assert reader.rows[first + 2].startswith("▌ ● Another")
        assert reader.rows[first + 3].startswith("▌")


async def test_a_story_of_many_outlets_says_how_many(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        story = reader.main.story
        assert story is not None
        reader.main.sidebar.repaint()
        parts = reader.main.sidebar._one_line(story._replace(outlets=12))
        assert (" 12", "accent") in parts
        assert ("  4", "muted") in reader.main.sidebar._one_line(story._replace(outlets=4))


@pytest.mark.parametrize("columns", [20, 30, 58, 80, 120])
async def test_wide_and_combined_letters_keep_the_columns(report: "Report", read: "Read", columns: int) -> None:
    headlines = [
        "東京の夜の本屋は朝まで開いている東京の夜の本屋は朝まで開いている",
        "👩‍👩‍👧‍👦 Families 👩🏽‍🚀 in 🏳️‍🌈 orbit, and what they eat there every day",
        "Cafe\u0301 e\u0301le\u0301gant: la querelle des prix continue à Orléans",
        "הספרייה שמשאילה שקט לכל מי שמבקש",
        "हिन्दी में एक लंबा शीर्षक जो कटेगा ही कटेगा यहाँ",
    ]
    outlet = Outlet(name="夜の新聞", domain="yoru.example")
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch(tuple(report(one, "話題", outlet=outlet) for one in headlines)), NOON)
        async with read(library, size=(columns, 24)) as reader:
            sidebar = reader.main.sidebar
            for y in range(sidebar.size.height):
                assert sidebar.line_at(y).cell_length == sidebar.size.width
                assert cell_len(sidebar.line_at(y).text) == sidebar.size.width


async def test_a_story_without_a_known_date_shows_none(report: "Report", read: "Read") -> None:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report("Somewhen", published=None),)), NOON)
        async with read(library) as reader:
            assert reader.row("Somewhen") == "▌ ● Somewhen"
