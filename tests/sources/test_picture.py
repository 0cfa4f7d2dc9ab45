"""Pictures of all kinds decoded as in a worker, and fetched and decoded for real."""

import asyncio
import struct
import tracemalloc
import zlib
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from io import BytesIO
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from newstui.errors import FetchError, ParseError
from newstui.sources.fetch import LARGEST_IMAGE, Client
from newstui.sources.picture import Picture, picture
from newstui.sources.picture_reading import MOST_PIXELS, read
from newstui.sources.sandbox import Sandbox

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
GROUND = (16, 32, 48)


class Seen(NamedTuple):
    """What the worker tells of a picture."""

    width: int
    height: int
    of: tuple[int, int]
    rows: list[list[tuple[int, ...]]]


def seen(body: bytes, columns: int = 80, rows: int = 30) -> Seen:
    told = read(body, {"columns": str(columns), "rows": str(rows), "background": "#102030"})
    assert isinstance(told, dict)
    width, height, pixels = told["width"], told["height"], b64decode(told["pixels"], validate=True)
    assert len(pixels) == 3 * width * height
    colours = [tuple(pixels[place : place + 3]) for place in range(0, len(pixels), 3)]
    lines = [colours[start : start + width] for start in range(0, len(colours), width)]
    return Seen(width, height, tuple(told["of"]), lines)


def encoded(image: Image.Image, kind: str = "PNG", **said: object) -> bytes:
    body = BytesIO()
    image.save(body, kind, **said)
    return body.getvalue()


def near(colour: tuple[int, ...], other: tuple[int, ...], by: int = 3) -> bool:
    return all(abs(one - two) <= by for one, two in zip(colour, other, strict=True))


