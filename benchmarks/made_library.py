"""Libraries of any size, of made articles; each is made once and kept."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.made_articles import A_DAY, batches, time_of
from newstui.coverage.scoring import Fingerprint, Match
from newstui.library import Library
from newstui.library.grouping import Grouping

BATCH = 2_000
COMPARED = 20_000
"""How many of the last articles of a great library are compared with others: more than the days around the next ones
hold of them, at the usual rate."""
EVERY_COMPARED = 100_000
"""Up to this size all are compared."""


class Founding(Grouping):
    """Writes all that grouping writes, and compares nothing: each article founds a story."""

    def _matches(self, article: int, fingerprint: Fingerprint) -> list[tuple[int, Match]]:
        return []


def made_library(folder: Path, articles: int, a_day: int = A_DAY) -> Path:
    """A library of so many articles, so many of them a day; one that is there already is taken as it is."""
    path = folder / f"stories-{articles}-at-{a_day}.db"
    if path.exists():
        return path
    with TemporaryDirectory(dir=folder) as half_made:  # another process may be making the same one
        half = Path(half_made) / path.name
        _make(half, articles, a_day)
        half.rename(path)
    return path


def _make(path: Path, articles: int, a_day: int) -> None:
    compared = 0 if articles <= EVERY_COMPARED else articles - COMPARED
    with Library.open(path) as library:
        source = library.subscribe("folder", "/made", "Made", "").id
        found(library, source, compared, a_day)
        fill(library, source, compared, articles, a_day)
        library.finish(source, time_of(articles, a_day))


def fill(library: Library, source: int, first: int, last: int, a_day: int = A_DAY) -> None:
    """Add the articles from one number up to another."""
    for batch in batches(first, last, BATCH, a_day):
        library.add(source, batch, time_of(last, a_day))


def found(library: Library, source: int, last: int, a_day: int = A_DAY) -> None:
    """Add the articles up to a number, each of them as a story, in a third of the time."""
    store = library._store
    store.grouping = Founding(store)
    fill(library, source, 0, last, a_day)
    store.grouping = None
