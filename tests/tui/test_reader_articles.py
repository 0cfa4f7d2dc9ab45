"""``v``: the list of stories as a list of articles, each by itself, and back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from newstui.article import Article, Batch, Outlet
from newstui.library import Library

if TYPE_CHECKING:
    from tests.tui.conftest import Read

NOON = 1_589_025_600
HOUR = 3_600
FIRST, SECOND, OTHER = TITLES = (
    "Barge strikes the harbour bridge, traffic stopped",
    "Harbour bridge closed after barge strikes it",
    "Rye bread of Lindholm wins the bakers' championship",
)


def report(number: int, title: str, hours: int) -> Article:
    return Article(
        url=f"https://paper{number}.example/1", title=title, excerpt=title, published=NOON - hours * HOUR,
        origin="document", place=f"{number}.md", topics=("Local",),
        outlet=Outlet(name=f"Paper {number}", domain=f"paper{number}.example"),
    )  # fmt: skip


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report(1, FIRST, 5), report(2, SECOND, 3), report(3, OTHER, 4))), NOON)
        library.finish(source.id, NOON)
        yield library


async def test_v_shows_each_article_by_itself_and_the_stories_again(library: Library, read: "Read") -> None:
    async with read(library) as reader:
        assert [title for row in reader.rows for title in TITLES if title[:20] in row] == [FIRST, OTHER]
        await reader.press("v")
        assert "Articles, each by itself" in reader.footer
        assert "each article" in reader.header
        shown = [title for row in reader.rows for title in TITLES if title[:20] in row]
        assert shown == [SECOND, OTHER, FIRST]
        assert reader.headline == FIRST
        await reader.press("g", "j")
        assert reader.article.startswith(SECOND)
        await reader.press("v")
        assert reader.headline == FIRST


async def test_an_article_that_is_marked_read_is_read_with_its_story(library: Library, read: "Read") -> None:
    async with read(library) as reader:
        await reader.press("v", "m")
        assert "●" not in reader.row(FIRST[:20]) + reader.row(SECOND[:20])
        assert "1/2" in reader.row("Local")
        await reader.press("p")
        assert reader.headline == OTHER
        await reader.press("A")
        assert "0/2" in reader.row("Local")


async def test_what_is_counted_with_v_is_articles_or_says_what_it_is(library: Library, read: "Read") -> None:
    async with read(library) as reader:
        await reader.press("v")
        assert "2 unread stories · newest first · each article" in reader.header
        await reader.press("F", *"is:multi", "enter")
        assert "2 articles · is:multi · esc clears · each article" in reader.header
        await reader.press("h")
        await reader.until(lambda: "2 found" in reader.row("Local"))
        await reader.press("v")
        await reader.until(lambda: "1 found" in reader.row("Local"))


async def test_the_next_start_shows_articles_as_the_last_did(library: Library, read: "Read") -> None:
    async with read(library) as reader:
        await reader.press("v", "g", "j")
        assert reader.headline == SECOND
        reader.main.keep_session()
    async with read(library) as reader:
        assert reader.headline == SECOND
        await reader.press("f", "u", "/", *"bread", "enter")
        assert reader.headline == OTHER


async def test_a_topic_that_is_folded_after_all_was_counted_says_what_was_found_in_it(
    library: Library, read: "Read"
) -> None:
    async with read(library) as reader:
        await reader.press("F", *"is:multi", "enter")
        await reader.until(lambda: "1 found" in reader.row("Several outlets") and not reader.main.rows.count_next())
        await reader.press("h")
        assert "1 found" in reader.row("Local")
