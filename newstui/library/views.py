"""Queries under a name: those that newstui brings, and the reader's own."""

from newstui.errors import LibraryError
from newstui.library.rows import View
from newstui.library.store import Store

BUILT_IN = (
    View("Saved", "is:saved", True),
    View("Several outlets", "is:multi", True),
    View("Today", "since:1d", True),
)


def views(store: Store) -> list[View]:
    """newstui's own first, then the reader's by name."""
    own = [View(name, query, False) for name, query in store.execute("SELECT name, query FROM view")]
    return [*BUILT_IN, *sorted(own, key=lambda view: view.name.casefold())]


def checked(name: str) -> str:
    """A name that a view of the reader's own can have."""
    name = " ".join(name.split())
    if not name or name.casefold() in {view.name.casefold() for view in BUILT_IN}:
        raise LibraryError(f"a view can't be called “{name}”", advice="choose another name")
    return name


def query_of(store: Store, name: str) -> str | None:
    """The query of one of the reader's own views, None when there is none of that name."""
    query: str | None = store.value("SELECT query FROM view WHERE name=?", (name,))
    return query


def put(store: Store, name: str, query: str | None) -> None:
    """Let a view have this query, or none of that name be."""
    store.execute("DELETE FROM view WHERE name=?", (name,))
    if query is not None:
        store.execute("INSERT INTO view (name, query) VALUES (?, ?)", (name, query))
