"""What goes wrong on the way to a server and back, in words for the person who has to mend it."""

import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

from newstui.errors import FetchError
from newstui.sources.connecting import PrivateAddress, UnknownHost
from newstui.text import line


@contextmanager
def in_words(url: str, seconds: float) -> Iterator[None]:
    """Make a FetchError of every failure of a request that has ``seconds`` in all."""
    try:
        yield
    except TimeoutError:
        what, advice = f"there was no whole answer within {seconds:g} seconds", "try again later"
    except zlib.error:
        what, advice = "the answer is damaged", "try again later"
    except _FAILURES as error:
        what, advice = _said(error)
    else:
        return
    raise FetchError(what, where=line(url, 200), advice=advice) from None


_FAILURES = (
    httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError,
    httpcore.UnsupportedProtocol, httpx.HTTPError, httpx.InvalidURL,
    OSError,  # a secure connection that turns to nonsense
)  # fmt: skip


def _said(error: Exception) -> tuple[str, str]:
    """What failed, and what to do about it."""
    if isinstance(error, httpcore.TimeoutException):
        return "the server did not answer in time", "try again later"
    if isinstance(error, PrivateAddress):
        return str(error), "newstui goes there only for an address that you gave it yourself"
    if isinstance(error, httpcore.ConnectError):
        return _unconnected(_causes(error))
    if isinstance(error, httpcore.ProxyError):
        return f"the proxy gives no connection: {line(str(error), 100)}", "see the setting proxy"
    if isinstance(error, httpx.InvalidURL | httpcore.UnsupportedProtocol):
        return "this is no address of a web page", "check the address"
    return "the connection broke off", "try again later"


def _unconnected(causes: Iterator[BaseException]) -> tuple[str, str]:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "the server can't prove who it is: its certificate is not valid", "check the address"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection could be agreed on", "check the address"
        if isinstance(cause, UnknownHost):
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
