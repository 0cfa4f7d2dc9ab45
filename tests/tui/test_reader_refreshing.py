"""Reading the sources again beside the reader: what arrives, what fails, and what stays where it is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newstui.config import Settings
from newstui.library import Library
from newstui.tui.refresh_text import progress_text, summary
from newstui.tui.refresher import Finished, Progressed, Result

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader

NOON = 1_589_025_600


def write(folder: Path, number: int, topic: str = "Azure", hour: int = 10, **said: str) -> Path:
    """Put an article document into a folder."""
    fields = {
        "title": f"Report {number}",
        "webUrl": f"https://news.example/{number}",
        "publishedDateTime": f"2020-05-08T{hour:02}:{number % 60:02}:00Z",
        "topics": f"[{topic}]",
    } | said
    head = "\n".join(f"{key}: {value}" for key, value in fields.items())
    path = folder / f"{number:04}.md"
    path.write_text(f"---\n{head}\n---\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty reports on Azure, and two on disks."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(20):
        write(folder, number)
    write(folder, 100, "Disks")
    write(folder, 101, "Disks")
    return folder


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """A library that has the folder as its only source, not read yet."""
    with Library.open(None) as library:
        library.subscribe("folder", str(folder), "Articles")
        yield library


def place(reader: "Reader") -> tuple[str, int, str]:
    return reader.headline, reader.main.sidebar.rows_above, reader.article


async def test_a_source_that_was_never_read_is_read_at_the_start(library: Library, read: "Read") -> None:
    async with read(library) as reader:
        await reader.until(lambda: "new articles" in reader.footer)
        assert reader.footer.startswith("22 new articles · ? help")
        assert reader.rows[0].startswith(" ▸ All")
        assert reader.rows[1].startswith(" ▾ Azure")
        assert reader.headline == "Report 19"
        assert reader.article.startswith("Report 19")
        assert reader.row("Disks").startswith(" ▸ Disks")
        assert "Articles refreshed just now" in reader.header


async def test_a_source_read_a_short_while_ago_is_left_alone(library: Library, read: "Read") -> None:
    library.finish(1, NOON - 60)
    async with read(library, Settings(mark_read_after="never", refresh_every=30)) as reader:
        assert reader.headlines() == []
    library.finish(1, NOON - 31 * 60)
    async with read(library, Settings(mark_read_after="never", refresh_every=30)) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)


async def test_capital_r_brings_what_is_new_and_the_cursor_stays_on_its_story_at_its_height(
    library: Library, folder: Path, read: "Read"
) -> None:
    for number in range(300, 340):
        write(folder, number, hour=1)
    async with read(library) as reader:
        await reader.until(lambda: "62 new articles" in reader.footer)
        await reader.press(*"gjjjjjjj")
        before = place(reader)
        assert before[0] == "Report 14"
        for number in range(60, 90):
            write(folder, number, hour=11)
        write(folder, 200, "New")
        await reader.press("R")
        await reader.until(lambda: "31 new articles" in reader.footer)
        assert place(reader) == before
        assert len(reader.headlines("topic:Azure")) == 90
        await reader.press("g", "j", "j")
        assert reader.headline == "Report 89"
        assert "90/90" in reader.row("Azure")
        assert [group.name for group in reader.main.rows.groups][:4] == ["All", "Azure", "Disks", "New"]


async def test_a_cursor_on_a_folded_topic_stays_there(library: Library, folder: Path, read: "Read") -> None:
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        await reader.press("]")
        assert reader.headline == "Disks"
        write(folder, 102, "Disks")
        write(folder, 50)
        await reader.press("R")
        await reader.until(lambda: "2 new articles" in reader.footer)
        assert reader.headline == "Disks"
        assert reader.row("Disks").startswith("▌▸ Disks")
        assert "3 unread of 3 stories" in reader.article


async def test_a_read_story_stays_in_an_unread_list_through_a_refresh(
    library: Library, folder: Path, read: "Read"
) -> None:
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        await reader.press("f", "u", "j", "m")
        before = place(reader)
        write(folder, 50)
        await reader.press("R")
        await reader.until(lambda: reader.footer.startswith("1 new article ·"))
        assert place(reader) == before
        assert reader.row("Report 18")
        await reader.press("f", "x", "f", "u")
        assert not reader.row("Report 18")
        assert reader.row("Report 50") or "Report 50" in reader.headlines("is:unread")


async def test_a_changed_article_keeps_what_the_reader_did(library: Library, folder: Path, read: "Read") -> None:
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        await reader.press("m", "s")
        write(folder, 19, title="Report 19, corrected and longer")
        await reader.press("R")
        await reader.until(lambda: "1 changed" in reader.footer)
        assert "★" in reader.row("Report 19, corrected")
        assert "●" not in reader.row("Report 19, corrected")


async def test_the_first_story_is_selected_also_where_the_counts_know_it_before_the_list(
    folder: Path, read: "Read"
) -> None:
    with Library.open(None) as library:
        library.subscribe("folder", str(folder), "Articles")
        library.finish(1, NOON)
        async with read(library) as reader:
            reader.main.action_refresh_all()
            while reader.main.refresher.is_running:
                reader.main.rows.refresh_counts()  # as the views are counted, beside the refresh
            reader.main.rows.refresh_counts()
            await reader.until(lambda: "22 new articles" in reader.footer)
            assert reader.headline == "Report 19"


async def test_one_broken_source_does_not_stop_the_others_and_one_line_says_which(
    library: Library, tmp_path: Path, read: "Read"
) -> None:
    gone = tmp_path / "gone"
    library.subscribe("folder", str(gone), "Elsewhere")
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        assert "22 new articles · Elsewhere failed (never read yet): there is no such file" in reader.footer
        assert len(reader.headlines()) == 22
        assert "Elsewhere failed" in reader.header
        await reader.command("sources")
        assert "Sources  2 sources" in reader.text
        assert "1 failing" in reader.text
        assert str(gone) in reader.text


async def test_r_reads_only_the_source_of_the_story(library: Library, tmp_path: Path, read: "Read") -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other, 300, "Azure", hour=1)
    library.subscribe("folder", str(other), "Other")
    async with read(library) as reader:
        await reader.until(lambda: "23 new articles" in reader.footer)
        write(tmp_path / "articles", 50)
        write(other, 301, "Azure")
        await reader.press("r")
        await reader.until(lambda: "Report 50" in reader.headlines())
        assert "Report 301" not in reader.headlines()
        assert reader.footer.startswith("1 new article ·")


async def test_a_broken_file_is_counted_in_the_footer_and_named_in_the_sources(
    library: Library, folder: Path, read: "Read"
) -> None:
    (folder / "broken.md").write_text("no front matter", encoding="utf-8")
    (folder / "date.md").write_text("---\ntitle: T\nwebUrl: javascript:alert(1)\n---\n", encoding="utf-8")
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        assert "2 problems: see Sources" in reader.footer
        await reader.command("sources")
        await reader.press("enter")
        assert "broken.md" in reader.text
        assert "date.md" in reader.text
        await reader.press("escape")
        assert reader.headline == "Report 19"


async def test_a_second_refresh_waits_for_the_first(library: Library, read: "Read") -> None:
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        with library._store.reading():  # which the other thread has to wait for
            reader.main.action_refresh_all()
            reader.main.action_refresh_all()
            assert "being read already" in reader.footer
        await reader.until(lambda: "Nothing new" in reader.footer)


async def test_nothing_new_is_said_too(library: Library, read: "Read") -> None:
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        await reader.press("R")
        await reader.until(lambda: "Nothing new" in reader.footer)


async def test_a_folder_is_added_from_the_palette(library: Library, tmp_path: Path, read: "Read") -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other, 300, "Other topic")
    async with read(library) as reader:
        await reader.until(lambda: "22 new articles" in reader.footer)
        await reader.command("add a feed")
        await reader.type("nowhere/at/all")
        await reader.press("enter")
        assert "nowhere/at/all" in reader.text
        await reader.press("ctrl+u")
        await reader.type(str(other))
        await reader.press("enter")
        await reader.until(lambda: "1 new article" in reader.footer)
        assert reader.row("Other topic")
        assert reader.headline == "Report 19"


async def test_r_without_a_source_says_how_to_add_one(news: Library, read: "Read") -> None:
    news.unsubscribe("News")
    with Library.open(None) as library:
        async with read(library, replace(Settings(), refresh_every="never")) as reader:
            await reader.press("f")
            assert "Add something to read" in reader.text


def test_a_summary_says_what_came_what_failed_and_when_that_went_well() -> None:
    failed = Result("Herald", 0, 0, 0, 0, "the server answered 503", NOON - 7_200)
    assert summary(Finished((Result("News", 1, 2, 3, 1, "", NOON), failed)), NOON) == (
        "1 new article · 2 changed · Herald failed (last read 2 h ago): the server answered 503"
        " · 1 problem: see Sources in the commands · ? help"
    )
    assert summary(Finished(()), NOON) == "Nothing new · ? help"
    much = Finished((Result("News", 1_234, 0, 0, 20, "", NOON),))
    assert summary(much, NOON).startswith("1,234 new articles · 20 problems:")


def test_a_summary_names_what_was_stopped_and_no_more_failures_than_fit() -> None:
    failed = [Result(f"Feed {number}", 0, 0, 0, 0, "no", None) for number in range(5)]
    stopped = Finished((*failed, Result("News", 3, 0, 3, 0, "", NOON)), sources=100, is_stopped=True)
    told = summary(stopped, NOON)
    assert told.startswith("Stopped after 6 of 100 sources · 3 new articles · 5 sources failed (Feed 0, Feed 1, Feed 2")
    assert summary(Finished((), sources=1, is_stopped=True), NOON) == "Stopped · Nothing new · ? help"


def test_a_summary_says_where_a_source_has_moved() -> None:
    moved = Result("Herald", 0, 0, 0, 0, "", NOON, "it has moved for good to https://new.example/")
    assert "Herald: it has moved for good to https://new.example/" in summary(Finished((moved,)), NOON)


def test_progress_is_a_bar_where_the_end_is_known() -> None:
    assert progress_text(Progressed("News", 5, 10, 5)) == "━━━━━━━━────────  News · 5 of 10"
    assert progress_text(Progressed("Site", 0, 0, 1_200)) == "Reading Site · 1,200 new"


def test_progress_counts_the_sources_where_there_are_several_but_not_what_is_done_besides() -> None:
    assert progress_text(Progressed("News", 5, 10, 41, 50, 100)) == "━━━━━━━━────────  50 of 100 sources · 41 new"
    assert progress_text(Progressed("News", 5, 10, 5, 0, 1)) == "━━━━━━━━────────  News · 5 of 10"
    assert progress_text(Progressed("Full texts", 3, 4, 0)) == "━━━━━━━━━━━━────  Full texts · 3 of 4"


async def test_a_report_that_arrives_stands_beside_the_article_that_is_read(
    library: Library, folder: Path, read: "Read"
) -> None:
    write(folder, 300, "Harbour", hour=12, title="Barge strikes the harbour bridge, traffic stopped")
    async with read(library) as reader:
        await reader.until(lambda: "23 new articles" in reader.footer)
        await reader.press("t", *"harb", "enter", "l", "j")
        assert reader.article.startswith("Barge strikes the harbour bridge")
        assert "no other outlet" in reader.article
        other = {"title": "Harbour bridge closed after barge strikes it", "webUrl": "https://other.example/1"}
        write(folder, 301, "Harbour", hour=13, **other)
        await reader.press("R")
        await reader.until(lambda: reader.footer.startswith("1 new article ·"))
        assert reader.article.startswith("Barge strikes the harbour bridge")
        assert "2 outlets" in reader.article
        assert other["title"] in reader.article


async def test_a_new_report_of_a_story_that_was_read_leaves_it_read_until_one_looks_again(
    library: Library, folder: Path, read: "Read"
) -> None:
    bridge = "Barge strikes the harbour bridge, traffic stopped"
    write(folder, 300, "Harbour", hour=12, title=bridge)
    async with read(library, settings=Settings(mark_read_after="never"), size=(160, 30)) as reader:
        await reader.until(lambda: "23 new articles" in reader.footer)
        await reader.press("t", *"harb", "enter", "l", "tab")
        assert "●" not in reader.row(bridge[:20])
        other = {"title": "Harbour bridge closed after barge strikes it", "webUrl": "https://other.example/1"}
        write(folder, 301, "Harbour", hour=13, **other)
        await reader.press("R")
        await reader.until(lambda: reader.footer.startswith("1 new article ·"))
        assert "1 new" in reader.row(bridge[:20])
        assert "●" not in reader.row(bridge[:20])
        assert "0/1" in reader.row("Harbour")
        await reader.press("enter")
        assert "1 new" not in reader.row(bridge[:20])
        await reader.press("u")
        assert "1 new" in reader.row(bridge[:20])
