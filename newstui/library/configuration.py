"""What the reader says of a source: its name, where its articles are filed, and how it is read."""

from collections.abc import Mapping
from typing import Any

from newstui.errors import LibraryError
from newstui.library import mutes, stories
from newstui.library.filing import file_under_topics
from newstui.library.rows import Subscription
from newstui.library.store import Store
from newstui.library.subscriptions import LONGEST_NAME, folder_list, named, refuse_name, tidy
from newstui.text import line

SHORTEST_INTERVAL, LONGEST_INTERVAL = 5, 7 * 24 * 60
"""Minutes between two readings of a source."""


def configure(store: Store, name: str, changes: Mapping[str, Any]) -> Subscription:
    """Let a source have these values of a ``Subscription``; LibraryError when it can't.

    Another topic takes along the articles that are filed under the former one and no other.
    """
    with store.writing(is_durable=True):
        before = named(store, name)
        after = before._replace(**changes)
        after = after._replace(name=tidy(after.name), topic=tidy(after.topic))
        refuse_name(store, after.name, after.id)
        _refuse_interval(after.every)
        store.execute(_UPDATE, after._asdict() | {"folders": folder_list(after.folders)})
        if after.topic != before.topic:
            _refile(store, after.id, _filed_under(before.topic), _filed_under(after.topic))
        return named(store, after.name)


_UPDATE = """
UPDATE source SET name = :name, topic = :topic, folders = :folders, every = :every, is_paused = :is_paused,
    is_full_text = :is_full_text, may_be_private = :may_be_private
WHERE id = :id
"""


def _refuse_interval(minutes: int | None) -> None:
    if minutes is not None and not SHORTEST_INTERVAL <= minutes <= LONGEST_INTERVAL:
        advice = f"choose from {SHORTEST_INTERVAL} minutes to {LONGEST_INTERVAL // (24 * 60)} days"
        raise LibraryError(f"a source can't be read every {minutes:,} minutes", advice=advice)


def _filed_under(topic: str) -> str:
    """What an article makes of the topic that its source gives it."""
    return line(topic, LONGEST_NAME)


def _refile(store: Store, source: int, former: str, topic: str) -> None:
    """Move a source's articles from one topic to another; those without a topic are of the empty one."""
    filed = store.value("SELECT id FROM topic WHERE name = ?", (former,)) if former else None
    if former and filed is None:
        return
    rows = store.execute(_FILED, (source, filed and str(filed))).fetchall()
    ids, story_ids = str([article for article, _ in rows]), str(sorted({story for _, story in rows}))
    stories.leave(store, story_ids)
    store.execute("DELETE FROM article_topic WHERE article IN (SELECT value FROM json_each(?))", (ids,))
    file_under_topics(store, [(article, (topic,)) for article, _ in rows])
    stories.settle(store, story_ids)
    mutes.judge(store, story_ids)
    stories.enter(store, story_ids)


_FILED = """
SELECT a.id, a.story FROM article a WHERE a.source = ? AND a.origin <> 'listed'
AND (SELECT group_concat(topic) FROM article_topic f WHERE f.article = a.id) IS ?
"""
