"""The keys of the document format as an article, whether YAML or JSON said them.

YAML hands over texts and JSON typed values: here both become what an article is made of. What can't be used is left out
and named among the article's warnings; only without a headline or a page is it no article.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from newstui.article import Article, Origin, Outlet, reason
from newstui.errors import ParseError
from newstui.links import host
from newstui.text import parse_time

UNKNOWN_HEAT = -1

Fields = dict[str, Any]


def to_article(
    fields: object, origin: Origin, place: str, *, body: str = "", topic: str = "", warnings: tuple[str, ...] = ()
) -> Article:
    """The article that a source's keys and values describe, filed under ``topic`` when they name none."""
    if not isinstance(fields, dict):
        raise ParseError("it is not keys and values")
    said: Fields = {"origin": origin, "place": place, "warnings": [*warnings]}
    for part in (_texts, _parts, _figures, _moment):
        part(fields, said, said["warnings"])
    if body:
        said["text"] = body
    if topic:
        said.setdefault("topics", [topic])
    return _article(said, fields)


def _article(said: Fields, fields: Fields) -> Article:
    """The article under the first of its pages that can be opened."""
    if "title" not in said:
        raise ParseError("it has no title")
    problem = "it names no page (webUrl)"
    for page in _pages(fields, said):
        said["url"] = page
        if "outlet" not in said:
            said["outlet"] = _known_outlet("", host(page))
        try:
            return _titled(Article.model_validate(said))
        except ValidationError as error:
            problem = f"its page can't be opened: {reason(error)}"
            said["warnings"].append(problem)
    raise ParseError(problem)


def _titled(article: Article) -> Article:
    if not article.title:
        raise ParseError("it has no title that can be shown")
    return article


def _pages(fields: Fields, said: Fields) -> Iterator[str]:
    """Its own page, or else the one that it was made from."""
    seen = set()
    for page in (fields.get("webUrl"), said.get("original"), fields.get("sourceUrl")):
        if page and isinstance(page, str) and page not in seen:
            seen.add(page)
            yield page


_TEXTS = (
    ("title", "title"),
    ("excerpt", "excerpt"),
    ("content", "text"),
    ("category", "category"),
    ("type", "kind"),
    ("originalUrl", "original"),
)


def _texts(fields: Fields, said: Fields, warnings: list[str]) -> None:
    """The texts, where a number counts as one."""
    for key, name in _TEXTS:
        if value := fields.get(key):
            if isinstance(value, str):
                said[name] = value
            elif isinstance(value, int | float) and not isinstance(value, bool):
                said[name] = str(value)
            else:
                warnings.append(f"{key} is not a text")


_LINKS = (("ampWebUrl", "AMP"), ("cdnAmpWebUrl", "AMP cache"))


def _parts(fields: Fields, said: Fields, warnings: list[str]) -> None:
    """Outlet, topics, pictures and further pages."""
    if outlet := _outlet(fields.get("provider")):
        said["outlet"] = outlet
    if topics := _list(fields, "topics", warnings):
        said["topics"] = [topic for topic in topics if topic and isinstance(topic, str)]
    if images := _list(fields, "images", warnings):
        said["images"] = [image if isinstance(image, dict) else {"url": image} for image in images]
    if links := [{"label": label, "url": url} for key, label in _LINKS if (url := fields.get(key))]:
        said["links"] = links
    if "category" not in said and (categories := _list(fields, "categories", warnings)):
        said["category"] = categories[0] if isinstance(categories[0], str) else ""


def _outlet(provider: object) -> Outlet | None:
    said = provider if isinstance(provider, dict) else {"name": provider}
    name, domain = (part if isinstance(part := said.get(key), str) else "" for key in ("name", "domain"))
    return _known_outlet(name, domain) if name or domain else None


@lru_cache(maxsize=4_096)
def _known_outlet(name: str, domain: str) -> Outlet:
    """An outlet of that name and domain: a collection has few of them, and each has many articles."""
    return Outlet(name=name, domain=domain)


def _list(fields: Fields, key: str, warnings: list[str]) -> list[Any]:
    value = fields.get(key)
    if not value:
        return []
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [value]
    warnings.append(f"{key} is not a list")
    return []


_ANSWERS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _figures(fields: Fields, said: Fields, warnings: list[str]) -> None:
    """Scores, and whether its site lists it now."""
    for key in ("quality", "heat"):
        if (value := fields.get(key)) is not None and value != "":
            said[key] = whole_number(value)
            if said[key] is None:
                warnings.append(f"{key} is not a whole number")
    if said.get("heat") == UNKNOWN_HEAT:
        said["heat"] = None
    if (value := fields.get("published")) is not None:
        answer = value if isinstance(value, bool) else _ANSWERS.get(str(value).lower())
        if answer is None:
            warnings.append("published is neither true nor false")
        said["is_current"] = answer is not False


def _moment(fields: Fields, said: Fields, warnings: list[str]) -> None:
    if value := fields.get("publishedDateTime"):
        if moment := parse_time(value) if isinstance(value, str) else None:
            said["published"], said["is_day_only"] = moment
        else:
            warnings.append("publishedDateTime is no date: when it was published is unknown")


_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")


def whole_number(value: object) -> int | None:
    """A whole number of at most 18 digits, else None."""
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if abs(value) < 10**18 and value == int(value) else None
