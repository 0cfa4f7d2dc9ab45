"""The places that the library reads, what they looked like, and how their last reading went."""

from collections.abc import Sequence

from newstui.errors import LibraryError, Problem
from newstui.library.arrivals import printable
from newstui.library.rows import Subscription
from newstui.library.store import Store


def subscribe(store: Store, kind: str, place: str, name: str, topic: str) -> Subscription:
    """Add a place; LibraryError when its name or the place itself is taken."""
    place, name = printable(place), printable(name)
    with store.writing(is_durable=True):
        _refuse_taken(store, place, name)
        store.execute("INSERT INTO source (kind, place, name, topic) VALUES (?, ?, ?, ?)", (kind, place, name, topic))
        return next(subscription for subscription in subscriptions(store) if subscription.name == name)


def subscriptions(store: Store, *, is_counted: bool = True) -> list[Subscription]:
    """All of them, by name. Counting their articles takes 10 ms where there are 100,000: without it they have 0."""
    articles = "(SELECT count(*) FROM article WHERE article.source = source.id AND origin <> 'listed')"
    rows = store.execute(
        f"SELECT id, kind, place, name, topic, last_good, last_tried, error, {articles if is_counted else 0} "
        "FROM source ORDER BY name COLLATE NOCASE"
    )
    return [Subscription(*row) for row in rows]


def finish(store: Store, source: int, now: int, error: str, problems: Sequence[Problem]) -> None:
    """Note that a reading is over, how it went, and what could not be read."""
    with store.writing():
        store.execute(
            "UPDATE source SET last_tried=:now, error=:error, last_good=iif(:error = '', :now, last_good) WHERE id=:id",
            {"now": now, "error": error, "id": source},
        )
        store.execute("DELETE FROM problem WHERE source=?", (source,))
        store.executemany(
            "INSERT INTO problem (source, place, line, reason) SELECT id, ?, ?, ? FROM source WHERE id=?",
            ((printable(problem.place), problem.line, problem.reason, source) for problem in problems),
        )


def stamps(store: Store, source: int) -> dict[str, str]:
    """What the places of a source looked like when they were read last."""
    return dict(store.execute("SELECT place, value FROM stamp WHERE source=?", (source,)).fetchall())


def problems(store: Store, source: int | None) -> list[Problem]:
    """What could not be read, of one source or of all."""
    rows = store.execute(
        "SELECT place, line, reason FROM problem WHERE ?1 IS NULL OR source = ?1 ORDER BY source, rowid", (source,)
    )
    return [Problem(*row) for row in rows]


def _refuse_taken(store: Store, place: str, name: str) -> None:
    taken = store.execute("SELECT name, place FROM source WHERE name=? OR place=?", (name, printable(place))).fetchone()
    if taken is None:
        return
    if taken[1] == place:
        raise LibraryError("this place is subscribed to already", where=place, advice=f"its name is “{taken[0]}”")
    raise LibraryError(f"the name “{name}” is taken", where=taken[1], advice="choose another with --name")
