"""All sources at once into a real library: one that fails stops no other, and the library learns how each went."""

import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newstui.article import Batch
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.query import Query
from newstui.refresh import Progress, SourceResult, refresh
from newstui.sources import Place, Source, open_source
from newstui.sources.web import Web

NOW = 1_700_000_000


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as opened:
        yield opened


async def results(library: Library, now: Callable[[], int] | int = NOW) -> dict[str, SourceResult]:
    read = refresh(library, library.subscriptions(), now)
    return {event.source: event async for event in read if isinstance(event, SourceResult)}


def titles(library: Library) -> list[str]:
    return [article.headline for article in library.articles(Query(), "newest", NOW, None)]


def write(folder: Path, name: str, title: str, more: str = "") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(f"---\ntitle: {title}\nwebUrl: https://a.example/{name}\n{more}---\n")


@contextmanager
def site(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_source_that_fails_does_not_stop_the_others(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "good", "a", "A")
    library.subscribe("folder", str(tmp_path / "good"), "good")
    library.subscribe("folder", str(tmp_path / "gone"), "gone")
    library.subscribe("site", "http://127.0.0.1:1/", "silent", may_be_private=True)
    read = await results(library)
    assert (read["good"].new, read["good"].articles, read["good"].error, read["good"].last_good) == (1, 1, "", NOW)
    assert read["gone"].error.startswith("there is no such file or folder")
    assert read["silent"].error.startswith("nothing answers there")
    assert {(it.name, it.error != "", it.last_good, it.last_tried) for it in library.subscriptions()} == {
        ("good", False, NOW, NOW),
        ("gone", True, None, NOW),
        ("silent", True, None, NOW),
    }


async def test_a_changed_document_keeps_its_state_and_an_unchanged_one_is_not_read(
    library: Library, tmp_path: Path
) -> None:
    write(tmp_path / "news", "a", "First words")
    write(tmp_path / "news", "b", "B")
    library.subscribe("folder", str(tmp_path / "news"), "news")
    await results(library)
    article = library.find("https://a.example/a")
    assert article is not None
    library.mark_saved([article], True, NOW)
    write(tmp_path / "news", "a", "Other words")
    (tmp_path / "news/b.md").unlink()
    again = (await results(library))["news"]
    row = library.article(article)
    assert (again.articles, again.new, again.changed) == (1, 0, 1)
    assert row is not None
    assert (row.headline, row.former_headline, row.is_saved) == ("Other words", "First words", True)
    assert sorted(titles(library)) == ["B", "Other words"]


async def test_problems_are_told_until_they_are_mended(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "news", "a", "A")
    (tmp_path / "news/b.md").write_text("nothing")
    library.subscribe("folder", str(tmp_path / "news"), "news")
    for _ in range(2):
        read = (await results(library))["news"]
        assert [problem.place for problem in read.problems] == [str(tmp_path / "news/b.md")]
        assert [*read.problems] == library.problems()
        assert read.error == ""
    write(tmp_path / "news", "b", "B")
    assert (await results(library))["news"].problems == ()
    assert library.problems() == []


async def test_what_a_document_lists_of_its_own_event_is_its_coverage(library: Library, shared: Path) -> None:
    library.subscribe("folder", str(shared / "seed-article.md"), "seed")
    await results(library)
    [article] = library.articles(Query(), "newest", NOW, None)
    outlets = [report.outlet for report in library.coverage(article.id).reports]
    assert outlets == ["syracuse.com", "Boston.com", "Alaska Dispatch News", "Detroit News"]
    assert library.listed(article.id) == []


async def test_a_real_folder_and_a_real_site_side_by_side(library: Library, shared: Path) -> None:
    with site(shared / "site") as url:
        library.subscribe("folder", str(shared / "corpus/articles"), "folder")
        library.subscribe("site", url, "site", may_be_private=True)
        events = [event async for event in refresh(library, library.subscriptions(), lambda: NOW)]
        again = await results(library)
    steps = [event for event in events if isinstance(event, Progress)]
    assert {event.source for event in steps} == {"folder", "site"}
    folder = [event for event in steps if event.source == "folder"]
    done = [event.done for event in folder]
    assert len(done) > 2
    assert done == sorted(done)
    assert done[-1] == 812
    assert {event.source: event.articles for event in events if isinstance(event, SourceResult)} == {
        "folder": 812,
        "site": 624,
    }
    assert {name: (read.new, read.changed, read.articles) for name, read in again.items()} == {
        "folder": (0, 0, 0),
        "site": (0, 0, 0),
    }
    assert library.problems() == []


class Failing:
    """A source with a fault in it."""

    kind = "folder"
    place = "nowhere"

    async def batches(self, known: Mapping[str, str], is_known: Callable[[str], bool]) -> AsyncIterator[Batch]:
        yield Batch(done=1, total=2)
        raise ZeroDivisionError("a fault of ours")


async def test_a_fault_of_ours_is_logged_and_ends_only_its_source(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "good", "a", "A")
    library.subscribe("folder", "nowhere", "faulty")
    library.subscribe("folder", str(tmp_path / "good"), "good")

    def opened(found: Place, web: Web, *, topic: str) -> Source:
        return Failing() if found.place == "nowhere" else open_source(found, web, topic=topic)

    monkeypatch.setattr("newstui.refresh.reading.open_source", opened)
    with caplog.at_level(logging.ERROR):
        read = await results(library)
    assert read["good"].new == 1
    assert "ZeroDivisionError" in read["faulty"].error
    assert "a fault of ours" in caplog.text


async def test_a_reading_that_is_closed_early_keeps_what_it_read_and_says_so(library: Library, tmp_path: Path) -> None:
    for number in range(250):
        write(tmp_path / "news", str(number), f"Number {number}")
    library.subscribe("folder", str(tmp_path / "news"), "news")
    async with aclosing(refresh(library, library.subscriptions(), NOW)) as events:
        await anext(events)
    [subscription] = library.subscriptions()
    assert subscription.error == "it was stopped before its end"
    assert 0 < subscription.articles < 250
    assert (await results(library))["news"].new == 250 - subscription.articles


async def test_no_sources_are_read_at_once(library: Library) -> None:
    nothing: Sequence[Subscription] = ()
    assert [event async for event in refresh(library, nothing, NOW)] == []


def test_nothing_is_written_to_the_terminal_by_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("newstui.refresh").error("only for those who listen")
    assert capfd.readouterr() == ("", "")
