"""The last wall before the terminal: only what newstui and Textual emit gets through, the rest becomes ``?``.

Text was cleaned where it came in; this holds even for a library that someone else wrote.
"""

import re

_CONTROLS = (
    r"\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f"  # C0 without ESC and newline, DEL, C1
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of characters, no characters at all
    r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # line ends and directions
)
_LINK = r"https?://[!-~]{1,2083}"
_PIECE = (
    r"\x1b\[[0-9;]{0,64}m"  # colours and attributes
    r"|\x1b\[[0-9]{1,5};[0-9]{1,5}H"  # cursor position
    rf"|\x1b\]8;(?:id=[\w.-]{{1,64}})?;(?:{_LINK})?\x1b\\"  # link
    r"|\n(?=\x1b\[[0-9])"  # line end before the next row's cursor position
)
_FRAME = re.compile(rf"(?:[^{_CONTROLS}\n\x1b]++|{_PIECE})*+")
_PIECE_OR_FOREIGN = re.compile(rf"({_PIECE})|[{_CONTROLS}\n\x1b]")
_ON_ITS_OWN = re.compile(
    r"\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # modes
    r"|\x1b\[\?(?:2026|2048)\$p"  # questions about modes
    r"|\x1b\[>[0-9]{1,2}u|\x1b\[<u"  # keyboard protocol
    r"|\x1b\]22;[a-z-]{1,32}\x07"  # shape of the pointer
    r"|\x1b\]52;c;[0-9A-Za-z+/]*={0,2}\x07"  # clipboard
    r"|\x07"
)
_UNPRINTABLE = re.compile(rf"[{_CONTROLS}\n\x1b]")
_WHOLE_LINK = re.compile(_LINK)


def through(data: str) -> str:
    """What Textual writes, with every sequence that is not its own broken.

    Modes, the clipboard and the like pass only as a write of their own: that is how Textual sends them, and
    content never comes so, because it comes inside a frame.
    """
    if _FRAME.fullmatch(data) or _ON_ITS_OWN.fullmatch(data):
        return data
    return _PIECE_OR_FOREIGN.sub(lambda found: found[1] or "?", data)


def printable(text: str) -> str:
    """Text of one line in which nothing can command a terminal."""
    return text if text.isprintable() else _UNPRINTABLE.sub("?", text)


def is_printable(text: str) -> bool:
    """Is there nothing in this text that ``printable`` would change?"""
    return text.isprintable() or not _UNPRINTABLE.search(text)


def is_link(url: str) -> bool:
    """May this be written to the terminal as the target of a link?"""
    return _WHOLE_LINK.fullmatch(url) is not None
