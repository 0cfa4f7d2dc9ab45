"""How requests of httpx reach the network: by connections that are judged, and as the settings say, never the
environment."""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import certifi
import httpcore
import httpx

from newstui.errors import FetchError
from newstui.sources.addresses import is_private_by_name
from newstui.sources.connecting import Connecting, PrivateAddress, Resolver, Stream, looked_up
from newstui.text import line

MOST_CONNECTIONS = 8
KEPT_OPEN = 2.0
"""Seconds that a connection waits for its next request: less than the five after which many servers close it."""
MAY_BE_PRIVATE = "may_be_private"
"""The extension of a request that may go to a private address."""
LOCATION = "location"
"""The extension of an answer with that header: httpx makes a request of the header itself, also where it must not."""
_HEARD = frozenset(b"content-encoding content-length content-type date etag last-modified location retry-after".split())
"""Headers of an answer that are read at all: cookies are not, and thousands of others cost nothing."""


class Transport(httpx.AsyncBaseTransport):
    """Two sets of connections, so that none made to a private address serves a request that must not go there."""

    def __init__(self, *, proxy: str = "", ca_bundle: str = "", resolve: Resolver = looked_up) -> None:
        trusted = certificates(ca_bundle)
        self._by_proxy = proxy_of(proxy, trusted) if proxy else None
        kind = _Proxying if self._by_proxy else Connecting
        self._pools = {
            may_be_private: httpcore.AsyncConnectionPool(
                ssl_context=trusted,
                proxy=self._by_proxy,
                max_connections=MOST_CONNECTIONS,
                keepalive_expiry=KEPT_OPEN,
                network_backend=kind(may_be_private=may_be_private or bool(proxy), resolve=resolve),
            )
            for may_be_private in (False, True)
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask what a GET asks; what goes wrong is an error of httpcore's."""
        may_be_private = bool(request.extensions.get(MAY_BE_PRIVATE))
        url = request.url
        if self._by_proxy and not may_be_private and is_private_by_name(url.host):
            raise PrivateAddress(f"{line(url.host, 60)} is a private address")
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        answer = await self._pools[may_be_private].handle_async_request(asked)
        heard = httpx.Headers([(name, said) for name, said in answer.headers if name.lower() in _HEARD])
        leading = {LOCATION: heard.pop("location", "")}
        return httpx.Response(
            answer.status, headers=heard, stream=_Body(answer), extensions={**answer.extensions, **leading}
        )

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.aclose()


def certificates(ca_bundle: str) -> ssl.SSLContext:
    """By what servers prove who they are: the usual certificates, or those of a file in their place."""
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # unlike ssl.create_default_context, blind to the environment
    try:
        trusted.load_verify_locations(Path(ca_bundle).expanduser() if ca_bundle else certifi.where())
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) else ""
        what = f"the certificates can't be read: {why or 'this is no file of certificates'}"
        raise FetchError(what, where=line(ca_bundle, 200), advice="see the setting ca_bundle") from None
    return trusted


def proxy_of(address: str, trusted: ssl.SSLContext) -> httpcore.Proxy:
    """The proxy at an address; FetchError if there can't be one."""
    try:
        proxy = httpx.Proxy(address)
        is_one = proxy.url.scheme in ("http", "https") and proxy.url.host
    except (ValueError, httpx.InvalidURL):
        is_one = False
    if not is_one:
        what = "the proxy can't be used: it must be written as http://host:port"
        raise FetchError(what, where=line(address.rpartition("@")[2], 200), advice="see the setting proxy")
    return httpcore.Proxy(
        httpcore.URL(scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=b"/"),
        auth=proxy.raw_auth,
        ssl_context=trusted if proxy.url.scheme == "https" else None,
    )


class _Proxying(Connecting):
    """The network on this side of a proxy: only the proxy itself is connected to."""

    async def connect_tcp(self, *about: Any, **more: Any) -> Stream:
        try:
            return await super().connect_tcp(*about, **more)
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            raise httpcore.ProxyError("it can't be reached") from None


class _Body(httpx.AsyncByteStream):
    """The body of an answer as httpx wants to read it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
