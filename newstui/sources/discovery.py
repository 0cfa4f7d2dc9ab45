"""The feeds that a web page names. It runs in a worker, as all that reads a page does."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from newstui.article import LONGEST_NAME
from newstui.document.elements import base_of, resolved, tree
from newstui.links import canonical, web_url
from newstui.sources.charset import decoded
from newstui.text import line, matcher

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_FEEDS = 100

Feed = dict[str, str]


def read(body: bytes, about: Mapping[str, str]) -> list[Feed]:
    """The feeds of a page, each with its ``url``, ``title`` and ``kind``, those of the comments last.

    Those that the page names for programs; only if there are none, the links for people that look like feeds.
    """
    page = tree(decoded(body, about.get("content_type", "")))
    if page is None:
        return []
    base = base_of(page, about.get("url", ""))
    title = line(str(page.xpath("string(//title)")), LONGEST_NAME)
    feeds = _once(_named(page, base, title)) or _once(_linked(page, base, title))
    return sorted(feeds, key=_is_of_comments)[:MOST_FEEDS]


def _named(page: "Element", base: str, title: str) -> Iterator[Feed]:
    for link in page.iter("link"):
        kind = link.get("type", "").partition(";")[0].strip().lower()
        relations = link.get("rel", "").lower().split()
        if ("alternate" in relations or "feed" in relations) and (kind in _KINDS or _is_json_feed(kind, link)):
            yield _feed(base, link, link.get("title", "") or title)


def _linked(page: "Element", base: str, title: str) -> Iterator[Feed]:
    for link in page.iter("a"):
        if matcher(_FEED_PATH).search(matcher("[?#]").split(link.get("href", ""), 1)[0].strip()):
            said = "".join(map(str, link.itertext()))
            yield _feed(base, link, said if matcher(r"\w").search(said) else title)


def _feed(base: str, link: "Element", title: str) -> Feed:
    return {"url": _url(base, link), "title": line(title, LONGEST_NAME), "kind": "feed"}


def _url(base: str, link: "Element") -> str:
    """Where a link leads, empty if it must not be opened."""
    said = link.get("href", "").strip()
    try:
        return web_url(resolved(base, said)) if said else ""
    except ValueError:
        return ""


def _is_json_feed(kind: str, link: "Element") -> bool:
    """Whether JSON is a feed: pages name other data, too."""
    return kind == "application/json" and "feed" in f"{link.get('href', '')} {link.get('title', '')}".lower()


def _once(feeds: Iterator[Feed]) -> list[Feed]:
    by_page: dict[str, Feed] = {}
    for feed in feeds:
        if feed["url"]:
            by_page.setdefault(canonical(feed["url"]), feed)
    return list(by_page.values())


def _is_of_comments(feed: Feed) -> bool:
    return matcher(r"(?i:\bcomments?\b)").search(f"{feed['url']} {feed['title']}") is not None


_KINDS = frozenset(("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"))
_FEED_PATH = (
    r"(?i:(?:^|/)(?:feeds?|rss|atom)/?\Z|(?:feed|rss|atom)[^/]*\.(?:xml|rdf|json)\Z"
    r"|/index\.(?:xml|rdf)\Z|\.(?:rss|atom)\Z)"
)
