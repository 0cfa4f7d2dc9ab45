"""A server on loopback that behaves as badly as one can: each answer is a way to hurt whoever asks."""

import asyncio
import gzip
import ssl
import subprocess
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from shutil import which

import pytest

Answer = Callable[[list[str], asyncio.StreamWriter], Awaitable[None]]
"""Writes what a server says to the lines of a request."""

MEBIBYTE = 1024 * 1024


@asynccontextmanager
async def serving(
    answer: Answer, *, tls: ssl.SSLContext | None = None, is_kept_open: bool = False
) -> AsyncIterator[str]:
    """A server that hands each request to ``answer``, one after the other on a connection that it keeps open."""
    connections: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            connections.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                await answer(request.decode().splitlines(), writer)
                if not is_kept_open:
                    break
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        port = server.sockets[0].getsockname()[1]
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}/"
    finally:
        server.close()
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


def by_path(answers: Mapping[str, Answer]) -> Answer:
    """A server that answers each path as it is told to, and knows no others."""

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        path = request[0].split()[1]
        await answers.get(path, saying(response(status="404 Not Found")))(request, writer)

    return answer


def saying(*parts: bytes) -> Answer:
    """A server that says the same to everybody."""

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return answer


def response(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer; ``Last_Modified`` is the header ``Last-Modified``."""
    fields = {"Content_Length": str(len(body)), "Connection": "close"} | headers
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirecting(location: str, status: str = "302 Found") -> Answer:
    """A server that sends everybody on to one place."""
    return saying(response(status=status, Location=location))


def hopping(hops: int, status: str = "302 Found") -> Answer:
    """A server that sends everybody on, from ``/1`` to ``/2``, so many times, and is there then."""

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        number = int(request[0].split()[1].strip("/") or 0)
        writer.write(response(b"there") if number == hops else response(status=status, Location=f"/{number + 1}"))

    return answer


# Bodies without an end, or that become too large


@cache
def bomb(size: int) -> bytes:
    """So many zeros, packed."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    return b"".join([*(packer.compress(bytes(MEBIBYTE)) for _ in range(size // MEBIBYTE)), packer.flush()])


def exploding(size: int = 300 * MEBIBYTE) -> Answer:
    """A server of a small body that becomes a large one when it is unpacked."""
    return lambda request, writer: saying(response(bomb(size), Content_Encoding="gzip"))(request, writer)


def exploding_twice(size: int = 300 * MEBIBYTE) -> Answer:
    """The same, packed twice: a few hundred bytes."""
    return lambda request, writer: saying(response(gzip.compress(bomb(size)), Content_Encoding="gzip, gzip"))(
        request, writer
    )


def following(members: int = 400_000) -> Answer:
    """A server of a packed body that thousands of empty ones follow."""
    return lambda request, writer: saying(
        response(gzip.compress(b"news") + gzip.compress(b"") * members, Content_Encoding="gzip")
    )(request, writer)


async def endless(request: list[str], writer: asyncio.StreamWriter) -> None:
    """A body that never ends."""
    writer.write(_CHUNKED + b"\r\n")
    while not writer.is_closing():
        writer.write(chunk(bytes(0x10000)))
        await writer.drain()


async def endless_packed(request: list[str], writer: asyncio.StreamWriter) -> None:
    """A packed body that never ends."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    writer.write(_CHUNKED + b"Content-Encoding: gzip\r\n\r\n")
    while not writer.is_closing():
        if packed := packer.compress(bytes(MEBIBYTE)):
            writer.write(chunk(packed))
            await writer.drain()
        await asyncio.sleep(0)


async def endless_padding(request: list[str], writer: asyncio.StreamWriter) -> None:
    """A packed body that never ends, and in which there is nothing."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    writer.write(_CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + chunk(packer.compress(b"") + b"\0\0\0\xff\xff"))
    while not writer.is_closing():
        writer.write(chunk(b"\0\0\0\xff\xff" * 10_000))
        await writer.drain()


async def crumbling(request: list[str], writer: asyncio.StreamWriter) -> None:
    """A body that never ends, a byte at a time, and as fast as it goes."""
    writer.write(_CHUNKED + b"\r\n")
    while not writer.is_closing():
        writer.write(chunk(b"x") * 10_000)
        await writer.drain()


def chunk(data: bytes) -> bytes:
    """A part of a body of which nobody knows the length."""
    return b"%x\r\n%b\r\n" % (len(data), data)


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"


# Answers that come too slowly, or are no answers


async def dripping(request: list[str], writer: asyncio.StreamWriter) -> None:
    """A body that comes, but a byte at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    await _drip(writer)


async def dripping_headers(request: list[str], writer: asyncio.StreamWriter) -> None:
    """Headers that come, but a byte at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    await _drip(writer)


async def silent(request: list[str], writer: asyncio.StreamWriter) -> None:
    """No answer, and no end of the connection."""
    await asyncio.get_running_loop().create_future()


async def postponing(request: list[str], writer: asyncio.StreamWriter) -> None:
    """The promise of an answer, again and again."""
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 102 Processing\r\n\r\n" * 5_000)
        await writer.drain()


async def _drip(writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)  # often enough for whoever waits only from one byte to the next


def heading(size: int) -> Answer:
    """A server with one header of so many bytes."""
    return saying(response(b"news", X_Long="y" * size))


def heading_often(count: int) -> Answer:
    """A server with so many headers."""
    fields = b"".join(b"a%d: b\r\n" % number for number in range(count))
    return saying(b"HTTP/1.1 200 OK\r\n" + fields + b"Content-Length: 4\r\n\r\nnews")


CUT_BODY = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 991)
CUT_CHUNKS = saying(_CHUNKED + b"\r\n" + chunk(b"x" * 1000))
CUT_IN_A_CHUNK = saying(_CHUNKED + b"\r\n" + chunk(b"x" * 1000)[:-500])
CUT_PACKED = saying(response(gzip.compress(b"x" * 1000)[:-9], Content_Encoding="gzip"))
NO_HTTP = saying(b"SSH-2.0-OpenSSH\r\n")


# Certificates


def certificate(folder: Path, name: str, *alternatives: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate that nobody signed, for hosts as ``DNS:news.example``: its file, and what a server does with it."""
    if not which("openssl"):
        pytest.skip("there is no openssl command that could make a certificate")
    key, made = folder / f"{name}.key", folder / f"{name}.pem"
    asked = ["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2"]
    about = ["-subj", f"/CN={name}", "-addext", f"subjectAltName={','.join(alternatives)}"]
    subprocess.run(["openssl", *asked, *about, "-keyout", key, "-out", made], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(made, key)
    return made, tls
