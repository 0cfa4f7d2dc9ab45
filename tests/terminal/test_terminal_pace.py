"""Requests that come too fast."""

import asyncio
import selectors
from itertools import pairwise
from typing import Any

import pytest

from newstui.terminal.pace import Pace


class _Clock(selectors.DefaultSelector):
    """Passes the time that a loop would wait for, at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 100.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, Any]]:
        ready = super().select(0)
        if not ready:
            self.now += timeout or 0
        return ready


@pytest.fixture
def times() -> list[tuple[float, int]]:
    """When each of 100 requests, one a hundredth of a second, was answered."""
    clock = _Clock()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.now  # type: ignore[method-assign]
    pace = Pace(loop, 0.05)
    answered: list[tuple[float, int]] = []

    async def ask() -> None:
        for number in range(100):
            pace.request(lambda number=number: answered.append((clock.now - 100, number)))  # type: ignore[misc]
            await asyncio.sleep(0.01)
        await asyncio.sleep(1)

    loop.run_until_complete(ask())
    loop.close()
    return answered


def test_the_first_request_is_answered_at_once(times: list[tuple[float, int]]) -> None:
    assert times[0] == (0, 0)


def test_the_last_request_is_always_answered(times: list[tuple[float, int]]) -> None:
    assert times[-1][1] == 99


def test_answers_keep_their_distance(times: list[tuple[float, int]]) -> None:
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(times)]
    assert min(gaps) > 0.0499
    assert len(times) in (20, 21)