def png(width: int, height: int) -> bytes:
    """A picture of nothing but zeros, packed as small as can be."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pack = zlib.compressobj(9)
    line = bytes((width + 7) // 8 + 1)
    packed = b"".join(pack.compress(line) for _ in range(height)) + pack.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


# What is shown


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_of_these_kinds_are_shown_in_their_colours(kind: str) -> None:
    picture = seen(encoded(Image.new("RGB", (160, 80), RED), kind))
    assert picture[:3] == (80, 40, (160, 80))
    assert all(near(colour, RED) for row in picture.rows for colour in row)


@pytest.mark.parametrize(
    ("size", "columns", "rows", "expected"),
    [
        ((1024, 659), 60, 22, (60, 38)),
        ((1024, 659), 84, 10, (31, 20)),
        ((1000, 1000), 10, 10, (10, 10)),
        ((1000, 1000), 40, 10, (20, 20)),
        ((20, 10), 80, 30, (20, 10)),
        ((1, 1), 80, 30, (1, 2)),
        ((21, 7), 80, 30, (21, 8)),
        ((4000, 1), 80, 30, (80, 2)),
        ((1, 4000), 80, 30, (1, 60)),
    ],
)
def test_a_picture_fits_keeps_its_shape_and_is_never_enlarged(
    size: tuple[int, int], columns: int, rows: int, expected: tuple[int, int]
) -> None:
    picture = seen(encoded(Image.new("L", size)), columns, rows)
    assert (picture.width, picture.height) == expected
    assert picture.of == size


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("1", 1, WHITE),
        ("L", 100, (100, 100, 100)),
        ("LA", (100, 0), GROUND),
        ("RGBA", (*RED, 255), RED),
        ("RGBA", (*RED, 0), GROUND),
        ("RGBA", (*RED, 128), (136, 16, 24)),
        ("I;16", 0x6400, (100, 100, 100)),
    ],
)
def test_every_mode_is_seen_as_a_person_would(
    mode: str, colour: float | tuple[int, ...], expected: tuple[int, ...]
) -> None:
    picture = seen(encoded(Image.new(mode, (8, 8), colour)))
    assert all(near(found, expected) for row in picture.rows for found in row)


def test_a_palette_may_have_a_colour_that_shines_through() -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, *RED])
    assert seen(encoded(image)).rows[0][0] == RED
    assert seen(encoded(image, transparency=1)).rows[0][0] == GROUND
    assert seen(encoded(image, "GIF", transparency=1)).rows[0][0] == GROUND


def test_the_colours_of_print_are_those_of_a_screen() -> None:
    assert near(seen(encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")).rows[0][0], RED)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_only_the_first_frame_of_a_moving_picture_is_shown(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, GREEN, BLUE)]
    moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    assert near(seen(moving).rows[0][0], RED)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_taken_sideways_stands_upright(kind: str, orientation: int) -> None:
    upright = Image.new("RGB", (32, 16), RED)
    upright.paste(GREEN, (16, 0, 32, 8))
    upright.paste(BLUE, (0, 8, 16, 16))
    upright.paste(WHITE, (16, 8, 32, 16))
    undone = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)  # as Pillow counts its turns
    stored = upright if undone is None else upright.transpose(Image.Transpose(undone))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = seen(encoded(stored, kind, exif=exif))
    assert picture[:3] == (32, 16, (32, 16))
    corners = (picture.rows[2][2], picture.rows[2][29], picture.rows[13][2], picture.rows[13][29])
    assert all(near(found, wanted, 40) for found, wanted in zip(corners, (RED, GREEN, BLUE, WHITE), strict=True))


def test_a_picture_whose_exif_is_garbage_is_shown_as_it_is() -> None:
    picture = seen(encoded(Image.new("RGB", (8, 8), RED), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff garbage"))
    assert near(picture.rows[0][0], RED)


# What is refused


def refusal(body: bytes) -> str:
    with pytest.raises(ParseError) as error:
        seen(body)
    return str(error.value)


def test_a_picture_of_sixteen_million_pixels_is_shown_and_one_with_a_row_more_is_not() -> None:
    assert seen(png(4_000, MOST_PIXELS // 4_000)).of == (4_000, 4_000)
    assert refusal(png(4_000, MOST_PIXELS // 4_000 + 1)) == "the picture has more than 16,000,000 pixels"


def test_a_picture_that_unpacks_to_a_hundred_times_its_size_is_refused_before_it_is_unpacked() -> None:
    bomb = png(13_000, 13_000)
    assert len(bomb) < 30_000
    tracemalloc.start()
    assert "more than 16,000,000 pixels" in refusal(bomb)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "it is no picture of a kind that is known"),
        (b"Just a text.", "it is no picture of a kind that is known"),
        (b"\x00" * 5_000, "it is no picture of a kind that is known"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "it is an SVG drawing"),
        (b"\n<!DOCTYPE html><title>Not found</title>", "it is a web page"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "it is an AVIF picture"),
        (encoded(Image.new("RGB", (8, 8)), "BMP"), "it is no picture of a kind that is known"),
        (encoded(Image.new("RGB", (8, 8)), "TIFF"), "it is no picture of a kind that is known"),
    ],
)
def test_what_is_no_picture_is_named_and_what_would_be_one(body: bytes, what: str) -> None:
    assert refusal(body) == f"{what}: newstui shows PNG, JPEG, GIF and WebP"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_was_cut_short_is_damaged(kind: str) -> None:
    whole = encoded(Image.effect_noise((200, 200), 50).convert("RGB"), kind)
    assert refusal(whole[: len(whole) // 2]) == "the picture is damaged"


NOISE = {
    kind: encoded(Image.effect_noise((40, 30), 60).convert("RGB"), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")
}


@given(
    kind=st.sampled_from(sorted(NOISE)),
    changes=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 200),
)
def test_no_damage_does_more_than_to_refuse_a_picture(kind: str, changes: list[tuple[int, int]], cut: int) -> None:
    body = bytearray(NOISE[kind])
    for place, value in changes:
        body[place % len(body)] = value
    with suppress(ParseError):
        picture = seen(bytes(body[: len(body) - cut]))
        assert picture.width <= 80
        assert picture.height <= 60


# Fetched and decoded


URL = "http://pictures.example/a.png"


@asynccontextmanager
async def answering(body: bytes, asked: list[str]) -> AsyncIterator[str]:
    """A server that answers every request with ``body`` and writes down what it was asked for."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        asked.append(request.decode().split()[1])
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
        writer.write(body)
        with suppress(ConnectionError):
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def fetched(body: bytes, sandbox: Sandbox) -> Picture:
    """The picture that a web of one page shows: the server stands for every host, as a proxy does."""
    async with answering(body, []) as proxy, Client(proxy=proxy) as client:
        return await picture(URL, 80, 30, client, sandbox, background="#102030")


