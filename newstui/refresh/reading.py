"""One source being read into the library."""

import asyncio
import logging
from collections.abc import Callable

from newstui.errors import FetchError, NewsError, Problem
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.refresh.events import Progress, SourceResult
from newstui.refresh.schedule import next_attempt
from newstui.sources import Place, open_source
from newstui.sources.web import Web
from newstui.text import line

STOPPED = "it was stopped before its end"

Events = asyncio.Queue[Progress | SourceResult | None]

_log = logging.getLogger("newstui.refresh")
_log.addHandler(logging.NullHandler())  # without one, logging writes to the terminal


class Reading:
    """The reading of one source, from its start to what the library learns of its end."""

    def __init__(self, library: Library, subscription: Subscription, clock: Callable[[], int], web: Web) -> None:
        self._library = library
        self._subscription = subscription
        self._clock = clock
        self._web = web
        self._new = self._changed = self._articles = 0
        self._problems: list[Problem] = []
        self._failure: NewsError | None = None
        self._error, self._note = STOPPED, ""

    async def run(self, events: Events) -> None:
        """Read the source; whatever happens, the library learns of it, and the last event is None."""
        try:
            await self._read(events)
            self._error = ""
        except NewsError as error:
            self._failure, self._error = error, line(str(error), 500)
        except Exception as error:
            _log.exception("reading %s", self._subscription.name)
            self._error = f"something unexpected went wrong ({type(error).__name__}); the log says more"
        finally:
            try:
                events.put_nowait(self._finish())
            finally:
                events.put_nowait(None)

    async def _read(self, events: Events) -> None:
        it, moved_to = self._subscription, ""
        source = open_source(await self._place(), self._web, topic=it.topic)
        async for batch in source.batches(self._library.stamps(it.id), self._library.is_known):
            added = self._library.add(it.id, batch, self._clock())
            self._new += added.new
            self._changed += added.changed
            self._articles += len(batch.articles)
            self._problems += batch.problems
            moved_to = batch.moved_to or moved_to
            events.put_nowait(Progress(it.name, batch.done, batch.total, self._new))
        if self._library.moved(it.id, moved_to):
            self._note = f"it has moved for good to {moved_to}, where it is read from now on"

    async def _place(self) -> Place:
        """Where the source is; an address that was never asked is asked first what there is to read."""
        it = self._subscription
        place = Place(it.kind, it.place, it.name, it.may_be_private)
        if it.kind != "web":
            return place
        from newstui.sources.finding import find

        place, *others = await find(place, self._web)
        self._library.settle(it.id, place.kind, place.place)
        if others:
            self._note = f"this is the first of {len(others) + 1} feeds that the page names: {place.place}"
        return place

    def _finish(self) -> SourceResult:
        it, now, problems = self._subscription, self._clock(), tuple(self._problems)
        failure = self._failure if isinstance(self._failure, FetchError) else None
        is_failed = self._error not in ("", STOPPED)
        rest = next_attempt(it, now, failure.retry_after if failure else None) if is_failed else None
        is_gone = failure is not None and failure.is_gone
        self._library.finish(it.id, now, self._error, problems, next_attempt=rest, is_gone=is_gone)
        last_good = it.last_good if self._error else now
        return SourceResult(
            it.name, it.kind, self._new, self._changed, self._articles, problems, self._error, last_good, self._note
        )
