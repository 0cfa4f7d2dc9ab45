"""A JSON Feed (version 1 or 1.1, jsonfeed.org) as the fields of its articles."""

from collections.abc import Iterator
from html import escape
from typing import Any

from newstui.errors import ParseError
from newstui.links import host
from newstui.sources.site import parse_json
from newstui.text import parse_time

Fields = dict[str, Any]


def is_json(body: bytes) -> bool:
    """Whether these bytes begin as JSON does."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read(body: bytes, url: str) -> Fields:
    """What a JSON Feed says, as ``feed_reading.read`` gives it."""
    from newstui.sources.feed_reading import MOST_ITEMS, cut_short

    said = parse_json(body.removeprefix(b"\xef\xbb\xbf"), url)
    items = said.get("items") if isinstance(said, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in str(said.get("version")):
        raise ParseError("this is no feed: it is JSON of another kind", advice="look for the address of its feed")
    feed = {"title": _text(said, "title"), "home": _text(said, "home_page_url")}
    fields = [_item(item, feed, url) for item in items[:MOST_ITEMS] if isinstance(item, dict)]
    return feed | {"items": fields, "problems": cut_short(len(items))}


def _item(item: Fields, feed: Fields, feed_url: str) -> Fields:
    from newstui.sources.feed_reading import start_of, text_fields

    url = _text(item, "url") or _text(item, "external_url")
    base = url or feed["home"] or feed_url
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    content = html or "".join(f"<p>{escape(part)}</p>" for part in plain.split("\n\n"))
    summary = _text(item, "summary")
    texts = text_fields((escape(summary), base) if summary else None, [(content, base)] if content else [])
    moment = parse_time(_text(item, "date_published") or _text(item, "date_modified"))
    return {
        "url": url,
        "original": _text(item, "external_url") or None,
        "guid": _identity(item),
        "title": _text(item, "title") or start_of(texts["excerpt"]),
        "published": moment[0] if moment else None,
        "is_day_only": bool(moment and moment[1]),
        "outlet": {"name": feed["title"] or host(base), "domain": host(base)},
        "topics": [tag for tag in _list(item, "tags") if isinstance(tag, str)],
        "images": [{"url": image} for name in ("image", "banner_image") if (image := _text(item, name))],
        "links": list(_attachments(item)),
        **texts,
    }


def _identity(item: Fields) -> str:
    said = item.get("id")
    return str(said) if isinstance(said, str | int) else ""


def _attachments(item: Fields) -> Iterator[Fields]:
    from newstui.sources.feed_reading import enclosure_label

    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict) and (url := _text(attachment, "url")):
            kind = _text(attachment, "mime_type").partition("/")[0]
            label = _text(attachment, "title") or enclosure_label(kind, attachment.get("size_in_bytes"))
            yield {"label": label, "url": url}


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _list(fields: Fields, name: str) -> list[Any]:
    value = fields.get(name)
    return value if isinstance(value, list) else []
