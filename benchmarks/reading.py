"""A folder read for the first time and again, against reading its bytes and against looking at its names."""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.table import Row, milliseconds, ratio
from benchmarks.timed_grouping import TimedGrouping
from newstui.library import Library
from newstui.refresh import refresh

NOW = 1_700_000_000


def rows(articles: Path, runs: int) -> Iterator[Row]:
    """What reading promises, measured as CPU, by turns."""
    cold: list[float] = []
    again: list[float] = []
    split: list[float] = []
    looked: list[float] = []
    grouped: list[float] = []
    for run in range(runs + 1):
        timed, first, second = _read_twice(articles)
        taken = [_cpu(lambda: _read_and_split(articles)), first, second, _cpu(lambda: _look(articles)), timed.seconds]
        if run:  # the first one warms the disk and the imports
            for times, seconds in zip((split, cold, again, looked, grouped), taken, strict=True):
                times.append(seconds)
    number = len(list(articles.glob("*.md")))
    apart = [all_of_it - stories for all_of_it, stories in zip(cold, grouped, strict=True)]
    yield Row(f"{number:,} documents read and indexed, against their bytes split", ratio(apart, split), "≤ 15 ×")
    yield Row("the same with their stories", ratio(cold, split))
    each = [seconds / timed.articles for seconds in grouped]
    yield Row(f"a story found for each of {timed.articles:,} articles", milliseconds(each), "≤ 2 ms")
    yield Row("the same unchanged, against scandir and stat", ratio(again, looked), "≤ 3 ×")


def _read_and_split(articles: Path) -> None:
    with os.scandir(articles) as entries:
        for entry in entries:
            with open(entry.path, "rb") as file:  # noqa: PTH123 (the floor is the least that Python can do)
                file.read().split(b"\n---")


def _look(articles: Path) -> None:
    with os.scandir(articles) as entries:
        for entry in entries:
            entry.stat()


def _read_twice(articles: Path) -> tuple[TimedGrouping, float, float]:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
        library.subscribe("folder", str(articles), "benchmark")
        timed = TimedGrouping.of(library)
        return timed, _cpu(lambda: asyncio.run(_read(library))), _cpu(lambda: asyncio.run(_read(library)))


async def _read(library: Library) -> None:
    async for _ in refresh(library, library.subscriptions(), NOW):
        pass


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
