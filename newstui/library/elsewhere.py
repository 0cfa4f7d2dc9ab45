"""What the reader has read in another program."""

import json
from collections.abc import Iterable, Mapping

from newstui.library import stories
from newstui.library.store import Store


def await_read(store: Store, keys: Iterable[str], now: int) -> int:
    """Mark the articles of these keys read, now or when they come; how many that are here were unread."""
    wanted = json.dumps(list(dict.fromkeys(keys)))
    with store.writing(is_durable=True):
        unread = [article for (article,) in store.execute(_UNREAD, (wanted,))]
        _mark(store, [(article, now) for article in unread])
        store.execute(_AWAIT, (now, wanted))
    return len(unread)


_UNREAD = """
SELECT a.id FROM json_each(?) j CROSS JOIN article a ON a.key = j.value LEFT JOIN state x ON x.article = a.id
WHERE x.read_at IS NULL
"""
_AWAIT = """
INSERT OR IGNORE INTO awaited_read (key, read_at) SELECT value, ? FROM json_each(?)
WHERE value NOT IN (SELECT key FROM article)
"""


def keep_read(store: Store, arrived: Mapping[str, int]) -> None:
    """Mark those articles read, of all that have just arrived, which are awaited as read."""
    if store.value("SELECT 1 FROM awaited_read LIMIT 1") is None:
        return
    keys = json.dumps(list(arrived))
    awaited = "awaited_read WHERE key IN (SELECT value FROM json_each(?))"
    rows = store.execute(f"SELECT key, read_at FROM {awaited}", (keys,)).fetchall()
    _mark(store, [(arrived[key], read_at) for key, read_at in rows])
    store.execute(f"DELETE FROM {awaited}", (keys,))


def _mark(store: Store, read: list[tuple[int, int]]) -> None:
    store.executemany(_MARK, read)
    stories.settle_read(store, str(stories.stories_of(store, [article for article, _ in read])))


_MARK = """
INSERT INTO state (article, read_at) VALUES (?, ?) ON CONFLICT (article) DO UPDATE SET read_at = excluded.read_at
"""
