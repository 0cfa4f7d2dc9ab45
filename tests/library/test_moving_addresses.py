"""Where a source is: what its address turned out to be, and moving for good."""

from collections.abc import Iterator
from typing import Any

import pytest

from newstui.article import Article, Batch
from newstui.errors import LibraryError
from newstui.library import Library
from newstui.library.rows import Subscription
from tests.library import recount
from tests.library.events import BREAD, LATER, NOW, article

OLD, NEW = "https://old.example/feed", "https://new.example/feed"


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


@pytest.fixture
def feed(library: Library) -> Subscription:
    return library.subscribe("feed", OLD, "News")


def place(library: Library, name: str = "News") -> str:
    return next(source.place for source in library.subscriptions() if source.name == name)


def sightings(library: Library, source: Subscription, *urls: str) -> list[bool]:
    return [library.moved(source.id, url) for url in urls]


def item(number: int, place: str, **said: Any) -> Article:
    return article(number, BREAD[0], origin="feed", place=place, **said)


def test_an_address_is_what_it_turned_out_to_be(library: Library) -> None:
    asked = library.subscribe("web", "https://old.example/", "News", may_be_private=True)
    library.settle(asked.id, "feed", OLD)
    assert library.subscriptions() == [asked._replace(kind="feed", place=OLD)]


def test_only_the_host_that_was_typed_may_be_private(library: Library) -> None:
    asked = library.subscribe("web", "https://old.example/", "News", may_be_private=True)
    library.settle(asked.id, "feed", NEW)
    assert library.subscriptions() == [asked._replace(kind="feed", place=NEW, may_be_private=False)]


def test_an_address_that_is_its_own_feed_stays_where_it_is(library: Library) -> None:
    asked = library.subscribe("web", OLD, "News")
    library.add(asked.id, Batch(stamps={OLD: "1"}), NOW)
    library.settle(asked.id, "feed", OLD)
    assert library.subscriptions() == [asked._replace(kind="feed")]
    assert library.stamps(asked.id) == {OLD: "1"}


def test_an_address_that_leads_to_a_known_feed_says_which(library: Library, feed: Subscription) -> None:
    asked = library.subscribe("web", "https://old.example/", "Other")
    with pytest.raises(LibraryError, match=r"subscribed to already .*its name is “News”"):
        library.settle(asked.id, "feed", OLD)
    assert library.subscriptions() == [feed, asked]


def test_a_source_that_was_dropped_meanwhile_settles_nowhere(library: Library) -> None:
    library.settle(7, "feed", OLD)
    assert library.subscriptions() == []


def test_the_third_word_in_a_row_that_a_source_has_moved_is_believed(library: Library, feed: Subscription) -> None:
    assert sightings(library, feed, NEW, NEW) == [False, False]
    assert place(library) == OLD
    assert sightings(library, feed, NEW) == [True]
    assert place(library) == NEW
    assert sightings(library, feed, "", NEW) == [False, False]


@pytest.mark.parametrize("between", ["", OLD, "https://third.example/feed"])
def test_a_word_that_another_contradicts_does_not_count(library: Library, feed: Subscription, between: str) -> None:
    assert sightings(library, feed, NEW, NEW, between, NEW, NEW) == [False] * 5
    assert sightings(library, feed, NEW) == [True]


def test_what_is_always_said_to_be_here_is_not_written_down(library: Library, feed: Subscription) -> None:
    before = library.version()
    assert sightings(library, feed, "", OLD) == [False, False]
    assert library.version() == before


def test_a_source_does_not_move_to_where_another_is(library: Library, feed: Subscription) -> None:
    library.subscribe("feed", NEW, "Other")
    assert sightings(library, feed, *[NEW] * 5) == [False] * 5
    assert place(library) == OLD
    library.unsubscribe("Other")
    assert sightings(library, feed, NEW) == [True]


def test_a_source_that_was_dropped_does_not_move(library: Library) -> None:
    assert not library.moved(7, NEW)


