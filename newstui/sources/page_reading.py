"""The article of a web page as Markdown. It runs in a worker, since a hostile page can make it take for ever."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from lxml import html

from newstui.article import LONGEST_TITLE
from newstui.document import Document, Heading
from newstui.document.elements import PARSING, drop, is_for_reading, tree
from newstui.document.hypertext import read_plain, read_tree
from newstui.document.writing import written
from newstui.errors import ParseError
from newstui.sources.charset import decoded
from newstui.sources.main_text import main_text
from newstui.text import line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def read(body: bytes, about: Mapping[str, str]) -> dict[str, str]:
    """The ``title`` of a page and the ``text`` of its article, in Markdown; ParseError says what it is instead.

    ``about`` has the ``url`` that its links count from and the ``content_type`` that its server said.
    """
    title, document = article(body, about)
    if not document.blocks:
        raise ParseError("no article text was found on this page")
    return {"title": title, "text": written(document)}


def article(body: bytes, about: Mapping[str, str]) -> tuple[str, Document]:
    """The title and the article of a page, which may be empty."""
    kind, _, _ = about.get("content_type", "").lower().partition(";")
    if other := _other_kind(body, kind.strip()):
        raise ParseError(f"this is {other}, not a page of text")
    text = decoded(body, about.get("content_type", ""))
    if kind.strip() == "text/plain":
        return "", read_plain(text)
    page = tree(text, _parser())
    if page is None:
        return "", Document()
    title = _title(page)
    _drop_hidden(page)
    document = read_tree(main_text(page), about.get("url", ""))
    if document is None:
        raise ParseError("this page is nested too deeply")
    return title, _without_title(document, title)


def _other_kind(body: bytes, content_type: str) -> str:
    """What a page is that is none, in words for a person."""
    for start, what in _STARTS.items():
        if body.startswith(start):
            return what
    if content_type in _TEXTS or not content_type:
        return ""
    return _KINDS.get(content_type) or _KINDS.get(content_type.partition("/")[0]) or line(content_type, 60)


@cache
def _parser() -> html.HTMLParser:
    # The elements that trafilatura takes are those of this one.
    return html.HTMLParser(**PARSING)


def _title(page: "Element") -> str:
    """What a page calls itself: for those who share it, else for a tab of a browser."""
    shared = page.xpath("string(//meta[@property='og:title']/@content)")
    return line(str(shared or page.xpath("string(//title)")), LONGEST_TITLE)


def _drop_hidden(page: "Element") -> None:
    """Take out what nobody sees or reads, but not the data in which a page may tell its article, too."""
    for element in [*page.iterdescendants()]:
        is_data = element.tag == "script" and element.get("type") == "application/ld+json"
        if not is_data and (not is_for_reading(element) or element.tag == "nav"):
            drop(element)


def _without_title(document: Document, title: str) -> Document:
    """The document without a first heading that only says the title again."""
    first = document.blocks[0] if document.blocks else None
    if not isinstance(first, Heading):
        return document
    said = " ".join("".join(span.text for span in first.spans).split())
    is_title = said.casefold() in title.casefold() and len(said) * 2 > len(title)
    return Document(document.blocks[1:], document.links, document.is_cut) if is_title else document


_TEXTS = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/octet-stream")
)
_STARTS = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or a sound",
    b"PK\x03\x04": "an archive",
    b"\x1f\x8b": "an archive",
}
_KINDS = {
    "application/pdf": "a PDF file",
    "application/json": "data for programs (JSON)",
    "application/rss+xml": "a feed",
    "application/atom+xml": "a feed",
    "application/feed+json": "a feed",
    "image": "a picture",
    "audio": "a sound",
    "video": "a video",
}
