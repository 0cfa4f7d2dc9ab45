"""The full text of a page in the reader, fetched from a real server that stands for every host."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from newstui.article import Article, Batch
from newstui.library import Library
from newstui.tui.screens.links import LinksScreen
from tests.tui.conftest import NOON, UNHURRIED

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report
    from tests.tui.web import Web

BARGE, GONE, OTHER = (f"https://herald.example/{name}" for name in ("barge", "gone", "other"))
SENTENCE = "The barge lay across two spans of the bridge while the harbour master called for a second tug, and "
PAGE = f"""<html><head><title>A barge at the bridge</title></head><body>
<nav><a href="/">Home</a></nav>
<article><h1>A barge at the bridge</h1>
<p>{SENTENCE * 3}nobody was hurt.</p>
<h2>What the harbour master said</h2>
<p>{SENTENCE * 3}that was in <a href="https://court.example/report">his report</a>.</p>
<blockquote><p>{SENTENCE}it held.</p></blockquote>
<ul><li>{SENTENCE}one.</li><li>{SENTENCE}two.</li></ul>
<p>{SENTENCE * 3}the ferry ran.</p></article></body></html>"""


def http(url: str) -> str:
    """The address as a proxy is asked for it."""
    return url.replace("https:", "http:")


@pytest.fixture
def library(report: "Report", web: "Web") -> Iterator[Library]:
    """Three reports, of which the page of the first is there and of the second is not."""
    articles = (
        report("A barge at the bridge", hours=1, url=http(BARGE), excerpt="It struck a pier.", text="What came along."),
        report("A page that is gone", hours=2, url=http(GONE), excerpt="There was a page."),
        report("Words alone", hours=3, url=http(OTHER)),
    )
    web.put(http(BARGE), PAGE)
    with Library.open(None) as library:
        source = library.subscribe("feed", "http://herald.example/feed", "Herald")
        library.add(source.id, Batch(articles), NOON)
        library.finish(source.id, NOON)
        yield library


async def full_text(reader: "Reader") -> None:
    await reader.until(lambda: "Full text from herald.example" in reader.article)


async def test_x_shows_the_full_text_and_turns_back_to_what_came_along(
    library: Library, read: "Read", web: "Web"
) -> None:
    async with read(library, web.through(UNHURRIED)) as reader:
        assert "What came along." in reader.article
        await reader.press("x")
        await full_text(reader)
        assert "Full text from herald.example, fetched Sat 9 May 2020" in reader.article
        assert "What the harbour master said" in reader.article
        assert "his report[1]" in reader.article
        assert "▎ The barge" in reader.article
        assert "• The barge" in reader.article
        assert "What came along." not in reader.article
        assert "Home" not in reader.article
        assert "x shows what came with the article" in reader.footer
        await reader.press("x")
        assert "What came along." in reader.article
        assert "Full text" not in reader.article
        await reader.press("x")
        await full_text(reader)
        assert web.asked == [http(BARGE)]


async def test_a_full_text_is_there_again_after_a_restart_and_is_found(
    library: Library, read: "Read", web: "Web"
) -> None:
    async with read(library, web.through(UNHURRIED)) as reader:
        await reader.press("x")
        await full_text(reader)
    async with read(library) as reader:
        assert "Full text from herald.example" in reader.article
        assert reader.headlines("tug") == ["A barge at the bridge"]
        await reader.press("U")
        assert isinstance(reader.app.screen, LinksScreen)
        assert "https://court.example/report" in reader.text
        await reader.press("escape", "i")
        assert "fetched Sat 9 May 2020, 12:00" in reader.text


async def test_while_a_page_is_on_its_way_the_reader_reads_on_and_x_stops_it(
    library: Library, read: "Read", web: "Web"
) -> None:
    web.gate.clear()
    async with read(library, web.through(UNHURRIED)) as reader:
        await reader.press("x")
        await reader.until(lambda: web.asked == [http(BARGE)])
        assert reader.footer.startswith("Fetching the full text…")
        await reader.press("j")
        assert reader.article.startswith("A page that is gone")
        assert "Fetching" not in reader.footer
        await reader.press("k", "x")
        assert "not fetched any more" in reader.footer
        web.gate.set()
        await reader.press("j", "k")
        assert "Full text" not in reader.article


async def test_a_text_that_comes_while_another_article_is_read_is_kept_and_disturbs_nobody(
    library: Library, read: "Read", web: "Web"
) -> None:
    web.gate.clear()
    async with read(library, web.through(UNHURRIED)) as reader:
        await reader.press("x")
        await reader.until(lambda: web.asked == [http(BARGE)])
        await reader.press("j")
        before = reader.headline, reader.article, reader.footer
        web.gate.set()
        await reader.until(lambda: not reader.main._full_texts)
        assert (reader.headline, reader.article, reader.footer) == before
        await reader.press("k")
        assert "Full text from herald.example" in reader.article


async def test_why_there_is_no_full_text_stays_in_the_article_and_x_tries_again(
    library: Library, read: "Read", web: "Web"
) -> None:
    async with read(library, web.through(UNHURRIED)) as reader:
        await reader.press("j", "x")
        await reader.until(lambda: "No full text: " in reader.article)
        assert "404" in reader.article
        assert "There was a page." in reader.article
        assert reader.footer.startswith("No full text: ")
        await reader.press("k", "j")
        assert "x tries again" in " ".join(reader.article.split())
        web.put(http(GONE), PAGE)
        await reader.press("x")
        await full_text(reader)


async def test_no_page_of_a_private_network_is_fetched(library: Library, read: "Read", web: "Web") -> None:
    web.put("/secret", PAGE)
    private = {"url": f"{web.url}/secret", "title": "A private page", "origin": "document"}
    with Library.open(None) as other:
        source = other.subscribe("folder", "/news", "News")
        other.add(source.id, Batch((Article.model_validate(private),)), NOON)
        other.finish(source.id, NOON)
        async with read(other) as reader:
            await reader.press("x")
            await reader.until(lambda: "No full text: " in reader.article)
            assert web.asked == []


async def test_a_text_that_arrives_leaves_the_reader_where_he_is(library: Library, read: "Read", web: "Web") -> None:
    web.gate.clear()
    async with read(library, web.through(UNHURRIED), size=(80, 8)) as reader:
        await reader.press("x", "J", "J")
        top = reader.main.main_pane.top
        assert top
        web.gate.set()
        await reader.until(lambda: not reader.main._full_texts)
        assert reader.main.main_pane.top == top


async def test_a_changed_headline_says_what_it_was(library: Library, report: "Report", read: "Read") -> None:
    changed = report("A barge under the bridge", hours=1, url=http(BARGE))
    library.add(1, Batch((changed,)), NOON)
    async with read(library) as reader:
        assert reader.article.startswith("A barge under the bridge\nHeadline was: A barge at the bridge")
