"""Places to read articles from: a folder of documents, a news site."""

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from newstui.errors import LinkError, SourceError
from newstui.links import SafeUrl

if TYPE_CHECKING:
    from newstui.article import Batch


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
    path = Path(place).expanduser()
    if not path.exists():
        raise SourceError("there is no such file or folder", where=place, advice="give a path or an http(s) address")
    from newstui.sources.folder import FolderSource

    return FolderSource(str(path.absolute()), topic=topic)


def _site(place: str, topic: str, proxy: str) -> Source:
    try:
        url = SafeUrl.parse(place)
    except LinkError as error:
        raise SourceError(error.what, where=place, advice="give a path or an http(s) address") from None
    if urlsplit(url).scheme not in ("http", "https"):
        raise SourceError("not the address of a site", where=place, advice="give a path or an http(s) address")
    from newstui.sources.site import SiteSource

    return SiteSource(str(url), topic=topic, proxy=proxy)
