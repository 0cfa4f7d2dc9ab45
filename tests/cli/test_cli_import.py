"""Subscriptions in and out, by the program as a person starts it."""

import json
import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newstui.config import library_file
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.sources.newsboat import read_cache

CHECKOUT = Path(__file__).parents[2]
Run = Callable[..., Any]
Write = Callable[..., Path]

ADVICE = " · newstui refresh reads them\n"


def subscriptions(library: Path | None = None) -> list[Subscription]:
    """What a library subscribes to, without the number that it gives each."""
    with Library.open(library or library_file()) as opened:
        return [source._replace(id=0) for source in opened.subscriptions()]


def opml(*outlines: str) -> str:
    body = "\n".join(outlines)
    return f'<opml version="2.0"><body>\n{body}\n</body></opml>'


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """Write a list."""

    def write(*lines: str, name: str = "feeds.opml") -> Path:
        path = tmp_path / name
        text = opml(*lines) if name.endswith("opml") else "\n".join(lines)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_list_is_subscribed_to_with_its_folders_and_nothing_is_read(newstui: Run) -> None:
    path = CHECKOUT / "samples" / "subscriptions.opml"
    assert newstui("import", path) == (f"3 subscriptions added, 0 already there, 0 refused{ADVICE}", "", 0)
    assert [(it.kind, it.name, it.folders, it.topic, it.may_be_private, it.last_tried) for it in subscriptions()] == [
        ("feed", "Ebb & Flow Daily", ("The coast",), "Weather", False, None),
        ("feed", "Semicolon & Co.", (), "", False, None),
        ("feed", "The Saltmere Courier", (), "The coast", False, None),
    ]


def test_what_is_there_already_is_passed_over_and_the_list_can_be_imported_again(newstui: Run, listed: Write) -> None:
    newstui("import", listed('<outline text="A" xmlUrl="https://a.example/"/>'))
    path = listed('<outline text="Other" xmlUrl="https://a.example/"/>', '<outline xmlUrl="https://b.example/"/>')
    assert newstui("import", path).out == f"1 subscription added, 1 already there, 0 refused{ADVICE}"
    assert newstui("import", path) == ("0 subscriptions added, 2 already there, 0 refused\n", "", 0)
    assert [(it.name, it.place) for it in subscriptions()] == [
        ("A", "https://a.example/"), ("b.example", "https://b.example/"),
    ]  # fmt: skip


def test_a_name_that_is_taken_gets_a_number(newstui: Run, listed: Write, article: Write) -> None:
    newstui("add", article("one").parent, "--name", "News")
    newstui("import", listed(*(f'<outline text="News" xmlUrl="https://a.example/{n}"/>' for n in range(2))))
    long = "x" * 200
    newstui("import", listed(*(f'<outline text="{long}" xmlUrl="https://b.example/{n}"/>' for n in range(2))))
    names = [it.name for it in subscriptions()]
    assert names[:3] == ["News", "News 2", "News 3"]
    assert names[3:] == [long, f"{'x' * 191}… 2"] or names[3:] == [f"{'x' * 191}… 2", long]


def test_what_is_refused_is_named_with_its_line_and_the_rest_is_taken(newstui: Run, listed: Write) -> None:
    path = listed(
        '<outline text="Good" xmlUrl="https://a.example/"/>',
        '<outline text="Bad" xmlUrl="exec:touch /x"/>',
        '<outline text="T" category="one,two" xmlUrl="https://b.example/"/>',
        '<outline text="More" type="include" url="https://a.example/more.opml"/>',
    )
    done = newstui("import", path)
    assert (done.out, done.status) == (f"2 subscriptions added, 0 already there, 2 refused{ADVICE}", 1)
    assert done.err.splitlines() == [
        f"newstui: {path}:3: Bad: exec: links are not opened (exec:touch /x)",
        f"newstui: {path}:4: T is kept in one, and not in two as well",
        f"newstui: {path}:5: More: what a list refers to is not read (https://a.example/more.opml)",
    ]