async def test_a_picture_is_fetched_and_decoded_in_a_worker() -> None:
    async with Sandbox() as sandbox:
        assert await fetched(encoded(Image.new("RGBA", (160, 80), (*RED, 0))), sandbox) == Picture(
            80, 40, (160, 80), bytes(GROUND) * 80 * 40
        )


async def test_a_worker_says_why_a_picture_is_refused() -> None:
    async with Sandbox() as sandbox:
        with pytest.raises(ParseError, match="the picture has more than 16,000,000 pixels"):
            await fetched(png(13_000, 13_000), sandbox)
        with pytest.raises(ParseError, match="it is a web page: newstui shows PNG, JPEG, GIF and WebP"):
            await fetched(b"<html>", sandbox)


async def test_a_picture_of_more_than_eight_megabytes_is_not_fetched() -> None:
    async with Sandbox() as sandbox:
        with pytest.raises(FetchError, match="larger than"):
            await fetched(bytes(LARGEST_IMAGE + 1), sandbox)


async def test_a_picture_at_a_private_address_is_never_asked_for() -> None:
    asked: list[str] = []
    async with answering(b"", asked) as url, Client() as client, Sandbox() as sandbox:
        with pytest.raises(FetchError):
            await picture(url, 80, 30, client, sandbox)
    assert asked == []


class Liar(Sandbox):
    """A worker that a picture took over."""

    def __init__(self, told: object) -> None:
        super().__init__()
        self._told = told

    async def run(self, job: str, body: bytes, about: Mapping[str, str] = {}) -> object:
        return self._told


SOUND = {"width": 2, "height": 2, "of": [2, 2], "pixels": b64encode(bytes(12)).decode()}


@pytest.mark.parametrize(
    "lie",
    [
        {"width": 0},
        {"width": 81, "pixels": b64encode(bytes(3 * 81 * 2)).decode()},
        {"width": -2, "height": -2},
        {"width": "2"},
        {"width": 2.0},
        {"height": 0, "pixels": ""},
        {"height": 3, "pixels": b64encode(bytes(18)).decode()},
        {"height": 62, "pixels": b64encode(bytes(3 * 2 * 62)).decode()},
        {"of": [0, 2]},
        {"of": [2]},
        {"of": None},
        {"pixels": b64encode(bytes(11)).decode()},
        {"pixels": b64encode(bytes(13)).decode()},
        {"pixels": "\x1b]52;c;AAAA\x07"},
        {"pixels": "é" * 16},
        {"pixels": None},
    ],
)
async def test_what_a_worker_tells_is_believed_only_where_it_is_as_it_was_asked_for(lie: dict[str, object]) -> None:
    assert await fetched(b"any", Liar(SOUND)) == Picture(2, 2, (2, 2), bytes(12))
    with pytest.raises(ParseError, match="the picture can't be drawn"):
        await fetched(b"any", Liar(SOUND | lie))


@pytest.mark.parametrize("told", [None, [], "pixels", 7, {}])
async def test_a_worker_that_tells_of_no_picture_is_not_believed(told: object) -> None:
    with pytest.raises(ParseError, match="the picture can't be drawn"):
        await fetched(b"any", Liar(told))
