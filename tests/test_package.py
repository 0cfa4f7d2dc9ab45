"""The wheel, installed as a reader installs it: outside the checkout, with its styles and samples inside."""

import codecs
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import sysconfig
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyte
import pytest

from newstui import __version__

CHECKOUT = Path(__file__).parent.parent
COLUMNS, LINES = 120, 36
PATIENCE = 30.0
"""Seconds after which a program that has not done what it should is taken for stuck."""

pytestmark = pytest.mark.timeout(180)


@dataclass(frozen=True)
class Installed:
    """newstui in an environment of its own."""

    environment: Path

    @property
    def newstui(self) -> str:
        return str(self.environment / "bin" / "newstui")

    @property
    def package(self) -> Path:
        return _site_packages(self.environment) / "newstui"

    def run(self, *arguments: str) -> str:
        """What newstui prints when started with these arguments far from the checkout."""
        command = [self.newstui, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.environment, env=_surroundings())
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the source distribution, so that both have to be complete."""
    folder = tmp_path_factory.mktemp("dist")
    _call(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(CHECKOUT))
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an empty environment.

    The libraries that it needs are those of the running environment, named by a ``.pth`` file: an index is not
    needed then. Only that folder is added, and the ``.pth`` files inside it are not followed, so that an editable
    newstui there cannot stand in for the installed one.
    """
    environment = tmp_path_factory.mktemp("environment")
    _call(sys.executable, "-m", "venv", "--without-pip", str(environment))
    (_site_packages(environment) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = str(environment / "bin" / "python")
    _call(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    return Installed(environment)


def test_the_installed_newstui_knows_its_version(installed: Installed) -> None:
    assert installed.run("--version").strip() == f"newstui {__version__}"


def test_the_wheel_holds_every_style_and_sample_and_no_tests(installed: Installed) -> None:
    for folder in ("styles", "samples"):
        held = {path.name for path in (installed.package / folder).iterdir()}
        assert held == {path.name for path in (CHECKOUT / folder).iterdir()}
    assert not (_site_packages(installed.environment) / "tests").exists()


def test_the_installed_newstui_finds_its_own_folders(installed: Installed) -> None:
    code = "from newstui.config import data_folder; print(data_folder('styles'), data_folder('samples'), sep='\\n')"
    command = [str(installed.environment / "bin" / "python"), "-c", code]
    printed = subprocess.run(command, capture_output=True, text=True, cwd=installed.environment, check=True).stdout
    assert printed.split() == [str(installed.package / "styles"), str(installed.package / "samples")]


def test_the_installed_newstui_lists_its_own_samples(installed: Installed) -> None:
    printed = installed.run("list", "--from", str(installed.package / "samples"), "--json")
    articles = [json.loads(line) for line in printed.splitlines()]
    assert len(articles) == len(list((CHECKOUT / "samples").glob("*.md")))
    assert articles[0]["title"] == "The choir that sings the shipping forecast turns fifty"


def test_the_installed_newstui_parses_a_feed_and_a_page_in_workers_of_its_own(installed: Installed) -> None:
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(installed.package / "samples"))) as server:
        serving = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
        serving.start()
        try:
            printed = installed.run("list", "--from", f"http://127.0.0.1:{server.server_port}/page.html", "--json")
        finally:
            server.shutdown()
            serving.join()
    articles = [json.loads(line) for line in printed.splitlines()]
    assert [article["outlet"]["name"] for article in articles] == ["The Saltmere Courier"] * 3


def test_the_installed_reader_shows_its_samples_and_ends(installed: Installed) -> None:
    with _started(installed.newstui, str(installed.package / "samples")) as reader:
        reader.wait_for("Science", "Magpie capsule", "? help")
        reader.press("Q")
        assert reader.end() == 0


def test_the_installed_reader_welcomes_a_newcomer_and_offers_the_samples(installed: Installed, tmp_path: Path) -> None:
    with _started(installed.newstui, "--library", str(tmp_path / "library.db")) as reader:
        reader.wait_for("samples")
        reader.press("Q")
        assert reader.end() == 0


class _Terminal:
    """A program in a terminal of its own: what it shows, and its keys."""

    def __init__(self, process: "subprocess.Popen[bytes]", master: int) -> None:
        self._process = process
        self._master = master
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def wait_for(self, *words: str) -> None:
        """Read until all the words are on the screen; AssertionError with the screen when they don't come."""
        deadline = time.monotonic() + PATIENCE
        while not all(word in self._text() for word in words):
            assert self._read(deadline), f"not on the screen: {words}\n{self._text()}"

    def press(self, keys: str) -> None:
        """Type the keys."""
        os.write(self._master, keys.encode())

    def end(self) -> int:
        """Read to the end, and give the exit status."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        return self._process.wait(PATIENCE)

    def _text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display).strip()

    def _read(self, deadline: float) -> bool:
        """Show what the program has written since, waiting for it; False when it ended or the time is up."""
        if not select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        try:
            written = os.read(self._master, 65_536)
        except OSError:  # how Linux tells that the other end of a pseudo-terminal was closed
            return False
        self._stream.feed(self._decoder.decode(written))
        return bool(written)


@contextmanager
def _started(*command: str) -> Iterator[_Terminal]:
    """The program running in a pseudo-terminal, and gone afterwards."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, cwd="/", env=_surroundings()
    )
    os.close(slave)
    try:
        yield _Terminal(process, master)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
        os.close(master)


def _surroundings() -> dict[str, str]:
    """The environment of a reader's login, without what points Python at the checkout."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "TERM": "xterm-256color"}  # fmt: skip


def _site_packages(environment: Path) -> Path:
    paths = {"base": str(environment), "platbase": str(environment)}
    return Path(sysconfig.get_path("purelib", "venv", paths))


def _call(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
