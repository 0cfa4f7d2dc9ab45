"""Feeds over real HTTP and through real workers: each article once and always the same one, whatever a feed does."""

from asyncio import StreamWriter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import cast

import pytest

from newstui.article import Article, Batch
from newstui.errors import FetchError, ParseError
from newstui.links import canonical
from newstui.sources import Place, open_source
from newstui.sources.feed import ARTICLES_A_BATCH, FeedSource
from newstui.sources.fetch import Client
from newstui.sources.long_feeds import MOST_ITEMS
from newstui.sources.sandbox import Sandbox
from newstui.sources.web import Web
from tests.sources.hostile_server import by_path, redirecting, response, saying, serving

SAMPLE = Path(__file__).parents[2] / "samples" / "feed.xml"
HOME = "https://paper.example/"
MIB = 2**20


class Reader:
    """A reader of one feed: what is in the feed is set by a test, and what was read is kept as a library would."""

    def __init__(self, place: str, serve: Callable[[bytes], None], *, sandbox: Sandbox, client: Client) -> None:
        self.place = place
        self.sandbox = sandbox
        self._serve = serve
        self._client = client
        self.stamps: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        """The last title of each article, by what it is known by."""

    async def read(self, body: bytes, *, topic: str = "") -> list[Batch]:
        """What a reading of the feed brings when it says this."""
        self._serve(body)
        read = [batch async for batch in self._source(topic).batches(self.stamps, self.titles.__contains__)]
        for batch in read:
            self.titles |= {key(article): article.title for article in batch.articles}
            self.stamps |= batch.stamps
        return read

    async def read_if_it_can_be(self, body: bytes) -> list[str]:
        """The titles that a reading brings, none where the feed can't be read."""
        try:
            return titles(await self.read(body))
        except ParseError:
            return []

    async def begin(self, body: bytes) -> Batch:
        """The first batch only: the reading is broken off."""
        self._serve(body)
        batches = self._source("").batches(self.stamps, self.titles.__contains__)
        first = await anext(batches)
        await cast("AsyncGenerator[Batch, None]", batches).aclose()
        return first

    def _source(self, topic: str) -> FeedSource:
        return FeedSource(self.place, topic=topic, client=self._client, sandbox=self.sandbox, may_be_private=True)


def key(article: Article) -> str:
    return article.identity or canonical(article.url)


def titles(read: Iterable[Batch]) -> list[str]:
    return [article.title for batch in read for article in batch.articles]


def problems(read: Iterable[Batch]) -> list[str]:
    return [problem.reason for batch in read for problem in batch.problems]


def rss(*items: str, home: str = HOME) -> bytes:
    said = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0'><channel><title>Paper</title><link>{home}</link>{said}</channel></rss>".encode()


def item(title: str, link: str = "", guid: str = "", day: int = 0) -> str:
    said = f"<title>{escape(title)}</title>"
    said += f"<link>{escape(link)}</link>" if link else ""
    said += f'<guid isPermaLink="false">{escape(guid)}</guid>' if guid else ""
    return said + (f"<pubDate>{day} Nov 2026 12:00:00 GMT</pubDate>" if day else "")


@asynccontextmanager
async def subscribed(sandbox: Sandbox, **headers: str) -> AsyncIterator[Reader]:
    """A reader of a feed that is served with these headers."""
    served = b""

    def serve(body: bytes) -> None:
        nonlocal served
        served = body

    async def answer(request: list[str], writer: StreamWriter) -> None:
        is_same = headers.get("ETag") and f"If-None-Match: {headers['ETag']}" in request
        said = response(b"", "304 Not Modified", **headers) if is_same else response(served, **headers)
        await saying(said)(request, writer)

    async with serving(answer) as url, Client() as client:
        yield Reader(f"{url}feed", serve, sandbox=sandbox, client=client)


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with Sandbox(most=1) as sandbox, subscribed(sandbox) as made:
        yield made


# What is read, and when it is not.


async def test_the_sample_feed_is_read_as_a_person_would(reader: Reader) -> None:
    (batch,) = await reader.read(SAMPLE.read_bytes())
    first = batch.articles[0]
    assert first.title == "Ferry clock is four minutes late, and always was"
    assert first.url == "https://saltmerecourier.example/2026/11/18/ferry-clock"
    assert (first.outlet.name, first.outlet.domain) == ("The Saltmere Courier", "saltmerecourier.example")
    assert first.topics == ("Harbour",)
    assert first.excerpt.startswith("A trainee set her watch by the church instead")
    assert "## What happens now" in first.text
    assert (first.origin, first.place, first.identity) == ("feed", reader.place, "")
    assert batch.problems == ()


