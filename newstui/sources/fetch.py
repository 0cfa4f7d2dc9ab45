"""The one HTTP client: bounded in time, in size on the wire and unpacked, in redirects and in where it goes, polite to
each host, and with no memory of its own."""

import asyncio
import json
from collections import defaultdict
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from io import BytesIO
from time import time
from types import TracebackType
from typing import NamedTuple, Self

import httpx

from newstui import __version__
from newstui.errors import FetchError, LinkError
from newstui.links import SafeUrl, host
from newstui.sources.connecting import Resolver, looked_up
from newstui.sources.decoding import decoded
from newstui.sources.failures import in_words
from newstui.sources.transport import LOCATION, MAY_BE_PRIVATE, MOST_CONNECTIONS, Transport
from newstui.text import line

SECONDS = 30.0
"""For one fetch, from the look-up of the host to the last byte."""
SECONDS_A_STEP = 10.0
"""For a connection, and between two parts of an answer."""
LARGEST_PAGE = 10 * 1024 * 1024
LARGEST_WEB_PAGE = 5 * 1024 * 1024
LARGEST_IMAGE = 8 * 1024 * 1024
MOST_REDIRECTS = 10
MOST_OF_A_HOST = 2
"""Requests at once that one host has to bear."""
SHORTEST_WAIT, LONGEST_WAIT = 60, 7 * 24 * 3600
"""Seconds for which a server that asks for a pause is left alone."""

