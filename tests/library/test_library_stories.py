"""What is shown of whole stories, and of what is near them: rows, counts, new reports, similar and listed articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.article import Article
from newstui.library import Library
from newstui.library.rows import StoryRow
from newstui.query import Query, parse
from tests.library.events import BREAD, BRIDGE, HOUR, LATER, NOW, add, article, bridge, row

TREES = "Alder birch cedar dogwood elder fir gorse hazel"
SIMILAR, LESS_SIMILAR = "Alder elm fig", "Alder ivy juniper kelp"
REST = [article(number, f"Moon{number} star{number} sun{number}", outlet=number) for number in range(100, 160)]
"""What a library holds besides, so that a word in two articles is a rare one."""


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


def story_row(library: Library, article: Article) -> StoryRow:
    (story,) = library.story_rows([row(library, article).story])
    return story


# Told whole.


def test_a_story_is_told_with_all_of_its_reports(library: Library) -> None:
    add(library, bridge(0, topics=("Local", "accidents")), bridge(1, topics=("Local",)), bridge(2, topics=("Bridges",)))
    add(library, article(7, *BREAD, outlet=7))
    bridge_story, bread_story = row(library, bridge(0)).story, row(library, article(7, *BREAD, outlet=7)).story
    bread, told = library.told([bread_story, 5, bridge_story])
    assert (told.id, told.key, told.headline, told.excerpt) == (bridge_story, bridge(0).url, *BRIDGE[0])
    assert (told.outlets, told.topics, told.is_read) == (3, ("accidents", "Bridges", "Local"), False)
    assert (told.first, told.last) == (NOW, NOW + 2 * HOUR)
    assert [report.url for report in told.reports] == [bridge(number).url for number in range(3)]
    assert (bread.headline, len(bread.reports), bread.first) == (BREAD[0], 1, NOW)


def test_a_story_without_a_time_that_is_known_is_told_without_one(library: Library) -> None:
    add(library, bridge(0, published=None))
    (told,) = library.told([row(library, bridge(0)).story])
    assert (told.first, told.last) == (None, None)


def test_only_members_are_told_and_copies_are_marked(library: Library) -> None:
    copy = article(4, *BRIDGE[0], outlet=4, published=NOW + 4 * HOUR)
    add(library, bridge(0), bridge(1), copy)
    library.mark_read([row(library, bridge(0)).story], True, LATER)
    (told,) = library.told([row(library, copy).story])
    assert told.is_read
    assert [report.copy_of for report in told.reports] == [None, None, row(library, bridge(0)).id]


# The row of a story.


def test_the_row_of_a_story_stands_for_all_of_its_reports(library: Library) -> None:
    add(library, bridge(1), bridge(2))
    add(library, bridge(0, topics=("Local",)))
    earliest = row(library, bridge(0))
    assert story_row(library, bridge(2)) == StoryRow(
        earliest.story, earliest.id, BRIDGE[0][0], "Paper 0", NOW + 2 * HOUR, True, 3, True, False, 0
    )
    assert [(topic.name, topic.stories, topic.unread) for topic in library.topics()] == [("All", 1, 1), ("Local", 1, 1)]


def test_reading_a_story_reads_every_report_of_it(library: Library) -> None:
    add(library, *map(bridge, range(3)))
    library.mark_read([row(library, bridge(0)).story], True, LATER)
    assert [row(library, bridge(number)).is_read for number in range(3)] == [True] * 3
    library.undo()
    assert [row(library, bridge(number)).is_read for number in range(3)] == [False] * 3


def test_a_report_that_comes_later_leaves_a_story_read_and_is_counted_as_new(library: Library) -> None:
    add(library, bridge(0, topics=("Local",)))
    story = row(library, bridge(0)).story
    library.mark_read([story], True, LATER)
    add(library, bridge(1, topics=("Local",)), bridge(2, topics=("Local",)))
    assert (story_row(library, bridge(0)).is_unread, story_row(library, bridge(0)).new_reports) == (False, 2)
    assert [(topic.stories, topic.unread) for topic in library.topics()] == [(1, 0), (1, 0)]
    library.mark_read([story], True, LATER + 1)
    assert story_row(library, bridge(0)).new_reports == 0


def test_stories_are_found_and_ordered_by_their_outlets(library: Library) -> None:
    add(library, bridge(0), bridge(1), bridge(2), article(7, *BREAD, outlet=7, published=NOW + 9 * HOUR))

    def found(query: str) -> list[str]:
        return [it.headline for it in library.story_rows(library.listing(0, parse(query), "newest", LATER)[:])]

    assert found("is:multi") == found("outlets:>2") == [BRIDGE[0][0]]
    assert found("outlets:>3") == []
    assert found("sort:outlets") == [BRIDGE[0][0], BREAD[0]]
    assert found("") == [BREAD[0], BRIDGE[0][0]]


def test_a_story_stands_for_a_report_that_is_not_muted(library: Library) -> None:
    add(library, *map(bridge, range(3)))
    library.mute("outlet", "Paper 0", LATER)
    assert (story_row(library, bridge(2)).headline, library.topics()[0].stories) == (BRIDGE[1][0], 1)
    library.mute("word", "barge", LATER)
    assert library.topics()[0].stories == 0
    library.undo()
    library.undo()
    assert (story_row(library, bridge(2)).headline, library.topics()[0].stories) == (BRIDGE[0][0], 1)


def test_a_mute_of_all_but_a_listed_report_takes_the_story_out_of_every_topic(library: Library) -> None:
    listed = bridge(1, origin="listed")
    add(library, bridge(0, topics=("Local",)), listed=(listed,))
    library.mute("outlet", "Paper 0", LATER)
    assert [(topic.name, topic.stories) for topic in library.topics()] == [("All", 0)]
    assert len(library.listing(0, Query(), "newest", LATER)) == 0


# Similar ones, and what a publisher lists.


def test_what_is_similar_is_no_coverage_and_the_most_alike_comes_first(library: Library) -> None:
    trees = [article(number, title, outlet=number) for number, title in enumerate((TREES, LESS_SIMILAR, SIMILAR))]
    report = article(3, TREES, outlet=3, published=NOW + HOUR)
    add(library, *REST, *trees, report)
    asked = row(library, trees[0]).id
    assert [it.headline for it in library.similar(asked)] == [SIMILAR, LESS_SIMILAR]
    assert [it.url for it in library.coverage(asked).reports] == [trees[0].url, report.url]
    assert library.similar(row(library, REST[0]).id) == []
    assert library.similar(7) == []


def test_what_is_similar_is_found_by_any_library_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        add(library, *REST, article(0, TREES), article(1, SIMILAR, outlet=1))
        asked = row(library, article(0, TREES)).id
        there = library.similar(asked)
        with library.another() as other:
            assert other.similar(asked) == there
    with Library.open(path) as library:
        assert library.similar(asked) == there
    assert [it.headline for it in there] == [SIMILAR]


def test_what_a_publisher_lists_is_told_without_what_the_coverage_shows(library: Library) -> None:
    listed = (bridge(1, origin="listed"), article(7, *BREAD, outlet=7, origin="listed"))
    add(library, bridge(0), listed=listed, related={bridge(0).url: tuple(it.url for it in listed)})
    assert [it.headline for it in library.listed(row(library, bridge(0)).id)] == [BREAD[0]]
    assert [report.url for report in library.coverage(row(library, bridge(0)).id).reports] == [
        bridge(0).url,
        bridge(1).url,
    ]
