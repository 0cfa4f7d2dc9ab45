"""A news site over real HTTP: every article once, no page more than needed, nothing that JSON can say breaks it."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newstui.article import Batch
from newstui.errors import FetchError, ParseError, SourceError
from newstui.links import canonical
from newstui.sources import Place, open_source, place_of
from newstui.sources.site import MOST_PAGES, index_of
from newstui.sources.sound_json import parse_json
from newstui.sources.web import Web

NONE: Mapping[str, str] = {}


class Site:
    """A site whose pages are set by a test; it remembers what was asked of it, and with which status it answered."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []
        self.url = ""

    def serve(self, path: str, page: object) -> None:
        self.pages[path] = page if isinstance(page, bytes) else json.dumps(page).encode()

    def serve_pages(self, *pages: list[str]) -> None:
        for number, names in enumerate(pages, 1):
            path = "/api/news/index.json" if number == 1 else f"/api/news/page/{number}/index.json"
            following = number + 1 if number < len(pages) else None
            self.serve(path, {"page": number, "value": [article(name) for name in names], "nextPage": following})

    async def read(self, known: Mapping[str, str] = NONE, keys: frozenset[str] = frozenset()) -> list[Batch]:
        self.asked.clear()
        return await read(self.url, known, keys.__contains__)

    @property
    def numbers(self) -> list[tuple[str, int]]:
        return [
            (path.removeprefix("/api/news/").removesuffix("index.json").strip("/") or "1", status)
            for path, status in self.asked
        ]


def typed(url: str) -> Place:
    """A site as a reader adds one that is in a network of their own."""
    return Place("site", url, "", may_be_private=True)


async def read(url: str, known: Mapping[str, str], is_known: Callable[[str], bool], *, topic: str = "") -> list[Batch]:
    async with Web() as web:
        return [batch async for batch in open_source(typed(url), web, topic=topic).batches(known, is_known)]


def article(name: str, **more: Any) -> dict[str, Any]:
    return {"title": name, "webUrl": f"https://a.example/{name}", "path": f"_news/{name}.md", "topics": None, **more}


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = made.pages.get(self.path)
            tag = f'"{hash(body)}"'
            status = 404 if body is None else 304 if self.headers["If-None-Match"] == tag else 200
            made.asked.append((self.path, status))
            self.send_response(status)
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body or b"" if status == 200 else b"")

        def log_message(self, *_: object) -> None: ...

    with Serving(Handler) as url:
        made.url = url
        yield made


class Serving:
    """A server in a thread, for as long as the block lasts."""

    def __init__(self, handler: Callable[..., BaseHTTPRequestHandler]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=partial(self._server.serve_forever, poll_interval=0.01))

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def titles(read: list[Batch]) -> list[str]:
    return [article.title for batch in read for article in batch.articles]


def keys(read: list[Batch]) -> frozenset[str]:
    return frozenset(canonical(article.url) for batch in read for article in batch.articles)


def stamps(read: list[Batch]) -> dict[str, str]:
    return {place: stamp for batch in read for place, stamp in batch.stamps.items()}


