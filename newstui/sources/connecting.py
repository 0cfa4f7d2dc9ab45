"""Connections to addresses that may be asked: a host is looked up once, judged, and connected to where it was found.

A name may lead elsewhere when it is looked up again, so only the address that is connected to can be judged.
"""

import asyncio
import socket
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from ipaddress import ip_address
from threading import Thread
from typing import Any

import httpcore

from newstui.sources.addresses import is_public
from newstui.text import line

MOST_ADDRESSES = 8
"""Addresses of one host that are tried."""
HEAD_START = 0.25
"""Seconds that an address is tried before the next one is tried beside it."""
LARGEST_READ = 16 * 1024
"""Bytes that are taken apart before the screen gets its turn."""

Resolver = Callable[[str, int], Iterable[str]]
"""Finds the addresses of a host and port, the best first; OSError when there are none. It may take its time."""
Stream = httpcore.AsyncNetworkStream
Connect = Callable[[str], Coroutine[Any, Any, Stream]]
Options = Iterable[httpcore.SOCKET_OPTION]


class UnknownHost(httpcore.ConnectError):
    """Nobody knows where a host is."""


class PrivateAddress(httpcore.ConnectError):
    """A host is where nobody outside may send newstui; it says so in words for a person."""


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host as the system knows them."""
    return [str(place[0]) for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Connecting(httpcore.AsyncNetworkBackend):
    """The network as a client may use it: private addresses belong to it only where ``may_be_private`` says so."""

    def __init__(
        self,
        *,
        may_be_private: bool,
        resolve: Resolver = looked_up,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._may_be_private = may_be_private
        self._resolve = resolve
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options | None = None,
    ) -> Stream:
        """A connection to a host; ``timeout`` is for looking it up and for connecting together."""

        async def connect(address: str) -> Stream:
            return await self._network.connect_tcp(address, port, None, local_address, socket_options)

        try:
            async with asyncio.timeout(timeout):
                return _Readable(await _first_connected(await self._addresses(host, port), connect))
        except TimeoutError:
            raise httpcore.ConnectTimeout from None

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        """Where a host is; PrivateAddress if any of it is, since which one is asked may be up to its owner."""
        try:
            found = [*dict.fromkeys(await self._found(host, port))]
        except (OSError, UnicodeError) as error:  # a name too long for DNS can't be put into its bytes
            raise UnknownHost(str(error)) from None
        if not found:
            raise UnknownHost(host)
        for address in () if self._may_be_private else found:
            if not is_public(ip_address(address)):
                raise PrivateAddress(f"{line(host, 60)} is at a private address, {address}")
        return found[:MOST_ADDRESSES]

    async def _found(self, host: str, port: int) -> Iterable[str]:
        try:
            return [str(ip_address(host))]
        except ValueError:
            return await _asked_aside(self._resolve, host, port)


async def _asked_aside(resolve: Resolver, host: str, port: int) -> Iterable[str]:
    """What a resolver answers, in a thread that can be left alone: it can't be stopped, and may hang for a minute.

    A thread of the event loop's own would hold up the end of the program.
    """
    answer: Future[Iterable[str]] = Future()
    answer.set_running_or_notify_cancel()  # from here on only the thread settles it, whoever has stopped listening

    def ask() -> None:
        try:
            answer.set_result(resolve(host, port))
        except Exception as error:
            answer.set_exception(error)

    Thread(target=ask, name="newstui resolver", daemon=True).start()
    return await asyncio.wrap_future(answer)


async def _first_connected(addresses: Sequence[str], connect: Connect) -> Stream:
    """The first connection that comes about, of addresses that each have a head start on the next (RFC 8305)."""
    waiting, failures = deque(addresses), list[BaseException]()
    attempts: set[asyncio.Task[Stream]] = set()
    try:
        while waiting or attempts:
            if waiting:
                attempts.add(asyncio.create_task(connect(waiting.popleft())))
            patience = HEAD_START if waiting else None
            done, _ = await asyncio.wait(attempts, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            for attempt in done:
                attempts.remove(attempt)
                if not (failure := attempt.exception()):
                    return attempt.result()
                failures.append(failure)
        raise failures[-1]
    finally:
        await _give_up(attempts)


async def _give_up(attempts: Iterable[asyncio.Task[Stream]]) -> None:
    """Stop trying, and close what was connected all the same."""
    for attempt in attempts:
        attempt.cancel()
    for late in await asyncio.gather(*attempts, return_exceptions=True):
        if isinstance(late, Stream):
            await late.aclose()


class _Readable(Stream):
    """A connection that is read in small parts: what is made of thousands of tiny pieces takes long to take apart."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(min(max_bytes, LARGEST_READ), timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(self, *about: Any, **more: Any) -> Stream:
        return _Readable(await self._stream.start_tls(*about, **more))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
