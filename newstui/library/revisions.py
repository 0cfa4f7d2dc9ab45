"""What becomes of an article that is known when it arrives again."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newstui.library import mutes, stories
from newstui.library.arrivals import COLUMNS, Arrival, Row, age, printable, row, words
from newstui.library.filing import file_under_topics, index, outlets, unindex
from newstui.library.store import Store


class Revision(NamedTuple):
    """What came of the articles that were known already."""

    new: int  # known only from a publisher's list until now
    changed: int
    outdated: frozenset[str]  # keys of which the library holds a later report than the one that came


def revise(store: Store, source: int, again: Sequence[Arrival]) -> Revision:
    """Let articles that are known be as they arrived now, unless a later report of the same page stands."""
    if not again:
        return Revision(0, 0, frozenset())
    held = _held(store, [arrival.key for arrival in again])
    outdated = frozenset(arrival.key for arrival in again if not _prevails(held[arrival.key], arrival))
    outlet_ids = outlets(store, again)
    changes = [
        change
        for arrival in again
        if (change := _change(held[arrival.key], arrival, source, outlet_ids, arrival.key not in outdated)) is not None
    ]
    _rewrite(store, changes)
    new = sum(held[arrival.key].origin == "listed" for arrival in again)
    return Revision(new, len(changes) - new, outdated)


class _Held(NamedTuple):
    """What the library holds of an article that arrives again."""

    id: int
    story: int
    topics: tuple[str, ...]
    former_title: str
    row: Row
    origin: str
    place: str
    title: str
    text: str
    published: int
    is_date_known: bool


class _Change(NamedTuple):
    """An article that is to be written anew."""

    id: int
    story: int
    topics: tuple[str, ...]
    former_title: str
    row: Row
    is_reworded: bool


def _held(store: Store, keys: list[str]) -> dict[str, _Held]:
    rows = store.execute(_HELD, (json.dumps(keys),)).fetchall()
    return {
        key: _Held(
            id, story, tuple(json.loads(topics)), former, tuple(rest), origin, place, title, text, date, is_known
        )
        for key, id, story, topics, former, *rest in rows
        for _, origin, place, _, _, title, _, text, _, date, is_known, *_ in [rest]
    }


_HELD = f"""
SELECT key, id, story, (
    SELECT json_group_array(name) FROM (
        SELECT t.name FROM article_topic f JOIN topic t ON t.id = f.topic WHERE f.article = a.id ORDER BY f.rank)
    ), former_title, {COLUMNS}
FROM article a WHERE key IN (SELECT value FROM json_each(?))
"""


def _prevails(held: _Held, arrival: Arrival) -> bool:
    if held.origin == "listed" or held.place == printable(arrival.article.place):
        return True
    return arrival.age > age(held.published, held.is_date_known, held.place)


def _change(
    held: _Held, arrival: Arrival, source: int, outlet_ids: Mapping[tuple[str, str], int], is_standing: bool
) -> _Change | None:
    former = _former_title(held, arrival, is_standing)
    written, topics = held.row, held.topics
    if is_standing:
        arrival = _completed(held, arrival)
        written, topics = row(arrival, source, outlet_ids), tuple(filter(None, arrival.article.topics))
    if (written, topics, former) == (held.row, held.topics, held.former_title):
        return None
    return _Change(held.id, held.story, topics, former, written, words(written) != words(held.row))


def _completed(held: _Held, arrival: Arrival) -> Arrival:
    """The arrival with what it has not of its own: the time at which it was seen first, and its full text.

    A document that says less has been cut by its author; a feed only stops to send what it sent before.
    """
    if not arrival.is_date_known:
        arrival = arrival._replace(published=held.published, is_date_known=held.is_date_known)
    if held.text and not arrival.article.text and arrival.article.origin != "document":
        arrival = arrival._replace(article=arrival.article.model_copy(update={"text": held.text}))
    return arrival


def _former_title(held: _Held, arrival: Arrival, is_standing: bool) -> str:
    """The headline that gave way; what a publisher's list said is no earlier headline."""
    if held.origin == "listed":
        return arrival.former_title
    title = arrival.article.title
    if is_standing:
        return held.title if held.title != title else arrival.former_title or held.former_title
    # Several sources may carry one page, each with its own words, and say them again at every reading.
    return held.former_title or (title if title != held.title else arrival.former_title)


def _rewrite(store: Store, changes: list[_Change]) -> None:
    if not changes:
        return
    ids, story_ids = str([change.id for change in changes]), str(sorted({change.story for change in changes}))
    reworded = str([change.id for change in changes if change.is_reworded])
    stories.leave(store, story_ids)
    unindex(store, reworded)
    store.executemany(_UPDATE, ((change.former_title, *change.row, change.id) for change in changes))
    store.execute("DELETE FROM article_topic WHERE article IN (SELECT value FROM json_each(?))", (ids,))
    file_under_topics(store, [(change.id, change.topics) for change in changes])
    index(store, reworded)
    stories.settle(store, story_ids)
    mutes.judge(store, story_ids)
    stories.enter(store, story_ids)


_UPDATE = f"UPDATE article SET (former_title, {COLUMNS}) = ({'?, ' * 21}?) WHERE id = ?"
