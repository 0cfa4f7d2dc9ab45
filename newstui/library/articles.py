"""Take in what a source brought: new articles, changed ones, and which lists which."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from newstui.errors import LibraryError
from newstui.library import mutes, stories
from newstui.library.rows import Added
from newstui.library.store import Store
from newstui.links import canonical
from newstui.text import pairs

if TYPE_CHECKING:
    from newstui.article import Article, Batch

Row = tuple[object, ...]

DAY = 86_400
SEQUENCE_BITS = 20
LAST_SEQUENCE = (1 << SEQUENCE_BITS) - 1
MOST_PAIRED_CHARACTERS = 20_000
"""How much of a full text can be found by a word inside a script without spaces."""

_COLUMNS = (
    "source, origin, place, url, original, title, excerpt, text, pairs, published, is_date_known, is_day_only, outlet, "
    "quality, heat, category, kind, is_current, images, links, warnings"
)
_INSERT = f"INSERT INTO article (id, key, story, former_title, {_COLUMNS}) VALUES ({'?, ' * 24}?)"
_UPDATE = f"UPDATE article SET (former_title, {_COLUMNS}) = ({'?, ' * 21}?) WHERE id = ?"


class _Arrival(NamedTuple):
    """An article on its way in, and what its headline was before."""

    key: str
    article: "Article"
    published: int
    is_date_known: bool
    former_title: str = ""


class _Stored(NamedTuple):
    """What the library holds when an article arrives again."""

    id: int
    story: int
    key: str
    topics: tuple[str, ...]
    origin: str
    place: str
    title: str
    former_title: str
    published: int
    is_date_known: int
    row: Row


class _Met(NamedTuple):
    """What came of the articles that were known already."""

    new: int
    changed: int
    outdated: frozenset[str]  # keys whose report here is later than what arrived


def add(store: Store, source: int, batch: "Batch", now: int) -> Added:
    """Take in a batch in one transaction. A report known from another place is the one published later."""
    with store.writing():
        _require(store, source)
        arrivals = _arrivals(batch, now)
        ids = _ids(store, arrivals.keys() | set(chain.from_iterable(batch.related.values())))
        again = [arrival for key, arrival in arrivals.items() if key in ids and arrival.article.origin != "listed"]
        fresh = [arrival for key, arrival in arrivals.items() if key not in ids]
        ids |= _insert(store, source, fresh)
        met = _meet(store, source, again)
        _relate(store, {key: others for key, others in batch.related.items() if key not in met.outdated}, ids)
        _stamp(store, source, batch.stamps)
    return Added(met.new + sum(arrival.article.origin != "listed" for arrival in fresh), met.changed)


def unindex(store: Store, ids: str) -> None:
    """Take articles (a JSON list of ids) out of the search index, while they are still as they were indexed."""
    store.execute(_UNINDEX, (ids,))


_SEARCHABLE = "id, title, excerpt, outlet, text, pairs FROM searchable WHERE id IN (SELECT value FROM json_each(?))"
# The index keeps what it is given until it meets a smaller id: in order, a batch is one segment.
_INDEX = f"INSERT INTO found (rowid, title, excerpt, outlet, text, pairs) SELECT {_SEARCHABLE} ORDER BY id"
_UNINDEX = (
    f"INSERT INTO found (found, rowid, title, excerpt, outlet, text, pairs) SELECT 'delete', {_SEARCHABLE} ORDER BY id"
)


def _require(store: Store, source: int) -> None:
    if store.value("SELECT 1 FROM source WHERE id=?", (source,)) is None:
        raise LibraryError("the subscription is gone", advice="add the place again")


def _arrivals(batch: "Batch", now: int) -> dict[str, _Arrival]:
    arrivals: dict[str, _Arrival] = {}
    for article in batch.articles:
        arrival = _arrival(article, now)
        earlier = arrivals.get(arrival.key)
        arrivals[arrival.key] = arrival if earlier is None else _joined(earlier, arrival)
    for article in batch.listed:
        arrival = _arrival(article, now)
        arrivals.setdefault(arrival.key, arrival)
    return arrivals


def _arrival(article: "Article", now: int) -> _Arrival:
    published = article.published
    if published is None or not 0 <= published <= now + DAY:
        return _Arrival(canonical(article.url), article, max(0, now), False)
    return _Arrival(canonical(article.url), article, published, True)


def _joined(earlier: _Arrival, later: _Arrival) -> _Arrival:
    is_replaced = earlier.article.place == later.article.place or _age(later) > _age(earlier)
    kept, other = (later, earlier) if is_replaced else (earlier, later)
    title = other.article.title
    return kept._replace(former_title=title if title != kept.article.title else other.former_title)


def _age(arrival: _Arrival) -> tuple[int, str]:
    return (arrival.published if arrival.is_date_known else -1, arrival.article.place)


def _ids(store: Store, keys: Iterable[str]) -> dict[str, int]:
    return dict(
        store.execute(
            "SELECT a.key, a.id FROM json_each(?) j JOIN article a ON a.key = j.value", (json.dumps(list(keys)),)
        ).fetchall()
    )


def _insert(store: Store, source: int, fresh: list[_Arrival]) -> dict[str, int]:
    if not fresh:
        return {}
    ids = _new_ids(store, fresh)
    outlets = _outlets(store, fresh)
    store.executemany(
        _INSERT,
        sorted((ids[a.key], a.key, ids[a.key], a.former_title, *_row(a, source, outlets)) for a in fresh),
    )
    _file_under_topics(store, [(ids[a.key], a.article.topics) for a in fresh])
    added = str(sorted(ids.values()))
    store.execute(_INDEX, (added,))
    stories.found(store, added)
    mutes.judge(store, added)
    stories.enter(store, added)
    _keep_appointments(store, ids)
    return ids


def _new_ids(store: Store, fresh: list[_Arrival]) -> dict[str, int]:
    """Ids in order of time; the part after the second is of the key, so that every library gives the same."""
    ids = {a.key: a.published << SEQUENCE_BITS | crc32(a.key.encode()) & LAST_SEQUENCE for a in fresh}
    taken = {
        id
        for (id,) in store.execute(
            "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?))", (str(list(ids.values())),)
        )
    }
    for key, id in ids.items():
        while id in taken:
            id += 1
            if store.value("SELECT 1 FROM article WHERE id=?", (id,)):
                taken.add(id)
        taken.add(id)
        ids[key] = id
    return ids


def _row(arrival: _Arrival, source: int, outlets: Mapping[tuple[str, str], int]) -> Row:
    article = arrival.article
    return (
        source,
        article.origin,
        printable(article.place),
        article.url,
        article.original or article.url,
        article.title,
        article.excerpt,
        article.text,
        _paired(article),
        arrival.published,
        arrival.is_date_known,
        article.is_day_only,
        outlets[article.outlet.name, article.outlet.domain],
        article.quality,
        None if article.heat == -1 else article.heat,
        article.category,
        article.kind,
        article.is_current,
        _json([[image.url, image.width, image.height] for image in article.images]),
        _json([[link.label, link.url] for link in article.links]),
        _json(article.warnings),
    )


def _paired(article: "Article") -> str:
    words = f"{article.title}\n{article.excerpt}\n{article.outlet.name}\n{article.text[:MOST_PAIRED_CHARACTERS]}"
    if words.isascii():
        return ""
    paired = pairs(words)
    return "" if paired == words else paired


def _json(values: Sequence[object]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "[]"


def printable(place: str) -> str:
    """A place as the library can store it: a file name need not be text."""
    return place if place.isascii() else place.encode("utf-8", "backslashreplace").decode()


def _outlets(store: Store, arrivals: list[_Arrival]) -> dict[tuple[str, str], int]:
    outlets = {(a.article.outlet.name, a.article.outlet.domain) for a in arrivals}
    store.executemany("INSERT OR IGNORE INTO outlet (name, domain) VALUES (?, ?)", sorted(outlets))
    rows = store.execute(
        "SELECT name, domain, id FROM outlet WHERE name IN (SELECT value FROM json_each(?))",
        (json.dumps([name for name, _ in outlets]),),
    )
    return {(name, domain): id for name, domain, id in rows}


def _file_under_topics(store: Store, topics_of: list[tuple[int, tuple[str, ...]]]) -> None:
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


def _keep_appointments(store: Store, arrived: Mapping[str, int]) -> None:
    """Put articles where a related list awaited them."""
    if store.value("SELECT 1 FROM awaited LIMIT 1") is None:
        return
    keys = json.dumps(list(arrived))
    store.execute(
        "INSERT OR REPLACE INTO related SELECT w.article, w.rank, a.id FROM json_each(?) j "
        "JOIN awaited w ON w.key = j.value JOIN article a ON a.key = w.key",
        (keys,),
    )
    store.execute("DELETE FROM awaited WHERE key IN (SELECT value FROM json_each(?))", (keys,))


def _meet(store: Store, source: int, again: list[_Arrival]) -> _Met:
    if not again:
        return _Met(0, 0, frozenset())
    outlets = _outlets(store, again)
    new, changes, outdated = 0, [], set()
    stored_by_key = _stored(store, [arrival.key for arrival in again])
    for arrival in again:
        stored = stored_by_key[arrival.key]
        change = _change(stored, arrival, source, outlets)
        new += stored.origin == "listed"
        if change is not None:
            changes.append(change)
        if not _prevails(stored, arrival):
            outdated.add(arrival.key)
    _rewrite(store, changes)
    return _Met(new, len(changes) - new, frozenset(outdated))


class _Change(NamedTuple):
    """An article that is to be written anew."""

    id: int
    story: int
    topics: tuple[str, ...]
    former_title: str
    row: Row


def _change(stored: _Stored, arrival: _Arrival, source: int, outlets: Mapping[tuple[str, str], int]) -> _Change | None:
    if not arrival.is_date_known:  # the time first seen stays
        arrival = arrival._replace(published=stored.published, is_date_known=bool(stored.is_date_known))
    row, topics, former = stored.row, stored.topics, _former_title(stored, arrival)
    if _prevails(stored, arrival):
        row, topics = _row(arrival, source, outlets), tuple(filter(None, arrival.article.topics))
    if (row, topics, former) == (stored.row, stored.topics, stored.former_title):
        return None
    return _Change(stored.id, stored.story, topics, former, row)


def _prevails(stored: _Stored, arrival: _Arrival) -> bool:
    if stored.origin == "listed" or stored.place == printable(arrival.article.place):
        return True
    return _age(arrival) > (stored.published if stored.is_date_known else -1, stored.place)


def _former_title(stored: _Stored, arrival: _Arrival) -> str:
    """The headline that gave way; what a publisher's list said is no earlier headline."""
    if stored.origin == "listed":
        return arrival.former_title
    other = stored.title if _prevails(stored, arrival) else arrival.article.title
    kept = arrival.article.title if _prevails(stored, arrival) else stored.title
    return other if other != kept else arrival.former_title or stored.former_title


