"""Textual's driver, for a terminal that may be hostile, slow, stopped or gone."""

import os
import signal
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from newstui.terminal.ending import hang_up, on_signals, watch_for_hangup
from newstui.terminal.output import TerminalOutput
from newstui.terminal.pace import Pace
from newstui.terminal.surroundings import look
from newstui.terminal.wall import through

RESIZE_PAUSE = 0.05
"""Seconds between two layouts while the terminal is being resized."""

_RESTORED = "".join(
    [
        "\x1b[?2026l\x1b[0m",  # show what is held back, plain
        *(f"\x1b[?{mode}l" for mode in (1000, 1003, 1015, 1006, 1016, 1004, 2004, 2048)),
        "\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h",  # keyboard, line wrap, first screen, cursor
    ]
)


def driver_for(end: Callable[[int], object]) -> "type[NewsDriver]":
    """The driver class for an app that ends through ``end``, which gets the exit status when a signal asks for it.

    ::

        class NewsApp(App[None]):
            def __init__(self) -> None:
                super().__init__(driver_class=driver_for(self.end))

            def end(self, status: int) -> None:
                self.keep_session()
                self.exit(return_code=status)

    ``end`` runs in the event loop, beside the messages, so that a dialog that waits cannot hold it up.
    """

    class EndingDriver(NewsDriver):
        def end(self, status: int) -> None:
            end(status)

    return EndingDriver


class NewsDriver(LinuxDriver):
    """Writes nothing that is not newstui's own, and ends with the terminal."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        charset = look(os.environ, is_tty=True).charset
        assert sys.__stderr__ is not None
        self._file: Any = TerminalOutput(sys.__stderr__.fileno(), charset)
        self._resizes = Pace(self._loop, RESIZE_PAUSE)
        self._is_drawing = False
        self._is_watching = False

    def write(self, data: str) -> None:
        """Write what Textual draws, through the wall."""
        super().write(through(data))

    def start_application_mode(self) -> None:
        """Take the terminal, and from the first time on listen for the end."""
        self._is_drawing = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._slow_down_resizes()
        if self._is_watching:
            self._draw_again()
        else:
            self._is_watching = True
            self._watch()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
        super().stop_application_mode()
        self._is_drawing = False

    def restore_at_once(self) -> None:
        """Give the terminal back without waiting for anyone; for a process that is about to be ended."""
        if not self._is_drawing:
            return
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError):
            _write_now(os.ttyname(self.fileno), _RESTORED)

    def run_input_thread(self) -> None:
        """Read keys until the end; bytes that are no text are passed over, a lost terminal ends the program."""
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                continue
            except OSError:
                hang_up()
                return

    def process_message(self, message: Message) -> None:
        """Hand on what the terminal reports, resizes at their pace."""
        if isinstance(message, events.Resize):
            self._resizes.request(partial(super().process_message, message))
        else:
            super().process_message(message)

    def end(self, status: int) -> None:
        """Leave the app with this exit status, because a signal asks for it."""
        self._app.exit(return_code=status)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing: ``opener.open_link`` does, and this would start a browser on our terminal."""

    def _watch(self) -> None:
        on_signals(self._loop, self.end, self.restore_at_once)
        watch_for_hangup(self.fileno)

    def _draw_again(self) -> None:
        # Textual does not after SIGCONT, and taking the terminal has cleared it.
        self._loop.call_soon_threadsafe(partial(self._app.call_later, self._app.refresh, layout=True))

    def _slow_down_resizes(self) -> None:
        textual_handler = signal.getsignal(signal.SIGWINCH)
        if callable(textual_handler):
            resized = partial(textual_handler, signal.SIGWINCH, None)
            signal.signal(signal.SIGWINCH, lambda *_: self._resizes.request(resized))


def _write_now(place: str, text: str) -> None:
    """Write to a terminal that may be stopped: opened anew, since the shell shares the descriptor we have."""
    descriptor = os.open(place, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
