"""URLs: which may be opened, and when two of them mean the same page."""

import re
from typing import Self
from urllib.parse import quote, urlsplit

from newstui.errors import LinkError

LONGEST_URL = 2_083


class SafeUrl(str):
    """A URL that may be opened: http, https or mailto, pure ASCII, nothing hidden in it."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The URL rebuilt from its parts; LinkError says why not."""
        try:
            parts = urlsplit(text.strip())
        except ValueError as error:
            raise LinkError(f"not a URL: {error}") from None
        if parts.scheme not in ("http", "https", "mailto"):
            raise LinkError("only http, https and mailto links are opened")
        if parts.scheme != "mailto" and not parts.hostname:
            raise LinkError("the link names no host")
        return cls(quote(parts.geturl(), safe="%/:?#[]@!$&'()*+,;=-._~"))


def web_url(text: str) -> str:
    """A URL as its source wrote it, once it is known to be one that may be opened."""
    text = text.strip()
    if len(text) > LONGEST_URL:
        raise ValueError("the link is too long")
    try:
        url = SafeUrl.parse(text)
    except LinkError as error:
        raise ValueError(str(error)) from None
    if not url.startswith(("http:", "https:")):
        raise ValueError("not a web page")
    return text


_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)=")


def canonical(url: str) -> str:
    """What makes two URLs the same page."""
    parts = urlsplit(url.strip())
    query = "&".join(field for field in parts.query.split("&") if field and not _TRACKING.match(field))
    path = parts.path.rstrip("/")
    return f"https://{_netloc(parts.netloc)}{path}{'?' + query if query else ''}"


def _netloc(netloc: str) -> str:
    return netloc.lower().removesuffix(":80").removesuffix(":443")


def host(url: str) -> str:
    """The host of a URL, lower case; empty when it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def shown_host(url: str) -> str:
    """The host as a reader may see it."""
    return host(url)
