"""A library from before there were stories: its articles find theirs at the first refresh."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.library import Library, backlog
from newstui.library.migrations import STEPS, bring_up
from newstui.library.rows import StoryRow
from newstui.library.store import Store, connect
from newstui.query import Query
from newstui.refresh import Progress, refresh

NOW = 1_600_000_000
HOUR = 3_600
EVENTS = (
    ("Harbour bridge closed after a barge strikes a pillar", "A barge struck the pillar of the harbour bridge"),
    ("Barge strikes harbour bridge pillar, bridge closed", "The harbour bridge was closed after a barge struck it"),
    ("Bakers of Lindholm win the rye bread championship", "Rye bread from Lindholm took the first prize"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library file of version 1, in which each article is a story of its own."""
    path = tmp_path / "library.db"
    path.touch()
    store = connect(path)
    bring_up(store, STEPS[:1])
    with store.writing():
        store.execute("INSERT INTO topic (id, name, stories, unread) VALUES (1, 'Local', 3, 2)")
        store.execute("UPDATE topic SET stories = 3, unread = 2 WHERE id = 0")
        for number, (title, excerpt) in enumerate(EVENTS):
            put(store, number, title, excerpt)
        store.execute("INSERT INTO state (article, read_at) SELECT id, 7 FROM article ORDER BY id LIMIT 1")
        store.execute("UPDATE story SET is_unread = 0 WHERE id = (SELECT min(id) FROM story)")
    store.close()
    return path


def put(store: Store, number: int, title: str, excerpt: str) -> None:
    published = NOW + number * HOUR
    id, url, domain = published << 20 | number, f"https://paper{number}.example/{number}", f"paper{number}.example"
    store.execute("INSERT INTO outlet (id, name, domain) VALUES (?, ?, ?)", (number, f"Paper {number}", domain))
    store.execute(ARTICLE, (id, url, title, excerpt, published, number))
    store.execute("INSERT INTO story VALUES (?1, ?1, ?1, 1, 1, 0, 0)", (id,))
    store.execute("INSERT INTO article_topic VALUES (?, 0, 1)", (id,))
    store.execute("INSERT INTO story_topic SELECT value, ?1, ?1 FROM json_each('[0,1]')", (id,))


ARTICLE = """
INSERT INTO article (id, key, story, origin, place, url, original, title, excerpt, text, pairs, published,
    is_date_known, is_day_only, outlet, category, kind, is_current, images, links, warnings)
VALUES (?1, ?2, ?1, 'document', 'a.md', ?2, ?2, ?3, ?4, '', '', ?5, 1, 0, ?6, 'news', 'article', 1, '[]', '[]', '[]')
"""


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path) as library:
        yield library


async def test_a_refresh_finds_the_stories_of_what_was_there_before(library: Library) -> None:
    assert [row.outlets for row in rows(library)] == [1, 1, 1]
    assert [event async for event in refresh(library, [], NOW)] == [Progress("Stories", 3, 3, 0)]
    bread, bridge = rows(library)
    assert (bread.headline, bread.outlets, bread.is_unread) == (EVENTS[2][0], 1, True)
    assert (bridge.headline, bridge.outlets, bridge.is_unread, bridge.new_reports) == (EVENTS[0][0], 2, False, 1)
    assert [(topic.name, topic.stories, topic.unread) for topic in library.topics()] == [("All", 2, 1), ("Local", 2, 1)]
    assert [event async for event in refresh(library, [], NOW)] == []


def test_it_is_done_in_parts_which_a_restart_does_not_begin_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "AT_ONCE", 1)
    done: list[int] = []
    while not done or done[-1]:
        with Library.open(path) as library:
            done.append(library.group_known())
    assert done == [1, 1, 1, 0]
    with Library.open(path) as library:
        assert [row.outlets for row in rows(library)] == [1, 2]


def rows(library: Library) -> list[StoryRow]:
    return library.story_rows(library.listing(0, Query(), "newest", NOW)[:])
