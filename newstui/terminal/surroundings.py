"""Tells what terminal this is, before anything is drawn on it or Textual is imported."""

import codecs
import os
import re
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Literal

Colours = Literal["truecolor", "256", "16", "none"]

_TRUECOLOR_TERMS = re.compile(r"(?:xterm-)?(?:kitty|ghostty)|alacritty.*|foot.*|wezterm|contour.*|.*-direct")
_COLOURLESS_TERMS = re.compile(r"|dumb|unknown|vt\d+.*|.*-m(?:ono)?")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known about the terminal and the machine it is on.

    ``charset`` names the codec that everything written must fit: ``utf-8``, an ``iso8859`` part, or ``ascii``.
    """

    term: str
    is_tty: bool
    is_ssh: bool
    is_tmux: bool
    is_screen: bool
    is_mac: bool
    has_display: bool
    charset: str
    colours: Colours

    @property
    def is_utf8(self) -> bool:
        """May every character be written?"""
        return self.charset == "utf-8"

    @property
    def is_dumb(self) -> bool:
        """Can this terminal not place its cursor?"""
        return self.term in ("", "dumb", "unknown")


def here() -> Surroundings:
    """The surroundings of this process."""
    return look(os.environ, is_tty=all(map(os.isatty, (0, 1, 2))))


def look(environ: Mapping[str, str], *, is_tty: bool, is_mac: bool = sys.platform == "darwin") -> Surroundings:
    """The surroundings that these environment variables describe."""
    return Surroundings(
        term=environ.get("TERM", ""),
        is_tty=is_tty,
        is_ssh=bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")),
        is_tmux=bool(environ.get("TMUX")),
        is_screen=bool(environ.get("STY")),
        is_mac=is_mac,
        has_display=is_mac or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")),
        charset=_charset(environ),
        colours=_colours(environ),
    )


def problem(surroundings: Surroundings) -> str | None:
    """Why there is no terminal to draw on, in one line, or None when there is one."""
    if not surroundings.is_tty:
        return "the reader needs a terminal (input, output or errors go elsewhere): use newstui list or newstui show"
    if surroundings.is_dumb:
        term = f"TERM={surroundings.term}" if surroundings.term else "TERM is not set"
        return f"the reader can't draw on this terminal ({term}): set TERM, or use newstui list or newstui show"
    return None


def prepare(environ: MutableMapping[str, str], surroundings: Surroundings) -> None:
    """Tell Textual about the terminal; it reads these variables when it is imported, so call this before that."""
    if surroundings.is_ssh:
        environ.setdefault("TEXTUAL_ANIMATIONS", "none")
        environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    if surroundings.colours in _COLOUR_SYSTEMS:
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", _COLOUR_SYSTEMS[surroundings.colours])


_COLOUR_SYSTEMS = {"truecolor": "truecolor", "256": "256", "16": "standard"}


def wants_mouse(setting: str, surroundings: Surroundings) -> bool:
    """Should the terminal report the mouse? ``auto`` leaves it to the terminal's own selection over SSH."""
    return setting == "on" or (setting == "auto" and not surroundings.is_ssh)


def _colours(environ: Mapping[str, str]) -> Colours:
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR") or _COLOURLESS_TERMS.fullmatch(term):
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit") or _TRUECOLOR_TERMS.fullmatch(term):
        return "truecolor"
    return "256" if "256color" in term else "16"


def _charset(environ: Mapping[str, str]) -> str:
    locale = _locale(environ)
    if not locale or locale.upper() == "UTF-8":
        return "utf-8"
    name = locale.partition(".")[2].partition("@")[0]
    return _codec(name) if name else "ascii"


def _locale(environ: Mapping[str, str]) -> str:
    """The locale for characters as it was asked for, empty when nobody asked.

    Python itself sets ``LC_CTYPE=C.UTF-8`` where it meets the C locale (PEP 538); that says nothing about the terminal.
    """
    chosen = environ.get("LC_ALL") or environ.get("LC_CTYPE") or ""
    is_pythons_own = not environ.get("LC_ALL") and chosen in ("C.UTF-8", "C.utf8")
    return environ.get("LANG") or chosen if is_pythons_own or not chosen else chosen


def _codec(name: str) -> str:
    """The codec to write with: others than these have bytes that a terminal may take for controls."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return "ascii"
    is_harmless = codec == "utf-8" or codec.startswith("iso8859-")
    return codec if is_harmless and _PRINTABLE.encode(codec) == _PRINTABLE.encode() else "ascii"
