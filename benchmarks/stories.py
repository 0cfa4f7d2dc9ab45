"""What finding the story of an article costs in libraries of every size, what it stores, and whether counts stay exact.

The articles that are added go on where the library ends, so that two of five report what an earlier one reported.
"""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from math import nan
from pathlib import Path
from statistics import mean, quantiles
from tempfile import TemporaryDirectory

from benchmarks.made_articles import A_DAY, batches, time_of
from benchmarks.made_library import made_library
from benchmarks.table import Row
from benchmarks.timed_grouping import TimedGrouping
from newstui.library import Library
from newstui.library.rows import ALL
from newstui.query import parse

LIBRARIES = ((100_000, A_DAY, 10), (1_000_000, A_DAY, 20), (1_000_000, 10 * A_DAY, 20))
"""How many articles, how many of them a day, and how many milliseconds an article may take."""
TOGETHER, TOGETHER_TIMES, ALONE_TIMES = 100, 6, 300
READ = 500
"""How many stories are read before, so that reports arrive for stories that are read."""


def rows(folder: Path) -> Iterator[Row]:
    """All that is promised, for libraries of every size."""
    for articles, a_day, most in LIBRARIES:
        made = made_library(folder, articles, a_day)
        with TemporaryDirectory(dir=folder) as scratch, Library.open(Path(shutil.copy(made, scratch))) as library:
            yield from _rows(library, articles, a_day, most)


def _rows(library: Library, articles: int, a_day: int, most: int) -> Iterator[Row]:
    what = f"{articles:,} articles, {a_day:,} a day"
    _read_some(library, time_of(articles, a_day))
    alone = articles + TOGETHER * TOGETHER_TIMES
    timed, seconds = _added(library, articles, alone, TOGETHER, a_day)
    yield Row(f"{what}: a story found, {TOGETHER} at once", _milliseconds(timed.per_article), f"≤ {most} ms")
    yield Row(f"{what}: all of adding one", _milliseconds(seconds / timed.articles))
    timed, seconds = _added(library, alone, alone + ALONE_TIMES, 1, a_day)
    each = [seconds for _, seconds in timed.taken]
    yield Row(f"{what}: a story found, one by one", _milliseconds(mean(each)), f"≤ {most} ms")
    yield Row(f"{what}: the same, 95th percentile", _milliseconds(quantiles(each, n=20)[-1]))
    yield Row(f"{what}: all of adding one by itself", _milliseconds(seconds / timed.articles))
    yield Row(f"{what}: tables of stories, each 100,000", f"{_size(library) / articles / 10:.0f} MB")
    yield Row(f"{what}: topics whose counts are wrong", str(len(_wrong_counts(library))), "0")


def _read_some(library: Library, now: int) -> None:
    library.mark_read(library.listing(ALL, parse(""), "newest", now)[:READ], True, now)


def _added(library: Library, first: int, last: int, together: int, a_day: int) -> tuple[TimedGrouping, float]:
    """Add articles; what their stories took, and the seconds that all of it took."""
    timed = TimedGrouping.of(library)
    made = list(batches(first, last, together, a_day))
    start = time.process_time()
    for batch in made:
        library.add(1, batch, time_of(last, a_day))
    return timed, time.process_time() - start


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _size(library: Library) -> float:
    """Bytes of what finding stories needs; SQLite tells it where it is built with ``dbstat``."""
    try:
        return float(library._store.value(_BYTES))
    except sqlite3.OperationalError:
        return nan


_BYTES = """
SELECT sum(pgsize) FROM dbstat WHERE name IN (
    'term', 'sqlite_autoindex_term_1', 'fingerprint', 'posting', 'link', 'separated', 'story_name')
"""


def _wrong_counts(library: Library) -> list[int]:
    """The topics of which the sidebar shows other counts than there are; nothing made is muted or only listed."""
    return [topic for (topic,) in library._store.execute(_WRONG_COUNTS)]


_WRONG_COUNTS = """
WITH counted AS (
    SELECT topic, count(*) AS stories, sum(story NOT IN (
        SELECT a.story FROM state x JOIN article a ON a.id = x.article WHERE x.read_at IS NOT NULL)) AS unread
    FROM (SELECT 0 AS topic, story FROM article
          UNION SELECT f.topic, a.story FROM article_topic f JOIN article a ON a.id = f.article)
    GROUP BY topic)
SELECT p.id FROM topic p LEFT JOIN counted c ON c.topic = p.id
WHERE (p.stories, p.unread) <> (coalesce(c.stories, 0), coalesce(c.unread, 0))
"""
