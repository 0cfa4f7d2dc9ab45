"""Turn a query into SQL: what the search index must match, and conditions with their parameters.

The SQL speaks of ``article a``, of ``story s`` and, in a listing, of ``story_topic t``; which of them a condition
needs, it names. Names of topics, outlets and sources are looked up first, so that SQL compares numbers only.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from newstui.query import Condition, Is, Named, Number, Query, Since, Term, Time, Words
from newstui.text import pairs

HOT = 100
"""The heat from which ``is:hot`` holds: of the articles whose heat a site tells, about the upper third or quarter."""


class Part(NamedTuple):
    """A condition in SQL, and its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()

    @property
    def tables(self) -> frozenset[str]:
        """The letters of the tables it speaks of."""
        return frozenset(_TABLE.findall(self.sql))


_TABLE = re.compile(r"\b([ast])\.")


class Scope(NamedTuple):
    """How to say, of what is listed, what depends on whether that is stories or articles."""

    newest: str  # grows with the publish time of the last report
    oldest: str  # and with that of the first
    bits: int  # that seconds are shifted by, to compare with these
    unread: str
    saved: str
    topic: str


STORIES = Scope(
    "t.newest",
    "t.oldest",
    20,
    "s.is_unread",
    "s.is_saved",
    "EXISTS (SELECT 1 FROM story_topic x WHERE x.story = t.story AND x.topic IN ({ids}))",
)
ARTICLES = Scope(
    "a.published",
    "a.published",
    0,
    "NOT EXISTS (SELECT 1 FROM state x WHERE x.article = a.id AND x.read_at IS NOT NULL)",
    "EXISTS (SELECT 1 FROM state x WHERE x.article = a.id AND x.saved_at IS NOT NULL)",
    "EXISTS (SELECT 1 FROM article_topic x WHERE x.article = a.id AND x.topic IN ({ids}))",
)
LISTED = Scope("s.newest", "s.oldest", 20, STORIES.unread, STORIES.saved, ARTICLES.topic)
"""Stories, of which those known only from a publisher's list are in no topic."""


class Search(NamedTuple):
    """A query as SQL. All parts must hold; ``times`` are those that bound the time on its own."""

    match: str = ""  # for the search index; empty when it is not needed
    times: tuple[Part, ...] = ()
    others: tuple[Part, ...] = ()
    topic: int | None = None  # a topic that everything must be in; not among ``others``
    asks_for_listed: bool = False

    def __bool__(self) -> bool:
        return bool(self.match or self.times or self.others or self.topic is not None or self.asks_for_listed)


def search(store: sqlite3.Connection, query: Query, now: int, scope: Scope = STORIES) -> Search:
    """What a query asks of the tables, at this time."""
    return _Compiler(store, now, scope).search(query)


class _Match(NamedTuple):
    """A condition for the search index; it combines with others there."""

    expression: str


class _Compiler:
    """Conditions of a query as SQL, with the names looked up once."""

    def __init__(self, store: sqlite3.Connection, now: int, scope: Scope) -> None:
        self._store = store
        self._now = now
        self._scope = scope

    def search(self, query: Query) -> Search:
        sorted_out = _Sorted()
        for clause in query.clauses:
            if terms := [(term, part) for term in clause if (part := self._part(term.condition)) is not None]:
                self._sort(sorted_out, terms)
        return sorted_out.search(any(_asks_for_listed(term) for term in query.terms))

    def _sort(self, into: "_Sorted", terms: list["_Compiled"]) -> None:
        matches = [part.expression for _, part in terms if isinstance(part, _Match)]
        is_alone, (first, part) = len(terms) == 1, terms[0]
        if len(matches) == len(terms) and not any(term.is_negated for term, _ in terms):
            into.found.append(_any(matches))
        elif is_alone and matches:
            into.unwanted += matches
        elif is_alone and into.topic is None and (topic := self._only_topic(first)) is not None:
            into.topic = topic
        elif is_alone and isinstance(first.condition, Time | Since):
            into.times.append(_signed(first, part))
        else:
            into.others.append(_either([_signed(*compiled) for compiled in terms]))

    def _part(self, condition: Condition) -> Part | _Match | None:
        match condition:
            case Words():
                return _words(condition)
            case Named():
                return self._named(condition)
            case Is(state):
                return Part(self._state(state))
            case Number(key, comparison, value):
                return _number(key, comparison, value)
            case Time(comparison, moment):
                return self._time(comparison, moment)
            case Since(seconds):
                return self._time(">=", max(0, self._now - seconds))

    def _only_topic(self, term: Term) -> int | None:
        if isinstance(term.condition, Named) and term.condition.key == "topic" and not term.is_negated:
            ids = self._topics(term.condition)
            return ids[0] if len(ids) == 1 else None
        return None

    def _time(self, comparison: str, moment: int) -> Part:
        # A story is of a time when one of its reports is.
        time = self._scope.newest if comparison.startswith(">") else self._scope.oldest
        return Part(f"{time} {comparison} ?", (moment << self._scope.bits,))

    def _state(self, state: str) -> str:
        scope = self._scope
        return {
            "unread": scope.unread,
            "read": f"NOT {scope.unread}",
            "saved": scope.saved,
            "hot": f"coalesce(a.heat, -1) >= {HOT}",
            "image": "a.has_images",
            "multi": "s.outlets > 1",
            "listed": "a.origin = 'listed'",
        }[state]

    def _named(self, named: Named) -> Part:
        if named.key == "topic":
            return Part(self._scope.topic.format(ids=_comma(self._topics(named))))
        if named.key == "source":
            sources = self._store.execute("SELECT id, name FROM source").fetchall()
            return Part(f"coalesce(a.source, 0) IN ({_comma(id for id, name in sources if _has_words(name, named))})")
        outlets = self._store.execute("SELECT id, name, domain FROM outlet").fetchall()
        ids = (id for id, name, domain in outlets if _is_of(domain, named) or _has_words(name, named))
        return Part(f"a.outlet IN ({_comma(ids)})")

    def _topics(self, named: Named) -> list[int]:
        wanted = " ".join(_name_words(named.name))
        topics = self._store.execute("SELECT id, name FROM topic WHERE id > 0").fetchall()
        names = [(id, " ".join(_name_words(name))) for id, name in topics]
        return [id for id, name in names if name == wanted or (named.is_prefix and name.startswith(wanted))]


