"""Adding something to read: a feed, a page that names several, a folder; lists of other readers; and one's own list."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newstui.library import Library
from newstui.tui.screens.menu import Menu
from newstui.tui.screens.notes import NotesScreen
from newstui.tui.screens.prompt import Prompt
from newstui.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import UNHURRIED

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader
    from tests.tui.web import Web

HOSTILE = "[@click=app.quit]x[/]"


def feed(title: str, *headlines: str) -> str:
    """An RSS feed."""
    items = "".join(
        f"<item><title>{headline}</title><link>https://herald.example/{number}</link>"
        f"<pubDate>Fri, 08 May 2020 1{number}:00:00 GMT</pubDate><category>Harbour</category></item>"
        for number, headline in enumerate(headlines)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


@pytest.fixture
def paper(web: "Web") -> "Web":
    """A page that names two feeds, and the feeds."""
    web.put("/feed.xml", feed("The Herald", "A barge at the bridge", "Rain delays the harvest"), "application/rss+xml")
    web.put("/sport.xml", feed(HOSTILE, "A goalkeeper scores"), "application/rss+xml")
    link = '<link rel="alternate" type="application/rss+xml" href="/{}" title="{}">'
    head = link.format("feed.xml", "The Herald") + link.format("sport.xml", HOSTILE)
    web.put("/", f"<html><head><title>Herald</title>{head}</head><body><p>News.</p></body></html>")
    web.put("/empty", "<html><body><p>Nothing here.</p></body></html>")
    return web


async def add(reader: "Reader", place: str) -> None:
    """Add a place by its command."""
    await reader.command("add a feed")
    await reader.type(place)
    await reader.pilot.press("enter")


async def test_a_feed_is_added_under_its_own_name_and_read(news: Library, read: "Read", paper: "Web") -> None:
    async with read(news) as reader:
        await add(reader, f"{paper.url}/feed.xml")
        await reader.until(lambda: "2 new articles" in reader.footer)
        assert reader.headline == "JEDI: inside the nesting-doll protest"
        assert "Rain delays the harvest" in reader.headlines()
        (added,) = (source for source in news.subscriptions() if source.kind == "feed")
        assert (added.name, added.articles, added.may_be_private) == ("The Herald", 2, True)


async def test_while_an_address_is_asked_the_footer_says_so_and_the_reader_reads_on(
    news: Library, read: "Read", paper: "Web"
) -> None:
    paper.gate.clear()
    async with read(news) as reader:
        await add(reader, f"{paper.url}/feed.xml")
        await reader.until(lambda: paper.asked == ["/feed.xml"])
        assert "Looking what there is at 127.0.0.1" in reader.footer
        await reader.pilot.press("j")
        await reader.until(lambda: reader.article.startswith("Another complaint about JEDI"))
        await reader.pilot.press("escape")
        assert "not asked any more" in reader.footer
        paper.gate.set()
        await reader.pilot.press("k")
        assert len(news.subscriptions()) == 1


async def test_of_several_feeds_one_is_chosen(news: Library, read: "Read", paper: "Web") -> None:
    async with read(news) as reader:
        await add(reader, f"{paper.url}/")
        await reader.until(lambda: isinstance(reader.app.screen, Menu))
        assert "Which feed?  2 on this page" in reader.text
        assert "1  The Herald" in reader.text
        assert f"2  {HOSTILE}" in reader.text
        assert f"{paper.url}/sport.xml" in reader.text
        await reader.pilot.press("2")
        await reader.until(lambda: "1 new article" in reader.footer)
        assert [source.place for source in news.subscriptions() if source.kind == "feed"] == [f"{paper.url}/sport.xml"]


async def test_an_address_with_nothing_to_read_says_so_and_is_there_to_be_mended(
    news: Library, read: "Read", paper: "Web"
) -> None:
    async with read(news) as reader:
        await add(reader, f"{paper.url}/empty")
        await reader.until(lambda: "Not added: there is no feed here" in reader.footer)
        await reader.command("add a feed")
        assert f"{paper.url}/empty" in reader.text
        assert len(news.subscriptions()) == 1


async def test_what_is_read_already_is_refused_before_it_is_asked(news: Library, read: "Read", paper: "Web") -> None:
    news.subscribe("feed", f"{paper.url}/feed.xml", "Herald", may_be_private=True)
    news.finish(2, 1_589_025_600)
    async with read(news) as reader:
        await add(reader, f"{paper.url}/feed.xml")
        await reader.until(lambda: "this is read already, as “Herald”" in reader.text)
        assert isinstance(reader.app.screen, Prompt)
        assert paper.asked == []


async def test_a_name_that_is_taken_gets_a_number(news: Library, read: "Read", paper: "Web") -> None:
    paper.put("/again.xml", feed("The Herald", "Another paper of that name"), "application/rss+xml")
    async with read(news) as reader:
        await add(reader, f"{paper.url}/feed.xml")
        await reader.until(lambda: len(news.subscriptions()) == 2)
        await add(reader, f"{paper.url}/again.xml")
        await reader.until(lambda: len(news.subscriptions()) == 3)
        assert [source.name for source in news.subscriptions()] == ["News", "The Herald", "The Herald 2"]


async def test_a_source_that_is_added_during_a_refresh_is_read_after_it(
    news: Library, read: "Read", paper: "Web", tmp_path: Path
) -> None:
    (tmp_path / "report.md").write_text("---\ntitle: From a folder\nwebUrl: https://folder.example/\n---\n")
    slow = news.subscribe("feed", f"{paper.url}/feed.xml", "Slow", may_be_private=True)
    news.finish(slow.id, 1_589_025_600)
    paper.gate.clear()
    async with read(news) as reader:
        await reader.pilot.press("R")
        await reader.until(lambda: paper.asked == ["/feed.xml"])
        reader.main._subscribe_to(str(tmp_path))
        assert "From a folder" not in reader.headlines()
        paper.gate.set()
        await reader.until(lambda: "From a folder" in reader.headlines())


async def test_the_beginning_comes_back_where_nothing_was_added(read: "Read") -> None:
    with Library.open(None) as library:
        async with read(library) as reader:
            for key in "afi":
                await reader.press(key)
                assert isinstance(reader.app.screen, Prompt)
                await reader.press("escape")
                assert isinstance(reader.app.screen, WelcomeScreen)


# Lists in and out

OPML = """<opml version="2.0"><body><outline text="Tech"><outline text="Linux">
<outline type="rss" text="Kernel" xmlUrl="{url}/feed.xml"/></outline></outline>
<outline type="rss" text="Odd" xmlUrl="exec:rm"/></body></opml>"""


async def test_a_list_is_taken_in_and_read_and_what_was_refused_is_shown(
    news: Library, read: "Read", paper: "Web", tmp_path: Path
) -> None:
    (tmp_path / "feeds.opml").write_text(OPML.format(url=paper.url))
    async with read(news, paper.through(UNHURRIED)) as reader:
        await reader.command("import")
        await reader.type(str(tmp_path / "nothing"))
        await reader.press("enter")
        assert "there is no such file" in reader.text
        await reader.press("ctrl+u")
        await reader.type(str(tmp_path / "feeds.opml"))
        await reader.pilot.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen))
        assert "1 subscription added, 1 refused" in reader.text
        assert "Odd" in reader.text
        await reader.press("q")
        (kernel,) = (source for source in news.subscriptions() if source.kind == "feed")
        assert (kernel.name, kernel.folders, kernel.topic) == ("Kernel", ("Tech",), "Linux")


async def test_what_was_read_in_newsboat_is_read_here_if_that_is_wanted(
    news: Library, read: "Read", tmp_path: Path
) -> None:
    (tmp_path / "urls").write_text("https://herald.example/feed.xml\n")
    with sqlite3.connect(tmp_path / "cache.db") as cache:
        cache.execute("CREATE TABLE rss_item (guid TEXT, url TEXT, feedurl TEXT, unread INTEGER, deleted INTEGER)")
        row = ("1", "https://defense.example/jedi", "https://herald.example/feed.xml", 0, 0)
        cache.execute("INSERT INTO rss_item VALUES (?, ?, ?, ?, ?)", row)
    cache.close()
    async with read(news) as reader:
        await reader.command("import")
        await reader.type(str(tmp_path / "urls"))
        await reader.pilot.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, Menu))
        assert "Take over what you have read in newsboat?" in reader.text
        await reader.pilot.press("y")
        await reader.until(lambda: "JEDI: inside the nesting-doll protest" in reader.headlines("is:read"))


async def test_subscriptions_go_out_into_a_file_of_ones_own(news: Library, read: "Read", tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    async with read(news) as reader:
        await reader.command("export")
        assert "~/newstui.opml" in reader.text
        await reader.press("ctrl+u")
        await reader.type(str(file))
        await reader.press("enter")
        assert reader.main.message == f"Your subscriptions are in {file}"
        assert "News" in file.read_text()
        assert file.stat().st_mode & 0o077 == 0


async def test_a_file_that_is_there_is_written_over_only_when_told_so(
    news: Library, read: "Read", tmp_path: Path
) -> None:
    file = tmp_path / "mine.opml"
    file.write_text("what was there")
    async with read(news) as reader:
        await reader.command("export")
        await reader.press("ctrl+u")
        await reader.type(str(file))
        await reader.press("enter")
        assert "there is such a file already: enter again writes over it" in reader.text
        assert file.read_text() == "what was there"
        await reader.press("enter")
        assert "News" in file.read_text()
        assert [path.name for path in tmp_path.iterdir()] == ["mine.opml"]


async def test_why_a_list_can_not_be_written_is_said_where_its_name_is(
    news: Library, read: "Read", tmp_path: Path
) -> None:
    async with read(news) as reader:
        await reader.command("export")
        await reader.press("ctrl+u")
        await reader.type(str(tmp_path / "no" / "folder" / "mine.opml"))
        await reader.press("enter")
        assert "No such file or directory" in reader.text
        assert isinstance(reader.app.screen, Prompt)
