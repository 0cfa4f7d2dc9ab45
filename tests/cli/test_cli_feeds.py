"""Feeds as a person follows them from the command line, over real HTTP."""

import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newstui.library import Library

CHECKOUT = Path(__file__).parents[2]
SAMPLES = CHECKOUT / "samples"
Run = Callable[..., Any]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that is a web site, with the sample feed and page in it."""
    folder = tmp_path / "served"
    folder.mkdir()
    for name in ("feed.xml", "page.html"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_feed_is_added_under_its_own_title_and_says_nothing_new_twice(newstui: Run, served: tuple[Path, str]) -> None:
    _, address = served
    added = newstui("add", f"{address}feed.xml", "--topic", "Coast")
    assert added == ("Added The Saltmere Courier, a feed: 3 articles\n", "", 0)
    assert newstui("refresh").out.splitlines()[0] == "The Saltmere Courier: 0 new, 0 changed"
    listed = [json.loads(line) for line in newstui("list", "--json").out.splitlines()]
    assert [(it["title"], it["topics"], it["origin"]) for it in listed] == [
        ("Ferry clock is four minutes late, and always was", ["Harbour"], "feed"),
        ("Low tide uncovers a second set of steps", ["Harbour", "History"], "feed"),
        ("In brief: gulls, a lost oar, soup", ["Coast"], "feed"),
    ]
    assert {it["outlet"]["name"] for it in listed} == {"The Saltmere Courier"}
    assert listed[1]["images"][0]["url"] == "https://saltmerecourier.example/pictures/steps.png"
    shown = json.loads(newstui("show", listed[0]["url"], "--json").out)
    assert "## What happens now\n\n- The clock stays as it is" in shown["text"]


def test_the_address_of_a_page_adds_the_feed_that_it_names(newstui: Run, served: tuple[Path, str]) -> None:
    _, address = served
    assert newstui("add", f"{address}page.html").out == "Added The Saltmere Courier, a feed: 3 articles\n"
    (source,) = map(json.loads, newstui("sources", "--json").out.splitlines())
    assert (source["kind"], source["place"]) == ("feed", f"{address}feed.xml")


def test_of_several_feeds_the_first_is_taken_where_nobody_can_be_asked(newstui: Run, served: tuple[Path, str]) -> None:
    folder, address = served
    links = [f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}.xml">' for name in "ab"]
    (folder / "two.html").write_text(f"<html><head>{''.join(links)}</head><body>Both.</body></html>")
    (folder / "a.xml").write_bytes((folder / "feed.xml").read_bytes())
    done = newstui("add", f"{address}two.html")
    assert done.out == "Added a, a feed: 3 articles\n"
    assert "this page names 2 feeds; the first is taken" in done.err
    assert f"{address}b.xml" in done.err


def test_of_several_feeds_a_person_is_asked_which(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, address = served
    links = [f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}.xml">' for name in "ab"]
    (folder / "two.html").write_text(f"<html><head>{''.join(links)}</head><body>Both.</body></html>")
    (folder / "b.xml").write_bytes((folder / "feed.xml").read_bytes())
    library = tmp_path / "library.db"
    master, slave = pty.openpty()
    os.write(master, b"2\n")
    command = [sys.executable, "-m", "newstui", "--library", str(library), "add", f"{address}two.html"]
    with os.fdopen(master, "rb"), os.fdopen(slave, "rb") as terminal:
        done = subprocess.run(
            command, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal, cwd=CHECKOUT, timeout=50
        )
    assert done.stdout == b"Added b, a feed: 3 articles\n"
    with Library.open(library) as opened:
        assert [source.place for source in opened.subscriptions()] == [f"{address}b.xml"]


def test_what_is_no_feed_is_not_added_and_said_to_be_none(newstui: Run, served: tuple[Path, str]) -> None:
    folder, address = served
    (folder / "note.txt").write_text("Nothing to follow here.")
    done = newstui("add", f"{address}note.txt")
    assert (done.out, done.status, len(done.err.splitlines())) == ("", 1, 1)
    assert "there is no feed here" in done.err
    assert newstui("sources").out == ""


def test_an_address_without_its_beginning_is_answered_with_what_was_meant(newstui: Run) -> None:
    done = newstui("add", "news.example/feed")
    assert done.err == (
        "newstui: there is no such file or folder (news.example/feed): did you mean https://news.example/feed?\n"
    )


def test_a_feed_is_read_without_being_followed(newstui: Run, served: tuple[Path, str]) -> None:
    _, address = served
    assert len(newstui("list", "--from", f"{address}page.html").out.splitlines()) == 3
    assert newstui("sources").out == ""


def test_a_feed_that_is_gone_says_so_and_is_not_asked_again(newstui: Run, served: tuple[Path, str]) -> None:
    folder, address = served
    newstui("add", f"{address}feed.xml")
    (folder / "feed.xml").unlink()
    failed = newstui("refresh")
    assert (failed.status, failed.out.splitlines()[-1]) == (1, "1 source, 1 failed · 0 new articles · 0 problems")
    assert "404" in failed.err
    again = newstui("refresh")
    assert "is left alone until" in again.err
    assert again.out == "0 sources, 0 failed · 0 new articles · 0 problems\n"
    assert len(newstui("list").out.splitlines()) == 3
    assert "not asked again before" in newstui("sources").out
    (folder / "feed.xml").write_bytes((SAMPLES / "feed.xml").read_bytes())
    assert newstui("refresh", "The Saltmere Courier").out.startswith("The Saltmere Courier: 0 new")
