"""All sources at once, into the library: progress as it is made, and a result for each, which may be a failure."""

import asyncio
import gc
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, contextmanager

from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.refresh.events import Progress, SourceResult
from newstui.refresh.lock import only_refresher
from newstui.refresh.pages import full_texts
from newstui.refresh.reading import Events, Reading
from newstui.sources.web import Web

__all__ = ["Progress", "SourceResult", "refresh"]

OBJECTS_BETWEEN_COLLECTIONS = 100_000


async def refresh(
    library: Library,
    subscriptions: Sequence[Subscription],
    now: Callable[[], int] | int,
    web: Web | None = None,
    *,
    is_patient: bool = True,
    is_always_full: bool = False,
) -> AsyncGenerator[Progress | SourceResult, None]:
    """Read the sources side by side; each ends with its SourceResult, also when it fails. Then come full texts.

    Closing the iterator ends the reading; what was read stays. There is one refresh of a library at a time:
    ``is_patient`` waits for that of another program, else it is a LibraryError. ``is_always_full`` fetches the full
    text of every article of a feed.
    """
    clock = now if callable(now) else lambda: now
    async with AsyncExitStack() as opened:
        await opened.enter_async_context(only_refresher(library.path, is_patient=is_patient))
        used: Web = web if web is not None else await opened.enter_async_context(Web())
        stages: tuple[AsyncGenerator[Progress | SourceResult, None], ...] = (
            _stories_of_known(library),
            _read(library, subscriptions, clock, used),
            full_texts(library, used, clock, is_always=is_always_full),
        )
        for stage in stages:
            async with aclosing(stage) as events:
                async for event in events:
                    yield event


async def _stories_of_known(library: Library) -> AsyncGenerator[Progress | SourceResult, None]:
    """Let the articles of a library from before there were stories find theirs."""
    done, total = 0, library.topics()[0].stories  # each story is one article still
    while grouped := library.group_known():
        done += grouped
        yield Progress("Stories", min(done, total), total, 0)


async def _read(
    library: Library, subscriptions: Sequence[Subscription], clock: Callable[[], int], web: Web
) -> AsyncGenerator[Progress | SourceResult, None]:
    events: Events = asyncio.Queue()
    tasks = [asyncio.create_task(Reading(library, it, clock, web).run(events)) for it in subscriptions]
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


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles of objects less often: a first reading makes many objects and no cycles."""
    usual = gc.get_threshold()
    gc.set_threshold(max(OBJECTS_BETWEEN_COLLECTIONS, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