def test_what_is_only_remarked_on_is_no_failure(newstui: Run, listed: Write) -> None:
    done = newstui("import", listed('<outline text="T" category="one,two" xmlUrl="https://b.example/"/>'))
    assert (done.status, len(done.err.splitlines())) == (0, 1)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<opml><body>", "this is not well-formed XML: no element found"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "it declares entities or the like"),
        (b"<rss/>", "this is no OPML"),
        (b"milk\n", "this is no list of feeds"),
        (b" " * (2 * 1024 * 1024 + 1), "the list is larger than 2 MiB"),
        (None, "the list can't be read"),
    ],
)
def test_an_unusable_file_changes_nothing(newstui: Run, tmp_path: Path, body: bytes | None, told: str) -> None:
    path = tmp_path / "list"
    if body is not None:
        path.write_bytes(body)
    done = newstui("import", path)
    assert (done.out, done.status, len(done.err.splitlines())) == ("", 2, 1)
    assert told in done.err
    assert str(path) in done.err
    assert not library_file().exists()


def test_a_folder_of_the_list_must_be_on_this_computer(newstui: Run, listed: Write, article: Write) -> None:
    folder = article("one").parent

    def outline(path: str | Path) -> str:
        return f'<outline xmlns:n="urn:newstui:opml" text="Mine" n:kind="folder" n:place="{path}"/>'

    done = newstui("import", path := listed(outline(folder), outline("/nonexistent"), outline("~"), outline("")))
    assert (done.out, done.status) == (f"1 subscription added, 0 already there, 2 refused{ADVICE}", 1)
    assert done.err.splitlines() == [
        f"newstui: {path}:3: Mine: there is no such file or folder (/nonexistent): give a path or an http(s) address",
        f"newstui: {path}:4: Mine: the path of a folder must begin with / (~)",
    ]
    assert newstui("refresh").out.splitlines()[0] == "Mine: 1 new, 0 changed"


def test_what_is_exported_and_imported_elsewhere_is_the_same(newstui: Run, article: Write, tmp_path: Path) -> None:
    with Library.open(library_file()) as library:
        library.subscribe("feed", "https://a.example/?a=1&b=2", "A & <B> “é” &amp;", "Linux", folders=("Tech", "Unix"))
        library.subscribe("feed", "https://b.example/", "B", "Tech")
        library.subscribe("site", "https://c.example/", "C")
        library.subscribe("web", "https://d.example/", "D", "微软")
        library.subscribe("folder", str(article("one").parent), "Mine", "Tech")
        library.configure("A & <B> “é” &amp;", every=90, is_full_text=True)
        library.configure("C", is_paused=True)
    before, lists = subscriptions(), []
    for name in ("first", "second"):
        exported = newstui("export", "--opml")
        assert (exported.err, exported.status) == ("", 0)
        lists.append(tmp_path / f"{name}.opml")
        lists[-1].write_text(exported.out, encoding="utf-8")
        library_file().unlink()
        assert newstui("import", lists[-1]).out == f"5 subscriptions added, 0 already there, 0 refused{ADVICE}"
        assert [it._replace(articles=0) for it in subscriptions()] == before
    first, second = (path.read_text(encoding="utf-8").partition("<body>")[2] for path in lists)
    assert second == first


def test_an_export_is_whole_in_a_locale_without_its_letters(newstui: Run, tmp_path: Path) -> None:
    with Library.open(library_file()) as library:
        library.subscribe("feed", "https://a.example/", "Größe 微软")
    path = tmp_path / "list.opml"
    path.write_text(newstui("export", LC_ALL="C", PYTHONIOENCODING="ascii").out, encoding="ascii")
    newstui("--library", tmp_path / "other.db", "import", path)
    assert [it.name for it in subscriptions(tmp_path / "other.db")] == ["Größe 微软"]