_Compiled = tuple[Term, Part | _Match]


@dataclass
class _Sorted:
    """The parts of a query by what the index can do with them."""

    found: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    times: list[Part] = field(default_factory=list)
    others: list[Part] = field(default_factory=list)
    topic: int | None = None

    def search(self, asks_for_listed: bool) -> Search:
        match, others = _all(self.found), list(self.others)
        if match and self.unwanted:
            match = f"{match} NOT {_any(self.unwanted)}"
        elif self.unwanted:
            others.append(Part(f"NOT ({_WITHIN})", (_any(self.unwanted),)))
        return Search(match, tuple(self.times), tuple(others), self.topic, asks_for_listed)


def _asks_for_listed(term: Term) -> bool:
    return term.condition == Is("listed") and not term.is_negated


# Names: as people write them, without case, dashes and "www.".


def _name_words(name: str) -> list[str]:
    return re.split(r"[\s\"_-]+", unicodedata.normalize("NFC", name).casefold().strip('" '))


def _has_words(name: str, named: Named) -> bool:
    wanted = f" {' '.join(_name_words(named.name))}"
    return (wanted if named.is_prefix else f"{wanted} ") in f" {' '.join(_name_words(name))} "


def _is_of(domain: str, named: Named) -> bool:
    wanted = named.name.lower().removeprefix("www.")
    domain = domain.lower().removeprefix("www.")
    return domain == wanted or domain.endswith(f".{wanted}") or (named.is_prefix and domain.startswith(wanted))


# Numbers.


def _number(key: str, comparison: str, value: int) -> Part:
    if key == "outlets":
        return Part(f"s.outlets {comparison} ?", (value,))
    # What is unknown compares as NULL, which stays NULL when it is negated.
    return Part(f"coalesce(a.{key} {comparison} ?, 0)", (value,))


# Words: each is quoted, so that nothing in it is syntax of the index.


def _words(words: Words) -> Part | _Match | None:
    column = "title : " if words.is_in_title else ""
    runs = [(is_unspaced, "".join(run)) for is_unspaced, run in groupby(words.text, _is_unspaced)]
    last = len(runs) - 1
    expressions = []
    for number, (is_unspaced, run) in enumerate(runs):
        is_prefix = words.is_prefix and number == last
        expression = _pairs_of(run) if is_unspaced else _spaced(run, column, is_prefix)
        if expression:
            expressions.append(expression)
    unspaced = tuple(run for is_unspaced, run in runs if is_unspaced)
    if words.is_in_title and unspaced:
        # The pairs of all fields are kept together: the title itself must be asked.
        return Part(f"{_WITHIN}{' AND instr(a.title, ?)' * len(unspaced)}", (_all(expressions), *unspaced))
    return _Match(_all(expressions)) if expressions else None


def _is_unspaced(character: str) -> bool:
    return not character.isascii() and " " in pairs(character * 3)


def _pairs_of(run: str) -> str:
    return f'pairs : "{pairs(run)}"' if len(run) > 1 else f'pairs : "{run}" *'


def _spaced(run: str, column: str, is_prefix: bool) -> str:
    if is_prefix and (begun := _NOT_BEGUN.search(run)):
        run, is_prefix = run[: begun.start()], False
    if not any(unicodedata.category(character)[0] in "LN" for character in run):
        return ""
    quoted = run.replace('"', '""').strip()
    return f'{column}"{quoted}"{" *" if is_prefix else ""}'


_NOT_BEGUN = re.compile(r"(?<!\w)\w$|(?<=\W)$")
"""An end that begins no word worth asking for: a single letter begins too many, after ``C++`` none is begun."""


def _any(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"


def _all(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({' AND '.join(expressions)})" if expressions else ""


# Clauses.


def _signed(term: Term, part: Part | _Match) -> Part:
    if isinstance(part, _Match):
        part = Part(_WITHIN, (part.expression,))
    return Part(f"NOT ({part.sql})", part.parameters) if term.is_negated else part


_WITHIN = "a.id IN (SELECT rowid FROM found WHERE found MATCH ?)"


def _either(parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    sql = " OR ".join(f"({part.sql})" for part in parts)
    return Part(f"({sql})", tuple(parameter for part in parts for parameter in part.parameters))


def _comma(ids: Iterable[int]) -> str:
    # Of an empty list SQLite knows that nothing is in it, and then can't use the index that it was told to.
    return ",".join(map(str, ids)) or "-1"
