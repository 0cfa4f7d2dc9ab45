"""Whatever is done, in whatever order: counts equal a recount, and undo restores exactly what was there."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from newstui.article import Article, Batch, Outlet
from newstui.library import Library
from newstui.library.rows import Change
from newstui.query import Query

NOW = 1_600_000_000

_articles = st.builds(
    lambda page, place, title, published, topics, outlet, origin: Article(
        url=f"https://news.example/{page}", place=place, title=title, published=published, topics=topics,
        outlet=Outlet(name=outlet), origin=origin,
    ),
    st.integers(0, 7),
    st.sampled_from(["a.md", "b.md"]),
    st.sampled_from(["One word", "Another word", "No more", "微软云"]),
    st.one_of(st.none(), st.integers(NOW - 3, NOW + 3)),
    st.lists(st.sampled_from(["AI", "Cloud", "All"]), max_size=3).map(tuple),
    st.sampled_from(["Herald", "Courier", ""]),
    st.sampled_from(["document", "site"]),
)  # fmt: skip
_listed = _articles.map(lambda article: article.model_copy(update={"origin": "listed", "topics": ()}))
_mutes = st.sampled_from([("outlet", "herald"), ("topic", "AI"), ("topic", "all"), ("word", "word"), ("word", "微软")])
_places = st.sets(st.integers(0, 9))


class Reader(RuleBasedStateMachine):
    """A reader who does everything that can be undone while sources go on bringing articles."""

    def __init__(self) -> None:
        super().__init__()
        self.library = Library.open(None)
        self.source = self.library.subscribe("folder", "/news", "News").id
        self.clock = NOW
        self.past: list[Any] = []
        self.future: list[Any] = []

    def teardown(self) -> None:
        self.library.close()

    @rule(articles=st.lists(_articles, max_size=5), listed=st.lists(_listed, max_size=3), data=st.data())
    def a_batch_arrives(self, articles: list[Article], listed: list[Article], data: st.DataObject) -> None:
        pages = [f"https://news.example/{page}" for page in range(9)]
        lists = st.dictionaries(st.sampled_from(pages), st.lists(st.sampled_from(pages)).map(tuple), max_size=2)
        self.library.add(self.source, Batch(tuple(articles), tuple(listed), data.draw(lists)), self.clock)

    @rule(places=_places, is_read=st.booleans())
    def mark_read(self, places: set[int], is_read: bool) -> None:
        self.do(lambda: self.library.mark_read(self.some_stories(places), is_read, self.clock))

    @rule(places=_places, is_saved=st.booleans())
    def mark_saved(self, places: set[int], is_saved: bool) -> None:
        self.do(lambda: self.library.mark_saved(self.some_stories(places), is_saved, self.clock))

    @rule(mute=_mutes)
    def mute(self, mute: tuple[str, str]) -> None:
        self.do(lambda: self.library.mute(*mute, self.clock))

    @rule(mute=_mutes)
    def unmute(self, mute: tuple[str, str]) -> None:
        self.do(lambda: self.library.unmute(*mute, self.clock))

    @rule(query=st.sampled_from(["a", "b"]))
    def keep_view(self, query: str) -> None:
        self.do(lambda: self.library.keep_view("Mine", query, self.clock))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        now = self.what_the_reader_did()
        assert self.library.undo() is not None
        self.future.append(now)
        assert self.what_the_reader_did() == self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        now = self.what_the_reader_did()
        assert self.library.redo() is not None
        self.past.append(now)
        assert self.what_the_reader_did() == self.future.pop()

    @invariant()
    def counts_equal_a_recount(self) -> None:
        stories = Counter(topic for topic, _ in self.places())
        unread = Counter(topic for topic, story in self.places() if story not in self.read_stories())
        kept = {id: (stories, unread) for id, stories, unread in self.rows("SELECT id, stories, unread FROM topic")}
        assert kept == {topic: (stories[topic], unread[topic]) for topic in kept}

    @invariant()
    def stories_are_where_their_articles_say(self) -> None:
        assert sorted(self.rows("SELECT topic, story FROM story_topic")) == sorted(self.places())
        assert not self.rows(
            "SELECT 1 FROM story_topic t LEFT JOIN story s ON s.id = t.story LEFT JOIN article a ON a.id = s.article "
            "WHERE s.newest IS NOT t.newest OR s.newest IS NOT ((a.published << 20) | (a.id & 0xFFFFF))"
        )

    @invariant()
    def flags_say_what_the_state_says(self) -> None:
        saved = {id for (id,) in self.rows("SELECT article FROM state WHERE saved_at IS NOT NULL")}
        for id, is_unread, is_saved in self.rows("SELECT id, is_unread, is_saved FROM story"):
            assert (is_unread, is_saved) == (id not in self.read_stories(), id in saved)

    @invariant()
    def what_is_muted_is_hidden(self) -> None:
        rows = self.rows(
            "SELECT s.is_muted, a.title, o.name, (SELECT group_concat(t.name) FROM article_topic f JOIN topic t "
            "ON t.id = f.topic WHERE f.article = a.id) FROM story s JOIN article a ON a.id = s.article "
            "JOIN outlet o ON o.id = a.outlet"
        )
        for is_muted, title, outlet, topics in rows:
            said = {
                "word": [title.lower(), *title.lower().split(), title[:2]],
                "outlet": [outlet.lower()],
                "topic": (topics or "").lower().split(","),
            }
            assert is_muted == any(mute.value.lower() in said[mute.kind] for mute in self.library.mutes())

    @invariant()
    def the_search_index_is_right(self) -> None:
        self.library._store.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")

    @invariant()
    def lists_await_only_what_is_not_here(self) -> None:
        assert not self.rows("SELECT 1 FROM awaited JOIN article ON article.key = awaited.key")

    def do(self, change: Callable[[], Change]) -> None:
        """Do something; it is a step when the reader's part of the library changed."""
        self.clock += 1
        before = self.what_the_reader_did()
        change()
        if self.what_the_reader_did() != before:
            self.past.append(before)
            self.future.clear()

    def some_stories(self, places: set[int]) -> list[int]:
        listing = self.library.listing(0, Query(), "newest", self.clock)
        return [listing[place] for place in places if place < len(listing)]

    def what_the_reader_did(self) -> list[Any]:
        return [self.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("state", "mute", "view")]

    def places(self) -> list[tuple[int, int]]:
        """Every topic of every story that is to be shown, from the articles alone."""
        shown = "FROM story s JOIN article a ON a.id = s.article WHERE NOT s.is_muted AND a.origin <> 'listed'"
        everywhere = [(0, story) for (story,) in self.rows(f"SELECT s.id {shown}")]
        topics = {
            *self.rows(f"SELECT f.topic, x.id FROM (SELECT s.id {shown}) x JOIN article_topic f ON f.article = x.id")
        }
        return [*everywhere, *topics]

    def read_stories(self) -> set[int]:
        return {id for (id,) in self.rows("SELECT article FROM state WHERE read_at IS NOT NULL")}

    def rows(self, sql: str) -> list[Any]:
        return self.library._store.execute(sql).fetchall()


TestReader = Reader.TestCase
TestReader.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
