"""Articles of any number over a plausible vocabulary, each the same whenever it is made.

Words are as common as in a language (Zipf and Mandelbrot): 100,000 articles have some 260,000 terms, half of them in
one article only. Two of five articles report an event that an earlier one reported, in other words or in the same.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

from newstui.article import Article, Batch, Outlet

FIRST = 1_500_000_000
DAY = 86_400
A_DAY = 1_370
"""How many articles a day brings, unless said otherwise."""

WORDS = 1_500_000
SHIFT, STEEPNESS = 60, 1.2
TOPICS = ("Azure", "Security", "Databases", "Storage", "Networking", "Science", "Health", "Culture")
COMMON = ("the", "of", "and", "to", "in", "for", "on", "with", "new", "cloud", "report", "says", "data", "market")
OUTLETS = 80

AGAIN = 0.42
"""The share of the articles that report what another reported before them."""
LAG = 400
"""How many articles there are between two reports of an event, on average."""
COPIES = 0.15
TITLE, EXCERPT = 11, 24
"""Words of a headline and of an excerpt."""
FIGURES = 0.2
"""The share of events that have a figure."""
KEPT = 0.7
"""The share of an event's words that a report of it uses."""


def batches(first: int, last: int, size: int, a_day: int = A_DAY) -> Iterator[Batch]:
    """The articles from one number up to another in batches of some size, oldest first."""
    for start in range(first, last, size):
        yield Batch(tuple(_article(number, a_day) for number in range(start, min(last, start + size))))


def time_of(number: int, a_day: int) -> int:
    """When an article is published, in seconds since 1970."""
    return FIRST + number * DAY // a_day


def _article(number: int, a_day: int) -> Article:
    chance = random.Random(number)
    title, excerpt = _texts(number, chance)
    outlet = f"Outlet {chance.randrange(OUTLETS)}"
    return Article(
        url=f"https://news.example/{number}",
        title=" ".join(title).capitalize(),
        excerpt=f"{' '.join(excerpt).capitalize()}.",
        published=time_of(number, a_day),
        outlet=Outlet(name=outlet, domain=f"{outlet.replace(' ', '').lower()}.example"),
        topics=tuple(chance.sample(TOPICS, 2)) if chance.random() < 0.3 else ("Azure",),
        quality=chance.randrange(100),
        origin="document",
        place=f"{number}.md",
    )


def _texts(number: int, chance: random.Random) -> tuple[list[str], list[str]]:
    """Headline and excerpt: of an event of its own, or of one that an earlier article reported first."""
    earlier = number - 1 - int(chance.expovariate(1 / LAG))
    if earlier < 0 or chance.random() >= AGAIN:
        return _event(number)
    title, excerpt = _event(earlier)
    if chance.random() < COPIES:
        return title, excerpt
    return _retold(title, chance), _retold(excerpt, chance)


def _event(number: int) -> tuple[list[str], list[str]]:
    chance = random.Random(f"event {number}")
    title, excerpt = _sentence(TITLE, chance), _sentence(EXCERPT, chance)
    if chance.random() < FIGURES:
        excerpt[0] = f"${chance.randrange(1, 1_000)}m"
    return title, excerpt


def _retold(words: list[str], chance: random.Random) -> list[str]:
    others = _sentence(len(words), chance)
    return [word if chance.random() < KEPT else other for word, other in zip(words, others, strict=True)]


def _sentence(words: int, chance: random.Random) -> list[str]:
    telling = chance.choices(range(WORDS), cum_weights=_SHARES, k=words)
    return [chance.choice(COMMON) if chance.random() < 0.3 else _word(rank) for rank in telling]


def _word(rank: int) -> str:
    """The word of a rank, of syllables."""
    syllables = ""
    while rank or not syllables:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        syllables += _SYLLABLES[syllable]
    return syllables


_SYLLABLES = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in "lnrtkm"]
_SHARES = list(accumulate((rank + SHIFT) ** -STEEPNESS for rank in range(WORDS)))
