"""Twenty feeds for a week, as a library lives through it: what a reader relies on holds after every refresh."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from newstui.article import Article, Batch, Outlet
from newstui.library import Library
from newstui.library.rows import ArticleRow
from newstui.links import canonical
from newstui.query import Query, parse
from tests.library import recount

START = 1_700_000_000
HOUR = 3_600
FEEDS, SHOWN = 20, 10
"""How many feeds there are, and how many items each shows at a time."""
REFRESHES = 7 * 24 // 6
"""One in six hours."""


class Item(NamedTuple):
    """An item as its feed shows it now."""

    number: int
    title: str
    published: int | None
    url: str
    identity: str = ""
    text: str = ""

    @property
    def key(self) -> str:
        return self.identity or canonical(self.url)


class Feed:
    """A feed that brings items, changes them, lets them go and brings them back."""

    def __init__(self, number: int) -> None:
        self.place = f"https://paper{number}.example/feed"
        self.chance = random.Random(number)
        self.items: list[Item] = []
        self.shown: list[Item] = []
        self.titles: dict[str, list[str]] = {}
        """What each item was called, the latest last."""

    def go_on(self, now: int, wire: Item) -> None:
        """What happens there between two refreshes; ``wire`` is an item that several feeds carry."""
        for _ in range(self.chance.choice((0, 1, 2, 3))):
            self.items.insert(0, self._new_item(now))
        if self.chance.random() < 0.3 and wire.key not in self.titles:
            self.items.insert(0, wire._replace(title=f"{wire.title} as of {self.place}"))
        if self.shown and self.chance.random() < 0.5:
            self._change(self.chance.randrange(min(SHOWN, len(self.items))))
        self.shown = self.items[:SHOWN]
        if len(self.items) > SHOWN and self.chance.random() < 0.2:
            self.shown = [*self.shown, self.chance.choice(self.items[SHOWN:])]  # comes back
        for item in self.shown:
            titles = self.titles.setdefault(item.key, [])
            if item.title not in titles[-1:]:
                titles.append(item.title)

    def batch(self) -> Batch:
        """All that it shows."""
        return Batch(tuple(map(self._article, self.shown)))

    def _new_item(self, now: int) -> Item:
        number = len(self.items)
        title = f"{' '.join(self.chance.choices(_WORDS, k=6)).capitalize()} {number}"
        home = self.place.removesuffix("feed")
        late = self.chance.choice((0, HOUR, 30 * HOUR))  # what comes now may have been published before
        published = None if number % 7 == 0 else now - late - self.chance.randrange(HOUR)
        if number % 5:
            return Item(number, title, published, f"{home}{number}", text=title)
        return Item(number, title, published, home, identity=f"{self.place} {number}", text=title)

    def _change(self, place: int) -> None:
        item = self.items[place]
        if self.chance.random() < 0.5:
            item = item._replace(title=f"{item.title.partition(', again ')[0]}, again {self.chance.random()}")
        self.items[place] = item._replace(text=self.chance.choice(("", f"{item.text} More.")))

    def _article(self, item: Item) -> Article:
        return Article(
            url=item.url, identity=item.identity, title=item.title, text=item.text, published=item.published,
            origin="feed", place=self.place, topics=("Papers",), outlet=Outlet(domain=self.place.split("/")[2]),
        )  # fmt: skip


_WORDS = ("river", "council", "bridge", "winter", "harbour", "school", "market", "engine", "forest", "signal", "museum")


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield library


def by_key(library: Library, now: int) -> dict[str, ArticleRow]:
    """Every article that a reader can come upon, each once."""
    keys = dict(recount.rows(library, "SELECT id, key FROM article"))
    found = [(keys[it.id], it) for it in library.articles(Query(), "newest", now)]
    assert len(found) == len(dict(found)) == len(keys)
    return dict(found)


def test_a_week_of_refreshes_loses_nothing_and_brings_nothing_twice(library: Library) -> None:
    feeds, chance = [Feed(number) for number in range(FEEDS)], random.Random(7)
    sources = [library.subscribe("feed", feed.place, feed.place).id for feed in feeds]
    before: dict[str, ArticleRow] = {}
    names: dict[int, str] = {}
    read: set[str] = set()
    for turn in range(REFRESHES):
        now = START + turn * 6 * HOUR
        wire = Item(0, f"Wire report {turn}", now - HOUR, f"https://wire.example/{turn // 4}")
        for source, feed in zip(sources, feeds, strict=True):
            feed.go_on(now, wire)
            library.add(source, feed.batch(), now)
        for source, feed in zip(sources, feeds, strict=True):
            assert library.add(source, feed.batch(), now + 60) == (0, 0)
        articles = by_key(library, now)
        assert articles.keys() == {key for feed in feeds for key in feed.titles}
        _expect_kept(before, articles)
        assert names.items() <= recount.names(library).items()
        assert {key for key, it in articles.items() if it.is_read} == read
        _expect_told_as_shown(feeds, articles)
        before, names = articles, recount.names(library)
        library.mark_read([it.story for it in chance.sample(list(articles.values()), 3)], True, now)
        library.keep_page(chance.choice(list(articles.values())).id, f"Page of turn{turn}", now)
        read = {key for key, it in by_key(library, now).items() if it.is_read}
    _expect_whole(library)
    assert len(before) > FEEDS * SHOWN
    assert len(list(library.articles(parse("page of"), "newest", START))) > REFRESHES // 2


def _expect_kept(before: dict[str, ArticleRow], articles: dict[str, ArticleRow]) -> None:
    """Whatever came since, an article is where it was; a text and a page, once there, are there."""
    for key, was in before.items():
        now = articles[key]
        assert (now.id, now.story) == (was.id, was.story)
        assert now.text or not was.text
        assert now.page or not was.page
        if not was.is_date_known and not now.is_date_known:
            assert now.published == was.published


def _expect_told_as_shown(feeds: list[Feed], articles: dict[str, ArticleRow]) -> None:
    """Each article is called as its feed called it last, and what it was called before that is noted."""
    carried = Counter(key for feed in feeds for key in feed.titles)
    for feed in feeds:
        for key, titles in feed.titles.items():
            if carried[key] == 1:
                former = titles[-2] if len(titles) > 1 else ""
                assert (articles[key].headline, articles[key].former_headline) == (titles[-1], former)


def _expect_whole(library: Library) -> None:
    told = list(recount.stories(library))
    assert list(recount.stored_stories(library)) == told
    stories = Counter(topic for story in told for topic in story.topics)
    unread = Counter(topic for story in told if story.is_unread for topic in story.topics)
    assert {it.id: (it.stories, it.unread) for it in library.topics()} == {
        id: (stories[id], unread[id]) for id in stories
    }
    recount.expect_terms_counted(library)
    recount.expect_links_symmetric(library)
    library._store.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
