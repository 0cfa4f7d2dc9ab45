"""Reading the sources beside the screen: a thread of its own, a library connection of its own."""

import asyncio
import threading
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

if TYPE_CHECKING:
    from newstui.refresh import SourceResult


@dataclass
class Progressed(Message):
    """Some of a source has been read and is in the library."""

    source: str
    done: int
    total: int
    new: int


class Result(NamedTuple):
    """How the reading of one source went; ``last_good`` is when it went well last, in seconds."""

    source: str
    new: int
    changed: int
    articles: int
    problems: int
    error: str
    last_good: int | None


@dataclass
class Finished(Message):
    """Every source has been read, or the reading was broken off by ``error``."""

    results: tuple[Result, ...]
    error: str = ""


class Refresher:
    """Reads sources one round at a time and tells a screen how it goes.

    The thread is a daemon: leaving newstui does not wait for it, and what a batch had not committed is read again.
    """

    def __init__(self, library: Library, listener: MessagePump, now: Callable[[], int], settings: Settings) -> None:
        self._library = library
        self._listener = listener
        self._now = now
        self._settings = settings
        self._is_running = False
        self._is_cancelled = threading.Event()

    @property
    def is_running(self) -> bool:
        """Whether a round is under way."""
        return self._is_running

    def start(self, subscriptions: Sequence[Subscription]) -> bool:
        """Read these sources; False if a round is under way already."""
        if self.is_running or not subscriptions:
            return False
        self._is_cancelled.clear()
        self._is_running = True
        threading.Thread(target=self._run, args=(subscriptions,), name="refresh", daemon=True).start()
        return True

    def cancel(self) -> None:
        """Stop after the batch that is being read."""
        self._is_cancelled.set()

    def _run(self, subscriptions: Sequence[Subscription]) -> None:
        try:
            finished = asyncio.run(self._read(subscriptions))
        except NewsError as error:
            finished = Finished((), str(error))
        finally:
            self._is_running = False  # before it is told: who hears of the end can ask for another round
        self._listener.post_message(finished)

    async def _read(self, subscriptions: Sequence[Subscription]) -> Finished:
        from newstui.refresh import Progress, refresh
        from newstui.sources.web import Web

        results: list[Result] = []
        is_always_full = self._settings.full_text == "always"
        async with AsyncExitStack() as opened:
            library = opened.enter_context(self._library.another())
            web = await opened.enter_async_context(Web.of(self._settings))
            reading = refresh(library, subscriptions, self._now, web, is_patient=False, is_always_full=is_always_full)
            async with aclosing(reading) as events:
                async for event in events:
                    if isinstance(event, Progress):
                        self._listener.post_message(Progressed(event.source, event.done, event.total, event.new))
                    else:
                        results.append(_result(event))
                    if self._is_cancelled.is_set():
                        break
        return Finished(tuple(results))


def _result(event: "SourceResult") -> Result:
    return Result(
        event.source, event.new, event.changed, event.articles, len(event.problems), event.error, event.last_good
    )
