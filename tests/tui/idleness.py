"""When a program under a pilot has done what was asked of it, however busy the machine is."""

import asyncio
import math
from typing import Any

FRAME = 1 / 50
"""Seconds between two looks of a screen at what is to be drawn, and a little more."""


async def until_idle(_least: float = 0, _most: float = 1, frames: int = 20) -> None:
    """Wait until the loop has nothing to do, now or within a frame; what is due in every frame is left in the end."""
    loop: Any = asyncio.get_running_loop()
    for _ in range(frames):
        await _until_none_is_ready(loop)
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=math.inf)
        if due > loop.time() + FRAME:
            break
        await asyncio.sleep(max(0.0, due - loop.time()))


async def _until_none_is_ready(loop: Any, turns: int = 10_000) -> None:
    """Let everything go on that can: each turn runs what the one before has made ready."""
    for _ in range(turns):
        await asyncio.sleep(0)
        if not loop._ready:
            break
