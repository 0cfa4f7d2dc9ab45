"""The one shape that every source produces, with each text cleaned and each URL checked on its way in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from newstui.errors import Problem
from newstui.links import web_url
from newstui.text import line, prose

Origin = Literal["document", "listed", "feed", "site"]

Headline = Annotated[str, AfterValidator(lambda text: line(text, 500))]
Name = Annotated[str, AfterValidator(lambda text: line(text, 200))]
Excerpt = Annotated[str, AfterValidator(lambda text: line(text, 4_000))]
FullText = Annotated[str, AfterValidator(lambda text: prose(text, 1_000_000))]
WebUrl = Annotated[str, AfterValidator(web_url)]
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
    width: int = 0
    height: int = 0


class Link(_Model):
    """A further page of an article."""

    label: Name
    url: WebUrl


class Article(_Model):
    """A report by one outlet. Times are seconds since 1970 in UTC, None when unknown."""

    url: WebUrl
    original: WebUrl | None = None
    title: Headline
    excerpt: Excerpt = ""
    text: FullText = ""
    published: int | None = None
    is_day_only: bool = False
    outlet: Outlet = Outlet()
    topics: tuple[Name, ...] = ()
    quality: int | None = None
    heat: int | None = None
    category: Name = ""
    kind: Name = ""
    is_current: bool = True
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    origin: Origin
    place: str = ""
    warnings: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles that a source gave, and what it takes to read only what is new the next time.

    ``listed`` holds articles that are known only from another's related list, ``related`` the keys
    (``links.canonical``) that an article lists, by the article's own key. ``stamps`` say what a place
    looked like when it was read; ``done`` of ``total`` places are behind this batch, 0 when unknown.
    """

    articles: tuple[Article, ...] = ()
    listed: tuple[Article, ...] = ()
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    stamps: Mapping[str, str] = field(default_factory=dict)
    done: int = 0
    total: int = 0
