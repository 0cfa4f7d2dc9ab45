"""What comes with an item of a feed: its pictures, and links to what can be heard, watched or loaded."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin

from newstui.links import web_url

Fields = dict[str, Any]

MOST_DIGITS = 15
"""Digits of a size in bytes; what has more is none."""


class Medium(NamedTuple):
    """Something that comes with an item; ``kind`` is the first half of its MIME type, or what the feed calls it."""

    url: str
    kind: str
    title: str = ""
    bytes: object = None
    width: object = None
    height: object = None


def media_fields(media: Iterable[Medium], comments: str = "") -> Fields:
    """The ``images`` and ``links`` of an article, each URL once, without those that must not be opened."""
    images: dict[str, Fields] = {}
    links: dict[str, Fields] = {}
    for medium in media:
        if not (url := page(medium.url)):
            continue
        if medium.kind == "image":
            images.setdefault(url, {"url": url, "width": medium.width, "height": medium.height})
        else:
            links.setdefault(url, {"label": medium.title or _label(medium), "url": url})
    if url := page(comments):
        links.setdefault(url, {"label": "comments", "url": url})
    return {"images": [*images.values()], "links": [*links.values()]}


def page(url: object) -> str:
    """A URL as it was written if it is one of the web, else nothing."""
    try:
        return web_url(url) if url and isinstance(url, str) else ""
    except ValueError:
        return ""


def joined(base: str, url: object) -> str:
    """A URL as it is meant where ``base`` holds; empty where there is none, or none that can be read."""
    if not url or not isinstance(url, str):
        return ""
    try:
        return url if url.startswith(("https://", "http://")) else urljoin(base, url)
    except ValueError:
        return ""


def first_page(urls: Iterable[object]) -> str:
    """The first of them that is one of the web."""
    return next(filter(None, map(page, urls)), "")


def _label(medium: Medium) -> str:
    """What a medium is called: ``audio, 12 MB``."""
    return ", ".join((medium.kind or "attachment", *_size(medium.bytes)))


def _size(size: object) -> Iterator[str]:
    digits = str(size)
    if digits.isdecimal() and digits.isascii() and len(digits) <= MOST_DIGITS and int(digits):
        number = int(digits)
        yield f"{number / 1e6:,.0f} MB" if number >= 1e6 else f"{max(1, round(number / 1e3))} kB"
