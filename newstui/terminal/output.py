"""Writes to a terminal that may be slow, stopped, or gone."""

import os
import select

from newstui.terminal.charset import encoded

_MOST_HELD = 65_536


class TerminalOutput:
    """A text file for Textual's writer thread that never raises: what can't be written is dropped.

    An error would end that thread, and the program would then wait for it for ever.
    """

    def __init__(self, descriptor: int, charset: str) -> None:
        self._descriptor = descriptor
        self._charset = charset
        self._held: list[str] = []
        self._size = 0

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Take a text; it is on its way after the next ``flush`` at the latest."""
        self._held.append(text)
        self._size += len(text)
        if self._size > _MOST_HELD:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what is held to the terminal, waiting for it if need be."""
        data = memoryview(encoded("".join(self._held), self._charset))
        self._held.clear()
        self._size = 0
        try:
            while data:
                data = data[self._send(data) :]
        except OSError:
            return

    def _send(self, data: memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:  # another program made the terminal non-blocking
            select.select([], [self._descriptor], [])
            return 0
