"""Places to read articles from: a folder of documents, a news site, a feed."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from newstui.errors import LinkError, SourceError
from newstui.links import SafeUrl
from newstui.text import line, matcher

if TYPE_CHECKING:
    from newstui.article import Batch
    from newstui.sources.web import Web


class Source(Protocol):
    """A place that articles come from; each kind gives the same shape."""

    kind: str
    place: str

    def batches(self, known: "Mapping[str, str]", is_known: Callable[[str], bool]) -> "AsyncIterator[Batch]":
        """What is new. ``known`` holds the stamps that the last reading left; ``is_known`` tells by its key
        (``links.canonical``) whether an article is in the library. SourceError when nothing can be read."""


class Place(NamedTuple):
    """Where a source is, in full, which kind of source reads it, and what to call it where the reader doesn't say.

    The kind of an address is "web" until it has been asked (``finding.find``). ``may_be_private``: whether it may be
    in a private network, which is so for an address that the reader typed.
    """

    kind: str
    place: str
    name: str
    may_be_private: bool = False


def place_of(place: str) -> Place:
    """What a path or address names. SourceError when it is neither; nothing is loaded that only a reading needs."""
    return _address(place) if "://" in place else _folder(place)


def open_source(found: Place, web: "Web", *, topic: str = "") -> Source:
    """The source at a place; articles that name no topic are filed under ``topic``."""
    if found.kind == "folder":
        from newstui.sources.folder import FolderSource

        return FolderSource(_folder(found.place).place, topic=topic)
    if found.kind == "site":
        from newstui.sources.site import SiteSource

        return SiteSource(found.place, web.client, topic=topic, may_be_private=found.may_be_private)
    from newstui.sources.feed import FeedSource

    return FeedSource(
        found.place, topic=topic, client=web.client, sandbox=web.sandbox, may_be_private=found.may_be_private
    )


_ADVICE = "give a path or an http(s) address"
_HOST = r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[:/]|\Z)"


def _folder(place: str) -> Place:
    try:
        path = Path(place).expanduser().resolve()
        is_there = bool(place) and path.exists()
    except (OSError, RuntimeError, ValueError):  # a name too long, no such home, a NUL
        is_there = False
    if not is_there:
        advice = f"did you mean https://{_shown(place)}?" if matcher(_HOST).match(place) else _ADVICE
        raise SourceError("there is no such file or folder", where=_shown(place), advice=advice)
    return Place("folder", str(path), path.name or str(path))


def _address(place: str) -> Place:
    try:
        url = SafeUrl.parse(place)
    except LinkError as error:
        raise SourceError(error.what, where=_shown(place), advice=_ADVICE) from None
    if urlsplit(url).scheme not in ("http", "https"):
        raise SourceError("not the address of a feed or a site", where=_shown(place), advice=_ADVICE)
    return Place("web", str(url), name_of(url), may_be_private=True)


def name_of(url: str) -> str:
    """What to call what is at an address, where it has no name of its own."""
    parts = urlsplit(url)
    folder = parts.path.removesuffix("index.json").removesuffix("api/news/").rstrip("/")
    return f"{parts.netloc}{folder}"


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the first of “name 2”, “name 3” … that is not taken."""
    if name not in taken:
        return name
    return next(numbered for number in count(2) if (numbered := f"{name} {number}") not in taken)


def _shown(place: str) -> str:
    return line(place, 200)
