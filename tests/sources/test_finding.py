"""What there is to subscribe to at an address, asked of a real server."""

import json
from pathlib import Path

import pytest

from newstui.errors import FetchError, SourceError
from newstui.sources import Place, place_of
from newstui.sources.finding import find
from newstui.sources.web import Web
from tests.sources.hostile_server import by_path, redirecting, response, saying, serving

FEED = b"<rss version='2.0'><channel><title>The Courier</title><item><title>One</title></item></channel></rss>"
PAGE = (
    '<html><head><link rel="alternate" type="application/rss+xml" href="/feed" title="Ours">'
    '<link rel="alternate" type="application/atom+xml" href="http://localhost/feed" title="Theirs"></head></html>'
)
SITE = json.dumps({"page": 1, "value": [], "nextPage": None}).encode()

ANSWERS = by_path(
    {
        "/feed": saying(response(FEED, Content_Type="application/rss+xml")),
        "/old": redirecting("/feed", "301 Moved Permanently"),
        "/elsewhere": redirecting("/feed"),
        "/page": saying(response(PAGE.encode(), Content_Type="text/html")),
        "/nothing": saying(response(b"<html><body>Nothing.</body></html>", Content_Type="text/html")),
        "/news/api/news/index.json": saying(response(SITE, Content_Type="application/json")),
    }
)


async def found(path: str) -> list[Place]:
    async with serving(ANSWERS, is_kept_open=True) as address, Web() as web:
        places = await find(place_of(f"{address}{path}"), web)
        return [place._replace(place=place.place.removeprefix(address)) for place in places]


async def test_a_feed_is_found_under_its_title() -> None:
    assert await found("feed") == [Place("feed", "feed", "The Courier", True)]


async def test_a_feed_that_has_moved_for_good_is_found_where_it_is_now_and_one_that_has_not_where_it_was() -> None:
    assert [place.place for place in await found("old")] == ["feed"]
    assert [place.place for place in await found("elsewhere")] == ["elsewhere"]


async def test_a_site_is_found_by_its_address_alone_though_it_has_no_page_there() -> None:
    assert [(place.kind, place.place) for place in await found("news")] == [("site", "news")]


async def test_only_a_feed_on_the_host_of_the_page_may_be_where_the_page_may_be() -> None:
    assert await found("page") == [
        Place("feed", "feed", "Ours", True),
        Place("feed", "http://localhost/feed", "Theirs", False),
    ]


async def test_where_there_is_nothing_that_is_said() -> None:
    with pytest.raises(SourceError, match="no feed here, no news site, and no page that names a feed"):
        await found("nothing")
    with pytest.raises(FetchError, match="404"):
        await found("missing")


async def test_a_folder_is_what_it_is(tmp_path: Path) -> None:
    async with Web() as web:
        assert await find(place_of(str(tmp_path)), web) == (place_of(str(tmp_path)),)
