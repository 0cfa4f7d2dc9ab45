"""The stories of a topic in an order that stays as it was when it was asked for.

A whole topic by time is found in chunks as it is looked at, by key; what a query finds, at once, up to 10,000.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple, overload

from newstui.library import reading
from newstui.library.finding import plan
from newstui.library.rows import ALL
from newstui.library.search import LISTED, Part, Search, search
from newstui.library.store import Store
from newstui.query import Query

MOST = 10_000
"""How many stories a query finds, and counts, at most."""

FIRST_CHUNK = 128
CHUNK = 1_024
"""Stories found at once while the list is walked: about a third of a millisecond."""
LAST_KEY = 2**63 - 1

GONE = 0
"""In place of a story that left while the list was being found; no story has this id."""


class Listing(Sequence[int]):
    """The ids of stories in order. What changes later moves none of them: at worst the end is missing.

    ``is_capped`` says that more were found than are held.
    """

    def __init__(self, stories: "array[int]", walk: "_Walk | None" = None, *, is_capped: bool = False) -> None:
        self._stories = stories
        self._walk = walk
        self.is_capped = is_capped

    def __len__(self) -> int:
        return len(self._stories) if self._walk is None else self._walk.length

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> "array[int]": ...
    def __getitem__(self, place: int | slice) -> "int | array[int]":
        """A story, or some, which are fewer where the list turns out to be shorter."""
        length = len(self)
        if isinstance(place, slice):
            first, end, _ = place.indices(length)
            self._find(end)
            return self._stories[first : min(end, len(self._stories)) : place.step]
        place += length if place < 0 else 0
        if not 0 <= place < length:
            raise IndexError(place)
        self._find(place + 1)
        return self._stories[place] if place < len(self._stories) else GONE

    def __iter__(self) -> Iterator[int]:
        self._find(len(self))
        return iter(self._stories)

    def place_of(self, story: int) -> int | None:
        """Where a story stands, None when it is not in the list."""
        with suppress(ValueError):
            return self._stories.index(story)
        if self._walk is None or (rank := self._walk.rank(story)) is None:
            return None
        self._find(min(rank + 1, len(self)))
        if rank < len(self._stories) and self._stories[rank] == story:
            return rank
        with suppress(ValueError):
            return self._stories.index(story)
        return None

    def _find(self, count: int) -> None:
        while self._walk is not None and len(self._stories) < count:
            self._walk.extend(self._stories)
            if self._walk.length <= len(self._stories):
                self._walk = None


class _Walk:
    """The way through a topic by time, from wherever it was left."""

    def __init__(self, store: Store, topic: int, length: int, *, is_oldest: bool) -> None:
        self._store = store
        self._topic = topic
        self._order = _OLDEST if is_oldest else _NEWEST
        self._last = self._order.start
        self._version = self._current_version()
        self._known: set[int] | None = None
        self.length = length

    def extend(self, stories: "array[int]") -> None:
        """Find one chunk more; where the topic ends, the length becomes what was found."""
        size = CHUNK if stories else FIRST_CHUNK
        with self._store.reading():
            chunk = self._chunk(size)
            is_changed = self._current_version() != self._version
        stories.extend(self._new(stories, chunk) if is_changed else chunk)
        if len(stories) > self.length:
            del stories[self.length :]
        elif len(chunk) < size:
            self.length = len(stories)

    def _chunk(self, size: int) -> list[int]:
        # The key of the last story only: a second column makes a long list a quarter slower.
        self._store.execute("SAVEPOINT chunk")
        try:
            # As one row: between two of them a thread that is at work may take its turn.
            said = self._store.value(
                f"SELECT group_concat(story) FROM ({self._order.chunk})", (self._topic, *self._last, size)
            )
            stories = [int(story) for story in said.split(",")] if said else []
            if stories:
                self._last = (self._store.value(_NEWEST_OF, (stories[-1], self._topic)), stories[-1])
        finally:
            self._store.execute("RELEASE chunk")
        return stories

    def rank(self, story: int) -> int | None:
        """How many stories of the topic stand before this one now."""
        with self._store.reading():
            newest = self._store.value(_NEWEST_OF, (story, self._topic))
            return None if newest is None else int(self._store.value(self._order.rank, (self._topic, newest, story)))

    def _new(self, stories: "array[int]", chunk: Iterable[int]) -> Iterator[int]:
        """Without those that were found before: a change may have moved them further on."""
        known = self._known = self._known or set(stories)
        for story in chunk:
            if story not in known:
                known.add(story)
                yield story

    def _current_version(self) -> tuple[int, int]:
        """Another one when stories may have moved: not when one was read, or the session was kept."""
        return self._store.value("PRAGMA data_version"), self._store.entries


class _Order(NamedTuple):
    """The SQL of a walk: where it starts, the next stories by key, and how many stand before a key."""

    start: tuple[int, int]
    chunk: str
    rank: str


_TOPIC = "FROM story_topic WHERE topic = ? AND (newest, story)"
_NEWEST = _Order(
    (LAST_KEY, LAST_KEY),
    f"SELECT story {_TOPIC} < (?, ?) ORDER BY newest DESC, story DESC LIMIT ?",
    f"SELECT count(*) {_TOPIC} > (?, ?)",
)
_OLDEST = _Order(
    (-1, -1),
    f"SELECT story {_TOPIC} > (?, ?) ORDER BY newest, story LIMIT ?",
    f"SELECT count(*) {_TOPIC} < (?, ?)",
)
_NEWEST_OF = "SELECT newest FROM story_topic WHERE story = ? AND topic = ?"


def listing(store: Store, topic: int, query: Query, sort: str, now: int, most: int = MOST) -> Listing:
    """The stories of a topic that a query finds, in its own order or else in this one (``query.SORTS``)."""
    topic, found = _narrowed(topic, _search(store, query, now))
    sort = query.sort or sort
    if not found and sort in ("newest", "oldest"):
        stories = _counts(store, topic)[0]
        return Listing(array("q"), _Walk(store, topic, stories, is_oldest=sort == "oldest"))
    sql, parameters = plan(store, topic, found, sort).select()
    rows = store.execute(f"{sql} LIMIT {most + 1 if found else -1}", parameters).fetchall()
    if sort in ("newest", "oldest"):
        rows.sort(reverse=sort == "newest")
    ids = array("q", dict.fromkeys(story for _, story in rows))
    return Listing(ids[:most] if found else ids, is_capped=bool(found) and len(rows) > most)


def articles(store: Store, topic: int, query: Query, sort: str, now: int, most: int = MOST) -> Listing:
    """The same as articles, each by itself: their ids, ``most`` at most."""
    ids = reading.article_ids(store, query, sort, now, most + 1, topic)
    return Listing(ids[:most], is_capped=len(ids) > most)


def count(store: Store, topic: int, query: Query, now: int) -> int:
    """How many stories of a topic a query finds, 10,000 at most."""
    topic, found = _narrowed(topic, _search(store, query, now))
    stories, unread = _counts(store, topic)
    if not found:
        return min(stories, MOST)
    if found == Search(others=(Part("s.is_unread"),)):
        return min(unread, MOST)
    way = plan(store, topic, found, "")
    sql, parameters = way.select()
    story = "DISTINCT story" if way.finds_reports else "*"  # to tell them apart takes memory
    return int(store.value(f"SELECT count({story}) FROM ({sql} LIMIT {MOST})", parameters))


def _search(store: Store, query: Query, now: int) -> Search:
    found = search(store, query, now)
    return search(store, query, now, LISTED) if found.asks_for_listed else found


def _narrowed(topic: int, found: Search) -> tuple[int, Search]:
    """What is asked of all stories and of one topic is asked of that topic."""
    if found.topic is None or found.asks_for_listed:
        return topic, found
    if topic in (ALL, found.topic):
        return found.topic, found._replace(topic=None)
    return topic, found


def _counts(store: Store, topic: int) -> tuple[int, int]:
    row = store.execute("SELECT stories, unread FROM topic WHERE id = ?", (topic,)).fetchone()
    return row or (0, 0)
