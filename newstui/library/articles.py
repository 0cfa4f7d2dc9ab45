"""Take in what a source brought: new articles, changed ones, and which lists which."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

from newstui.coverage.outlets import house
from newstui.errors import LibraryError
from newstui.library import elsewhere, mutes, stories
from newstui.library.arrivals import COLUMNS, Arrival, arrivals, printable, row
from newstui.library.filing import file_under_topics, index, outlets
from newstui.library.grouping import Grouping, Newcomer
from newstui.library.revisions import revise
from newstui.library.rows import Added
from newstui.library.store import Store

if TYPE_CHECKING:
    from newstui.article import Batch

SEQUENCE_BITS = 20
LAST_SEQUENCE = (1 << SEQUENCE_BITS) - 1


CACHE_KIB = 16_000
"""Memory for the pages that a batch changes, so that none is written twice; a mere reader keeps half a MiB."""


def add(store: Store, source: int, batch: "Batch", now: int) -> Added:
    """Take in a batch and its stories in one transaction.

    A report known from another place is the one published later.
    """
    with store.writing():
        store.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        _require(store, source)
        arrived = arrivals(batch, now)
        ids = _ids(store, arrived.keys() | set(chain.from_iterable(batch.related.values())))
        fresh = [arrival for key, arrival in arrived.items() if key not in ids]
        again = [arrival for key, arrival in arrived.items() if key in ids and not _is_listed(arrival)]
        ids |= _insert(store, source, fresh)
        revision = revise(store, source, again)
        _relate(store, {key: others for key, others in batch.related.items() if key not in revision.outdated}, ids)
        _stamp(store, source, batch.stamps)
    return Added(revision.new + sum(not _is_listed(arrival) for arrival in fresh), revision.changed)


def _is_listed(arrival: Arrival) -> bool:
    return arrival.article.origin == "listed"


def _require(store: Store, source: int) -> None:
    if store.value("SELECT 1 FROM source WHERE id=?", (source,)) is None:
        raise LibraryError("the subscription is gone", advice="add the place again")


def _ids(store: Store, keys: Iterable[str]) -> dict[str, int]:
    return dict(
        store.execute(
            "SELECT a.key, a.id FROM json_each(?) j JOIN article a ON a.key = j.value", (json.dumps(list(keys)),)
        ).fetchall()
    )


def _insert(store: Store, source: int, fresh: Sequence[Arrival]) -> dict[str, int]:
    if not fresh:
        return {}
    ids = _new_ids(store, fresh)
    outlet_ids = outlets(store, fresh)
    store.grouping = store.grouping or Grouping(store)
    story_of = store.grouping.group(_newcomer(ids[a.key], a) for a in fresh)
    joined = str(sorted({story for article, story in story_of.items() if story != article}))
    stories.leave(store, joined)
    store.executemany(
        _INSERT,
        sorted((ids[a.key], a.key, story_of[ids[a.key]], a.former_title, *row(a, source, outlet_ids)) for a in fresh),
    )
    file_under_topics(store, [(ids[a.key], a.article.topics) for a in fresh])
    added, concerned = str(sorted(ids.values())), str(sorted(set(story_of.values())))
    index(store, added)
    stories.found(store, added)
    stories.settle(store, joined)
    mutes.judge(store, concerned)
    stories.enter(store, concerned)
    _keep_appointments(store, ids)
    elsewhere.keep_read(store, ids)
    return ids


def _newcomer(id: int, arrival: Arrival) -> Newcomer:
    article = (arrival.first or arrival).article
    outlet = article.outlet
    return Newcomer(id, arrival.key, house(outlet.name, outlet.domain), article.title, article.excerpt)


_INSERT = f"INSERT INTO article (id, key, story, former_title, {COLUMNS}) VALUES ({'?, ' * 24}?)"


def _new_ids(store: Store, fresh: Sequence[Arrival]) -> dict[str, int]:
    """Ids in order of time; the part after the second is of the key, so that every library gives the same.

    One that was taken out of the story that it founded founds another when all of them have left and come back.
    """
    ordered = sorted((a.key, (a.first or a).published) for a in fresh)
    ids = {key: published << SEQUENCE_BITS | crc32(key.encode()) & LAST_SEQUENCE for key, published in ordered}
    taken = {id for (id,) in store.execute(_TAKEN, {"ids": str(list(ids.values()))})}
    refused = set(store.execute("SELECT key, story FROM separated"))
    for key, id in ids.items():
        while id in taken or (key, id) in refused:
            id = stories.free_id(store, id + 1)
        taken.add(id)
        ids[key] = id
    return ids


_VALUES = "SELECT value FROM json_each(:ids)"
_TAKEN = f"SELECT id FROM article WHERE id IN ({_VALUES}) UNION SELECT id FROM story WHERE id IN ({_VALUES})"


def _keep_appointments(store: Store, arrived: Mapping[str, int]) -> None:
    """Put articles where a related list awaited them."""
    if store.value("SELECT 1 FROM awaited LIMIT 1") is None:
        return
    keys = json.dumps(list(arrived))
    awaited = "awaited WHERE key IN (SELECT value FROM json_each(?))"
    places = store.execute(f"SELECT rank, key, article FROM {awaited}", (keys,)).fetchall()
    store.executemany(
        "UPDATE related_list SET others = json_set(others, '$[' || ? || ']', ?) WHERE article = ?",
        ((rank, arrived[key], article) for rank, key, article in places),
    )
    store.execute(f"DELETE FROM {awaited}", (keys,))


def _relate(store: Store, related: Mapping[str, tuple[str, ...]], ids: Mapping[str, int]) -> None:
    lists = [(ids[key], tuple(dict.fromkeys(others))) for key, others in related.items() if key in ids]
    store.execute(
        "DELETE FROM awaited WHERE article IN (SELECT value FROM json_each(?))", (str([a for a, _ in lists]),)
    )
    store.executemany(
        "INSERT OR REPLACE INTO related_list (article, others) VALUES (?, ?)",
        ((article, _id_list([ids.get(other) for other in others])) for article, others in lists),
    )
    store.executemany(
        "INSERT INTO awaited (key, article, rank) VALUES (?, ?, ?)",
        (
            (other, article, rank)
            for article, others in lists
            if not ids.keys() >= set(others)
            for rank, other in enumerate(others)
            if other not in ids
        ),
    )


def _id_list(ids: list[int | None]) -> str:
    return json.dumps(ids) if None in ids else str(ids)


def _stamp(store: Store, source: int, stamps: Mapping[str, str]) -> None:
    store.executemany(
        "INSERT OR REPLACE INTO stamp (source, place, value) VALUES (?, ?, ?)",
        ((source, printable(place), value) for place, value in stamps.items()),
    )
