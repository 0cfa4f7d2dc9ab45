"""Where the one HTTP client goes: to no private address that nobody gave it, and to servers that prove who they are."""

import asyncio
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import httpcore
import pytest

from newstui.errors import FetchError
from newstui.sources.connecting import LARGEST_READ, Connecting, PrivateAddress
from newstui.sources.fetch import Client
from tests.sources.hostile_server import (
    Answer,
    by_path,
    certificate,
    redirecting,
    response,
    saying,
    serving,
)

CHECKOUT = Path(__file__).parents[2]
HELLO = saying(response(b"hello"))


def here(host: str, port: int) -> list[str]:
    """Every host is this machine."""
    return ["127.0.0.1"]


def noting(requests: list[str], answer: Answer = HELLO) -> Answer:
    """A server that remembers what was asked of it."""

    async def answering(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request[0])
        await answer(request, writer)

    return answering


# Private addresses


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "[::ffff:127.0.0.1]", "localhost"]
)
async def test_no_spelling_of_this_machine_is_asked_unless_a_person_gave_it(host: str) -> None:
    requests: list[str] = []
    async with serving(noting(requests)) as url, Client() as client:
        place = url.replace("127.0.0.1", host)
        with pytest.raises(FetchError, match="is at a private address") as error:
            await client.get(place)
        assert "gave it yourself" in error.value.advice
        assert requests == []
        assert (await client.get(place, may_be_private=True)).body == b"hello"


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"], ["2606:4700::1", "fe80::1%lo"]],
)
async def test_a_name_is_refused_when_any_of_its_addresses_is_private(found: list[str]) -> None:
    requests: list[str] = []
    async with serving(noting(requests)) as url, Client(resolve=lambda host, port: found) as client:
        with pytest.raises(FetchError, match=r"news\.example is at a private address"):
            await client.get(url.replace("127.0.0.1", "news.example"))
    assert requests == []


class Recording(httpcore.AsyncNetworkBackend):
    """A network that only remembers where it was to connect to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    async def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        self.asked.append((host, port))
        raise httpcore.ConnectError("nobody is here")


async def test_a_name_that_leads_elsewhere_the_second_time_is_looked_up_once() -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    network = Recording()
    connecting = Connecting(may_be_private=False, resolve=lambda host, port: answers.pop(0), network=network)
    with pytest.raises(httpcore.ConnectError, match="nobody"):
        await connecting.connect_tcp("news.example", 80, timeout=10)
    assert network.asked == [("93.184.216.34", 80)]
    with pytest.raises(PrivateAddress):
        await connecting.connect_tcp("news.example", 80, timeout=10)
    assert network.asked == [("93.184.216.34", 80)]


@pytest.mark.parametrize("location", ["http://localhost:{port}/", "http://2130706433:{port}/", "http://[::1]:{port}/"])
async def test_a_redirect_to_another_private_host_is_refused(location: str) -> None:
    requests: list[str] = []
    async with serving(noting(requests)) as there:
        port = there.rstrip("/").rpartition(":")[2]
        async with serving(redirecting(location.format(port=port))) as url, Client() as client:
            with pytest.raises(FetchError, match="private address"):
                await client.get(url, may_be_private=True)
    assert requests == []


async def test_a_redirect_on_the_same_private_host_is_followed() -> None:
    async with serving(HELLO) as there, serving(redirecting(there)) as url, Client() as client:
        assert (await client.get(url, may_be_private=True)).body == b"hello"


async def test_a_connection_that_may_be_private_serves_nobody_else() -> None:
    requests: list[str] = []
    answer = noting(requests, saying(response(b"hello", Connection="keep-alive")))
    async with serving(answer, is_kept_open=True) as url, Client(resolve=here) as client:
        place = url.replace("127.0.0.1", "news.example")
        await client.get(place, may_be_private=True)
        with pytest.raises(FetchError, match="private address"):
            await client.get(place)
    assert len(requests) == 1


# Connections


class Whole(httpcore.AsyncNetworkStream):
    """A connection that remembers how much of it was wanted at once."""

    wanted: ClassVar[list[int]] = []

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.wanted.append(max_bytes)
        return b""

    async def start_tls(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        return self


async def test_no_more_is_read_at_once_than_others_can_wait_for() -> None:
    class Network(httpcore.AsyncNetworkBackend):
        async def connect_tcp(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
            return Whole()

    stream = await Connecting(may_be_private=True, network=Network()).connect_tcp("10.0.0.1", 80)
    secure = await stream.start_tls(ssl.create_default_context())
    for size in (1, LARGEST_READ, LARGEST_READ + 1, 100 * LARGEST_READ):
        await stream.read(size)
        await secure.read(size)
    assert Whole.wanted == [1, 1] + [LARGEST_READ] * 6


# Names


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long"), OSError("no network")]
)
async def test_a_host_that_nobody_knows_is_said_plainly(error: Exception) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise error

    async with Client(resolve=unknown) as client:
        with pytest.raises(FetchError, match="no such host, or no network"):
            await client.get("http://news.example/")


async def test_a_name_without_an_address_is_no_host() -> None:
    async with Client(resolve=lambda host, port: []) as client:
        with pytest.raises(FetchError, match="no such host"):
            await client.get("http://news.example/")


async def test_the_next_address_is_tried_when_one_refuses() -> None:
    async with serving(HELLO) as url, Client(resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"]) as client:
        answer = await client.get(url.replace("127.0.0.1", "news.example"), may_be_private=True)
    assert answer.body == b"hello"


async def test_an_address_that_does_not_answer_holds_up_the_others_for_a_moment_only() -> None:
    class Silent(httpcore.AnyIOBackend):
        cancelled = False

        async def connect_tcp(self, host: str, *about: Any, **more: Any) -> httpcore.AsyncNetworkStream:
            try:
                return await (
                    asyncio.Event().wait() if host == "10.0.0.1" else super().connect_tcp(host, *about, **more)
                )  # type: ignore[return-value]
            except asyncio.CancelledError:
                self.cancelled = True
                raise

    network = Silent()
    async with serving(HELLO) as url:
        port = int(url.rstrip("/").rpartition(":")[2])
        found = ["10.0.0.1", "127.0.0.1"]
        connecting = Connecting(may_be_private=True, resolve=lambda host, port: found, network=network)
        stream = await connecting.connect_tcp("news.example", port, timeout=60)
        await stream.aclose()
    assert network.cancelled


_HANGING = """
import asyncio, threading
from newstui.errors import FetchError
from newstui.sources.fetch import Client

