"""Texts measured, cut and wrapped by the cells that they take on a screen."""

from collections.abc import Iterator

import rich.cells
from rich.cells import set_cell_size


def cell_len(text: str) -> int:
    """The cells that a text takes. Of ASCII Rich is not asked: it would keep each text in mind, and most are new."""
    return len(text) if text.isascii() else rich.cells.cell_len(text)


def shortened(text: str, cells: int) -> str:
    """A text of at most so many cells, with an ellipsis where something is missing."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…" if cells > 0 else ""


def fitted(text: str, cells: int) -> str:
    """A text of exactly so many cells."""
    return set_cell_size(shortened(text, cells), cells)


def wrapped(text: str, cells: int) -> Iterator[str]:
    """The lines of a text, broken at spaces, and inside a word only where it alone is too wide."""
    line, used = "", 0
    for word in text.split():
        while (width := cell_len(word)) > cells:
            if line:
                yield line
                line, used = "", 0
            head = set_cell_size(word, cells).rstrip() or word[0]
            yield head
            word = word[len(head) :]
        if line and used + width + 1 > cells:
            yield line
            line, used = word, width
        elif word:
            line, used = (f"{line} {word}", used + width + 1) if line else (word, width)
    if line:
        yield line
