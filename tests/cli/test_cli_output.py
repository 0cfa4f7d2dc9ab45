"""What reaches pipes, terminals and other locales, how a command ends early, and what it loads."""

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newstui.library import Library

COMMAND = (sys.executable, "-m", "newstui")
Run = Callable[..., Any]
Write = Callable[..., Path]
HOSTILE = r'"[@click=app.quit]x[/] \x1b]52;c;aGk=\x07\x1b[2J\x9b1m\u202e 微软 – é"'


def on_terminal(*words: str | Path, stdout: bool = True, **environ: str) -> tuple[bytes, int]:
    """What a command writes to a terminal, and its exit status; without ``stdout`` only what it says beside."""
    ours, its = pty.openpty()
    started = subprocess.Popen(
        [*COMMAND, *words],
        stdin=subprocess.DEVNULL,
        stdout=its if stdout else subprocess.DEVNULL,
        stderr=its,
        env=os.environ | {"TERM": "xterm"} | environ,
    )
    os.close(its)
    written = b""
    try:
        while part := os.read(ours, 4096):
            written += part
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    return written, started.wait(30)


def test_a_reader_of_a_pipe_may_leave(article: Write) -> None:
    for number in range(300):
        folder = article(f"n{number}", excerpt="word " * 100).parent
    for words in (["list", "--json", "--from", str(folder)], ["list", "--from", str(folder)]):
        with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as listing:
            assert listing.stdout
            assert listing.stderr
            assert listing.stdout.readline()
            listing.stdout.close()
            assert (listing.stderr.read(), listing.wait()) == (b"", 128 + signal.SIGPIPE)


def test_a_full_disk_is_said_in_one_line(article: Write) -> None:
    for words in (["list", "--from", str(article("one"))], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run([*COMMAND, *words], stdout=full, stderr=subprocess.PIPE)
        assert done.stderr == b"newstui: the output can't be written (No space left on device)\n"
        assert done.returncode == 2


def test_a_locale_without_utf8_gets_ascii_and_json_loses_nothing(newstui: Run, article: Write) -> None:
    path = article("one", title='"微软 – café…"')
    for environ in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}):
        listed = newstui("list", "--from", path, **environ)
        assert listed.out.isascii()
        assert (listed.err, listed.status) == ("", 0)
        said = newstui("list", "--json", "--from", path, **environ).out
        assert said.isascii()
        assert json.loads(said)["title"] == "微软 – café…"
        assert newstui("show", "--from", path, "https://news.example/one", **environ).out.isascii()
        assert newstui("remove", "none", **environ).err.isascii()
        assert newstui("keys", **environ).out.isascii()


def test_no_escape_sequence_comes_out_where_there_is_no_terminal(newstui: Run, article: Write) -> None:
    folder = article("one", title=HOSTILE).parent
    verbs = (["add", folder], ["refresh"], ["list"], ["list", "--json"], ["show", "https://news.example/one"],
             ["stories"], ["stories", "--json"], ["digest", "--now", "2020-05-09"])  # fmt: skip
    for words in verbs:
        done = newstui(*words)
        assert done.status == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.out + done.err)


