"""Which story an article finds: the same whatever way it came, at once and for ever."""

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newstui
from newstui.article import Article, Batch, Outlet
from newstui.library import Library
from newstui.library.grouping import WINDOW
from newstui.library.rows import ArticleRow
from newstui.links import canonical
from newstui.sources import open_source
from tests.library import recount

CHECKOUT = Path(newstui.__file__).parent.parent
NOW = 1_600_000_000
LATER = 1_800_000_000
HOUR = 3_600
DAY = 86_400

SYLLABLES = ("ba", "den", "fi", "lor", "mu", "ras", "sel", "tiv", "vo", "zun")
WORDS = ["".join(syllables) for syllables in product(SYLLABLES, repeat=3)]
COMMON = ["yesterday", "people", "town", "week", "first", "report", "large", "small", "year", "plan"]

Facts = dict[str, Any]


def made(count: int, seed: int = 1) -> list[Article]:
    """Reports of a third as many events, in order of time; each tells its event in words of its own choice."""
    chance = random.Random(seed)
    events = [(chance.sample(WORDS, 8), NOW + chance.randrange(20) * DAY) for _ in range(max(1, count // 3))]
    articles = [_made(number, *chance.choice(events), chance) for number in range(count)]
    return sorted(articles, key=lambda article: (article.published, canonical(article.url)))


def _made(number: int, words: list[str], start: int, chance: random.Random) -> Article:
    title = " ".join([*chance.sample(words, 5), chance.choice(COMMON)])
    excerpt = " ".join([*chance.sample(words, 5), *chance.sample(COMMON, 5)])
    return article(number, title, excerpt, chance.randrange(9), start + chance.randrange(2 * DAY))


def article(number: int, title: str, excerpt: str = "", outlet: int = 0, published: int = NOW, **said: Any) -> Article:
    domain = f"paper{outlet}.example"
    fields = {"url": f"https://{domain}/{number}", "outlet": Outlet(name=f"Paper {outlet}", domain=domain)}
    fields |= {"title": title, "excerpt": excerpt, "published": published, "origin": "document", "place": f"{number}"}
    return Article.model_validate(fields | said)


BRIDGE = (
    ("Barge strikes Harbour Bridge, closing it for a week", "A barge struck a pillar of the Harbour Bridge on Monday."),
    (
        "Harbour Bridge closed for a week after barge hits pillar",
        "The bridge was closed after a barge struck a pillar.",
    ),
    ("Harbour Bridge shut: barge struck its pillar", "The barge struck the pillar at dawn; it stays shut for a week."),
)
BREAD = ("Bakers of Vessel Street win the rye bread cup", "Rye bread of three bakers from Vessel Street took the cup.")


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


def add(library: Library, *articles: Article, source: str = "News", **more: Any) -> None:
    known = {subscription.name: subscription.id for subscription in library.subscriptions()}
    id = known[source] if source in known else library.subscribe("folder", f"/{source}", source).id
    library.add(id, Batch(tuple(articles), **more), LATER)


def row(library: Library, url: str) -> ArticleRow:
    found = library.find(url)
    assert found is not None
    article = library.article(found)
    assert article is not None
    return article


def stories_of(library: Library, *articles: Article) -> list[str]:
    return [row(library, article.url).story_key for article in articles]


def facts(library: Library) -> Facts:
    """All that grouping made, with terms in place of their numbers."""
    tables = ("article", "story", "story_name", "link")
    return {
        "terms": recount.rows(library, "SELECT text, articles FROM term"),
        "stories": recount.rows(library, "SELECT key, id, story FROM article"),
    } | {table: recount.rows(library, f"SELECT * FROM {table}") for table in tables[1:]}


def in_batches(articles: Sequence[Article], size: int, path: Path | None = None) -> Facts:
    """What comes of articles in batches of a size; with a path, the library is closed and opened between them."""
    library = Library.open(path)
    rest = iter(articles)
    while batch := list(islice(rest, size)):
        add(library, *batch)
        if path:
            library.close()
            library = Library.open(path)
    with library:
        return facts(library)


OURS = made(240)


@pytest.fixture(scope="module")
def documents() -> list[Article]:
    """The documents of the collection without what they list, in order of time."""
    folder = CHECKOUT.parent / "shared" / "corpus" / "articles"
    if not folder.is_dir():
        pytest.skip("the shared test input (../shared, beside the checkout) is not here")
    return sorted(asyncio.run(_read(folder)), key=lambda article: (article.published, canonical(article.url)))


async def _read(folder: Path) -> list[Article]:
    batches = open_source(str(folder)).batches({}, lambda key: False)
    return [article async for batch in batches for article in batch.articles]


def test_our_own_reports_make_stories_worth_comparing() -> None:
    grouped = in_batches(OURS, len(OURS))
    sizes = [sum(story == id for _, _, story in grouped["stories"]) for id, *_ in grouped["story"]]
    assert 60 < len(sizes) < 100
    assert max(sizes) > 4
    assert len(grouped["link"]) > 500


@pytest.mark.parametrize("size", [1, 7, 60])
@pytest.mark.parametrize("is_reopened", [False, True])
def test_stories_are_the_same_whatever_the_size_of_a_batch(tmp_path: Path, size: int, is_reopened: bool) -> None:
    assert in_batches(OURS, size, tmp_path / "library.db" if is_reopened else None) == in_batches(OURS, len(OURS))


@pytest.mark.parametrize("size", [1, 37])
def test_the_collection_makes_the_same_stories_in_every_way(
    documents: list[Article], tmp_path: Path, size: int
) -> None:
    at_once = in_batches(documents, len(documents))
    assert in_batches(documents, size, tmp_path / "library.db" if size > 1 else None) == at_once
    assert len(at_once["story"]) < len(at_once["stories"]) == 809


def test_the_order_inside_a_batch_makes_no_difference() -> None:
    shuffled = list(OURS)
    random.Random(5).shuffle(shuffled)
    assert in_batches(shuffled, len(OURS)) == in_batches(OURS, len(OURS))


def test_articles_of_one_second_whose_ids_would_be_one_get_the_same_in_either_order() -> None:
    first, second = alike = [article(number, f"Report {number}") for number in _of_one_sequence()]
    found = []
    for order in (alike, alike[::-1]):
        with Library.open(None) as library:
            add(library, *order)
            found.append([row(library, it.url).id for it in (first, second)])
    assert found[0] == found[1]
    assert abs(found[0][0] - found[0][1]) == 1


def _of_one_sequence() -> tuple[int, int]:
    seen: dict[int, int] = {}
    number = 0
    while (sequence := crc32(f"https://paper0.example/{number}".encode()) & 0xFFFFF) not in seen:
        seen[sequence] = number
        number += 1
    return seen[sequence], number


def test_what_arrives_a_second_time_changes_nothing(library: Library) -> None:
    add(library, *OURS)
    once = facts(library)
    for first in range(0, len(OURS), 50):
        add(library, *OURS[first : first + 50])
    assert facts(library) == once


HASHED = """
import sys
from newstui.library import Library
sys.path.insert(0, sys.argv[1])
from tests.library.test_grouping import OURS, in_batches
print(in_batches(OURS, 60))
"""


def test_stories_are_the_same_under_every_hash_seed() -> None:
    printed = [_printed([sys.executable, "-c", HASHED, str(CHECKOUT)], seed) for seed in ("0", "7")]
    assert printed[0] == printed[1] == f"{in_batches(OURS, 60)}\n"


def test_the_collection_with_its_lists_makes_the_same_stories_under_every_hash_seed(shared: Path) -> None:
    command = [sys.executable, "-m", "newstui", "list", "--from", str(shared / "corpus" / "articles"), "--json"]
    assert _printed(command, "0") == _printed(command, "7")


def _printed(command: list[str], seed: str) -> str:
    environ = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environ).stdout


@settings(max_examples=40)
@given(st.integers(0, 1_000_000), st.lists(st.integers(1, 59), max_size=6))
def test_where_batches_are_cut_makes_no_difference(seed: int, cuts: list[int]) -> None:
    articles = made(60, seed)
    with Library.open(None) as library:
        for start, end in pairwise(sorted({0, *cuts, 60})):
            add(library, *articles[start:end])
        assert facts(library) == in_batches(articles, 60)


@settings(max_examples=40)
@given(st.integers(0, 1_000_000), st.randoms(use_true_random=False))
def test_an_article_stays_in_its_story_whatever_arrives_in_whatever_order(seed: int, chance: random.Random) -> None:
    articles = made(60, seed)
    chance.shuffle(articles)
    with Library.open(None) as library:
        known: dict[int, int] = {}
        names: dict[int, str] = {}
        for first in range(0, 60, 12):
            add(library, *articles[first : first + 12])
            assert known.items() <= recount.story_of(library).items()
            assert names.items() <= recount.names(library).items()
            known, names = recount.story_of(library), recount.names(library)
        recount.expect_terms_counted(library)
        recount.expect_links_symmetric(library)
        assert list(recount.stored_stories(library)) == list(recount.stories(library))


# In the order of time, and out of it.


def test_a_late_report_finds_what_came_before_and_after_it(library: Library) -> None:
    before, late, after = (article(n, *BRIDGE[n], outlet=n, published=NOW + n * DAY) for n in range(3))
    add(library, after)
    add(library, before)
    add(library, late)
    assert stories_of(library, before, late, after) == [after.url] * 3
    reports = library.coverage(row(library, late.url).id).reports
    assert [(report.url, report.score is not None) for report in reports if report.url != late.url] == [
        (before.url, True),
        (after.url, True),
    ]


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
    bridge, bread = article(0, *BRIDGE[0]), article(1, *BREAD, outlet=1)
    add(library, bridge, bread)
    add(library, article(0, *BREAD))
    assert row(library, bridge.url).former_headline == BRIDGE[0][0]
    assert stories_of(library, bridge, bread) == [bridge.url, bread.url]
    again = article(2, *BRIDGE[1], outlet=2)
    add(library, again)
    assert stories_of(library, again) == [bridge.url]


def test_an_article_is_compared_as_it_came_also_after_a_restart(tmp_path: Path) -> None:
    scores = []
    for is_reopened in (False, True):
        path = tmp_path / f"{is_reopened}.db"
        library = Library.open(path)
        add(library, article(0, *BRIDGE[0]))
        add(library, article(0, *BRIDGE[0], outlet=1, url="https://paper0.example/0"))
        if is_reopened:
            library.close()
            library = Library.open(path)
        with library:
            add(library, article(2, *BRIDGE[1], outlet=1))
            scores.append(recount.rows(library, "SELECT DISTINCT score FROM link"))
    assert scores[0] == scores[1]
    assert len(scores[0]) == 1


@pytest.mark.parametrize("is_one_batch", [True, False])
def test_of_two_documents_of_one_page_the_first_gives_it_its_story(library: Library, is_one_batch: bool) -> None:
    bridge = article(0, *BRIDGE[0], published=NOW - HOUR)
    early = article(1, *BRIDGE[1], outlet=1, published=NOW, url="https://page.example/")
    late = article(2, *BREAD, outlet=2, published=NOW + HOUR, url="https://page.example/")
    other = article(3, *BRIDGE[2], outlet=2, published=NOW + 2 * HOUR)
    batches = [(bridge, early, late, other)] if is_one_batch else [(bridge, early), (late, other)]
    for batch in batches:
        add(library, *batch)
    page = row(library, late.url)
    assert (page.headline, page.former_headline, page.id >> 20) == (BREAD[0], BRIDGE[1][0], NOW)
    assert stories_of(library, bridge, late, other) == [bridge.url] * 3
    one_by_one = in_batches([bridge, early, late, other], 1)
    assert facts(library) == one_by_one


def test_a_listed_report_joins_at_once_and_keeps_its_story_when_its_document_comes(library: Library) -> None:
    document, listed = article(0, *BRIDGE[0]), article(1, BRIDGE[1][0], outlet=1, origin="listed", place="0")
    add(library, document, listed=(listed,))
    assert stories_of(library, listed) == [document.url]
    assert row(library, document.url).outlets == 2
    id = row(library, listed.url).id
    add(library, article(1, *BREAD, outlet=1))
    known = row(library, listed.url)
    assert (known.id, known.origin, known.headline, known.story_key) == (id, "document", BREAD[0], document.url)


def test_a_document_joins_the_story_of_what_was_only_listed(library: Library) -> None:
    listed, document = article(0, *BRIDGE[0], origin="listed"), article(1, *BRIDGE[1], outlet=1, published=NOW + HOUR)
    add(library, listed=(listed,))
    assert library.topics()[0].stories == 0
    add(library, document)
    assert stories_of(library, listed, document) == [listed.url] * 2
    (story,) = library.story_rows([row(library, document.url).story])
    assert (library.topics()[0].stories, story.headline, story.outlets) == (1, BRIDGE[1][0], 2)


# A founder that leaves, and one that comes back.


@pytest.fixture
def left(library: Library) -> Library:
    """A library whose bridge story is without the report that founded it."""
    add(library, article(0, *BRIDGE[0]), source="Dropped")
    add(library, article(1, *BRIDGE[1], outlet=1, published=NOW + HOUR))
    library.unsubscribe("Dropped")
    return library


FOUNDER, MEMBER = "https://paper0.example/0", "https://paper1.example/1"


def test_a_founder_that_leaves_leaves_its_id_and_its_name_behind(left: Library) -> None:
    member = row(left, MEMBER)
    assert left.find(FOUNDER) is None
    assert (member.story_key, member.story != member.id, member.outlets) == (FOUNDER, True, 1)
    add(left, article(2, *BRIDGE[2], outlet=2))
    assert row(left, "https://paper2.example/2").story == member.story


def test_a_founder_that_comes_back_joins_what_it_founded(left: Library) -> None:
    add(left, article(0, *BRIDGE[0]))
    founder, member = row(left, FOUNDER), row(left, MEMBER)
    assert (founder.story, founder.story_key) == (member.story, FOUNDER)
    assert founder.id != founder.story


def test_a_founder_that_comes_back_with_another_event_founds_a_story_of_another_name(left: Library) -> None:
    add(left, article(0, *BREAD))
    assert [row(left, url).story_key for url in (FOUNDER, MEMBER)] == [f"{FOUNDER}~2", FOUNDER]
    left.unsubscribe("News")
    add(left, article(0, *BREAD))
    assert row(left, FOUNDER).story_key == FOUNDER


def test_what_left_tells_nobody_apart_any_more(library: Library) -> None:
    add(library, *OURS, source="Dropped")
    library.unsubscribe("Dropped")
    recount.expect_terms_counted(library)
    assert recount.rows(library, "SELECT count(*) FROM link") == [(0,)]
    add(library, *OURS)
    kept = {key: value for key, value in facts(library).items() if key != "terms"}
    assert kept == {key: value for key, value in in_batches(OURS, len(OURS)).items() if key != "terms"}
