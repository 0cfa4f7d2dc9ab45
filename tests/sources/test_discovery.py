"""The feeds that a page names."""

import pytest

from newstui.sources.discovery import MOST_FEEDS, read

HERE = {"url": "https://a.example/blog/", "content_type": "text/html; charset=utf-8"}


def found(page: str) -> list[tuple[str, str]]:
    """The address and the title of each feed."""
    feeds = read(page.encode(), HERE)
    assert all(feed["kind"] == "feed" for feed in feeds)
    return [(feed["url"], feed["title"]) for feed in feeds]


def test_feeds_are_those_that_a_page_names_for_programs_the_comments_last() -> None:
    page = """<title>A blog</title>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <link rel="ALTERNATE home" type="Application/RSS+xml; charset=utf-8" title="A &amp; B" href="feed.xml">
    <link rel="alternate" type="application/atom+xml" href="//b.example/atom">
    <link rel="alternate" type="application/feed+json" href="https://a.example/feed.json" title="\x1b[1mJSON">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
    <link rel="alternate" hreflang="de" href="/de">
    <link rel="stylesheet" type="text/css" href="/style.css"><a href="/other.rss">other</a>"""
    assert found(page) == [
        ("https://a.example/blog/feed.xml", "A & B"),
        ("https://b.example/atom", "A blog"),
        ("https://a.example/feed.json", "JSON"),
        ("https://a.example/comments/feed/", "Comments"),
    ]


def test_each_feed_is_named_once() -> None:
    page = '<link rel=alternate type=application/rss+xml title="{}" href="{}">'
    assert found(page.format("one", "/feed") + page.format("two", "https://a.example/feed/?utm_source=x#top")) == [
        ("https://a.example/feed", "one")
    ]


@pytest.mark.parametrize(
    "path",
    ["/feed", "/feed/?x=1", "rss.xml", "/blog/atom.xml", "/index.rdf", "/news.rss", "/rss", "/feeds/", "/feed_en.json"],
)
def test_a_link_that_looks_like_a_feed_is_one_where_the_page_names_none(path: str) -> None:
    assert [title for _, title in found(f"<title>A blog</title><a href='{path}'><i>Sub</i>scribe</a>")] == ["Subscribe"]


@pytest.mark.parametrize(
    "path", ["/feedback", "/index.html", "/sitemap.xml", "/about?page=/feed", "#feed", "/data.json", ""]
)
def test_other_links_are_no_feeds(path: str) -> None:
    assert found(f"<a href='{path}'>x</a>") == []


def test_a_link_without_a_name_has_the_title_of_its_page() -> None:
    assert found("<title> A  blog</title><a href='/rss'><img src=x></a>") == [("https://a.example/rss", "A blog")]


@pytest.mark.parametrize(
    "url", ["javascript:feed", "file:///feed", "https://user:pw@a.example/feed", "mailto:a@b.example", ""]
)
def test_what_must_not_be_opened_is_no_feed(url: str) -> None:
    assert found(f"<link rel=alternate type=application/rss+xml href='{url}'><a href='{url}'>x</a>") == []


def test_addresses_count_from_where_the_page_says() -> None:
    page = "<base href='https://c.example/d/'><link rel=alternate type=application/rss+xml href=rss>"
    assert found(page) == [("https://c.example/d/rss", "")]


@pytest.mark.parametrize("body", [b"", b"\0", b"<", b"\xff\xfe", b"<?xml version='1.0'?><rss/>"])
def test_what_is_no_page_names_no_feeds(body: bytes) -> None:
    assert read(body, HERE) == []


@pytest.mark.parametrize("count", [MOST_FEEDS, MOST_FEEDS + 1, 100 * MOST_FEEDS])
def test_a_page_names_only_so_many_feeds(count: int) -> None:
    page = "".join(f"<link rel=alternate type=application/rss+xml href=/{number}>" for number in range(count))
    assert len(found(page)) == MOST_FEEDS
