"""What the reader says of a source: its name, where its articles are filed, and how it is read."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from newstui.article import Article, Batch
from newstui.errors import LibraryError
from newstui.library import Library
from newstui.query import parse
from tests.library import recount
from tests.library.events import LATER, NOW, article


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


def report(number: int, *topics: str, **said: Any) -> Article:
    return article(number, f"Report {number}", topics=topics, published=NOW - number, **said)


def headlines(library: Library, query: str = "") -> list[str]:
    listing = library.listing(0, parse(query), "newest", LATER)
    return [row.headline for row in library.story_rows(listing[:])]


def topics(library: Library) -> dict[str, tuple[int, int]]:
    """How many stories are in each topic, and unread: as many as its stories make when they are told anew."""
    assert list(recount.stored_stories(library)) == list(recount.stories(library))
    kept, told = library.topics(), list(recount.stories(library))
    stories = Counter(topic for story in told for topic in story.topics)
    unread = Counter(topic for story in told for topic in story.topics if story.is_unread)
    assert [(topic.stories, topic.unread) for topic in kept] == [(stories[it.id], unread[it.id]) for it in kept]
    return {topic.name: (topic.stories, topic.unread) for topic in kept if topic.id}


def test_what_is_said_of_a_source_can_be_changed_and_the_rest_stays(library: Library) -> None:
    made = library.subscribe("feed", "https://a.example/", "A", "AI", folders=("Tech",))
    changed = library.configure("A", every=30, is_paused=True, is_full_text=True, may_be_private=True)
    assert changed == made._replace(every=30, is_paused=True, is_full_text=True, may_be_private=True)
    assert library.configure("A") == changed
    renamed = changed._replace(name="B", folders=("News", "Tech"))
    assert library.configure("A", new_name=" B\n", folders=["News", "", "Tech "]) == renamed
    assert library.configure("B", every=None, is_paused=False) == renamed._replace(every=None, is_paused=False)
    assert library.subscriptions() == [renamed._replace(every=None, is_paused=False)]


def test_what_is_said_of_one_source_is_not_said_of_others(library: Library) -> None:
    others = [library.subscribe("folder", f"/{name}", name) for name in ("A", "B", "C")]
    library.configure("B", topic="AI", every=60, is_paused=True)
    assert [library.subscriptions()[place] for place in (0, 2)] == [others[0], others[2]]


@pytest.mark.parametrize("name", ["News", "news"])
def test_a_source_may_be_called_as_before_or_in_other_letters(library: Library, name: str) -> None:
    library.subscribe("folder", "/news", "News")
    assert library.configure("News", new_name=name).name == name


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"new_name": "Other"}, r"the name “Other” is taken \(/other\)"),
        ({"new_name": " \n"}, "can't be without a name"),
        ({"every": 4}, "can't be read every 4 minutes: choose from 5 minutes to 7 days"),
        ({"every": 7 * 24 * 60 + 1}, "can't be read every 10,081 minutes"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_all_that_came_with_it(
    library: Library, change: dict[str, Any], reason: str
) -> None:
    library.subscribe("folder", "/other", "Other")
    source = library.subscribe("folder", "/news", "News")
    with pytest.raises(LibraryError, match=reason):
        library.configure("News", topic="AI", is_paused=True, **change)
    assert source in library.subscriptions()


@pytest.mark.parametrize("minutes", [5, 7 * 24 * 60])
def test_the_shortest_and_the_longest_interval_can_be_chosen(library: Library, minutes: int) -> None:
    library.subscribe("folder", "/news", "News")
    assert library.configure("News", every=minutes).every == minutes


def test_changing_a_source_that_is_not_there_says_so(library: Library) -> None:
    with pytest.raises(LibraryError, match="no source called “News”"):
        library.configure("News", is_paused=True)


def test_a_change_is_on_the_disk_before_it_is_over(library: Library) -> None:
    library.subscribe("folder", "/news", "News")
    library.finish(1, NOW)
    library.configure("News", is_paused=True)
    assert library._store.value("PRAGMA synchronous") == 2


def test_another_topic_takes_along_the_articles_that_have_none_of_their_own(library: Library) -> None:
    source = library.subscribe("feed", "https://a.example/", "A", "AI")
    other = library.subscribe("feed", "https://b.example/", "B", "AI")
    own = (report(1, "Cloud"), report(2, "AI", "Cloud"), report(3))
    library.add(source.id, Batch((*own, *(report(number, "AI") for number in (4, 5, 6)))), LATER)
    library.add(other.id, Batch((report(7, "AI", outlet=7),)), LATER)
    library.mark_read(list(library.listing(0, parse("topic:ai"), "newest", LATER))[:2], True, LATER)
    assert topics(library) == {"AI": (5, 3), "Cloud": (2, 1)}
    library.configure("A", topic="Machines")
    assert topics(library) == {"AI": (2, 1), "Cloud": (2, 1), "Machines": (3, 2)}
    assert headlines(library, "topic:machines") == ["Report 4", "Report 5", "Report 6"]


def test_articles_without_a_topic_get_that_of_their_source_and_lose_it_with_it(library: Library) -> None:
    source = library.subscribe("feed", "https://a.example/", "A")
    library.add(source.id, Batch((report(1), report(2, "Cloud", "AI"), report(3))), LATER)
    library.configure("A", topic="R&amp;D")
    assert topics(library) == {"AI": (1, 1), "Cloud": (1, 1), "R&D": (2, 2)}
    library.configure("A", topic="")
    assert topics(library) == {"AI": (1, 1), "Cloud": (1, 1)}


def test_what_was_filed_anew_is_not_changed_by_what_its_source_brings_again(library: Library) -> None:
    source = library.subscribe("feed", "https://a.example/", "A", "AI")
    library.add(source.id, Batch((report(1, "AI"),)), LATER)
    library.configure("A", topic="Machines")
    assert library.add(source.id, Batch((report(1, "Machines"),)), LATER) == (0, 0)


def test_a_story_in_a_muted_topic_comes_back_when_its_source_is_filed_elsewhere(library: Library) -> None:
    source = library.subscribe("feed", "https://a.example/", "A", "AI")
    library.add(source.id, Batch((report(1, "AI"),)), LATER)
    library.mute("topic", "AI", LATER)
    assert (headlines(library), topics(library)) == ([], {})
    library.configure("A", topic="Machines")
    assert (headlines(library), topics(library)) == (["Report 1"], {"Machines": (1, 1)})
    library.configure("A", topic="AI")
    assert (headlines(library), topics(library)) == ([], {})


def test_a_topic_that_no_article_is_filed_under_leaves_all_where_they_are(library: Library) -> None:
    source = library.subscribe("feed", "https://a.example/", "A", "Nothing")
    library.add(source.id, Batch((report(1), report(2, "AI"))), LATER)
    library.configure("A", topic="Machines")
    assert topics(library) == {"AI": (1, 1)}