def _stored(store: Store, keys: list[str]) -> dict[str, _Stored]:
    rows = store.execute(
        "SELECT id, story, key, (SELECT json_group_array(name) FROM (SELECT t.name FROM article_topic f JOIN topic t "
        "ON t.id = f.topic WHERE f.article = a.id ORDER BY f.rank)), former_title, "
        f"{_COLUMNS} FROM article a WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    )
    return {
        key: _Stored(id, story, key, tuple(json.loads(topics)), row[1], row[2], row[5], former, row[9], row[10], row)
        for id, story, key, topics, former, *rest in rows
        for row in [tuple(rest)]
    }


def _rewrite(store: Store, changes: list[_Change]) -> None:
    if not changes:
        return
    ids, story_ids = str([change.id for change in changes]), str([change.story for change in changes])
    stories.leave(store, story_ids)
    unindex(store, ids)
    store.executemany(_UPDATE, ((change.former_title, *change.row, change.id) for change in changes))
    store.execute("DELETE FROM article_topic WHERE article IN (SELECT value FROM json_each(?))", (ids,))
    _file_under_topics(store, [(change.id, change.topics) for change in changes])
    store.execute(_INDEX, (ids,))
    stories.date(store, story_ids)
    mutes.judge(store, story_ids)
    stories.enter(store, story_ids)


def _relate(store: Store, related: Mapping[str, tuple[str, ...]], ids: Mapping[str, int]) -> None:
    lists = [(ids[key], others) for key, others in related.items() if key in ids]
    listing = str([article for article, _ in lists])
    for table in ("related", "awaited"):
        store.execute(f"DELETE FROM {table} WHERE article IN (SELECT value FROM json_each(?))", (listing,))
    edges = [(article, rank, ids.get(other), other) for article, others in lists for rank, other in enumerate(others)]
    store.executemany(
        "INSERT INTO related (article, rank, other) VALUES (?, ?, ?)", (edge[:3] for edge in edges if edge[2])
    )
    store.executemany(
        "INSERT INTO awaited (article, rank, key) VALUES (?, ?, ?)",
        ((article, rank, key) for article, rank, other, key in edges if not other),
    )


def _stamp(store: Store, source: int, stamps: Mapping[str, str]) -> None:
    store.executemany(
        "INSERT OR REPLACE INTO stamp (source, place, value) VALUES (?, ?, ?)",
        ((source, printable(place), value) for place, value in stamps.items()),
    )
