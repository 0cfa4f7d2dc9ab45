"""The reader's word that a report does not tell the story that it was put into."""

from collections.abc import Iterable

from newstui.library import mutes, stories
from newstui.library.store import Store


def story_alone(store: Store, article: int) -> int:
    """The id of the story that a report is to have for itself: its own, where no story ever had that."""
    id = article
    while store.value(_IS_TAKEN, (id, article)) is not None:
        id += 1
    return id


_IS_TAKEN = """
SELECT 1 FROM story WHERE id = ?1 UNION ALL SELECT 1 FROM separated WHERE story = ?1
UNION ALL SELECT 1 FROM article WHERE id = ?1 AND id <> ?2
"""


def separate(store: Store, key: str, story: int, alone: int) -> tuple[int, ...]:
    """Take a report out of a story, now and whenever it arrives again, and return the stories concerned.

    ``alone`` is the story that it is to have for itself, and for what has joined it there before this was undone.
    """
    article = store.value("SELECT id FROM article WHERE (key, story) = (?, ?)", (key, story))
    if article is None:
        return ()
    stories.leave(store, str([story, alone]))
    _found(store, article, key, alone)
    store.execute("UPDATE article SET story = ? WHERE id = ?", (alone, article))
    _keep_apart(store, key, story, alone)
    _settle(store, (story, alone))
    return story, alone


def rejoin(store: Store, key: str, story: int, alone: int) -> tuple[int, ...]:
    """Put a report back into the story that it was taken out of, as far as both are still here."""
    kept = store.execute("DELETE FROM separated WHERE (key, story) = (?, ?)", (key, story))
    store.execute("DELETE FROM separated WHERE story = ?", (alone,))
    row = store.execute("SELECT id, story FROM article WHERE key = ?", (key,)).fetchone()
    if not kept.rowcount or row is None or not _is_story(store, story):
        return ()
    article, left = row
    stories.leave(store, str([story, left]))
    store.execute("UPDATE article SET story = ? WHERE id = ?", (story, article))
    stories.prune(store, str([left]))
    _settle(store, (story, left))
    return (story,)


def keep_out(store: Store, key: str, story: int, is_out: bool) -> tuple[int, ...]:
    """Keep a report of another story from being shown beside this one, and from joining it; or do so no longer."""
    change = "INSERT OR IGNORE INTO separated (key, story) VALUES (?, ?)" if is_out else _LET_IN
    store.execute(change, (key, story))
    return (story,)


_LET_IN = "DELETE FROM separated WHERE (key, story) = (?, ?)"


def _found(store: Store, article: int, key: str, alone: int) -> None:
    """Make the story that a report is to have for itself, unless others are in it."""
    if _is_story(store, alone):
        return
    store.execute(_FOUND, (alone, article))
    if alone != article or store.value("SELECT 1 FROM story_name WHERE name = ?", (key,)) is not None:
        stories.name_story(store, alone, key)


_FOUND = """
INSERT INTO story (id, newest, article, outlets, is_unread, is_saved, is_muted) VALUES (?, 0, ?, 1, 1, 0, 0)
"""


def _keep_apart(store: Store, key: str, story: int, alone: int) -> None:
    """Let it be known of both sides: either may be the first to arrive again."""
    store.execute("INSERT INTO separated (key, story) VALUES (?, ?)", (key, story))
    store.execute("INSERT INTO separated (key, story) SELECT key, ? FROM article WHERE story = ?", (alone, story))


def _is_story(store: Store, id: int) -> bool:
    return store.value("SELECT 1 FROM story WHERE id = ?", (id,)) is not None


def _settle(store: Store, concerned: Iterable[int]) -> None:
    ids = str(list(concerned))
    stories.settle(store, ids)
    mutes.judge(store, ids)
    stories.enter(store, ids)
