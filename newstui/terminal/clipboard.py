"""Puts a text on the reader's clipboard, by the way that reaches it, and says how it went."""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Mapping, Sequence

from newstui.terminal.surroundings import Surroundings
from newstui.text import clean

PATIENCE = 2.0
"""Seconds that a copy command may take to read the text and end."""

_TMUX = ("tmux", "load-buffer", "-w", "-")


async def copy(
    text: str,
    *,
    command: Sequence[str],
    surroundings: Surroundings,
    environ: Mapping[str, str],
    send: Callable[[str], object],
) -> str:
    """Copy a text, and say in words how that went.

    ``command`` is the setting ``copy_command``; ``send`` writes OSC 52 to the terminal (``App.copy_to_clipboard``).
    Nobody answers to OSC 52: it is "sent", never "copied".
    """
    text = clean(text)
    if command:
        failure = await _give(text, command, environ)
        return f"copied with {command[0]}" if not failure else f"{failure}; {_sent(text, surroundings, send)}"
    if surroundings.is_tmux and not await _give(text, _TMUX, environ):
        return "sent to tmux and through it to the terminal's clipboard"
    return _sent(text, surroundings, send)


def _sent(text: str, surroundings: Surroundings, send: Callable[[str], object]) -> str:
    send(text)
    if surroundings.is_screen:
        return "sent to the terminal's clipboard, but GNU screen seldom lets it through"
    return "sent to the terminal's clipboard"


async def _give(text: str, command: Sequence[str], environ: Mapping[str, str]) -> str:
    """Run a command with the text on its standard input; the answer is what went wrong, or nothing."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True, env=environ
        )
    except OSError as error:
        return f"{command[0]} can't be started ({error.strerror})"
    try:
        await asyncio.wait_for(process.communicate(text.encode()), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
        return f"{command[0]} did not end"
    return f"{command[0]} failed (exit status {process.returncode})" if process.returncode else ""
