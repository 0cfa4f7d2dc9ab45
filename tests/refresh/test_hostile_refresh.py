"""A whole refresh of sources that do what they can to harm it: each ends with what it deserves, and harms no other."""

import asyncio
import json
import re
import sys
from functools import cache, partial
from pathlib import Path

import pytest

from newstui.library import Library
from newstui.query import Query
from tests.sources.hostile_server import (
    CUT_BODY,
    MEBIBYTE,
    Answer,
    bomb,
    by_path,
    certificate,
    dripping,
    dripping_headers,
    endless,
    exploding,
    exploding_twice,
    heading,
    hopping,
    redirecting,
    response,
    saying,
    serving,
    silent,
)

CHECKOUT = Path(__file__).parents[2]
SECONDS = 8
"""Of a request and of a job."""
MOST_MEBIBYTES = 64

_RSS = '<rss version="2.0"><channel><title>{title}</title><link>https://{title}.example/</link>{items}</channel></rss>'


def feed(title: str, items: int = 3, more: str = "") -> bytes:
    links = "".join(
        f"<item><title>{title} {number}</title><link>https://{title}.example/{number}</link></item>"
        for number in range(items)
    )
    return _RSS.format(title=title, items=links + more).encode()


@cache
def many_attributes() -> bytes:
    attributes = " ".join(f'a{number}="b"' for number in range(200_000))
    return feed("attributes", 1, f"<item {attributes}><title>x</title></item>")


@cache
def many_items() -> bytes:
    return feed("many", 100_000)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %b "%b">' % (bytes([98 + level]), b"&%b;" % bytes([97 + level]) * 10) for level in range(9)
)
BILLION_LAUGHS = LAUGHS + b"]>" + feed("laughs", 1, "<item><title>&j;</title></item>")
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + feed(
    "external", 1, "<item><title>Entity &x;</title><link>https://external.example/x</link></item>"
)
WRONG_CHARSET = feed("charset").replace(b"charset 0", b"\xff\xfe caf\xe9 0")

ATTACKS: dict[str, tuple[Answer, str]] = {
    "bomb": (exploding(), r"larger than 10,485,760 bytes"),
    "twice": (exploding_twice(), r"packed in a way that was not asked for"),
    "endless": (endless, r"larger than 10,485,760 bytes"),
    "drip": (dripping, r"no whole answer within 8 seconds"),
    "slow-headers": (dripping_headers, r"no whole answer within 8 seconds"),
    "silent": (silent, r"no whole answer within 8 seconds"),
    "loop": (redirecting("/1"), r"more than 10 redirects"),
    "to-private": (redirecting("http://127.0.0.2:1/"), r"private"),
    "to-file": (redirecting("file:///etc/passwd"), r"leads on to no web page"),
    "to-scheme": (redirecting("gopher://news.example/"), r"leads on to no web page"),
    "type": (saying(response(b"\x89PNG\r\n\x1a\n", Content_Type="image/png")), r"this is no feed"),
    "page": (saying(response(b"<!doctype html><title>x</title>", Content_Type="text/html")), r"web page"),
    "cut": (CUT_BODY, r"broke off|cut short"),
    "404": (saying(response(status="404 Not Found")), r"404"),
    "410": (saying(response(status="410 Gone")), r"410"),
    "429": (saying(response(status="429 Too Many", Retry_After="7200")), r"429"),
    "500": (saying(response(status="500 Oops")), r"500"),
    "header": (heading(1_000_000), r"broke off|headers"),
    "attributes": (lambda request, writer: saying(response(many_attributes()))(request, writer), r"longer than 8 sec"),
}
"""What a server does at a path of this name, and what is said of it."""
HARMLESS: dict[str, tuple[Answer, int]] = {
    "charset": (saying(response(WRONG_CHARSET, Content_Type="application/xml; charset=utf-7")), 3),
    "many": (lambda request, writer: saying(response(many_items()))(request, writer), 5_000),
    "external": (saying(response(EXTERNAL)), 2),
    "good": (saying(response(feed("good"))), 3),
    "better": (saying(response(feed("better"))), 3),
}
"""What is read all the same, and how many articles it brings."""


@pytest.mark.timeout(300)
async def test_each_hostile_source_ends_as_stated_and_the_others_are_read(tmp_path: Path) -> None:
    answers = {f"/{name}": answer for name, (answer, _) in (ATTACKS | HARMLESS).items()}
    answers |= {f"/{hop}": hopping(11) for hop in range(1, 12)}
    answers |= {"/laughs": saying(response(BILLION_LAUGHS)), "/warm": saying(response(feed("warm")))}
    for made in (many_attributes, many_items, partial(bomb, 300 * MEBIBYTE)):
        made()  # before it is asked for: a server that takes its time to make it is another attack
    _, tls = certificate(tmp_path, "news.example", "DNS:news.example")
    path = tmp_path / "library.db"
    async with serving(by_path(answers)) as address, serving(by_path({}), tls=tls) as secure:
        with Library.open(path) as library:
            for name in ("warm", "laughs", *ATTACKS, *HARMLESS):
                library.subscribe("feed", f"{address}{name}", name, may_be_private=True)
            library.subscribe("feed", secure, "tls", may_be_private=True)
            library.subscribe("feed", f"{address}good?private", "private")
        command = [sys.executable, "-m", "tests.refresh.measured_refresh", str(path), str(SECONDS)]
        process = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE)
        printed, _ = await process.communicate()
    said = json.loads(printed)
    errors = {name: error for name, _, error, _ in said["ended"]}
    new = {name: number for name, number, _, _ in said["ended"]}
    for name, (_, stated) in ATTACKS.items():
        assert re.search(stated, errors[name]), (name, errors[name])
    assert "can't prove who it is" in errors["tls"]
    assert "private" in errors["private"]
    for name, (_, articles) in HARMLESS.items():
        assert (name, errors[name], new[name]) == (name, "", articles)
    assert said["mebibytes"] < MOST_MEBIBYTES
    with Library.open(path) as library:
        states = {source.name: source for source in library.subscriptions()}
        headlines = [row.headline for row in library.articles(Query(), "newest", 2_000_000_000, None)]
    assert not any("root:" in headline or len(headline) > 500 for headline in headlines)
    assert states["410"].is_gone
    assert (states["429"].next_attempt or 0) - (states["429"].last_tried or 0) == 7_200
    assert [name for name, source in states.items() if source.error and source.next_attempt is None] == []
