"""What a source brought as rows to be stored, and which of two reports of one page stands."""

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, NamedTuple

from newstui.links import canonical
from newstui.text import pairs

if TYPE_CHECKING:
    from newstui.article import Article, Batch, Image

Row = tuple[object, ...]

FUTURE = 3_600
"""Seconds; a publish time further ahead than this is not believed."""
UNKNOWN_HEAT = -1
MOST_PAIRED_CHARACTERS = 20_000
"""How much of a full text can be found by a word inside a script without spaces."""

COLUMNS = (
    "source, origin, place, url, original, title, excerpt, text, pairs, published, is_date_known, is_day_only, outlet, "
    "quality, heat, category, kind, is_current, images, links, warnings"
)
"""The columns of ``article`` that come from its source, in the order of ``row``."""


class Arrival(NamedTuple):
    """An article on its way in, and what its headline was before.

    ``first`` is the earliest report of the page, where several came together: it gives the article its id and story, as
    it would have done by itself.
    """

    key: str
    article: "Article"
    published: int
    is_date_known: bool
    former_title: str = ""
    first: "Arrival | None" = None

    @property
    def age(self) -> tuple[int, str]:
        """Of two reports of one page the one with the greater age key stands."""
        return age(self.published, self.is_date_known, printable(self.article.place))


def age(published: int, is_date_known: object, place: str) -> tuple[int, str]:
    """What reports of one page from different places are ordered by."""
    return (published if is_date_known else -1, place)


def arrivals(batch: "Batch", now: int) -> dict[str, Arrival]:
    """A batch by key: each page once, documents before what is only listed."""
    by_key: dict[str, Arrival] = {}
    for article in batch.articles:
        arrival = _arrival(article, now)
        earlier = by_key.get(arrival.key)
        by_key[arrival.key] = arrival if earlier is None else _joined(earlier, arrival)
    for article in batch.listed:
        arrival = _arrival(article, now)
        by_key.setdefault(arrival.key, arrival)
    return by_key


def _arrival(article: "Article", now: int) -> Arrival:
    key, published = article.identity or canonical(article.url), article.published
    if published is None or not 0 <= published <= now + FUTURE:
        return Arrival(key, article, max(0, now), False)
    return Arrival(key, article, published, True)


def _joined(earlier: Arrival, later: Arrival) -> Arrival:
    is_replaced = earlier.article.place == later.article.place or later.age > earlier.age
    kept, other = (later, earlier) if is_replaced else (earlier, later)
    title = other.article.title
    first = min(earlier.first or earlier, later, key=lambda arrival: arrival.published)
    return kept._replace(former_title=title if title != kept.article.title else other.former_title, first=first)


def row(arrival: Arrival, source: int, outlets: Mapping[tuple[str, str], int]) -> Row:
    """An article as the values of ``COLUMNS``."""
    article = arrival.article
    return (
        source,
        article.origin,
        printable(article.place),
        article.url,
        article.original or article.url,
        article.title,
        article.excerpt,
        article.text,
        _paired(article),
        arrival.published,
        arrival.is_date_known,
        article.is_day_only,
        outlets[article.outlet.name, article.outlet.domain],
        article.quality,
        None if article.heat == UNKNOWN_HEAT else article.heat,
        article.category,
        article.kind,
        article.is_current,
        _images(article.images),
        _json([[link.label, link.url] for link in article.links]),
        _json(article.warnings),
    )


def _paired(article: "Article") -> str:
    title, excerpt, outlet, text = article.title, article.excerpt, article.outlet.name, article.text
    if title.isascii() and excerpt.isascii() and outlet.isascii() and text.isascii():
        return ""
    words = f"{title}\n{excerpt}\n{outlet}\n{text[:MOST_PAIRED_CHARACTERS]}"
    return paired(words)


def paired(words: str) -> str:
    """Words as the search index takes them inside a script without spaces; empty where there is none."""
    found = pairs(words)
    return "" if found == words else found


def _images(images: Sequence["Image"]) -> str:
    return "[" + ",".join([f"[{encode_basestring(image.url)},{image.width},{image.height}]" for image in images]) + "]"


def _json(values: Sequence[object]) -> str:
    return _ENCODER(values) if values else "[]"


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def words(row: Row) -> Row:
    """What the search index knows of an article: its texts and its outlet."""
    return (*row[5:9], row[12])


def printable(place: str) -> str:
    """A place as the library can store it: a file name need not be text."""
    return place if place.isascii() else place.encode("utf-8", "backslashreplace").decode()