async def main():
    async with Client(seconds=0.2, resolve=lambda host, port: threading.Event().wait()) as client:
        try:
            await client.get("http://news.example/")
        except FetchError as error:
            print(error.what)

asyncio.run(main())
"""


def test_a_look_up_that_hangs_holds_up_neither_its_fetch_nor_the_end_of_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _HANGING], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=True
    )
    assert (done.stdout, done.stderr) == ("there was no whole answer within 0.2 seconds\n", "")


def test_a_look_up_that_ends_when_nobody_waits_for_it_any_more_ends_quietly() -> None:
    thread: list[threading.Thread] = []
    going = threading.Event()

    def late(host: str, port: int) -> list[str]:
        thread.append(threading.current_thread())
        going.wait()
        return ["127.0.0.1"]

    async def ask() -> None:
        async with Client(seconds=0.2, resolve=late) as client:
            with pytest.raises(FetchError, match="no whole answer"):
                await client.get("http://news.example/")

    asyncio.run(ask())
    going.set()
    thread[0].join()  # an error in a thread is a warning, and a warning fails the test


# Proofs of who a server is


async def test_a_server_that_nobody_vouches_for_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, tls = certificate(tmp_path, "self", "IP:127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    async with serving(HELLO, tls=tls) as url, Client() as client:
        with pytest.raises(FetchError, match="can't prove who it is"):
            await client.get(url, may_be_private=True)
    assert not (tmp_path / "keys").exists()


async def test_certificates_of_the_settings_vouch_for_a_server(tmp_path: Path) -> None:
    made, tls = certificate(tmp_path, "self", "IP:127.0.0.1")
    async with serving(HELLO, tls=tls) as url, Client(ca_bundle=str(made)) as client:
        assert (await client.get(url, may_be_private=True)).body == b"hello"


async def test_a_server_has_to_prove_the_name_not_the_address(tmp_path: Path) -> None:
    made, tls = certificate(tmp_path, "other", "DNS:other.example,IP:127.0.0.1")
    async with serving(HELLO, tls=tls) as url, Client(ca_bundle=str(made), resolve=here) as client:
        assert (await client.get(url.replace("127.0.0.1", "other.example"), may_be_private=True)).body == b"hello"
        with pytest.raises(FetchError, match="can't prove who it is"):
            await client.get(url.replace("127.0.0.1", "news.example"), may_be_private=True)


async def test_a_redirect_to_an_open_connection_is_refused(tmp_path: Path) -> None:
    made, tls = certificate(tmp_path, "self", "IP:127.0.0.1")
    requests: list[str] = []
    async with (
        serving(noting(requests)) as there,
        serving(redirecting(there), tls=tls) as url,
        Client(ca_bundle=str(made)) as client,
    ):
        with pytest.raises(FetchError, match="from https on to an open connection"):
            await client.get(url, may_be_private=True)
    assert requests == []


async def test_a_redirect_to_a_secure_connection_is_followed(tmp_path: Path) -> None:
    made, tls = certificate(tmp_path, "self", "IP:127.0.0.1")
    async with (
        serving(HELLO, tls=tls) as there,
        serving(redirecting(there)) as url,
        Client(ca_bundle=str(made)) as client,
    ):
        assert (await client.get(url, may_be_private=True)).url == there


async def test_an_open_server_where_a_secure_one_should_be_is_refused() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(response(status="400 Bad Request"))
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server, Client() as client:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(FetchError, match="no secure connection"):
            await client.get(f"https://127.0.0.1:{port}/", may_be_private=True)


async def test_a_secure_connection_that_turns_to_nonsense_is_broken(tmp_path: Path) -> None:
    made, tls = certificate(tmp_path, "self", "IP:127.0.0.1")

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        os.write(writer.get_extra_info("socket").fileno(), b"this is not how it goes on")

    async with serving(answer, tls=tls) as url, Client(ca_bundle=str(made)) as client:
        with pytest.raises(FetchError, match="broke off"):
            await client.get(url, may_be_private=True)


@pytest.mark.parametrize("kind", ["missing", "folder", "words", "nul", "~nobody-of-this-name/x"])
def test_certificates_that_cannot_be_read_are_named_with_their_setting(kind: str, tmp_path: Path) -> None:
    place = {"words": tmp_path / "words", "folder": tmp_path, "nul": "\0"}.get(kind, kind)
    (tmp_path / "words").write_text("no certificate")
    with pytest.raises(FetchError, match="the certificates can't be read: ") as error:
        Client(ca_bundle=str(place))
    assert "setting ca_bundle" in error.value.advice


# A proxy


async def test_the_proxy_is_asked_instead() -> None:
    requests: list[str] = []
    async with serving(noting(requests)) as url, Client(proxy=url) as client:
        assert (await client.get("http://news.example/feed")).body == b"hello"
    assert requests == ["GET http://news.example/feed HTTP/1.1"]


@pytest.mark.parametrize("proxy", ["nonsense", "socks5://127.0.0.1:1", "http://", "ftp://127.0.0.1:1"])
def test_a_proxy_that_cannot_be_is_named_with_its_setting(proxy: str) -> None:
    with pytest.raises(FetchError, match="the proxy can't be used") as error:
        Client(proxy=proxy)
    assert "setting proxy" in error.value.advice


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[str] = []
    async with serving(noting(requests)) as proxy, serving(HELLO) as url:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        async with Client() as client:
            assert (await client.get(url, may_be_private=True)).body == b"hello"
    assert requests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "10.0.0.1", "[::1]", "localhost", "169.254.169.254"])
async def test_a_proxy_is_not_asked_for_a_private_address_unless_a_person_gave_it(host: str) -> None:
    requests: list[str] = []
    async with serving(noting(requests)) as url, Client(proxy=url) as client:
        with pytest.raises(FetchError, match="private address"):
            await client.get(f"http://{host}/")
        assert requests == []
        assert (await client.get(f"http://{host}/", may_be_private=True)).body == b"hello"


async def test_a_host_that_left_for_another_cannot_lead_back_to_what_is_private() -> None:
    answer = by_path(
        {
            "http://10.0.0.1/": redirecting("http://news.example/"),
            "http://news.example/": redirecting("http://10.0.0.1/router"),
            "http://10.0.0.1/router": HELLO,
        }
    )
    async with serving(answer) as url, Client(proxy=url) as client:
        with pytest.raises(FetchError, match=r"10\.0\.0\.1 is a private address"):
            await client.get("http://10.0.0.1/", may_be_private=True)


async def test_a_password_for_the_proxy_is_for_nobody_else() -> None:
    requests: list[list[str]] = []

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        writer.write(response(b"hello"))

    async with serving(answer) as url, Client(proxy=url.replace("//", "//me:secret@")) as client:
        await client.get("http://news.example/")
    assert "Proxy-Authorization: Basic bWU6c2VjcmV0" in requests[0]
    assert not any(line.startswith("Authorization") for line in requests[0])
    with pytest.raises(FetchError) as error:
        Client(proxy="socks5://me:secret@127.0.0.1:1")
    assert "secret" not in str(error.value)


async def test_a_proxy_that_is_away_or_refuses_is_what_is_blamed() -> None:
    async with serving(saying(response(status="403 Forbidden"))) as url, Client(proxy=url) as client:
        with pytest.raises(FetchError, match="the proxy gives no connection: 403 Forbidden") as error:
            await client.get("https://news.example/")
    assert "setting proxy" in error.value.advice
    async with Client(proxy=url) as client:
        for scheme in ("http", "https"):
            with pytest.raises(FetchError, match="the proxy gives no connection: it can't be reached"):
                await client.get(f"{scheme}://news.example/")


async def test_a_server_behind_a_proxy_proves_its_name_as_well(tmp_path: Path) -> None:
    made, tls = certificate(tmp_path, "other", "DNS:other.example")
    async with (
        serving(HELLO, tls=tls) as there,
        tunnelling(there) as url,
        Client(proxy=url, ca_bundle=str(made)) as client,
    ):
        assert (await client.get("https://other.example/")).body == b"hello"
        for name in ("news.example", f"{'n' * 64}.example"):
            with pytest.raises(FetchError, match="can't prove who it is"):
                await client.get(f"https://{name}/")


@asynccontextmanager
async def tunnelling(there: str) -> AsyncIterator[str]:
    """A proxy that connects everybody to one server."""
    port = int(there.rstrip("/").rpartition(":")[2])

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(_passed(reader, to_server), _passed(from_server, writer), return_exceptions=True)

    async with await asyncio.start_server(connect, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def _passed(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            target.write(data)
    finally:
        target.close()
