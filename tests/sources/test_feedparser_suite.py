"""feedparser's own test files, read by newstui: what they claim of what an article has, and what must not survive.

``OURS`` says what each path of feedparser's means for an article, and ``NOT_OURS`` why newstui has no place for others.
A claim in neither is one that this runner does not understand.
"""

import calendar
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from markdown_it import MarkdownIt

from newstui import document
from newstui.article import Article
from newstui.document import hypertext
from newstui.document.plain import plain
from newstui.errors import ParseError
from newstui.sources.feed import FeedSource
from newstui.sources.feed_reading import read
from newstui.sources.fetch import Fetched
from newstui.sources.sandbox import Sandbox
from newstui.text import line
from tests.sources.feedparser_cases import ABSENT, Case, Claim, cases

FORMATS = ("rss", "atom", "atom10", "rdf", "cdf")
OTHERS = ("amp", "base", "feedburner", "http", "itunes", "media-rss", "namespace", "node_precedence", "sanitize", "xml")
LARGEST = 10_000_000

Item = Mapping[str, Any]


@pytest.fixture
def suite(shared: Path) -> Path:
    folder = shared / "suites" / "feedparser" / "tests"
    if not folder.is_dir():
        pytest.skip("feedparser's test files are not among the shared test input")
    return folder


# What a claim means for an article.


def test_every_claim_about_what_an_article_has_holds(suite: Path) -> None:
    wrong, different = [], set()
    for case in _cases_of(suite, *FORMATS, *OTHERS):
        said = _said(case)
        for claim in case.claims:
            holds = OURS.get(claim.name)
            if not holds or holds(said, claim, case.about["url"]):
                continue
            pattern = next((pattern for pattern in DIFFERENT if fnmatch(case.name, f"wellformed/{pattern}.xml")), "")
            different.add(pattern)
            if not pattern:
                wrong.append(f"{case.name}: {'.'.join(map(str, claim.path))} is {claim.value!r}")
    assert wrong == []
    assert different == DIFFERENT.keys()


def test_few_claims_are_not_understood(suite: Path) -> None:
    for folders in (FORMATS, OTHERS):
        read_cases = _cases_of(suite, *folders)
        odd = {case.name: odd for case in read_cases if (odd := [c.name for c in case.claims if not _is_clear(c)])}
        assert len(odd) < len(read_cases) / 10, odd


def test_the_suite_is_read_as_it_is_meant(suite: Path) -> None:
    kinds = Counter(_kind(claim) for case in _cases_of(suite, *FORMATS) for claim in case.claims)
    assert kinds["ours"] >= 180
    assert kinds.keys() <= {"ours", *NOT_OURS.values(), "not understood"}


def _cases_of(suite: Path, *folders: str) -> list[Case]:
    return [case for folder in folders for case in cases(suite / "wellformed" / folder)]


def _said(case: Case) -> Item:
    """What newstui reads in a case, as the worker's answer comes out of the pipe."""
    said = json.loads(json.dumps(read(case.body, case.about)))
    assert isinstance(said, dict)
    return said


def _kind(claim: Claim) -> str:
    return "ours" if claim.name in OURS else _why_not(claim.name) or "not understood"


def _is_clear(claim: Claim) -> bool:
    return _kind(claim) != "not understood"


def _item(said: Item, claim: Claim) -> Item:
    item: Item = said["items"][claim.numbers[0]]
    return item


Holds = Callable[[Item, Claim, str], bool]


def _feed_title(said: Item, claim: Claim, url: str) -> bool:
    return _is_line(said["title"], claim.value)


def _feed_link(said: Item, claim: Claim, url: str) -> bool:
    return bool(said["home"] == urljoin(url, str(claim.value)))


def _title(said: Item, claim: Claim, url: str) -> bool:
    return _is_line(_item(said, claim)["title"], claim.value)


def _text(said: Item, claim: Claim, url: str) -> bool:
    """The words are those of the full text, or of the excerpt, which may be the start of them."""
    item, words = _item(said, claim), _words(claim.value)
    excerpt = " ".join(line(item["excerpt"], LARGEST).split())
    texts = [excerpt, plain(document.parse(item["text"]), LARGEST)]
    return bool({words, line(str(claim.value), LARGEST)} & {*texts}) or (
        excerpt.endswith("…") and words.startswith(excerpt[:-1])
    )


