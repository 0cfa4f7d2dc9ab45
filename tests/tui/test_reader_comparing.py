"""Reports beside each other in the reader: why they are together, how each puts it, and which does not belong."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from newstui.article import Batch, Outlet
from newstui.library import Library
from newstui.query import parse
from newstui.tui.screens.headlines import HeadlinesScreen

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report

NOON = 1_589_025_600  # Sat 9 May 2020, 12:00 UTC
FIRST, SECOND, THIRD, FOURTH = REPORTS = (
    "Amazon files a second JEDI protest over the $10bn Pentagon contract",
    "Second JEDI protest: Amazon disputes the $10bn Pentagon contract",
    "Pentagon faces a second JEDI protest of Amazon over its $10bn contract",
    "Amazon protests the JEDI contract of the Pentagon again",
)
POLAND = "A billion for Poland"


def paper(number: int) -> Outlet:
    return Outlet(name=f"Paper {number}", domain=f"paper{number}.example")


@pytest.fixture
def story(report: "Report") -> Iterator[Library]:
    """One story of four outlets, another of one."""
    articles = [
        report(headline, "Azure", hours=9 - 2 * number, outlet=paper(number + 1))
        for number, headline in enumerate(REPORTS)
    ]
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((*articles, report(POLAND, "Azure", hours=30))), NOON)
        library.finish(source.id, NOON)
        yield library


def outlets(library: Library, headline: str) -> int:
    """In how many outlets the story of a report is."""
    return library.coverage(id_of(library, headline)).outlets


def id_of(library: Library, headline: str) -> int:
    found = library.articles(parse(f'title:"{headline}"'), "newest", NOON)
    return next(article.id for article in found if article.headline == headline)


def shown(reader: "Reader") -> str:
    assert reader.main.article is not None
    return reader.main.article.headline


async def test_i_says_why_the_reports_are_together(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("i")
        assert "Why these are together  3" in reader.text
        assert reader.text.count("h apart") == 3
        assert "shares " in reader.text


async def test_i_on_a_report_says_first_why_that_one_is(story: Library, read: "Read") -> None:
    async with read(story, size=(80, 24)) as reader:
        await reader.press("c", "i")
        lines = [line.strip() for line in reader.text.splitlines() if line.strip()]
        assert lines[1].startswith("Why these are together ─")
        assert lines[2].startswith("Paper 2 Second JEDI protest: Amazon disputes")
        assert "Paper 3" not in reader.text


async def test_i_on_an_article_alone_says_nothing_of_others(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("j", "i")
        assert POLAND in reader.text
        assert "Why these" not in reader.text


async def test_equals_shows_the_headlines_and_enter_goes_to_one_in_place(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("=")
        assert isinstance(reader.app.screen, HeadlinesScreen)
        assert all(headline in reader.text for headline in REPORTS)
        assert "▸" in next(line for line in reader.text.splitlines() if FIRST in line)
        await reader.press("j", "enter")
        assert shown(reader) == SECOND
        await reader.press("q")
        assert shown(reader) == FIRST


async def test_a_number_in_the_headlines_is_that_of_the_report(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("=", "3")
        assert shown(reader) == THIRD


async def test_equals_on_an_article_alone_says_so(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("j", "=")
        assert "No other report to compare the headline with" in reader.footer
        assert reader.app.screen is reader.main


async def test_capital_x_takes_the_shown_article_out_and_stays_at_its_place(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        assert (shown(reader), outlets(story, FIRST)) == (FIRST, 4)
        await reader.press("X")
        assert reader.footer.startswith("Took out of the story: “Amazon files a second JEDI protest over…” · u undoes")
        assert reader.headline == SECOND
        assert shown(reader) == FIRST
        assert "no other outlet in your library" in reader.article
        assert reader.row(FIRST[:20])
        assert (outlets(story, FIRST), outlets(story, SECOND)) == (1, 3)
        assert "3/3" in reader.row("Azure")


@pytest.mark.parametrize("size", [(80, 24), (58, 20), (40, 20)])
async def test_what_was_taken_out_is_said_with_the_key_that_undoes_it_where_it_is_narrow(
    story: Library, read: "Read", size: tuple[int, int]
) -> None:
    async with read(story, size=size) as reader:
        await reader.press("X")
        assert reader.footer.startswith("Took out of the")
        assert "… · u undoes" in reader.footer
        await reader.press("u")
        assert reader.footer.startswith("Undone")
        assert "… · ctrl+r does it again" in reader.footer


async def test_u_puts_it_back_and_ctrl_r_takes_it_out_again(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.until(lambda: reader.row("Today").endswith(" 1"))  # the views are counted
        before = reader.rows
        await reader.press("X", "u")
        assert reader.footer.startswith("Undone: Took out of the story: “Amazon files a second")
        assert (reader.headline, shown(reader)) == (FIRST, FIRST)
        assert outlets(story, FIRST) == 4
        assert "no other outlet" not in reader.article
        await reader.until(lambda: reader.rows == before)  # and counted again
        await reader.press("ctrl+r")
        assert outlets(story, FIRST) == 1
        assert shown(reader) == FIRST
        assert "no other outlet in your library" in reader.article


async def test_capital_x_takes_out_the_report_under_the_cursor(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("c", "X")
        assert reader.footer.startswith("Took out of the story: “Second JEDI protest")
        assert (reader.headline, shown(reader)) == (FIRST, FIRST)
        assert reader.main.main_pane.has_focus
        assert SECOND[:20] not in reader.article
        assert reader.main.main_pane.report == id_of(story, THIRD)
        assert (outlets(story, SECOND), outlets(story, FIRST)) == (1, 3)
        await reader.press("u")
        assert reader.main.main_pane.report == id_of(story, THIRD)
        assert SECOND[:20] in reader.article


async def test_undoing_on_the_story_that_goes_with_it_ends_on_the_one_that_it_came_from(
    story: Library, read: "Read"
) -> None:
    async with read(story) as reader:
        await reader.press("X", "j")
        assert (reader.headline, outlets(story, reader.headline)) == (FIRST, 1)
        await reader.press("u")
        assert (reader.headline, shown(reader)) == (FIRST, FIRST)
        assert outlets(story, FIRST) == 4


async def test_capital_x_on_a_report_alone_says_that_there_is_nothing_to_take_it_out_of(
    story: Library, read: "Read"
) -> None:
    async with read(story) as reader:
        await reader.press("j", "X")
        assert "This report is alone: there is no story to take it out of" in reader.footer
        await reader.press("u")
        assert "Nothing to undo" in reader.footer


async def test_capital_x_leaves_what_the_publisher_lists_alone(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("c", "X")
        assert "Only a report of this story can be taken out of it" in reader.footer
        await reader.press("u")
        assert "Took" not in reader.footer


async def test_the_text_stays_when_another_report_of_its_story_arrives(
    story: Library, read: "Read", report: "Report"
) -> None:
    async with read(story) as reader:
        await reader.press("enter")
        earlier = f"{FIRST}, sources say"
        story.add(1, Batch((report(earlier, "Azure", hours=12, outlet=paper(9)),)), NOON)
        reader.main.relaid(reader.main.rows.arrived)
        assert (reader.headline, shown(reader)) == (earlier, FIRST)
        assert "1 new" in reader.row(FIRST[:12])
        assert "●" not in reader.row(FIRST[:12])


async def test_capital_x_keeps_a_report_of_another_story_out_and_says_why_one_alone_can_not_be_taken_out(
    read: "Read", report: "Report"
) -> None:
    closed, cracks = (
        "Harbour bridge closed after barge strikes pillar",
        "Engineers count cracks in harbour bridge and tunnel ramps",
    )
    others = [report(headline, "News", hours=40 + hours) for hours, headline in enumerate((POLAND, *REPORTS))]
    pair = report(closed, "Harbour", hours=53, outlet=paper(1)), report(cracks, "Harbour", hours=5, outlet=paper(2))
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((*others, *pair)), NOON)
        library.finish(source.id, NOON)
        async with read(library) as reader:
            reader.main.show_report(id_of(library, closed))
            assert not library.coverage(id_of(library, closed)).reports[-1].is_member
            await reader.press("X")
            assert reader.footer.startswith("This report is a story by itself already: those beside it are in others")
            await reader.press("c", "X")
            assert reader.footer.startswith("Kept out of the story: “Engineers count cracks")
            assert "Engineers count cracks" not in reader.article
            reader.main.show_report(id_of(library, cracks))
            assert "bridge closed" not in reader.article
            await reader.press("u", "u", "q")  # the first takes back that it was read
            assert "Engineers count cracks" in reader.article
