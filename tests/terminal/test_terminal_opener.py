"""Opening links: the programs are real scripts that write down how they were called."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import newstui
from newstui.links import SafeUrl
from newstui.terminal.opener import NotOpened, Opened, open_link
from newstui.terminal.surroundings import Surroundings, look

URL = SafeUrl.parse("https://example.com/a?b=c")
Program = Callable[..., Path]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Makes a program that writes its arguments, one a line, and what its streams are, into NAME.args."""

    def program(name: str, last: str = "exit 0") -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        record = shlex.quote(str(tmp_path / f"{name}.args"))
        streams = f'links="$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2)"\necho "$links" > {record}.streams'
        path.write_text(f'#!/bin/sh\n{streams}\nprintf "%s\\n" "$@" > {record}\n{last}\n')
        path.chmod(0o755)
        return path

    return program


def record(program: Path) -> list[str]:
    return (program.parents[1] / f"{program.name}.args").read_text().splitlines()


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"TERM": "xterm", "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"} | more


def seen(environ: dict[str, str], is_mac: bool = False) -> Surroundings:
    return look(environ, is_tty=True, is_mac=is_mac)


async def opened(url: SafeUrl, environ: dict[str, str], is_mac: bool = False) -> Opened:
    done = await open_link(url, seen(environ, is_mac), environ)
    assert isinstance(done, Opened)
    return done


async def test_the_desktop_opens_a_link_where_there_is_a_display(program: Program, tmp_path: Path) -> None:
    opener = program("xdg-open")
    done = await opened(URL, environ(tmp_path, DISPLAY=":0"))
    assert done.program == "xdg-open"
    assert await done.result is None
    assert record(opener) == [URL]


async def test_a_mac_opens_a_link_with_open(program: Program, tmp_path: Path) -> None:
    opener = program("open")
    assert await (await opened(URL, environ(tmp_path), is_mac=True)).result is None
    assert record(opener) == [URL]


async def test_the_browser_variable_comes_first_also_over_ssh(program: Program, tmp_path: Path) -> None:
    browser, desktop = program("firefox"), program("xdg-open")
    done = await opened(URL, environ(tmp_path, DISPLAY=":0", SSH_TTY="x", BROWSER="missing:w3m:firefox --new-tab %s &"))
    assert await done.result is None
    assert record(browser) == ["--new-tab", URL]
    assert not (tmp_path / f"{desktop.name}.args").exists()


async def test_the_link_comes_last_where_no_place_is_named(program: Program, tmp_path: Path) -> None:
    browser = program("my browser")
    done = await opened(URL, environ(tmp_path, BROWSER=f"'{browser}' --private"))
    assert await done.result is None
    assert record(browser) == ["--private", URL]


@pytest.mark.parametrize("name", ["lynx", "w3m", "elinks", "www-browser"])
async def test_a_browser_for_terminals_is_not_started(program: Program, tmp_path: Path, name: str) -> None:
    browser = program(name)
    variables = environ(tmp_path, BROWSER=str(browser))
    assert isinstance(await open_link(URL, seen(variables), variables), NotOpened)
    assert not (tmp_path / f"{name}.args").exists()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"SSH_CONNECTION": "x", "DISPLAY": ":10"}, "the other machine"),
        ({}, "no display"),
        ({"DISPLAY": ":0", "PATH": "/nowhere"}, "xdg-open is not installed"),
    ],
)
async def test_where_nothing_can_open_a_link_the_reason_is_told(
    program: Program, tmp_path: Path, more: dict[str, str], reason: str
) -> None:
    opener = program("xdg-open")
    variables = environ(tmp_path, **more)
    done = await open_link(URL, seen(variables), variables)
    assert isinstance(done, NotOpened)
    assert reason in done.reason
    assert not (tmp_path / f"{opener.name}.args").exists()


async def test_a_program_that_fails_is_told(program: Program, tmp_path: Path) -> None:
    program("xdg-open", "exit 3")
    assert await (await opened(URL, environ(tmp_path, DISPLAY=":0"))).result == "exit status 3"


async def test_a_program_that_can_not_run_is_told(program: Program, tmp_path: Path) -> None:
    opener = program("xdg-open")
    opener.write_bytes(b"\x7fELF nothing")
    variables = environ(tmp_path, DISPLAY=":0")
    done = await open_link(URL, seen(variables), variables)
    assert isinstance(done, NotOpened)
    assert "can't be started" in done.reason


async def test_the_program_has_none_of_our_streams_and_leaves_no_zombie(program: Program, tmp_path: Path) -> None:
    program("xdg-open")
    assert await (await opened(URL, environ(tmp_path, DISPLAY=":0"))).result is None
    assert (tmp_path / "xdg-open.args.streams").read_text().split() == ["/dev/null"] * 3
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("trick", [";", "$(", "`", "|", "&", "\n", " -- ", "%s", "'", '"', ">", "*", "~"])
async def test_nothing_in_a_link_runs_a_command(program: Program, tmp_path: Path, trick: str) -> None:
    opener, canary = program("xdg-open"), program("canary")
    text = f"https://example.com/a{trick}canary{')' if trick == '$(' else trick}"
    url = SafeUrl.parse(text)
    for more in ({"DISPLAY": ":0"}, {"BROWSER": "xdg-open %s"}, {"BROWSER": "xdg-open"}):
        assert await (await opened(url, environ(tmp_path, **more))).result is None
        assert record(opener) == [url]
    assert not (tmp_path / f"{canary.name}.args").exists()


def test_a_browser_outlives_newstui(program: Program, tmp_path: Path) -> None:
    program("firefox", f"until [ -e {tmp_path}/go ]; do sleep 0.05; done; touch {tmp_path}/lived")
    code = (
        "import asyncio, os\n"
        "from newstui.links import SafeUrl\n"
        "from newstui.terminal.opener import open_link\n"
        "from newstui.terminal.surroundings import here\n"
        "asyncio.run(open_link(SafeUrl.parse('https://example.com/'), here(), os.environ))\n"
    )
    variables = environ(tmp_path, BROWSER="firefox", PYTHONPATH=str(Path(newstui.__file__).parents[1]))
    subprocess.run([sys.executable, "-W", "error", "-c", code], env=variables, check=True, timeout=30)
    (tmp_path / "go").touch()
    deadline = time.monotonic() + 20
    while not (tmp_path / "lived").exists():
        assert time.monotonic() < deadline
