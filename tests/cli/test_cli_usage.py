"""What the command line makes of its words, and what it says when it can't."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newstui.cli.arguments import _SORTS, VERBS, parse
from newstui.cli.crash import report, without_secrets
from newstui.cli.queries import pointing, query_text
from newstui.query import SORTS

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["is:unread", "-opinion", "topic:ai"], ["is:unread", "-opinion", "topic:ai"]),
        (["-opinion"], ["-opinion"]),
        (["-opinion", "--limit", "3", "--json", "azure", "-1"], ["-opinion", "azure", "-1"]),
        (["--from", "x", "a", "--sort=heat", "-b"], ["a", "-b"]),
        (["--", "--json", "-h"], ["--json", "-h"]),
        (["-"], ["-"]),
        ([], []),
    ],
)
def test_a_word_that_begins_with_a_dash_belongs_to_the_query_wherever_it_stands(
    words: list[str], query: list[str]
) -> None:
    assert parse(["list", *words]).query == query


def test_what_to_mark_is_a_query_too() -> None:
    options = parse(["mark", "unread", "-opinion", "--library", "x", "azure"])
    assert (options.state, options.query, options.library) == ("unread", ["-opinion", "azure"], "x")


def test_options_count_before_the_verb_and_behind_it() -> None:
    for words in (["--library", "a", "--config=b", "list"], ["list", "--library=a", "--config", "b"]):
        options = parse(words)
        assert (options.library, options.config, options.verb) == ("a", "b", "list_articles")
    assert parse(["--library", "a", "list", "--library", "b"]).library == "b"
    assert parse(["sources"]).library is None


@pytest.mark.parametrize("words", [[], ["./list", "x"], ["--library", "list"], ["--", "list"], ["--no-mouse", "x"]])
def test_without_a_verb_the_reader_opens(words: list[str]) -> None:
    assert parse(words).family == "reader"


def test_a_query_is_sorted_as_the_library_can_sort() -> None:
    assert _SORTS == SORTS


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["is:unread topic:ai -opinion"], "is:unread topic:ai -opinion"),
        (["two words"], "two words"),
        (["is:unread", "exact phrase"], 'is:unread "exact phrase"'),
        (["topic:machine learning", "-not this"], 'topic:"machine learning" -"not this"'),
        (["a OR b", "is:unread azure", "aws -azure", 'topic:"a b"'], 'a OR b is:unread azure aws -azure topic:"a b"'),
    ],
)
def test_a_phrase_that_lost_its_quotes_to_the_shell_gets_them_back(words: list[str], text: str) -> None:
    assert query_text(words) == text


def test_a_caret_stands_below_the_mistake_however_wide_or_long_the_query_is() -> None:
    assert pointing("is:unred", 3) == ["  is:unred", "     ^"]
    assert pointing("微软 is:x", 6) == ["  微软 is:x", "          ^"]
    line, caret = pointing("a" * 500 + "X" + "b" * 500, 500)
    assert line[caret.index("^")] == "X"
    assert len(line) < 80


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("list --limit -1", "whole number"),
        ("list --limit x", "whole number"),
        ("list --sort best", "'best'"),
        ("list --form x", "--form"),
        ("list --lim 3", "--lim"),
        ("add", "PLACE"),
        ("mark red x", "'red'"),
        ("mark read", "which articles"),
        ("--frobnicate", "--frobnicate"),
        ("refresh nosuch", "no source called “nosuch”"),
        ("list is:unred", "did you mean is:unread?"),
        ("--config /nonexistent/config.toml list", "/nonexistent/config.toml"),
        ("--library /dev/null/library.db list", "/dev/null/library.db"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(newstui: Run, words: str, complaint: str) -> None:
    done = newstui(*words.split())
    *pointed, last = done.err.splitlines()
    assert (done.status, done.out) == (2, "")
    assert last.startswith("newstui: ")
    assert complaint in last
    assert pointed == ([] if "unred" not in words else ["  is:unred", "     ^"])


def test_an_empty_query_marks_nothing(newstui: Run) -> None:
    assert newstui("mark", "read", "").status == 2


def test_help_and_version_are_answered_without_a_home(newstui: Run) -> None:
    assert newstui("--version", HOME=None).out.startswith("newstui 0.")
    general = newstui("--help").out
    assert all(f"    {verb} " in general for verb in VERBS)
    for verb in VERBS:
        assert newstui(verb, "--help").out.startswith(f"usage: newstui {verb} ")


def test_the_reader_says_that_it_needs_a_terminal(newstui: Run, tmp_path: Path) -> None:
    for words in ((), (str(tmp_path),)):
        done = newstui(*words)
        assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
        assert "needs a terminal" in done.err


def test_settings_and_keys_are_printed_as_they_stand(newstui: Run, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('theme = "light"\n[keys]\n"story.save" = "w"\n', encoding="utf-8")
    printed = newstui("config", "--config", settings).out
    assert f'({settings})\ntheme = "light"' in printed
    assert '(default)\nsort = "newest"' in printed
    keys = newstui("--config", settings, "keys").out.splitlines()
    assert [line.split()[:2] for line in keys if "story.save" in line] == [["w", "story.save"]]


def test_a_wrong_setting_stops_every_verb(newstui: Run, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('themes = "light"\n', encoding="utf-8")
    for verb in ("list", "config", "keys", "sources"):
        done = newstui(verb, "--config", settings)
        assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)


def test_a_crash_is_one_line_and_a_report_without_secrets() -> None:
    text = without_secrets("at /home/ann/x: https://news.example/a?token=secret#top 'y'", "/home/ann")
    assert text == "at ~/x: https://news.example/a?… 'y'"
    said = report(ValueError("why"))
    place = Path(said.partition("report: ")[2].partition(")")[0])
    assert "ValueError: why" in place.read_text(encoding="utf-8")
    assert place.stat().st_mode & 0o777 == 0o600