_HEADERS = {
    "User-Agent": f"newstui/{__version__} (a news reader for the terminal)",
    # A feed and a page weigh the same: what an address gives by itself is what somebody meant who wrote it down.
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, text/html, application/xhtml+xml, "
    "application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": "gzip",
}
_TIMEOUT = httpx.Timeout(SECONDS_A_STEP, pool=None)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``validators`` go into the next request for it; ``body`` is None where it didn't change since.

    ``url`` is where it came from in the end; ``moved_to`` is where redirects for good alone led from the address that
    was asked, empty where there were none. ``content_type`` is what the server calls it.
    """

    url: str
    body: bytes | None
    validators: str
    content_type: str = ""
    moved_to: str = ""


class Client:
    """A connection to the web that asks for nothing but what it is told, and tells nobody more than that.

    One is for a whole refresh: eight requests at once, and two for a host. A ``proxy`` and a ``ca_bundle`` are as in
    the settings; FetchError when they can't be used.
    """

    def __init__(
        self, *, proxy: str = "", ca_bundle: str = "", seconds: float = SECONDS, resolve: Resolver = looked_up
    ) -> None:
        self._seconds = seconds
        self._slots = asyncio.Semaphore(MOST_CONNECTIONS)
        self._slots_of = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(MOST_OF_A_HOST))
        self._client = httpx.AsyncClient(
            headers=_HEADERS,
            follow_redirects=False,
            trust_env=False,
            timeout=_TIMEOUT,
            transport=Transport(proxy=proxy, ca_bundle=ca_bundle, resolve=resolve),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(
        self, url: str, *, limit: int = LARGEST_PAGE, validators: str = "", may_be_private: bool = False
    ) -> Fetched:
        """What is at a URL, up to ``limit`` bytes; any failure is a FetchError in words for a person.

        Only an address that a person gave may be private, and whereto it redirects on the same host.
        """
        asked = _Asked(_page(url), limit, validators, may_be_private)
        moved_to, is_for_good, seconds = "", True, self._seconds
        for _ in range(MOST_REDIRECTS + 1):
            async with self._slots_of[host(asked.url)], self._slots:
                began = asyncio.get_running_loop().time()
                answer = await self._answer(asked, seconds)
                seconds -= asyncio.get_running_loop().time() - began
            if isinstance(answer, Fetched):
                return replace(answer, moved_to=moved_to)
            is_for_good = is_for_good and answer.is_for_good
            moved_to = answer.url if is_for_good else moved_to
            asked = asked.at(answer.url)
        raise FetchError(f"more than {MOST_REDIRECTS} redirects", where=_shown(url), advice="check the address")

    async def _answer(self, asked: "_Asked", seconds: float) -> "Fetched | _Redirect":
        """What one address answers within the seconds that are left."""
        conditions = asked.conditions()
        with in_words(asked.url, self._seconds):
            async with (
                asyncio.timeout(seconds),
                self._client.stream(
                    "GET", asked.url, headers=conditions, extensions={MAY_BE_PRIVATE: asked.may_be_private}
                ) as response,
            ):
                if response.status_code in _REDIRECTS:
                    return _redirect(asked.url, response)
                return await _fetched(asked, response, bool(conditions))


class _Asked(NamedTuple):
    """A request: for what, how much of it, only if it changed, and whether a private address may answer."""

    url: str
    limit: int
    validators: str
    may_be_private: bool

    def at(self, url: str) -> Self:
        """The same for the address that a redirect names."""
        return self._replace(url=url, may_be_private=self.may_be_private and host(url) == host(self.url))

    def conditions(self) -> dict[str, str]:
        """Headers that ask for a page only if it changed; what can't be understood asks for it anyway.

        They are for the host that gave them: to another they mean nothing, or that we were elsewhere before.
        """
        try:
            kept = json.loads(self.validators or "{}")
        except (ValueError, RecursionError):
            return {}
        if not isinstance(kept, dict) or kept.get("host") != host(self.url):
            return {}
        return {asked: kept[told] for told, asked in _VALIDATORS.items() if _is_sendable(kept.get(told))}


def _is_sendable(value: object) -> bool:
    """Whether a value can stand in a request; what a server says may hold more than it may be told."""
    return isinstance(value, str) and value.isascii() and value.isprintable()


class _Redirect(NamedTuple):
    """Where a server sends whoever asks it, and whether that is where to ask from now on."""

    url: str
    is_for_good: bool


_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))


def _redirect(url: str, response: httpx.Response) -> _Redirect:
    location = str(response.extensions[LOCATION])
    if not location:
        raise FetchError("the server leads on, but does not say where to", where=_shown(url))
    try:
        following = _page(str(httpx.URL(url).join(location)))
    except (FetchError, ValueError, httpx.InvalidURL) as error:
        raise FetchError(f"the server leads on to no web page: {line(str(error), 200)}", where=_shown(url)) from None
    if url.startswith("https:") and not following.startswith("https:"):
        raise FetchError("the server leads from https on to an open connection", where=_shown(url))
    return _Redirect(following, response.status_code in _FOR_GOOD)


def _page(url: str) -> str:
    """The URL of a page, taken apart and put together again, without the part of it that no server gets to see."""
    try:
        safe = SafeUrl.parse(url)
    except LinkError as error:
        raise FetchError(error.what, where=error.where, advice="check the address") from None
    if not safe.startswith("http"):
        raise FetchError("this is no address of a web page", where=_shown(url), advice="check the address")
    return safe.partition("#")[0]


async def _fetched(asked: _Asked, response: httpx.Response, is_conditional: bool) -> Fetched:
    status, headers = response.status_code, response.headers
    if status == httpx.codes.NOT_MODIFIED and is_conditional:
        async for _ in response.aiter_raw():  # there is nothing, but a connection is used again only from its end
            pass
        return Fetched(asked.url, None, "")
    if status != httpx.codes.OK:
        raise _refusal(asked.url, response)
    body = BytesIO()  # gives its bytes without a copy of them
    async with aclosing(decoded(response, asked.limit)) as parts:
        async for part in parts:
            body.write(part)
    return Fetched(
        asked.url, body.getvalue(), _validators(asked.url, headers), line(headers.get("content-type", ""), 200)
    )


def _refusal(url: str, response: httpx.Response) -> FetchError:
    status, said = response.status_code, response.headers
    now = _moment(said.get("date", "")) or time()  # by the clock of the server, whose clock says until when
    return FetchError(
        f"the server answered {status} {line(response.reason_phrase, 60)}".strip(),
        where=_shown(url),
        advice=_ADVICE.get(status, "try again later" if status >= 500 else "check the address"),
        retry_after=pause(said.get("retry-after", ""), now) if status in _PAUSING else None,
        is_gone=status == httpx.codes.GONE,
    )


_ADVICE = {
    401: "it wants a login, which newstui can't give",
    403: "it does not let newstui in",
    404: "check the address",
    407: "the proxy wants a name and a password: see the setting proxy",
    410: "it is gone for good; remove the source",
    429: "it was asked too often; wait a while",
}
_PAUSING = frozenset((429, 503))


def pause(retry_after: str, now: float) -> int | None:
    """The seconds for which a server wants to be left alone, within bounds; None where it doesn't say."""
    if retry_after.isdecimal() and retry_after.isascii():
        seconds = float(retry_after[:20])
    elif (until := _moment(retry_after)) is not None:
        seconds = until - now
    else:
        return None
    return int(min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT))


def _moment(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _validators(url: str, headers: httpx.Headers) -> str:
    kept = {told: headers[told] for told in _VALIDATORS if told in headers and len(headers[told]) <= _LONGEST_VALIDATOR}
    return json.dumps({"host": host(url), **kept} if kept else {})


_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_LONGEST_VALIDATOR = 1024


def _shown(url: str) -> str:
    return line(url, 200)
