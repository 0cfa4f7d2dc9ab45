"""Fits what is drawn into the characters that a terminal's locale has, with every column kept."""

# ruff: noqa: RUF001  (characters that look alike are what this file is about)

import codecs
import unicodedata

from rich.cells import cell_len

_LOOKS = str.maketrans(
    {
        "▸": ">", "▾": "v", "●": "o", "○": ".", "★": "*", "☆": "-", "✓": "+", "•": "-", "·": ".", "…": "~",
        "→": ">", "←": "<", "↑": "^", "↓": "v", "×": "x", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-",
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "«": "<", "»": ">", "‹": "<", "›": ">",
        "▁": "_", "▂": "_", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#", "█": "#",
        "▀": "#", "▌": "#", "▐": "#", "░": ":", "▒": ":", "▓": ":", "▔": "-", "▎": "|", "▊": "|", "▏": "|", "▕": "|",
    }
    | dict.fromkeys("─━╌┄┈╴╶╸╺", "-")
    | dict.fromkeys("│┃┆┊╎╷╵", "|")
    | dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╯╰╱╲┏┓┗┛┣┫┳┻╋", "+")
    | dict.fromkeys("═", "=")
    | dict.fromkeys("║", "|")
    | dict.fromkeys("╔╗╚╝╠╣╦╩╬", "+")
)  # fmt: skip
_ERRORS = "newstui.columns"


def encoded(text: str, charset: str) -> bytes:
    """The text in this charset; what it does not have is drawn as something alike, or as ``?``, in as many cells."""
    return text.encode(charset, _ERRORS)


def _alike(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    looks = "".join(map(_look, run.translate(_LOOKS)))
    width = cell_len(run)
    return looks if len(looks) == width else "?" * width, error.end


def _look(character: str) -> str:
    """One cell of ASCII for a character of one cell: its letter without the accent, else ``?``."""
    if cell_len(character) != 1:
        return "?" * cell_len(character)
    letter = unicodedata.normalize("NFKD", character)[0]
    return letter if " " <= letter <= "~" else "?"


codecs.register_error(_ERRORS, _alike)
