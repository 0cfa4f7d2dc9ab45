"""A picture from outside, decoded and made as small as it will be drawn. It runs in a worker only."""

import struct
import warnings
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from PIL.Image import Transpose

from newstui.errors import ParseError

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_PIXELS = 16_000_000
"""Of a picture as it comes: each takes four bytes of memory once it is decoded."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow compares it with the size that a picture tells, before it decodes any


def read(body: bytes, about: Mapping[str, str]) -> object:
    """The first frame of a picture, fitted into so many ``columns`` and ``rows`` of cells, each two pixels high.

    What shines through is seen on ``background``, a colour as ``#rrggbb``. ParseError says why there is no picture.
    """
    columns, rows = int(about["columns"]), int(about["rows"])
    try:
        with warnings.catch_warnings(action="ignore"):  # a picture that can be shown in spite of its flaws is shown
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(body), formats=FORMATS)
            size = image.size
            image.draft(None, (2 * columns, 4 * rows))  # a JPEG need not be decoded much larger than it is drawn
            image.load()
            return _described(image, size, columns, rows, about.get("background", "#000000"))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ParseError(f"the picture has more than {MOST_PIXELS:,} pixels") from None
    except UnidentifiedImageError:
        raise ParseError(_what_it_is(body), advice="newstui shows PNG, JPEG, GIF and WebP") from None
    except _DAMAGE:
        raise ParseError("the picture is damaged") from None


def _what_it_is(body: bytes) -> str:
    start = body[:1_000].lower()
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if mark in start), "no picture of a kind that is known")
    return f"it is {kind}"


_OTHER_KINDS = {
    b"<svg": "an SVG drawing",
    b"<html": "a web page",
    b"<!doctype html": "a web page",
    b"ftypavif": "an AVIF picture",
    b"ftyphei": "a HEIC picture",
}


def _described(image: Image.Image, size: tuple[int, int], columns: int, rows: int, background: str) -> object:
    turn = _turn(image)
    is_on_its_side = turn in _QUARTER_TURNS
    of = size[::-1] if is_on_its_side else size
    width, height = _fitted(of, columns, rows)
    small = _coloured(image).resize(
        (height, width) if is_on_its_side else (width, height), Image.Resampling.LANCZOS, reducing_gap=2.0
    )
    upright = small if turn is None else small.transpose(turn)
    pixels = _without_gaps(upright, background).tobytes()
    return {"width": width, "height": height, "of": [*of], "pixels": b64encode(pixels).decode("ascii")}


def _turn(image: Image.Image) -> Transpose | None:
    """What puts a picture upright that was taken with the camera on its side; None also where that can't be read."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION))
    except _DAMAGE:
        return None


_ORIENTATION = 0x0112
_TURNS: Mapping[object, Transpose] = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_QUARTER_TURNS = frozenset((Transpose.TRANSPOSE, Transpose.ROTATE_270, Transpose.TRANSVERSE, Transpose.ROTATE_90))


def _fitted(size: tuple[int, int], columns: int, rows: int) -> tuple[int, int]:
    """The size in pixels that fits and keeps the shape, never larger than the picture; the height is even."""
    width, height = size
    share = min(columns / width, 2 * rows / height, 1)
    return max(1, round(width * share)), 2 * max(1, round(height * share / 2))


def _coloured(image: Image.Image) -> Image.Image:
    """The picture in eight bits a colour, with what shines through where anything does."""
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off
        image = image.convert("I").point(lambda grey: grey / 256)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _without_gaps(image: Image.Image, background: str) -> Image.Image:
    if image.mode == "RGB":
        return image
    ground = Image.new("RGBA", image.size, background)
    return Image.alpha_composite(ground, image).convert("RGB")


_DAMAGE = (ArithmeticError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)
"""What Pillow raises for bytes that are no sound picture."""
