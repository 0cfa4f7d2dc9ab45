"""What was read in another program is read here."""

from collections.abc import Iterator

import pytest

from newstui.library import Library
from newstui.links import canonical
from tests.library.events import BREAD, BRIDGE, LATER, NOW, add, article, row


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


ONE, TWO = article(1, BREAD[0], topics=("Local",)), article(2, "Lamplighter keeps a book", topics=("Local",))
KEYS = [canonical(it.url) for it in (ONE, TWO)]


def counts(library: Library) -> list[tuple[str, int, int]]:
    return [(topic.name, topic.stories, topic.unread) for topic in library.topics()]


def test_what_is_here_is_marked_at_once(library: Library) -> None:
    add(library, ONE, TWO)
    assert library.await_read(KEYS[:1], LATER) == 1
    assert [row(library, it).is_read for it in (ONE, TWO)] == [True, False]
    assert counts(library) == [("All", 2, 1), ("Local", 2, 1)]
    assert library._store.value("SELECT count(*) FROM awaited_read") == 0


def test_what_is_not_here_is_marked_when_it_comes(library: Library) -> None:
    assert library.await_read(KEYS, LATER) == 0
    add(library, ONE)
    assert counts(library) == [("All", 1, 0), ("Local", 1, 0)]
    add(library, TWO)
    assert [row(library, it).is_read for it in (ONE, TWO)] == [True, True]
    assert library._store.value("SELECT count(*) FROM awaited_read") == 0


def test_it_holds_for_an_article_that_only_its_identity_tells_from_others(library: Library) -> None:
    library.await_read(["https://paper.example/feed guid-1"], LATER)
    add(library, ONE.model_copy(update={"identity": "https://paper.example/feed guid-1"}), TWO)
    assert [row(library, it).is_read for it in (ONE, TWO)] == [True, False]


def test_what_the_reader_marks_unread_afterwards_stays_unread(library: Library) -> None:
    library.await_read(KEYS[:1], LATER)
    add(library, ONE)
    library.mark_read([row(library, ONE).story], False, LATER)
    add(library, ONE.model_copy(update={"excerpt": "Said again"}))
    assert not row(library, ONE).is_read


def test_being_told_again_counts_nothing_and_changes_no_time(library: Library) -> None:
    add(library, ONE)
    library.mark_read([row(library, ONE).story], True, NOW)
    assert library.await_read([*KEYS, *KEYS], LATER) == 0
    assert library.await_read(KEYS, LATER) == 0
    assert library._store.execute("SELECT read_at FROM state").fetchall() == [(NOW,)]


def test_a_story_is_read_when_a_report_that_joins_it_was(library: Library) -> None:
    first, second = (article(n, *BRIDGE[n], outlet=n) for n in (0, 1))
    add(library, first)
    library.await_read([canonical(second.url)], LATER)
    add(library, second)
    assert row(library, first).story == row(library, second).story
    assert counts(library) == [("All", 1, 0)]


def test_an_article_that_was_only_listed_stays_read_when_it_comes(library: Library) -> None:
    add(library, listed=(ONE.model_copy(update={"origin": "listed"}),))
    library.await_read(KEYS[:1], LATER)
    add(library, ONE)
    assert row(library, ONE).is_read
    assert counts(library) == [("All", 1, 0), ("Local", 1, 0)]
