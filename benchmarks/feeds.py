"""Many feeds read for the first time and again, against what feedparser alone takes for the same bytes."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from benchmarks.made_feeds import feed
from benchmarks.reader import COLUMNS, LINES, answer_times
from benchmarks.table import Row, ratio
from benchmarks.terminal import Program
from benchmarks.timed_grouping import TimedGrouping
from newstui.library import Library
from newstui.refresh import SourceResult, refresh

FEEDS, ITEMS = 100, 100
KEYS, APART = 110, 0.2
"""How often a key is pressed while feeds are read, and after how many seconds."""
NOW = 1_700_000_000


def rows(runs: int) -> Iterator[Row]:
    """What refreshing feeds promises, measured as CPU of newstui and its workers, by turns."""
    first: list[float] = []
    again: list[float] = []
    alone: list[float] = []
    stories: list[float] = []
    bodies = [feed(number, ITEMS) for number in range(FEEDS)]
    with _serving() as address:
        for _ in range(runs):
            alone.append(_cpu(lambda: _parse(bodies)))
            with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
                timed = TimedGrouping.of(library)
                for number in range(FEEDS):
                    library.subscribe("feed", f"{address}{number}", f"Feed {number}", may_be_private=True)
                first.append(_cpu(lambda: _refresh(library, FEEDS * ITEMS)))
                stories.append(timed.seconds)
                again.append(_cpu(lambda: _refresh(library, 0)))
    apart = [whole - found for whole, found in zip(first, stories, strict=True)]
    what = f"{FEEDS} feeds with {FEEDS * ITEMS:,} items"
    yield Row(
        f"{what} refreshed for the first time, without their stories, against feedparser alone",
        ratio(apart, alone),
        "≤ 1.3 ×",
    )
    yield Row("the same with their stories", ratio(first, alone))
    yield Row("the same unchanged (304)", f"{median(again):.2f} s", "≤ 1.5 s")
    yield _keys()


def _keys() -> Row:
    """How long ``j`` takes in the reader while it reads feeds."""
    with _serving() as address, tempfile.TemporaryDirectory() as folder:
        path, settings = Path(folder) / "library.db", Path(folder) / "settings.toml"
        settings.write_text('mark_read_after = "never"\n')
        with Library.open(path) as library:
            for number in range(FEEDS):
                library.subscribe("feed", f"{address}{number}", f"Feed {number}", may_be_private=True)
            asyncio.run(_results(library, 5))
        command = [sys.executable, "-m", "newstui", "--library", str(path), "--config", str(settings)]
        program = Program(command, COLUMNS, LINES)
        program.until(b"help")
        times = sorted(answer_times(program, KEYS, APART))
        program.end()
    worst = times[int(len(times) * 0.99)]
    return Row(
        f"j while {FEEDS} feeds are read: median, 99th percentile",
        f"{median(times) * 1000:.0f} ms, {worst * 1000:.0f} ms",
        "≤ 50 ms",
    )


def _parse(bodies: list[bytes]) -> None:
    import feedparser

    for body in bodies:
        feedparser.parse(body)


def _refresh(library: Library, new: int) -> None:
    results = asyncio.run(_results(library))
    assert [result.error for result in results if result.error] == []
    assert sum(result.new for result in results) == new


async def _results(library: Library, most: int = FEEDS) -> list[SourceResult]:
    read = refresh(library, library.subscriptions()[:most], NOW)
    return [event async for event in read if isinstance(event, SourceResult)]


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of this process and of those that it started and that have ended."""
    start = _spent()
    work()
    return _spent() - start


def _spent() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@contextmanager
def _serving() -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.feed_server", str(FEEDS), str(ITEMS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}/"
        server.kill()
