"""What each verb does with real folders and a library on disk, as a person starts it."""

import hashlib
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newstui.config import library_file
from newstui.library.schema import APPLICATION_ID

Run = Callable[..., Any]
Write = Callable[..., Path]


def test_a_folder_is_added_by_its_whole_path_listed_refreshed_and_removed(newstui: Run, article: Write) -> None:
    folder = article("one").parent
    (folder / "deep" / "er").mkdir(parents=True)
    shutil.move(article("two"), folder / "deep" / "er" / "two.md")
    added = newstui("add", folder / "deep" / "..", "--name", "mine", "--topic", "Given")
    assert added == ("Added mine, a folder: 2 articles\n", "", 0)
    (source,) = map(json.loads, newstui("sources", "--json").out.splitlines())
    assert {key: source[key] for key in ("name", "kind", "place", "topic", "articles", "error", "problems")} == {
        "name": "mine", "kind": "folder", "place": str(folder), "topic": "Given", "articles": 2, "error": None,
        "problems": [],
    }  # fmt: skip
    assert len(newstui("list", "topic:given").out.splitlines()) == 2
    article("three")
    assert newstui("refresh").out == "mine: 1 new, 0 changed\n1 source, 0 failed · 1 new article · 0 problems\n"
    assert newstui("remove", "mime").err == "newstui: there is no source called “mime”: did you mean “mine”?\n"
    assert newstui("remove", "mine") == ("Removed mine and 3 articles; saved ones stay\n", "", 0)
    assert newstui("sources").out == ""


def test_a_file_is_a_place_too(newstui: Run, article: Write) -> None:
    assert newstui("add", article("one")).out == "Added one.md, a file: 1 article\n"


def test_a_place_is_added_once_and_a_name_is_taken_once(newstui: Run, article: Write, tmp_path: Path) -> None:
    folder = article("one").parent
    other = tmp_path / "other" / folder.name
    other.mkdir(parents=True)
    newstui("add", folder)
    assert newstui("add", f"{folder}/", "--name", "again")[1:] == (
        f"newstui: this place is subscribed to already ({folder}): its name is “articles”\n", 2,
    )  # fmt: skip
    assert newstui("add", other, "--name", "articles")[1:] == (
        f"newstui: the name “articles” is taken ({folder}): choose another with --name\n", 2,
    )  # fmt: skip
    assert newstui("add", other).out == "Added articles 2, a folder: 0 articles\n"


@pytest.mark.parametrize(
    "place", ["/nonexistent", "ftp://news.example/", "https://", "", "x" * 5_000, "~nobody-here/x"]
)
def test_what_is_neither_folder_nor_site_is_not_added(newstui: Run, place: str) -> None:
    done = newstui("add", "--", place)
    assert (done.out, done.status, len(done.err.splitlines())) == ("", 1, 1)
    assert done.err.startswith("newstui: ")
    assert newstui("sources").out == ""


