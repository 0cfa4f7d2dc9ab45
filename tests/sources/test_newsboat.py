"""newsboat's two files: its list of feeds, and its cache, from which only the read state is taken."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.errors import ParseError
from newstui.sources.lists import LARGEST_LIST, MOST_ENTRIES, Entry, Subscriptions
from newstui.sources.newsboat import read_cache, read_urls


def read(*lines: str) -> Subscriptions:
    return read_urls("\n".join(lines).encode(), "urls")


def told(listed: Subscriptions) -> list[str]:
    return [str(problem) for problem in (*listed.problems, *listed.remarks)]


def test_a_line_is_an_address_its_topic_and_its_name() -> None:
    listed = read("# mine", "", "https://a.example/feed.xml tech", '  "https://b.example/"\t"two words" "~The B" "!"\r')
    assert listed.entries == (
        Entry("feed", "https://a.example/feed.xml", "a.example/feed.xml", ("tech",), line=3),
        Entry("feed", "https://b.example/", "The B", ("two words",), line=4),
    )
    assert told(listed) == []


@pytest.mark.parametrize(
    ("line", "name", "topic"),
    [
        (r'https://a.example/ "~A \"quoted\" \\ name"', r'A "quoted" \ name', ""),
        ("https://a.example/ ~Plain topic", "Plain", "topic"),
        ('https://a.example/ "! hidden" "~" topic # and "no more"', "a.example", "topic"),
        ('https://a.example/ "not closed', "a.example", "not closed"),
        (r'https://a.example/ "~a\nb&amp;c" "  "', "a b&c", ""),
        ("https://a.example/ \x1b[31m#", "a.example", "#"),
    ],
)
def test_words_are_quoted_and_cleaned_as_newsboat_has_them(line: str, name: str, topic: str) -> None:
    (entry,) = read(line).entries
    assert (entry.name, "".join(entry.folders)) == (name, topic)


def test_a_number_sign_inside_an_address_belongs_to_it() -> None:
    assert read("https://a.example/#part # said").entries[0].place == "https://a.example/#part"


def test_one_tag_is_the_topic_and_the_others_are_named() -> None:
    listed = read("https://a.example/ ~A one two one three", "https://a.example/ four")
    assert listed.entries[0].folders == ("one",)
    assert told(listed) == [
        "urls:1: A is kept in one, and not in two, three as well",
        "urls:2: A is kept in one, and not in four as well",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("exec:{canary} tag", "exec: newstui runs no commands: subscribe to the address of a feed"),
        ("\"exec:{canary} 'a b'\" tag", "exec: newstui runs no commands: subscribe to the address of a feed"),
        ("filter:{canary}:https://a.example/", "filter: newstui runs no commands: subscribe to the address of a feed"),
        ('"query:Unread:unread = \\"yes\\""', "query: this is a search, which newstui keeps as a view of yours"),
        ("file:///etc/passwd", "file: a feed on this computer is not read: subscribe to its address"),
        ("$({canary})", "the link does not begin with http:// or https:// ("),
        ("`{canary}`", "the link does not begin with http:// or https:// ("),
        ("http://", "the link has no readable host"),
        ("https://me:secret@a.example/", "the link holds a user name or password (a.example)"),
    ],
)
def test_what_is_no_address_is_refused_in_words_and_nothing_is_run(line: str, reason: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    canary.chmod(0o700)
    listed = read("https://b.example/", line.replace("{canary}", str(canary)))
    (problem,) = listed.problems
    assert str(problem).startswith(f"urls:2: {reason}")
    assert "secret" not in str(listed)
    assert len(listed.entries) == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "body", [b"", b"# nothing yet\n", b"\x89PNG\r\n\x1a\n\0\0", b"milk\neggs\n", bytes(range(32, 256))]
)
def test_a_file_without_any_address_is_no_list(body: bytes) -> None:
    with pytest.raises(ParseError, match=r"this is no list of feeds \(urls\)"):
        read_urls(body, "urls")


def test_a_list_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert len(read_urls(b"https://a.example/".ljust(LARGEST_LIST)).entries) == 1
    for size in (LARGEST_LIST + 1, LARGEST_LIST * 100):
        with pytest.raises(ParseError, match="larger than 2 MiB"):
            read_urls(b"https://a.example/".ljust(size))


def test_a_list_may_have_as_many_entries_as_the_limit_and_the_rest_is_told() -> None:
    lines = [f"https://a.example/{number}" for number in range(MOST_ENTRIES + 100)]
    assert told(read(*lines[:MOST_ENTRIES])) == []
    listed = read(*lines)
    assert len(listed.entries) == MOST_ENTRIES
    assert told(listed) == ["urls:10001: only the first 10,000 entries are read"]


@given(st.text())
def test_no_line_is_too_strange(text: str) -> None:
    listed = read("https://a.example/ tag", f"https://b.example/ {text}")
    assert len(listed.entries) >= 2


SCHEMA = """
CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL,
pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024),
enclosure_type VARCHAR(1024), enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52),
deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT "")
"""
INSERT = (
    "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, deleted) "
    "VALUES (?, '', '', ?, ?, 0, '', ?, ?)"
)
Row = tuple[object, object, object, int, int]
Cache = Callable[..., Path]


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Make a cache as newsboat has it, with these items."""

    def made(*rows: Row, schema: str = SCHEMA) -> Path:
        path = tmp_path / "a #cache?.db"
        with closing(sqlite3.connect(path)) as store, store:
            store.executescript(schema)
            if rows:
                store.executemany(INSERT, rows)
        return path

    return made


