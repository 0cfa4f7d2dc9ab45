"""The reader's own keys, checked against the table of commands: Textual would take a wrong one silently."""

import difflib
from collections.abc import Iterator, Mapping, Sequence

from newstui.errors import ConfigError
from newstui.tui.commands import COMMANDS, Area, Command

NEVER = frozenset(
    {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket", "ctrl+s", "ctrl+q", "ctrl+a", "ctrl+b"}
)
"""Keys that a terminal, tmux or screen gives another meaning."""

_SHOWN = {
    "space": "space", "escape": "esc", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑", "left": "←",
    "right": "→", "f1": "F1", "backspace": "bksp",
}  # fmt: skip


def checked_keymap(keys: Mapping[str, str | Sequence[str]]) -> dict[str, str]:
    """Command id → keys as Textual takes them. ConfigError for an unknown id, a key twice, or one never to be bound."""
    keymap = {id: _joined(id, chosen) for id, chosen in keys.items()}
    for area in ("sidebar", "main"):
        _refuse_twice(area, keymap)
    return keymap


def shown_keys(keymap: Mapping[str, str]) -> dict[str, str]:
    """Command id → its first key as a person reads it."""
    return {command.id: shown_key(keymap.get(command.id, command.keys).split(",")[0]) for command in COMMANDS}


def shown_key(key: str) -> str:
    """A key as a person reads it."""
    return _SHOWN.get(key, key)


def _joined(id: str, chosen: str | Sequence[str]) -> str:
    known = [command.id for command in COMMANDS]
    if id not in known:
        near = difflib.get_close_matches(id, known, 1)
        advice = f"did you mean {near[0]}?" if near else "newstui keys lists them"
        raise ConfigError(f"there is no command {id!r}", where="[keys]", advice=advice)
    keys = chosen.split(",") if isinstance(chosen, str) else list(chosen)
    for key in keys:
        _refuse_bad(id, key)
    return ",".join(key.strip() for key in keys)


def _refuse_bad(id: str, key: str) -> None:
    if not key.strip():
        raise ConfigError("a key must not be empty", where=f"[keys] {id}", advice="name a key, or take the line out")
    if key.strip() in NEVER:
        raise ConfigError(f"{key} means something else to terminals", where=f"[keys] {id}", advice="choose another key")


def _refuse_twice(area: Area, keymap: Mapping[str, str]) -> None:
    used: dict[str, Command] = {}
    for command, key in _keys_in(area, keymap):
        if (other := used.setdefault(key, command)) is not command:
            what = f"{key} is the key of both {other.id} and {command.id}"
            raise ConfigError(what, where="[keys]", advice="give one of them another key")


def _keys_in(area: Area, keymap: Mapping[str, str]) -> Iterator[tuple[Command, str]]:
    for command in COMMANDS:
        if command.area in ("pane", area, "screen", "app"):
            for key in keymap.get(command.id, command.keys).split(","):
                if key:
                    yield command, key
