"""Keys and settings as they stand."""

import argparse
from collections.abc import Iterator

from newstui.cli.output import write_lines
from newstui.cli.places import settings_of
from newstui.config import describe
from newstui.tui.commands import COMMANDS
from newstui.tui.keymap import checked_keymap, shown_key


def keys(options: argparse.Namespace) -> int:
    """Print every command with its keys, as the settings have them."""
    keymap = checked_keymap(settings_of(options).settings.keys)
    write_lines(key_lines(keymap))
    return 0


def key_lines(keymap: dict[str, str]) -> Iterator[str]:
    """The table of commands: keys, id, and what each does."""
    for command in COMMANDS:
        pressed = " ".join(shown_key(key) for key in keymap.get(command.id, command.keys).split(",") if key)
        yield f"{pressed or '(palette)':<18}{command.id:<20}{command.help}"


def config(options: argparse.Namespace) -> int:
    """Print every setting, what it is for, and where its value came from."""
    write_lines(describe(settings_of(options)))
    return 0