def test_what_the_former_address_looked_like_is_forgotten(library: Library, feed: Subscription) -> None:
    other = library.subscribe("feed", "https://third.example/", "Other")
    for source in (feed, other):
        library.add(source.id, Batch(stamps={source.place: "1"}), NOW)
    sightings(library, feed, NEW, NEW, NEW)
    assert library.stamps(feed.id) == {}
    assert library.stamps(other.id) == {other.place: "1"}


@pytest.mark.parametrize("host", ["old.example", "new.example"])
def test_a_source_that_moves_to_another_host_may_be_private_no_more(library: Library, host: str) -> None:
    typed = library.subscribe("feed", OLD, "News", may_be_private=True)
    sightings(library, typed, *[f"https://{host}/other"] * 3)
    assert library.subscriptions()[0].may_be_private == (host == "old.example")


@pytest.mark.parametrize("has_page", [True, False])
def test_its_articles_come_along(library: Library, feed: Subscription, has_page: bool) -> None:
    """None comes twice, also of those that only an identity in the feed tells apart, and stories keep their names."""

    def batch(place: str) -> Batch:
        identities = ("", "") if has_page else (f"{place} guid 1", f"{place} guid 2")
        return Batch(tuple(item(n, place, identity=identity) for n, identity in enumerate(identities)))

    library.add(feed.id, batch(OLD), LATER)
    rows, names = recount.rows(library, "SELECT id, story FROM article"), recount.names(library)
    sightings(library, feed, NEW, NEW, NEW)
    assert library.add(feed.id, batch(NEW), LATER) == (0, 0)
    assert recount.rows(library, "SELECT id, story FROM article") == rows
    assert recount.names(library) == names
    assert {row.place for row in map(library.article, recount.story_of(library)) if row} == {NEW}


def test_what_is_awaited_and_kept_apart_comes_along(library: Library, feed: Subscription) -> None:
    said = (item(1, OLD, identity=f"{OLD} 1"), item(2, OLD, identity=f"{OLD} 2", outlet=2))
    library.add(feed.id, Batch(said), LATER)
    taken_out = next(id for id, story in recount.story_of(library).items() if id != story)
    library.separate(taken_out, LATER)
    library.await_read([f"{OLD} 3"], LATER)
    sightings(library, feed, NEW, NEW, NEW)
    moved = tuple(it.model_copy(update={"place": NEW, "identity": it.identity.replace(OLD, NEW)}) for it in said)
    third = item(3, NEW, identity=f"{NEW} 3", outlet=3)
    library.add(feed.id, Batch((*moved, third)), LATER)
    recount.expect_kept_apart(library)
    assert recount.rows(library, "SELECT key FROM separated WHERE key NOT IN (SELECT key FROM article)") == []
    assert [row.is_read for row in map(library.article, recount.story_of(library)) if row].count(True) == 1


def test_what_was_taken_apart_before_can_still_be_undone(library: Library, feed: Subscription) -> None:
    said = (item(1, OLD, identity=f"{OLD} 1"), item(2, OLD, identity=f"{OLD} 2", outlet=2))
    library.add(feed.id, Batch(said), LATER)
    before = recount.story_of(library)
    library.separate(next(id for id, story in before.items() if id != story), LATER)
    sightings(library, feed, NEW, NEW, NEW)
    library.undo()
    assert recount.story_of(library) == before
    library.redo()
    assert recount.story_of(library) != before


def test_the_articles_of_other_sources_stay_as_they_are(library: Library, feed: Subscription) -> None:
    other = library.subscribe("feed", f"{OLD}2", "Other")
    library.add(other.id, Batch((item(1, other.place, identity=f"{other.place} 1"),)), LATER)
    sightings(library, feed, NEW, NEW, NEW)
    assert recount.rows(library, "SELECT key, place FROM article") == [(f"{OLD}2 1", f"{OLD}2")]
