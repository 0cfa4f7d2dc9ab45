"""Twenty feeds for a week, over real HTTP, with a clock that is given: what a reader relies on holds all the time."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from html import escape
from pathlib import Path

from newstui.library import Library
from newstui.library.rows import ArticleRow
from newstui.query import Query, parse
from newstui.refresh import SourceResult, refresh
from newstui.refresh.schedule import DAY, is_due
from newstui.sources.web import Web

START = 1_700_000_000
HOUR = 3_600
FEEDS, SHOWN = 20, 8
"""How many feeds there are, and how many items each shows at a time."""
LOOKS = 7 * 24 // 4
"""How often it is looked for what is due, every four hours."""


@dataclass
class Item:
    """An item as its feed has it now."""

    number: int
    title: str
    published: int | None
    has_page: bool
    titles: list[str] = field(default_factory=list)


class Publisher:
    """A feed that brings items, changes headlines, lets old items go, and is out of order at times."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.items: list[Item] = []
        self.requests = self.unchanged = 0
        self._chance = random.Random(number)
        self._made = self._version = 0

    def go_on(self, now: int) -> None:
        """What happens there within some hours."""
        for _ in range(self._chance.choice((0, 0, 1, 1, 2))):
            self._made += 1
            words = " ".join(self._chance.choices(_WORDS, k=6)).capitalize()
            published = None if self._chance.random() < 0.1 else now - self._chance.randrange(4 * HOUR)
            self.items.insert(0, Item(self._made, f"{words} {self.number}-{self._made}", published, self._made % 5 > 0))
            self._version += 1
        if self.items[:SHOWN] and self._chance.random() < 0.2:
            changing = self._chance.choice(self.items[:SHOWN])
            changing.titles.append(changing.title)
            changing.title = f"Updated: {changing.title}"
            self._version += 1

    def answer(self, request: bytes) -> bytes:
        """A response: the feed, that it did not change, or that something is wrong."""
        self.requests += 1
        if self._chance.random() < 0.05:
            return b"HTTP/1.1 503 Busy\r\nRetry-After: 7200\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        tag = f'"{self._version}"'
        if f"If-None-Match: {tag}".encode() in request:
            self.unchanged += 1
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        body = self._feed().encode()
        head = f"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + body

    def _feed(self) -> str:
        items = "".join(map(self._item, self.items[:SHOWN]))
        home = f"<link>https://feed{self.number}.example/</link>"
        return f'<rss version="2.0"><channel><title>Feed {self.number}</title>{home}{items}</channel></rss>'

    def _item(self, item: Item) -> str:
        page = f"<link>https://feed{self.number}.example/{item.number}</link>" if item.has_page else ""
        date = "" if item.published is None else f"<pubDate>{formatdate(item.published)}</pubDate>"
        guid = f'<guid isPermaLink="false">{self.number}-{item.number}</guid>'
        return f"<item><title>{escape(item.title)}</title>{page}{guid}{date}<description>Said.</description></item>"


_WORDS = ("river", "council", "bridge", "winter", "harbour", "school", "market", "engine", "forest", "signal", "museum")


@asynccontextmanager
async def serving(publishers: list[Publisher]) -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        number = int(request.split(b" ", 2)[1].strip(b"/"))
        writer.write(publishers[number].answer(request))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()


def held(library: Library, now: int) -> dict[tuple[str, int], ArticleRow]:
    """The articles in the library by feed and number, each of which must be there once."""
    rows = list(library.articles(Query(), "newest", now, None))
    by_name = {(row.source, int(row.headline.rpartition("-")[2])): row for row in rows}
    assert len(by_name) == len(rows)
    return by_name


async def test_a_week_of_refreshes_loses_nothing_and_brings_nothing_twice(tmp_path: Path) -> None:
    publishers = [Publisher(number) for number in range(FEEDS)]
    chance = random.Random(7)
    seen: dict[tuple[str, int], ArticleRow] = {}
    read: set[int] = set()
    fetched: dict[tuple[str, int], Item] = {}
    async with serving(publishers) as address, Web() as web:
        with Library.open(tmp_path / "library.db") as library:
            for number in range(FEEDS):
                library.subscribe("feed", f"{address}{number}", str(number), may_be_private=True)
            for look in range(LOOKS):
                now = START + look * 4 * HOUR
                for publisher in publishers:
                    publisher.go_on(now)
                due = [source for source in library.subscriptions() if is_due(source, now, 180)]
                async for event in refresh(library, due, now, web):
                    if isinstance(event, SourceResult) and not event.error:
                        shown = publishers[int(event.source)].items[:SHOWN]
                        fetched |= {(event.source, item.number): item for item in shown}
                rows = held(library, now)
                assert rows.keys() == fetched.keys()
                for name, before in seen.items():
                    assert rows[name][:2] == before[:2]  # id and story
                    assert rows[name].published == before.published
                assert {row.id for row in rows.values() if row.is_read} == read
                seen = rows
                library.mark_read([chance.choice(list(rows.values())).story], True, now)
                read = {row.id for row in library.articles(parse("is:read"), "newest", now, None)}
        with Library.open(tmp_path / "library.db") as library:
            rows = held(library, START + 7 * DAY)
    assert sum(publisher.unchanged for publisher in publishers) > FEEDS
    noted = [name for name, item in fetched.items() if rows[name].headline == item.title and item.titles]
    assert noted
    assert all(rows[name].former_headline in fetched[name].titles for name in noted if rows[name].former_headline)
