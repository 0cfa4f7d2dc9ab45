"""Which articles tell one story: each newcomer is compared with what is there, in order of time, and finds its story.

An article's terms are its fingerprint; ``posting`` leads from a term to the articles of a week that have it, so that
the cost follows the days around an article and not the library. Nothing depends on the edges of a batch: counts change
article by article, after each was compared.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from newstui.coverage.figures import figures, is_plain
from newstui.coverage.scoring import DAY, RELATED, Comparison, Fingerprint, Frequencies, Match
from newstui.coverage.stories import FAIR, chosen
from newstui.coverage.terms import headline_terms, is_unspaced, joined_forms, terms
from newstui.library.apart import Apart
from newstui.library.store import Store
from newstui.library.vocabulary import Vocabulary, discount

WINDOW = 7 * DAY
"""Two reports of one story are at most so far apart, in seconds."""
WEEK = 7 * DAY
TIME_SHIFT = 20
"""An article's id holds its time in seconds above so many bits."""

EXCERPT_TERMS = 60
EXCERPT_FIGURE_CHARACTERS = 400

QUERY_TERMS = 14
"""How many terms of an article look for candidates: its rarest."""
TITLE_FACTOR = 3
"""A term of the headline is preferred as if it were so many times rarer."""
COMMON_SHARE, COMMON_FLOOR = 0.05, 30
"""A term in more than this share of the library, and in more articles, finds no candidates."""
MOST_FOUND = 1_000
"""A term that finds more articles in its window tells none of them from the others."""
MOST_CANDIDATES = 40

FINGERPRINTS_HELD = 4_000

SHARED_WORDS = 4

FIGURE_MARK = "#"
"""What a term begins with that is a figure."""


class Newcomer(NamedTuple):
    """An article that is to find its story."""

    id: int
    key: str
    house: str
    title: str
    excerpt: str


class _Told(NamedTuple):
    """What a newcomer says, in terms."""

    title: list[str]
    title_joined: list[str]  # what two words of it may be in one
    excerpt: list[str]
    excerpt_joined: list[str]
    figures: list[str]

    @classmethod
    def by(cls, newcomer: Newcomer) -> "_Told":
        title, excerpt = headline_terms(newcomer.title), terms(newcomer.excerpt)[:EXCERPT_TERMS]
        found = figures(f"{newcomer.title} . {newcomer.excerpt[:EXCERPT_FIGURE_CHARACTERS]}")
        tokens = [f"{FIGURE_MARK}{figure}" for figure in found]
        return cls(title, joined_forms(title), excerpt, joined_forms(excerpt), tokens)


