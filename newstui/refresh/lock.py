"""One refresher for a library, however many programs have it open."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from newstui.errors import LibraryError

LOOK_AGAIN = 0.1
"""Seconds between two looks at whether the other refresher is done."""


class AlreadyRefreshing(LibraryError):
    """Another program is the refresher of this library now."""


@asynccontextmanager
async def only_refresher(library: Path | None, *, is_patient: bool) -> AsyncIterator[None]:
    """Be the only one to refresh this library; ``is_patient`` waits for another to end, else AlreadyRefreshing says so.

    A library in memory has no other; where no lock can be had, as on some network disks, it is done without.
    """
    descriptor = _opened(library)
    if descriptor is None:
        yield
        return
    try:
        while not _is_locked_by_us(descriptor):
            if not is_patient:
                what = "another newstui is reading the sources of this library"
                raise AlreadyRefreshing(what, where=str(library), advice="what it brings will be here at once")
            await asyncio.sleep(LOOK_AGAIN)
        yield
    finally:
        os.close(descriptor)


def _opened(library: Path | None) -> int | None:
    if library is None:
        return None
    with suppress(OSError):
        return os.open(f"{library}.refresh", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    return None


def _is_locked_by_us(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