def test_what_was_read_or_deleted_is_known_by_its_page_and_by_its_feed_and_id(cache: Cache) -> None:
    feed = "https://A.example/feed"
    path = cache(
        ("read", "http://news.example/read/?utm_source=x", feed, 0, 0),
        ("unread", "https://news.example/unread", feed, 1, 0),
        ("deleted", "https://news.example/deleted", feed, 1, 1),
        ("no page", "", feed, 0, 0),
        ("mail", "mailto:a@b.example", "exec:a command", 0, 0),
        ("read", "https://news.example/read", feed, 0, 0),
    )
    assert read_cache(path) == [
        "https://news.example/read", "https://a.example/feed read",
        "https://news.example/deleted", "https://a.example/feed deleted",
        "https://a.example/feed no page", "exec:a command mail",
    ]  # fmt: skip


def test_what_the_cache_holds_is_cleaned_and_what_is_no_text_is_passed_over(cache: Cache) -> None:
    long = "x" * 5_000
    path = cache(
        ("a\x1b]52;c;!\x07b\nc", "", "https://a.example/", 0, 0),
        (b"\xff", b"\xfe", "https://a.example/", 0, 0),
        ("no utf-8", "", "https://a.example/", 0, 0),
        (long, f"https://a.example/{long}", "https://a.example/", 0, 0),
    )
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE rss_item SET guid = CAST(x'ff' AS TEXT) WHERE guid = 'no utf-8'")
    clean, replaced, cut = read_cache(path)
    assert clean == "https://a.example/ ab c"
    assert (len(cut), cut[-1]) == (4_096, "…")
    assert replaced == "https://a.example/ \N{REPLACEMENT CHARACTER}"


def test_the_cache_is_left_as_it_is_and_nothing_is_put_beside_it(cache: Cache) -> None:
    path = cache(("a", "https://news.example/a", "https://a.example/", 0, 0))
    path.chmod(0o400)
    before = path.read_bytes()
    read_cache(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


HOSTILE = {
    "endless view": "CREATE VIEW rss_item AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i guid, '' url, '' feedurl, 0 unread, 0 deleted FROM n",
    "virtual table": "CREATE VIRTUAL TABLE rss_item USING fts5 (guid, url, feedurl, unread, deleted)",
    "computed": "CREATE TABLE rss_item (guid, url, feedurl, unread, deleted AS (length(zeroblob(900000000))))",
    "other columns": "CREATE TABLE rss_item (guid, url)",
    "no table": "CREATE TABLE something (name)",
}


@pytest.mark.parametrize("schema", HOSTILE.values(), ids=HOSTILE)
def test_a_database_of_another_shape_is_refused(cache: Cache, schema: str) -> None:
    with pytest.raises(ParseError, match=r"not newsboat's cache\.db, or it is damaged: it has no items"):
        read_cache(cache(schema=schema))


def test_a_damaged_cache_is_refused_with_its_place(cache: Cache) -> None:
    path = cache(*((f"{n}", f"https://a.example/{n}", "https://a.example/", 0, 0) for n in range(2_000)))
    body = bytearray(path.read_bytes())
    body[4096 * 3 :] = b"\xff" * (len(body) - 4096 * 3)
    path.write_bytes(body)
    with pytest.raises(ParseError, match=r"not newsboat's cache\.db, or it is damaged") as refused:
        read_cache(path)
    assert refused.value.where == str(path)


@pytest.mark.parametrize("body", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(body)
    with pytest.raises(ParseError, match=r"not newsboat's cache\.db, or it is damaged"):
        read_cache(path)


def test_what_is_no_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    subprocess.run(["mkfifo", tmp_path / "pipe"], check=True)
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "nothing", tmp_path / ("x" * 300)):
        with pytest.raises(ParseError, match="there is no such file"):
            read_cache(path)


def test_the_cache_of_a_real_newsboat_gives_what_it_says_is_read(shared: Path, tmp_path: Path) -> None:
    if not shutil.which("newsboat"):
        pytest.skip("newsboat is not installed")
    tool, home = shared / "tools" / "newsboat_store", tmp_path / "home"
    subprocess.run([sys.executable, str(tool), str(home), "500"], check=True, capture_output=True, timeout=100)
    listed = read_urls((home / "urls").read_bytes(), "urls")
    assert (len(listed.entries), len(listed.problems)) == (0, 20)  # its feeds are files
    keys = read_cache(home / "cache.db")
    with closing(sqlite3.connect(home / "cache.db")) as store:
        read: Iterable[tuple[str, str, str]] = store.execute("SELECT url, feedurl, guid FROM rss_item WHERE unread = 0")
        assert set(keys) == {key for url, feed, guid in read for key in (url, f"{feed} {guid}")}
    assert len(keys) > 500
