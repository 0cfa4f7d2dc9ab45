"""The library: every article, what the reader did with it, and the only class that others use to reach it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import EllipsisType
from typing import TYPE_CHECKING, Self

from newstui.errors import Problem
from newstui.library import listings, reading, reports, stories, subscriptions, views
from newstui.library.listings import Listing
from newstui.library.opening import open_store, reopen
from newstui.library.rows import (
    Added,
    ArticleRow,
    Change,
    Coverage,
    ListedRow,
    Mute,
    StoryRow,
    StoryTold,
    Subscription,
    Topic,
    View,
    Why,
)
from newstui.library.store import Store
from newstui.query import Query

if TYPE_CHECKING:
    from newstui.article import Batch


class Library:
    """Articles, stories and topics, and what the reader did with them. Times are seconds since 1970 in UTC.

    Threads: each takes ``another()``. Every method raises LibraryError when the file can't be used.
    """

    def __init__(self, store: Store, *, is_shared: bool = False) -> None:
        self._store = store
        self._is_shared = is_shared

    @classmethod
    def open(cls, path: Path | None) -> Self:
        """The library in this file, made if there is none; None is a new one in memory."""
        return cls(open_store(path))

    def another(self) -> "Library":
        """The same library for another thread."""
        if self.path is None:
            return Library(self._store, is_shared=True)
        return Library(reopen(self.path))

    def close(self) -> None:
        """Let go of the file; a library in memory ends with the one that opened it."""
        if not self._is_shared:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """The file, None for a library in memory."""
        return self._store.path

    def version(self) -> int:
        """A number that grows when the library changes, whoever changed it."""
        with self._store.reading():
            return self.version_elsewhere() + self._store.total_changes

    def version_elsewhere(self) -> int:
        """A number that is another once the library was changed by any but this connection; it costs no query."""
        with self._store.reading():
            return int(self._store.value("PRAGMA data_version"))

    # What there is to read.

    def topics(self) -> list[Topic]:
        """All stories as the first topic, then every topic that has stories: most unread first, then by name."""
        with self._store.reading():
            rows = self._store.execute(_TOPICS).fetchall()
        return [Topic(*row) for row in rows]

    def listing(self, topic: int, query: Query, sort: str, now: int, most: int = listings.MOST) -> Listing:
        """The stories of a topic that a query finds, ``most`` at most, in order, found as they are asked for."""
        with self._store.reading():
            return listings.listing(self._store, topic, query, sort, now, most)

    def article_listing(self, topic: int, query: Query, sort: str, now: int, most: int = listings.MOST) -> Listing:
        """The articles of a topic that a query finds, each by itself and ``most`` at most, in order: their ids."""
        with self._store.reading():
            return listings.articles(self._store, topic, query, sort, now, most)

    def count(self, topic: int, query: Query, now: int) -> int:
        """How many stories of a topic a query finds, 10,000 at most."""
        with self._store.reading():
            return listings.count(self._store, topic, query, now)

    def story_rows(self, stories: Sequence[int]) -> list[StoryRow]:
        """The stories as lines of the sidebar, in the order asked for, without those that are gone."""
        with self._store.reading():
            return reading.story_rows(self._store, stories)

    def article_lines(self, articles: Sequence[int]) -> list[StoryRow]:
        """Articles as lines of the sidebar, each by itself, in the order asked for, without those that are gone."""
        with self._store.reading():
            return reading.article_lines(self._store, articles)

    def first_unread(self, ids: Sequence[int]) -> int | None:
        """The first of these stories that is unread."""
        with self._store.reading():
            return stories.first_unread(self._store, ids)

    def first_unread_article(self, articles: Sequence[int]) -> int | None:
        """The first of these articles that is unread."""
        with self._store.reading():
            return stories.first_unread_article(self._store, articles)

    def stories_of(self, articles: Sequence[int]) -> list[int]:
        """The stories that articles belong to, each once."""
        with self._store.reading():
            return stories.stories_of(self._store, articles)

    def article(self, article: int) -> ArticleRow | None:
        """All that is known about an article."""
        with self._store.reading():
            return reading.article(self._store, article)

    def coverage(self, article: int) -> Coverage:
        """Who else reports what an article reports: its story, and what is linked to it; nothing when it is gone."""
        with self._store.reading():
            return reports.coverage(self._store, article)

    def why(self, article: int, other: int) -> Why:
        """Why two reports are taken for one story, in the words of the first."""
        from newstui.library import likeness

        with self._store.reading():
            return likeness.why(self._store, article, other)

    def similar(self, article: int) -> list[ListedRow]:
        """Articles on a similar topic which are no coverage, the most alike first; worked out each time."""
        from newstui.library import likeness

        with self._store.reading():
            return likeness.similar(self._store, article)

    def told(self, stories: Sequence[int]) -> list[StoryTold]:
        """Whole stories with all of their reports, in the order asked for, without those that are gone."""
        with self._store.reading():
            return reports.told(self._store, stories)

    def listed(self, article: int, limit: int = 500) -> list[ListedRow]:
        """What the publisher lists beside an article and its coverage does not show, newest first."""
        with self._store.reading():
            return reading.listed(self._store, article, limit)

    def find(self, id_or_url: str) -> int | None:
        """The article with this id or, in any spelling, this URL."""
        with self._store.reading():
            return reading.find(self._store, id_or_url)

    def articles(self, query: Query, sort: str, now: int, limit: int | None = None) -> Iterator[ArticleRow]:
        """The articles that a query finds, in order; those known only from a list when it asks for them."""
        with self._store.reading():
            return reading.articles(self._store, query, sort, now, limit)

    # What the reader does. Each change is on the disk when the method returns, and can be undone.

    def mark_read(self, stories: Sequence[int], is_read: bool, now: int) -> Change:
        """Mark stories read, or unread again."""
        from newstui.library import state

        return state.mark_stories(self._store, stories, "read_at", is_read, now)

    def mark_saved(self, stories: Sequence[int], is_saved: bool, now: int) -> Change:
        """Save stories for later, or take them off the saved."""
        from newstui.library import state

        return state.mark_stories(self._store, stories, "saved_at", is_saved, now)

    def separate(self, article: int, now: int) -> Change:
        """Not the same story: take a report out of its story, for good."""
        from newstui.library import state

        return state.separate(self._store, article, now)

    def keep_out(self, article: int, story: int, now: int) -> Change:
        """Not the same story: keep a report of another story from being shown beside this one, for good."""
        from newstui.library import state

        return state.keep_out(self._store, article, story, now)

    def mute(self, kind: str, value: str, now: int) -> Change:
        """Hide what is of an outlet (its name or domain) or a topic, or has a word in its headline, now and later."""
        from newstui.library import state

        return state.mute(self._store, kind, value, now)

    def unmute(self, kind: str, value: str, now: int) -> Change:
        """Bring back what a mute hid, unless another hides it too."""
        from newstui.library import state

        return state.unmute(self._store, kind, value, now)

    def mutes(self) -> list[Mute]:
        """All that is muted."""
        from newstui.library import mutes

        with self._store.reading():
            return mutes.mutes(self._store)

    def undo(self) -> Change | None:
        """Take back the last change; None when there is none."""
        from newstui.library import state

        return state.undo(self._store)

    def redo(self) -> Change | None:
        """Make the change again that was undone last; None when there is none."""
        from newstui.library import state

        return state.redo(self._store)

    def views(self) -> list[View]:
        """The queries that have a name: newstui's own, then the reader's."""
        with self._store.reading():
            return views.views(self._store)

    def keep_view(self, name: str, query_text: str, now: int) -> Change:
        """Keep a query under a name of the reader's own."""
        from newstui.library import state

        return state.set_view(self._store, name, query_text, now)

    def drop_view(self, name: str, now: int = 0) -> Change:
        """Forget one of the reader's own views."""
        from newstui.library import state

        return state.set_view(self._store, name, None, now)

    def session(self) -> dict[str, object]:
        """What the screen looked like the last time; empty when nothing is kept."""
        with self._store.reading():
            text = self._store.value("SELECT value FROM meta WHERE key='session'")
        return dict(json.loads(text)) if text else {}

    def keep_session(self, session: Mapping[str, object]) -> None:
        """Keep what the screen looks like for the next start."""
        with self._store.writing():
            self._store.execute("INSERT OR REPLACE INTO meta VALUES ('session', ?)", (json.dumps(session),))

    # Where articles come from.

    def subscribe(
        self,
        kind: str,
        place: str,
        name: str,
        topic: str = "",
        *,
        folders: Sequence[str] = (),
        may_be_private: bool = False,
    ) -> Subscription:
        """Add a place to read; LibraryError when its name or the place itself is taken.

        ``folders`` are those around ``topic``, the outermost first.
        """
        return subscriptions.subscribe(self._store, kind, place, name, topic, folders, may_be_private)

    def configure(
        self,
        name: str,
        *,
        new_name: str | None = None,
        topic: str | None = None,
        folders: Sequence[str] | None = None,
        every: int | EllipsisType | None = ...,
        is_paused: bool | None = None,
        is_full_text: bool | None = None,
        may_be_private: bool | None = None,
    ) -> Subscription:
        """Change what is said of a source, and leave what is not named as it is; LibraryError when it can't be.

        ``every`` is in minutes, None for as the settings say. Articles without a topic of their own go to a new one.
        """
        from newstui.library import configuration

        said = {"name": new_name, "topic": topic, "folders": folders, "is_paused": is_paused}
        said |= {"is_full_text": is_full_text, "may_be_private": may_be_private}
        changes = {field: value for field, value in said.items() if value is not None}
        return configuration.configure(self._store, name, changes if every is ... else changes | {"every": every})

    def settle(self, source: int, kind: str, place: str) -> None:
        """Let an address be what it turned out to be; LibraryError when another source has that place."""
        from newstui.library import addresses

        addresses.settle(self._store, source, kind, place)

    def moved(self, source: int, url: str) -> bool:
        """Note where a source that was read says it is now, empty for where it was; True when it was believed at the
        third time in a row: the place is rewritten, and its stamps are gone."""
        from newstui.library import addresses

        return addresses.moved(self._store, source, url)

    def subscriptions(self, *, is_counted: bool = True) -> list[Subscription]:
        """Every place to read, by name; ``articles`` is 0 where they are not to be counted, which takes a while."""
        with self._store.reading():
            return subscriptions.subscriptions(self._store, is_counted=is_counted)

    def unsubscribe(self, name: str) -> int:
        """Drop a place, and return how many of its articles left with it; saved ones stay."""
        from newstui.library import removal

        return removal.unsubscribe(self._store, name)

    def stamps(self, source: int) -> dict[str, str]:
        """What the places of a source looked like when they were read last."""
        with self._store.reading():
            return subscriptions.stamps(self._store, source)

    def problems(self, source: int | None = None) -> list[Problem]:
        """What could not be read the last time, of one source or of all."""
        with self._store.reading():
            return subscriptions.problems(self._store, source)

    def is_known(self, key: str) -> bool:
        """Whether the article of this canonical URL or identity is here, other than from a publisher's list."""
        with self._store.reading():
            return self._store.value("SELECT 1 FROM article WHERE key=? AND origin <> 'listed'", (key,)) is not None

    def add(self, source: int, batch: "Batch", now: int) -> Added:
        """Take in what a source brought, in one transaction."""
        from newstui.library import articles

        return articles.add(self._store, source, batch, now)

    def group_known(self) -> int:
        """Find the stories of some articles from a library that had none yet; how many, 0 when all have theirs."""
        from newstui.library import backlog

        return backlog.group_known(self._store)

    def finish(
        self,
        source: int,
        now: int,
        error: str = "",
        problems: Sequence[Problem] = (),
        *,
        next_attempt: int | None = None,
        is_gone: bool = False,
    ) -> None:
        """Note that a reading is over, how it went, and all that could not be read; after a failure, when it may be
        tried again, or that it need not be, since the place is gone."""
        subscriptions.finish(self._store, source, now, error, problems, next_attempt, is_gone)

    def pages_wanted(self, limit: int, *, is_always: bool = False) -> list[tuple[int, str]]:
        """Articles whose pages are to be fetched, and their URLs, newest first; ``is_always`` those of all feeds."""
        from newstui.library import pages

        with self._store.reading():
            return pages.wanted(self._store, limit, is_always=is_always)

    def keep_page(self, article: int, text: str, now: int, error: str = "") -> None:
        """Keep the full text of an article's page, Markdown, or why there is none."""
        from newstui.library import pages

        pages.keep(self._store, article, text, now, error)

    def await_read(self, keys: Iterable[str], now: int) -> int:
        """Mark the articles of these keys (canonical URLs, identities) read, and those that are not here when they
        come; how many were marked."""
        from newstui.library import elsewhere

        return elsewhere.await_read(self._store, keys, now)


_TOPICS = """
SELECT id, iif(id = 0, 'All', name), stories, unread FROM topic WHERE stories > 0 OR id = 0
ORDER BY id <> 0, unread DESC, name COLLATE NOCASE
"""