def _url(said: Item, claim: Claim, url: str) -> bool:
    page = _item(said, claim)["url"]
    return bool(page == ("" if claim.value is ABSENT else urljoin(url, str(claim.value))))


def _any_url(said: Item, claim: Claim, url: str) -> bool:
    item = _item(said, claim)
    if isinstance(claim.value, dict) and claim.value.get("rel") in _FOR_PROGRAMS:
        return True  # it is for programs
    urls = [item["url"], item["original"], *(part["url"] for part in (*item["links"], *item["images"]))]
    wanted = claim.value["href"] if isinstance(claim.value, dict) else claim.value
    return urljoin(url, str(wanted)) in urls


_FOR_PROGRAMS = ("service.post", "self")


def _guid(said: Item, claim: Claim, url: str) -> bool:
    return bool(_item(said, claim)["guid"] == claim.value)


def _moment(said: Item, claim: Claim, url: str) -> bool:
    assert isinstance(claim.value, tuple)
    return bool(_item(said, claim)["published"] == calendar.timegm(claim.value))


def _topic(said: Item, claim: Claim, url: str) -> bool:
    return bool(claim.value in _item(said, claim)["topics"])


def _number_of_topics(said: Item, claim: Claim, url: str) -> bool:
    return len(_item(said, claim)["topics"]) == claim.value


def _media_type(said: Item, claim: Claim, url: str) -> bool:
    item, kind = _item(said, claim), str(claim.value).partition("/")[0]
    return bool(item["images"]) if kind == "image" else any(link["label"].startswith(kind) for link in item["links"])


def _outlet_name(said: Item, claim: Claim, url: str) -> bool:
    return _is_line(_item(said, claim)["outlet"]["name"], claim.value)


def _outlet_domain(said: Item, claim: Claim, url: str) -> bool:
    return bool(_item(said, claim)["outlet"]["domain"] == urlsplit(str(claim.value)).hostname)


def _comments(said: Item, claim: Claim, url: str) -> bool:
    return {"label": "comments", "url": urljoin(url, str(claim.value))} in _item(said, claim)["links"]


def _is_line(text: str, html: object) -> bool:
    """Whether a line is what some HTML says, or where that is none, what it is."""
    return " ".join(line(text, LARGEST).split()) in (_words(html), line(str(html), LARGEST))


def _words(html: object) -> str:
    return plain(hypertext.read(str(html)), LARGEST)


OURS: Mapping[str, Holds] = {
    "feed.title": _feed_title,
    "feed.title_detail.value": _feed_title,
    "feed.link": _feed_link,
    "entries.title": _title,
    "entries.title_detail.value": _title,
    "entries.description": _text,
    "entries.summary": _text,
    "entries.summary_detail.value": _text,
    "entries.content.value": _text,
    "entries.subtitle": _text,
    "entries.link": _url,
    "entries.links.href": _any_url,
    "entries.links": _any_url,
    "entries.enclosures": _any_url,
    "entries.enclosures.url": _any_url,
    "entries.enclosures.href": _any_url,
    "entries.media_thumbnail.url": _any_url,
    "entries.media_player.url": _any_url,
    "entries.image.href": _any_url,
    "entries.enclosures.type": _media_type,
    "entries.comments": _comments,
    "entries.id": _guid,
    "entries.guid": _guid,
    "entries.published_parsed": _moment,
    "entries.updated_parsed": _moment,
    "entries.created_parsed": _moment,
    "entries.category": _topic,
    "entries.tags.term": _topic,
    "entries.tags.label": _topic,
    "entries.tags.len": _number_of_topics,
    "entries.source.title": _outlet_name,
    "entries.source.title_detail.value": _outlet_name,
    "entries.source.link": _outlet_domain,
    "entries.source.href": _outlet_domain,
    "entries.source.links.href": _outlet_domain,
}