async def test_a_source_of_the_kind_is_opened_for_a_subscription() -> None:
    async with serving(saying(response(SAMPLE.read_bytes()))) as url, Web() as web:
        source = open_source(Place("feed", url, "", may_be_private=True), web, topic="coast")
        assert len(titles([batch async for batch in source.batches({}, lambda key: False)])) >= 3


async def test_an_item_is_filed_under_its_own_categories_or_else_under_the_topic_of_the_feed(reader: Reader) -> None:
    (batch,) = await reader.read(
        rss(item("One", f"{HOME}1") + "<category>Sea</category>", item("Two", f"{HOME}2")), topic="coast"
    )
    assert {article.title: article.topics for article in batch.articles} == {"One": ("Sea",), "Two": ("coast",)}


async def test_articles_come_newest_first_and_some_at_a_time(reader: Reader) -> None:
    total = 2 * ARTICLES_A_BATCH + 7
    items = [item(f"Number {number}", f"{HOME}{number}", day=1 + number % 28) for number in range(total)]
    read = await reader.read(rss(*items))
    assert [len(batch.articles) for batch in read] == [ARTICLES_A_BATCH, ARTICLES_A_BATCH, 7]
    assert [batch.done for batch in read] == [ARTICLES_A_BATCH, 2 * ARTICLES_A_BATCH, total]
    assert {batch.total for batch in read} == {total}
    dates = [article.published or 0 for batch in read for article in batch.articles]
    assert dates == sorted(dates, reverse=True)


async def test_where_a_feed_tells_no_dates_its_order_stays(reader: Reader) -> None:
    assert titles(await reader.read(rss(*(item(name, HOME + name) for name in "cab")))) == ["c", "a", "b"]


async def test_only_the_last_batch_says_what_the_feed_looked_like(reader: Reader) -> None:
    body = rss(*(item(str(number), f"{HOME}{number}") for number in range(ARTICLES_A_BATCH + 1)))
    first = await reader.begin(body)
    assert (len(first.articles), first.stamps) == (ARTICLES_A_BATCH, {})
    read = await reader.read(body)
    assert len(titles(read)) == ARTICLES_A_BATCH + 1
    assert [bool(batch.stamps) for batch in read] == [False, True]


async def test_a_feed_that_the_server_calls_unchanged_is_not_read_again() -> None:
    async with Sandbox() as sandbox, subscribed(sandbox, ETag='"1"') as reader:
        assert titles(await reader.read(rss(item("One", f"{HOME}1")))) == ["One"]
        assert titles(await reader.read(rss(item("Two", f"{HOME}2")))) == []


async def test_a_feed_that_says_the_same_is_not_parsed_again(reader: Reader) -> None:
    body = rss(item("One", f"{HOME}1"))
    assert titles(await reader.read(body)) == ["One"]
    async with Sandbox(jobs={"feed": "no_such_module"}) as reader.sandbox:
        assert titles(await reader.read(body)) == []
        with pytest.raises(ParseError):
            await reader.read(body + b"<!-- changed -->")


@pytest.mark.parametrize("stamp", ["", "{}", "[1]", '["", "", {"a": 1}]', "[" * 100_000, "null"])
async def test_a_stamp_that_makes_no_sense_makes_the_feed_be_read(reader: Reader, stamp: str) -> None:
    reader.stamps = {reader.place: stamp}
    assert titles(await reader.read(rss(item("One", f"{HOME}1")))) == ["One"]


async def test_a_feed_without_items_is_read_to_its_end(reader: Reader) -> None:
    (batch,) = await reader.read(rss())
    assert batch.articles == ()
    assert batch.stamps.keys() == {reader.place}


async def test_where_a_feed_moved_for_good_is_told_also_when_it_did_not_change() -> None:
    answers = {"/old": redirecting("/new", "301 Moved Permanently"), "/new": saying(response(rss(item("A", HOME))))}
    async with serving(by_path(answers)) as url, Client() as client, Sandbox() as sandbox:
        source = FeedSource(f"{url}old", client=client, sandbox=sandbox, may_be_private=True)
        stamps: dict[str, str] = {}
        for _ in range(2):
            (batch,) = [batch async for batch in source.batches(stamps, lambda key: False)]
            assert batch.moved_to == f"{url}new"
            stamps = dict(batch.stamps)


async def test_a_feed_on_a_private_address_is_asked_only_if_a_person_typed_it() -> None:
    async with serving(saying(response(rss()))) as url, Client() as client, Sandbox() as sandbox:
        source = FeedSource(url, client=client, sandbox=sandbox)
        with pytest.raises(FetchError):
            await anext(source.batches({}, lambda key: False))


