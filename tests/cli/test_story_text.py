"""How stories, a digest and the coverage of an article read, on rows made by hand."""

import time
from collections.abc import Sequence

import pytest

from newstui.cli.beside import THROUGH_OTHERS, in_words
from newstui.cli.coverage_text import coverage_lines
from newstui.cli.digest_text import Digest, digest_lines
from newstui.cli.json_lines import story_fields
from newstui.cli.reports import amount, earliest_of, outlets_of, seconds_after
from newstui.cli.story_text import story_line, story_lines
from newstui.library.rows import AgreedFigure, Coverage, Report, StoryTold, Why
from newstui.tui.cells import shortened

NOON = 1_588_939_200
"""8 May 2020, 12:00 UTC, a Friday."""
HOUR, DAY = 3_600, 86_400


def report(article: int, outlet: str, published: int, *, copy_of: int | None = None, **said: bool | str) -> Report:
    """A report of a story; what is said replaces what it is as a rule."""
    row = Report(
        article=article,
        url=f"https://{outlet.lower().replace(' ', '')}.example/{article}",
        published=published,
        is_date_known=True,
        is_day_only=False,
        outlet=outlet,
        domain=f"{outlet.lower().replace(' ', '')}.example",
        headline=f"What {outlet} says",
        is_read=False,
        is_member=True,
        is_same_outlet=False,
        score=5.0,
        copy_of=copy_of,
    )
    return row._replace(**said)  # type: ignore[arg-type]


def told(reports: Sequence[Report], headline: str = "") -> StoryTold:
    """A story of these reports, with the headline of the first."""
    return StoryTold(
        id=reports[0].article,
        key=reports[0].url,
        headline=headline or reports[0].headline,
        excerpt="",
        outlets=len({it.domain for it in reports}),
        topics=("AI",),
        first=reports[0].published,
        last=reports[-1].published,
        is_read=False,
        reports=tuple(reports),
    )


THREE = (
    report(1, "Herald", NOON),
    report(2, "Kestrel Wire", NOON + 40 * 60),
    report(3, "Ledger", NOON + 5 * HOUR, copy_of=2),
)


def coverage(reports: Sequence[Report], **said: object) -> Coverage:
    """The coverage that these reports make."""
    made = Coverage(
        story=1,
        outlets=len({it.domain for it in reports}),
        independent=len({it.copy_of or it.article for it in reports}),
        articles=len(reports),
        first_report=reports[0].published,
        earliest=reports[0].article,
        first_of_its_own=None,
        figures=(),
        reports=tuple(reports),
        best=tuple(it.article for it in reports[1:]),
    )
    return made._replace(**said)  # type: ignore[arg-type]


def test_outlets_are_counted_by_house_and_copies_are_one_voice() -> None:
    reports = [*THREE, report(4, "Herald", NOON + DAY, domain="m.herald.example")]
    assert outlets_of(reports) == ["Herald", "Kestrel Wire", "Ledger"]
    assert amount(3, reports) == "3 outlets, 3 independent reports"
    assert amount(2, THREE[:2]) == "2 outlets"
    assert amount(1, [THREE[0], reports[3]]) == "1 outlet, 2 reports"


def test_a_day_without_a_clock_is_never_the_earliest_and_comes_no_seconds_after() -> None:
    day = report(4, "Almanac", NOON - NOON % DAY, is_day_only=True)
    assert earliest_of([day, *THREE]) == THREE[0]
    assert earliest_of([day]) is None
    assert seconds_after(day, NOON) is None
    assert seconds_after(report(5, "Undated", NOON, is_date_known=False), NOON) is None
    assert seconds_after(THREE[1], NOON) == 40 * 60
    assert seconds_after(THREE[1], None) is None


