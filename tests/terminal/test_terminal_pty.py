"""The driver in a real pseudo-terminal: the wall, the end, and rough places."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

import newstui
from tests.processes import is_busy, is_stopped

SAMPLE = Path(__file__).parent / "sample_app.py"
COLUMNS, LINES = 100, 30
ENVIRON = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "TEXTUAL_ANIMATIONS": "none",
    "PYTHONPATH": str(Path(newstui.__file__).parents[1]),
}
PATIENCE = 20.0
BUSY_MACHINE = 20.0
"""Seconds that a loaded machine may add to a deadline."""
MODES = ("1000", "1003", "1004", "1006", "1015", "1016", "1049", "2004", "2026", "2048")
GRAMMAR = re.compile(
    rb"\x1b\[[\d;]*m|\x1b\[\d+;\d+H|\r\n(?=\x1b\[)"
    rb"|\x1b\]8;[^;\x00-\x20\x7f-\xff]*;(?:https?://[\x21-\x7e]+)?\x1b\\"
    rb"|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]|\x1b\[\?\d+\$p|\x1b\[>\d+u|\x1b\[<u"
    rb"|\x1b\]22;[a-z-]+\x07"
)
CONTROL = re.compile(r".{0,9}[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069].{0,9}")
QUESTION = re.compile(rb"\x1b\[\?\d+\$p|\x1b\[[<>]\d*u")  # pyte would print their ends


class Terminal:
    """The sample app in a terminal of its own, and everything that it wrote."""

    def __init__(self, state: Path, *arguments: str, **environ: str) -> None:
        self.state = state
        self.written = b""
        self.master, self.slave = pty.openpty()
        self.resize(COLUMNS, LINES)
        self.attributes = termios.tcgetattr(self.slave)
        program = [sys.executable, str(SAMPLE), *arguments, str(state)]
        self.process = subprocess.Popen(
            # A session leader's first terminal becomes its controlling one.
            ["/bin/sh", "-c", 'exec "$@" <"$0" >"$0" 2>"$0"', os.ttyname(self.slave), *program],
            env={**os.environ, **ENVIRON, **environ},
            start_new_session=True,
        )

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read_until(self, is_enough: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_enough():
            assert time.monotonic() < deadline, f"nothing more came after {self.written[-300:]!r}"
            self.read(0.2)

    def read_until_quiet(self, seconds: float = 0.5) -> None:
        while self.read(seconds) or is_busy(self.process.pid):
            pass

    def read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        self.written += os.read(self.master, 65536)
        return True

    def until_shown(self, text: str) -> None:
        self.read_until(lambda: any(text in line for line in self.screen().display))
        self.read_until_quiet()

    def until_kept(self, text: str) -> None:
        self.read_until(lambda: self.state.exists() and self.state.read_text() == text)

    def press(self, keys: bytes) -> None:
        os.write(self.master, keys)
        self.read_until_quiet()

    def screen(self) -> pyte.Screen:
        screen = pyte.Screen(COLUMNS, LINES)
        pyte.ByteStream(screen).feed(QUESTION.sub(b"", self.written))
        return screen

    def ends_within(self, seconds: float) -> int:
        """Wait for the end, reading as a terminal does; the exit status, or minus the signal."""
        deadline = time.monotonic() + seconds + BUSY_MACHINE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "the program is still there"
            self.read(0.02)
        self.read_until_quiet(0.05)
        return self.process.returncode

    def mode(self, number: str) -> bytes:
        """How a mode was last set: b"h", b"l", or nothing."""
        last: list[bytes] = re.findall(rb"\x1b\[\?" + number.encode() + rb"([hl])", self.written)
        return last[-1] if last else b""

    def assert_restored(self) -> None:
        assert {mode: self.mode(mode) for mode in MODES if self.mode(mode) == b"h"} == {}
        assert (self.mode("25"), self.mode("7")) == (b"h", b"h")
        assert self.written.count(b"\x1b[<u") == self.written.count(b"\x1b[>25u")
        assert termios.tcgetattr(self.slave) == self.attributes

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.slave)
        os.close(self.master)


Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the sample app; every terminal is closed after the test."""
    terminals: list[Terminal] = []

    def start(*arguments: str, **environ: str) -> Terminal:
        terminals.append(Terminal(tmp_path / f"state{len(terminals)}", *arguments, **environ))
        terminals[-1].until_shown("ready")
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


@pytest.mark.parametrize("theme", ["textual-dark", "ansi-dark"])
def test_the_wall_changes_nothing_of_what_textual_draws(start: Start, theme: str) -> None:
    screens = []
    for driver in ("stock", "ours"):
        terminal = start(driver, theme, "plain")
        terminal.press(b"\x1b[?2026;2$y")  # the terminal can hold a frame back
        for keys in (b"\x1b[6~", b"\x1b[B", b"n", b"d", b"x", b"\x1b"):
            terminal.press(keys)
        screens.append((terminal.screen(), len(terminal.written)))
    (stock, stock_size), (ours, our_size) = screens
    assert ours.display == stock.display
    assert all(ours.buffer[row] == stock.buffer[row] for row in range(LINES))
    assert our_size == pytest.approx(stock_size, rel=0.3)


def test_no_sequence_of_hostile_content_reaches_the_terminal(start: Start) -> None:
    terminal = start("ours", "textual-dark", "hostile")
    for keys in (b"\x1b[6~", b"n", b"d", b"x", b"\x1b", b"q"):
        terminal.press(keys)
    assert terminal.ends_within(1) == 0
    left = GRAMMAR.sub(b"", terminal.written).decode()
    assert CONTROL.findall(left) == []
    terminal.assert_restored()