async def test_every_article_of_a_real_site_is_given_once(shared: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    pages = [shared / "site/api/news/index.json", *(shared / "site/api/news/page").glob("*/index.json")]
    urls = {said["webUrl"] for page in pages for said in json.loads(page.read_bytes())["value"]}
    with Serving(partial(Quiet, directory=str(shared / "site"))) as url:
        batches = await read(url, NONE, lambda key: False)
        given = [article.url for batch in batches for article in batch.articles]
        assert (len(given), set(given)) == (624, urls)
        assert [problem for batch in batches for problem in batch.problems] == []
        assert await read(url, stamps(batches), lambda key: True) == []


async def test_a_topic_of_a_site_is_a_site(site: Site) -> None:
    site.serve("/api/news/ai/index.json", {"page": 1, "value": [article("a")], "nextPage": 2})
    site.serve("/api/news/ai/page/2/index.json", {"page": 2, "value": [article("b")], "nextPage": None})
    batches = await read(f"{site.url}api/news/ai/index.json", NONE, lambda key: False, topic="AI")
    assert titles(batches) == ["a", "b"]
    assert {article.topics for batch in batches for article in batch.articles} == {("AI",)}


@pytest.mark.parametrize(
    ("place", "index"),
    [
        ("https://h.example", "https://h.example/api/news/index.json"),
        ("https://h.example/path", "https://h.example/path/api/news/index.json"),
        ("https://h.example/path/?q#f", "https://h.example/path/api/news/index.json"),
        ("https://h.example/api/news/index.json", "https://h.example/api/news/index.json"),
    ],
)
def test_the_api_is_found_below_the_address(place: str, index: str) -> None:
    assert index_of(place) == index


async def test_an_unchanged_site_costs_one_request(site: Site) -> None:
    site.serve_pages(["a", "b"], ["c"])
    first = await site.read()
    assert titles(first) == ["a", "b", "c"]
    assert await site.read(stamps(first), keys(first)) == []
    assert site.numbers == [("1", 304)]


async def test_a_refresh_stops_at_a_page_that_it_knows(site: Site) -> None:
    site.serve_pages(["c", "d"], ["e", "f"], ["g"])
    first = await site.read()
    site.serve_pages(["a", "b"], ["c", "d"], ["e", "f"], ["g"])
    again = await site.read(stamps(first), keys(first))
    assert titles(again) == ["a", "b", "c", "d"]
    assert site.numbers == [("1", 200), ("page/2", 200)]


async def test_a_reading_that_broke_off_is_taken_up_again(site: Site) -> None:
    site.serve_pages(["a"], ["b"], ["c"])
    third = site.pages.pop("/api/news/page/3/index.json")
    async with Web() as web:
        batches = open_source(typed(site.url), web).batches(NONE, lambda key: False)
        first = [await anext(batches), await anext(batches)]
        with pytest.raises(FetchError, match="404"):
            await anext(batches)
    site.pages["/api/news/page/3/index.json"] = third
    assert titles(await site.read(stamps(first), keys(first))) == ["a", "b", "c"]


async def test_one_broken_article_is_named_and_the_others_are_read(site: Site) -> None:
    broken = [
        article("ok"),
        article("bad", webUrl="javascript:x"),
        None,
        7,
        {"title": "x"},
        article("old", publishedDateTime="0000-01-01"),
    ]
    site.serve("/api/news/index.json", {"value": broken})
    read = await site.read()
    assert titles(read) == ["ok", "old"]
    assert [problem.reason.partition(":")[0] for batch in read for problem in batch.problems] == [
        "article 2", "article 3", "article 4", "article 5", "old",
    ]  # fmt: skip
    assert titles(await site.read(stamps(read), keys(read))) == ["ok", "old"]


async def test_an_article_keeps_its_place_when_it_moves_to_another_page(site: Site) -> None:
    site.serve_pages(["a"])
    [first, _] = await site.read()
    assert first.articles[0].place == f"{site.url}_news/a.md"
    site.serve_pages(["b"], ["a"])
    assert [article.place for batch in await site.read() for article in batch.articles][1] == first.articles[0].place


@pytest.mark.parametrize(
    "page", [{"value": None}, {"value": [], "nextPage": None}, {"page": None, "value": [], "nextPage": "x"}]
)
async def test_a_page_without_articles_is_the_end(site: Site, page: object) -> None:
    site.serve("/api/news/index.json", page)
    assert titles(await site.read()) == []


@pytest.mark.parametrize("following", [1, 0, -1, True, 1.5])
async def test_a_next_page_that_leads_nowhere_is_the_end(site: Site, following: object) -> None:
    site.serve("/api/news/index.json", {"value": [article("a")], "nextPage": following})
    assert titles(await site.read()) == ["a"]


async def test_pages_without_end_are_read_to_the_limit_and_it_is_said(site: Site) -> None:
    site.serve_pages(*([f"a{number}"] for number in range(MOST_PAGES + 3)))
    read = await site.read()
    assert len(titles(read)) == len(site.asked) == MOST_PAGES
    assert [problem.reason for batch in read for problem in batch.problems] == ["stopped after 200 pages"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>", "this is a web page"),
        (b"", "not JSON"),
        (b'{"value": [', "not JSON"),
        (b"\xff\xfe\xfd", "not JSON"),
        (b"NaN", "NaN is no number"),
        (b'{"value": -Infinity}', "Infinity is no number"),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 19, "18 digits"),
        (b"[" * 65 + b"]" * 65, "deeper than 64"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "deeper than 64"),
    ],
)
def test_what_is_no_sane_json_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse_json(body, "here")


def test_json_at_its_limits_is_read() -> None:
    assert parse_json(b"[" * 64 + b"]" * 64, "")
    assert parse_json(b"-" + b"1" * 18, "") == -int("1" * 18)


@pytest.mark.parametrize("page", [b"[]", b"3", b'{"value": 3}', b'{"value": {}}'])
async def test_json_of_something_else_is_an_error_of_the_source(site: Site, page: bytes) -> None:
    site.serve("/api/news/index.json", page)
    with pytest.raises(ParseError, match="not the JSON of a news site"):
        await site.read()


@pytest.mark.parametrize(
    "place", ["ftp://a.example/", "https://", "http://user:pw@a.example/", "/no/such/path", "", "http://[x"]
)
def test_a_place_that_is_none_is_refused_with_advice(place: str) -> None:
    with pytest.raises(SourceError) as error:
        place_of(place)
    assert error.value.advice
