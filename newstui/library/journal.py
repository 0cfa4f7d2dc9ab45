"""What the reader did, in order, so that each step can be undone and done again, also after a restart."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from newstui.library.store import Store

MOST_STEPS = 500
MOST_BYTES = 8_000_000
"""How much of the past is kept; the last step always is."""

Record = Mapping[str, Any]
"""What it takes to make a change again, or to take it back, in JSON's own types."""


def keep(store: Store, what: str, record: Record, now: int) -> None:
    """Add a step; what was undone before can't be redone any more."""
    store.execute("DELETE FROM journal WHERE is_undone")
    change = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    store.execute("INSERT INTO journal (at, what, change, size) VALUES (?, ?, ?, ?)", (now, what, change, len(change)))
    store.execute(_FORGET, (MOST_STEPS, MOST_BYTES))


def step_back(store: Store, apply: Callable[[Record], tuple[int, ...]]) -> tuple[str, tuple[int, ...]] | None:
    """Let ``apply`` take back the last step that stands; what it was, and the stories concerned."""
    return _step(store, "WHERE NOT is_undone ORDER BY id DESC", apply)


def step_forward(store: Store, apply: Callable[[Record], tuple[int, ...]]) -> tuple[str, tuple[int, ...]] | None:
    """Let ``apply`` make the first step again that was taken back."""
    return _step(store, "WHERE is_undone ORDER BY id", apply)


_FORGET = """
DELETE FROM journal WHERE id IN (
    SELECT id FROM (SELECT id, row_number() OVER recent AS steps, sum(size) OVER recent AS bytes
                    FROM journal WINDOW recent AS (ORDER BY id DESC))
    WHERE steps > ? OR (bytes > ? AND steps > 1))
"""


def _step(store: Store, which: str, apply: Callable[[Record], tuple[int, ...]]) -> tuple[str, tuple[int, ...]] | None:
    row = store.execute(f"SELECT id, what, change FROM journal {which} LIMIT 1").fetchone()
    if row is None:
        return None
    step, what, change = row
    stories = apply(json.loads(change))
    store.execute("UPDATE journal SET is_undone = NOT is_undone WHERE id=?", (step,))
    return what, stories
