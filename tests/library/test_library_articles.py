"""What becomes of articles as they arrive: new, known, listed, changed, from elsewhere."""

import json
from collections.abc import Iterator

import pytest

from newstui.article import Article, Batch, Image, Link, Outlet
from newstui.errors import LibraryError
from newstui.library import Library
from newstui.library.rows import Added, ArticleRow, Topic
from newstui.query import Query, parse

NOW = 1_600_000_000
DAY = 86_400
HOUR = 3_600


def report(number: int = 1, **said: object) -> Article:
    fields = {"url": f"https://news.example/{number}", "title": f"Report {number}", "published": NOW - DAY * number}
    return Article.model_validate(fields | {"origin": "document", "place": f"{number}.md"} | said)


def listed(number: int, **said: object) -> Article:
    return report(number, **({"origin": "listed", "place": "list.md"} | said))


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        library.subscribe("folder", "/news", "News")
        yield library


def add(library: Library, *articles: Article, now: int = NOW, **more: object) -> Added:
    (source,) = library.subscriptions()
    return library.add(source.id, Batch(articles, **more), now)  # type: ignore[arg-type]


def only(library: Library, number: int = 1) -> ArticleRow:
    found = library.find(f"https://news.example/{number}")
    assert found is not None
    row = library.article(found)
    assert row is not None
    return row


def headlines(library: Library, query: str = "") -> list[str]:
    listing = library.listing(0, parse(query), "newest", NOW)
    return [row.headline for row in library.story_rows(listing[:])]


def search_index_is_right(library: Library) -> bool:
    library._store.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
    return True


def test_an_article_is_stored_as_it_came(library: Library) -> None:
    full = report(
        original="https://origin.example/1", excerpt="Its start", text="Its *text*", topics=("AI", "Cloud"),
        outlet=Outlet(name="Herald", domain="herald.example"), quality=4, heat=7, category="news", kind="article",
        is_day_only=True, is_current=False, images=(Image(url="https://i.example/1.png", width=3, height=4),),
        links=(Link(label="AMP", url="https://amp.example/1"),), warnings=("a key was left out",),
    )  # fmt: skip
    assert add(library, full) == Added(1, 0)
    row = only(library)
    assert row.images[0] == ("https://i.example/1.png", 3, 4)
    assert row.links[0] == ("AMP", "https://amp.example/1")
    assert (row.headline, row.outlet, row.domain, row.topics) == (
        "Report 1",
        "Herald",
        "herald.example",
        ("AI", "Cloud"),
    )
    assert (row.quality, row.heat, row.is_day_only, row.is_current, row.is_read) == (4, 7, True, False, False)
    assert (row.source, row.place, row.warnings) == ("News", "1.md", ("a key was left out",))


def test_ids_grow_with_publish_time_and_are_the_same_in_every_library(library: Library) -> None:
    add(library, report(1), report(2))
    assert only(library, 1).id > only(library, 2).id
    assert only(library, 1).id >> 20 == NOW - DAY
    with Library.open(None) as other:
        other.subscribe("folder", "/news", "News")
        add(other, report(2))
        assert only(other, 2).id == only(library, 2).id


def test_articles_of_one_second_have_ids_of_their_own(library: Library) -> None:
    many = [report(n, published=NOW) for n in range(3_000)]
    for first in range(0, len(many), 500):
        add(library, *many[first : first + 500])
    assert library.topics()[0].stories == 3_000
    assert len(set(library.listing(0, Query(), "newest", NOW))) == 3_000


@pytest.mark.parametrize("published", [None, -1, NOW + 2 * HOUR, 2**62])
def test_a_date_that_cannot_be_is_the_time_first_seen(library: Library, published: int | None) -> None:
    add(library, report(published=published))
    assert (only(library).published, only(library).is_date_known) == (NOW, False)
    add(library, report(published=published, title="Again"), now=NOW + 5)
    assert (only(library).published, only(library).headline) == (NOW, "Again")


def test_an_hour_ahead_is_a_clock_that_goes_wrong_and_still_a_date(library: Library) -> None:
    add(library, report(published=NOW + HOUR))
    assert (only(library).published, only(library).is_date_known) == (NOW + HOUR, True)


def test_an_unknown_heat_is_none(library: Library) -> None:
    add(library, report(heat=-1))
    assert only(library).heat is None


