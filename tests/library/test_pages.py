"""Full texts fetched from the pages of articles: kept, searched, and wanted."""

from collections.abc import Iterator
from typing import Any

import pytest

from newstui.article import Article
from newstui.library import Library
from newstui.library.rows import PageRow
from newstui.query import parse
from tests.library.events import DAY, LATER, NOW, add, article, row

FEED = "https://paper.example/feed"


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        library.subscribe("feed", FEED, "News")
        yield library


def item(number: int, title: str = "", **said: Any) -> Article:
    fields: dict[str, Any] = {"published": NOW + number, "origin": "feed", "place": FEED, "excerpt": "In short"}
    return article(number, title or f"Well{number} and mill{number} of village{number}", **fields | said)


def found(library: Library, words: str) -> list[str]:
    return [it.headline for it in library.articles(parse(words), "newest", LATER)]


def index_is_right(library: Library) -> bool:
    library._store.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
    return True


def test_a_full_text_is_kept_beside_what_the_feed_said(library: Library) -> None:
    it = item(1, text="The feed's own")
    add(library, it)
    assert row(library, it).page is None
    library.keep_page(row(library, it).id, "# The *page*", LATER)
    kept = row(library, it)
    assert (kept.text, kept.page) == ("The feed's own", PageRow("# The *page*", LATER, ""))


def test_a_full_text_is_found_by_its_words_together_with_those_of_the_article(library: Library) -> None:
    it = item(1, "Lamplighter", text="Said by the feed")
    add(library, it, item(2))
    library.keep_page(row(library, it).id, "A xylophone was heard", LATER)
    for words in ("xylophone", "lamplighter xylophone", '"was heard"', "feed xylophone"):
        assert found(library, words) == ["Lamplighter"], words
    assert found(library, "title:xylophone") == []
    assert index_is_right(library)


def test_a_word_inside_a_script_without_spaces_is_found_in_a_full_text(library: Library) -> None:
    it = item(1, "云")
    add(library, it)
    library.keep_page(row(library, it).id, "林德霍尔姆开设新的数据中心", LATER)
    assert found(library, "数据中") == ["云"]
    assert index_is_right(library)


def test_a_full_text_that_is_fetched_again_is_found_by_its_new_words_only(library: Library) -> None:
    it = item(1, "Lamplighter")
    add(library, it)
    for text in ("xylophone", "accordion"):
        library.keep_page(row(library, it).id, text, LATER)
    assert (found(library, "xylophone"), found(library, "accordion")) == ([], ["Lamplighter"])
    assert index_is_right(library)


def test_why_there_is_no_full_text_is_kept_until_there_is_one(library: Library) -> None:
    it = item(1)
    add(library, it)
    id = row(library, it).id
    library.keep_page(id, "", LATER, "the server is asleep")
    assert row(library, it).page == PageRow("", LATER, "the server is asleep")
    library.keep_page(id, "Awake", LATER + 1)
    assert row(library, it).page == PageRow("Awake", LATER + 1, "")


def test_a_failure_does_not_take_the_place_of_a_full_text(library: Library) -> None:
    it = item(1)
    add(library, it)
    library.keep_page(row(library, it).id, "Kept", LATER)
    library.keep_page(row(library, it).id, "", LATER + 1, "the server is asleep")
    assert row(library, it).page == PageRow("Kept", LATER, "")


def test_a_full_text_for_an_article_that_is_gone_is_let_go(library: Library) -> None:
    library.keep_page(99, "Late", LATER)
    assert library._store.value("SELECT count(*) FROM page") == 0
    assert index_is_right(library)


def test_what_was_done_with_an_article_survives_that_its_feed_says_something_else_of_it(library: Library) -> None:
    add(library, item(1, "A first headline", text="All of it"))
    before = row(library, item(1))
    library.keep_page(before.id, "A xylophone was heard", LATER)
    library.mark_saved([before.story], True, LATER)
    library.mark_read([before.story], True, LATER)
    add(library, item(1, "A second headline", text="More of it"))
    after = row(library, item(1))
    assert (after.id, after.story, after.story_key) == (before.id, before.story, before.story_key)
    assert (after.headline, after.former_headline, after.text) == (
        "A second headline",
        "A first headline",
        "More of it",
    )
    assert (after.page, after.is_read, after.is_saved) == (PageRow("A xylophone was heard", LATER, ""), True, True)
    assert found(library, "xylophone second") == ["A second headline"]
    assert index_is_right(library)


def test_a_full_text_leaves_with_its_article_and_stays_with_a_saved_one(library: Library) -> None:
    add(library, item(1, "Goes"), item(2, "Stays"))
    for number in (1, 2):
        library.keep_page(row(library, item(number)).id, f"xylophone{number}", LATER)
    library.mark_saved([row(library, item(2)).story], True, LATER)
    library.unsubscribe("News")
    assert row(library, item(2)).page == PageRow("xylophone2", LATER, "")
    assert library._store.value("SELECT count(*) FROM page") == 1
    assert (found(library, "xylophone1"), found(library, "xylophone2")) == ([], ["Stays"])
    assert index_is_right(library)


def wanted(library: Library, limit: int = 99, **more: bool) -> list[str]:
    return [url for _, url in library.pages_wanted(limit, **more)]


def test_no_page_is_wanted_unless_the_reader_said_so(library: Library) -> None:
    add(library, item(1))
    assert wanted(library) == []


def test_the_newest_pages_are_wanted_first_of_the_sources_that_are_read_with_full_texts(library: Library) -> None:
    library.configure("News", is_full_text=True)
    add(library, *map(item, range(5)))
    add(library, item(9, outlet=9), source="Other")
    assert wanted(library, 2) == [item(4).url, item(3).url]
    assert wanted(library) == [item(number).url for number in (4, 3, 2, 1, 0)]
    assert library.pages_wanted(1)[0][0] == row(library, item(4)).id


def test_the_pages_of_all_feeds_can_be_wanted_but_not_those_of_documents(library: Library) -> None:
    add(library, item(1))
    add(library, item(9, outlet=9), source="Other")
    assert wanted(library, is_always=True) == [item(1).url]


def test_a_page_is_fetched_where_the_link_to_the_original_leads(library: Library) -> None:
    add(library, item(1, original="https://origin.example/1"))
    assert wanted(library, is_always=True) == ["https://origin.example/1"]


@pytest.mark.parametrize("error", ["", "the server is asleep"])
def test_a_page_is_wanted_once_whatever_came_of_it(library: Library, error: str) -> None:
    add(library, item(1))
    library.keep_page(row(library, item(1)).id, "" if error else "All", LATER, error)
    assert wanted(library, is_always=True) == []


def test_the_page_of_what_was_read_is_wanted_only_when_it_was_saved(library: Library) -> None:
    add(library, item(1), item(2, published=NOW - 30 * DAY))
    library.mark_read([row(library, item(number)).story for number in (1, 2)], True, LATER)
    library.mark_saved([row(library, item(2)).story], True, LATER)
    assert wanted(library, is_always=True) == [item(2).url]


def test_no_page_is_wanted_of_an_article_that_has_none_of_its_own(library: Library) -> None:
    add(library, item(1, identity=f"{FEED} guid-1"))
    assert wanted(library, is_always=True) == []


def test_no_page_is_wanted_of_what_is_only_listed(library: Library) -> None:
    add(library, item(1), listed=(item(2, origin="listed"),))
    assert wanted(library, is_always=True) == [item(1).url]