def test_the_coverage_is_told_in_order_of_time_with_copies_folded() -> None:
    made = coverage(THREE, first_of_its_own=1, figures=(AgreedFigure("$10bn", 2), AgreedFigure("40%", 3)))
    assert list(coverage_lines(made, 1, 72)) == [
        "",
        "Coverage: 3 outlets, 2 independent reports",
        "  Earliest in your library: Herald, Fri 8 May 2020, 12:00",
        "  First report of its own: Herald, Fri 8 May 2020, 12:00",
        "  Figures that outlets agree on: $10bn in 2 of 3 · 40% in 3 of 3",
        "  Fri 8 May 2020, 12:00 · Herald · this report",
        "  Fri 8 May 2020, 12:40 · +40 m · Kestrel Wire",
        "    What Kestrel Wire says",
        "    +1 copy of the same text: Ledger",
    ]


def test_the_report_that_is_shown_is_marked_among_the_copies_too() -> None:
    assert list(coverage_lines(coverage(THREE), 3, 72))[-1] == "    +1 copy of the same text: Ledger (this report)"


@pytest.mark.parametrize("cells", [20, 40, 84])
def test_no_line_of_the_coverage_is_too_wide(cells: int) -> None:
    long = [it._replace(headline="many words " * 20, outlet="A Long Name of an Outlet") for it in THREE]
    for line in coverage_lines(coverage(long), 1, cells):
        assert shortened(line, cells) == line


def test_a_lone_article_says_that_nobody_else_reports_it() -> None:
    assert list(coverage_lines(coverage(THREE[:1]), 1, 72)) == ["", "Coverage: no other report in your library"]
    own = [THREE[0], report(9, "Herald", NOON + DAY)]
    assert list(coverage_lines(coverage(own), 1, 72))[1] == "Coverage: 2 reports, no other outlet in your library"


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Why(("protest", "Amazon"), ("$10bn",), 4 * HOUR, True), ("shares $10bn, protest, Amazon", "4 h apart")),
        (Why(("protest",), (), -30, True), ("shares protest", "at the same time")),
        (Why((), (), None, True), ()),
        (Why((), (), 4 * HOUR, False), (THROUGH_OTHERS,)),
    ],
)
def test_why_two_reports_are_one_story_is_said_in_words(why: Why, said: tuple[str, ...]) -> None:
    assert in_words(why) == said


def test_what_is_similar_is_in_no_story_through_others() -> None:
    assert in_words(Why(("protest",), (), DAY, False), is_story=False) == ("shares protest", "1 d apart")


def test_a_story_is_one_line_behind_a_pipe_and_two_on_a_terminal() -> None:
    story = told(THREE)
    assert story_line(story) == (
        "Fri 8 May 2020, 12:00  What Herald says · 3 outlets, 2 independent reports  https://herald.example/1"
    )
    assert list(story_lines(story, 80)) == [
        "What Herald says",
        "    Fri 8 May 2020, 12:00 · 1 · 3 outlets, 2 independent reports",
    ]
    assert " · Herald, 2 reports  " in story_line(told([THREE[0], report(9, "Herald", NOON + DAY)]))
    assert " · Herald  " in story_line(told(THREE[:1]))


@pytest.mark.parametrize(
    ("cells", "below"),
    [
        (60, ["Fri 8 May 2020, 12:00 · 1", "3 outlets, 2 independent reports"]),
        (26, ["Fri 8 May 2020, 12:00", "1", "3 outlets, 2 independ…"]),
    ],
)
def test_how_many_report_a_story_is_said_on_a_narrow_terminal_too(cells: int, below: list[str]) -> None:
    assert [line.strip() for line in story_lines(told(THREE), cells)][1:] == below


def test_a_story_is_opened_at_the_report_whose_headline_it_carries() -> None:
    assert story_line(told(THREE, headline=THREE[1].headline)).endswith("  https://kestrelwire.example/2")


