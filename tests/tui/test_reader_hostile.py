"""Hostile text in every widget and message of the reader: it is shown as text, and nothing of it is obeyed."""

import base64
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import newstui
from newstui.article import Batch, Outlet
from newstui.errors import Problem
from newstui.library import Library
from tests.processes import is_busy

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report

NOON = 1_589_025_600
ACTION = "[@click=app.quit]x[/]"
OSC_52 = f"\x1b]52;c;{base64.b64encode(b'taken').decode()}\x07"
HOSTILE = {
    "an action": ACTION,
    "a closing tag": "[/]",
    "a colour": "[BREAKING] [$error]50%[/] news",
    "the clipboard": f"copy{OSC_52}that",
    "colours": "\x1b[31mred\x1b[0m \x9b31m \x1b]0;title\x07 \x1bPq\x1b\\",
    "a long word": "W" * 10_000,
    "long": "word " * 2_000,
    "right to left": "\u202eright \u2066to\u2069 left\u202c שלום مرحبا",
    "a family": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 " * 4,
    "marks": "Z\u0351\u036b\u0343\u036a" * 30 + "e\u0301" * 8,
    "quotes": "`;$(touch canary)|&\n-- \"'<b>&lt;script&gt;</b>",
    "nothing": "\u200b\u2060",
}
KEYS = "m s A u ctrl+r j k enter c enter h i escape U escape o escape y Y M escape f escape f+o f+x t escape z z G g n"
TYPED = b"g l j j j j j s A u i ESC U ESC t ESC RET q M ESC f o f x j j j j :sources RET RET ESC"
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile("[\u200b\u2060]")


def library_of(report: "Report", text: str) -> Library:
    """A library in which everything is called so."""
    library = Library.open(None)
    source = library.subscribe("folder", "/news/" + text.replace("\x00", "")[:200], text[:200] or "News")
    named = {"outlet": Outlet(name=text, domain=text), "category": text, "kind": text}
    link, picture = {"label": text, "url": "https://link.example/"}, {"url": "https://picture.example/a.png"}
    main = report(
        f"{text} end",
        text,
        excerpt=text,
        text=f"{text}\n\n# {text}\n\n- {text}\n\n[{text}](https://x.example)",
        url="https://news.example/1",
        links=(link,),
        images=(picture,),
        warnings=(text,),
        place=text,
        **named,
    )
    listed = report(f"{text} listed", url="https://news.example/2", origin="listed", topics=(), **named)
    library.add(source.id, Batch((main,), listed=(listed,), related={main.url: (listed.url,)}), NOON)
    library.finish(source.id, NOON, error=text, problems=[Problem(text, 1, text)])
    return library


def assert_harmless(reader: "Reader") -> None:
    assert reader.app.return_code is None
    assert FORBIDDEN.findall(reader.text) == []
    for pane in (reader.main.sidebar, reader.main.main_pane):
        for y in range(pane.size.height):
            assert pane.line_at(y).cell_length == pane.size.width


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_text_from_outside_is_more_than_text(report: "Report", read: "Read", name: str) -> None:
    with library_of(report, HOSTILE[name]) as library:
        library.keep_view(f"My {HOSTILE[name][:50]}", "is:unread", NOON) if name != "nothing" else None
        async with read(library, is_remote=True) as reader:
            assert_harmless(reader)
            for keys in KEYS.split(" "):
                await reader.press(*keys.split("+") if keys != "ctrl+r" else [keys])
                assert_harmless(reader)
            reader.main.action_sources()
            await reader.settle()
            await reader.press("enter")
            assert_harmless(reader)
            await reader.press("escape", "M", "o")
            assert_harmless(reader)
            await reader.press("u")
            assert_harmless(reader)


async def test_what_looks_like_markup_is_shown_as_it_is_written(report: "Report", read: "Read") -> None:
    with library_of(report, ACTION) as library:
        async with read(library) as reader:
            assert f"{ACTION} end" in reader.row("end")
            assert f"{ACTION} end" in reader.article
            assert reader.row(f"▾ {ACTION}")
            assert reader.header.endswith(f"{ACTION} failed")
            await reader.press("s")
            assert f"Saved “{ACTION} end” · u undoes" in reader.footer
            await reader.press("t")
            assert reader.text.count(ACTION) > 3
            await reader.press("enter")
            for x in range(8, 40, 3):
                await reader.pilot.click(reader.main.sidebar, offset=(x, 2))
                await reader.pilot.click(reader.main.main_pane, offset=(x, 1))
            await reader.settle()
            assert reader.app.return_code is None


