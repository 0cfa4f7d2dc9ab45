"""Where articles come from: places that are added, read and dropped."""

from collections.abc import Iterator
from typing import Any

import pytest

from newstui.article import Article, Batch, Outlet
from newstui.errors import LibraryError, Problem
from newstui.library import Library
from newstui.library.rows import Added, Subscription
from newstui.query import Query

NOW = 1_600_000_000


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


def report(number: int, **said: object) -> Article:
    fields = {"url": f"https://news.example/{number}", "title": f"Report {number}", "published": NOW - number}
    return Article.model_validate(fields | {"origin": "document", "outlet": Outlet(name="Herald")} | said)


def headlines(library: Library) -> list[str]:
    listing = library.listing(0, Query(), "newest", NOW)
    return [row.headline for row in library.story_rows(listing[:])]


def test_a_subscription_is_told_as_it_was_made(library: Library) -> None:
    made = library.subscribe("folder", "/news", "News", "Work")
    assert made == Subscription(made.id, "folder", "/news", "News", "Work", None, None, "", 0)
    assert library.subscriptions() == [made]


def test_subscriptions_come_by_name_whatever_the_case(library: Library) -> None:
    for name in ("b", "A", "C"):
        library.subscribe("folder", f"/{name}", name)
    assert [source.name for source in library.subscriptions()] == ["A", "b", "C"]


def test_a_subscription_keeps_the_folders_around_its_topic_and_whether_it_may_be_private(library: Library) -> None:
    folders = ("Tech", " Free\tsoftware ", "\x1b[2J", "“Ünïcode”")
    made = library.subscribe("feed", "https://a.example/", "A", " Linux\n", folders=folders, may_be_private=True)
    assert (made.topic, made.folders, made.may_be_private) == ("Linux", ("Tech", "Free software", "“Ünïcode”"), True)
    assert library.subscriptions() == [made]


def test_a_source_without_a_name_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError, match="can't be without a name"):
        library.subscribe("folder", "/news", "")


def test_a_place_or_name_that_is_taken_is_refused(library: Library) -> None:
    library.subscribe("folder", "/news", "News")
    with pytest.raises(LibraryError, match=r"subscribed to already .*its name is “News”"):
        library.subscribe("folder", "/news", "Other")
    with pytest.raises(LibraryError, match="the name “News” is taken"):
        library.subscribe("folder", "/other", "News")
    assert len(library.subscriptions()) == 1


def test_a_reading_that_went_well_is_noted(library: Library) -> None:
    source = library.subscribe("folder", "/news", "News")
    library.add(source.id, Batch((report(1),), listed=(report(2, origin="listed"),)), NOW)
    library.finish(source.id, NOW)
    assert library.subscriptions() == [source._replace(last_good=NOW, last_tried=NOW, articles=1)]


def test_a_reading_that_failed_keeps_when_it_last_went_well(library: Library) -> None:
    source = library.subscribe("folder", "/news", "News")
    library.finish(source.id, NOW)
    library.finish(source.id, NOW + 9, "the folder is gone")
    failed = library.subscriptions()[0]
    assert (failed.last_good, failed.last_tried, failed.error) == (NOW, NOW + 9, "the folder is gone")
    library.finish(source.id, NOW + 20)
    assert library.subscriptions()[0].error == ""


def finished(library: Library, now: int, error: str = "", **more: Any) -> Subscription:
    """A source after its reading ended so."""
    (source,) = library.subscriptions()
    library.finish(source.id, now, error, **more)
    return library.subscriptions()[0]


def test_failures_in_a_row_are_counted_until_one_reading_goes_well(library: Library) -> None:
    library.subscribe("feed", "https://news.example/feed", "News")
    for number in (1, 2, 3):
        failed = finished(library, NOW, "asleep", next_attempt=NOW + number)
        assert (failed.failures, failed.next_attempt) == (number, NOW + number)
    well = finished(library, NOW + 9)
    assert (well.failures, well.next_attempt) == (0, None)


def test_a_reading_that_the_reader_stopped_is_no_failure_to_be_counted(library: Library) -> None:
    library.subscribe("feed", "https://news.example/feed", "News")
    finished(library, NOW, "asleep", next_attempt=NOW + 60)
    stopped = finished(library, NOW, "it was stopped")
    assert (stopped.failures, stopped.next_attempt, stopped.error) == (1, None, "it was stopped")


