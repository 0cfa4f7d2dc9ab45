"""Feeds of all kinds as the fields of articles: what a person would call the title, the text, the date of an item."""

import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest

from newstui.errors import ParseError
from newstui.sources.feed_reading import read
from newstui.sources.long_feeds import MOST_ITEMS, shortened

FEED = "https://paper.example/feeds/all.xml"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def said(body: str | bytes, content_type: str = "", url: str = FEED) -> dict[str, Any]:
    return read(body.encode() if isinstance(body, str) else body, {"url": url, "content_type": content_type})


def rss(item: str, channel: str = "<title>Paper</title><link>https://paper.example/</link>") -> str:
    return f'<rss version="2.0" {NAMESPACES}><channel>{channel}<item>{item}</item></channel></rss>'


def atom(entry: str, feed: str = "<title>Paper</title>", base: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{base}>{feed}<entry>{entry}</entry></feed>'


def item(body: str | bytes, content_type: str = "") -> dict[str, Any]:
    (fields,) = said(body, content_type)["items"]
    assert isinstance(fields, dict)
    return fields


def test_a_feed_has_a_title_and_a_page() -> None:
    feed = said(rss("<title>One</title>"))
    assert (feed["title"], feed["home"], feed["problems"]) == ("Paper", "https://paper.example/", [])


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Plain", "Plain"),
        ("<![CDATA[A <b>bold</b> move]]>", "A bold move"),
        ("A &lt;em&gt;new&lt;/em&gt; day", "A new day"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("How to use &lt;blink&gt;", "How to use <blink>"),
        ("<![CDATA[<script>alert(1)</script>Calm]]>", "Calm"),
        ("<![CDATA[<script>alert(1)]]>", ""),
        ("<![CDATA[<img src=x onerror=alert(1)>Calm]]>", "Calm"),
    ],
)
def test_a_title_is_its_text(title: str, shown: str) -> None:
    assert item(rss(f"<title>{title}</title>"))["title"] == shown


def test_an_item_without_a_title_is_called_by_its_first_words() -> None:
    words = (
        "The harbour master had no comment until four minutes past eight, when the ferry had left and the tide with it."
    )
    assert item(rss(f"<description>&lt;p&gt;{words}&lt;/p&gt;</description>"))["title"] == (
        "The harbour master had no comment until four minutes past eight, when the ferry…"
    )
    assert item(rss("<description>Short.</description>"))["title"] == "Short."
    assert item(rss("<link>https://paper.example/photos/12</link>"))["title"] == "paper.example/photos/12"


def test_a_word_longer_than_a_title_is_cut() -> None:
    assert item(rss(f"<description>{'x' * 500}</description>"))["title"] == "x" * 79 + "…"


# Texts.


def test_a_short_plain_summary_is_all_there_is() -> None:
    fields = item(rss("<title>One</title><description>Nothing more.</description>"))
    assert (fields["excerpt"], fields["text"]) == ("Nothing more.", "")


def test_the_summary_is_the_excerpt_and_the_content_the_text() -> None:
    fields = item(
        rss(
            "<description>In short.</description><content:encoded><![CDATA[<h2>All</h2><p>At <b>length</b>, of "
            '<a href="/tides">tides</a>.</p>]]></content:encoded>'
        )
    )
    assert fields["excerpt"] == "In short."
    assert fields["text"] == "## All\n\nAt **length**, of [tides](https://paper.example/tides)."


def test_content_alone_begins_as_the_excerpt() -> None:
    words = "word " * 300
    fields = item(rss(f"<content:encoded><![CDATA[<p>{words}</p>]]></content:encoded>"))
    assert fields["excerpt"] == "word " * 99 + "word…"
    assert fields["text"] == words.strip()


def test_a_summary_that_is_the_whole_text_is_kept_in_full() -> None:
    fields = item(rss("<description>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</description>"))
    assert (fields["excerpt"], fields["text"]) == ("First. Second.", "First.\n\nSecond.")


def test_a_summary_that_says_more_than_the_content_is_the_text() -> None:
    long = "All of it, " * 100
    fields = item(rss(f"<description>{long}</description><content:encoded>All of it</content:encoded>"))
    assert fields["text"] == long.strip()


