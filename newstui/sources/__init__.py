"""Places to read articles from: a folder of documents, a news site."""

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
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


def open_source(place: str, *, topic: str = "", proxy: str = "") -> Source:
    """The source at a path or address; articles that name no topic are filed under ``topic``."""
    if "://" in place:
        return _site(place, topic, proxy)
    return _folder(place, topic)


def _folder(place: str, topic: str) -> Source:
    try:
        path = Path(place).expanduser().absolute()
        is_there = bool(place) and path.exists()
    except (OSError, RuntimeError, ValueError):  # a name too long, no such home, a NUL
        is_there = False
    if not is_there:
        raise SourceError("there is no such file or folder", where=_shown(place), advice=_ADVICE)
    from newstui.sources.folder import FolderSource

    return FolderSource(str(path), topic=topic)


def _site(place: str, topic: str, proxy: str) -> Source:
    try:
        url = SafeUrl.parse(place)
    except LinkError as error:
        raise SourceError(error.what, where=_shown(place), advice=_ADVICE) from None
    if urlsplit(url).scheme not in ("http", "https"):
        raise SourceError("not the address of a site", where=_shown(place), advice=_ADVICE)
    from newstui.sources.site import SiteSource

    return SiteSource(str(url), topic=topic, proxy=proxy)


def _shown(place: str) -> str:
    return line(place, 200)
