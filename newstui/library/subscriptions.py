"""The places that the library reads, what they looked like, and how their last reading went."""

import json
from collections.abc import Sequence

from newstui.errors import LibraryError, Problem
from newstui.library.arrivals import printable
from newstui.library.rows import Subscription
from newstui.library.store import Store
from newstui.text import clean, cut

LONGEST_NAME = 200
MOST_FOLDERS = 64


def subscribe(
    store: Store, kind: str, place: str, name: str, topic: str, folders: Sequence[str], may_be_private: bool
) -> Subscription:
    """Add a place; LibraryError when its name or the place itself is taken."""
    place, name = printable(place), printable(name)
    with store.writing(is_durable=True):
        refuse_place(store, place)
        refuse_name(store, name)
        store.execute(_INSERT, (kind, place, name, tidy(topic), folder_list(folders), may_be_private))
        return named(store, name)


_INSERT = "INSERT INTO source (kind, place, name, topic, folders, may_be_private) VALUES (?, ?, ?, ?, ?, ?)"


def tidy(name: str) -> str:
    """A name that a person or a list gives, on one line."""
    return cut(" ".join(clean(name).split()), LONGEST_NAME)


def folder_list(folders: Sequence[str]) -> str:
    """The folders around a topic as they are stored."""
    return json.dumps([name for folder in folders[:MOST_FOLDERS] if (name := tidy(folder))])


def refuse_place(store: Store, place: str, source: int = 0) -> None:
    """LibraryError when another source than this has the place."""
    name = store.value("SELECT name FROM source WHERE place=? AND id<>?", (place, source))
    if name is not None:
        raise LibraryError("this place is subscribed to already", where=place, advice=f"its name is “{name}”")


def refuse_name(store: Store, name: str, source: int = 0) -> None:
    """LibraryError when another source than this has the name, or when it is none."""
    if not name:
        raise LibraryError("a source can't be without a name", advice="choose one")
    place = store.value("SELECT place FROM source WHERE name=? AND id<>?", (name, source))
    if place is not None:
        raise LibraryError(f"the name “{name}” is taken", where=place, advice="choose another with --name")


def subscriptions(store: Store, *, is_counted: bool = True) -> list[Subscription]:
    """All of them, by name. Counting their articles takes 10 ms where there are 100,000: without it they have 0."""
    return _subscriptions(store, "1", (), is_counted)


def named(store: Store, name: str) -> Subscription:
    """The source of this name; LibraryError when there is none."""
    for subscription in _subscriptions(store, "name=?", (name,), True):
        return subscription
    raise LibraryError(f"there is no source called “{name}”", advice="newstui sources lists them")


def _subscriptions(store: Store, which: str, parameters: tuple[str, ...], is_counted: bool) -> list[Subscription]:
    articles = _COUNT if is_counted else "0"
    rows = store.execute(
        f"SELECT {_FIELDS.format(articles=articles)} FROM source WHERE {which} ORDER BY name COLLATE NOCASE", parameters
    )
    return [_subscription(Subscription._make(row)) for row in rows]


_COUNT = "(SELECT count(*) FROM article WHERE article.source = source.id AND origin <> 'listed')"
_FIELDS = ", ".join(field if field != "articles" else "{articles}" for field in Subscription._fields)


def _subscription(stored: Subscription) -> Subscription:
    return stored._replace(
        folders=tuple(json.loads(str(stored.folders))),
        is_paused=bool(stored.is_paused),
        is_full_text=bool(stored.is_full_text),
        may_be_private=bool(stored.may_be_private),
        is_gone=bool(stored.is_gone),
    )


def finish(
    store: Store,
    source: int,
    now: int,
    error: str,
    problems: Sequence[Problem],
    next_attempt: int | None,
    is_gone: bool,
) -> None:
    """Note that a reading is over, how it went, and what could not be read.

    What is gone stays so until it can be read again. A failure counts where the source is to be left alone for it:
    not where the reader stopped it, or where no server has to bear the next attempt.
    """
    values = {"id": source, "now": now, "error": error, "next": next_attempt if error else None, "is_gone": is_gone}
    with store.writing():
        store.execute(_FINISH, values)
        store.execute("DELETE FROM problem WHERE source=?", (source,))
        store.executemany(
            "INSERT INTO problem (source, place, line, reason) SELECT id, ?, ?, ? FROM source WHERE id=?",
            ((printable(problem.place), problem.line, problem.reason, source) for problem in problems),
        )


_FINISH = """
UPDATE source SET last_tried = :now, error = :error, last_good = iif(:error = '', :now, last_good),
    next_attempt = :next, failures = iif(:error = '', 0, failures + (:next IS NOT NULL)),
    is_gone = :error <> '' AND (is_gone OR :is_gone)
WHERE id = :id
"""


def stamps(store: Store, source: int) -> dict[str, str]:
    """What the places of a source looked like when they were read last."""
    return dict(store.execute("SELECT place, value FROM stamp WHERE source=?", (source,)).fetchall())


def problems(store: Store, source: int | None) -> list[Problem]:
    """What could not be read, of one source or of all."""
    rows = store.execute(
        "SELECT place, line, reason FROM problem WHERE ?1 IS NULL OR source = ?1 ORDER BY source, rowid", (source,)
    )
    return [Problem(*row) for row in rows]
