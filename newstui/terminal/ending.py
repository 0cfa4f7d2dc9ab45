"""Ends the program in time when it is told to, whatever it is doing."""

import asyncio
import contextlib
import os
import select
import signal
import threading
import time
from collections.abc import Callable

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
GRACE = 0.8
"""Seconds that an orderly end may take before the process is ended where it stands."""


def on_signals(loop: asyncio.AbstractEventLoop, end: Callable[[int], object], restore: Callable[[], object]) -> None:
    """Call ``end`` with the exit status 128 + n in the loop when signal n asks for the end.

    A process that is still there after ``GRACE`` seconds calls ``restore`` and is gone: a blocked loop, a stopped
    terminal or a thread that waits for a name server can't hold it. Further signals change nothing. A thread
    listens, not ``loop.add_signal_handler``: that does nothing while the loop is busy, and would take the wakeup
    descriptor away, so nobody may use it beside this.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in SIGNALS:
        signal.signal(number, lambda *_: None)
    threading.Thread(target=_end, args=(reader, loop, end, restore), name="newstui-signals", daemon=True).start()


def watch_for_hangup(descriptor: int) -> None:
    """Turn the loss of the terminal into SIGHUP, since the kernel's own may be ignored or never sent."""
    threading.Thread(target=_hangup, args=(descriptor,), name="newstui-hangup", daemon=True).start()


def hang_up() -> None:
    """Do as if the terminal had been closed."""
    os.kill(os.getpid(), signal.SIGHUP)


def _hangup(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, 0)  # nothing is asked for: only the loss of it is told
    poll.poll()
    hang_up()


def _end(
    reader: int, loop: asyncio.AbstractEventLoop, end: Callable[[int], object], restore: Callable[[], object]
) -> None:
    status = 128 + _signal(reader)
    with contextlib.suppress(RuntimeError):  # the loop is closed: the program is ending already
        loop.call_soon_threadsafe(end, status)
    time.sleep(GRACE)
    restore()
    os._exit(status)


def _signal(reader: int) -> int:
    while (number := os.read(reader, 1)[0]) not in SIGNALS:
        pass
    return number
