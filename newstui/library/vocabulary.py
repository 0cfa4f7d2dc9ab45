"""The terms of the library: each has a number, and a count of the articles that it occurs in."""

import json
from collections.abc import Iterable

from newstui.library.store import Store

EVERY_ARTICLE = 0
"""The number of the empty term, which stands in every article that was grouped."""

MOST_HELD = 200_000


class Vocabulary:
    """The numbers and counts of terms as far as they were needed. What changed is written by ``flush``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers: dict[str, int] = {}
        self._next = store.value("SELECT max(id) FROM term") + 1
        self._new: list[str] = []
        self._changed: set[int] = set()
        self.counts: dict[int, int] = {}
        """In how many articles each term occurs, by number; those that are not held yet are missing."""
        self.load([""])

    @property
    def articles(self) -> int:
        """How many articles were grouped."""
        return self.counts[EVERY_ARTICLE]

    def load(self, terms: Iterable[str]) -> None:
        """Hold the numbers and counts of these terms, as far as they have any."""
        missing = [term for term in dict.fromkeys(terms) if term not in self._numbers]
        rows = self._store.execute(
            "SELECT t.text, t.id, t.articles FROM json_each(?) j CROSS JOIN term t ON t.text = j.value",
            (json.dumps(missing),),
        )
        for term, number, articles in rows:
            self._numbers[term] = number
            self.counts.setdefault(number, articles)

    def load_counts(self, numbers: set[int]) -> None:
        """Hold the counts of the terms with these numbers."""
        if missing := sorted(numbers.difference(self.counts)):
            rows = self._store.execute(
                "SELECT t.id, t.articles FROM json_each(?) j CROSS JOIN term t ON t.id = j.value", (str(missing),)
            )
            self.counts.update(rows)

    def is_known(self, term: str) -> bool:
        """Whether an article holds the term, of those that were loaded."""
        number = self._numbers.get(term)
        return number is not None and self.counts[number] > 0

    def number(self, term: str) -> int:
        """The number of a term that was loaded; a new one where the library does not have it."""
        if (number := self._numbers.get(term)) is None:
            number = self._numbers[term] = self._next
            self.counts[number] = 0
            self._new.append(term)
            self._next += 1
        return number

    def count(self, terms: Iterable[int]) -> None:
        """One more article has these terms, each named once."""
        for number in (EVERY_ARTICLE, *terms):
            self.counts[number] += 1
            self._changed.add(number)

    def flush(self) -> None:
        """Write what changed."""
        self._store.executemany(
            "INSERT INTO term (id, text, articles) VALUES (?, ?, 0)",
            ((self._numbers[term], term) for term in self._new),
        )
        self._store.executemany(
            "UPDATE term SET articles = ? WHERE id = ?",
            ((self.counts[number], number) for number in sorted(self._changed)),
        )
        self._new.clear()
        self._changed.clear()

    @property
    def is_full(self) -> bool:
        """Whether more is held than is sensible."""
        return len(self.counts) > MOST_HELD

    def clear(self) -> None:
        """Hold nothing, after all was written."""
        self._numbers, self.counts = {"": EVERY_ARTICLE}, {EVERY_ARTICLE: self.articles}


def discount(store: Store, terms: Iterable[int]) -> None:
    """An article with these terms has left the library."""
    store.executemany(
        "UPDATE term SET articles = articles - 1 WHERE id = ?", ((term,) for term in (EVERY_ARTICLE, *terms))
    )
