"""The one shape that every source produces, with each text cleaned and each URL checked on its way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from newstui.errors import Problem
from newstui.links import LONGEST_KEY, web_url
from newstui.text import LAST_MOMENT, exact_line, line, prose

LONGEST_TITLE = 500
LONGEST_NAME = 200
"""Characters of an outlet, an author, a topic, a label."""
LONGEST_EXCERPT = 4_000
LONGEST_TEXT = 1_000_000
LONGEST_PLACE = LONGEST_KEY  # an identity is one, too
MAX_TOPICS = 20
MAX_LINKS = 500
MAX_IMAGES = 50
MAX_WARNINGS = 20
MAX_DIGITS = 18
MAX_NUMBER = 2**63 - 1
"""What a database can hold."""

Origin = Literal["document", "listed", "feed", "site"]


def _one_line(limit: int) -> BeforeValidator:
    # Before pydantic looks at the text: it refuses lone surrogates, which cleaning drops.
    def cleaned(text: object) -> object:
        return line(text, limit) if text and isinstance(text, str) else text

    return BeforeValidator(cleaned)


@lru_cache(maxsize=4_096)
def _name(text: str) -> str:
    """A name on one line: a collection has few, and each stands in many articles."""
    return line(text, LONGEST_NAME)


def _short(text: object) -> object:
    return _name(text) if isinstance(text, str) else text


def _full_text(text: object) -> object:
    return prose(text, LONGEST_TEXT) if text and isinstance(text, str) else text


def _place(text: object) -> object:
    """A path or a URL in which entities are nothing special, and every space counts."""
    return exact_line(text, LONGEST_PLACE) if isinstance(text, str) else text


def _page(text: object) -> object:
    return web_url(text) if isinstance(text, str) else text


def _number(value: object) -> int | None:
    """A whole number that a database can hold; anything else is unknown."""
    if isinstance(value, str):
        digits = value[1:] if value[:1] in ("-", "+") else value
        value = int(value) if digits.isdecimal() and digits.isascii() and len(digits) <= MAX_DIGITS else None
    elif isinstance(value, float):
        value = int(value) if value.is_integer() else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -MAX_NUMBER <= value <= MAX_NUMBER else None


def _heat(value: object) -> int | None:
    number = _number(value)
    return None if number == -1 else number


def _pixels(value: object) -> int:
    return max(0, _number(value) or 0)


def _moment(value: object) -> int | None:
    number = _number(value)
    return number if number is not None and 0 <= number <= LAST_MOMENT else None


Headline = Annotated[str, _one_line(LONGEST_TITLE)]
Name = Annotated[str, BeforeValidator(_short)]
Excerpt = Annotated[str, _one_line(LONGEST_EXCERPT)]
FullText = Annotated[str, BeforeValidator(_full_text)]
Place = Annotated[str, BeforeValidator(_place)]
Moment = Annotated[int | None, BeforeValidator(_moment)]
Pixels = Annotated[int, BeforeValidator(_pixels)]
WebUrl = Annotated[str, BeforeValidator(_page)]
"""A URL as its source wrote it, cleaned, and proved to be one that may be opened."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Outlet(_Model):
    """Who published an article."""

    name: Name = ""
    domain: Name = ""


class Image(_Model):
    """A picture of an article; sizes in pixels, 0 when unknown."""

    url: WebUrl
    width: Pixels = 0
    height: Pixels = 0


class Link(_Model):
    """A further page of an article."""

    label: Name
    url: WebUrl


class Article(_Model):
    """A report by one outlet. Times are seconds since 1970 in UTC, None when unknown.

    ``identity`` tells it from all others where its URL does not: an item of a feed that has no page of its own.
    Only what it can't be without makes it fail; a part that can't be used is left out, and ``warnings`` say so.
    """

    url: WebUrl
    original: WebUrl | None = None
    title: Headline
    excerpt: Excerpt = ""
    text: FullText = ""
    published: Moment = None
    is_day_only: bool = False
    outlet: Outlet = Outlet()
    topics: Annotated[tuple[Name, ...], Field(max_length=MAX_TOPICS)] = ()
    quality: Annotated[int | None, BeforeValidator(_number)] = None
    heat: Annotated[int | None, BeforeValidator(_heat)] = None
    category: Name = ""
    kind: Name = ""
    is_current: bool = True
    images: Annotated[tuple[Image, ...], Field(max_length=MAX_IMAGES)] = ()
    links: Annotated[tuple[Link, ...], Field(max_length=MAX_LINKS)] = ()
    origin: Origin
    place: Place = ""
    identity: Place = ""
    warnings: Annotated[tuple[Name, ...], Field(max_length=MAX_WARNINGS)] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _without_what_cannot_be_used(cls, said: Any, check: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return check(said)
        except ValidationError:
            return check(_usable(said))


def _usable(said: object) -> object:
    """What is said of an article, without the pages and pictures that can't be opened and with words on each."""
    if not isinstance(said, dict):
        return said
    usable, given = dict(said), said.get("warnings")
    warnings = [*given] if isinstance(given, list | tuple) else []
    for name, most in _MOST:
        if isinstance(parts := said.get(name), list | tuple):
            usable[name], refused = _usable_parts(parts[:most], _PARTS.get(name))
            warnings += [f"{name}: {refused}"] if refused else []
            warnings += [f"{name}: the first {most} of {len(parts):,} are kept"] if len(parts) > most else []
    try:
        usable["original"] = _page(said.get("original"))
    except ValueError as error:
        usable["original"] = None
        warnings.append(f"original: {error}")
    return usable | {"warnings": warnings[:MAX_WARNINGS]}


def _usable_parts(said: Sequence[object], part: type[_Model] | None) -> tuple[Sequence[object], str]:
    """The parts that can be used, and what is wrong with the last that can't be."""
    usable, refused = [], ""
    for one in said:
        try:
            usable.append(part.model_validate(one) if part else one)
        except ValidationError as error:
            refused = reason(error)
    return usable, refused


def reason(error: ValidationError) -> str:
    """The first thing that pydantic found wrong, in one line for the reader."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    said = first.get("ctx", {}).get("error") or first["msg"]
    return line(f"{place}: {said}" if place else str(said), LONGEST_NAME)


_MOST = (("topics", MAX_TOPICS), ("images", MAX_IMAGES), ("links", MAX_LINKS), ("warnings", MAX_WARNINGS))
_PARTS: dict[str, type[_Model]] = {"images": Image, "links": Link}


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles that a source gave, and what it takes to read only what is new the next time.

    ``listed`` holds articles that are known only from another's related list, ``related`` the keys
    (``links.canonical``) that an article lists, by the article's own key. ``stamps`` say what a place
    looked like when it was read; ``done`` of ``total`` places are behind this batch, 0 when unknown. ``moved_to`` is
    the address that the place says it has for good now, empty where it says nothing.
    """

    articles: tuple[Article, ...] = ()
    listed: tuple[Article, ...] = ()
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    stamps: Mapping[str, str] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    moved_to: str = ""
