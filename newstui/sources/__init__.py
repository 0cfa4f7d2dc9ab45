"""Places to read articles from: a folder of documents, a news site."""

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from newstui.errors import LinkError, SourceError
from newstui.links import SafeUrl
from newstui.text import line

if TYPE_CHECKING:
    from newstui.article import Batch

_ADVICE = "give a path or an http(s) address"


class Source(Protocol):
    """A place that articles come from; each kind gives the same shape."""

    kind: str
    place: str

    def batches(self, known: "Mapping[str, str]", is_known: Callable[[str], bool]) -> "AsyncIterator[Batch]":
        """What is new. ``known`` holds the stamps that the last reading left; ``is_known`` tells by its key
        (``links.canonical``) whether an article is in the library. SourceError when nothing can be read."""


class Place(NamedTuple):
    """Where a source is, in full, which kind of source reads it, and what to call it where the reader doesn't say."""

    kind: str
    place: str
    name: str


def place_of(place: str) -> Place:
    """What a path or address names. SourceError when it is neither; nothing is loaded that only a reading needs."""
    return _site(place) if "://" in place else _folder(place)


def open_source(place: str, *, topic: str = "", proxy: str = "") -> Source:
    """The source at a path or address; articles that name no topic are filed under ``topic``."""
    found = place_of(place)
    if found.kind == "site":
        from newstui.sources.site import SiteSource

        return SiteSource(found.place, topic=topic, proxy=proxy)
    from newstui.sources.folder import FolderSource

    return FolderSource(found.place, topic=topic)


_ADVICE = "give a path or an http(s) address"


def _folder(place: str) -> Place:
    try:
        path = Path(place).expanduser().resolve()
        is_there = bool(place) and path.exists()
    except (OSError, RuntimeError, ValueError):  # a name too long, no such home, a NUL
        is_there = False
    if not is_there:
        raise SourceError("there is no such file or folder", where=_shown(place), advice=_ADVICE)
    return Place("folder", str(path), path.name or str(path))


def _site(place: str) -> Place:
    try:
        url = SafeUrl.parse(place)
    except LinkError as error:
        raise SourceError(error.what, where=_shown(place), advice=_ADVICE) from None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise SourceError("not the address of a site", where=_shown(place), advice=_ADVICE)
    folder = parts.path.removesuffix("index.json").removesuffix("api/news/").rstrip("/")
    return Place("site", str(url), f"{parts.netloc}{folder}")


def _shown(place: str) -> str:
    return line(place, 200)
