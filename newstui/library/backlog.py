"""Find the stories of articles from a library of a version that had no stories yet."""

from newstui.library import mutes, stories
from newstui.library.grouping import Grouping, Newcomer
from newstui.library.store import Store

AT_ONCE = 200


def group_known(store: Store) -> int:
    """Find the stories of some more articles, the oldest first, and return of how many; 0 when all have theirs."""
    with store.reading():
        if store.value(_LAST) is None:  # without the lock of a writer: so it nearly always is
            return 0
    with store.writing():
        last = store.value(_LAST)
        newcomers = [Newcomer(*row) for row in store.execute(_UNGROUPED, (int(last or 0), AT_ONCE))]
        if not newcomers:
            store.execute("DELETE FROM meta WHERE key = 'ungrouped'")
            return 0
        _group(store, newcomers)
        store.execute("UPDATE meta SET value = ? WHERE key = 'ungrouped'", (str(newcomers[-1].id),))
    return len(newcomers)


_LAST = "SELECT value FROM meta WHERE key = 'ungrouped'"
_UNGROUPED = """
SELECT a.id, a.key, o.house, a.title, a.excerpt FROM article a JOIN outlet o ON o.id = a.outlet
WHERE a.id > ? AND NOT EXISTS (SELECT 1 FROM fingerprint f WHERE f.article = a.id) ORDER BY a.id LIMIT ?
"""


def _group(store: Store, newcomers: list[Newcomer]) -> None:
    store.grouping = store.grouping or Grouping(store)
    story_of = store.grouping.group(newcomers)
    moved = [(story, article) for article, story in story_of.items() if story != article]
    concerned = str(sorted({*story_of, *story_of.values()}))
    stories.leave(store, concerned)
    store.executemany("UPDATE article SET story = ? WHERE id = ?", moved)
    stories.prune(store, concerned)
    stories.settle(store, concerned)
    mutes.judge(store, concerned)
    stories.enter(store, concerned)
