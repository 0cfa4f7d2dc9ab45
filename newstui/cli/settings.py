"""Keys and settings as they stand."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from newstui.cli import DONE
from newstui.cli.output import write_lines
from newstui.cli.places import settings_of
from newstui.config import describe, load_settings


def keys(options: argparse.Namespace) -> int:
    """Print every command with its keys, as the settings have them."""
    from newstui.tui.keymap import checked_keymap

    write_lines(key_lines(checked_keymap(settings_of(options).keys)))
    return DONE


def key_lines(keymap: Mapping[str, str]) -> Iterator[str]:
    """The table of commands: keys, id, and what each does."""
    from newstui.tui.commands import COMMANDS
    from newstui.tui.keymap import shown_key

    for command in COMMANDS:
        pressed = " ".join(shown_key(key) for key in keymap.get(command.id, command.keys).split(",") if key)
        yield f"{pressed or '(palette)':<18}{command.id:<20}{command.help}"


def config(options: argparse.Namespace) -> int:
    """Print every setting, what it is for, and where its value came from."""
    write_lines(describe(load_settings(Path(options.config) if options.config else None)))
    return DONE
