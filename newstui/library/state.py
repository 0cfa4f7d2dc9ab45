"""What the reader does to the library: read, saved, muted, views kept; each step can be undone and redone."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from newstui.library import journal, mutes, separation, stories, views
from newstui.library.rows import Change, Mute
from newstui.library.store import Store

Field = Literal["read_at", "saved_at"]

LONGEST_HEADLINE_SAID = 40


def mark_stories(store: Store, story_ids: Sequence[int], field: Field, is_set: bool, now: int) -> Change:
    """Set or clear a mark on every report of some stories."""
    changed: tuple[int, ...] = ()
    with store.writing(is_durable=True):
        sql = (
            f"SELECT a.id, r.{field} FROM article a LEFT JOIN state r ON r.article = a.id "
            f"WHERE a.story IN (SELECT value FROM json_each(?)) AND (r.{field} IS NULL) = ? ORDER BY r.{field}"
        )
        if rows := store.execute(sql, (str(list(story_ids)), is_set)).fetchall():
            record = {"field": field, "to": now if is_set else None, "from": _by_value(rows)}
            changed = _make(store, record)
            journal.keep(store, _said(store, field, is_set, changed), record, now)
        return Change(_said(store, field, is_set, changed), changed)


def mute(store: Store, kind: str, value: str, now: int) -> Change:
    """Hide every story of an outlet or topic, or whose headline says a word."""
    return _set_mute(store, mutes.checked(kind, value), True, now)


def unmute(store: Store, kind: str, value: str, now: int) -> Change:
    """Bring back what a mute hid, unless another hides it too."""
    return _set_mute(store, mutes.checked(kind, value), False, now)


def set_view(store: Store, name: str, query: str | None, now: int) -> Change:
    """Keep a query under a name, or drop it when there is none."""
    name = views.checked(name)
    with store.writing(is_durable=True):
        before = views.query_of(store, name)
        what = f"{'Dropped' if query is None else 'Kept'} the view “{name}”"
        if before != query:
            views.put(store, name, query)
            journal.keep(store, what, {"view": name, "to": query, "from": before}, now)
    return Change(what, ())


def separate(store: Store, article: int, now: int) -> Change:
    """Take a report out of its story for good; nothing happens to one that is alone."""
    with store.writing(is_durable=True):
        story = store.value(_STORY_OF_SEVERAL, (article,))
        if story is None:
            return Change("Nothing to take it out of", ())
        key, headline = store.execute("SELECT key, title FROM article WHERE id = ?", (article,)).fetchone()
        what = f"Took out of the story: {_shortened(headline)}"
        record = {"separated": key, "from": story, "to": separation.story_alone(store, article)}
        concerned = _make(store, record)
        journal.keep(store, what, record, now)
    return Change(what, concerned)


def keep_out(store: Store, article: int, story: int, now: int) -> Change:
    """Keep a report of another story away from this one for good."""
    with store.writing(is_durable=True):
        row = store.execute("SELECT key, title FROM article WHERE id = ? AND story <> ?", (article, story)).fetchone()
        if row is None:
            return Change("Nothing to keep out", ())
        key, headline = row
        what = f"Kept out of the story: {_shortened(headline)}"
        record = {"kept_out": key, "from": story, "to": True}
        concerned = _make(store, record)
        journal.keep(store, what, record, now)
    return Change(what, concerned)


_STORY_OF_SEVERAL = """
SELECT a.story FROM article a WHERE a.id = ? AND EXISTS (
    SELECT 1 FROM article b WHERE b.story = a.story AND b.id <> a.id)
"""


def undo(store: Store) -> Change | None:
    """Take back the last step; None when there is none."""
    with store.writing(is_durable=True):
        step = journal.step_back(store, lambda record: _take_back(store, record))
    return step and Change(*step)


def redo(store: Store) -> Change | None:
    """Make the step again that was undone last; None when there is none."""
    with store.writing(is_durable=True):
        step = journal.step_forward(store, lambda record: _make(store, record))
    return step and Change(*step)


def _by_value(rows: Iterable[tuple[int, int | None]]) -> list[tuple[int | None, list[int]]]:
    return [(value, [article for article, _ in group]) for value, group in groupby(rows, key=lambda row: row[1])]


def _said(store: Store, field: Field, is_set: bool, changed: tuple[int, ...]) -> str:
    subject = _headline(store, changed[0]) if len(changed) == 1 else f"{len(changed):,}"
    if field == "saved_at":
        return f"Saved {subject}" if is_set else f"Took {subject} off the saved"
    return f"Marked {subject} {'read' if is_set else 'unread'}"


def _headline(store: Store, story: int) -> str:
    return _shortened(
        store.value("SELECT a.title FROM story s JOIN article a ON a.id = s.article WHERE s.id = ?", (story,))
    )


def _shortened(title: str) -> str:
    is_long = len(title) > LONGEST_HEADLINE_SAID
    return f"“{title[: LONGEST_HEADLINE_SAID - 1].rstrip() + '…' if is_long else title}”"


def _set_mute(store: Store, mute: Mute, is_muted: bool, now: int) -> Change:
    what = f"{'Muted' if is_muted else 'No longer muted:'} {mute.kind} “{mute.value}”"
    hidden: tuple[int, ...] = ()
    with store.writing(is_durable=True):
        if (mute in mutes.mutes(store)) != is_muted:
            record = {"mute": mute, "to": is_muted}
            hidden = _make(store, record)
            journal.keep(store, what, record, now)
    return Change(what, hidden)


def _make(store: Store, record: journal.Record) -> tuple[int, ...]:
    if "field" in record:
        return _write(store, record["field"], [(record["to"], [id for _, ids in record["from"] for id in ids])])
    return _put(store, record, record["to"])


def _take_back(store: Store, record: journal.Record) -> tuple[int, ...]:
    if "field" in record:
        return _write(store, record["field"], record["from"])
    return _put(store, record, record["from"] if "view" in record else not record["to"])


def _put(store: Store, record: journal.Record, value: bool | str | None) -> tuple[int, ...]:
    if "separated" in record:
        move = separation.separate if value else separation.rejoin
        return move(store, record["separated"], record["from"], record["to"])
    if "kept_out" in record:
        return separation.keep_out(store, record["kept_out"], record["from"], bool(value))
    if "view" in record:
        views.put(store, record["view"], value if isinstance(value, str) else None)
        return ()
    change = mutes.keep if value else mutes.drop
    return tuple(change(store, Mute(*record["mute"])))


def _write(store: Store, field: Field, values: Iterable[tuple[int | None, list[int]]]) -> tuple[int, ...]:
    """Give articles that are still here their values, and return the stories that they belong to."""
    concerned: dict[int, None] = {}
    for value, articles in values:
        ids = str(articles)
        store.execute(_WRITE.format(field=field), {"ids": ids, "value": value})
        store.execute(_TIDY, (ids,))
        rows = store.execute("SELECT a.story FROM json_each(?) j JOIN article a ON a.id = j.value", (ids,))
        concerned |= dict.fromkeys(story for (story,) in rows)
    settle = stories.settle_read if field == "read_at" else stories.settle_saved
    settle(store, str(list(concerned)))
    return tuple(concerned)


_WRITE = """
INSERT INTO state (article, {field}) SELECT a.id, :value FROM json_each(:ids) j JOIN article a ON a.id = j.value
WHERE true ON CONFLICT (article) DO UPDATE SET {field} = excluded.{field}
"""
_TIDY = "DELETE FROM state WHERE article IN (SELECT value FROM json_each(?)) AND coalesce(read_at, saved_at) IS NULL"