def test_hostile_content_can_not_draw_in_another_place(start: Start) -> None:
    screen = start("ours", "textual-dark", "hostile").screen()
    assert screen.display[0].startswith("ready csi ?[1;1HFAKE?[2J?[31m end")
    assert screen.display[1].startswith("   0 csi ?[1;1HFAKE?[2J?[31m end link")
    assert len(screen.display[1].rstrip()) <= COLUMNS


def test_a_copy_key_reaches_the_clipboard_and_content_does_not(start: Start) -> None:
    terminal = start("ours", "textual-dark", "hostile")
    assert b"\x1b]52" not in terminal.written
    terminal.press(b"c")
    assert terminal.written.count(b"\x1b]52;c;Y29waWVkIHRleHQ=\x07") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_keeps_the_state_restores_the_terminal_and_ends(start: Start, number: signal.Signals) -> None:
    terminal = start("ours", "textual-dark", "plain")
    terminal.process.send_signal(number)
    assert terminal.ends_within(1) == 128 + number
    assert terminal.state.read_text() == f"kept {128 + number}"
    terminal.assert_restored()


def test_a_second_signal_changes_nothing(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    for number in (signal.SIGHUP, signal.SIGHUP, signal.SIGTERM):
        terminal.process.send_signal(number)
    assert terminal.ends_within(1) in (128 + signal.SIGHUP, 128 + signal.SIGTERM)
    assert terminal.state.read_text().startswith("kept")
    terminal.assert_restored()


def test_a_signal_ends_a_program_that_is_busy(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    terminal.press(b"b")
    terminal.until_kept("blocked")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ends_within(1) == 128 + signal.SIGTERM
    terminal.assert_restored()


def test_a_signal_ends_a_program_whose_thread_never_does(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    terminal.press(b"t")
    terminal.until_kept("started")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ends_within(1) == 128 + signal.SIGTERM
    assert terminal.state.read_text() == "kept 143"
    terminal.assert_restored()


def test_a_signal_ends_a_program_whose_terminalis_stopped(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    os.write(terminal.master, b"\x1b[6~" * 50)  # more than a terminal takes unless it is read
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.process.wait(1 + BUSY_MACHINE) == 128 + signal.SIGTERM


def test_a_closed_terminal_ends_the_program_although_hangups_are_ignored(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    os.close(terminal.master)
    os.close(terminal.slave)
    assert terminal.process.wait(2 + BUSY_MACHINE) == 128 + signal.SIGHUP
    assert terminal.state.read_text() == "kept 129"
    terminal.master, terminal.slave = pty.openpty()


def test_a_stopped_program_gives_the_terminal_back_and_takes_it_again(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    before = terminal.screen().display
    terminal.process.send_signal(signal.SIGTSTP)
    terminal.read_until(lambda: is_stopped(terminal.process.pid))
    terminal.read_until_quiet()
    terminal.assert_restored()
    terminal.written += b"\x1b[2J"
    terminal.process.send_signal(signal.SIGCONT)
    terminal.read_until(lambda: terminal.screen().display == before)
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ends_within(1) == 128 + signal.SIGTERM
    terminal.assert_restored()


def test_bytes_that_are_no_text_are_passed_over(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    terminal.press(b"\xff\xfe\xe9")
    terminal.press(b"q")
    assert terminal.ends_within(1) == 0
    terminal.assert_restored()


def test_a_screen_that_another_program_wrote_on_is_drawn_again(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    before = terminal.screen().display
    terminal.written += b"\x1b[3;3HBroadcast message from root\x1b[2J"
    os.write(terminal.master, b"\x0c")
    terminal.read_until(lambda: terminal.screen().display == before)


def test_a_storm_of_resizes_is_drawn_a_few_times_and_ends_right(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    began = time.monotonic()
    for step in range(200):
        terminal.resize(COLUMNS - 1 - step % 40, LINES)
        terminal.read(0.002)
    terminal.resize(COLUMNS, LINES - 1)
    seconds = time.monotonic() - began
    terminal.read_until_quiet()
    assert "ready" in terminal.screen().display[0]
    terminal.press(b"q")
    assert terminal.ends_within(1) == 0
    layouts = int(terminal.state.read_text().removeprefix("resized "))
    assert 1 <= layouts <= 3 + seconds / 0.05


@pytest.mark.parametrize(
    ("locale", "charset"),
    [({"LC_ALL": "C"}, "ascii"), ({"LANG": "C"}, "ascii"), ({"LANG": "de_DE.ISO-8859-1"}, "iso8859-1")],
)
def test_a_locale_without_utf_8_gets_what_it_can_show(start: Start, locale: dict[str, str], charset: str) -> None:
    terminal = start("ours", "textual-dark", "plain", **locale)
    drawn = terminal.written.decode(charset)
    screen = pyte.Screen(COLUMNS, LINES)
    pyte.Stream(screen).feed(QUESTION.sub(b"", terminal.written).decode(charset))
    assert max(drawn) < ("\x80" if charset == "ascii" else "\u0100")
    assert screen.display[1].startswith("   0 > Grid operator warns of a tight winter o * --|-- link")
    assert screen.display[2].startswith("   1 ????????????????????????????")
    assert screen.display[3].startswith('   2 Cafe prices: "we have no choice", say owners~ link')
    assert screen.display[4].startswith("   3 Storm ?? closes three ports link")


def test_an_idle_screen_writes_nothing(start: Start) -> None:
    terminal = start("ours", "textual-dark", "plain")
    size = len(terminal.written)
    terminal.read_until_quiet(2)
    assert len(terminal.written) == size
