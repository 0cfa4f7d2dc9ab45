"""A feed of any kind as the fields of its articles; it runs in a worker, since feedparser can be kept busy for long.

The answer is ``{"title", "home", "items", "problems"}``: the feed's title and page, the fields of an ``Article`` for
each item with its ``guid`` beside them, and what could not be read.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser

from newstui.document.html import html_lines
from newstui.document.hypertext import read as read_html
from newstui.document.plain import plain
from newstui.document.writing import written
from newstui.errors import LinkError, ParseError
from newstui.links import SafeUrl, host
from newstui.sources import json_feed
from newstui.text import cut

MOST_ITEMS = 5_000
LONGEST_START = 500
"""Characters of an excerpt that is the start of a longer text."""
LONGEST_LABEL = 100

Item = dict[str, Any]
"""A part of a feed as feedparser or JSON gives it, or the fields of an article."""


def read(body: bytes, about: Mapping[str, str]) -> Item:
    """What a feed says. ParseError when these bytes are no feed."""
    url, content_type = about.get("url", ""), about.get("content_type", "")
    if json_feed.is_json(body):
        return json_feed.read(body, url)
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    said = feedparser.parse(BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    if not said.entries and (not said.version or not said.feed.get("title")):
        raise ParseError(f"this is no feed: {_what_it_is(body)}", advice="look for the address of its feed")
    feed = {"title": _line(said.feed.get("title_detail")), "home": _web(said.feed.get("link"))}
    items = [_item(entry, feed, url) for entry in said.entries[:MOST_ITEMS]]
    return feed | {"items": items, "problems": cut_short(len(said.entries))}


def cut_short(items: int) -> list[str]:
    """A word on the items that are one too many."""
    return [f"the first {MOST_ITEMS:,} of {items:,} items are read"] if items > MOST_ITEMS else []


def _what_it_is(body: bytes) -> str:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if not start:
        return "the answer is empty"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "it is a web page"
    return "it is XML of another kind" if start.startswith(b"<?xml") else "nothing in it is an item"


def _item(entry: Item, feed: Item, feed_url: str) -> Item:
    url = _page(entry)
    title, texts = _line(entry.get("title_detail")), text_fields(_summary(entry), _contents(entry))
    return {
        "url": url,
        "original": _web(entry.get("feedburner_origlink")) or None,
        "guid": entry.get("id") or "",
        "title": title or start_of(texts["excerpt"]),
        "published": _moment(entry),
        "is_day_only": bool(_DAY.fullmatch(_date(entry))),
        "outlet": _outlet(entry, feed, url or feed["home"] or feed_url),
        "topics": [tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", ())],
        "images": list(_images(entry)),
        "links": list(_links(entry)),
        **texts,
    }


def text_fields(summary: tuple[str, str] | None, contents: Iterable[tuple[str, str]]) -> Item:
    """Excerpt and full text (Markdown) from pieces of HTML, each with the URL that its links count from.

    The full text is the longest of them, and empty where it says no more than the excerpt.
    """
    documents = [read_html(*part) for part in contents]
    if summary is not None:
        said = read_html(*summary)
        excerpt = plain(said, 4_000)
        documents.append(said)
    else:
        excerpt = ""
    longest = max(documents, key=lambda document: len(plain(document, 1_000_000)), default=None)
    if longest is None:
        return {"excerpt": "", "text": ""}
    text = plain(longest, 2 * LONGEST_START + len(excerpt))
    excerpt = excerpt if excerpt and len(excerpt) <= LONGEST_START else start_of(text, LONGEST_START)
    is_more = len(text) > len(excerpt) + 1 or len(longest.blocks) > 1 or longest.links
    return {"excerpt": excerpt, "text": written(longest) if is_more else ""}


def start_of(text: str, most: int = 80) -> str:
    """The first words of a text."""
    if len(text) <= most:
        return text
    return cut(text[: text.rfind(" ", 0, most) + 1].rstrip() + "…", most + 1) if " " in text[:most] else cut(text, most)


def _summary(entry: Item) -> tuple[str, str] | None:
    detail = entry.get("summary_detail")
    return _html(detail) if detail and detail.get("value") else None


def _contents(entry: Item) -> list[tuple[str, str]]:
    return [_html(detail) for detail in entry.get("content", ()) if detail.get("value")]


def _html(detail: Item) -> tuple[str, str]:
    value, base = detail["value"], detail.get("base") or ""
    if detail.get("type") == "text/plain" and not _MARKUP.search(value):
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace("\n\n", "<p>")
    return value, base


def _line(detail: Item | None) -> str:
    """A headline without its markup; where it is plain text, a sign such as ``<`` is part of it."""
    value = str((detail or {}).get("value") or "")
    if "<" not in value or ((detail or {}).get("type") == "text/plain" and not _MARKUP.search(value)):
        return value
    return " ".join(html_lines(value))


def _page(entry: Item) -> str:
    links = [link.get("href") for link in entry.get("links", ()) if link.get("rel") == "alternate"]
    candidates = (entry.get("link"), *links, entry.get("id") if entry.get("guidislink") else None)
    return next((url for url in map(_web, candidates) if url), "")


def _web(url: object) -> str:
    """A URL if it names a page, else nothing."""
    try:
        safe = SafeUrl.parse(url) if isinstance(url, str) else ""
    except LinkError:
        return ""
    return str(url).strip() if safe.startswith("http") else ""


def _moment(entry: Item) -> int | None:
    for name in ("published", "updated", "created", "expired"):
        if parsed := entry.get(f"{name}_parsed") if name != "expired" else None:
            try:
                return calendar.timegm(parsed)
            except (ValueError, OverflowError):
                return None
    return None


def _date(entry: Item) -> str:
    return str(entry.get("published") or entry.get("updated") or "").strip()


def _outlet(entry: Item, feed: Item, url: str) -> Item:
    source = entry.get("source") or {}
    place = _web(source.get("href") or source.get("link")) or url
    return {"name": _line({"value": source.get("title")}) or feed["title"] or host(place), "domain": host(place)}


def _images(entry: Item) -> Iterator[Item]:
    named = [*entry.get("media_content", ()), *_enclosures(entry)]
    pictures = [media for media in named if _kind(media) == "image"]
    seen = set()
    for media in (*pictures, *entry.get("media_thumbnail", ()), *_itunes_image(entry)):
        url = _web(urljoin(entry.get("link") or "", str(media.get("url") or media.get("href") or "")))
        if url and url not in seen:
            seen.add(url)
            yield {"url": url, "width": media.get("width"), "height": media.get("height")}


def _itunes_image(entry: Item) -> list[Item]:
    image = entry.get("image")
    return [image] if isinstance(image, dict) and image.get("href") else []


def _enclosures(entry: Item) -> list[Item]:
    return [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"]


def _kind(media: Item) -> str:
    return str(media.get("medium") or str(media.get("type") or "").partition("/")[0])


def _links(entry: Item) -> Iterator[Item]:
    for media in _enclosures(entry):
        if _kind(media) != "image" and (url := _web(media.get("href"))):
            yield {"label": enclosure_label(_kind(media), media.get("length")), "url": url}
    if url := _web(entry.get("comments")):
        yield {"label": "comments", "url": url}


def enclosure_label(kind: str, size: object) -> str:
    """What an enclosure is called: ``audio, 12 MB``."""
    length = (
        int(size) if isinstance(size, int) or (isinstance(size, str) and size.isdecimal() and len(size) < 15) else 0
    )
    megabytes = f", {max(1, round(length / 1e6)):,} MB" if length else ""
    return f"{kind or 'enclosure'}{megabytes}"[:LONGEST_LABEL]


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
