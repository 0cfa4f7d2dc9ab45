"""Stories as the command line tells them, from the samples, from documents on disk and from the shared test input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newstui.tui.cells import shortened

Run = Callable[..., Any]
Write = Callable[..., Path]
SAMPLES = Path(__file__).parents[2] / "samples"
MAGPIE = "https://kestrelwire.example/2026/11/14/magpie-capsule-lands-corran"
STORY_KEYS = ["story", "title", "outlets", "articles", "first", "last", "topics", "read", "members"]
MEMBER_KEYS = ["id", "url", "title", "outlet", "published", "copy_of"]
BESIDE_KEYS = ["id", "url", "title", "excerpt", "outlet", "published", "relation", "why", "after"]


def objects(done: Any) -> list[dict[str, Any]]:
    """The objects that a command printed."""
    assert (done.err, done.status) == ("", 0)
    return [json.loads(line) for line in done.out.splitlines()]


@pytest.fixture
def capsule(article: Write) -> Path:
    """A folder with three reports of one landing, a copy among them, and a report of something else."""
    landing = "Orlop capsule lands in Vesper desert with dust from asteroid Quill"
    told = "The Orlop capsule landed at dawn with forty grams of dust, the recovery crew in Vesper said."
    told_again = (
        "Scientists opened a crate that nobody may touch: what the Orlop capsule brought home is cold and dark."
    )
    for name, day, title, excerpt in (
        ("herald", "08T22:34", landing, told),
        ("ledger", "09T02:34", landing, told),
        ("courier", "09T14:00", "Dust from asteroid Quill is safe after Orlop capsule lands in Vesper", told_again),
        ("almanac", "09T15:00", "Village choir wins the singing contest for the third time", "Nine songs were heard."),
    ):
        path = article(
            name,
            title=json.dumps(title),
            excerpt=json.dumps(excerpt),
            publishedDateTime=f"2020-05-{day}:00Z",
            webUrl=f"https://{name}.example/{name}",
            provider=f"{{name: {name.title()}, domain: {name}.example}}",
        )
    return path.parent


def test_stories_of_most_outlets_come_first(newstui: Run) -> None:
    told = objects(newstui("stories", "--json", "--from", SAMPLES))
    assert [list(story) for story in told] == [STORY_KEYS] * len(told)
    outlets = [story["outlets"] for story in told]
    assert outlets == sorted(outlets, reverse=True)
    first = told[0]
    assert (first["story"], first["outlets"], first["articles"]) == (MAGPIE, 5, 6)
    assert [list(member) for member in first["members"]] == [MEMBER_KEYS] * 6
    times = [member["published"] for member in first["members"]]
    assert times == sorted(times)
    assert (first["first"], first["last"]) == (times[0], times[-1])
    assert sum(story["articles"] for story in told) == len(objects(newstui("list", "--json", "--from", SAMPLES)))


def test_stories_are_asked_for_by_a_query_and_cut(newstui: Run) -> None:
    def titles(*words: str) -> list[str]:
        return [story["title"] for story in objects(newstui("stories", *words, "--json", "--from", SAMPLES))]

    several = titles("is:multi")
    assert len(several) == 3
    assert titles("outlets:>1") == several
    assert titles("outlets:>3") == several[:1]
    assert titles("--limit", "2") == several[:2]
    assert titles("--limit", "0") == []
    assert len(titles("comet", "sort:oldest")) >= 1
    assert titles("nosuchword") == []


def test_a_story_is_a_line_behind_a_pipe(newstui: Run, capsule: Path) -> None:
    done = newstui("stories", "--from", capsule)
    first, second = done.out.splitlines()
    assert first.startswith("Fri 8 May 2020, 22:34  ")
    assert " · 3 outlets, 2 independent reports  https://" in first
    assert second == (
        "Sat 9 May 2020, 15:00  Village choir wins the singing contest for the third time · Almanac  "
        "https://almanac.example/almanac"
    )
    assert (done.err, done.status) == ("", 0)


def test_an_article_as_json_names_its_story_and_who_else_reports_it(newstui: Run, capsule: Path) -> None:
    listed = {row["url"]: row for row in objects(newstui("list", "--json", "--from", capsule))}
    herald, ledger, courier, almanac = (
        listed[f"https://{name}.example/{name}"] for name in ("herald", "ledger", "courier", "almanac")
    )
    assert herald["story"] == ledger["story"] == courier["story"] == "https://herald.example/herald"
    assert (herald["outlets"], almanac["outlets"]) == (3, 1)
    assert herald["coverage"] == ["https://ledger.example/ledger", "https://courier.example/courier"]
    assert (almanac["story"], almanac["coverage"]) == ("https://almanac.example/almanac", [])


def test_what_stands_beside_an_article_says_how_why_and_when(newstui: Run, capsule: Path) -> None:
    (shown,) = objects(newstui("show", "--json", "--from", capsule, "https://herald.example/herald"))
    ledger, courier = shown["coverage"]
    assert [list(ledger), list(courier)] == [BESIDE_KEYS] * 2
    assert (ledger["relation"], ledger["after"], ledger["why"][-1]) == ("copy", 4 * 3600, "4 h apart")
    assert (courier["relation"], courier["after"], courier["why"][-1]) == ("same story", 55_560, "15 h apart")
    assert courier["why"][0].startswith("shares ")
    assert "Orlop" in courier["why"][0]
    assert courier["excerpt"].startswith("Scientists opened")
    assert courier["outlet"] == {"name": "Courier", "domain": "courier.example"}


def test_an_article_is_shown_with_its_coverage(newstui: Run, capsule: Path) -> None:
    shown = newstui("show", "--from", capsule, "https://courier.example/courier").out
    assert shown.endswith("""
