"""A news site that serves its articles as JSON, a page at a time, the newest first.

A reading stops at the first page that brings nothing new. That holds only when the reading before came to its end, so
the stamp of the first page is empty from the first batch of a reading to its last.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from newstui.article import Article, Batch
from newstui.errors import ParseError, Problem
from newstui.links import canonical
from newstui.sources.fetch import Client
from newstui.sources.fields import to_article, whole_number
from newstui.sources.sound_json import parse_json
from newstui.text import line

MOST_PAGES = 200
MOST_ARTICLES_A_PAGE = 5_000
_API = "api/news/"


@dataclass(slots=True)
class Page:
    """One page of a site: its articles, and the number of the page after it."""

    url: str
    number: int
    validators: str = ""
    following: int | None = None
    articles: list[Article] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def is_all_known(self, is_known: Callable[[str], bool]) -> bool:
        """Whether the library has every article of it; not so when there are none."""
        return bool(self.articles) and all(is_known(canonical(article.url)) for article in self.articles)


class SiteSource:
    """The articles of a site, or of one topic of it."""

    kind = "site"

    def __init__(self, place: str, client: Client, *, topic: str = "", may_be_private: bool = False) -> None:
        self.place = place
        self._client = client
        self._topic = topic
        self._may_be_private = may_be_private
        self._index = index_of(place)

    async def batches(self, known: Mapping[str, str], is_known: Callable[[str], bool]) -> AsyncIterator[Batch]:
        """What is new since the last reading, a page a batch; the last batch says that it came to its end."""
        stamps = known if known.get(self._index) else {}
        first, number = "", 0
        async with aclosing(self._pages(stamps)) as pages:
            async for page in pages:
                is_last = bool(stamps) and page.is_all_known(is_known)
                first, number = first or page.validators, page.number
                stamp = page.validators if number > 1 else ""
                yield Batch(tuple(page.articles), problems=tuple(page.problems), stamps={page.url: stamp}, done=number)
                if is_last:
                    break
        if first:
            yield Batch(stamps={self._index: first}, done=number, total=number)

    async def _pages(self, stamps: Mapping[str, str]) -> AsyncGenerator[Page, None]:
        """One page after the other, up to one that didn't change since its stamp was made."""
        page = Page(self._index, 1)
        base = self._index
        for _ in range(MOST_PAGES):
            fetched = await self._client.get(
                page.url, validators=stamps.get(page.url, ""), may_be_private=self._may_be_private
            )
            if fetched.body is None:
                return
            base = fetched.url if page.number == 1 else base
            self._read(fetched.body, page)
            page.validators = "{}" if page.problems else fetched.validators
            yield page
            if page.following is None:
                return
            page = Page(urljoin(base, f"page/{page.following}/index.json"), page.following)
        yield Page(page.url, page.number, "{}", problems=[Problem(page.url, None, f"stopped after {MOST_PAGES} pages")])

    def _read(self, body: bytes, page: Page) -> None:
        """Fill a page with what its JSON says; an article that can't be used becomes a problem."""
        said = parse_json(body, page.url, advice="check that it is a news site with api/news below it")
        articles = said.get("value") if isinstance(said, dict) else ()
        if not isinstance(said, dict) or not isinstance(articles, list | None):
            raise ParseError("this is not the JSON of a news site", where=page.url, advice="check the address")
        following = whole_number(said.get("nextPage"))
        page.following = following if following is not None and following > page.number else None
        for number, fields in enumerate((articles or [])[:MOST_ARTICLES_A_PAGE], 1):
            self._add(fields, number, page)

    def _add(self, fields: object, number: int, page: Page) -> None:
        try:
            article = to_article(fields, "site", self._place_of(fields), topic=self._topic)
        except ParseError as error:
            page.problems.append(Problem(page.url, None, f"article {number}: {error.what}"))
        else:
            page.articles.append(article)
            page.problems += (Problem(page.url, None, f"{article.title}: {why}") for why in article.warnings)

    def _place_of(self, fields: object) -> str:
        """Where an article keeps its place while pages move on: the document that the site made it from."""
        path = fields.get("path") if isinstance(fields, dict) else None
        root = self._index.partition(_API)[0]
        return urljoin(root, line(path, 500)) if isinstance(path, str) and path else self._index


def index_of(place: str) -> str:
    """The address of the first page of a site, given it or the address of the site."""
    parts = urlsplit(place)
    if parts.path.endswith(".json"):
        return place.partition("#")[0]
    return urljoin(f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/", f"{_API}index.json")
