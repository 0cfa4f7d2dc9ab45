"""Copying: real programs, and words that claim no more than is known."""

from pathlib import Path

import pytest

from newstui.terminal.clipboard import copy
from newstui.terminal.surroundings import look


async def copied(text: str, command: tuple[str, ...] = (), **environ: str) -> tuple[str, list[str]]:
    """What was said, and what was sent to the terminal."""
    sent: list[str] = []
    variables = {"TERM": "xterm", "PATH": "/usr/bin:/bin"} | environ
    said = await copy(
        text, command=command, surroundings=look(variables, is_tty=True), environ=variables, send=sent.append
    )
    return said, sent


@pytest.fixture
def tmux(tmp_path: Path) -> Path:
    """A folder with a program called tmux that keeps what it is given."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "tmux"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/args\ncat > {tmp_path}/text\n')
    program.chmod(0o755)
    return tmp_path


async def test_the_terminal_is_asked_and_no_success_is_claimed() -> None:
    assert await copied("https://example.com/") == ("sent to the terminal's clipboard", ["https://example.com/"])


async def test_screen_is_doubted() -> None:
    said, sent = await copied("text", STY="1.pts")
    assert "seldom" in said
    assert sent == ["text"]


async def test_the_command_of_the_settings_gets_the_text_on_its_input(tmp_path: Path) -> None:
    said, sent = await copied("日本; $(x)", ("tee", str(tmp_path / "text")))
    assert (said, sent) == ("copied with tee", [])
    assert (tmp_path / "text").read_text() == "日本; $(x)"


@pytest.mark.parametrize(
    ("command", "failure"),
    [(("false",), "false failed (exit status 1)"), (("/no/such",), "/no/such can't be started")],
)
async def test_a_command_that_fails_is_told_and_the_terminal_asked(command: tuple[str, ...], failure: str) -> None:
    said, sent = await copied("text", command)
    assert said.startswith(failure)
    assert said.endswith("; sent to the terminal's clipboard")
    assert sent == ["text"]


async def test_a_command_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newstui.terminal.clipboard.PATIENCE", 0.05)
    said, sent = await copied("text", ("sleep", "600"))
    assert said.startswith("sleep did not end")
    assert sent == ["text"]


async def test_tmux_passes_the_text_on(tmux: Path) -> None:
    said, sent = await copied("text", TMUX="x", PATH=f"{tmux / 'bin'}:/usr/bin:/bin")
    assert said.startswith("sent to tmux")
    assert sent == []
    assert (tmux / "args").read_text() == "load-buffer -w -\n"
    assert (tmux / "text").read_text() == "text"


async def test_an_old_tmux_is_passed_by(tmux: Path) -> None:
    (tmux / "bin" / "tmux").write_text("#!/bin/sh\nexit 1\n")
    said, sent = await copied("text", TMUX="x", PATH=f"{tmux / 'bin'}:/usr/bin:/bin")
    assert (said, sent) == ("sent to the terminal's clipboard", ["text"])


async def test_what_is_copied_is_clean() -> None:
    _, sent = await copied("a\x1b]52;c;x\x07b\u202ec")
    assert sent == ["abc"]
