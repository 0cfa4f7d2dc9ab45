"""A picture as lines of half blocks: the upper half of each cell is one pixel, the lower half the one below."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from newstui.tui.text_lines import Parts

if TYPE_CHECKING:
    from newstui.sources.picture import Picture

HALF_BLOCK = "▀"


def picture_lines(picture: "Picture", cells: int) -> Iterator[Parts]:
    """A picture over at most so many cells. Neighbours of the same colours are one part, since each costs its bytes."""
    width = max(1, min(cells, picture.width))
    for upper in range(0, _height(picture, width), 2):
        pairs = zip(_row(picture, width, upper), _row(picture, width, upper + 1), strict=True)
        yield [(HALF_BLOCK * len(list(run)), f"#{above} on #{below}") for (above, below), run in groupby(pairs)]


def _height(picture: "Picture", width: int) -> int:
    """The height that keeps the shape, in pixels; it is even, as two of them share a cell."""
    return 2 * max(1, round(picture.height * width / picture.width / 2))


def _row(picture: "Picture", width: int, y: int) -> list[str]:
    """The colours of a row of pixels, each as six digits; of a larger picture, those nearest to where they stand."""
    start = y * picture.height // _height(picture, width) * picture.width
    places = (3 * (start + x * picture.width // width) for x in range(width))
    return [picture.pixels[place : place + 3].hex() for place in places]
