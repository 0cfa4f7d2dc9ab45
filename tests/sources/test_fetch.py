"""The one HTTP client against a real server on loopback that behaves as badly as one can."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from newstui import __version__
from newstui.errors import FetchError
from newstui.sources.fetch import LARGEST_PAGE, MOST_REDIRECTS, STEP, Client, Fetched

Answer = Callable[[list[str], asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[str]:
    """A server that hands the lines of each request to ``answer``."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            await answer(request.decode().splitlines(), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()


def saying(*parts: bytes) -> Answer:
    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return answer


def response(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""]).encode() + body


async def fetched(answer: Answer, *, limit: int = LARGEST_PAGE, seconds: float = 10, validators: str = "") -> Fetched:
    async with serving(answer) as url, Client(seconds=seconds) as client:
        return await client.get(url, limit=limit, validators=validators)


async def refused(answer: Answer, reason: str, *, limit: int = LARGEST_PAGE, seconds: float = 10) -> FetchError:
    with pytest.raises(FetchError, match=reason) as error:
        await fetched(answer, limit=limit, seconds=seconds)
    assert error.value.where.startswith("http://127.0.0.1:")
    return error.value


# What is asked


async def test_a_request_says_who_asks_and_nothing_else() -> None:
    requests: list[list[str]] = []

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        writer.write(response(b"x", Set_Cookie="id=1; Path=/"))

    async with serving(answer) as url, Client() as client:
        await client.get(url)
        await client.get(url)
    names = [{line.partition(":")[0].lower() for line in request[1:] if line} for request in requests]
    assert names == [{"host", "accept", "accept-encoding", "connection", "user-agent"}] * 2
    assert f"User-Agent: newstui/{__version__} (a news reader for the terminal)" in requests[0]
    assert "Accept-Encoding: gzip" in requests[0]


async def test_the_validators_of_an_answer_make_the_next_request_conditional() -> None:
    requests: list[list[str]] = []

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        unchanged = 'If-None-Match: "one"' in request
        first = response(b"x", ETag='"one"', Last_Modified="Fri, 08 May 2020 22:34:00 GMT")
        writer.write(response(status="304 Not Modified") if unchanged else first)

    async with serving(answer) as url, Client() as client:
        first = await client.get(url)
        again = await client.get(url, validators=first.validators)
    assert (first.body, again.body) == (b"x", None)
    assert "If-Modified-Since: Fri, 08 May 2020 22:34:00 GMT" in requests[1]


@pytest.mark.parametrize("validators", ["", "{}", "not JSON", "[1]", '{"etag": 3}', '{"other": "x"}'])
async def test_validators_that_say_nothing_ask_for_the_page(validators: str) -> None:
    assert (await fetched(saying(response(b"x")), validators=validators)).body == b"x"


async def test_not_modified_without_a_question_is_an_error() -> None:
    await refused(saying(response(status="304 Not Modified")), "answered 304")


# Bodies


@pytest.mark.parametrize("size", [0, 1, STEP - 1, STEP, STEP + 1, 5 * STEP])
async def test_a_packed_body_is_unpacked(size: int) -> None:
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    answer = saying(response(gzip.compress(body), Content_Encoding="gzip"))
    assert (await fetched(answer)).body == body
    assert (await fetched(saying(response(gzip.compress(b"\0" * size), Content_Encoding="gzip")))).body == b"\0" * size


async def test_an_empty_body_is_empty_packed_or_not() -> None:
    assert (await fetched(saying(response()))).body == b""
    assert (await fetched(saying(response(Content_Encoding="gzip")))).body == b""


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_a_body_may_be_as_large_as_the_limit_and_no_larger(encoding: str) -> None:
    def sized(size: int) -> Answer:
        body = b"x" * size
        return saying(response(gzip.compress(body) if encoding == "gzip" else body, Content_Encoding=encoding))

    assert len((await fetched(sized(100_000), limit=100_000)).body or b"") == 100_000
    for size in (100_001, 10_000_000):
        await refused(sized(size), "larger than 100,000 bytes", limit=100_000)


