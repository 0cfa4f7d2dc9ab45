"""What the reader does not want to see: outlets, topics, and words in headlines."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from newstui.errors import LibraryError
from newstui.library import stories
from newstui.library.rows import Mute
from newstui.library.store import Store
from newstui.text import pairs

KINDS = ("outlet", "topic", "word")


def mutes(store: Store) -> list[Mute]:
    """All that is muted, by kind and value."""
    return [Mute(*row) for row in store.execute("SELECT kind, value FROM mute ORDER BY kind, value")]


def judge(store: Store, story_ids: str) -> list[int]:
    """Set which of the stories (a JSON list) are muted, while they are in no topic, and return those that turned.

    A story is muted when all of its reports are; else one that is not stands for it.
    """
    muted = _Muted.of(mutes(store))
    turned, standing = [], []
    for story, reports in groupby(store.execute(_SEEN if muted else _SEEN_MUTED, (story_ids,)).fetchall(), _story):
        was_muted, shown, judged = _judged(muted, list(reports))
        if bool(judged) == was_muted:
            turned.append(story)
        if judged and judged[0] != shown:
            standing.append((judged[0], story))
    store.execute(
        "UPDATE story SET is_muted = NOT is_muted WHERE id IN (SELECT value FROM json_each(?))", (str(turned),)
    )
    store.executemany("UPDATE story SET article = ? WHERE id = ?", standing)
    return turned


def _story(seen: tuple[Any, ...]) -> int:
    story: int = seen[0]
    return story


def _judged(muted: "_Muted", reports: Sequence[tuple[Any, ...]]) -> tuple[bool, int, list[int]]:
    """Whether a story was muted, which report stood for it, and its reports that are not muted, the first to stand."""
    _, was_muted, shown, *_ = reports[0]
    return bool(was_muted), shown, [article for _, _, _, article, *seen in reports if not muted.hides(*seen)]


def keep(store: Store, mute: Mute) -> list[int]:
    """Mute something; the stories that it hides."""
    store.execute("INSERT OR IGNORE INTO mute (kind, value) VALUES (?, ?)", mute)
    return _rejudge(store, _touched(store, mute))


def drop(store: Store, mute: Mute) -> list[int]:
    """Mute something no longer; the stories that come back."""
    store.execute("DELETE FROM mute WHERE (kind, value) = (?, ?)", mute)
    return _rejudge(
        store, {*_touched(store, mute), *(row[0] for row in store.execute("SELECT id FROM story WHERE is_muted"))}
    )


def checked(kind: str, value: str) -> Mute:
    """A mute that the library can keep."""
    value = " ".join(value.split())
    if kind not in KINDS or not value:
        raise LibraryError("there is nothing to mute", advice=f"name one of {', '.join(KINDS)}, and which")
    return Mute(kind, value)


class _Muted(NamedTuple):
    """All mutes, ready to be asked about an article."""

    outlets: frozenset[str]
    topics: frozenset[str]
    words: re.Pattern[str] | None

    @classmethod
    def of(cls, mutes: Sequence[Mute]) -> "_Muted":
        values = {kind: [mute.value for mute in mutes if mute.kind == kind] for kind in KINDS}
        words = "|".join(map(_word_pattern, values["word"]))
        return cls(
            frozenset(map(str.casefold, values["outlet"])),
            frozenset(map(str.casefold, values["topic"])),
            re.compile(words, re.IGNORECASE) if words else None,
        )

    def __bool__(self) -> bool:
        return bool(self.outlets or self.topics or self.words)

    def hides(self, outlet: str, domain: str, topics: str, title: str) -> bool:
        """Whether an article is of a muted outlet or topic, or says a muted word; topics are a JSON list."""
        if outlet.casefold() in self.outlets or domain.casefold() in self.outlets:
            return True
        if self.topics and not self.topics.isdisjoint(map(str.casefold, json.loads(topics))):
            return True
        return self.words is not None and bool(self.words.search(title))


def _word_pattern(word: str) -> str:
    """The word by itself; in scripts without spaces it has no edges to look for, and beside a sign neither."""
    if pairs(word * 2) != word * 2:
        return re.escape(word)
    before, after = (r"\b" if edge.isalnum() else "" for edge in (word[0], word[-1]))
    return before + re.escape(word) + after


_SEEN = f"""
SELECT s.id, s.is_muted, s.article, a.id, o.name, o.domain,
    (SELECT json_group_array(t.name) FROM article_topic f JOIN topic t ON t.id = f.topic WHERE f.article = a.id),
    a.title
FROM json_each(?) j CROSS JOIN story s ON s.id = j.value
CROSS JOIN article a ON a.story = s.id CROSS JOIN outlet o ON o.id = a.outlet
ORDER BY s.id, {stories.STANDING}
"""
_SEEN_MUTED = _SEEN.replace("ON s.id = j.value", "ON s.id = j.value AND s.is_muted")


def _rejudge(store: Store, touched: Iterable[int]) -> list[int]:
    ids = str(sorted(touched))
    stories.leave(store, ids)
    stories.settle(store, ids)
    turned = judge(store, ids)
    stories.enter(store, ids)
    return turned


def _touched(store: Store, mute: Mute) -> list[int]:
    """The stories that a mute may hide: no fewer than it does."""
    sql, values = _CANDIDATES[mute.kind], _values(store, mute)
    return [row[0] for row in store.execute(sql, (values,))]


_CANDIDATES = {
    "outlet": "SELECT DISTINCT story FROM article WHERE outlet IN (SELECT value FROM json_each(?))",
    "topic": "SELECT DISTINCT a.story FROM article_topic f JOIN article a ON a.id = f.article "
    "WHERE f.topic IN (SELECT value FROM json_each(?))",
    "word": "SELECT DISTINCT story FROM article WHERE id IN (SELECT value FROM json_each(?))",
}


def _values(store: Store, mute: Mute) -> str:
    wanted = mute.value.casefold()
    if mute.kind == "word":
        return str(list(_saying(store, mute.value)))
    table = "name, domain, id FROM outlet" if mute.kind == "outlet" else "name, '', id FROM topic"
    rows = store.execute(f"SELECT {table}")
    return str([id for name, domain, id in rows if wanted in (name.casefold(), domain.casefold())])


def _saying(store: Store, word: str) -> Iterator[int]:
    if word.isascii() and any(map(str.isalnum, word)):
        phrase = 'title : "' + word.replace('"', '""') + '"'
        rows = store.execute("SELECT rowid FROM found WHERE found MATCH ?", (phrase,))
    else:
        rows = store.execute("SELECT id FROM article")
    return (id for (id,) in rows)
