"""The body of an answer, unpacked in small steps and no further than it may grow; httpx unpacks without a bound."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, Iterator

import httpx

from newstui.errors import FetchError
from newstui.text import line

STEP = 64 * 1024
"""Bytes that are unpacked at once."""
MOST_PARTS = 64
"""Parts, perhaps of one byte each, that are taken before the screen gets its turn."""


async def decoded(response: httpx.Response, limit: int) -> AsyncGenerator[bytes, None]:
    """The body in parts; it fails as soon as it grows beyond ``limit`` on its way or unpacked, or says that it will."""
    where = line(str(response.url), 200)
    inflate = _inflate(response, where)
    wire = size = count = 0
    if int(response.headers.get("content-length", 0)) > limit:
        raise _too_large(limit, where)
    async for data in response.aiter_raw():
        wire += len(data)
        for part in [data] if inflate is None else _inflated(inflate, data):
            size += len(part)
            if max(wire, size) > limit:
                raise _too_large(limit, where)
            yield part
            count += 1
            if count % MOST_PARTS == 0:
                await asyncio.sleep(0)
        if inflate is not None and inflate.eof:
            return  # what follows the packed body is ignored
    if inflate is not None and wire:
        raise FetchError("the answer was cut short", where=where, advice="try again later")


def _too_large(limit: int, where: str) -> FetchError:
    return FetchError(f"the answer is larger than {limit:,} bytes", where=where)


def _inflate(response: httpx.Response, where: str) -> "zlib._Decompress | None":
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):  # as "br", or "gzip, gzip"
        raise FetchError("the answer is packed in a way that was not asked for", where=where)
    return None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 16)


def _inflated(inflate: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """What ``data`` unpacks to; a full part may leave more behind even when all input is used up."""
    part = b""
    while (data or len(part) == STEP) and not inflate.eof:
        part = inflate.decompress(data, STEP)
        data = inflate.unconsumed_tail
        yield part