async def test_a_bomb_is_refused_in_little_memory() -> None:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(100)) + packer.flush()
    tracemalloc.start()
    try:
        await refused(saying(response(bomb, Content_Encoding="gzip")), "larger than")
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
    finally:
        tracemalloc.stop()


async def test_an_endless_body_is_refused() -> None:
    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            await writer.drain()

    await refused(answer, "larger than")


async def test_what_follows_a_packed_body_is_ignored() -> None:
    body = gzip.compress(b"news") + gzip.compress(b"") * 10_000
    assert (await fetched(saying(response(body, Content_Encoding="gzip")))).body == b"news"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "zstd"])
async def test_a_packing_that_was_not_asked_for_is_refused(encoding: str) -> None:
    await refused(saying(response(b"x", Content_Encoding=encoding)), "packed in a way")


async def test_a_damaged_and_a_cut_body_are_refused() -> None:
    await refused(saying(response(b"not gzip at all", Content_Encoding="gzip")), "damaged")
    await refused(saying(response(gzip.compress(b"x" * 1000)[:-9], Content_Encoding="gzip")), "cut short")
    await refused(saying(response(b"x" * 1000)[:-9]), "broke off")


# Time


async def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        await writer.drain()
        await asyncio.get_running_loop().create_future()

    async with (
        serving(lambda request, writer: asyncio.wait_for(answer(request, writer), 1)) as url,
        Client(seconds=0.2) as client,
    ):
        with pytest.raises(FetchError, match=r"no whole answer within 0\.2 seconds"):
            await client.get(url)


# Redirects


def hopping(hops: int) -> Answer:
    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        number = int(request[0].split()[1].strip("/") or 0)
        writer.write(response(b"there") if number == hops else response(status="302 Found", Location=f"/{number + 1}"))

    return answer


async def test_redirects_are_followed_to_their_limit() -> None:
    there = await fetched(hopping(MOST_REDIRECTS))
    assert (there.body, there.url.rpartition("/")[2]) == (b"there", str(MOST_REDIRECTS))
    await refused(hopping(MOST_REDIRECTS + 1), "more than 10 redirects")


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "javascript:x", "", "http://user:pw@127.0.0.1/", "http://[/"]
)
async def test_a_redirect_to_no_web_page_is_refused(location: str) -> None:
    answer = saying(response(status="301 Moved", Location=location))
    with pytest.raises(FetchError):
        await fetched(answer)


# Failures


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        ("404 Not Found", "check the address"),
        ("403 Forbidden", "let newstui in"),
        ("503 Busy", "later"),
        ("429 Slow", "often"),
    ],
)
async def test_a_refusal_says_what_to_do(status: str, advice: str) -> None:
    error = await refused(saying(response(status=status)), f"the server answered {status}")
    assert advice in error.advice


async def test_a_reason_of_the_server_cannot_speak_to_the_terminal() -> None:
    async with (
        serving(saying(b"HTTP/1.1 500 \x9d52;c;eA==\x9c\r\nContent-Length: 0\r\n\r\n")) as url,
        Client() as client,
    ):
        with pytest.raises(FetchError) as error:
            await client.get(url)
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n"]
)
async def test_what_is_no_http_is_a_broken_connection(said: bytes) -> None:
    await refused(saying(said), "broke off")


async def test_no_server_is_said_plainly() -> None:
    async with serving(saying()) as url:
        pass
    async with Client() as client:
        with pytest.raises(FetchError, match="nothing answers there"):
            await client.get(url)


async def test_a_proxy_that_cannot_be_is_named() -> None:
    with pytest.raises(FetchError, match="the proxy can't be used"):
        Client(proxy="nonsense")


async def test_the_proxy_is_asked_instead() -> None:
    async with serving(saying(response(b"from the proxy"))) as url, Client(proxy=url) as client:
        assert (await client.get("http://news.example/")).body == b"from the proxy"
