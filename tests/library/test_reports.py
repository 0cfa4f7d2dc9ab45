"""Who else reports an article: which reports stand beside it, in which order, and what is said of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from newstui.article import Article
from newstui.library import Library
from newstui.library.rows import AgreedFigure, Coverage, Report, Why
from tests.library.events import BREAD, BRIDGE, DAY, HOUR, LATER, NOW, add, article, bridge, row

MIDNIGHT = NOW - NOW % DAY
WIRE = "Barge strikes pillar of Harbour Bridge, thousands of people walk to work"
WIRE_TEXT = (
    "Thousands walked to work across the ice on Monday after a barge struck a pillar of the Harbour Bridge at dawn and "
    "engineers closed it for a week, the harbour master of Lindholm told reporters beside the empty lanes."
)


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


def of(library: Library, article: Article) -> Coverage:
    return library.coverage(row(library, article).id)


def urls(reports: tuple[Report, ...]) -> list[str]:
    return [report.url for report in reports]


def wired(number: int, **said: Any) -> Article:
    """The text of an agency as the numbered outlet prints it, so many hours after the first."""
    return article(number, WIRE, WIRE_TEXT, **{"outlet": number, "published": NOW + number * HOUR} | said)


# Which reports, and in which order.


def test_an_article_that_nobody_else_reports_stands_alone(library: Library) -> None:
    add(library, bridge(0), article(7, *BREAD, outlet=7))
    stored = row(library, bridge(0))
    (itself,) = of(library, bridge(0)).reports
    assert of(library, bridge(0)) == Coverage(stored.story, 1, 1, 1, NOW, stored.id, None, (), (itself,), ())
    assert (itself.headline, itself.is_member, itself.is_same_outlet, itself.score) == (BRIDGE[0][0], True, True, None)


def test_nothing_stands_beside_an_article_that_is_gone(library: Library) -> None:
    assert library.coverage(7) == Coverage(0, 0, 0, 0, None, None, None, (), (), ())


def test_reports_come_in_order_of_time_whichever_is_asked_about(library: Library) -> None:
    add(library, *map(bridge, (2, 0, 1)))
    for number in range(3):
        coverage = of(library, bridge(number))
        assert urls(coverage.reports) == [bridge(number).url for number in range(3)]
        assert (coverage.outlets, coverage.articles, coverage.independent) == (3, 3, 3)
        itself = coverage.reports[number]
        assert [report.is_same_outlet for report in coverage.reports] == [
            report is itself for report in coverage.reports
        ]
        assert (itself.score, itself.article in coverage.best) == (None, False)


def test_a_report_says_all_that_its_line_shows(library: Library) -> None:
    nameless = bridge(1, outlet="www.echo.example", is_day_only=True)
    add(library, bridge(0), nameless)
    library.mark_read([row(library, nameless).story], True, LATER)
    report = of(library, bridge(0)).reports[1]
    assert report[:5] == (row(library, nameless).id, nameless.url, NOW + HOUR, True, True)
    assert report[5:9] == ("www.echo.example", "www.echo.example", BRIDGE[1][0], True)


def test_an_outlet_counts_once_whichever_of_its_hosts_reports(library: Library) -> None:
    hosts = ("www.herald.example", "m.herald.example", "echo.example")
    first, *others = (bridge(number, outlet=host) for number, host in enumerate(hosts))
    add(library, first, *others)
    coverage = of(library, first)
    assert (coverage.outlets, coverage.articles, row(library, first).outlets) == (2, 3, 2)
    assert [report.is_same_outlet for report in coverage.reports] == [True, True, False]


def test_other_outlets_come_first_among_the_best_and_the_most_alike_before_the_others(library: Library) -> None:
    own = bridge(4, outlet=0)
    add(library, *map(bridge, range(3)), own)
    coverage = of(library, bridge(0))
    scores = {report.article: report.score or 0 for report in coverage.reports}
    others = [row(library, bridge(number)).id for number in (1, 2)]
    assert coverage.best == (*sorted(others, key=lambda id: -scores[id]), row(library, own).id)


# Members without a link, and links from outside.

CHAIN = ("Alder birch cedar dogwood", "Cedar dogwood elder fir", "Elder fir gorse hazel")
"""Each shares words with the next."""


def chained(number: int, **said: Any) -> Article:
    return article(number, CHAIN[number], **{"outlet": number, "published": NOW + number * HOUR} | said)


def test_a_member_without_a_link_is_coverage_and_comes_last(library: Library) -> None:
    add(library, *map(chained, range(3)))
    coverage = of(library, chained(0))
    assert [(report.is_member, report.score is not None) for report in coverage.reports[1:]] == [
        (True, True),
        (True, False),
    ]
    assert coverage.best == tuple(row(library, chained(number)).id for number in (1, 2))
    first, last = (row(library, chained(number)).id for number in (0, 2))
    assert library.why(first, last) == Why((), (), 2 * HOUR, False)


def test_a_link_from_outside_the_story_is_shown_but_not_counted(library: Library) -> None:
    add(library, chained(0), chained(2), chained(1, published=NOW + 9 * HOUR))
    middle = of(library, chained(1))
    assert middle.story in (row(library, chained(0)).story, row(library, chained(2)).story)
    assert [report.is_member for report in middle.reports].count(False) == 1
    assert (len(middle.reports), middle.articles, middle.outlets) == (3, 2, 2)
    (outsider,) = (report for report in middle.reports if not report.is_member)
    beside = library.coverage(outsider.article)
    assert [(report.article == outsider.article, report.is_member) for report in beside.reports] == [
        (report.article == outsider.article,) * 2 for report in beside.reports
    ]
    assert (beside.articles, beside.outlets, beside.independent) == (1, 1, 1)


# Copies.


def test_copies_fold_onto_the_earliest_and_are_one_voice(library: Library) -> None:
    add(library, *map(wired, (3, 1, 2)), bridge(0))
    coverage = of(library, bridge(0))
    original = row(library, wired(1)).id
    assert [report.copy_of for report in coverage.reports] == [None, None, original, original]
    assert (coverage.outlets, coverage.articles, coverage.independent) == (4, 4, 2)


def test_what_copies_a_copy_in_part_folds_onto_no_copy(library: Library) -> None:
    first = article(0, WIRE, "A short note.", published=NOW)
    second = wired(1)
    third = article(2, "Harbour Bridge: barge accident", WIRE_TEXT, outlet=2, published=NOW + 2 * HOUR)
    add(library, first, second, third)
    assert [report.copy_of for report in of(library, first).reports] == [None, row(library, first).id, None]


# What is said of the first.


@pytest.mark.parametrize(
    "unclear",
    [{"published": MIDNIGHT}, {"published": NOW - HOUR, "is_day_only": True}, {"published": None}],
    ids=["midnight", "day only", "unknown"],
)
def test_a_report_without_an_exact_time_is_never_called_the_earliest(library: Library, unclear: dict[str, Any]) -> None:
    add(library, bridge(0, **unclear), bridge(1), bridge(2), now=NOW + 3 * HOUR)
    coverage = of(library, bridge(0))
    assert coverage.articles == 3
    assert (coverage.first_report, coverage.earliest) == (NOW + HOUR, row(library, bridge(1)).id)


def test_nothing_is_called_the_earliest_where_no_time_is_exact(library: Library) -> None:
    add(library, *(bridge(number, published=MIDNIGHT + number * DAY) for number in range(3)))
    coverage = of(library, bridge(1))
    assert (coverage.articles, coverage.first_report, coverage.earliest, coverage.first_of_its_own) == (
        3,
        None,
        None,
        None,
    )
    add(library, article(7, *BREAD, published=MIDNIGHT))
    assert of(library, article(7, *BREAD)).earliest is None


def test_the_first_of_its_own_is_from_no_wire_and_not_from_the_subject(library: Library) -> None:
    wire = bridge(0, outlet="apnews.com")
    add(library, wire, bridge(1, outlet="www.harbourbridge.example"), bridge(2))
    coverage = of(library, bridge(2))
    assert coverage.earliest == row(library, wire).id
    assert coverage.first_of_its_own == row(library, bridge(2)).id


def test_no_first_of_its_own_is_named_where_it_is_the_earliest_or_there_is_none(library: Library) -> None:
    add(library, *map(bridge, range(2)))
    assert of(library, bridge(0)).first_of_its_own is None
    wires = [chained(number, outlet=wire) for number, wire in enumerate(("apnews.com", "reuters.com"))]
    add(library, *wires)
    assert of(library, wires[0]).first_of_its_own is None


# Figures.


def test_figures_are_agreed_on_by_outlets_and_not_by_reports(library: Library) -> None:
    texts = ("$25 million for 365 bolts, 40% by the state", "$25M, $3bn, 40 percent, 365", "$3bn or $25m, 365")
    outlets = ("paper.example", "echo.example", "www.echo.example")
    reports = [bridge(n, excerpt=f"{BRIDGE[n][1]} {texts[n]}", outlet=outlets[n]) for n in range(3)]
    add(library, *reports)
    assert of(library, reports[0]).figures == (AgreedFigure("$25m", 2), AgreedFigure("40%", 2))
    third = bridge(3, excerpt="It costs $3 billion.")
    add(library, third, bridge(4, excerpt="The state pays $25M."))
    assert of(library, third).figures == (AgreedFigure("$25m", 3), AgreedFigure("$3bn", 2), AgreedFigure("40%", 2))


# Why.


def test_why_says_what_both_say_as_the_one_asked_about_writes_it(library: Library) -> None:
    one = article(0, "Companies plan Lindholm bridges for $25 million", published=NOW)
    two = article(1, "Bridge plans: Lindholm company to pay $25m", outlet=1, published=NOW + 2 * HOUR)
    add(library, one, two, article(7, *BREAD, outlet=7))
    first, second = row(library, one).id, row(library, two).id
    why = library.why(first, second)
    assert (set(why.words), why.figures, why.seconds_apart, why.is_linked) == (
        {"Companies", "plan", "Lindholm", "bridges"}, ("$25m",), 2 * HOUR, True,
    )  # fmt: skip
    back = library.why(second, first)
    assert (set(back.words), back.seconds_apart) == ({"company", "plans", "Lindholm", "Bridge"}, 2 * HOUR)


def test_why_says_no_time_where_one_is_not_known(library: Library) -> None:
    add(library, bridge(0), bridge(1, published=None))
    assert library.why(row(library, bridge(0)).id, row(library, bridge(1)).id).seconds_apart is None


def test_there_is_no_why_for_an_article_that_is_gone(library: Library) -> None:
    add(library, bridge(0))
    assert library.why(row(library, bridge(0)).id, 7) == Why((), (), None, False)
    assert library.why(7, row(library, bridge(0)).id) == Why((), (), None, False)