def test_what_is_gone_stays_so_until_it_can_be_read_again(library: Library) -> None:
    library.subscribe("feed", "https://news.example/feed", "News")
    assert finished(library, NOW, "gone for good", is_gone=True).is_gone
    assert finished(library, NOW + 1, "asleep").is_gone
    assert not finished(library, NOW + 2).is_gone


def test_problems_are_those_of_the_last_reading(library: Library) -> None:
    one, two = library.subscribe("folder", "/one", "One"), library.subscribe("folder", "/two", "Two")
    old, new, other = Problem("a.md", 3, "odd"), Problem("b.md", None, "empty"), Problem("c.md", 1, "strange")
    library.finish(one.id, NOW, problems=[old])
    library.finish(one.id, NOW, problems=[new])
    library.finish(two.id, NOW, problems=[other])
    assert library.problems(one.id) == [new]
    assert library.problems() == [new, other]


def test_the_end_of_a_reading_whose_source_was_dropped_is_let_go(library: Library) -> None:
    source = library.subscribe("folder", "/news", "News")
    library.unsubscribe("News")
    library.finish(source.id, NOW, "late", [Problem("a", None, "b")])
    assert library.problems() == []


def test_what_came_from_a_dropped_source_goes_but_saved_articles_stay(library: Library) -> None:
    source = library.subscribe("folder", "/news", "News")
    library.add(source.id, Batch(tuple(report(n, topics=("AI",)) for n in range(5)), stamps={"1.md": "1"}), NOW)
    kept = library.listing(0, Query(), "newest", NOW)[1]
    library.mark_saved([kept], True, NOW)
    assert library.unsubscribe("News") == 4
    assert headlines(library) == ["Report 1"]
    assert [topic[1:] for topic in library.topics()] == [("All", 1, 1), ("AI", 1, 1)]
    row = library.article(kept)
    assert row is not None
    assert (row.source, row.is_saved) == ("", True)
    assert library.subscriptions() == []
    assert library.stamps(source.id) == {}


def test_a_saved_article_belongs_to_a_source_again_that_brings_it(library: Library) -> None:
    source = library.subscribe("folder", "/news", "News")
    library.add(source.id, Batch((report(1),)), NOW)
    library.mark_saved(list(library.listing(0, Query(), "newest", NOW)), True, NOW)
    library.unsubscribe("News")
    again = library.subscribe("folder", "/news", "Again")
    assert library.add(again.id, Batch((report(1),)), NOW) == Added(0, 1)
    assert library.subscriptions()[0].articles == 1


def test_what_another_source_still_lists_stays(library: Library) -> None:
    one, two = library.subscribe("folder", "/one", "One"), library.subscribe("folder", "/two", "Two")
    listed = tuple(report(n, origin="listed") for n in (7, 8))
    lists = {"https://news.example/1": ("https://news.example/7", "https://news.example/8")}
    library.add(one.id, Batch((report(1),), listed, lists), NOW)
    library.add(two.id, Batch((report(2),), (), {"https://news.example/2": ("https://news.example/8",)}), NOW)
    library.unsubscribe("One")
    assert library.find("https://news.example/7") is None
    assert library.find("https://news.example/8") is not None
    library.unsubscribe("Two")
    assert library.find("https://news.example/8") is None
    assert library._store.value("SELECT count(*) FROM story") == 0


def test_every_source_is_read_anew_after_one_is_dropped(library: Library) -> None:
    """What both had may have left with the first."""
    one, two = library.subscribe("folder", "/news", "One"), library.subscribe("folder", "/news/sub", "Two")
    library.add(two.id, Batch((report(1),), stamps={"1.md": "1"}), NOW)
    library.add(one.id, Batch((report(1),), stamps={"1.md": "1"}), NOW)
    library.unsubscribe("One")
    assert library.stamps(two.id) == {}


def test_dropping_what_is_not_there_says_so(library: Library) -> None:
    with pytest.raises(LibraryError, match="no source called “News”"):
        library.unsubscribe("News")
