"""A JSON Feed (version 1 or 1.1, jsonfeed.org) as the fields of its articles."""

from collections.abc import Iterator
from typing import Any

from newstui.errors import ParseError
from newstui.links import host
from newstui.sources.feed_media import Medium, first_page, joined, media_fields, page
from newstui.sources.item_texts import Part, excerpt_and_text, html_of, start_of
from newstui.sources.long_feeds import MOST_ITEMS, left_out
from newstui.sources.sound_json import parse_json
from newstui.text import parse_time

Fields = dict[str, Any]

_MARK = b"\xef\xbb\xbf"


def is_json(body: bytes) -> bool:
    """Whether these bytes begin as JSON does."""
    return body.removeprefix(_MARK).lstrip()[:1] in (b"{", b"[")


def read(body: bytes, url: str) -> Fields:
    """What a JSON Feed says, as ``feed_reading.read`` gives it; ParseError when this is JSON of another kind."""
    said = parse_json(body.removeprefix(_MARK), "")
    items = said.get("items") if isinstance(said, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in str(said.get("version")):
        raise ParseError("this is no feed: it is JSON of another kind", advice="look for the address of its feed")
    title, home = _text(said, "title"), page(joined(url, said.get("home_page_url")))
    fields = [_item(item, title, home, url) for item in items[:MOST_ITEMS] if isinstance(item, dict)]
    return {"title": title, "home": home, "items": fields, "problems": left_out(len(items))}


def _item(item: Fields, title: str, home: str, feed_url: str) -> Fields:
    guid = _guid(item)
    original = page(_text(item, "external_url"))
    url = first_page((joined(feed_url, item.get("url")), original, guid))
    base = url or home or feed_url
    texts = excerpt_and_text(_summary(item, base), _contents(item, base))
    moment = parse_time(_text(item, "date_published")) or parse_time(_text(item, "date_modified"))
    return {
        "url": url,
        "original": original or None,
        "guid": guid,
        "title": _text(item, "title") or start_of(texts["excerpt"]) or start_of(url.partition("://")[2]),
        "published": moment[0] if moment else None,
        "is_day_only": bool(moment and moment[1]),
        "outlet": {"name": title or host(base), "domain": host(base)},
        "topics": [tag for tag in _list(item, "tags") if isinstance(tag, str)],
        **texts,
        **media_fields(_media(item, base)),
    }


def _guid(item: Fields) -> str:
    """What tells an item from others; some feeds have numbers there."""
    said = item.get("id")
    return str(said) if isinstance(said, str | int | float) else ""


def _summary(item: Fields, base: str) -> Part | None:
    summary = _text(item, "summary")
    return Part(html_of(summary, is_html=False), base) if summary else None


def _contents(item: Fields, base: str) -> Iterator[Part]:
    """The content as HTML, else as plain text."""
    if html := _text(item, "content_html"):
        yield Part(html, base)
    elif text := _text(item, "content_text"):
        yield Part(html_of(text, is_html=False), base)


def _media(item: Fields, base: str) -> Iterator[Medium]:
    for name in ("image", "banner_image"):
        yield Medium(joined(base, item.get(name)), "image")
    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict):
            kind = _text(attachment, "mime_type").partition("/")[0]
            yield Medium(
                joined(base, attachment.get("url")), kind, _text(attachment, "title"), attachment.get("size_in_bytes")
            )


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _list(fields: Fields, name: str) -> list[Any]:
    value = fields.get(name)
    return value if isinstance(value, list) else []
