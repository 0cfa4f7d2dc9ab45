"""The reader's word that a report does not tell the story that it was put into."""

from collections.abc import Iterable

from newstui.library import mutes, stories
from newstui.library.store import Store


def separate(store: Store, article: int, story: int) -> tuple[int, ...]:
    """Take a report out of a story, now and whenever it arrives again, and return the stories concerned."""
    key = store.value("SELECT key FROM article WHERE id = ? AND story = ?", (article, story))
    if key is None:
        return ()
    alone = stories.free_id(store, article) if story == article or _is_story(store, article) else article
    stories.leave(store, str([story]))
    store.execute("INSERT OR IGNORE INTO separated (key, story) VALUES (?, ?)", (key, story))
    _move(store, article, alone)
    if alone != article:
        stories.name_story(store, alone, key)
    _settle(store, (story, alone))
    return story, alone


def rejoin(store: Store, article: int, story: int) -> tuple[int, ...]:
    """Put a report back into the story that it was taken out of."""
    row = store.execute("SELECT key, story FROM article WHERE id = ?", (article,)).fetchone()
    if row is None:
        return ()
    key, alone = row
    stories.leave(store, str([story, alone]))
    store.execute("DELETE FROM separated WHERE (key, story) = (?, ?)", (key, story))
    _move(store, article, story)
    stories.prune(store, str([alone]))
    _settle(store, (story, alone))
    return (story,)


def _is_story(store: Store, id: int) -> bool:
    return store.value("SELECT 1 FROM story WHERE id = ?", (id,)) is not None


def _move(store: Store, article: int, story: int) -> None:
    store.execute(_FOUND, (story, article))
    store.execute("UPDATE article SET story = ? WHERE id = ?", (story, article))


_FOUND = """
INSERT OR IGNORE INTO story (id, newest, article, outlets, is_unread, is_saved, is_muted) VALUES (?, 0, ?, 1, 1, 0, 0)
"""


def _settle(store: Store, concerned: Iterable[int]) -> None:
    ids = str(list(concerned))
    stories.settle(store, ids)
    mutes.judge(store, ids)
    stories.enter(store, ids)