NOT_OURS: Mapping[str, str] = {
    r"entries.*(author|contributor|publisher|media_credit).*": "who wrote it: an article has an outlet",
    r"entries.*(rights|copyright|license|restriction|rating|explicit|itunes_block).*": "who may use it",
    r"entries\.(published|updated|created|expired)": "a date as it was written: an article has a moment",
    r"entries\.expired_parsed": "when it ends: an article has the moment at which it was published",
    r"entries\.source\..*": "more of another feed than its name and page",
    r"entries.*\.(type|language|base|rel|title|hreflang|length|len|scheme|src)": "the form that it came in",
    r"entries\.(guidislink|language)": "the form that it came in",
    r"entries\.(where|psc_chapters|itunes_duration|thr_|wfw_|madeup_element|abcdefg).*": "what no article has",
    r"feed\..*": "of the feed alone: newstui has its name and its page",
    r"version|encoding|etag|modified|modified_parsed|headers\.get.*": "how it was served",
    r"": "nothing",
}
"""Patterns of paths, and why an article has no place for what is there."""


DIFFERENT: Mapping[str, str] = {
    "atom10/entry_category_term*": "where a category has a label, that is its name for people",
    "atom10/entry_link_rel_license": "the page of a licence says nothing about an article",
    "base/http_entry_id_base_*": "a guid is what its feed wrote, wherever the feed is now",
    "rss/item_description_not_a_doctype": "HTML takes it for a comment",
    "sanitize/*_crazy": "HTML takes the rest for a script",
    "sanitize/*_iframe": "what is in a frame is not shown",
    "sanitize/item_content_encoded_script_nested_cdata": "HTML takes the start of it for a comment",
    "sanitize/xml_declaration_unexpected_character": "HTML takes it for a comment",
    "sanitize/xml_malicious_comment": "HTML takes the rest for a comment",
}
"""Cases in which newstui means to read something else, and why."""


def _why_not(name: str) -> str:
    return next((why for pattern, why in NOT_OURS.items() if re.fullmatch(pattern, name)), "")


# What must not happen, whatever is in a file.


async def test_nothing_of_any_file_is_more_than_text(suite: Path) -> None:
    wrong = []
    read_files = 0
    for case in cases(suite):
        read_files += 1
        for article in await _articles(case):
            wrong += [f"{case.name}: {text[:200]!r}" for text in _texts(article) if not _is_harmless(text)]
            if any(token.type.startswith("html") for token in _tokens(article.text)):
                wrong.append(f"{case.name}: {article.text[:200]!r}")
    assert wrong == []
    assert read_files == 2_107


async def test_files_go_through_the_sandbox_as_they_do_without_it(suite: Path) -> None:
    async with Sandbox() as sandbox:
        for case in cases(suite / "wellformed" / "cdf"):
            assert json.dumps(await sandbox.run("feed", case.body, case.about)) == json.dumps(_said(case))


class _Served:
    """Takes the place of the client and of the sandbox for one file; other tests have real ones."""

    def __init__(self, case: Case) -> None:
        self._case = case

    async def get(self, url: str, **_: object) -> Fetched:
        return Fetched(self._case.about["url"], self._case.body, "", self._case.about["content_type"])

    async def run(self, job: str, body: bytes, about: Mapping[str, str]) -> object:
        return json.loads(json.dumps(read(body, about)))


async def _articles(case: Case) -> list[Article]:
    served: Any = _Served(case)
    source = FeedSource(case.about["url"], client=served, sandbox=served)
    try:
        return [article async for batch in source.batches({}, lambda key: False) for article in batch.articles]
    except ParseError:  # it is no feed, or one with nothing in it
        return []


def _texts(article: Article) -> Iterator[str]:
    yield from (article.title, article.excerpt, article.outlet.name, *article.topics)
    yield from (link.label for link in article.links)


def _is_harmless(text: str) -> bool:
    return not re.search(
        r"</?(?:script|style|p|b|a|img|div|i?frame|object|embed)\b[^<]*>|[\0-\x1f\x7f-\x9f]", text, re.I
    )


def _tokens(markdown: str) -> Iterator[Any]:
    for token in MarkdownIt("commonmark", {"html": True}).parse(markdown):
        yield token
        yield from token.children or ()
