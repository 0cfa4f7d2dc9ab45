"""Opens a link in a program of its own, away from our terminal, and never claims to have done what it can't know."""

import asyncio
import shlex
import shutil
import subprocess
import threading
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from newstui.links import SafeUrl
from newstui.terminal.surroundings import Surroundings

FAILS_WITHIN = 3.0
"""Seconds in which an opener that can't do its work says so; one that runs longer is a browser."""

_TERMINAL_BROWSERS = {"lynx", "w3m", "links", "links2", "elinks", "browsh", "www-browser", "carbonyl", "chawan", "cha"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A program was given the link; ``result`` is None if it went well as far as one can know, else the reason."""

    program: str
    result: Awaitable[str | None]


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Nothing here can show the link, and why."""

    reason: str


async def open_link(url: SafeUrl, surroundings: Surroundings, environ: Mapping[str, str]) -> Opened | NotOpened:
    """Give the link to ``$BROWSER``, or to the desktop where there is one."""
    command = _browser(url, environ) or _desktop(url, surroundings, environ)
    if isinstance(command, NotOpened):
        return command
    try:
        process = _start(command, environ)
    except OSError as error:
        return NotOpened(f"{command[0]} can't be started: {error.strerror}")
    name = PurePath(command[0]).name
    return Opened(name, asyncio.ensure_future(_result(process)))


def _browser(url: str, environ: Mapping[str, str]) -> list[str] | None:
    """The first graphical program of ``$BROWSER`` that exists, as the argument list that opens the link."""
    for entry in environ.get("BROWSER", "").split(":"):
        words = _words(entry)
        program = _graphical(words, environ)
        if program:
            return _with_link([program, *words[1:]], url)
    return None


def _words(entry: str) -> list[str]:
    try:
        words = shlex.split(entry)
    except ValueError:
        return []
    return words[:-1] if words[-1:] == ["&"] else words


def _graphical(words: Sequence[str], environ: Mapping[str, str]) -> str | None:
    if not words or PurePath(words[0]).name in _TERMINAL_BROWSERS:
        return None
    return shutil.which(words[0], path=environ.get("PATH"))


def _with_link(command: list[str], url: str) -> list[str]:
    if any("%s" in word for word in command[1:]):
        return [command[0], *(word.replace("%s", url) for word in command[1:])]
    return [*command, url]


def _desktop(url: str, surroundings: Surroundings, environ: Mapping[str, str]) -> list[str] | NotOpened:
    if surroundings.is_ssh:
        return NotOpened("a browser would open on the other machine, not on yours")
    if not surroundings.has_display:
        return NotOpened("there is no display to open a browser on")
    name = "open" if surroundings.is_mac else "xdg-open"
    program = shutil.which(name, path=environ.get("PATH"))
    return [program, url] if program else NotOpened(f"{name} is not installed, and $BROWSER names no browser")


def _start(command: Sequence[str], environ: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environ,
    )


async def _result(process: "subprocess.Popen[bytes]") -> str | None:
    """Wait a while for the program to fail.

    Its end is awaited in a thread: asyncio's own subprocess would kill a browser that still runs when newstui ends.
    """
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    threading.Thread(target=_reap, args=(process, ended), name="newstui-opener", daemon=True).start()
    try:
        status = await asyncio.wait_for(ended, FAILS_WITHIN)
    except TimeoutError:
        return None
    return None if status == 0 else f"exit status {status}"


def _reap(process: "subprocess.Popen[bytes]", ended: "asyncio.Future[int]") -> None:
    status = process.wait()
    with suppress(RuntimeError):  # the loop is closed: newstui has ended before the browser
        ended.get_loop().call_soon_threadsafe(_tell, ended, status)


def _tell(ended: "asyncio.Future[int]", status: int) -> None:
    if not ended.done():
        ended.set_result(status)
