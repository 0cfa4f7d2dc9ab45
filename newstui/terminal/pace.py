"""Thins out what comes too fast to be answered each time."""

import asyncio
from collections.abc import Callable


class Pace:
    """Runs the latest of many requests, at once or as soon as ``seconds`` have passed since the last one."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self._loop = loop
        self._seconds = seconds
        self._next = 0.0
        self._latest: Callable[[], object] | None = None

    def request(self, action: Callable[[], object]) -> None:
        """Run this action when it is time, unless a later one takes its place. Any thread may call this."""
        self._loop.call_soon_threadsafe(self._take, action)

    def _take(self, action: Callable[[], object]) -> None:
        is_waiting = self._latest is not None
        self._latest = action
        if not is_waiting:
            self._loop.call_later(max(0, self._next - self._loop.time()), self._run)

    def _run(self) -> None:
        action, self._latest = self._latest, None
        self._next = self._loop.time() + self._seconds
        if action is not None:
            action()
