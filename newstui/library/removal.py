"""What leaves the library with a place that is read no more."""

from newstui.errors import LibraryError
from newstui.library import mutes, stories
from newstui.library.filing import unindex
from newstui.library.grouping import forget
from newstui.library.store import Store


def unsubscribe(store: Store, name: str) -> int:
    """Drop a place and what came from it, and return how many articles left; what the reader saved stays."""
    with store.writing(is_durable=True):
        source = store.value("SELECT id FROM source WHERE name=?", (name,))
        if source is None:
            raise LibraryError(f"there is no source called “{name}”", advice="newstui sources lists them")
        leaving = _remove(store, _LEAVING, source)
        _remove(store, _LISTED_BY_NOBODY, source)
        store.execute("UPDATE article SET source=NULL WHERE source=?", (source,))
        store.execute("DELETE FROM source WHERE id=?", (source,))
        store.execute("DELETE FROM stamp")  # another source may hold what has left: all are read anew
    return leaving


_LEAVING = """
SELECT a.id, a.story FROM article a LEFT JOIN state s ON s.article = a.id
WHERE a.source = ? AND a.origin <> 'listed' AND s.saved_at IS NULL
"""
_LISTED_BY_NOBODY = """
SELECT a.id, a.story FROM article a LEFT JOIN state s ON s.article = a.id
WHERE (a.source = ? OR a.source IS NULL) AND a.origin = 'listed' AND s.saved_at IS NULL
AND a.id NOT IN (SELECT other FROM related)
"""


def _remove(store: Store, which: str, source: int) -> int:
    """Remove articles, and the stories that have no report left."""
    rows = store.execute(which, (source,)).fetchall()
    ids, story_ids = str([article for article, _ in rows]), str(sorted({story for _, story in rows}))
    stories.leave(store, story_ids)
    stories.keep_names(store, ids)
    unindex(store, ids)
    forget(store, ids)
    for table, column in _TABLES:
        store.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (ids,))
    stories.prune(store, story_ids)
    stories.settle(store, story_ids)
    mutes.judge(store, story_ids)
    stories.enter(store, story_ids)
    return len(rows)


_TABLES = (
    ("related_list", "article"), ("awaited", "article"), ("state", "article"), ("page", "article"), ("article", "id"),
)  # fmt: skip
