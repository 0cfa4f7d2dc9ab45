"""What every test stands on: an empty home, one time zone, and the shared test input where it is there."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # other work on the machine must not fail a test
settings.load_profile("unhurried")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so begins a job in the background, and all that it starts
    signal.signal(signal.SIGINT, signal.default_int_handler)

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_OURS = ("NEWSTUI_", "XDG_", "SSH_", "TEXTUAL_")
_OTHERS = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "TMUX", "LC_ALL", "LC_CTYPE", "LC_TIME", "NO_COLOR", "COLORTERM",
           "COLUMNS", "LINES"}  # fmt: skip
_FOLDERS = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache",
            "XDG_STATE_HOME": ".local/state", "XDG_RUNTIME_DIR": ".run"}  # fmt: skip


@pytest.fixture
def shared() -> Path:
    """The test input that lives beside the checkout: corpus, site, suites."""
    if not (_SHARED / "corpus").is_dir():
        pytest.skip("the shared test input (../shared, beside the checkout) is not here")
    return _SHARED


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the test's own, UTC, and nothing of the terminal or network that runs the tests."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(_OURS) or name in _OTHERS or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in _FOLDERS.items():
        (home / folder).mkdir(parents=True)
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LANG", "C.UTF-8")
    time.tzset()
    yield home
    monkeypatch.undo()
    time.tzset()
