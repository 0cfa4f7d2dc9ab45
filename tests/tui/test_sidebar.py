"""The rows of the list: dates, columns of every width, marks and counts."""

import time
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from newstui.article import Batch, Outlet
from newstui.library import Library
from newstui.library.rows import StoryRow
from newstui.tui.widgets.sidebar import row_date

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report

NOON = 1_589_025_600  # Sat 9 May 2020
HOUR, DAY = 3_600, 86_400
MIDNIGHT = NOON - 12 * HOUR


def drawn(reader: "Reader", second_line: bool = False, **said: object) -> list[tuple[str, str]]:
    """The parts of the selected story's row, had the story these values."""
    story, sidebar = reader.main.story, reader.main.sidebar
    assert story is not None
    values = story._asdict() | {"is_unread": False} | said
    return (sidebar._second_line if second_line else sidebar._one_line)(StoryRow(**values))


def text_of(parts: list[tuple[str, str]]) -> str:
    return " ".join("".join(text for text, _ in parts).split())


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


@pytest.mark.parametrize(
    ("outlets", "shown"), [(1, ("   ", "muted")), (2, ("  2", "muted")), (4, ("  4", "muted")), (5, ("  5", "accent")),
                           (12, (" 12", "accent"))],
)  # fmt: skip
async def test_a_story_of_several_outlets_says_how_many(
    news: Library, read: "Read", outlets: int, shown: tuple[str, str]
) -> None:
    async with read(news) as reader:
        assert shown in drawn(reader, outlets=outlets)


@pytest.mark.parametrize("days", [0, 1, 9, 200, 401, 405])
async def test_the_outlets_stand_apart_from_every_date_and_in_one_column(
    news: Library, read: "Read", days: int
) -> None:
    async with read(news) as reader:
        published = NOON - days * DAY
        outlets, age = (text for text, _ in drawn(reader, outlets=42, published=published)[-2:])
        assert outlets == " 42"
        assert age.strip() == row_date(published, NOON)
        assert len(age) == (12 if days > 300 else 8)
        assert age.startswith(" ")


async def test_a_read_story_says_how_many_reports_are_new_and_stays_read(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        parts = drawn(reader, outlets=12, new_reports=2)
        assert (" 2 new", "accent") in parts
        assert text_of(parts).endswith("2 new 12 11:00")
        assert not any(part == "strong" or "●" in text for text, part in parts)
        assert "new" not in text_of(drawn(reader, new_reports=0))
        assert "new" not in text_of(drawn(reader, new_reports=2, is_unread=True))


async def test_the_second_line_says_new_reports_in_words(news: Library, read: "Read") -> None:
    async with read(news, size=(99, 24)) as reader:
        await reader.press(*">" * 8)
        assert text_of(drawn(reader, second_line=True, outlets=12, new_reports=2)) == (
            "Breaking Defense · 12 outlets · 2 new reports · 11:00"
        )
        assert (" · 1 new report", "accent") in drawn(reader, second_line=True, new_reports=1)
        assert (" · 5 outlets", "accent") in drawn(reader, second_line=True, outlets=5)
        assert (" · 4 outlets", "muted") in drawn(reader, second_line=True, outlets=4)
        assert "new" not in text_of(drawn(reader, second_line=True, new_reports=2, is_unread=True))


@pytest.mark.parametrize("columns", [20, 30, 40, 58, 80, 99])
async def test_a_second_line_without_room_for_all_still_says_what_is_new_whole(
    news: Library, read: "Read", columns: int
) -> None:
    async with read(news, size=(columns, 24)) as reader:
        parts = drawn(reader, second_line=True, outlets=12, new_reports=2)
        assert cell_len("".join(text for text, _ in parts)) < reader.main.sidebar.size.width
        assert {text for text, part in parts if part == "accent"} & {" · 2 new", " · 2 new reports"}


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


async def test_a_second_line_without_a_known_date_ends_with_the_outlet(report: "Report", read: "Read") -> None:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report("Somewhen", published=None),)), NOON)
        async with read(library, size=(80, 24)) as reader:
            assert reader.rows[reader.rows.index(reader.row("Somewhen")) + 1] == "▌   The Herald"
