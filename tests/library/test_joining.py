"""Which story a report joins: before and after others, changed, known from a list only, gone and come back."""

from collections.abc import Iterator

import pytest

from newstui.library import Library
from newstui.library.grouping import WINDOW
from tests.library.events import BREAD, BRIDGE, DAY, HOUR, NOW, add, article, bridge, row, stories_of


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


# In the order of time, and out of it.


def test_a_late_report_finds_what_came_before_and_after_it(library: Library) -> None:
    before, late, after = (bridge(number) for number in range(3))
    for report in (after, before, late):
        add(library, report)
    assert stories_of(library, before, late, after) == [after.url] * 3
    reports = library.coverage(row(library, late).id).reports
    assert [report.url for report in reports if report.score is not None] == [before.url, after.url]


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize(("seconds", "is_one"), [(WINDOW, True), (WINDOW + 1, False)])
def test_reports_of_one_story_are_a_week_apart_at_most(
    library: Library, seconds: int, is_one: bool, direction: int
) -> None:
    first, second = (article(n, *BRIDGE[0], outlet=n, published=NOW + n * seconds * direction) for n in range(2))
    add(library, first)
    add(library, second)
    assert (stories_of(library, second) == [first.url]) == is_one
    assert WINDOW == 7 * DAY


def test_a_story_goes_on_for_longer_than_a_week_by_reports_in_between(library: Library) -> None:
    reports = [article(n, *BRIDGE[0], outlet=n, published=NOW + n * 5 * DAY) for n in range(4)]
    add(library, *reports)
    assert stories_of(library, *reports) == [reports[0].url] * 4


# What an article says later.


def test_a_changed_headline_moves_no_article(library: Library) -> None:
    changing, bread = bridge(0), article(1, *BREAD, outlet=1)
    add(library, changing, bread)
    add(library, article(0, *BREAD))
    assert row(library, changing).former_headline == BRIDGE[0][0]
    assert stories_of(library, changing, bread) == [changing.url, bread.url]
    add(library, bridge(2))
    assert stories_of(library, bridge(2)) == [changing.url]


def test_a_listed_report_joins_at_once_and_keeps_its_story_when_its_document_comes(library: Library) -> None:
    document, listed = article(0, *BRIDGE[0]), article(1, BRIDGE[1][0], outlet=1, origin="listed", place="0")
    add(library, document, listed=(listed,))
    assert stories_of(library, listed) == [document.url]
    assert row(library, document).outlets == 2
    id = row(library, listed).id
    add(library, article(1, *BREAD, outlet=1))
    known = row(library, listed)
    assert (known.id, known.origin, known.headline, known.story_key) == (id, "document", BREAD[0], document.url)


def test_a_document_joins_the_story_of_what_was_only_listed(library: Library) -> None:
    listed, document = article(0, *BRIDGE[0], origin="listed"), article(1, *BRIDGE[1], outlet=1, published=NOW + HOUR)
    add(library, listed=(listed,))
    assert library.topics()[0].stories == 0
    add(library, document)
    assert stories_of(library, listed, document) == [listed.url] * 2
    (story,) = library.story_rows([row(library, document).story])
    assert (library.topics()[0].stories, story.headline, story.outlets) == (1, BRIDGE[1][0], 2)


# A founder that leaves, and one that comes back.


FOUNDER, MEMBER, LATEST = (bridge(number) for number in range(3))


@pytest.fixture
def left(library: Library) -> Library:
    """A library whose bridge story is without the report that founded it."""
    add(library, FOUNDER, source="Dropped")
    add(library, MEMBER)
    library.unsubscribe("Dropped")
    return library


def test_a_founder_that_leaves_leaves_its_id_and_its_name_behind(left: Library) -> None:
    member = row(left, MEMBER)
    assert left.find(FOUNDER.url) is None
    assert (member.story_key, member.story != member.id, member.outlets) == (FOUNDER.url, True, 1)
    add(left, LATEST)
    assert row(left, LATEST).story == member.story


def test_a_founder_that_comes_back_joins_what_it_founded(left: Library) -> None:
    add(left, FOUNDER)
    founder, member = row(left, FOUNDER), row(left, MEMBER)
    assert (founder.story, founder.story_key) == (member.story, FOUNDER.url)
    assert founder.id != founder.story


def test_a_founder_that_comes_back_with_another_event_founds_a_story_of_another_name(left: Library) -> None:
    add(left, article(0, *BREAD))
    assert stories_of(left, FOUNDER, MEMBER) == [f"{FOUNDER.url}~2", FOUNDER.url]
    left.unsubscribe("News")
    add(left, article(0, *BREAD))
    assert stories_of(left, FOUNDER) == [FOUNDER.url]