class Grouping:
    """The terms and fingerprints of a library, held from batch to batch while nobody else changes them.

    It is to be dropped when a transaction fails: what it holds is then not what the library holds.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version: tuple[int, int] | None = None
        self._vocabulary = Vocabulary(store)
        self._fingerprints: dict[int, Fingerprint] = {}
        self._stories: dict[int, int] = {}
        """The stories of this batch's articles, which are not stored yet."""
        self._postings: dict[int, list[int]] = defaultdict(list)
        """The articles of this batch by term."""
        self._links: list[tuple[int, int, float, bool, str]] = []

    def group(self, newcomers: Iterable[Newcomer]) -> dict[int, int]:
        """The story of each article: that of another, or its own id where it founds one."""
        self._hold_what_is()
        ordered = sorted(newcomers, key=lambda newcomer: (newcomer.id >> TIME_SHIFT, newcomer.key))
        told = [_Told.by(newcomer) for newcomer in ordered]
        self._vocabulary.load(term for texts in told for part in texts for term in part)
        apart = Apart.of(self._store, {newcomer.key: newcomer.id for newcomer in ordered})
        for newcomer, texts in zip(ordered, told, strict=True):
            self._group(newcomer, texts, self._refused(newcomer, apart))
        return self._flush()

    def similar(self, article: int) -> list[tuple[int, Match]]:
        """How the articles around a stored one compare with it, in no order."""
        self._hold_what_is()
        held = self._held([article])
        return self._matches(article, held[article]) if article in held else []

    def _hold_what_is(self) -> None:
        """Hold nothing that another connection has changed since, or that has left the library."""
        version = (int(self._store.value("PRAGMA data_version")), self._store.removals)
        if version != self._version:
            self._version, self._fingerprints = version, {}
            self._vocabulary = Vocabulary(self._store)

    def _group(self, newcomer: Newcomer, told: _Told, refused: Sequence[int]) -> None:
        names: dict[int, str] = {}
        fingerprint = self._fingerprint(newcomer, told, names)
        matches = self._matches(newcomer.id, fingerprint)
        alike = [(other, match.score) for other, match in matches if match.score >= FAIR]
        stories = self._stories_of([other for other, _ in alike])
        story = chosen([(stories[other], score) for other, score in alike], refused)
        self._stories[newcomer.id] = newcomer.id if story is None else story
        self._link(newcomer.id, matches, names)
        self._vocabulary.count(fingerprint.times)
        self._fingerprints[newcomer.id] = fingerprint
        for term in fingerprint.times:
            self._postings[term].append(newcomer.id)

    def _refused(self, newcomer: Newcomer, apart: Apart) -> list[int]:
        """The stories that the reader keeps a report out of, and those whose reports are kept out of its own."""
        others = self._stories_of(apart.reports.get(newcomer.id, ()))
        return [*apart.stories.get(newcomer.key, ()), *others.values()]

    def _fingerprint(self, newcomer: Newcomer, told: _Told, names: dict[int, str]) -> Fingerprint:
        """The numbers of what an article says, of which ``names`` learns the terms."""

        def numbers(terms: Iterable[str]) -> list[int]:
            numbered = [(self._vocabulary.number(term), term) for term in terms]
            names.update(numbered)
            return [number for number, _ in numbered]

        title = numbers([*told.title, *filter(self._vocabulary.is_known, told.title_joined)])
        excerpt = numbers([*told.excerpt, *filter(self._vocabulary.is_known, told.excerpt_joined)])
        lead = title[0] if told.title and not is_unspaced(told.title[0]) else None
        return Fingerprint(newcomer.id >> TIME_SHIFT, newcomer.house, title, excerpt, numbers(told.figures), lead)

    def _matches(self, article: int, fingerprint: Fingerprint) -> list[tuple[int, Match]]:
        candidates = [candidate for candidate in self._candidates(fingerprint) if candidate != article]
        others = self._held(candidates)
        comparison = Comparison(fingerprint, Frequencies(self._vocabulary.articles, self._vocabulary.counts))
        return [(candidate, comparison.with_(others[candidate])) for candidate in candidates]

    def _candidates(self, fingerprint: Fingerprint) -> list[int]:
        """The articles of the days around that share the most telling terms; of equals the nearest in time."""
        counts, titles, time = self._vocabulary.counts, fingerprint.title_terms, fingerprint.time
        most = max(COMMON_FLOOR, COMMON_SHARE * self._vocabulary.articles)
        telling = [term for term in fingerprint.times if 0 < counts[term] <= most]
        telling.sort(key=lambda term: counts[term] / (TITLE_FACTOR if term in titles else 1))
        telling = telling[:QUERY_TERMS]
        strengths: dict[int, float] = defaultdict(float)
        for term, weight in zip(telling, Frequencies(self._vocabulary.articles, counts).weights(telling), strict=True):
            gain = weight * (2 if term in titles else 1)
            for article in self._holding(term, time):
                strengths[article] += gain
        return _strongest(strengths, time)

    def _holding(self, term: int, time: int) -> list[int]:
        """The articles of the window that have a term; none where they are too many to tell anything."""
        earliest, latest = (time - WINDOW) << TIME_SHIFT, ((time + WINDOW + 1) << TIME_SHIFT) - 1
        weeks = ((time - WINDOW) // WEEK, time // WEEK, (time + WINDOW) // WEEK)
        rows = self._store.execute(_POSTINGS, (term, *weeks, earliest, latest, MOST_FOUND + 1))
        found = [article for (article,) in rows]
        found += [article for article in self._postings.get(term, ()) if earliest <= article <= latest]
        return found if len(found) <= MOST_FOUND else []

    def _held(self, articles: Sequence[int]) -> dict[int, Fingerprint]:
        """The fingerprints of articles; the counts of their terms are held too."""
        held = self._fingerprints
        if missing := [article for article in articles if article not in held]:
            self._load(missing)
        return {article: held[article] for article in articles if article in held}

    def _load(self, articles: Sequence[int]) -> None:
        terms: set[int] = set()
        for article, lead, house, text in self._store.execute(_FINGERPRINTS, (str(articles),)):
            title, excerpt, figures = json.loads(text)
            fingerprint = Fingerprint(article >> TIME_SHIFT, house, title, excerpt, figures, lead)
            self._fingerprints[article] = fingerprint
            terms.update(fingerprint.times)
        self._vocabulary.load_counts(terms)

    def _stories_of(self, articles: Sequence[int]) -> dict[int, int]:
        stored = [article for article in articles if article not in self._stories]
        rows = self._store.execute(
            "SELECT a.id, a.story FROM json_each(?) j CROSS JOIN article a ON a.id = j.value", (str(stored),)
        )
        return {article: self._stories[article] for article in articles if article in self._stories} | dict(rows)

    def _link(self, article: int, matches: Sequence[tuple[int, Match]], names: dict[int, str]) -> None:
        for other, match in matches:
            if match.score >= RELATED:
                shared = " ".join(_telling(match, names))
                self._links.append((article, other, match.score, match.is_copy, shared))
                self._links.append((other, article, match.score, match.is_copy, shared))

    def _flush(self) -> dict[int, int]:
        stories = self._stories
        self._vocabulary.flush()
        self._store.executemany(_INSERT_FINGERPRINT, map(self._fingerprint_row, stories))
        self._store.executemany("INSERT INTO posting (week, term, article) VALUES (?, ?, ?)", self._posting_rows())
        self._store.executemany(_INSERT_LINK, self._links)
        self._stories, self._links = {}, []
        self._postings.clear()
        self._hold_less()
        return stories

    def _hold_less(self) -> None:
        """No more than is sensible; no fingerprint is held without the counts of its terms."""
        if self._vocabulary.is_full or len(self._fingerprints) > FINGERPRINTS_HELD:
            self._fingerprints.clear()
        if self._vocabulary.is_full:
            self._vocabulary.clear()

    def _fingerprint_row(self, article: int) -> tuple[int, int | None, str, str]:
        it = self._fingerprints[article]
        return article, it.lead, it.house, json.dumps([it.title, it.excerpt, it.figures], separators=(",", ":"))

    def _posting_rows(self) -> Iterator[tuple[int, int, int]]:
        rows = [(week_of(article), term, article) for term, articles in self._postings.items() for article in articles]
        yield from sorted(rows)


def _strongest(strengths: Mapping[int, float], time: int) -> list[int]:
    """The candidates with the greatest strength, of equals the nearest in time."""
    least = min(nlargest(MOST_CANDIDATES, strengths.values()), default=0.0)
    strong = [article for article, strength in strengths.items() if strength >= least]
    strong.sort(key=lambda it: (-strengths[it], abs((it >> TIME_SHIFT) - time), it))
    return strong[:MOST_CANDIDATES]


def _telling(match: Match, names: Mapping[int, str]) -> list[str]:
    """What tells a person why two articles are together: words, strongest first, and figures that are no names."""
    words = [names[term] for term in match.shared if not names[term].isdigit()]
    figures = [names[term] for term in match.figures if not is_plain(names[term][1:])]
    return [*words[:SHARED_WORDS], *figures]


def week_of(article: int) -> int:
    """The week in which an article's postings are kept."""
    return (article >> TIME_SHIFT) // WEEK


_POSTINGS = """
SELECT article FROM posting WHERE term = ? AND week IN (?, ?, ?) AND article BETWEEN ? AND ? LIMIT ?
"""
_FINGERPRINTS = """
SELECT f.article, f.lead, f.house, f.terms FROM json_each(?) j CROSS JOIN fingerprint f ON f.article = j.value
"""
_INSERT_FINGERPRINT = "INSERT INTO fingerprint (article, lead, house, terms) VALUES (?, ?, ?, ?)"
_INSERT_LINK = "INSERT INTO link (article, other, score, is_copy, shared) VALUES (?, ?, ?, ?, ?)"


def forget(store: Store, articles: str) -> None:
    """Take articles (a JSON list of ids) out of what newcomers are compared with."""
    store.removals += 1
    rows = store.execute(
        "SELECT f.article, f.terms FROM json_each(?) j CROSS JOIN fingerprint f ON f.article = j.value", (articles,)
    )
    for article, text in rows.fetchall():
        terms = sorted({term for part in json.loads(text) for term in part})
        discount(store, terms)
        store.executemany(
            "DELETE FROM posting WHERE (week, term, article) = (?, ?, ?)",
            ((week_of(article), term, article) for term in terms),
        )
    store.execute("DELETE FROM fingerprint WHERE article IN (SELECT value FROM json_each(?))", (articles,))
    store.execute(_UNLINK, (articles,))
    store.execute("DELETE FROM link WHERE article IN (SELECT value FROM json_each(?))", (articles,))


_UNLINK = """
DELETE FROM link WHERE (article, other) IN (
    SELECT l.other, l.article FROM json_each(?) j CROSS JOIN link l ON l.article = j.value)
"""
