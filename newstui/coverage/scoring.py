"""How much two articles speak as if they reported the same event.

A score is a sum of small pieces of evidence: cosine of TF-IDF vectors, IDF-weighted overlap of the headlines, rare
terms and figures in common; less for time apart, for the same outlet and for two headlines made from one template. It
is about 0 for unrelated articles; from ``RELATED`` on they are shown as one story. The weights are round numbers:
labelled stories are few, and finer ones would fit their noise.

Terms are numbers, which a library gives them. No sum or order depends on the order of a set, or on these numbers.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from operator import mul
from typing import NamedTuple

DAY = 86_400

TITLE_TIMES = 2
"""How often a term of the headline, or a figure, counts; one of the excerpt counts once."""

RARE_SHARE, RARE_FLOOR = 0.004, 3
"""A term is rare in less than this share of the library, or in so many articles."""
LEAD_SHARE, LEAD_FLOOR = 0.02, 15
"""A word that begins a headline names its subject when in less than this share of the library, or in fewer articles."""

RELATED = 3.6
"""From here on two articles are shown as reports of one story. Less finds hardly a true one more and many false ones:
the counts of a library that knows a publisher's lists are rough for long."""
SIMILAR = 1.5
"""From here to ``RELATED`` two articles are on a similar topic."""

COPY_TITLE_OVERLAP = 0.8
COPY_RUN_OVERLAP, LEAST_RUNS = 0.5, 12
"""Two reports carry one text when they share so much of the shorter one, which says enough to be a text of its own."""
LEAST_WEIGHT = 0.05


@dataclass(slots=True, eq=False)
class Fingerprint:
    """The terms of one article in the order of its text. ``time`` is in seconds, ``house`` names the outlet.

    ``lead`` is the first telling word of the headline, None where it is no word.
    """

    time: int
    house: str
    title: Sequence[int]
    excerpt: Sequence[int]
    figures: Sequence[int]
    lead: int | None
    times: dict[int, float] = field(init=False)
    """Each term once, with ``1 + ln`` of how often it counts."""
    title_terms: dict[int, None] = field(init=False)

    def __post_init__(self) -> None:
        self.title_terms = dict.fromkeys(self.title)
        counts = Counter(chain(*repeat(self.title, TITLE_TIMES), self.excerpt))
        self.times = {term: _ONE_AND_LN[count if count < _MOST_TIMES else -1] for term, count in counts.items()}
        self.times |= dict.fromkeys(self.figures, _ONE_AND_LN[TITLE_TIMES])


_MOST_TIMES = 64
_ONE_AND_LN = [0.0, *(1 + math.log(count) for count in range(1, _MOST_TIMES + 1))]


class Frequencies:
    """In how many of the articles each term occurs: what makes it telling."""

    def __init__(self, articles: int, counts: Mapping[int, int]) -> None:
        self.articles = articles
        self.counts = counts
        self._everything = math.log(articles + 1)
        self._weight_of_rare = math.log(articles / max(RARE_FLOOR, articles * RARE_SHARE)) if articles else math.inf

    def weights(self, terms: Iterable[int]) -> list[float]:
        """The inverse document frequency of each term, as the counts are now."""
        everything, logarithms, count_of = self._everything, _LOGARITHMS, self.counts.get
        return [
            weight if (weight := everything - logarithms[count_of(term, 0)]) > LEAST_WEIGHT else LEAST_WEIGHT
            for term in terms
        ]

    def is_rare(self, term: int) -> bool:
        """Whether a term occurs in so few articles that two which share it stand out."""
        return math.log((self.articles + 1) / (self.counts.get(term, 0) + 0.5)) > self._weight_of_rare

    def names_a_subject(self, term: int) -> bool:
        """Whether a term that begins a headline is uncommon enough to be a name."""
        return self.counts.get(term, 0) < max(LEAD_FLOOR, LEAD_SHARE * self.articles)


class _Logarithms(dict[int, float]):
    """Of the numbers of articles that terms occur in; each is worked out once."""

    def __missing__(self, count: int) -> float:
        logarithm = self[count] = math.log(count + 0.5)
        return logarithm


