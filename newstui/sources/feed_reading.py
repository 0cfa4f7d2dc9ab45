"""A feed of any kind as the fields of its articles. It runs in a worker: feedparser can be kept busy for long.

The answer is ``{"title", "home", "items", "problems"}``: what the feed is called, the page it belongs to, for each item
the fields of an ``Article`` and its ``guid``, and what to say of items that are left out.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import feedparser

from newstui.errors import ParseError
from newstui.links import host
from newstui.sources import json_feed
from newstui.sources.feed_media import Medium, first_page, joined, media_fields, page
from newstui.sources.item_texts import Part, excerpt_and_text, headline, html_of, start_of
from newstui.sources.long_feeds import MOST_ITEMS, left_out, shortened

Fields = dict[str, Any]


def read(body: bytes, about: Mapping[str, str]) -> Fields:
    """What a feed says, which came from ``url`` as ``content_type``. ParseError when these bytes are no feed."""
    url = about.get("url", "")
    if json_feed.is_json(body):
        return json_feed.read(body, url)
    feed, entries, number = _parsed(body, about)
    title, home = _headline(feed, "title"), page(joined(url, feed.get("link")))
    items = [_item(dict(entry), title, home, url) for entry in entries[:MOST_ITEMS]]
    return {"title": title, "home": home, "items": items, "problems": left_out(number)}


def _parsed(body: bytes, about: Mapping[str, str]) -> tuple[Fields, list[Fields], int]:
    """A feed and its first items as feedparser gives them, and how many items there are."""
    short, number = shortened(body)
    headers = {name: value for name, key in _HEADERS.items() if (value := about.get(key))}
    if not _has_base(body):  # all links count from the feed's address: joining them here is faster
        headers.pop("content-location", None)
    said = feedparser.parse(BytesIO(short), response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    if not said.entries and (_is_page(body) or not (said.get("version") or _CHANNEL.search(body))):
        raise ParseError(f"this is no feed: {_what_it_is(body)}", advice="look for the address of its feed")
    return dict(said.feed), said.entries, number or len(said.entries)


_HEADERS = {"content-location": "url", "content-type": "content_type"}
_CHANNEL = re.compile(rb"<CHANNEL[\s/>]")  # CDF, of which feedparser tells no version
_BASE = re.compile(rb"base\s*=")


def _has_base(body: bytes) -> bool:
    """Whether links may count from elsewhere than the feed's address; a NUL is of UTF-16, in which it can't be seen."""
    return b"\0" in body or _BASE.search(body) is not None


def _is_page(body: bytes) -> bool:
    return re.search(rb"<(?:!doctype\s+)?html[\s>]", body[:2_000], re.IGNORECASE) is not None


def _what_it_is(body: bytes) -> str:
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "the answer is empty"
    if _is_page(body):
        return "it is a web page"
    return "it is XML of another kind" if start.startswith(b"<") else "it is something else"


def _item(entry: Fields, title: str, home: str, feed_url: str) -> Fields:
    url = _page(entry, feed_url)
    texts = excerpt_and_text(_summary(entry, feed_url), _contents(entry, feed_url))
    return {
        "url": url,
        "original": page(entry.get("feedburner_origlink")) or None,
        "guid": entry.get("id") or "",
        "title": _headline(entry, "title") or start_of(texts["excerpt"]) or start_of(url.partition("://")[2]),
        "published": _moment(entry),
        "is_day_only": _DAY.fullmatch(str(entry.get("published") or entry.get("updated") or "").strip()) is not None,
        "outlet": _outlet(entry, title, url or home or feed_url),
        "topics": [tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", ())],
        **texts,
        **media_fields(_media(entry, feed_url), joined(feed_url, entry.get("comments"))),
    }


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _page(entry: Fields, feed_url: str) -> str:
    """The page of an item: where it leads, or its guid where that is a page."""
    guid, link = entry.get("id"), entry.get("link")
    pages = [said.get("href") for said in entry.get("links", ()) if said.get("rel") == "alternate"]
    # feedparser's choice among them is best, but it may be an enclosure, or a guid taken for a link.
    best = [link] if link in pages else [*pages, link if link != guid else None]
    return first_page(joined(feed_url, url) for url in best) or (page(guid) if entry.get("guidislink") else "")


def _headline(said: Fields, name: str) -> str:
    detail = said.get(f"{name}_detail") or {}
    return headline(said.get(name) or "", is_html=detail.get("type") != "text/plain")


def _moment(entry: Fields) -> int | None:
    """When an item was published, in seconds; None where the feed tells no date that there is."""
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if parsed := entry.get(name):
            try:
                return calendar.timegm(parsed)
            except (ValueError, OverflowError):
                continue
    return None


def _outlet(entry: Fields, title: str, url: str) -> Fields:
    """Who published an item: the feed, or the one from which an aggregator has it."""
    source = dict(entry.get("source") or {})
    place = first_page((source.get("link"), source.get("href"))) or url
    return {"name": _headline(source, "title") or title or host(place), "domain": host(place)}


def _summary(entry: Fields, feed_url: str) -> Part | None:
    # Without a detail it is only feedparser's copy of the content.
    detail = entry.get("summary_detail") or entry.get("subtitle_detail")
    return _part(detail, feed_url) if detail and detail.get("value") else None


def _contents(entry: Fields, feed_url: str) -> Iterator[Part]:
    return (_part(detail, feed_url) for detail in entry.get("content", ()) if detail.get("value"))


def _part(detail: Fields, feed_url: str) -> Part:
    html = html_of(detail["value"], is_html=detail.get("type") != "text/plain")
    return Part(html, joined(feed_url, detail.get("base")) or feed_url)


def _media(entry: Fields, feed_url: str) -> Iterator[Medium]:
    """All that comes with an item, pictures in full before thumbnails of them."""
    for link in entry.get("links", ()):
        if link.get("rel") == "enclosure":
            yield _medium(link, link.get("href"), feed_url)
    for medium in entry.get("media_content", ()):
        yield _medium(medium, medium.get("url"), feed_url)
    for thumbnail in entry.get("media_thumbnail", ()):
        yield _medium(thumbnail, thumbnail.get("url"), feed_url, "image")
    if player := entry.get("media_player"):
        yield _medium(player, player.get("url"), feed_url, "video")
    if isinstance(image := entry.get("image"), dict):
        yield _medium(image, image.get("href"), feed_url, "image")


def _medium(said: Fields, url: object, feed_url: str, kind: str = "") -> Medium:
    kind = kind or said.get("medium") or str(said.get("type") or "").partition("/")[0]
    size = said.get("length") or said.get("filesize")
    return Medium(joined(feed_url, url), kind, "", size, said.get("width"), said.get("height"))
