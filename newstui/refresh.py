"""All sources at once into the library: progress while they are read, and what came of each."""

import asyncio
import gc
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from newstui.errors import NewsError, Problem
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.sources import open_source
from newstui.text import line

OBJECTS_BETWEEN_COLLECTIONS = 100_000

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without one, logging writes to the terminal


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a source is: ``done`` of ``total`` files or pages, total 0 when unknown."""

    source: str
    done: int
    total: int
    new: int


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What came of reading a source: ``articles`` it gave this time, of which so many are ``new`` or ``changed``.

    ``error`` is why the reading ended early, else empty. ``last_good`` is the last time that it did not, in seconds.
    """

    source: str
    kind: str
    new: int
    changed: int
    articles: int
    problems: tuple[Problem, ...]
    error: str
    last_good: int | None


async def refresh(
    library: Library, subscriptions: Sequence[Subscription], now: Callable[[], int] | int, *, proxy: str = ""
) -> AsyncGenerator[Progress | SourceResult, None]:
    """Read the sources side by side; each ends with its SourceResult, also when it fails.

    Closing the iterator ends the reading; what was read stays.
    """
    clock = now if callable(now) else lambda: now
    async for progress in _stories_of_known(library):
        yield progress
    events: asyncio.Queue[Progress | SourceResult | None] = asyncio.Queue()
    tasks = [asyncio.create_task(_Reading(library, it, clock, proxy).run(events)) for it in subscriptions]
    try:
        with _few_collections():
            unfinished = len(tasks)
            while unfinished:
                if (event := await events.get()) is None:
                    unfinished -= 1
                else:
                    yield event
        await asyncio.gather(*tasks)  # raises what the library raised
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _stories_of_known(library: Library) -> AsyncGenerator[Progress, None]:
    """Let the articles of a library from before there were stories find theirs."""
    done, total = 0, library.topics()[0].stories  # each story is one article still
    while grouped := library.group_known():
        done += grouped
        yield Progress("Stories", min(done, total), total, 0)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles of objects less often: a first reading makes many objects and no cycles."""
    usual = gc.get_threshold()
    gc.set_threshold(max(OBJECTS_BETWEEN_COLLECTIONS, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class _Reading:
    """One source being read."""

    def __init__(self, library: Library, subscription: Subscription, clock: Callable[[], int], proxy: str) -> None:
        self._library = library
        self._subscription = subscription
        self._clock = clock
        self._proxy = proxy
        self._new = self._changed = self._articles = 0
        self._problems: list[Problem] = []
        self._error = "it was stopped before its end"

    async def run(self, events: "asyncio.Queue[Progress | SourceResult | None]") -> None:
        """Read the source; whatever happens, the library learns of it, and the last event is None."""
        try:
            await self._read(events)
            self._error = ""
        except NewsError as error:
            self._error = line(str(error), 500)
        except Exception as error:
            _log.exception("reading %s", self._subscription.name)
            self._error = f"something unexpected went wrong ({type(error).__name__}); the log says more"
        finally:
            try:
                events.put_nowait(self._finish())
            finally:
                events.put_nowait(None)

    async def _read(self, events: "asyncio.Queue[Progress | SourceResult | None]") -> None:
        source = open_source(self._subscription.place, topic=self._subscription.topic, proxy=self._proxy)
        batches = source.batches(self._library.stamps(self._subscription.id), self._library.is_known)
        async for batch in batches:
            added = self._library.add(self._subscription.id, batch, self._clock())
            self._new += added.new
            self._changed += added.changed
            self._articles += len(batch.articles)
            self._problems += batch.problems
            events.put_nowait(Progress(self._subscription.name, batch.done, batch.total, self._new))

    def _finish(self) -> SourceResult:
        now, problems = self._clock(), tuple(self._problems)
        self._library.finish(self._subscription.id, now, self._error, problems)
        last_good = self._subscription.last_good if self._error else now
        return SourceResult(
            self._subscription.name, self._subscription.kind, self._new, self._changed, self._articles,
            problems, self._error, last_good,
        )  # fmt: skip