def test_a_terminal_gets_nothing_but_text_even_from_a_library_of_someone_else(article: Write, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    subprocess.run([*COMMAND, "--library", path, "add", article("one")], check=True, stdout=subprocess.DEVNULL)
    with Library.open(path) as library:
        title = "[@click=app.quit]x[/] \x1b]52;c;aGk=\x07\x1b[2J\x9b1m\u202e\x00end"
        with library._store.writing():
            library._store.execute("UPDATE article SET title=?, text=?, excerpt=?", (title, title, title))
            library._store.execute("UPDATE source SET name=?", (title,))
    verbs = (["list"], ["list", "--json"], ["show", "https://news.example/one"], ["sources"], ["stories"],
             ["stories", "--json"], ["digest", "--now", "2020-05-09"])  # fmt: skip
    for words in verbs:
        written, status = on_terminal("--library", path, *words)
        assert status == 0
        assert b"[@click=app.quit]x[/]" in written
        assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", written.decode())


def test_a_list_fits_the_terminal(article: Write) -> None:
    path = article("one", title="微软 and a headline of many words that goes on and on " * 3)
    for verb in ("list", "stories"):
        written, _ = on_terminal(verb, "--from", path, COLUMNS="40")
        text = written.decode().replace("\r", "\n")
        headline, about = [line for line in text.split("\n") if "微软" in line or "2020" in line]
        assert headline.endswith("…")
        assert len(headline) <= 38  # two characters are two cells wide
        assert about.startswith("    Fri 8 May 2020, 22:34")
        assert max(len(line) for line in text.split("\n")) <= 40


def test_progress_is_one_line_that_is_gone_at_the_end(article: Write) -> None:
    folder = article("one").parent
    written, _ = on_terminal("list", "--from", folder, stdout=False)
    assert b"articles: 1 of 1\x1b[K" in written
    assert written.endswith(b"\r\x1b[K\r")
    assert on_terminal("list", "--from", folder, stdout=False, TERM="dumb")[0] == b""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_ends_a_refresh_without_a_word(newstui: Run, number: signal.Signals, status: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with Library.open(Path(os.environ["XDG_DATA_HOME"]) / "newstui" / "library.db") as library:
            library.subscribe("site", place, "silent", may_be_private=True)
        refreshing = subprocess.Popen([*COMMAND, "refresh"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with silent.accept()[0] as asked:
            asked.recv(1)  # it is under way
            refreshing.send_signal(number)
            out, err = refreshing.communicate(timeout=20)
    assert (out, err, refreshing.returncode) == (b"", b"", status)
    assert newstui("sources").status == 0


def test_the_reader_refuses_a_terminal_that_cannot_be_drawn_on() -> None:
    ours, its = pty.openpty()
    done = subprocess.run(COMMAND, stdin=its, stdout=its, stderr=its, env=os.environ | {"TERM": "dumb"}, timeout=30)
    os.close(its)
    said = os.read(ours, 4096).decode()
    os.close(ours)
    assert done.returncode == 2
    assert said.startswith("newstui: the reader can't draw on this terminal (TERM=dumb)")
    assert said.count("\n") == 1


def loaded_by(*words: str | Path) -> set[str]:
    """The packages that a command has loaded at its end."""
    code = f"import sys; from newstui.cli import main; main({[str(word) for word in words]!r}); print(*sys.modules)"
    done = subprocess.run([COMMAND[0], "-c", code], capture_output=True, text=True, check=True)
    return {module.partition(".")[0] for module in done.stdout.splitlines()[-1].split()}


def test_each_verb_loads_only_what_it_needs(article: Write) -> None:
    path = article("one", body="A *text*.\n")
    assert not loaded_by("list") & {"asyncio", "textual", "rich", "pydantic", "httpx", "yaml", "markdown_it"}
    assert not loaded_by("mark", "read", "x") & {"asyncio", "textual", "rich", "pydantic", "httpx", "yaml"}
    assert not loaded_by("stories") & {"asyncio", "textual", "rich", "pydantic", "httpx", "yaml", "markdown_it"}
    assert not loaded_by("digest") & {"asyncio", "textual", "pydantic", "httpx", "yaml", "markdown_it"}
    assert not loaded_by("sources") & {"asyncio", "textual", "rich", "pydantic", "httpx", "yaml"}
    assert not loaded_by("config") & {"asyncio", "textual", "rich", "pydantic", "httpx", "yaml"}
    shown = loaded_by("show", "--from", path, "https://news.example/one")
    assert "markdown_it" in shown
    assert not shown & {"textual", "httpx"}
    assert not loaded_by("refresh") & {"textual", "pydantic", "httpx", "yaml"}


def test_the_way_to_the_reader_loads_nothing_that_it_does_not_need_yet(article: Write) -> None:
    code = f"""
import sys
import newstui.cli.reader as reader
from newstui.library import Library
with Library.open(None) as library:
    for place in ({str(article("one"))!r}, "https://news.example/"):
        reader.subscribe(library, place)
    assert len(library.subscriptions()) == 2
print(*sys.modules)
"""
    done = subprocess.run([COMMAND[0], "-c", code], capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in done.stdout.split()}
    assert not loaded & {"asyncio", "textual", "rich", "pydantic", "httpx", "yaml", "markdown_it"}
