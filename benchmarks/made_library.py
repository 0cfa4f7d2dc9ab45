"""Libraries of any size, made of sentences over a plausible vocabulary, the same for the same size."""

import random
from collections.abc import Iterator
from pathlib import Path

from newstui.article import Article, Batch, Outlet
from newstui.library import Library

BATCH = 2_000
FIRST = 1_500_000_000
APART = 600  # seconds between two articles
TOPICS = ("Azure", "Security", "Databases", "Storage", "Networking", "Science", "Health", "Culture")
COMMON = ("the", "of", "and", "to", "in", "for", "on", "with", "new", "cloud", "report", "says", "data", "market")


def made_library(path: Path, articles: int) -> Path:
    """A library of so many articles at this path; one that is there already is taken as it is."""
    if path.exists():
        return path
    half = path.with_suffix(".half")
    with Library.open(half) as library:
        source = library.subscribe("folder", "/made", "Made", "")
        for batch in batches(articles):
            library.add(source.id, batch, FIRST + articles * APART)
        library.finish(source.id, FIRST + articles * APART)
    half.rename(path)
    return path


def batches(articles: int) -> Iterator[Batch]:
    """The articles in batches, oldest first."""
    chance = random.Random(articles)
    rare = [f"{head}{tail}" for head in _SYLLABLES for tail in _SYLLABLES]
    for start in range(0, articles, BATCH):
        yield Batch(tuple(_article(number, chance, rare) for number in range(start, min(articles, start + BATCH))))


_SYLLABLES = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in "lnrst"]


def _article(number: int, chance: random.Random, rare: list[str]) -> Article:
    outlet = f"Outlet {chance.randrange(80)}"
    return Article(
        url=f"https://news.example/{number}",
        title=_sentence(chance, rare, 9).capitalize(),
        excerpt=f"{_sentence(chance, rare, 30).capitalize()}.",
        published=FIRST + number * APART,
        outlet=Outlet(name=outlet, domain=f"{outlet.replace(' ', '').lower()}.example"),
        topics=tuple(chance.sample(TOPICS, 2)) if chance.random() < 0.3 else ("Azure",),
        quality=chance.randrange(100),
        origin="document",
        place=f"{number}.md",
    )


def _sentence(chance: random.Random, rare: list[str], words: int) -> str:
    return " ".join(chance.choice(COMMON) if chance.random() < 0.6 else chance.choice(rare) for _ in range(words))