async def test_what_is_no_feed_is_told_with_its_place(reader: Reader) -> None:
    with pytest.raises(ParseError, match="it is a web page") as raised:
        await reader.read(b"<!DOCTYPE html><html><body><p>Welcome</p></body></html>")
    assert raised.value.where == reader.place
    assert reader.stamps == {}


async def test_an_item_that_says_nothing_is_told_and_the_others_are_read(reader: Reader) -> None:
    read = await reader.read(rss("<author>somebody</author>", item("Two", f"{HOME}2")))
    assert titles(read) == ["Two"]
    assert problems(read) == ["an item: it has no title, no text and no page"]


async def test_parts_that_cannot_be_used_are_left_out_and_told(reader: Reader) -> None:
    pictures = "".join(f'<enclosure url="{HOME}{n}.png" type="image/png" length="1"/>' for n in range(60))
    read = await reader.read(rss(item("One", f"{HOME}1") + pictures))
    assert len(read[0].articles[0].images) == 50
    assert problems(read) == ["One: images: the first 50 of 60 are kept"]


# Which article an item is.


async def test_an_item_is_known_by_its_page(reader: Reader) -> None:
    await reader.read(rss(item("One", f"{HOME}1", "g1")))
    await reader.read(rss(item("One, corrected", f"{HOME}1?utm_source=feed", "another guid")))
    assert reader.titles == {f"{HOME}1": "One, corrected"}


async def test_items_without_a_page_are_known_by_their_guids_and_lead_to_the_home_page(reader: Reader) -> None:
    read = await reader.read(rss(item("One", guid="g1"), item("Two", guid="g2")))
    assert reader.titles == {f"{reader.place} g1": "One", f"{reader.place} g2": "Two"}
    assert {article.url for article in read[0].articles} == {HOME}


async def test_items_that_lead_to_the_home_page_are_known_by_their_guids(reader: Reader) -> None:
    await reader.read(rss(item("One", HOME, "g1")))
    await reader.read(rss(item("Two", HOME.rstrip("/"), "g2")))
    assert reader.titles == {f"{reader.place} g1": "One", f"{reader.place} g2": "Two"}


async def test_items_with_neither_page_nor_guid_are_known_by_title_and_date(reader: Reader) -> None:
    body = rss(item("Weather", day=1), item("Weather", day=2), item("Tides", day=2))
    await reader.read(body)
    await reader.read(body + b" ")
    assert sorted(reader.titles.values()) == ["Tides", "Weather", "Weather"]


async def test_an_item_that_is_there_twice_is_read_once(reader: Reader) -> None:
    assert titles(await reader.read(rss(item("One", f"{HOME}1", "g"), item("One", f"{HOME}1", "g")))) == ["One"]


async def test_an_item_known_by_its_guid_stays_so_when_its_page_becomes_its_own(reader: Reader) -> None:
    await reader.read(rss(item("One", guid="g1")))
    await reader.read(rss(item("One, with a page", f"{HOME}1", "g1")))
    assert reader.titles == {f"{reader.place} g1": "One, with a page"}


async def test_items_that_share_a_page_are_two_articles(reader: Reader) -> None:
    await reader.read(rss(item("One", f"{HOME}live", "g1"), item("Two", f"{HOME}live", "g2")))
    assert reader.titles == {f"{reader.place} g1": "One", f"{reader.place} g2": "Two"}


async def test_of_items_that_share_a_page_each_stays_what_it_was_while_they_come_and_go(reader: Reader) -> None:
    live = f"{HOME}live"
    one, two, three, four, five = (item(f"No. {n}", live, f"g{n}", day=n) for n in range(1, 6))
    for items in ([one], [one, two], [two, one, three], [three], [three, four], [four], [one, four], [five], [one]):
        await reader.read(rss(*items))
    assert reader.titles == {
        live: "No. 1",
        f"{reader.place} g2": "No. 2",
        f"{reader.place} g3": "No. 3",
        f"{reader.place} g4": "No. 4",
        f"{reader.place} g5": "No. 5",
    }


async def test_an_item_alone_on_its_page_stays_known_by_it_when_its_guid_changes_at_every_reading(
    reader: Reader,
) -> None:
    for number in range(3):
        await reader.read(rss(item("One", f"{HOME}1", f"guid {number}")))
    assert reader.titles == {f"{HOME}1": "One"}