def test_a_story_as_json_has_the_keys_that_scripts_know() -> None:
    fields = story_fields(told([THREE[0], THREE[2]._replace(is_date_known=False)]))
    members = fields.pop("members")
    assert fields == {
        "story": "https://herald.example/1",
        "title": "What Herald says",
        "outlets": 2,
        "articles": 2,
        "first": "2020-05-08T12:00:00Z",
        "last": "2020-05-08T17:00:00Z",
        "topics": ["AI"],
        "read": False,
    }
    assert members[1] == {
        "id": 3,
        "url": "https://ledger.example/3",
        "title": "What Ledger says",
        "outlet": {"name": "Ledger", "domain": "ledger.example"},
        "published": None,
        "copy_of": 2,
    }


def test_a_digest_tells_the_stories_and_counts_the_rest() -> None:
    lone = report(9, "Almanac", NOON - 20 * HOUR)
    digest = Digest(NOON - 18 * HOUR, NOON + 6 * HOUR, 23, 7, [told(THREE), told([lone])])
    assert list(digest_lines(digest, 72)) == [
        "since yesterday 18:00: 23 stories, 7 reported by several outlets",
        "",
        "What Herald says",
        "  3 outlets, 2 independent reports · earliest 12:00 Herald",
        "  also Kestrel Wire, Ledger",
        "  https://herald.example/1",
        "",
        "What Almanac says",
        "  Almanac · yesterday 16:00",
        "  https://almanac.example/9",
        "",
        "and 21 more stories",
    ]


def test_who_was_earliest_stands_on_a_line_of_its_own_where_both_do_not_fit() -> None:
    lines = list(digest_lines(Digest(NOON - DAY, NOON + HOUR, 1, 1, [told(THREE)]), 40))
    assert lines[-4:-2] == ["  3 outlets, 2 independent reports", "  earliest 12:00 Herald"]


@pytest.mark.parametrize(
    ("stories", "by_several", "said"),
    [(0, 0, "no stories"), (1, 0, "1 story, none reported by several outlets")],
)
def test_a_digest_of_little_says_so(stories: int, by_several: int, said: str) -> None:
    (line, *_) = digest_lines(Digest(NOON - 3 * DAY, NOON, stories, by_several, []), 72)
    assert line == f"since 5 May 12:00: {said}"


def test_many_outlets_are_named_as_far_as_the_width_goes() -> None:
    many = told([report(number, f"Outlet {number}", NOON + number) for number in range(1, 41)])
    lines = list(digest_lines(Digest(NOON - DAY, NOON + HOUR, 1, 1, [many]), 72))
    (named,) = [line for line in lines if line.startswith("  also ")]
    assert named == "  also Outlet 2, Outlet 3, Outlet 4, Outlet 5, Outlet 6 and 34 more"
    for cells in (20, 30, 72):
        for line in digest_lines(Digest(NOON - DAY, NOON + HOUR, 1, 1, [many]), cells):
            assert "://" in line or shortened(line, cells) == line


@pytest.mark.parametrize(
    ("is_date_known", "is_day_only", "said"), [(False, False, "date unknown"), (True, True, "8 May")]
)
def test_a_digest_says_no_clock_that_is_not_known(is_date_known: bool, is_day_only: bool, said: str) -> None:
    day = NOON - NOON % DAY
    lone = report(1, "Herald", day, is_date_known=is_date_known, is_day_only=is_day_only)
    assert f"  Herald · {said}" in list(digest_lines(Digest(day - DAY, NOON, 1, 0, [told([lone])]), 72))


def test_yesterday_is_the_day_before_however_long_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    after_the_short_day = 1_585_519_200  # Monday 30 March 2020, 00:00 in Berlin: Sunday had 23 hours
    (line,) = digest_lines(Digest(after_the_short_day - DAY, after_the_short_day, 0, 0, []), 72)
    assert line == "since 28 Mar 23:00: no stories"
    (line,) = digest_lines(Digest(after_the_short_day - HOUR, after_the_short_day, 0, 0, []), 72)
    assert line == "since yesterday 23:00: no stories"
