"""Articles as feeds bring them: without pages of their own, shortened, changed, gone from a feed, or in two feeds."""

from collections.abc import Iterator
from typing import Any

import pytest

from newstui.article import Article, Batch
from newstui.library import Library
from newstui.library.rows import Added, ArticleRow
from newstui.query import parse
from tests.library.events import DAY, LATER, NOW, row

HOME = "https://herald.example/"
FEEDS = ("https://herald.example/feed", "https://planet.example/feed", "https://echo.example/feed")


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        for feed in FEEDS:
            library.subscribe("feed", feed, feed)
        yield library


def item(number: int = 1, feed: int = 0, **said: Any) -> Article:
    fields = {"url": f"{HOME}{number}", "title": f"Report {number}", "published": NOW - number, "origin": "feed"}
    return Article.model_validate(fields | {"place": FEEDS[feed], "text": f"All of {number}"} | said)


def pageless(guid: str, **said: Any) -> Article:
    """An item whose only link is that of its feed's home page."""
    return item(url=HOME, title=f"Item {guid}", identity=f"{FEEDS[0]} {guid}", **said)


def fetch(library: Library, *items: Article, now: int = LATER) -> Added:
    """What a feed shows at one time."""
    places = {source.place: source.id for source in library.subscriptions()}
    return library.add(places[items[0].place], Batch(items), now)


def articles(library: Library, query: str = "") -> list[ArticleRow]:
    return list(library.articles(parse(query), "newest", LATER))


def test_items_that_share_a_page_are_articles_of_their_own(library: Library) -> None:
    items = [pageless(guid, published=NOW - place) for place, guid in enumerate("abc")]
    assert fetch(library, *items) == Added(3, 0)
    assert [it.headline for it in articles(library)] == ["Item a", "Item b", "Item c"]
    assert fetch(library, *items) == Added(0, 0)
    assert len({it.id for it in articles(library)}) == 3


def test_an_item_known_by_its_identity_can_change_and_keeps_what_was_done_with_it(library: Library) -> None:
    fetch(library, pageless("a"))
    (before,) = articles(library)
    library.mark_read([before.story], True, LATER)
    assert fetch(library, pageless("a", text="Said otherwise").model_copy(update={"title": "Renamed"})) == Added(0, 1)
    (after,) = articles(library)
    assert (after.id, after.headline, after.former_headline) == (before.id, "Renamed", "Item a")
    assert (after.is_read, after.text) == (True, "Said otherwise")


def test_an_identity_is_known_and_its_url_is_not(library: Library) -> None:
    fetch(library, pageless("a"))
    assert library.is_known(f"{FEEDS[0]} a")
    assert not library.is_known(f"{FEEDS[0]} b")
    assert not library.is_known("https://herald.example")


def test_an_article_with_an_identity_is_found_by_it_and_by_its_url(library: Library) -> None:
    fetch(library, *[pageless(guid, published=NOW - place) for place, guid in enumerate("abc")])
    newest, _, oldest = articles(library)
    assert library.find(f"{FEEDS[0]} c") == oldest.id
    assert library.find("http://www.HERALD.example/") is None
    assert library.find("http://HERALD.example:80/?utm_source=x") == newest.id
    assert (newest.url, newest.original) == (HOME, HOME)


def test_an_article_that_has_the_page_for_itself_is_found_before_those_that_share_it(library: Library) -> None:
    fetch(library, pageless("a"), item(7, url=HOME))
    found = library.find(HOME)
    assert found is not None
    assert [it.headline for it in articles(library) if it.id == found] == ["Report 7"]


def test_a_full_text_that_the_feed_sends_no_more_is_kept(library: Library) -> None:
    fetch(library, item(excerpt="In short"))
    assert fetch(library, item(text="", excerpt="In other words")) == Added(0, 1)
    assert (row(library, item()).text, row(library, item()).excerpt) == ("All of 1", "In other words")
    assert fetch(library, item(text="", excerpt="In other words")) == Added(0, 0)
    assert len(articles(library, '"all of 1"')) == 1


def test_a_full_text_that_changed_is_taken_over_also_when_it_is_shorter(library: Library) -> None:
    fetch(library, item())
    fetch(library, item(text="All"))
    assert row(library, item()).text == "All"


def test_a_document_that_was_emptied_is_empty(library: Library) -> None:
    fetch(library, item(origin="document"))
    fetch(library, item(origin="document", text=""))
    assert row(library, item()).text == ""


def test_items_that_leave_their_feed_stay_and_are_the_same_when_they_come_back(library: Library) -> None:
    fetch(library, item(1), item(2))
    library.mark_read([row(library, item(1)).story], True, LATER)
    before = articles(library)
    fetch(library, item(3))
    assert [it for it in articles(library) if it.headline != "Report 3"] == before
    assert fetch(library, item(1), item(3)) == Added(0, 0)
    assert [it for it in articles(library) if it.headline != "Report 3"] == before


@pytest.mark.parametrize("dates", [(0, 0), (0, -DAY), (-DAY, 0), (None, None), (0, None), (None, 0)])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_feeds_that_carry_one_article_do_not_change_it_in_turns(
    library: Library, dates: tuple[int | None, int | None], order: tuple[int, int]
) -> None:
    shown = [
        item(feed=feed, title=f"As feed {feed} has it", published=None if date is None else NOW + date)
        for feed, date in enumerate(dates)
    ]
    for turn in range(10):
        changes = [fetch(library, shown[feed], now=LATER + turn) for feed in order]
        assert turn == 0 or changes == [Added(0, 0), Added(0, 0)]
    (article,) = articles(library)
    assert sorted((article.headline, article.former_headline)) == ["As feed 0 has it", "As feed 1 has it"]


def test_three_feeds_with_words_of_their_own_do_not_either(library: Library) -> None:
    for turn in range(10):
        for feed in range(3):
            change = fetch(library, item(feed=feed, title=f"As feed {feed} has it"))
            assert turn == 0 or change == Added(0, 0)


def test_a_change_in_the_feed_that_stands_is_still_noted_when_two_carry_an_article(library: Library) -> None:
    first, second = item(feed=0, title="First"), item(feed=1, title="Second")
    fetch(library, first)
    fetch(library, second)
    standing = first if row(library, first).place == first.place else second
    fetch(library, standing.model_copy(update={"title": "Corrected"}))
    for other in (first, second):
        if other is not standing:
            fetch(library, other)
    article = row(library, first)
    assert (article.headline, article.former_headline) == ("Corrected", standing.title)


def test_an_item_without_a_date_keeps_the_time_at_which_it_was_first_seen(library: Library) -> None:
    for turn in range(3):
        fetch(library, item(published=None), now=LATER + turn * DAY)
    assert (row(library, item()).published, row(library, item()).is_date_known) == (LATER, False)
