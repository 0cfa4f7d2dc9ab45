"""A feed: RSS, Atom, RDF, CDF or JSON Feed, read only when it says something else than the last time."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from newstui.article import Article, Batch, reason
from newstui.errors import ParseError, Problem
from newstui.links import canonical
from newstui.sources.fetch import Client, Fetched
from newstui.sources.sandbox import Sandbox
from newstui.text import line

ARTICLES_A_BATCH = 200

Item = dict[str, Any]


class FeedSource:
    """The articles of a feed."""

    kind = "feed"

    def __init__(
        self, place: str, *, topic: str = "", client: Client, sandbox: Sandbox, may_be_private: bool = False
    ) -> None:
        self.place = place
        self._topic = topic
        self._client = client
        self._sandbox = sandbox
        self._may_be_private = may_be_private

    async def batches(self, known: Mapping[str, str], is_known: Callable[[str], bool]) -> AsyncIterator[Batch]:
        """What the feed says now, the newest first; the last batch says that it was read to its end."""
        validators, digest = _stamp_parts(known.get(self.place, ""))
        fetched = await self._client.get(self.place, validators=validators, may_be_private=self._may_be_private)
        if fetched.body is None:
            yield Batch(moved_to=fetched.moved_to)
            return
        stamp = {self.place: json.dumps([fetched.validators, sha256(fetched.body).hexdigest()])}
        if digest == sha256(fetched.body).hexdigest():
            yield Batch(stamps=stamp, moved_to=fetched.moved_to)
            return
        said = await self._said(fetched)
        items = sorted(said["items"], key=_age)
        identities = _Identities(self.place, said["home"], items, is_known)
        problems = tuple(Problem(self.place, None, line(str(why), 200)) for why in said["problems"])
        for start in range(0, len(items), ARTICLES_A_BATCH):
            articles, faults = self._articles(items[start : start + ARTICLES_A_BATCH], identities)
            done = min(len(items), start + ARTICLES_A_BATCH)
            yield Batch(articles, problems=faults, done=done, total=len(items))
            await asyncio.sleep(0)  # let others go on
        yield Batch(problems=problems, stamps=stamp, done=len(items), total=len(items), moved_to=fetched.moved_to)

    async def _said(self, fetched: Fetched) -> Item:
        about = {"url": fetched.url, "content_type": fetched.content_type}
        try:
            said = await self._sandbox.run("feed", fetched.body or b"", about)
        except ParseError as error:
            raise ParseError(error.what, where=line(self.place, 200), advice=error.advice) from None
        if not isinstance(said, dict) or not all(isinstance(said.get(key), list) for key in ("items", "problems")):
            raise ParseError("the feed can't be understood", where=line(self.place, 200))
        items = [item for item in said["items"] if isinstance(item, dict)]
        return said | {"items": items, "home": str(said.get("home") or "")}

    def _articles(
        self, items: Sequence[Item], identities: "_Identities"
    ) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
        articles: list[Article] = []
        problems: list[Problem] = []
        for item in items:
            try:
                article = Article.model_validate(self._fields(item, identities))
            except ValidationError as error:
                said = line(str(item.get("title") or item.get("url") or ""), 100)
                problems.append(Problem(self.place, None, f"{said}: {reason(error)}"))
            else:
                articles.append(article)
                problems += (Problem(self.place, None, f"{article.title}: {why}") for why in article.warnings)
        return tuple(articles), tuple(problems)

    def _fields(self, item: Item, identities: "_Identities") -> Item:
        topics = item.get("topics") or ([self._topic] if self._topic else [])
        url = item.get("url") or identities.home or self.place
        own = {"url": url, "topics": topics, "origin": "feed", "place": self.place}
        return item | own | {"identity": identities.of(item)}


class _Identities:
    """What tells the items of a feed apart: their pages, and their guids where pages don't.

    An item that has been known by its guid stays so, also when its page becomes its own; and of several items with one
    page the oldest is the one that is known by it, if one is.
    """

    def __init__(self, place: str, home: str, items: Sequence[Item], is_known: Callable[[str], bool]) -> None:
        self.home = home
        self._place = place
        self._is_known = is_known
        self._home_key = canonical(home) if home else ""
        pages = [canonical(url) for item in items if (url := _url(item)) and not is_known(self._by_guid(item))]
        self._sharing = Counter(pages)
        self._oldest = {
            canonical(url): _guid(item) for item in items if (url := _url(item)) and is_known(canonical(url))
        }

    def of(self, item: Item) -> str:
        """The identity of an item, empty where its page is that."""
        url, by_guid = _url(item), self._by_guid(item)
        if not url or self._is_known(by_guid):
            return by_guid
        key = canonical(url)
        if key != self._home_key and (self._sharing[key] == 1 or self._oldest.get(key) == _guid(item)):
            return ""
        return by_guid if item.get("guid") else ""

    def _by_guid(self, item: Item) -> str:
        return f"{self._place} {_guid(item)}"


def _url(item: Item) -> str:
    url = item.get("url")
    return url if isinstance(url, str) else ""


def _guid(item: Item) -> str:
    """The guid of an item; where it has none, what is made of its headline and date, or of its text."""
    if isinstance(guid := item.get("guid"), str) and guid:
        return line(guid, 1_000)
    said = (
        [item.get("title"), item.get("published")]
        if item.get("published")
        else [item.get("title"), item.get("excerpt")]
    )
    return sha256(json.dumps(said).encode()).hexdigest()


def _age(item: Item) -> float:
    published = item.get("published")
    return -published if isinstance(published, int | float) else 0


def _stamp_parts(stamp: str) -> tuple[str, str]:
    """Validators and digest of the last reading."""
    try:
        validators, digest = json.loads(stamp)
    except (ValueError, TypeError):
        return "", ""
    return str(validators), str(digest)
