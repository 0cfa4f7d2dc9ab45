"""Where a source is: what its address turned out to be, and whether it has moved for good."""

from newstui.library import stories
from newstui.library.arrivals import printable
from newstui.library.store import Store
from newstui.library.subscriptions import refuse_place
from newstui.links import host

SIGHTINGS = 3
"""How often in a row a place must say that it has moved: one answer may be a mistake, or of a network that asks for
a login first."""


def settle(store: Store, source: int, kind: str, place: str) -> None:
    """Let a source be of a kind and at a place, now that it was asked; LibraryError when another source has that."""
    place = printable(place)
    with store.writing():
        refuse_place(store, place, source)
        former = store.value("SELECT place FROM source WHERE id=?", (source,))
        if former is not None:
            store.execute("UPDATE source SET kind=? WHERE id=?", (kind, source))
            _rewrite(store, source, former, place)


def moved(store: Store, source: int, url: str) -> bool:
    """Note where a place says it is now, empty for here; True when it has said so often enough, and was rewritten.

    Unless another source is there, the articles go along, those known by an identity in their feed as well. Stamps are
    forgotten, since they are of the former address.
    """
    with store.reading():
        if _sighted(store, source, url) is None:  # without the lock of a writer: so it nearly always is
            return False
    with store.writing():
        sighted = _sighted(store, source, url)
        if sighted is None:
            return False
        place, times = sighted
        if times < SIGHTINGS:
            store.execute("UPDATE source SET moved_to=?, moved_times=? WHERE id=?", (url, times, source))
            return False
        _rewrite(store, source, place, url)
    return True


def _sighted(store: Store, source: int, url: str) -> tuple[str, int] | None:
    """Where a source is kept to be, and how often in a row it named this address; None when nothing is to be noted."""
    row = store.execute("SELECT place, moved_to, moved_times FROM source WHERE id=?", (source,)).fetchone()
    if row is None:
        return None
    place, moved_to, times = row
    if url in ("", place):
        return (place, 0) if times else None
    times = times + 1 if url == moved_to else 1
    is_taken = times >= SIGHTINGS and store.value("SELECT 1 FROM source WHERE place=?", (url,)) is not None
    return None if is_taken else (place, times)


def _rewrite(store: Store, source: int, former: str, place: str) -> None:
    """Let a source be at another place, which may be private only on the host that the reader typed."""
    if place == former:
        return
    change = {"source": source, "former": former, "place": place, "is_elsewhere": host(place) != host(former)}
    # A story is called by the key of its founder, and keeps its name.
    founders = f"SELECT json_group_array(id) FROM article WHERE source = :source AND {_IS_OF_FORMER}"
    stories.keep_names(store, store.execute(founders, change).fetchone()[0])
    for statement in (_MOVE, _FORGET, _MOVE_ARTICLES, *_RENAME):
        store.execute(statement, change)


# An article that its URL does not tell from others has its place and a space at the start of its key.
_IS_OF_FORMER = "key > :former || ' ' AND key < :former || '!'"
_RENAMED = f"SET key = :place || substr(key, length(:former) + 1) WHERE {_IS_OF_FORMER}"
_MOVE = """
UPDATE source SET place = :place, may_be_private = may_be_private AND NOT :is_elsewhere, moved_to = '', moved_times = 0
WHERE id = :source
"""
_FORGET = "DELETE FROM stamp WHERE source = :source"
_MOVE_ARTICLES = "UPDATE article SET place = :place WHERE source = :source AND place = :former"
_RENAME = (
    f"UPDATE OR IGNORE article {_RENAMED} AND source = :source",
    f"UPDATE OR IGNORE separated {_RENAMED}",
    f"UPDATE OR IGNORE awaited_read {_RENAMED}",
    *(
        f"WITH step AS (SELECT id, json_extract(change, '$.{name}') AS key FROM journal) UPDATE journal "
        f"SET change = json_set(change, '$.{name}', :place || substr(key, length(:former) + 1)) "
        f"FROM step WHERE step.id = journal.id AND {_IS_OF_FORMER}"
        for name in ("separated", "kept_out")
    ),
)
