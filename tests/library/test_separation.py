"""Not the same story: a report that the reader takes out of its story stays out, for good, and can be put back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newstui.article import Article
from newstui.library import Library
from newstui.library.rows import Change
from tests.library import recount
from tests.library.events import BREAD, BRIDGE, HOUR, LATER, NOW, add, article, bridge, row, stories_of

TABLES = ("article", "story", "story_topic", "story_name", "topic", "link", "term", "separated", "state")
FOUNDER, MEMBER, OTHER = map(bridge, range(3))


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        add(library, FOUNDER, MEMBER, OTHER)
        yield library


def everything(library: Library) -> list[Any]:
    return [recount.rows(library, f"SELECT * FROM {table}") for table in TABLES]


def separate(library: Library, article: Article) -> Change:
    return library.separate(row(library, article).id, LATER)


def beside(library: Library, article: Article) -> list[str]:
    return [report.url for report in library.coverage(row(library, article).id).reports if report.url != article.url]


def again(library: Library, *articles: Article) -> None:
    """Drop all that is here and read it again, in this order."""
    library.unsubscribe("News")
    for one in articles:
        add(library, one)


def test_a_report_that_is_taken_out_has_a_story_of_its_own(library: Library) -> None:
    story = row(library, MEMBER).story
    change = separate(library, MEMBER)
    assert (change.what, change.stories) == (
        f"Took out of the story: “{BRIDGE[1][0][:38]}…”",
        (story, row(library, MEMBER).story),
    )
    assert stories_of(library, FOUNDER, MEMBER, OTHER) == [FOUNDER.url, MEMBER.url, FOUNDER.url]
    assert [(it.headline, it.outlets) for it in library.story_rows(change.stories)] == [
        (BRIDGE[0][0], 2),
        (BRIDGE[1][0], 1),
    ]
    assert library.topics()[0].stories == 2


def test_it_is_hidden_from_the_others_and_they_from_it_also_from_those_that_come_later(library: Library) -> None:
    separate(library, MEMBER)
    later = bridge(3)
    add(library, later)
    assert beside(library, MEMBER) == []
    assert beside(library, later) == [FOUNDER.url, OTHER.url]
    assert stories_of(library, later) == [FOUNDER.url]


def test_what_its_publisher_lists_is_listed_again_when_it_is_no_coverage(library: Library) -> None:
    add(library, FOUNDER, related={FOUNDER.url: (MEMBER.url, OTHER.url)})
    founder = row(library, FOUNDER).id
    assert library.listed(founder) == []
    separate(library, MEMBER)
    assert [it.headline for it in library.listed(founder)] == [BRIDGE[1][0]]
    add(library, MEMBER, related={MEMBER.url: (FOUNDER.url,)})
    assert [it.headline for it in library.listed(row(library, MEMBER).id)] == [BRIDGE[0][0]]


def test_the_founder_leaves_its_name_to_the_others_and_is_called_by_a_number(library: Library) -> None:
    separate(library, FOUNDER)
    assert stories_of(library, FOUNDER, MEMBER, OTHER) == [f"{FOUNDER.url}~2", FOUNDER.url, FOUNDER.url]
    assert row(library, FOUNDER).story != row(library, MEMBER).story == row(library, FOUNDER).id


def test_a_founder_that_is_taken_out_twice_has_another_number_each_time(library: Library) -> None:
    separate(library, FOUNDER)
    twin = article(7, *BRIDGE[0], outlet=7, published=NOW + HOUR // 2)
    add(library, twin)
    assert stories_of(library, twin) == [f"{FOUNDER.url}~2"]
    separate(library, FOUNDER)
    assert stories_of(library, FOUNDER, twin, MEMBER) == [f"{FOUNDER.url}~3", f"{FOUNDER.url}~2", FOUNDER.url]
    assert beside(library, FOUNDER) == []


def test_a_report_that_came_back_to_the_story_with_its_name_is_called_by_a_number_when_it_is_taken_out() -> None:
    with Library.open(None) as library:
        add(library, FOUNDER, source="Dropped")
        add(library, MEMBER, OTHER)
        library.unsubscribe("Dropped")
        add(library, FOUNDER)
        assert stories_of(library, FOUNDER, MEMBER) == [FOUNDER.url, FOUNDER.url]
        separate(library, FOUNDER)
        assert stories_of(library, FOUNDER, MEMBER) == [f"{FOUNDER.url}~2", FOUNDER.url]


@pytest.mark.parametrize("which", [FOUNDER, MEMBER, OTHER], ids=["founder", "member", "last"])
def test_undo_and_redo_leave_everything_as_it_was(library: Library, which: Article) -> None:
    library.mark_read([row(library, FOUNDER).story], True, LATER)
    add(library, bridge(4, topics=("Local",)))
    before = everything(library)
    change = separate(library, which)
    after = everything(library)
    assert after != before
    for _ in range(2):
        undone = library.undo()
        assert undone is not None
        assert undone.what == change.what
        assert everything(library) == before
        assert library.redo() == change
        assert everything(library) == after


def test_undo_works_after_a_restart_and_after_others_have_come(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        add(library, FOUNDER, MEMBER, OTHER)
        separate(library, FOUNDER)
    with Library.open(path) as library:
        add(library, bridge(5), article(7, *BREAD, outlet=7))
        library.undo()
        assert stories_of(library, FOUNDER, MEMBER, OTHER, bridge(5)) == [FOUNDER.url] * 4
        assert recount.rows(library, "SELECT * FROM separated") == []
        library.redo()
        assert stories_of(library, FOUNDER, MEMBER, bridge(5)) == [f"{FOUNDER.url}~2", FOUNDER.url, FOUNDER.url]


def test_one_that_is_alone_cannot_be_taken_out_of_anything(library: Library) -> None:
    add(library, article(7, *BREAD, outlet=7))
    before = everything(library)
    assert separate(library, article(7, *BREAD, outlet=7)) == Change("Nothing to take it out of", ())
    assert library.separate(5, LATER).stories == ()
    assert everything(library) == before
    assert library.undo() is None


def test_importing_again_puts_nothing_back(library: Library) -> None:
    separate(library, MEMBER)
    before = everything(library)
    add(library, FOUNDER, MEMBER, OTHER)
    assert everything(library) == before


@pytest.mark.parametrize("which", [FOUNDER, MEMBER, OTHER], ids=["founder", "member", "last"])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_it_stays_apart_when_all_left_the_library_and_come_again(
    library: Library, which: Article, is_reversed: bool
) -> None:
    separate(library, which)
    others = [one for one in (FOUNDER, MEMBER, OTHER) if one is not which]
    for _ in range(2):
        again(library, *sorted((which, *others), key=lambda one: one.published or 0, reverse=is_reversed))
        stories = stories_of(library, which, *others)
        assert stories[1] == stories[2] != stories[0]
        assert beside(library, which) == []
        assert which.url not in beside(library, others[0])


def test_it_stays_apart_when_it_alone_left_and_comes_again() -> None:
    with Library.open(None) as library:
        add(library, FOUNDER, OTHER)
        add(library, MEMBER, source="Dropped")
        separate(library, MEMBER)
        library.unsubscribe("Dropped")
        add(library, MEMBER)
        assert stories_of(library, MEMBER, FOUNDER, OTHER) == [MEMBER.url, FOUNDER.url, FOUNDER.url]


def test_undo_lets_a_report_join_that_left_meanwhile(library: Library) -> None:
    separate(library, FOUNDER)
    library.unsubscribe("News")
    assert library.undo() is not None
    assert recount.rows(library, "SELECT * FROM separated") == []
    add(library, FOUNDER, MEMBER, OTHER)
    assert stories_of(library, FOUNDER, MEMBER, OTHER) == [FOUNDER.url] * 3


def test_undo_leaves_a_report_alone_whose_story_is_gone() -> None:
    with Library.open(None) as library:
        add(library, FOUNDER, MEMBER, source="Dropped")
        library.mark_saved([row(library, MEMBER).story], True, LATER)
        library.mark_saved([row(library, MEMBER).story], False, LATER)
        separate(library, MEMBER)
        library.mark_saved([row(library, MEMBER).story], True, LATER)
        library.unsubscribe("Dropped")
        library.undo()
        library.undo()
        assert stories_of(library, MEMBER) == [MEMBER.url]
        assert list(recount.stored_stories(library)) == list(recount.stories(library))


def test_a_linked_report_of_another_story_is_kept_out_on_both_sides_and_can_be_let_in_again(library: Library) -> None:
    separate(library, MEMBER)
    library._store.execute("DELETE FROM separated")  # as if it had never been of the story, and only linked to it
    story = row(library, FOUNDER).story
    assert beside(library, MEMBER) == [FOUNDER.url, OTHER.url]
    before = everything(library)
    change = library.keep_out(row(library, MEMBER).id, story, LATER)
    assert (change.what, change.stories) == (f"Kept out of the story: “{BRIDGE[1][0][:38]}…”", (story,))
    assert (beside(library, FOUNDER), beside(library, MEMBER)) == ([OTHER.url], [])
    assert library.undo() == change
    assert everything(library) == before
    assert library.redo() == change
    assert beside(library, MEMBER) == []
    again(library, MEMBER, FOUNDER, OTHER)
    assert row(library, MEMBER).story != row(library, FOUNDER).story
    assert library.keep_out(row(library, FOUNDER).id, row(library, FOUNDER).story, LATER).stories == ()
