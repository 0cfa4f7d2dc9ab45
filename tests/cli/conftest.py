"""The program as a person starts it: a process of its own, with what it prints and its exit status."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

CHECKOUT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "newstui")


class Done(NamedTuple):
    """What a command printed, and its exit status."""

    out: str
    err: str
    status: int


Run = Callable[..., Done]


@pytest.fixture
def newstui() -> Run:
    """Run a command to its end, with these variables beside those of the test; None takes one away."""

    def run(*words: str | Path, **environ: str | None) -> Done:
        changed = {**os.environ, "PYTHONPATH": str(CHECKOUT), **environ}
        chosen = {name: value for name, value in changed.items() if value is not None}
        done = subprocess.run([*COMMAND, *words], capture_output=True, env=chosen, stdin=subprocess.DEVNULL, timeout=50)
        return Done(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), done.returncode)

    return run


@pytest.fixture
def article(tmp_path: Path) -> Callable[..., Path]:
    """Write an article document; what is said replaces or adds lines of its front matter."""
    folder = tmp_path / "articles"
    folder.mkdir()

    def write(name: str, *, body: str = "", **said: str) -> Path:
        fields = {
            "title": f"The headline of {name}",
            "webUrl": f"https://news.example/{name}",
            "publishedDateTime": "2020-05-08T22:34:00Z",
        } | said
        head = "\n".join(f"{key}: {value}" for key, value in fields.items())
        path = folder / f"{name}.md"
        path.write_text(f"---\n{head}\n---\n{body}", encoding="utf-8")
        return path

    return write