Coverage: 3 outlets, 2 independent reports
  Earliest in your library: Herald, Fri 8 May 2020, 22:34
  Fri 8 May 2020, 22:34 · Herald
    Orlop capsule lands in Vesper desert with dust from asteroid Quill
    +1 copy of the same text: Ledger
  Sat 9 May 2020, 14:00 · +15 h · Courier · this report
""")
    alone = newstui("show", "--from", capsule, "https://almanac.example/almanac").out
    assert alone.endswith("\n\nCoverage: no other report in your library\n")


def test_what_only_the_publisher_lists_stands_last_and_is_no_coverage(newstui: Run, article: Write) -> None:
    related = (
        "\n  - title: Harbour bridge closes for a year of repairs\n    webUrl: https://other.example/x"
        "\n    publishedDateTime: 2020-05-07T09:00:00Z"
    )
    path = article("one", title="Village choir wins the singing contest", related=related)
    (shown,) = objects(newstui("show", "--json", "--from", path, "https://news.example/one"))
    assert [(it["relation"], it["why"], it["after"]) for it in shown["coverage"]] == [("listed", [], -135_240)]
    assert shown["outlets"] == 1
    text = newstui("show", "--from", path, "https://news.example/one").out
    assert text.index("Coverage: no other report") < text.index("Also listed by the publisher: 1")


def test_a_digest_says_how_much_there_was_and_tells_it(newstui: Run, capsule: Path) -> None:
    told = newstui("digest", "--from", capsule, "--now", "2020-05-09T18:00:00Z")
    assert (
        told.out
        == """\
since yesterday 18:00: 2 stories, 1 reported by several outlets

Orlop capsule lands in Vesper desert with dust from asteroid Quill
  3 outlets, 2 independent reports · earliest yesterday 22:34 Herald
  also Ledger, Courier
  https://herald.example/herald

Village choir wins the singing contest for the third time
  Almanac · 15:00
  https://almanac.example/almanac
"""
    )
    assert (told.err, told.status) == ("", 0)


def test_a_digest_of_the_past_says_what_it_would_have_said_then(newstui: Run, capsule: Path) -> None:
    told = newstui("digest", "--from", capsule, "--now", "2020-05-09T03:00:00Z", "--since", "12h").out
    assert (
        told
        == """\