def test_a_file_that_is_no_article_is_not_added(newstui: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0\1")
    done = newstui("add", tmp_path / "picture.png")
    assert (done.out, done.status) == ("", 1)
    assert str(tmp_path / "picture.png") in done.err
    assert newstui("sources").out == ""


def test_a_site_that_does_not_answer_is_not_added(newstui: Run) -> None:
    done = newstui("add", "http://127.0.0.1:9/")
    assert (done.out, done.status) == ("", 1)
    assert newstui("sources").out == ""


BAD = {
    "broken": "---\ntitle: [one\nwebUrl: https://news.example/b\n---\n",
    "empty": "",
    "binary": "---\0\1\2",
    "plain": "# No front matter\n",
    "bomb": "---\ntitle: a\nwebUrl: https://news.example/c\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
    "untitled": "---\nwebUrl: https://news.example/d\n---\n",
    "script": "---\ntitle: Script\nwebUrl: javascript:alert(1)\n---\n",
    "year": "---\ntitle: Year\nwebUrl: https://news.example/e\npublishedDateTime: 0000-01-01T00:00:00Z\n---\n",
}


def test_a_refresh_names_each_bad_file_with_a_reason_and_reads_the_others(newstui: Run, article: Write) -> None:
    folder = article("good").parent
    newstui("add", folder)
    for name, text in BAD.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    article("better")
    done = newstui("refresh")
    assert done.status == 0
    assert done.out.splitlines()[-1] == "1 source, 0 failed · 2 new articles · 8 problems"
    for name in BAD:
        (said,) = [line for line in done.err.splitlines() if f"{folder}/{name}.md" in line]
        assert said.rpartition(": ")[2], said
    assert f"{folder}/broken.md:3: " in done.err or f"{folder}/broken.md:2: " in done.err
    listed = newstui("list").out
    assert all(headline in listed for headline in ("The headline of good", "The headline of better", "Year"))
    assert " · 8 problems" in newstui("sources").out
    (source,) = map(json.loads, newstui("sources", "--json").out.splitlines())
    assert len(source["problems"]) == 8


def test_a_source_that_fails_keeps_no_other_from_being_read(newstui: Run, article: Write, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    newstui("add", article("one").parent)
    newstui("add", gone)
    gone.rmdir()
    article("two")
    done = newstui("refresh")
    assert done.status == 1
    assert done.out.splitlines()[-1] == "2 sources, 1 failed · 1 new article · 0 problems"
    assert "articles: 1 new, 0 changed" in done.out
    assert "gone: failed: " in done.out
    assert "    failed " in newstui("sources").out


def test_a_place_that_is_not_there_keeps_no_other_from_being_listed(newstui: Run, article: Write) -> None:
    done = newstui("list", "--from", article("one"), "--from", "/nonexistent", "--from", article("one"))
    assert (len(done.out.splitlines()), done.status) == (1, 1)
    assert "/nonexistent" in done.err
    assert not library_file().exists()


def test_articles_are_marked_by_a_query(newstui: Run, article: Write) -> None:
    newstui("add", article("one").parent)
    for name in ("two", "three"):
        article(name)
    newstui("refresh")
    assert newstui("mark", "read", "headline", "-two").out == "Marked 2 read\n"
    assert [json.loads(line)["url"] for line in newstui("list", "is:unread", "--json").out.splitlines()] == [
        "https://news.example/two"
    ]
    newstui("mark", "saved", "two")
    assert len(newstui("list", "is:saved").out.splitlines()) == 1
    newstui("remove", "articles")
    assert len(newstui("list").out.splitlines()) == 1
    newstui("mark", "unsaved", "two")
    assert newstui("list", "is:saved") == ("", "", 0)


def test_a_list_is_sorted_and_cut_as_asked(newstui: Run, article: Write) -> None:
    for name, heat in (("one", 1), ("two", 3), ("three", 2)):
        folder = article(name, heat=str(heat)).parent
    listed = newstui("list", "--from", folder, "--sort", "heat", "--limit", "2", "--json").out
    assert [json.loads(line)["heat"] for line in listed.splitlines()] == [3, 2]
    assert newstui("list", "--from", folder, "--limit", "0").out == ""
    assert len(newstui("list", "--from", folder, "--limit", "9" * 30).out.splitlines()) == 3


def test_paragraphs_are_laid_out_anew_and_other_blocks_keep_their_shape(newstui: Run, article: Write) -> None:
    body = "Hard\nwrapped\nwords.\n\n* an\n  item\n\n> quoted\n\n    code  stays\n\n[A link](https://news.example/l).\n"
    path = article("one", body=body, excerpt="Hard wrapped ...", publishedDateTime="2020-05-08T00:00:00Z")
    shown = newstui("show", "--from", path, "https://news.example/one", TZ="America/New_York").out
    assert shown.split("\n\n")[1:4] == ["Hard wrapped words.", "• an item", "▎ quoted"]
    assert "code  stays" in shown
    assert "A link[1]." in shown
    assert "[1] https://news.example/l" in shown
    assert "\nFri 8 May 2020\n" in shown


def test_a_listed_report_of_a_day_shows_no_clock(newstui: Run, article: Write) -> None:
    related = "\n  - title: Listed\n    webUrl: https://other.example/x\n    publishedDateTime: 2020-05-07T00:00:00Z"
    shown = newstui("show", "--from", article("one", related=related), "https://news.example/one").out
    assert "  Thu 7 May 2020 · " in shown
    assert "00:00" not in shown


def test_what_is_not_there_is_neither_shown_nor_opened(newstui: Run, article: Write) -> None:
    for verb in ("show", "open"):
        done = newstui(verb, "--from", article("one"), "https://news.example/two")
        assert (done.out, done.status, len(done.err.splitlines())) == ("", 1, 1)


def test_without_a_display_open_prints_the_address(newstui: Run, article: Write) -> None:
    path = article("one", originalUrl="https://news.example/first")
    done = newstui("open", "--from", path, "https://news.example/one")
    assert (done.out, done.status) == ("https://news.example/first\n", 0)
    assert done.err == "newstui: there is no display to open a browser on\n"


def test_a_browser_that_fails_is_not_taken_for_one_that_opened(newstui: Run, article: Write, tmp_path: Path) -> None:
    for status in (0, 3):
        browser = tmp_path / f"browser-{status}"
        browser.write_text(f'#!{sys.executable}\nimport sys\nopen("{tmp_path}/asked", "w").write(sys.argv[1])\n'
                           f"sys.exit({status})\n", encoding="utf-8")  # fmt: skip
        browser.chmod(0o700)
        done = newstui("open", "--from", article("one"), "https://news.example/one", BROWSER=str(browser))
        assert (tmp_path / "asked").read_text(encoding="utf-8") == "https://news.example/one"
        assert done.status == (1 if status else 0)
        assert done.out == ("https://news.example/one\n" if status else "")
        assert done.err.startswith(f"newstui: {'browser-3 could not' if status else 'handed to browser-0'}")


def test_a_newer_or_foreign_library_is_refused_and_stays_as_it_is(newstui: Run, tmp_path: Path) -> None:
    newer, foreign, text = (tmp_path / name for name in ("newer.db", "foreign.db", "text.db"))
    for path, application, version in ((newer, APPLICATION_ID, 999), (foreign, 0, 1)):
        with sqlite3.connect(path) as store:
            store.execute("CREATE TABLE something (name)")
            store.execute(f"PRAGMA application_id={application}")
            store.execute(f"PRAGMA user_version={version}")
        store.close()
    text.write_text("These are my notes, not a library. " * 100, encoding="utf-8")
    for path in (newer, foreign, text):
        before = hashlib.sha256(path.read_bytes()).digest()
        for words in (("list",), ("refresh",), ("mark", "read", "x")):
            done = newstui("--library", path, *words)
            assert (done.out, done.status, len(done.err.splitlines())) == ("", 2, 1)
            assert str(path) in done.err
        assert hashlib.sha256(path.read_bytes()).digest() == before


@pytest.mark.parametrize(
    "environ",
    [
        {"XDG_DATA_HOME": "/proc/nowhere"},
        {"XDG_DATA_HOME": "/dev/null"},
        {"HOME": "/proc/nowhere", "XDG_DATA_HOME": None, "XDG_CONFIG_HOME": None, "XDG_CACHE_HOME": None},
    ],
)
def test_where_nothing_can_be_kept_it_works_in_memory_and_says_so(
    newstui: Run, article: Write, environ: dict[str, str | None]
) -> None:
    done = newstui("add", article("one"), **environ)
    assert (done.out, done.status) == ("Added one.md, a file: 1 article\n", 0)
    assert done.err.startswith("newstui: nothing can be kept in ")
    assert len(done.err.splitlines()) == 1


def test_a_library_in_memory_is_asked_for_by_name(newstui: Run, article: Write) -> None:
    assert newstui("--library", ":memory:", "add", article("one")) == ("Added one.md, a file: 1 article\n", "", 0)
    assert not library_file().exists()
    assert not Path(":memory:").exists()
