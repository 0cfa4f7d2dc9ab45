"""The place of the reader, found again at the next start, and what the last state survives."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

import newstui
from newstui.article import Batch
from newstui.config import Settings
from newstui.library import Library
from tests.processes import is_busy, is_stopped

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Report

NOON = 1_589_025_600
PROTEST, COMPLAINT, BILLION = (
    "JEDI: inside the nesting-doll protest",
    "Another complaint about JEDI",
    "A billion for Poland",
)
PATIENCE = 20.0
QUESTION = b"\x1b[?2026$p"


def names(rows: list[str]) -> list[str]:
    """What stands in the list, without the counts at its right: some are made only once the reader pauses."""
    return [row[:40] for row in rows[:14]]


async def test_the_next_start_shows_the_same_story_folds_filter_border_and_look(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("]", "l", "[", "j", "j", "f", "w", "S", "o", ">", ">", "T", *"ansi-l", "enter")
        reader.main.action_toggle_density()
        await reader.settle()
        before = names(reader.rows), reader.headline, reader.header, reader.main.sidebar.size.width, reader.app.theme
        await reader.app.run_action("quit")
    assert (before[1], before[4]) == (COMPLAINT, "ansi-light")
    async with read(news) as reader:
        after = names(reader.rows), reader.headline, reader.header, reader.main.sidebar.size.width, reader.app.theme
        assert after == before
        assert reader.article.startswith(COMPLAINT)


async def test_the_settings_hold_again_where_the_reader_chose_nothing_else(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        assert (reader.app.theme, reader.main.rows.sort) == ("dark", "newest")
        reader.app.keep_place()
    changed = Settings(theme="light", sort="oldest", mark_read_after="never", refresh_every="never")
    async with read(news, settings=changed) as reader:
        assert (reader.app.theme, reader.main.rows.sort) == ("light", "oldest")


async def test_a_long_list_starts_again_with_the_story_in_view(many: Library, read: "Read") -> None:
    async with read(many) as reader:
        await reader.press(*["pagedown"] * 30)
        headline = reader.headline
        reader.app.keep_place()
    async with read(many) as reader:
        assert reader.headline == headline
        assert headline in reader.row(headline)
        assert reader.article.startswith(headline)


async def test_words_that_were_typed_everywhere_are_on_again(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("/", *"lo", "tab", "enter", "j")
        before = reader.headline, reader.header
        reader.app.keep_place()
    async with read(news) as reader:
        assert (reader.headline, reader.header) == before
        assert "2 of 9" in reader.header


async def test_the_text_alone_is_alone_again(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "z")
        reader.app.keep_place()
    async with read(news) as reader:
        assert not reader.main.sidebar.display
        assert reader.article.startswith(COMPLAINT)
        assert reader.main.main_pane.has_focus
        await reader.press("q")
        assert reader.main.sidebar.display
        assert reader.main.sidebar.has_focus


async def test_a_story_that_is_gone_gives_way_to_the_first(report: "Report", read: "Read") -> None:
    with Library.open(None) as library:
        library.keep_session({"group": "topic:77", "story": 12345, "unfolded": ["topic:77"], "theme": "no such theme"})
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report("One"), report("Two", hours=2))), NOON)
        async with read(library) as reader:
            assert reader.headline in ("News", "One")
            assert reader.app.theme == "dark"


async def test_a_half_typed_filter_is_not_kept(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "/", *"jedi prot")
        reader.app.keep_place()
    async with read(news) as reader:
        assert "4 unread" in reader.header


async def test_the_place_is_kept_soon_after_each_move(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j")
        assert reader.main._keep_timer is not None
        reader.main.keep_session()
        assert reader.main.story is not None
        assert reader.library.session()["story"] == reader.main.story.id


# --- as installed, in a terminal


class Terminal:
    """The program in a terminal of its own."""

    def __init__(self, columns: int = 100, lines: int = 30, **environ: str) -> None:
        self.written = b""
        self.size = columns, lines
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        variables = {"TERM": "xterm-256color", "PYTHONPATH": str(Path(newstui.__file__).parents[1])}
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$@" <"$0" >"$0" 2>"$0"', os.ttyname(slave), sys.executable, "-m", "newstui"],
            env={**os.environ, **variables, **environ},
            start_new_session=True,
        )
        os.close(slave)

    def until(self, text: str) -> None:
        """Read until the screen shows a text, then until nothing more comes."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.screen:
            assert time.monotonic() < deadline, self.screen
            self.read(0.2)
        while self.read(0.3) or is_busy(self.process.pid):
            pass

    def press(self, keys: bytes, text: str) -> None:
        os.write(self.master, keys)
        self.until(text)

    @property
    def screen(self) -> str:
        screen = pyte.Screen(*self.size)
        written = self.written
        for question in (QUESTION, b"\x1b[?2048$p", b"\x1b[>25u", b"\x1b[<u", b"\x1b[?u"):
            written = written.replace(question, b"")
        pyte.ByteStream(screen).feed(written)
        return "\n".join(screen.display)

    def ended(self) -> int:
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline
            self.read(0.05)
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            self.written += (got := os.read(self.master, 65536))
        except OSError:
            return False
        return bool(got)


@pytest.fixture
def terminals(surroundings: Path) -> Iterator[list[Terminal]]:
    """Terminals that are closed after the test, for a reader to whom no story is read by resting on it."""
    settings = surroundings / ".config" / "newstui" / "config.toml"
    settings.parent.mkdir()
    settings.write_text('mark_read_after = "never"\n')
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_place_and_what_was_marked(
    terminals: list[Terminal], surroundings: Path, number: signal.Signals
) -> None:
    terminals.append(first := Terminal())
    first.until("Read the samples")
    first.press(b"s", "new articles")
    first.press(b"jj", "3/")
    first.press(b"s", "Saved")
    (headline,) = [line[4:30] for line in first.screen.split("\n") if line.startswith("▌ ●")]
    first.process.send_signal(number)
    assert first.ended() == 128 + number
    terminals.append(second := Terminal())
    second.until(f"▌ ● {headline}"[:24])
    assert "★" in second.screen


def test_ctrl_z_gives_the_terminal_back_and_the_reader_comes_again(terminals: list[Terminal]) -> None:
    terminals.append(terminal := Terminal())
    terminal.until("Read the samples")
    terminal.press(b"s", "new articles")
    before = terminal.screen.split("\n")[:12]
    os.write(terminal.master, b"\x1a")
    deadline = time.monotonic() + PATIENCE
    while not is_stopped(terminal.process.pid):
        assert time.monotonic() < deadline
        terminal.read(0.1)
    terminal.written += b"\x1b[2J"
    terminal.process.send_signal(signal.SIGCONT)
    terminal.until(before[2][:30])
    assert terminal.screen.split("\n")[:12] == before