def test_an_empty_library_is_exported_too(newstui: Run, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(newstui("export").out, encoding="utf-8")
    assert newstui("import", tmp_path / "list.opml") == ("0 subscriptions added, 0 already there, 0 refused\n", "", 0)


@pytest.fixture
def newsboat(tmp_path: Path, article: Write) -> Path:
    """newsboat's folder: some feeds, and a cache in which one of two articles was read, and one that is to come."""
    folder = tmp_path / "newsboat folder"
    folder.mkdir()
    (folder / "urls").write_text(
        '# mine\nhttps://a.example/feed tech "~The A"\n"exec:touch ran" x\n"query:All:unread = \\"yes\\""\n',
        encoding="utf-8",
    )
    with closing(sqlite3.connect(folder / "cache.db")) as store, store:
        store.execute("CREATE TABLE rss_item (guid, url, feedurl, unread, deleted)")
        store.executemany(
            "INSERT INTO rss_item VALUES (?, ?, 'https://a.example/feed', ?, 0)",
            [("1", "http://news.example/one/", 0), ("2", "https://news.example/two", 1),
             ("3", "https://news.example/three?utm_source=a", 0)],
        )  # fmt: skip
    return folder


def unread(newstui: Run) -> list[str]:
    return [json.loads(line)["url"] for line in newstui("list", "is:unread", "--json").out.splitlines()]


def test_the_feeds_of_newsboat_are_taken_over_and_its_commands_are_not(newstui: Run, newsboat: Path) -> None:
    done = newstui("import", newsboat / "urls")
    assert (done.out, done.status) == (f"1 subscription added, 0 already there, 2 refused{ADVICE}", 1)
    assert [(it.name, it.topic) for it in subscriptions()] == [("The A", "tech")]
    *refused, hint = done.err.splitlines()
    assert refused == [
        f"newstui: {newsboat}/urls:3: exec: newstui runs no commands: subscribe to the address of a feed",
        f"newstui: {newsboat}/urls:4: query: this is a search, which newstui keeps as a view of yours",
    ]
    cache = newsboat / "cache.db"
    command = shlex.join(["newstui", "import", str(newsboat / "urls"), "--read-state", str(cache)])
    assert hint == f"newstui: what you have read is in {cache}: {command} takes it over"


def test_what_was_read_in_newsboat_is_read_now_and_when_it_comes(newstui: Run, newsboat: Path, article: Write) -> None:
    article("one")
    newstui("add", article("two").parent)
    done = newstui("import", newsboat / "urls", "--read-state", newsboat / "cache.db")
    assert done.out.splitlines()[1] == "Marked 1 article read; what else was read in newsboat is read when it comes"
    assert "takes it over" not in done.err
    assert unread(newstui) == ["https://news.example/two"]
    article("three")
    article("four")
    newstui("refresh", "articles")
    assert sorted(unread(newstui)) == ["https://news.example/four", "https://news.example/two"]


def test_a_read_state_that_is_none_keeps_the_list_from_being_imported(newstui: Run, newsboat: Path) -> None:
    for cache in (newsboat / "urls", newsboat / "nothing"):
        done = newstui("import", newsboat / "urls", "--read-state", cache)
        assert (done.out, done.status, len(done.err.splitlines())) == ("", 2, 1)
        assert str(cache) in done.err
    assert not library_file().exists()


def test_the_read_state_in_the_other_folder_of_newsboat_is_found_too(
    newstui: Run, newsboat: Path, surroundings: Path
) -> None:
    config, data = surroundings / ".config" / "newsboat", surroundings / ".local" / "share" / "newsboat"
    for folder in (config, data):
        folder.mkdir()
    (newsboat / "urls").rename(config / "urls")
    assert "takes it over" not in newstui("import", config / "urls").err
    (newsboat / "cache.db").rename(data / "cache.db")
    assert f"what you have read is in {data}/cache.db: " in newstui("import", config / "urls").err
    assert read_cache(data / "cache.db")