def test_a_content_that_says_something_else_than_a_short_summary_is_kept() -> None:
    fields = item(rss("<description>A summary of some length.</description><content:encoded>Short.</content:encoded>"))
    assert (fields["excerpt"], fields["text"]) == ("A summary of some length.", "Short.")


def test_a_picture_without_a_word_is_a_text() -> None:
    fields = item(rss("<description><![CDATA[<img src='/a.png' alt='Low tide'>]]></description>"))
    assert (fields["excerpt"], fields["text"]) == ("", "![Low tide](https://paper.example/a.png)")


def test_plain_text_keeps_its_paragraphs_and_its_signs() -> None:
    content = "<content type='text'>1 &lt; 2 &amp;amp; so on\n\nNext *one*</content>"
    fields = item(atom(f"<title>One</title>{content}"))
    assert fields["excerpt"] == "1 < 2 &amp; so on Next *one*"
    assert fields["text"] == "1 < 2 \\&amp; so on\n\nNext \\*one\\*"


def test_xhtml_is_read_as_html() -> None:
    content = "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>A</p><p>B</p></div></content>"
    assert item(atom(content))["text"] == "A\n\nB"


# Links.


def test_relative_links_count_from_the_address_of_the_feed() -> None:
    fields = item(
        rss(
            "<link>/1</link><comments>/1#talk</comments><enclosure url='../a.png' type='image/png' length='1'/>"
            "<description><![CDATA[<a href='more'>more</a>]]></description>"
        )
    )
    assert fields["url"] == "https://paper.example/1"
    assert fields["links"] == [{"label": "comments", "url": "https://paper.example/1#talk"}]
    assert fields["images"][0]["url"] == "https://paper.example/a.png"
    assert fields["text"] == "[more](https://paper.example/feeds/more)"


def test_relative_links_count_from_the_base_that_the_feed_names() -> None:
    entry = "<link href='1'/><content type='html' xml:base='deep/'>&lt;a href='more'>more&lt;/a></content>"
    fields = item(atom(entry, base=" xml:base='https://elsewhere.example/x/'"))
    assert fields["url"] == "https://elsewhere.example/x/1"
    assert fields["text"] == "[more](https://elsewhere.example/x/deep/more)"


def test_a_base_may_count_from_another_that_counts_from_the_address_of_the_feed() -> None:
    entry = "<link href='1' xml:base='b/'/><content type='html' xml:base='b/c/'>&lt;a href='more'>more&lt;/a></content>"
    fields = item(atom(entry, base=" xml:base='/a/'"))
    assert fields["url"] == "https://paper.example/a/b/1"
    assert fields["text"] == "[more](https://paper.example/a/b/c/more)"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "https://name:password@paper.example/", "http://[", "data:,x"]
)
def test_a_link_that_must_not_be_opened_is_none(link: str) -> None:
    parts = f"<title>One</title><link>{link}</link><comments>{link}</comments><enclosure url='{link}'/>"
    fields = item(rss(parts))
    assert (fields["url"], fields["links"], fields["images"]) == ("", [], [])


def test_a_guid_that_is_a_page_takes_the_place_of_a_link() -> None:
    assert item(rss("<guid>https://paper.example/1</guid>"))["url"] == "https://paper.example/1"
    assert item(rss("<guid isPermaLink='false'>https://paper.example/1</guid>"))["url"] == ""
    assert item(rss("<guid>12345</guid>"))["url"] == ""


def test_of_several_links_the_page_for_people_is_the_item_s() -> None:
    links = (
        "<link rel='self' href='/self'/><link rel='enclosure' type='audio/mpeg' href='/a.mp3' length='12300000'/>"
        "<link rel='alternate' type='application/json' href='/json'/><link rel='alternate' href='/page'/>"
    )
    fields = item(atom(links))
    assert fields["url"] == "https://paper.example/page"
    assert fields["links"] == [{"label": "audio, 12 MB", "url": "https://paper.example/a.mp3"}]


