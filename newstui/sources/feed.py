"""A feed: RSS, Atom, RDF, CDF or JSON Feed, parsed only when it says something else than the last time.

What it looked like is stamped with the last of its articles, so that a reading that was broken off is done again.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic import ValidationError

from newstui.article import Article, Batch, Outlet, reason
from newstui.errors import ParseError, Problem
from newstui.links import canonical
from newstui.sources.feed_identities import Identities
from newstui.sources.fetch import Client, Fetched
from newstui.sources.sandbox import Sandbox
from newstui.text import line

ARTICLES_A_BATCH = 50
LONGEST_REASON = 200
"""Characters of what is said of an item that can't be used."""

Item = Mapping[str, Any]


class FeedSource:
    """The articles of a feed; those that name no topic are filed under ``topic``."""

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
        before = _stamp_of(known.get(self.place, ""))
        fetched = await self._client.get(self.place, validators=before.validators, may_be_private=self._may_be_private)
        if fetched.body is None:
            yield Batch(moved_to=fetched.moved_to)
            return
        now = before._replace(validators=fetched.validators, digest=sha256(fetched.body).hexdigest())
        if now.digest == before.digest:
            yield self._closing(now, fetched)
            return
        said = await self._said(fetched)
        identities = Identities(self.place, said.home, said.items, before.shared, is_known)
        closing = self._closing(now._replace(shared=identities.shared), fetched)
        for batch in self._read(said, identities, closing):
            yield batch
            await asyncio.sleep(0)  # others share the loop

    def _closing(self, stamp: "_Stamp", fetched: Fetched) -> Batch:
        return Batch(stamps={self.place: json.dumps(stamp)}, moved_to=fetched.moved_to)

    async def _said(self, fetched: Fetched) -> "_Said":
        """What a worker reads in the feed; ParseError where it reads nothing, or what came back can't be believed."""
        where = line(self.place, 200)
        about = {"url": fetched.url, "content_type": fetched.content_type}
        try:
            said = await self._sandbox.run("feed", fetched.body or b"", about)
        except ParseError as error:
            raise ParseError(error.what, where=where, advice=error.advice) from None
        match said:
            case {"home": str(home), "items": [*items], "problems": [*problems]}:
                newest_first = sorted((item for item in items if isinstance(item, dict)), key=_age)
                return _Said(home, newest_first, tuple(line(str(why), LONGEST_REASON) for why in problems))
        raise ParseError("what was read of the feed makes no sense", where=where)

    def _read(self, said: "_Said", identities: Identities, closing: Batch) -> Iterator[Batch]:
        """The articles of the items, some at a time, each once; the last batch closes the reading."""
        keys: set[str] = set()
        problems = [Problem(self.place, None, why) for why in said.problems]
        total = len(said.items)
        for start in range(0, max(total, 1), ARTICLES_A_BATCH):
            done = min(start + ARTICLES_A_BATCH, total)
            articles = []
            for item in said.items[start:done]:
                article = self._article(item, identities.of(item), said.home, problems)
                if article and (key := article.identity or canonical(article.url)) not in keys:
                    keys.add(key)
                    articles.append(article)
            batch = closing if done == total else Batch()
            yield replace(batch, articles=tuple(articles), problems=tuple(problems), done=done, total=total)
            problems.clear()

    def _article(self, item: Item, identity: str, home: str, problems: list[Problem]) -> Article | None:
        """An item as an article; what can't be used of it becomes a problem."""
        outlet = item.get("outlet")
        own: dict[str, object] = {
            "url": item.get("url") or home or self.place,
            "topics": item.get("topics") or ([self._topic] if self._topic else []),
            "outlet": _outlet(str(outlet.get("name")), str(outlet.get("domain"))) if isinstance(outlet, dict) else {},
            "origin": "feed",
            "place": self.place,
            "identity": identity,
        }
        try:
            article = Article.model_validate({**item, **own})
        except ValidationError as error:
            problems.append(self._problem(item, reason(error)))
            return None
        problems += (self._problem(item, why) for why in article.warnings)
        if article.title:
            return article
        problems.append(self._problem(item, "it has no title, no text and no page"))
        return None

    def _problem(self, item: Item, why: str) -> Problem:
        name = line(str(item.get("title") or item.get("guid") or "an item"), 100)
        return Problem(self.place, None, line(f"{name}: {why}", LONGEST_REASON))


class _Said(NamedTuple):
    """What a worker read in a feed, the newest item first."""

    home: str
    items: Sequence[Item]
    problems: tuple[str, ...]


class _Stamp(NamedTuple):
    """What a feed looked like, and the pages that several of its items share (``Identities``)."""

    validators: str = ""
    digest: str = ""
    shared: Mapping[str, str] = {}


def _stamp_of(stamp: str) -> _Stamp:
    """What the last reading left; what can't be understood makes the feed be read anew."""
    try:
        said = json.loads(stamp)
    except (ValueError, RecursionError):
        return _Stamp()
    match said:
        case [str(validators), str(digest), dict(shared)] if all(isinstance(guid, str) for guid in shared.values()):
            return _Stamp(validators, digest, shared)
    return _Stamp()


def _age(item: Item) -> float:
    """What the newest item has least of; where the feed tells no dates, the order is its own."""
    published = item.get("published")
    return -published if isinstance(published, int | float) else 0


@lru_cache(maxsize=1_024)
def _outlet(name: str, domain: str) -> Outlet:
    """An outlet of that name and domain: a feed has few of them, and each has many articles."""
    return Outlet(name=name, domain=domain)
