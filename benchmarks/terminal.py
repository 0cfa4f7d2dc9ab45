"""A program in a pseudo-terminal: what it draws, when, and what it costs."""

import fcntl
import os
import pty
import select
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

QUIET = 0.25  # seconds without output after which a program is at rest
SYNC_ASKED, SYNC_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


@dataclass(frozen=True, slots=True)
class Burst:
    """What a program drew at a stretch: seconds to the first and to the last byte, and the bytes."""

    first: float
    last: float
    output: bytes


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program took in all: seconds of CPU, and its peak memory in MiB."""

    cpu: float
    memory: float


class Program:
    """A program that believes it has a terminal of its own."""

    def __init__(self, command: Sequence[str], columns: int = 120, lines: int = 40) -> None:
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execvp(command[0], list(command))

    def output(self, quiet: float = QUIET, patience: float = 20.0) -> Burst:
        """What it draws from now on until it is at rest."""
        start, first, last, drawn = time.perf_counter(), 0.0, 0.0, bytearray()
        while select.select([self._fd], [], [], quiet if drawn else patience)[0]:
            if not (data := self._read()):
                break
            last = time.perf_counter() - start
            first = first or last
            drawn += data
        return Burst(first, last, bytes(drawn))

    def until(self, mark: bytes, patience: float = 20.0) -> float:
        """Seconds until it has drawn this text."""
        start, drawn = time.perf_counter(), bytearray()
        while mark not in drawn and select.select([self._fd], [], [], patience)[0]:
            drawn += self._read()
        return time.perf_counter() - start

    def press(self, keys: bytes) -> Burst:
        """What it draws in answer to keys."""
        os.write(self._fd, keys)
        return self.output(quiet=0.1, patience=2.0)

    def answer(self, keys: bytes, seconds: float) -> list[tuple[float, bytes]]:
        """What it draws within so many seconds after keys, each part with when it came."""
        start, drawn = time.perf_counter(), list[tuple[float, bytes]]()
        os.write(self._fd, keys)
        while (left := start + seconds - time.perf_counter()) > 0:
            if select.select([self._fd], [], [], left)[0]:
                data = self._read()
                drawn.append((time.perf_counter() - start, data))
        return drawn

    def send(self, keys: bytes) -> None:
        """Keys whose answer is looked at later."""
        os.write(self._fd, keys)

    def _read(self) -> bytes:
        """What it drew; nothing where it has ended. A terminal answers whether it can hold a frame back."""
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return b""
        if SYNC_ASKED in data:
            os.write(self._fd, SYNC_ANSWER)
        return data

    def cpu(self) -> float:
        """Seconds of CPU that it has taken so far; Linux only."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self, keys: bytes = b"Q") -> Cost:
        """Let it quit, and count what it took."""
        memory = self._peak_memory()
        os.write(self._fd, keys)
        self.output(patience=5.0)
        _, _, usage = os.wait4(self._pid, 0)
        os.close(self._fd)
        return Cost(usage.ru_utime + usage.ru_stime, memory)

    def _peak_memory(self) -> float:
        """MiB at the most; what ``wait4`` tells counts the program that started it too."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024