@pytest.mark.parametrize(
    ("said_of_it", "label"),
    [
        ("type='audio/mpeg' length='12345678'", "audio, 12 MB"),
        ("type='video/mp4' length='0'", "video"),
        ("type='application/pdf' length='4200'", "application, 4 kB"),
        ("length='many'", "attachment"),
        ("type='audio/mpeg' length='99999999999999999999'", "audio"),
    ],
)
def test_what_comes_with_an_item_is_a_link_that_says_what_it_is(said_of_it: str, label: str) -> None:
    fields = item(rss(f"<enclosure url='https://paper.example/it' {said_of_it}/>"))
    assert fields["links"] == [{"label": label, "url": "https://paper.example/it"}]


def test_pictures_come_from_all_places_that_a_feed_has_for_them_each_once() -> None:
    fields = item(
        rss(
            "<enclosure url='https://paper.example/1.png' type='image/png' length='1'/>"
            "<media:content url='https://paper.example/2.png' medium='image' width='640' height='480'/>"
            "<media:content url='https://paper.example/1.png' type='image/png'/>"
            "<media:thumbnail url='https://paper.example/3.png' width='75' height='50'/>"
            "<media:content url='https://paper.example/v.mp4' type='video/mp4' fileSize='3000000'/>"
        )
    )
    assert [image["url"] for image in fields["images"]] == [f"https://paper.example/{n}.png" for n in (1, 2, 3)]
    assert (fields["images"][1]["width"], fields["images"][1]["height"]) == ("640", "480")
    assert fields["links"] == [{"label": "video, 3 MB", "url": "https://paper.example/v.mp4"}]


# Dates, outlets, topics.


@pytest.mark.parametrize(
    ("dates", "moment", "is_day_only"),
    [
        ("<pubDate>Sat, 14 Nov 2026 12:30:00 +0100</pubDate>", 1_794_655_800, False),
        ("<dc:date>2026-11-14T11:30:00Z</dc:date>", 1_794_655_800, False),
        ("<dc:date>2026-11-14</dc:date>", 1_794_614_400, True),
        ("<pubDate>yesterday</pubDate>", None, False),
        ("<pubDate>Sat, 99 Foo 99999 99:99:99 GMT</pubDate>", None, False),
        ("", None, False),
    ],
)
def test_a_date_is_a_moment_or_unknown(dates: str, moment: int | None, is_day_only: bool) -> None:
    fields = item(rss(f"<title>One</title>{dates}"))
    assert (fields["published"], fields["is_day_only"]) == (moment, is_day_only)


def test_when_an_entry_was_published_counts_more_than_when_it_was_updated() -> None:
    both = "<updated>2026-11-15T00:00:01Z</updated><published>2026-11-14T00:00:01Z</published>"
    assert item(atom(both))["published"] == 1_794_614_401
    assert item(atom("<updated>2026-11-15T00:00:01Z</updated>"))["published"] == 1_794_700_801


def test_the_outlet_is_the_feed_and_the_host_of_the_item_s_page() -> None:
    fields = item(rss("<title>One</title><link>https://www.paper.example/1</link>"))
    assert fields["outlet"] == {"name": "Paper", "domain": "www.paper.example"}


def test_the_outlet_is_the_source_that_an_aggregator_names() -> None:
    source = "<source url='https://kestrel.example/rss'>Kestrel &amp;amp; Wire</source>"
    fields = item(rss(f"<title>One</title><link>https://planet.example/1</link>{source}"))
    assert fields["outlet"] == {"name": "Kestrel &amp; Wire", "domain": "kestrel.example"}


def test_a_feed_without_a_title_is_called_by_its_host() -> None:
    assert item(rss("<title>One</title>", channel=""))["outlet"] == {"name": "paper.example", "domain": "paper.example"}


def test_topics_are_the_categories_by_the_names_that_people_read() -> None:
    assert item(rss("<category>Sea</category><category>Harbour</category>"))["topics"] == ["Sea", "Harbour"]
    assert item(atom("<category term='sea-1' label='The sea'/><category term='Tides'/>"))["topics"] == [
        "The sea",
        "Tides",
    ]