def test_the_same_batch_twice_changes_nothing(library: Library) -> None:
    add(library, report(1, topics=("AI",)), report(2))
    before = library.topics()
    assert add(library, report(1, topics=("AI",)), report(2)) == Added(0, 0)
    assert library.topics() == before


def test_a_changed_document_updates_its_article_and_keeps_its_state(library: Library) -> None:
    add(library, report(topics=("AI",)))
    first = only(library)
    library.mark_read([first.story], True, NOW)
    library.mark_saved([first.story], True, NOW)
    assert add(library, report(title="A new headline", topics=("Cloud",))) == Added(0, 1)
    row = only(library)
    assert (row.id, row.headline, row.former_headline) == (first.id, "A new headline", "Report 1")
    assert (row.is_read, row.is_saved, row.topics) == (True, True, ("Cloud",))
    assert [(topic.name, topic.stories, topic.unread) for topic in library.topics()] == [("All", 1, 0), ("Cloud", 1, 0)]
    assert headlines(library, "headline") == ["A new headline"]
    assert headlines(library, "report") == []
    assert search_index_is_right(library)


def test_a_former_headline_stays_known_while_the_headline_does_not_change_again(library: Library) -> None:
    add(library, report())
    add(library, report(title="Second"))
    add(library, report(title="Second", excerpt="More"))
    assert only(library).former_headline == "Report 1"


def test_a_changed_time_moves_a_story_but_not_its_id(library: Library) -> None:
    add(library, report(1), report(2))
    first = only(library, 1).id
    add(library, report(1, published=NOW - 9 * DAY))
    assert only(library, 1).id == first
    assert headlines(library) == ["Report 2", "Report 1"]


@pytest.mark.parametrize("is_one_batch", [True, False])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_documents_of_one_page_the_later_published_stands(
    library: Library, order: tuple[int, int], is_one_batch: bool
) -> None:
    documents = (
        report(title="Early", published=NOW - 9, place="z.md"),
        report(title="Late", published=NOW - 5, place="a.md"),
    )
    arriving = [documents[place] for place in order]
    for batch in [arriving] if is_one_batch else [[article] for article in arriving]:
        add(library, *batch)
    row = only(library)
    assert (row.headline, row.former_headline, row.place, row.published) == ("Late", "Early", "a.md", NOW - 5)
    assert library.topics()[0].stories == 1


def test_of_two_documents_of_one_time_the_greater_place_stands(library: Library) -> None:
    add(library, report(title="B", place="b.md", published=NOW))
    assert add(library, report(title="A", place="a.md", published=NOW)) == Added(0, 1)
    assert (only(library).headline, only(library).former_headline) == ("B", "A")


def test_a_page_under_another_spelling_of_its_url_is_the_same_article(library: Library) -> None:
    add(library, report(url="https://news.example/1"))
    assert add(library, report(url="http://NEWS.example/1/?utm_source=x", title="Again")) == Added(0, 1)


def test_a_listed_article_is_kept_out_of_topics_and_found_when_asked_for(library: Library) -> None:
    assert add(
        library, report(1), listed=(listed(2),), related={"https://news.example/1": ("https://news.example/2",)}
    ) == (1, 0)
    assert library.topics() == [Topic(0, "All", 1, 1)]
    assert headlines(library) == ["Report 1"]
    assert headlines(library, "is:listed") == ["Report 2"]
    assert [row.headline for row in library.listed(only(library, 1).id)] == ["Report 2"]


def test_a_listed_article_becomes_the_document_that_comes_later(library: Library) -> None:
    add(library, listed=(listed(1, title="As listed"),))
    first = only(library)
    library.mark_read([first.story], True, NOW)
    assert add(library, report(topics=("AI",), excerpt="A start")) == Added(1, 0)
    row = only(library)
    assert (row.id, row.origin, row.place, row.is_read) == (first.id, "document", "1.md", True)
    assert (row.headline, row.former_headline, row.excerpt) == ("Report 1", "", "A start")
    assert library.topics() == [Topic(0, "All", 1, 0), Topic(library.topics()[1].id, "AI", 1, 0)]
    assert search_index_is_right(library)


def test_a_listed_article_never_overwrites(library: Library) -> None:
    add(library, report())
    assert add(library, listed=(listed(1, title="Listed", published=NOW),)) == Added(0, 0)
    assert add(library, listed=(listed(1, title="Listed again"),)) == Added(0, 0)
    assert (only(library).headline, only(library).origin) == ("Report 1", "document")


