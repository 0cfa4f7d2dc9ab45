"""Work beside the screen: each errand has a thread of its own, and tells by a message how it went."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from textual.message import Message


class Errand:
    """Something asynchronous that a screen does not wait for.

    ``work`` begins at once and gives the message that ``tell`` is called with in the end. The thread is a daemon:
    leaving newstui does not wait for it.
    """

    def __init__(self, name: str, work: Coroutine[Any, Any, Message], tell: Callable[[Message], object]) -> None:
        self._tell = tell
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(work)
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def stop(self) -> None:
        """Cancel the work where it waits; it tells nothing then, unless it says itself what came of it."""
        with suppress(RuntimeError):  # it has ended meanwhile
            self._loop.call_soon_threadsafe(self._task.cancel)

    def _run(self) -> None:
        with suppress(asyncio.CancelledError), asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            self._tell(runner.get_loop().run_until_complete(self._task))
