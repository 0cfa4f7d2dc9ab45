"""The only place where data becomes styled text: never by markup, which would let a headline give orders."""

from textual.content import Content

Piece = str | Content | tuple[str, str]


def content(*pieces: Piece) -> Content:
    """Texts, or texts with their style, side by side: ``content(("n", "bold $accent"), " next")``."""
    return Content.assemble(*pieces)


HINT_GAP = 3  # cells between two keys


def hint_cells(hints: list[tuple[str, str]]) -> int:
    """How many cells keys with a word for each take."""
    return sum(len(key) + 1 + len(word) for key, word in hints) + HINT_GAP * (len(hints) - 1)


def key_hints(hints: list[tuple[str, str]], cells: int) -> Content:
    """Keys with a word for each; as many whole ones as there is room for."""
    shown: list[Piece] = []
    for key, word in hints:
        cells -= len(key) + len(word) + 1
        if cells < 0:
            break
        shown += [" " * HINT_GAP] if shown else []
        shown += [(key, "bold $accent"), f" {word}"]
        cells -= HINT_GAP
    return content(*shown)
