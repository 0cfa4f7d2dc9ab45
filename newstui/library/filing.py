"""Where an article is found again: its outlet, its topics, and the search index."""

import json
from collections.abc import Iterable, Sequence

from newstui.coverage.outlets import house
from newstui.library.arrivals import Arrival
from newstui.library.store import Store


def index(store: Store, ids: str) -> None:
    """Put articles (a JSON list of ids) into the search index."""
    store.execute(_INDEX, (ids,))


def unindex(store: Store, ids: str) -> None:
    """Take articles (a JSON list of ids) out of the search index, while they are still as they were indexed."""
    store.execute(_UNINDEX, (ids,))


_SEARCHABLE = "id, title, excerpt, outlet, text, pairs FROM searchable WHERE id IN (SELECT value FROM json_each(?))"
# The index keeps what it is given until it meets a smaller id: in order, a batch is one segment.
_INDEX = f"INSERT INTO found (rowid, title, excerpt, outlet, text, pairs) SELECT {_SEARCHABLE} ORDER BY id"
_UNINDEX = (
    f"INSERT INTO found (found, rowid, title, excerpt, outlet, text, pairs) SELECT 'delete', {_SEARCHABLE} ORDER BY id"
)


def outlets(store: Store, arrivals: Iterable[Arrival]) -> dict[tuple[str, str], int]:
    """The ids of the arrivals' outlets by name and domain, new ones made."""
    wanted = {(a.article.outlet.name, a.article.outlet.domain) for a in arrivals}
    store.executemany(
        "INSERT OR IGNORE INTO outlet (name, domain, house) VALUES (?, ?, ?)",
        ((name, domain, house(name, domain)) for name, domain in sorted(wanted)),
    )
    rows = store.execute(
        "SELECT name, domain, id FROM outlet WHERE name IN (SELECT value FROM json_each(?))",
        (json.dumps([name for name, _ in wanted]),),
    )
    return {(name, domain): id for name, domain, id in rows}


def file_under_topics(store: Store, topics_of: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Give articles their topics, in the order that their source names them."""
    names = dict.fromkeys(name for _, topics in topics_of for name in topics if name)
    if not names:
        return
    store.executemany("INSERT OR IGNORE INTO topic (name) VALUES (?)", ((name,) for name in names))
    ids = dict(
        store.execute(
            "SELECT name, id FROM topic WHERE name IN (SELECT value FROM json_each(?))", (json.dumps(list(names)),)
        ).fetchall()
    )
    store.executemany(
        "INSERT INTO article_topic (article, rank, topic) VALUES (?, ?, ?)",
        ((article, rank, ids[name]) for article, topics in topics_of for rank, name in enumerate(topics) if name),
    )
