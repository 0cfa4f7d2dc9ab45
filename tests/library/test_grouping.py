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
from newstui.article import Article
from newstui.library import Library
from newstui.links import canonical
from newstui.sources import open_source, place_of
from newstui.sources.web import Web
from tests.library import recount
from tests.library.events import BREAD, BRIDGE, DAY, HOUR, NOW, add, article, bridge, row, stories_of

CHECKOUT = Path(newstui.__file__).parent.parent

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
    return article(number, title, excerpt, chance.randrange(9), published=start + chance.randrange(2 * DAY))


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


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
    batches = open_source(place_of(str(folder)), Web()).batches({}, lambda key: False)
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
            found.append([row(library, it).id for it in (first, second)])
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


def test_what_left_tells_nobody_apart_any_more(library: Library) -> None:
    add(library, *OURS, source="Dropped")
    library.unsubscribe("Dropped")
    recount.expect_terms_counted(library)
    assert recount.rows(library, "SELECT count(*) FROM link") == [(0,)]
    add(library, *OURS)
    kept = {key: value for key, value in facts(library).items() if key != "terms"}
    assert kept == {key: value for key, value in in_batches(OURS, len(OURS)).items() if key != "terms"}


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
    early = bridge(1, url="https://page.example/")
    late = article(3, *BREAD, outlet=3, published=NOW + 2 * HOUR, url="https://page.example/")
    other = bridge(5, outlet=3)
    batches = [(bridge(0), early, late, other)] if is_one_batch else [(bridge(0), early), (late, other)]
    for batch in batches:
        add(library, *batch)
    page = row(library, late)
    assert (page.headline, page.former_headline, page.id >> 20) == (BREAD[0], BRIDGE[1][0], early.published)
    assert stories_of(library, bridge(0), late, other) == [bridge(0).url] * 3
    assert facts(library) == in_batches([bridge(0), early, late, other], 1)
