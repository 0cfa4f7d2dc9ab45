"""What leads out of the reader, and what is shown beside an article: browser, clipboard, links, details, reports."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newstui.article import Batch
from newstui.config import Settings
from newstui.library import Library
from newstui.tui.screens.details import DetailsScreen
from newstui.tui.screens.link_card import LinkCard
from newstui.tui.screens.links import LinksScreen
from newstui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Report

NOON = 1_589_025_600
URL = "https://defense.example/jedi"
PROTEST, COMPLAINT = "JEDI: inside the nesting-doll protest", "Another complaint about JEDI"

Browser = Callable[..., Path]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Browser:
    """Make a browser that writes down its arguments, one a line; the answer is the file that it writes."""

    def make(status: int = 0) -> Path:
        script, record = tmp_path / "browser", tmp_path / "arguments"
        script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >"{record}"\nexit {status}\n')
        script.chmod(0o755)
        monkeypatch.setenv("BROWSER", str(script))
        return record

    return make


async def test_o_hands_the_page_to_the_browser_and_marks_the_story_read(
    news: Library, read: "Read", browser: Browser
) -> None:
    record = browser()
    async with read(news) as reader:
        await reader.press("o")
        assert record.read_text() == f"1\n{URL}\n"
        assert "Handed to browser" in reader.footer
        assert PROTEST not in reader.headlines("is:unread")
        assert reader.headline == PROTEST
        assert isinstance(reader.app.screen, MainScreen)


async def test_capital_o_goes_on_to_the_next_unread_story(news: Library, read: "Read", browser: Browser) -> None:
    record = browser()
    async with read(news) as reader:
        await reader.press("O")
        assert record.read_text() == f"1\n{URL}\n"
        assert reader.headline == COMPLAINT
        assert COMPLAINT in reader.headlines("is:unread")
        assert PROTEST not in reader.headlines("is:unread")


async def test_a_browser_that_fails_is_named(news: Library, read: "Read", browser: Browser) -> None:
    browser(status=3)
    async with read(news) as reader:
        await reader.press("o")
        assert "browser could not open it: exit status 3" in reader.footer


@pytest.mark.parametrize("key", ["o", "O"])
async def test_over_ssh_the_whole_link_is_shown_and_sent_and_nothing_is_claimed(
    report: "Report", read: "Read", key: str
) -> None:
    url = "https://defense.example/" + "/".join(f"part-{number}" for number in range(40))
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report("A long way", url=url), report("Another", hours=2))), NOON)
        async with read(library, is_remote=True) as reader:
            await reader.press(key)
            assert isinstance(reader.app.screen, LinkCard)
            assert url in reader.text.replace("\n", "").replace(" ", "")
            assert "Not opened: a browser would open on the other machine, not on yours." in reader.text
            assert "sent to the terminal's clipboard" in reader.text
            assert reader.app.clipboard == url
            assert "A long way" in reader.headlines("is:unread")
            await reader.press("escape")
            assert reader.headline == "A long way"


async def test_y_sends_the_address_and_says_no_more_than_that(news: Library, read: "Read") -> None:
    async with read(news, is_remote=True) as reader:
        await reader.press("y")
        assert reader.app.clipboard == URL
        assert reader.footer.startswith(f"Sent to the terminal's clipboard: {URL}")


async def test_capital_y_sends_headline_outlet_date_and_address(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("Y")
        assert reader.app.clipboard == f"{PROTEST}, Breaking Defense, Sat 9 May 2020, 11:00, {URL}"


async def test_a_copy_command_of_the_settings_gets_the_text(news: Library, read: "Read", tmp_path: Path) -> None:
    place = tmp_path / "copied"
    settings = Settings(mark_read_after="never", copy_command=("sh", "-c", f"cat >{place}"), refresh_every="never")
    async with read(news, settings) as reader:
        await reader.press("y")
        assert place.read_text() == URL
        assert reader.footer.startswith(f"Copied with sh: {URL}")


async def test_i_shows_everything_known_and_comes_back(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("i")
        assert isinstance(reader.app.screen, DetailsScreen)
        for known in (URL, "defense.example", "42", "30", "Azure", "Security", "News"):
            assert known in reader.text
        await reader.press("q")
        assert reader.headline == PROTEST
        assert isinstance(reader.app.screen, MainScreen)


async def test_capital_u_lists_the_links_to_copy_and_to_open(news: Library, read: "Read", browser: Browser) -> None:
    record = browser()
    async with read(news) as reader:
        await reader.press("U")
        assert isinstance(reader.app.screen, LinksScreen)
        assert URL in reader.text
        await reader.press("y")
        assert reader.app.clipboard == URL
        assert isinstance(reader.app.screen, MainScreen)
        await reader.press("U", "o")
        assert record.read_text() == f"1\n{URL}\n"


@pytest.mark.parametrize("keys", [["2"], ["c", "j", "enter"]])
async def test_a_listed_report_is_shown_in_place_and_q_comes_back(
    news: Library, read: "Read", keys: Sequence[str]
) -> None:
    async with read(news) as reader:
        await reader.press(*keys)
        assert reader.article.startswith("Listed report 2")
        assert reader.headline == PROTEST
        assert reader.row(PROTEST)[0] in "▌ "
        await reader.press("q")
        assert reader.article.startswith(PROTEST)
        if keys[0] == "c":
            assert reader.main.main_pane.report == reader.library.find("https://listed.example/2")
        assert "is_read" not in reader.footer
        assert [row.is_read for row in reader.library.listed(_id(reader.library))] == [True] * 3  # one story


def _id(library: Library) -> int:
    found = library.find(URL)
    assert found is not None
    return found


async def test_q_comes_back_to_the_same_line_of_a_long_text(report: "Report", read: "Read") -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(80))
    main = report("A long story", text=text, url="https://herald.example/long")
    listed = tuple(
        report(f"Listed {number}", origin="listed", topics=(), url=f"https://listed.example/{number}")
        for number in range(12)
    )
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        related = {main.url: tuple(one.url for one in listed)}
        library.add(source.id, Batch((main,), listed=listed, related=related), NOON)
        async with read(library) as reader:
            await reader.press("c", "j", "j", "j")
            before = reader.article, reader.main.main_pane.row
            assert before[1] == 4
            await reader.press("enter")
            assert reader.article.startswith("Listed ")
            await reader.press("q")
            assert (reader.article.replace("✓", " "), reader.main.main_pane.row) == (before[0], 4)
            await reader.press("9", "q", "q")
            assert reader.main.sidebar.has_focus


async def test_a_number_without_a_report_does_nothing_and_c_says_there_is_none(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("4", "9")
        assert reader.article.startswith(PROTEST)
        await reader.press("j", "1")
        assert reader.article.startswith(COMPLAINT)
        await reader.press("c")
        assert "No other report beside this article" in reader.footer
        assert reader.main.sidebar.has_focus


async def test_moving_the_cursor_forgets_the_way_back(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("1", "j", "k")
        assert reader.article.startswith(PROTEST)
        await reader.press("tab", "q")
        assert reader.main.sidebar.has_focus


async def test_opening_a_report_shown_in_place_opens_that_report(news: Library, read: "Read", browser: Browser) -> None:
    record = browser()
    async with read(news) as reader:
        await reader.press("1", "o")
        assert record.read_text() == "1\nhttps://listed.example/1\n"
        await reader.press("y")
        assert reader.app.clipboard == "https://listed.example/1"


async def test_keys_for_an_article_do_nothing_where_there_is_none(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("g", "o", "O", "y", "Y", "i", "U", "M", "z", "1", "s", "m")
        assert isinstance(reader.app.screen, MainScreen)
        assert reader.app.clipboard == ""
        assert len(reader.headlines("is:unread")) == 8
