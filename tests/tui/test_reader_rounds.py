"""When sources are read, which of them, how that is stopped, and what another newstui over the same library does."""

import asyncio
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newstui.article import Batch
from newstui.config import Settings
from newstui.library import Library
from tests.tui.conftest import NOON, UNHURRIED

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report
    from tests.tui.web import Web

MINUTE, DAY = 60, 86_400
BY_ITSELF = Settings(mark_read_after="never", refresh_every=30)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(file: Path, report: "Report") -> Iterator[Library]:
    """A library on disk with two stories of a folder that was read a minute ago."""
    with Library.open(file) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report("First story"), report("Second story", hours=2))), NOON)
        library.finish(source.id, NOON - MINUTE)
        yield library


def folders(library: Library, tmp_path: Path, *names: str) -> None:
    """Subscribe to folders with a report each."""
    for name in names:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "report.md").write_text(
            f"---\ntitle: From {name}\nwebUrl: https://{name}.example/\ntopics: [News]\n---\n"
        )
        library.subscribe("folder", str(folder), name)


@contextmanager
def being_refreshed(file: Path) -> Iterator[None]:
    """What another newstui does while it reads the sources."""
    descriptor = os.open(f"{file}.refresh", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


async def test_a_source_is_read_when_its_own_time_has_come(tmp_path: Path, read: "Read") -> None:
    with Library.open(None) as library:
        folders(library, tmp_path, "often", "seldom", "paused")
        for number in (1, 2, 3):
            library.finish(number, NOON - 40 * MINUTE)
        library.configure("often", every=15)
        library.configure("seldom", every=7 * 24 * 60)
        library.configure("paused", every=15, is_paused=True)
        async with read(library, UNHURRIED) as reader:
            await reader.until(lambda: "1 new article" in reader.footer)
            assert reader.headlines() == ["From often"]


async def test_a_refresh_that_nobody_asked_for_and_that_brings_nothing_takes_no_line(
    tmp_path: Path, read: "Read"
) -> None:
    with Library.open(None) as library:
        folders(library, tmp_path, "here")
        async with read(library, BY_ITSELF) as reader:
            assert "1 new article" in reader.footer
        library.finish(1, NOON - DAY, "it failed")
        async with read(library, BY_ITSELF) as reader:
            await reader.until(lambda: "refreshed just now" in reader.header)
            assert reader.footer.startswith("enter read")


async def test_capital_r_reads_all_but_what_is_paused_or_gone(tmp_path: Path, read: "Read") -> None:
    with Library.open(None) as library:
        folders(library, tmp_path, "here", "paused", "gone")
        library.configure("paused", is_paused=True)
        for number in (1, 2, 3):
            library.finish(number, NOON)
        library.finish(3, NOON, "gone for good", is_gone=True)
        async with read(library) as reader:
            await reader.press("R")
            await reader.until(lambda: "1 new article" in reader.footer)
            assert reader.headlines() == ["From here"]
            library.configure("here", is_paused=True)
            await reader.press("R")
            assert "Every source is paused or gone" in reader.footer


@pytest.mark.parametrize("how", ["esc", "command"])
async def test_a_refresh_that_waits_for_a_server_is_stopped_at_once(
    library: Library, read: "Read", web: "Web", how: str
) -> None:
    web.gate.clear()
    slow = library.subscribe("feed", f"{web.url}/feed.xml", "Slow", may_be_private=True)
    library.finish(slow.id, NOON)
    async with read(library) as reader:
        await reader.pilot.press("R")
        await reader.until(lambda: web.asked == ["/feed.xml"])
        assert "sources" in reader.footer
        if how == "esc":
            await reader.pilot.press("escape")
        else:
            await stop_by_name(reader)
        await reader.until(lambda: "Stopped" in reader.footer)
        assert not reader.main.refresher.is_running
        assert reader.main.check_action("stop_refreshing", ()) is False


async def stop_by_name(reader: "Reader") -> None:
    await reader.pilot.press(":")
    await reader.pilot.press(*"stop")
    await reader.until(lambda: "stop refreshing" in reader._offered)
    await reader.pilot.press("enter")


async def test_a_refresh_is_left_to_another_newstui_that_reads_already(
    library: Library, file: Path, read: "Read"
) -> None:
    library.finish(1, NOON - DAY)
    with being_refreshed(file):
        async with read(library, BY_ITSELF) as reader:
            await reader.until(lambda: not reader.main.refresher.is_running)
            assert reader.footer.startswith("enter read")
            await reader.press("R")
            await reader.until(lambda: "Another newstui is reading the sources" in reader.footer)


async def test_what_another_newstui_brings_is_seen_and_the_cursor_stays(
    library: Library, file: Path, tmp_path: Path, read: "Read"
) -> None:
    async with read(library, UNHURRIED) as reader:
        await reader.press("j")
        before = reader.headline, reader.article
        folders(library, tmp_path, "elsewhere")
        command = [sys.executable, "-m", "newstui", "--library", str(file), "refresh", "elsewhere"]
        other = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        assert await other.wait() == 0
        await reader.until(lambda: "3 unread" in reader.header)
        assert (reader.headline, reader.article) == before
        assert "From elsewhere" in reader.headlines()


async def test_what_another_newstui_marks_read_is_read_here(library: Library, read: "Read") -> None:
    async with read(library, UNHURRIED) as reader:
        with library.another() as other:
            other.mark_read([reader.main.story.id], True, NOON)  # type: ignore[union-attr]
        await reader.until(lambda: "1 unread" in reader.header)


async def test_a_library_that_another_newstui_fills_shows_its_first_story(
    file: Path, report: "Report", read: "Read"
) -> None:
    with Library.open(file) as library:
        source = library.subscribe("folder", "/news", "News")
        library.finish(source.id, NOON)
        async with read(library, UNHURRIED) as reader:
            assert "Nothing here yet" in reader.article
            with library.another() as other:
                other.add(source.id, Batch((report("First story"),)), NOON)
            await reader.until(lambda: reader.article.startswith("First story"))
            assert reader.headline == "First story"
