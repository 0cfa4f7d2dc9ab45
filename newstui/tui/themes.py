"""The colours of newstui, and the few of our own that every theme gets."""

from collections.abc import Mapping
from dataclasses import replace

from textual.color import Color, ColorParseError
from textual.theme import Theme

from newstui.errors import ConfigError

THEMES = (
    Theme(
        "dark",
        primary="#7fbcf5", accent="#f0b35b", success="#8cc98f", warning="#f0b35b", error="#e5786d",
        foreground="#cfd4dd", background="#15171c", surface="#1c1f26", panel="#1c1f26",
        variables={
            "strong": "#f4f6fa", "muted": "#8a93a3", "faint": "#5c6573", "rule": "#2c313a",
            "cursor-row": "#2b313c", "cursor-row-blurred": "#21262e",
        },
    ),
    Theme(
        "light",
        dark=False,
        primary="#0b63b0", accent="#a85b00", success="#3b7a3f", warning="#a85b00", error="#b3261e",
        foreground="#3b3f46", background="#fbfaf7", surface="#f1eee6", panel="#f1eee6",
        variables={
            "strong": "#101216", "muted": "#6d7077", "faint": "#94918a", "rule": "#d9d5ca",
            "cursor-row": "#e6e3da", "cursor-row-blurred": "#f1eee6",
        },
    ),
)  # fmt: skip
"""Our themes; Textual brings ``ansi-dark`` and ``ansi-light``, which take the terminal's own colours."""

_TOWARDS_THE_GROUND = {
    "strong": 0.0, "muted": 0.4, "faint": 0.6, "rule": 0.8, "cursor-row": 0.85, "cursor-row-blurred": 0.92,
}  # fmt: skip


_COLOURS = ("primary", "accent", "success", "warning", "error", "foreground", "background", "surface", "panel")


def own_theme(name: str, given: Mapping[str, object]) -> Theme:
    """A theme of the settings: what it does not name is as in ``dark``, or in ``light`` where it says ``dark = false``.

    ConfigError for a colour that can't be understood.
    """
    ground = THEMES[0 if given.get("dark", True) else 1]
    chosen = {key: _colour(name, key, value) for key, value in given.items() if key != "dark"}
    colours = {key: chosen.pop(key, getattr(ground, key)) for key in _COLOURS}
    return replace(ground, name=name, variables=ground.variables | chosen, **colours)


def _colour(theme: str, key: str, value: object) -> str:
    try:
        return Color.parse(str(value)).hex
    except ColorParseError as error:
        where = f"[themes.{theme}] {key}"
        raise ConfigError(f"{value!r} is no colour", where=where, advice="write it as #rrggbb, or name it") from error


def variables_of(theme: Theme) -> dict[str, str]:
    """Our own variables for a theme that does not name them."""
    return _ansi_variables(theme) if theme.ansi else _blended_variables(theme)


def _ansi_variables(theme: Theme) -> dict[str, str]:
    grey = dict.fromkeys(("muted", "faint", "rule"), "ansi_bright_black")
    ground = dict.fromkeys(("strong", "cursor-row", "cursor-row-blurred"), "ansi_default")
    return grey | ground | {"cursor-row-style": "reverse", "outlet": theme.secondary or "ansi_cyan"}


def _blended_variables(theme: Theme) -> dict[str, str]:
    text, ground = Color.parse(theme.foreground or "white"), Color.parse(theme.background or "black")
    blends = {name: text.blend(ground, share).hex for name, share in _TOWARDS_THE_GROUND.items()}
    return blends | {"cursor-row-style": "none", "outlet": theme.primary}