def test_a_document_wins_over_a_list_in_its_own_batch(library: Library) -> None:
    add(library, report(1), listed=(listed(1, title="Listed"),))
    assert only(library).headline == "Report 1"


def test_a_list_may_name_what_comes_in_a_later_batch(library: Library) -> None:
    others = ("https://news.example/3", "https://news.example/2", "https://news.example/3")
    add(library, report(1), listed=(), related={"https://news.example/1": others})
    assert library.listed(only(library).id) == []
    add(library, report(2))
    add(library, report(3))
    assert [row.headline for row in library.listed(only(library).id)] == ["Report 2", "Report 3"]
    assert library._store.value("SELECT count(*) FROM awaited") == 0


def test_a_list_that_changed_replaces_the_former(library: Library) -> None:
    add(library, report(1), report(2), report(3), related={"https://news.example/1": ("https://news.example/2",)})
    add(library, report(1), related={"https://news.example/1": ("https://news.example/3", "https://news.example/9")})
    assert [row.headline for row in library.listed(only(library).id)] == ["Report 3"]
    add(library, report(1), related={"https://news.example/1": ()})
    add(library, report(9))
    assert library.listed(only(library).id) == []


def test_the_list_of_a_document_that_does_not_stand_is_left_out(library: Library) -> None:
    add(library, report(1, place="b.md"), report(2), related={"https://news.example/1": ("https://news.example/2",)})
    add(library, report(1, place="a.md"), related={"https://news.example/1": ()})
    assert len(library.listed(only(library).id)) == 1


def test_topics_are_counted_once_each_and_one_may_be_called_all(library: Library) -> None:
    add(library, report(1, topics=("AI", "All", "AI")), report(2, topics=("AI", "")))
    assert [topic[1:] for topic in library.topics()] == [("All", 2, 2), ("AI", 2, 2), ("All", 1, 1)]
    assert only(library, 2).topics == ("AI",)


def test_topics_come_by_unread_stories_then_by_name(library: Library) -> None:
    add(library, report(1, topics=("b", "A", "C")), report(2, topics=("C",)))
    assert [topic.name for topic in library.topics()] == ["All", "C", "A", "b"]


def test_a_word_inside_a_script_without_spaces_is_found(library: Library) -> None:
    add(library, report(1, title="阿里巴巴推出新的微软云服务"), report(2))
    assert headlines(library, "微软云") == ["阿里巴巴推出新的微软云服务"]
    assert headlines(library, "title:推出") == ["阿里巴巴推出新的微软云服务"]


def test_stamps_are_kept_with_the_batch_that_they_belong_to(library: Library) -> None:
    (source,) = library.subscriptions()
    add(library, report(1), stamps={"1.md": "5:7", "odd\udc80.md": "1:1"})
    add(library, stamps={"1.md": "6:7"})
    assert library.stamps(source.id) == {"1.md": "6:7", "odd\\udc80.md": "1:1"}


def test_a_batch_that_fails_leaves_nothing_behind(library: Library) -> None:
    broken = report(2).model_copy(update={"quality": 2**70})
    with pytest.raises(OverflowError):
        add(library, report(1), broken, stamps={"1.md": "1"})
    assert library.topics() == [Topic(0, "All", 0, 0)]
    assert add(library, report(1)) == Added(1, 0)


def test_a_batch_for_a_source_that_is_gone_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError, match="subscription is gone"):
        library.add(99, Batch((report(),)), NOW)


def test_is_known_tells_documents_from_what_is_only_listed(library: Library) -> None:
    add(library, report(1), listed=(listed(2),))
    assert library.is_known("https://news.example/1")
    assert not library.is_known("https://news.example/2")
    assert not library.is_known("https://news.example/3")


def test_the_index_needs_no_rebuild_after_many_changes(library: Library) -> None:
    for turn in range(5):
        titles = [f"Turn {turn} of village{n} with well{n} and mill{n}" for n in range(40)]
        add(library, *(report(n, title=title, outlet=Outlet(name=f"O{turn}")) for n, title in enumerate(titles)))
    assert search_index_is_right(library)
    assert len(headlines(library, "turn")) == 40
    assert headlines(library, '"turn 3"') == []
    library.unsubscribe("News")
    assert search_index_is_right(library)
    assert json.loads(library._store.value("SELECT json_group_array(rowid) FROM found('turn')")) == []
