"""A picture of the web as pixels to draw: fetched by the one client, decoded in a worker, and believed only when it
is as it was asked for."""

from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.errors import ParseError
from newstui.sources.fetch import LARGEST_IMAGE, Client
from newstui.text import line

if TYPE_CHECKING:
    from newstui.sources.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the size in which it is drawn: ``pixels`` are its rows, from the top, with red, green and blue as a
    byte each. The height is even. ``of`` is the size that it came in.
    """

    width: int
    height: int
    of: tuple[int, int]
    pixels: bytes


async def picture(
    url: str, columns: int, rows: int, client: Client, sandbox: "Sandbox", *, background: str = "#000000"
) -> Picture:
    """The picture at a URL, fitted into so many cells; what shines through it is seen on ``background``.

    FetchError and ParseError say why there is none. A private address is never asked: who wrote the article chose it.
    """
    answer = await client.get(url, limit=LARGEST_IMAGE)
    about = {"columns": str(columns), "rows": str(rows), "background": background}
    told = await sandbox.run("picture", answer.body or b"", about)
    try:
        return _checked(told, columns, rows)
    except ValueError:
        raise ParseError("the picture can't be drawn", where=line(url, 200)) from None


def _checked(told: object, columns: int, rows: int) -> Picture:
    """What a worker tells, which a picture may have taken over; ValueError unless it is as it was asked for."""
    match told:
        case {"width": int(width), "height": int(height), "of": [int(wide), int(high)], "pixels": str(coded)}:
            pixels = b64decode(coded, validate=True)
        case _:
            raise ValueError("a picture has a size and pixels")
    is_fitting = 1 <= width <= columns and 2 <= height <= 2 * rows and height % 2 == 0
    if not (is_fitting and wide > 0 and high > 0 and len(pixels) == 3 * width * height):
        raise ValueError("a picture has the size that was asked for, and pixels for it")
    return Picture(width, height, (wide, high), pixels)
