"""The list behind the sidebar: where things stand, and what stays where it is."""

from collections.abc import Iterator

import pytest

from newstui.article import Article, Batch
from newstui.config import Settings
from newstui.errors import ConfigError
from newstui.library import Library
from newstui.tui.filters import Filter
from newstui.tui.rows import Rows, views_of

NOON = 1_589_025_600


def report(number: int, *topics: str, **said: object) -> Article:
    fields = {"url": f"https://news.example/{number}", "title": f"Report {number}", "published": NOON - number * 60}
    return Article.model_validate(fields | {"origin": "document", "topics": topics} | said)


def add(library: Library, *articles: Article) -> None:
    library.add(1, Batch(articles), NOON)


@pytest.fixture
def library() -> Iterator[Library]:
    """AI with 200 stories, Cloud with 100 of them and one more."""
    with Library.open(None) as library:
        library.subscribe("folder", "/news", "News")
        both = (report(number, "AI", *(("Cloud",) if number % 2 else ())) for number in range(200))
        add(library, *both, report(200, "Cloud"))
        yield library


@pytest.fixture
def rows(library: Library) -> Rows:
    return Rows(library, lambda: NOON)


def names(rows: Rows) -> list[str]:
    return [group.name for group in rows.groups]


def headlines(rows: Rows) -> list[str]:
    stories = (rows.at(line).story for line in range(len(rows)))
    return [story.headline for story in stories if story is not None]


def test_all_stands_first_and_folded_and_the_first_topic_with_unread_stories_is_unfolded(rows: Rows) -> None:
    assert names(rows) == ["All", "AI", "Cloud", "Saved", "Several outlets", "Today"]
    assert rows.unfolded == {rows.groups[1].key}
    assert headlines(rows) == [f"Report {number}" for number in range(200)]


def test_a_topic_that_is_read_is_not_the_one_to_unfold(library: Library) -> None:
    ai = next(topic.id for topic in library.topics() if topic.name == "AI")
    library.mark_read(list(library.listing(ai, Filter().query_for(""), "newest", NOON)), True, NOON)
    rows = Rows(library, lambda: NOON)
    assert names(rows)[:3] == ["All", "Cloud", "AI"]
    assert rows.unfolded == {rows.groups[1].key}


def test_there_is_no_all_where_one_topic_holds_everything() -> None:
    with Library.open(None) as library:
        library.subscribe("folder", "/news", "News")
        add(library, report(1, "AI"), report(2, "AI", "Cloud"))
        assert names(Rows(library, lambda: NOON))[:2] == ["AI", "Cloud"]


def test_the_order_of_topics_stays_when_reading_changes_the_counts(library: Library, rows: Rows) -> None:
    library.mark_read(rows.shown_stories(2), True, NOON)
    rows.refresh_counts()
    assert names(rows)[:3] == ["All", "AI", "Cloud"]
    assert rows.groups[1].unread == 0
    assert names(Rows(library, lambda: NOON))[:3] == ["All", "Cloud", "AI"]


def test_a_new_topic_comes_after_the_others_and_before_the_views(library: Library, rows: Rows) -> None:
    add(library, *(report(number, "New") for number in range(1_000, 1_500)))
    rows.arrived()
    assert names(rows)[:5] == ["All", "AI", "Cloud", "New", "Saved"]


def test_every_line_says_what_stands_on_it_and_every_story_where(rows: Rows) -> None:
    rows.unfolded.add(rows.groups[2].key)
    rows.lines_a_story = 2
    rows.arrange()
    for line in range(len(rows)):
        place = rows.at(line)
        if place.story is not None and place.block.group is not None:
            assert rows.line_of(place.block.group.key, place.story.id) == rows.start_of_row(line) == line - place.part
    assert len(headlines(rows)) == 2 * (200 + 101)


def test_a_story_that_is_not_shown_is_at_its_group_and_a_group_that_is_gone_nowhere(rows: Rows) -> None:
    cloud = rows.groups[2].key
    assert rows.line_of(cloud, 1) == rows.line_of(cloud) is not None
    assert rows.line_of("topic:99") is None


def test_far_pages_are_fetched_when_they_are_looked_at_and_few_are_kept(rows: Rows) -> None:
    for line in (len(rows) - 10, 150, 3):
        story = rows.at(line).story
        assert story is None or story.headline == f"Report {line - 2}"
    rows.unfolded.update(group.key for group in rows.groups)
    rows.arrange()
    for line in range(len(rows)):
        rows.at(line)
    assert len(rows._pages) <= 12


def test_a_read_story_stays_in_a_list_of_unread_ones_until_the_view_changes(library: Library, rows: Rows) -> None:
    rows.filter = Filter().toggled("u")
    rows.renew()
    first = rows.at(2).story
    assert first is not None
    library.mark_read([first.id], True, NOON)
    rows.forget()
    rows.arrived()
    assert headlines(rows)[0] == first.headline
    rows.renew()
    assert first.headline not in headlines(rows)


def test_what_arrives_takes_its_place_in_an_unfiltered_list(library: Library, rows: Rows) -> None:
    assert headlines(rows)[0] == "Report 0"
    add(library, report(-5, "AI", title="An eclipse"), report(500, "AI"))
    assert headlines(rows)[0] == "Report 0"
    rows.arrived()
    assert (headlines(rows)[0], headlines(rows)[-1]) == ("An eclipse", "Report 500")


def test_views_and_what_folded_topics_hold_of_a_filter_are_counted_one_at_a_time(rows: Rows) -> None:
    rows.filter = Filter().toggled("u")
    rows.renew()
    rows.count_anew()
    counts = 0
    while rows.count_next():
        counts += 1
    assert counts == len(rows.groups)
    assert [group.stories for group in rows.groups if group.is_view] == [0, 0, 201]
    assert rows.found[rows.groups[2].key] == 101


def test_the_order_can_be_another_one_and_a_query_can_ask_for_its_own(rows: Rows) -> None:
    rows.sort = "oldest"
    rows.renew()
    assert headlines(rows)[0] == "Report 199"
    rows.filter = Filter().asked("sort:newest")
    rows.renew()
    assert headlines(rows)[0] == "Report 0"


def test_views_of_the_settings_stand_below_the_others(library: Library) -> None:
    rows = Rows(library, lambda: NOON, views=views_of(Settings(views={"First ones": "title:report"})))
    assert names(rows)[-1] == "First ones"
    with pytest.raises(ConfigError, match="First"):
        views_of(Settings(views={"First": "is:nothing"}))


def test_an_empty_library_has_lines_for_the_views_only() -> None:
    with Library.open(None) as library:
        rows = Rows(library, lambda: NOON)
        assert headlines(rows) == []
        assert names(rows) == ["All", "Saved", "Several outlets", "Today"]


def test_a_list_that_turns_out_shorter_than_it_was_ends_earlier(library: Library, rows: Rows) -> None:
    assert rows.at(2).story is not None
    for number in range(150, 160):
        library.mute("word", str(number), NOON)
    assert headlines(rows) == [f"Report {number}" for number in range(200) if not 150 <= number < 160]
    assert len(rows.shown_stories(2)) == 190
