"""The one HTTP client: bounded in time, in size on the wire and decoded, in redirects, and with no memory of its own.

httpx decodes without a bound and counts its timeout from byte to byte, so both are done here.
"""

import asyncio
import json
import socket
import ssl
import zlib
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx

from newstui import __version__
from newstui.errors import FetchError, LinkError
from newstui.links import SafeUrl
from newstui.text import line

SECONDS = 30.0
LARGEST_PAGE = 10 * 1024 * 1024
MOST_REDIRECTS = 10
STEP = 64 * 1024

_HEADERS = {
    "User-Agent": f"newstui/{__version__} (a news reader for the terminal)",
    "Accept-Encoding": "gzip",
}
_TIMEOUT = httpx.Timeout(10.0)
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``validators`` go into the next request for it; ``body`` is None where it didn't change since."""

    url: str
    body: bytes | None
    validators: str


class Client:
    """A connection to the web that asks for nothing but what it is told, and tells nobody more than that.

    ``transport`` takes the place of the network, for rules on which addresses may be asked.
    """

    def __init__(
        self, *, proxy: str = "", transport: httpx.AsyncBaseTransport | None = None, seconds: float = SECONDS
    ) -> None:
        self._seconds = seconds
        try:
            self._client = httpx.AsyncClient(
                headers=_HEADERS,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                follow_redirects=False,
                trust_env=False,
                timeout=_TIMEOUT,
                proxy=proxy or None,
                transport=transport,
            )
        except (ValueError, httpx.InvalidURL) as error:
            raise FetchError(f"the proxy can't be used: {error}", where=proxy, advice="see the setting proxy") from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, url: str, *, limit: int = LARGEST_PAGE, validators: str = "") -> Fetched:
        """What is at a URL, up to ``limit`` bytes; any failure is a FetchError in words for a person."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(url, limit, _conditions(validators))
        except TimeoutError:
            what = f"there was no whole answer within {self._seconds:g} seconds"
            raise FetchError(what, where=_shown(url), advice="try again later") from None
        except zlib.error:
            raise FetchError("the answer is damaged", where=_shown(url), advice="try again later") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            what, advice = _in_words(error)
            raise FetchError(what, where=_shown(url), advice=advice) from None

    async def _follow(self, url: str, limit: int, conditions: dict[str, str]) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            async with self._client.stream("GET", url, headers=conditions) as response:
                if response.status_code not in _REDIRECTS:
                    return await _answer(response, url, limit, bool(conditions))
                url = _next_url(url, response.headers.get("location", ""))
        raise FetchError(f"more than {MOST_REDIRECTS} redirects", where=_shown(url), advice="check the address")


def _next_url(url: str, location: str) -> str:
    try:
        following = SafeUrl.parse(str(httpx.URL(url).join(location)))
    except (LinkError, httpx.InvalidURL) as error:
        raise FetchError(f"the server leads on to no web page: {error}", where=_shown(url)) from None
    if not following.startswith("https:" if url.startswith("https:") else "http"):
        raise FetchError("the server leads from https on to an open connection", where=_shown(url))
    return str(following)


async def _answer(response: httpx.Response, url: str, limit: int, is_conditional: bool) -> Fetched:
    status = response.status_code
    if status == httpx.codes.NOT_MODIFIED and is_conditional:
        return Fetched(url, None, "")
    if status != httpx.codes.OK:
        advice = _ADVICE.get(status, "try again later" if status >= 500 else "check the address")
        what = f"the server answered {status} {line(response.reason_phrase, 60)}".strip()
        raise FetchError(what, where=_shown(url), advice=advice)
    body = bytearray()
    async with aclosing(decoded(response, limit)) as parts:
        async for part in parts:
            body += part
    return Fetched(url, bytes(body), _validators(response.headers))


_ADVICE = {
    401: "it wants a login, which newstui can't give",
    403: "it does not let newstui in",
    404: "check the address",
    410: "it is gone for good; remove the source",
    429: "it was asked too often; wait a while",
}


async def decoded(response: httpx.Response, limit: int) -> AsyncGenerator[bytes, None]:
    """The body in parts of at most ``STEP`` bytes where it is packed; it fails as soon as it grows beyond ``limit``."""
    inflate = _inflate(response)
    wire = size = 0
    async for data in response.aiter_raw():
        wire += len(data)
        for part in [data] if inflate is None else _inflated(inflate, data):
            size += len(part)
            if max(wire, size) > limit:
                raise FetchError(f"the answer is larger than {limit:,} bytes", where=_shown(str(response.url)))
            yield part
        if inflate is not None and inflate.eof:
            return  # what follows the packed body is ignored
    if inflate is not None and wire:
        raise FetchError("the answer was cut short", where=_shown(str(response.url)), advice="try again later")


def _inflate(response: httpx.Response) -> "zlib._Decompress | None":
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):  # as "br", or "gzip, gzip"
        raise FetchError("the answer is packed in a way that was not asked for", where=_shown(str(response.url)))
    return None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 16)


def _inflated(inflate: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """What ``data`` unpacks to; a full part may leave more behind even when all input is used up."""
    part = b""
    while (data or len(part) == STEP) and not inflate.eof:
        part = inflate.decompress(data, STEP)
        data = inflate.unconsumed_tail
        yield part


def _conditions(validators: str) -> dict[str, str]:
    """Headers that ask for a page only if it changed; what can't be understood asks for it anyway."""
    try:
        kept = json.loads(validators or "{}")
    except ValueError:
        return {}
    if not isinstance(kept, dict):
        return {}
    return {asked: kept[told] for told, asked in _VALIDATORS.items() if isinstance(kept.get(told), str)}


def _validators(headers: httpx.Headers) -> str:
    kept = {told: headers[told] for told in _VALIDATORS if told in headers and len(headers[told]) <= _LONGEST_VALIDATOR}
    return json.dumps(kept)


_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_LONGEST_VALIDATOR = 1024


def _in_words(error: Exception) -> tuple[str, str]:
    """What failed, and what to do about it."""
    if isinstance(error, httpx.TimeoutException):
        return "the server did not answer in time", "try again later"
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return "this is no address of a web page", "check the address"
    if isinstance(error, httpx.ConnectError):
        return _unconnected([*_causes(error)])
    if isinstance(error, httpx.ProxyError):
        return f"the proxy refused: {line(str(error), 100)}", "see the setting proxy"
    return "the connection broke off", "try again later"


def _unconnected(causes: list[BaseException]) -> tuple[str, str]:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "the server can't prove who it is: its certificate is not valid", "check the address"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection could be agreed on", "check the address"
        if isinstance(cause, socket.gaierror):
            return "there is no such host, or no network", "check the address and the network"
        if isinstance(cause, ConnectionRefusedError):
            return "nothing answers there: the connection was refused", "check the address, or try again later"
    return "no connection could be made", "check the network, or try again later"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__


def _shown(url: str) -> str:
    return line(url, 200)
