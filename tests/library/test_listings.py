"""Listings: an order that stays, found as it is looked at, by ways that never read more than they need."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newstui.article import Article, Batch, Image, Outlet
from newstui.errors import LibraryError
from newstui.library import Library, finding, listings
from newstui.library.finding import plan
from newstui.library.listings import FIRST_CHUNK, GONE, MOST, Listing
from newstui.library.search import search
from newstui.library.store import Store
from newstui.query import SORTS, Query, parse

NOW = 1_600_000_000
HOUR = 3_600
MANY = 3_000

Make = Callable[[int], Library]


def reports(count: int, *, first: int = 0) -> list[Article]:
    """One report an hour back in time; what each is like follows from its number."""
    return [_report(number) for number in range(first, first + count)]


def _report(number: int) -> Article:
    chance = random.Random(number)
    return Article(
        url=f"https://news.example/{number}",
        title=f"Report {chance.choice(['quartz', 'zinc', 'amber'])} number{number}",
        published=NOW - number * HOUR,
        outlet=Outlet(name=chance.choice(["Herald", "Courier", "echo"]), domain="news.example"),
        topics=("Common", "Rare") if number % 10 == 0 else ("Common",),
        quality=chance.choice([None, 10, 50, 90]),
        heat=chance.choice([None, None, 20, 150]),
        images=(Image(url="https://i.example/1.png"),) if chance.random() < 0.3 else (),
        origin="document",
        place=f"{number}.md",
    )


def add(library: Library, articles: list[Article]) -> None:
    (source, *_) = library.subscriptions() or [library.subscribe("folder", "/news", "News")]
    library.add(source.id, Batch(articles=tuple(articles)), NOW)


def store_of(library: Library) -> Store:
    return library._store


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """Nobody changes this one; some of it is read, saved, or reported by several outlets."""
    with Library.open(None) as library:
        add(library, reports(MANY))
        everything = list(library.listing(0, Query(), "newest", NOW))
        library.mark_read(everything[::3], True, NOW)
        library.mark_saved(everything[::100], True, NOW)
        ids = ",".join(map(str, everything[::20]))
        store_of(library).execute(f"UPDATE story SET outlets = 2 + id % 4 WHERE id IN ({ids})")
        yield library


@pytest.fixture
def changing() -> Iterator[Library]:
    with Library.open(None) as library:
        add(library, reports(400))
        yield library


def whole(library: Library, topic: int = 0, sort: str = "newest") -> Listing:
    return library.listing(topic, Query(), sort, NOW)


def topic_named(library: Library, name: str) -> int:
    return next(topic.id for topic in library.topics() if topic.name == name)


def numbers(library: Library, stories: list[int]) -> list[int]:
    return [int(row.headline.rpartition("number")[2]) for row in library.story_rows(stories)]


# A whole topic.


def test_a_topic_is_listed_newest_first_or_oldest_first(library: Library) -> None:
    assert numbers(library, list(whole(library))) == list(range(MANY))
    assert numbers(library, list(whole(library, sort="oldest"))) == list(reversed(range(MANY)))
    assert numbers(library, list(whole(library, topic_named(library, "Rare")))) == list(range(0, MANY, 10))


def test_the_length_is_known_before_the_stories_are_found(library: Library) -> None:
    statements: list[str] = []
    store_of(library).set_trace_callback(statements.append)
    listing = whole(library)
    assert (len(listing), listing.is_capped) == (MANY, False)
    store_of(library).set_trace_callback(None)
    assert not [statement for statement in statements if "FROM story_topic" in statement]


def test_only_what_is_looked_at_is_found(library: Library) -> None:
    listing = whole(library)
    first = listing[0]
    assert len(listing._stories) == FIRST_CHUNK
    assert listing[: FIRST_CHUNK + 1][0] == first
    assert len(listing._stories) < MANY
    assert listing[-1] == listing[MANY - 1]
    assert len(set(listing)) == MANY


def test_a_place_outside_the_list_is_an_index_error(library: Library) -> None:
    listing = whole(library)
    for place in (MANY, -MANY - 1):
        with pytest.raises(IndexError):
            listing[place]
    assert list(listing[MANY:]) == []
    assert list(listing[MANY - 2 : MANY + 50]) == [listing[MANY - 2], listing[MANY - 1]]


@pytest.mark.parametrize("sort", SORTS)
def test_every_story_of_a_list_has_its_place(library: Library, sort: str) -> None:
    listing = whole(library, sort=sort)
    stories = list(whole(library, sort=sort))
    for place in (2_500, 0, 3, MANY - 1, 500):
        assert listing.place_of(stories[place]) == place


def test_a_story_of_another_topic_has_no_place(library: Library) -> None:
    rare = whole(library, topic_named(library, "Rare"))
    assert rare.place_of(whole(library)[1]) is None
    assert rare.place_of(12345) is None


def test_an_empty_topic_and_an_unknown_one_are_empty() -> None:
    with Library.open(None) as library:
        for topic in (0, 77):
            assert (list(whole(library, topic)), library.count(topic, Query(), NOW)) == ([], 0)


# The order stays.


def test_a_listing_keeps_its_order_while_news_arrive(changing: Library) -> None:
    listing = whole(changing)
    before = listing[10]
    late = [_report(n).model_copy(update={"published": NOW - n * 1800}) for n in range(1_000, 1_150)]
    add(changing, late)
    stories = list(listing)
    assert stories[10] == before
    assert len(stories) == len(set(stories)) == 400


def test_a_story_that_moves_is_not_listed_twice(changing: Library) -> None:
    listing = whole(changing)
    moving = listing[5]
    changed = _report(5).model_copy(update={"published": NOW - 350 * HOUR - 60})
    add(changing, [changed])
    assert whole(changing).place_of(moving) == 350
    stories = list(listing)
    assert len(stories) == len(set(stories))
    assert listing.place_of(moving) == 5


def test_a_listing_gets_shorter_where_stories_leave(changing: Library) -> None:
    listing = whole(changing)
    kept = listing[0]
    changing.mute("word", "zinc", NOW)
    assert listing[len(listing) - 1] in (GONE, *listing)
    stories = list(listing)
    assert len(listing) == len(stories) < 400
    assert stories[0] == kept
    assert GONE not in stories


def test_a_story_that_left_keeps_its_place_but_has_no_row(changing: Library) -> None:
    listing = whole(changing)
    stories = list(listing)
    changing.mute("outlet", "Herald", NOW)
    assert list(listing) == stories
    assert len(changing.story_rows(stories)) == 400


def test_another_process_may_write_between_chunks(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        add(library, reports(400))
        listing = whole(library)
        first = list(listing[:FIRST_CHUNK])
        with library.another() as other:
            add(other, [_report(3).model_copy(update={"published": NOW - 390 * HOUR})])
            add(other, reports(50, first=5_000))
        stories = list(listing)
        assert stories[:FIRST_CHUNK] == first
        assert len(stories) == len(set(stories))


# What a query finds.


def expected(library: Library, query: str, topic: str = "") -> list[int]:
    """What a query finds, told from each article by itself."""
    holds: dict[str, Callable[[int, Article], bool]] = {
        "zinc": lambda n, a: "zinc" in a.title,
        "number7": lambda n, a: n == 7,
        "-zinc": lambda n, a: "zinc" not in a.title,
        "is:unread": lambda n, a: n % 3 != 0,
        "is:read": lambda n, a: n % 3 == 0,
        "is:saved": lambda n, a: n % 100 == 0,
        "is:multi": lambda n, a: n % 20 == 0,
        "is:hot": lambda n, a: (a.heat or 0) >= 100,
        "is:image": lambda n, a: bool(a.images),
        "quality:>40": lambda n, a: (a.quality or 0) > 40,
        "outlet:herald": lambda n, a: a.outlet.name == "Herald",
        "topic:rare": lambda n, a: n % 10 == 0,
        "since:3d": lambda n, a: n <= 72,
        "since:4w": lambda n, a: n <= 672,
        "zinc OR is:saved": lambda n, a: "zinc" in a.title or n % 100 == 0,
    }
    asked = [holds[part] for part in ([query] if query in holds else query.split())]
    return [
        number
        for number, article in enumerate(reports(MANY))
        if all(ask(number, article) for ask in asked) and (not topic or topic in article.topics)
    ]


QUERIES = (
    *("zinc", "number7", "-zinc", "is:unread", "is:read", "is:saved", "is:multi", "is:hot", "is:image", "quality:>40"),
    *("outlet:herald", "topic:rare", "since:3d", "zinc OR is:saved", "zinc is:unread", "zinc is:hot since:4w"),
    *("is:unread is:hot is:image quality:>40", "zinc topic:rare", "is:multi is:unread since:4w", "zinc is:multi"),
    *("is:saved zinc", "-zinc is:image outlet:herald", "topic:rare is:image", "since:3d is:unread", "zinc -zinc"),
)


@pytest.mark.parametrize("few", [0, 500, 10_000])
@pytest.mark.parametrize("topic", ["", "Common", "Rare"])
@pytest.mark.parametrize("query", QUERIES)
def test_every_way_to_find_finds_the_same(
    library: Library, query: str, topic: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    asked = parse(query)
    where = topic_named(library, topic) if topic else 0
    numbers_expected = expected(library, query, topic)
    assert numbers(library, list(library.listing(where, asked, "newest", NOW))) == numbers_expected
    assert numbers(library, list(library.listing(where, asked, "oldest", NOW))) == numbers_expected[::-1]
    assert library.count(where, asked, NOW) == len(numbers_expected)


@pytest.mark.parametrize("query", ["", "zinc", "is:unread"])
def test_the_other_orders_fall_back_to_the_newest(library: Library, query: str) -> None:
    def by(sort: str) -> list[Article]:
        return [_report(n) for n in numbers(library, list(library.listing(0, parse(query), sort, NOW)))]

    found = by("newest")
    assert by("heat") == sorted(found, key=lambda a: -1 if a.heat is None else a.heat, reverse=True)
    assert by("quality") == sorted(found, key=lambda a: a.quality or -1, reverse=True)
    assert by("outlet") == sorted(found, key=lambda a: a.outlet.name.lower())
    rows = library.story_rows(list(library.listing(0, parse(query), "outlets", NOW)))
    assert [row.outlets for row in rows] == sorted((row.outlets for row in rows), reverse=True)


def test_the_order_that_a_query_asks_for_counts(library: Library) -> None:
    assert numbers(library, list(library.listing(0, parse("sort:oldest"), "newest", NOW)))[0] == MANY - 1


def test_a_filtered_list_keeps_what_was_read_since(changing: Library) -> None:
    listing = changing.listing(0, parse("is:unread"), "newest", NOW)
    changing.mark_read([listing[0]], True, NOW)
    assert len(list(listing)) == 400
    assert changing.count(0, parse("is:unread"), NOW) == 399


def test_a_story_of_several_reports_is_found_once_by_any_of_them(changing: Library) -> None:
    first, second = (changing.find(f"https://news.example/{number}") for number in (7, 8))
    assert first is not None
    assert second is not None
    store = store_of(changing)
    store.execute("UPDATE article SET story = ? WHERE id = ?", (first, second))
    store.execute("DELETE FROM story_topic WHERE story = ?", (second,))
    for query in ("number7", "number8", "number7 OR number8", "number8 is:unread", "is:unread (number8"):
        assert list(changing.listing(0, parse(query), "newest", NOW)) == [first]


def test_more_than_the_most_is_said_to_be_capped(library: Library) -> None:
    for query, is_capped in (("is:unread", True), ("report", True), ("is:saved", False), ("quality:>40", True)):
        listing = library.listing(0, parse(query), "newest", NOW, 100)
        assert listing.is_capped is is_capped
        assert list(listing) == list(library.listing(0, parse(query), "newest", NOW))[:100]
    whole_listing = library.listing(0, parse("sort:heat"), "newest", NOW, 100)
    assert (len(whole_listing), whole_listing.is_capped) == (MANY, False)


def test_a_count_stops_at_the_most(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MOST", 100)
    assert library.count(0, parse("report"), NOW) == 100
    assert library.count(0, parse("is:saved"), NOW) == 30
    assert MOST == 10_000


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("topic", ["", "Common", "Rare"])
def test_no_way_reads_whole_rows_of_all_articles_or_sorts(library: Library, query: str, topic: str) -> None:
    store = store_of(library)
    asked = search(store, parse(query), NOW)
    where = topic_named(library, topic) if topic else 0
    sql, parameters = plan(store, where, asked, "newest").select()
    steps = [str(step[3]) for step in store.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    assert not [step for step in steps if step.startswith("SCAN") and not _is_narrow(step)], steps
    assert not [step for step in steps if "TEMP B-TREE" in step or "AUTOMATIC" in step], steps


def _is_narrow(step: str) -> bool:
    indexes = ("INDEX article_of_story", "COVERING INDEX", "VIRTUAL TABLE", "INDEX story_")
    return any(index in step for index in indexes)


def test_a_failure_is_explained_when_more_is_looked_at() -> None:
    with Library.open(None) as library:
        add(library, reports(400))
        listing = whole(library)
    with pytest.raises(LibraryError):
        listing[0]