async def test_a_headline_of_10000_characters_is_cut_where_it_must(report: "Report", read: "Read") -> None:
    with library_of(report, HOSTILE["a long word"]) as library:
        async with read(library) as reader:
            assert reader.headline == "W" * 499 + "…"
            assert "W…" in reader.rows[0]
            assert "W…" in reader.rows[1]
            assert "W" * 40 in reader.article
            assert "".join(reader.article.split()).startswith("W" * 499 + "…")


async def test_what_is_typed_is_text_too(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        for opening in ("/", "F"):
            await reader.press(opening)
            for letter in "[/] [@click=app.quit]x":
                await reader.pilot.press({" ": "space"}.get(letter, letter))
            await reader.press("enter")
            assert_harmless(reader)
            await reader.press("escape", "escape")


async def test_a_view_named_in_markup_is_shown_and_said_as_written(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("f", "u")
        reader.main.action_keep_view()
        await reader.settle()
        await reader.type("[b]Mine[/]")
        await reader.press("enter")
        assert "Kept as the view “[b]Mine[/]”" in reader.footer
        assert reader.row("[b]Mine[/]")


# --- what reaches the terminal

GRAMMAR = re.compile(
    rb"\x1b\[[\d;]*m|\x1b\[\d+;\d+H|\r\n(?=\x1b\[)|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"
    rb"|\x1b\[\?\d+\$p|\x1b\[>\d+u|\x1b\[<u|\x1b\]22;[a-z-]+\x07|\x1b\]8;[^;\x00-\x20\x7f-\xff]*;(?:https?://[\x21-\x7e]+)?\x1b\\"
)
BACKSLASH = "\\"
OSC = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


class Terminal:
    """The program on a folder, in a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self.written = b""
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        checkout = str(Path(newstui.__file__).parents[1])
        environ = {"TERM": "xterm-256color", "SSH_CONNECTION": "there", "PYTHONPATH": checkout}
        program = [sys.executable, "-m", "newstui", str(folder)]
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$@" <"$0" >"$0" 2>"$0"', os.ttyname(slave), *program],
            env=os.environ | environ,
            start_new_session=True,
        )
        os.close(slave)

    def read_until(self, text: bytes) -> None:
        deadline = time.monotonic() + 20
        while text not in self.written:
            assert time.monotonic() < deadline, self.written[-500:]
            self.read(0.2)
        while self.read(0.3) or is_busy(self.process.pid):
            pass

    def press(self, keys: bytes) -> None:
        os.write(self.master, keys)
        while self.read(0.4) or is_busy(self.process.pid):
            pass

    def read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            got = os.read(self.master, 65536)
        except OSError:
            return False
        self.written += got
        return bool(got)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def document(number: int, text: str) -> str:
    """An article in which every text is this one."""
    quoted, name = (f'"{"".join(f"{BACKSLASH}U{ord(letter):08X}" for letter in text[:most])}"' for most in (5_000, 150))
    head = f"title: {quoted}\nexcerpt: {quoted}\ntopics: [{name}]\nprovider:\n  name: {name}\n  domain: news.example"
    page = f"webUrl: https://news.example/{number}\npublishedDateTime: 2020-05-08T10:00:{number:02}Z"
    return f"---\n{head}\n{page}\n---\n{text}\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The reader on a folder in which every text is hostile."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, text in enumerate(HOSTILE.values()):
        (folder / f"{number}.md").write_text(document(number, text), encoding="utf-8")
    (folder / "bad\x1b]52;c;AAAA\x07.md").write_text("no front matter")
    terminal = Terminal(folder)
    yield terminal
    terminal.close()


def test_no_byte_of_a_hostile_text_reaches_the_terminal_as_control(terminal: Terminal) -> None:
    terminal.read_until(b"new articles")
    for keys in TYPED.replace(b"ESC", b"\x1b").replace(b"RET", b"\r").split():
        terminal.press(keys)
    assert OSC.findall(terminal.written) == []
    terminal.press(b"y")
    terminal.press(b"q")
    copied = [base64.b64decode(text).decode() for text in OSC.findall(terminal.written)]
    assert all(text.startswith("https://news.example/") for text in copied)
    left = GRAMMAR.sub(b"", OSC.sub(b"", terminal.written)).decode()
    assert FORBIDDEN.findall(left) == []
    assert INVISIBLE.findall(left) == []