since yesterday 15:00: 1 story, 1 reported by several outlets

Orlop capsule lands in Vesper desert with dust from asteroid Quill
  2 outlets, 1 independent report · earliest yesterday 22:34 Herald
  also Ledger
  https://herald.example/herald
"""
    )
    assert newstui("digest", "--from", capsule, "--now", "2020-05-08T20:00:00Z").out == (
        "since yesterday 20:00: no stories\n"
    )
    assert newstui("digest", "--from", capsule, "--now", "2020-06-09").out == "since yesterday 00:00: no stories\n"


def test_a_digest_is_cut_and_counts_the_rest(newstui: Run, capsule: Path) -> None:
    told = newstui("digest", "--from", capsule, "--now", "2020-05-09T18:00:00Z", "--limit", "1").out
    assert told.startswith("since yesterday 18:00: 2 stories, 1 reported by several outlets\n\nOrlop capsule")
    assert told.endswith("\n\nand 1 more story\n")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("--since 3", "a span of time"),
        ("--since 1d,2d", "a span of time"),
        ("--now yesterday", "it must be a time"),
        ("--limit -1", "whole number"),
        ("words", "words"),
    ],
)
def test_a_digest_of_no_time_that_there_is_says_so(newstui: Run, words: str, complaint: str) -> None:
    done = newstui("digest", *words.split())
    assert (done.out, done.status, len(done.err.splitlines())) == ("", 2, 1)
    assert complaint in done.err


def test_stories_are_told_from_the_library_of_the_reader(newstui: Run, capsule: Path) -> None:
    newstui("add", capsule)
    newstui("mark", "read", "choir")
    told = objects(newstui("stories", "--json"))
    assert [story["read"] for story in told] == [False, True]
    assert len(objects(newstui("stories", "is:unread", "--json"))) == 1
    assert len(objects(newstui("list", "is:multi", "--json"))) == 3


def test_a_place_that_cannot_be_read_fails_and_the_others_are_told(newstui: Run, capsule: Path) -> None:
    for verb in (("stories",), ("digest", "--now", "2020-05-09T18:00:00Z")):
        done = newstui(*verb, "--from", capsule, "--from", "/nonexistent")
        assert (done.status, "/nonexistent" in done.err) == (1, True)
        assert "Village choir" in done.out


def test_the_seed_document_alone_shows_its_related_reports_as_coverage(newstui: Run, shared: Path) -> None:
    place = shared / "seed-article.md"
    (row,) = objects(newstui("list", "--json", "--from", place))
    (shown,) = objects(newstui("show", "--json", "--from", place, row["url"]))
    assert row["outlets"] == 4
    assert {it["url"] for it in shown["coverage"]} == set(row["coverage"])
    assert len(row["coverage"]) == 3
    assert {it["relation"] for it in shown["coverage"]} <= {"same story", "copy"}
    assert all(it["why"] for it in shown["coverage"])
    text = newstui("show", "--from", place, row["url"]).out
    assert "Coverage: 4 outlets" in text
    assert "Also listed by the publisher" not in text


def test_a_digest_of_the_corpus_reads_well_in_a_mail(newstui: Run, shared: Path) -> None:
    words = ("digest", "--from", shared / "corpus" / "articles", "--now", "2020-05-09T00:00:00Z", "--since", "4d")
    done = newstui(*words, COLUMNS="200", PYTHONHASHSEED="0")
    lines = done.out.splitlines()
    assert lines[0].startswith("since 5 May 00:00: ")
    assert lines[0].endswith(" reported by several outlets")
    assert all(shortened(line, 72) == line for line in lines if "://" not in line)
    assert sum("://" in line for line in lines) == 20
    assert lines[-1].endswith(" more stories")
    assert newstui(*words, COLUMNS="200", PYTHONHASHSEED="7") == done
