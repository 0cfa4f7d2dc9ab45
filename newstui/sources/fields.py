"""The keys of the document format as an article, whether YAML or JSON said them.

YAML hands over texts and JSON typed values: here both become what a reader needs. What can't be used is left out and
named among the article's warnings; only without a headline or a page is it no article.
"""

import re
from itertools import islice
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from newstui.article import Article, Origin
from newstui.errors import ParseError
from newstui.links import host
from newstui.text import parse_time

MOST_IMAGES = 50
MOST_TOPICS = 20
UNKNOWN_HEAT = -1


def to_article(
    fields: object, origin: Origin, place: str, *, body: str = "", topic: str = "", warnings: tuple[str, ...] = ()
) -> Article:
    """The article that a source's keys and values describe, filed under ``topic`` when they name none."""
    if not isinstance(fields, dict):
        raise ParseError("it is not keys and values")
    reading = _Reading(fields, [*warnings])
    said = reading.article()
    said.update(origin=origin, place=place)
    if body:
        said["text"] = body
    if topic:
        said.setdefault("topics", [topic])
    return _checked(said, reading)


def _checked(said: dict[str, Any], reading: "_Reading") -> Article:
    """The article, without the parts that its model refuses; each refusal takes one part away, so this ends."""
    while True:
        try:
            article = Article(**said, warnings=tuple(reading.warnings))
        except ValidationError as error:
            for refusal in reversed(error.errors(include_url=False, include_input=False)):
                _leave_out(said, refusal, reading)
        else:
            break
    if not article.title:
        raise ParseError("it has no title")
    return article


def _leave_out(said: dict[str, Any], refusal: ErrorDetails, reading: "_Reading") -> None:
    name, *inside = refusal["loc"]
    reason = str(refusal.get("ctx", {}).get("error") or refusal["msg"])
    reading.warnings.append(f"{_KEYS.get(str(name), name)}: {reason}")
    if name == "url":
        said["url"] = reading.next_page(reason)
    elif name == "title" or name not in said:
        raise ParseError(reading.warnings[-1])
    elif inside and isinstance(said[name], list):
        del said[name][inside[0]]
    else:
        del said[name]


_KEYS = {
    "url": "webUrl",
    "original": "originalUrl",
    "published": "publishedDateTime",
    "kind": "type",
    "outlet": "provider",
}


class _Reading:
    """The keys and values of one article, and what was wrong with them."""

    def __init__(self, fields: dict[Any, Any], warnings: list[str]) -> None:
        self.fields = fields
        self.warnings = warnings
        texts = [self.text(key) for key in ("webUrl", "originalUrl", "sourceUrl")]
        self._original = texts[1]
        self._pages = [page for page in texts if page]

    def next_page(self, reason: str) -> str:
        """Another URL for the article, since the last can't be used."""
        refused = self._pages.pop(0)
        self._pages = [page for page in self._pages if page != refused]
        if not self._pages:
            raise ParseError(f"its page can't be opened: {reason}")
        return self._pages[0]

    def article(self) -> dict[str, Any]:
        """What an Article is made of."""
        if not self._pages:
            raise ParseError("it names no page (webUrl)")
        if not self.fields.get("title"):
            raise ParseError("it has no title")
        said = self._words()
        said.update(self._figures())
        if moment := self._moment():
            said["published"], said["is_day_only"] = moment
        return said

    def _words(self) -> dict[str, Any]:
        words = {
            "url": self._pages[0],
            "original": self._original,
            "title": self.text("title"),
            "excerpt": self.text("excerpt"),
            "text": self.text("content").strip(),
            "outlet": self._outlet(),
            "topics": self._topics(),
            "category": self.text("category") or next(iter(self._texts("categories")), ""),
            "kind": self.text("type"),
            "images": [image for image in map(self._image, self._list("images", MOST_IMAGES)) if image],
            "links": [{"label": label, "url": url} for key, label in _LINKS if (url := self.text(key))],
        }
        return {name: value for name, value in words.items() if value}

    def _figures(self) -> dict[str, Any]:
        heat = self._number("heat")
        return {
            "quality": self._number("quality"),
            "heat": None if heat == UNKNOWN_HEAT else heat,
            "is_current": self._is_true("published", otherwise=True),
        }

    def text(self, key: str) -> str:
        """A text, empty when there is none; a number is a text as well."""
        value = self.fields.get(key)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.warnings.append(f"{key} is not a text")
        return ""

    def _list(self, key: str, most: int) -> list[Any]:
        value = self.fields.get(key)
        if not value:
            return []
        if not isinstance(value, list):
            self.warnings.append(f"{key} is not a list")
            return []
        return list(islice(value, most))

    def _texts(self, key: str) -> list[str]:
        return [text for text in self._list(key, MOST_TOPICS) if isinstance(text, str) and text]

    def _topics(self) -> list[str]:
        topics = self.fields.get("topics")
        return [topics] if topics and isinstance(topics, str) else self._texts("topics")

    def _outlet(self) -> dict[str, str]:
        provider = self.fields.get("provider")
        said = provider if isinstance(provider, dict) else {"name": provider}
        outlet = {key: name for key in ("name", "domain") if isinstance(name := said.get(key), str) and name}
        return outlet or {"domain": host(self._pages[0])}

    def _image(self, said: object) -> dict[str, Any] | None:
        image = said if isinstance(said, dict) else {"url": said}
        if not isinstance(url := image.get("url"), str):
            return None
        sizes = {key: max(0, whole_number(image.get(key)) or 0) for key in ("width", "height")}
        return {"url": url, **sizes}

    def _number(self, key: str) -> int | None:
        value = self.fields.get(key)
        number = whole_number(value)
        if number is None and value is not None and value != "":
            self.warnings.append(f"{key} is not a whole number")
        return number

    def _is_true(self, key: str, *, otherwise: bool) -> bool:
        value = self.fields.get(key)
        if value is None or isinstance(value, bool):
            return otherwise if value is None else value
        answer = _ANSWERS.get(value.lower()) if isinstance(value, str) else None
        if answer is None:
            self.warnings.append(f"{key} is neither true nor false")
        return otherwise if answer is None else answer

    def _moment(self) -> tuple[int, bool] | None:
        value = self.fields.get("publishedDateTime")
        if value is None or value == "":
            return None
        moment = parse_time(value) if isinstance(value, str) else None
        if moment is None:
            self.warnings.append("publishedDateTime is not a date that can be")
        return moment


_LINKS = (("ampWebUrl", "AMP"), ("cdnAmpWebUrl", "AMP cache"))
_ANSWERS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")


def whole_number(value: object) -> int | None:
    """A whole number of at most 18 digits, else None."""
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if abs(value) < 10**18 and value == int(value) else None