_LOGARITHMS = _Logarithms()


class Match(NamedTuple):
    """How two articles compare, the strongest terms in both, and the figures in both."""

    score: float
    shared: tuple[int, ...]
    figures: tuple[int, ...]
    is_copy: bool


SHARED_KEPT = 8


class Comparison:
    """One article, weighed once to be compared with many."""

    def __init__(self, article: Fingerprint, frequencies: Frequencies) -> None:
        self._article = article
        self._frequencies = frequencies
        raw = self._raw(article)
        length = _length(raw)
        self._weights = {term: value / length for term, value in zip(article.times, raw, strict=True)}
        self._title_weight = self._weight_of(article.title_terms)

    def _raw(self, article: Fingerprint) -> list[float]:
        """The vector of an article before it is of unit length, in the order of its terms."""
        return list(map(mul, article.times.values(), self._frequencies.weights(article.times)))

    def _weight_of(self, terms: Iterable[int]) -> float:
        return math.fsum(self._frequencies.weights(terms))

    def with_(self, other: Fingerprint) -> Match:
        """Compare with another article."""
        article = self._article
        shared = self._shared(other)
        has_same_title = len(article.title_terms) > 2 and list(article.title) == list(other.title)
        is_template = not has_same_title and self._is_template(other)
        containment, overlap = self._title_overlap(other)
        figures = tuple(term for term in article.figures if term in other.figures)
        words = [term for term in shared if term not in figures]
        rare = sum(map(self._frequencies.is_rare, words))
        score = (
            10.0 * math.fsum(shared.values())
            + 3.0 * containment
            + 2.0 * overlap
            + 2.0 * min(rare, 4) / 4
            + 1.5 * min(len(figures), 2) / 2
            - 0.25 * abs(article.time - other.time) / DAY
            - (1.5 if article.house == other.house and not has_same_title else 0.0)
            - (3.0 if is_template else 0.0)
        )
        is_copy = score >= RELATED and not is_template and self._is_copy(other, has_same_title, overlap)
        strongest = sorted(words, key=shared.__getitem__, reverse=True)
        return Match(score, tuple(strongest[:SHARED_KEPT]), figures, is_copy)

    def _shared(self, other: Fingerprint) -> dict[int, float]:
        """What each term in both adds to the cosine, in the order of the other's text."""
        weights, raw = self._weights, self._raw(other)
        length = _length(raw)
        return {
            term: weights[term] * value / length
            for term, value in zip(other.times, raw, strict=True)
            if term in weights
        }

    def _title_overlap(self, other: Fingerprint) -> tuple[float, float]:
        """How much of the shorter headline is in both, and of the two together; by weight."""
        common = self._weight_of([term for term in self._article.title_terms if term in other.title_terms])
        if not common:
            return 0.0, 0.0
        others = self._weight_of(other.title_terms)
        return common / min(self._title_weight, others), common / (self._title_weight + others - common)

    def _is_template(self, other: Fingerprint) -> bool:
        """ "Acme Earns the X Badge" and "Bolt Earns the X Badge": one template, two subjects.

        Each headline begins with an uncommon word that the other article does not have.
        """
        first, second = self._article.lead, other.lead
        return (
            first is not None
            and second is not None
            and first not in other.times
            and second not in self._article.times
            and self._frequencies.names_a_subject(first)
            and self._frequencies.names_a_subject(second)
        )

    def _is_copy(self, other: Fingerprint, has_same_title: bool, overlap: float) -> bool:
        if has_same_title or overlap >= COPY_TITLE_OVERLAP:
            return True
        first, second = _runs(self._article), _runs(other)
        shorter = min(len(first), len(second))
        return shorter >= LEAST_RUNS and len(first & second) / shorter >= COPY_RUN_OVERLAP


def _length(vector: Sequence[float]) -> float:
    """The length of a vector; 1 for one that is empty."""
    return math.sqrt(math.fsum(map(mul, vector, vector))) or 1.0


def _runs(article: Fingerprint) -> set[tuple[int, ...]]:
    """Three terms in a row."""
    text = [*article.title, *article.excerpt]
    return set(zip(text, text[1:], text[2:], strict=False))