# What is no feed, and what is broken.


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the answer is empty"),
        (b" \r\n ", "the answer is empty"),
        (b"<!DOCTYPE html><html><head><title>Paper</title></head><body><p>Hello</p></body></html>", "it is a web page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "it is a web page"),
        (b'<html xmlns:a="http://www.w3.org/2005/Atom"><body>Hello</body></html>', "it is a web page"),
        (b'<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head></opml>', "XML of another kind"),
        (b"%PDF-1.7 \xe2\xe3", "it is something else"),
        (b"Just words.", "it is something else"),
        (b"\0" * 100, "it is something else"),
    ],
)
def test_what_is_no_feed_is_told_for_what_it_is(body: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        said(body)


@pytest.mark.parametrize("body", ["<rss version='2.0'/>", "<feed xmlns='http://www.w3.org/2005/Atom'/>", "<CHANNEL/>"])
def test_a_feed_with_nothing_in_it_is_one(body: str) -> None:
    assert said(body)["items"] == []


def test_a_feed_that_breaks_off_gives_what_came_before() -> None:
    whole = rss("<title>One</title></item><item><title>Two</title>")
    fields = said(whole[: whole.index("Two")])["items"]
    assert fields[0]["title"] == "One"


def test_a_feed_that_is_not_well_formed_is_read() -> None:
    assert item("<rss version='2.0'><channel><item><title>Fish & chips</title></channel>")["title"] == "Fish & chips"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_a_feed_is_read_in_the_encoding_that_it_names(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    body = f"<?xml version='1.0' encoding='{name}'?>" + rss("<title>Größe</title><link>/1</link>")
    fields = item(body.encode(encoding))
    assert (fields["title"], fields["url"]) == ("Größe", "https://paper.example/1")


@pytest.mark.parametrize(
    ("declared", "served"), [("utf-8", "us-ascii"), ("us-ascii", ""), ("utf-8", "no-such-encoding"), ("nonsense", "")]
)
def test_a_feed_in_another_encoding_than_it_is_said_to_be_is_read(declared: str, served: str) -> None:
    body = f"<?xml version='1.0' encoding='{declared}'?>" + rss("<title>Größe</title>")
    assert item(body.encode(), f"text/xml; charset={served}" if served else "")["title"] == "Größe"


def test_a_body_that_is_the_name_of_a_file_or_an_address_is_not_opened() -> None:
    for body in (__file__, "http://127.0.0.1:1/feed"):
        with pytest.raises(ParseError, match="something else"):
            said(body)


@pytest.mark.parametrize(
    ("start", "item", "end"),
    [
        ("<rss><channel><title>&amp;</title>", "<item><title>One</title></item>", "</channel></rss>"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><id>1</id></entry>", "</feed>"),
        ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "<a:entry/>", "</a:feed>"),
        ("<r:RDF xmlns:r='r'><channel/>", "<ITEM>é</ITEM>\n<!-- <item> -->", "</r:RDF>"),
    ],
)
def test_a_long_feed_is_cut_before_the_first_item_that_is_too_many(start: str, item: str, end: str) -> None:
    body = (start + item * (MOST_ITEMS + 100) + end).encode()
    short, number = shortened(body)
    assert len(ElementTree.fromstring(short).findall(".//{*}*")) == len(
        ElementTree.fromstring((start + item * MOST_ITEMS + end).encode()).findall(".//{*}*")
    )
    assert number >= MOST_ITEMS + 100
    assert shortened((start + item * 10 + end).encode()) == ((start + item * 10 + end).encode(), 0)


def test_a_long_feed_that_is_not_well_formed_is_left_as_it_is() -> None:
    body = b"<rss><channel>" + b"<item>&nbsp;</item>" * (MOST_ITEMS + 1)
    assert shortened(body) == (body, 0)


def test_a_worker_loads_nothing_that_reading_a_feed_does_not_need() -> None:
    program = (
        "import sys; import newstui.sources.worker, newstui.sources.feed_reading; "
        "print(*({'pydantic', 'httpx', 'markdown_it', 'textual', 'yaml', 'sqlite3', 'asyncio'} & sys.modules.keys()))"
    )
    said = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []
