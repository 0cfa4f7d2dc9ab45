"""Reading the sources beside the screen: a thread of its own, a library connection of its own."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.message_pump import MessagePump

from newstui.config import Settings
from newstui.errors import NewsError
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.tui.errands import Errand

if TYPE_CHECKING:
    from newstui.refresh import Progress, SourceResult


@dataclass
class Progressed(Message):
    """Some of a source has been read and is in the library.

    ``done`` of ``total`` files or pages are behind it, total 0 when unknown. ``read`` of all ``sources`` are, and
    ``new`` articles came; where there is nothing to say of sources, it is about something else that was done.
    """

    source: str
    done: int
    total: int
    new: int
    read: int = 0
    sources: int = 0


class Result(NamedTuple):
    """How the reading of one source went; ``last_good`` is when it went well last, in seconds."""

    source: str
    new: int
    changed: int
    articles: int
    problems: int
    error: str
    last_good: int | None
    note: str = ""


@dataclass
class Finished(Message):
    """Every source has been read, or the reading ended before: by ``error``, or because it was stopped.

    ``is_asked`` says whether the reader had asked for it, ``is_elsewhere`` that another program was reading.
    """

    results: tuple[Result, ...]
    error: str = ""
    sources: int = 0
    is_asked: bool = True
    is_stopped: bool = False
    is_elsewhere: bool = False


class Refresher:
    """Reads sources one round at a time and tells a screen how it goes.

    What a batch had not committed when newstui was left is read again.
    """

    def __init__(self, library: Library, listener: MessagePump, now: Callable[[], int], settings: Settings) -> None:
        self._library = library
        self._listener = listener
        self._now = now
        self._settings = settings
        self._round: Errand | None = None
        self._is_running = False

    @property
    def is_running(self) -> bool:
        """Whether a round is under way."""
        return self._is_running

    def start(self, subscriptions: Sequence[Subscription], *, is_asked: bool = True) -> bool:
        """Read these sources; False if a round is under way already."""
        if self.is_running or not subscriptions:
            return False
        self._is_running = True
        self._round = Errand("refresh", self._read(subscriptions, is_asked), self._listener.post_message)
        return True

    def cancel(self) -> None:
        """Stop at once; what was read stays."""
        if self._round is not None:
            self._round.stop()

    async def _read(self, subscriptions: Sequence[Subscription], is_asked: bool) -> Finished:
        from newstui.refresh.lock import AlreadyRefreshing

        finished = Finished((), sources=len(subscriptions), is_asked=is_asked)
        tally = _Tally([source.name for source in subscriptions])
        try:
            await self._follow(subscriptions, tally)
        except asyncio.CancelledError:
            finished.is_stopped = True
        except NewsError as error:
            finished.error, finished.is_elsewhere = str(error), isinstance(error, AlreadyRefreshing)
        finally:
            self._is_running = False  # before it is told: who hears of the end can ask for another round
        finished.results = tuple(tally.results)
        return finished

    async def _follow(self, subscriptions: Sequence[Subscription], tally: "_Tally") -> None:
        from newstui.refresh import refresh
        from newstui.sources.web import Web

        is_always_full = self._settings.full_text == "always"
        async with AsyncExitStack() as opened:
            library = opened.enter_context(self._library.another())
            web = await opened.enter_async_context(Web.of(self._settings))
            reading = refresh(library, subscriptions, self._now, web, is_patient=False, is_always_full=is_always_full)
            async with aclosing(reading) as events:
                async for event in events:
                    self._listener.post_message(tally.progress_at(event))


class _Tally:
    """What a round has brought so far."""

    def __init__(self, sources: Sequence[str]) -> None:
        self.results: list[Result] = []
        self._new = dict.fromkeys(sources, 0)

    def progress_at(self, event: "Progress | SourceResult") -> Progressed:
        """How far the round is at an event of it, which may be about something else than a source."""
        from newstui.refresh import Progress

        done, total = 0, 0
        if isinstance(event, Progress):
            done, total = event.done, event.total
        else:
            self.results.append(_result(event))
        if event.source not in self._new:
            return Progressed(event.source, done, total, event.new)
        self._new[event.source] = event.new
        return Progressed(event.source, done, total, sum(self._new.values()), len(self.results), len(self._new))


def _result(event: "SourceResult") -> Result:
    return Result(
        event.source,
        event.new,
        event.changed,
        event.articles,
        len(event.problems),
        event.error,
        event.last_good,
        event.note,
    )