async def test_a_reading_that_was_broken_off_leaves_no_item_to_be_taken_for_another(reader: Reader) -> None:
    live = f"{HOME}live"
    await reader.read(rss(item("No. 1", live, "g1", day=1)))
    many = [item(f"No. {n}", live if n == 3 else f"{HOME}{n}", f"g{n}", day=2 + n % 9) for n in range(2, 300)]
    begun = await reader.begin(rss(*many, item("No. 1", live, "g1", day=1)))
    reader.titles |= {key(article): article.title for article in begun.articles}
    await reader.read(rss(*many, item("No. 1", live, "g1", day=1)))
    assert reader.titles[live] == "No. 1"
    assert reader.titles[f"{reader.place} g3"] == "No. 3"
    assert len(reader.titles) == 299


async def test_a_guid_of_any_characters_tells_an_item_from_others(reader: Reader) -> None:
    for _ in range(2):
        await reader.read(
            rss(item("One", guid="a \u202e b"), item("Two", guid="x" * 10_000), item("Three", guid="&amp;"))
        )
    assert sorted(reader.titles.values()) == ["One", "Three", "Two"]


# Feeds that mean harm.


def attributes() -> bytes:
    said = " ".join(f'a{number}="x"' for number in range(200_000))
    return f"<rss version='2.0'><channel><item><title {said}>x</title></item></channel></rss>".encode()


async def test_a_feed_that_keeps_its_worker_busy_is_given_up_and_the_next_one_is_read() -> None:
    async with Sandbox(most=1, seconds=1.5) as sandbox, subscribed(sandbox) as reader:
        with pytest.raises(ParseError, match=r"longer than 1\.5 seconds") as raised:
            await reader.read(attributes())
        assert raised.value.where == reader.place
        assert titles(await reader.read(rss(item("One", f"{HOME}1")))) == ["One"]


@pytest.mark.parametrize("count", [MOST_ITEMS, MOST_ITEMS + 1, 100_000])
async def test_of_a_feed_as_many_items_are_read_as_are_kept(reader: Reader, count: int) -> None:
    read = await reader.read(rss(*(f"<link>{HOME}{n}</link><title>{n}</title>" for n in range(count))))
    assert titles(read) == [str(number) for number in range(min(count, MOST_ITEMS))]
    assert problems(read) == ([f"the first 5,000 of {count:,} items are read"] if count > MOST_ITEMS else [])


def declared(declarations: str, said: str) -> bytes:
    return f"<!DOCTYPE rss [{declarations}]>".encode() + rss(f"<title>One {said}</title><link>{HOME}1</link>")


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
QUADRATIC = f'<!ENTITY a "{"ha" * 50_000}">'


@pytest.mark.parametrize(
    "body", [declared(LAUGHS, "&a11;"), declared(QUADRATIC, "&a;" * 10_000)], ids=["billion laughs", "quadratic"]
)
async def test_entities_that_stand_for_ever_more_text_are_not_followed(reader: Reader, body: bytes) -> None:
    read = await reader.read(body)
    assert len(titles(read)) <= 1
    assert all(len(title) <= 500 for title in titles(read))


async def test_an_entity_that_stands_for_a_file_or_a_page_brings_neither(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    asked: list[str] = []

    async def answer(request: list[str], writer: StreamWriter) -> None:
        asked.append(request[0])

    async with serving(answer) as url:
        for system in (f"file://{tmp_path}/secret", url):
            read = await reader.read(declared(f'<!ENTITY a SYSTEM "{system}">', "&a;"))
            assert not any("secret" in title for title in titles(read))
        external = f'<!DOCTYPE rss SYSTEM "{url}dtd">'.encode() + rss(item("One", f"{HOME}1"))
        assert titles(await reader.read(external)) == ["One"]
    assert asked == []


async def test_elements_inside_each_other_without_end_harm_nobody(reader: Reader) -> None:
    deep = f"{'<b>' * 100_000}deep{'</b>' * 100_000}"
    for nested in (deep, escape(deep), f"<![CDATA[{deep}]]>"):
        said = await reader.read_if_it_can_be(rss(f"<title>One</title><description>{nested}</description>"))
        assert said in ([], ["One"])
    assert titles(await reader.read(rss(item("Two", f"{HOME}2")))) == ["Two"]


@pytest.mark.parametrize("size", [1, 3 * MIB])
@pytest.mark.parametrize("part", [b"\0", b"<", b"&", b"\xff", b"{", b"[", b"<rss><item>"])
async def test_no_bytes_whatever_harm_the_feed_that_comes_next(reader: Reader, part: bytes, size: int) -> None:
    assert len(await reader.read_if_it_can_be(part * max(1, size // len(part)))) <= MOST_ITEMS
    assert titles(await reader.read(rss(item("Two", f"{HOME}2")))) == ["Two"]
