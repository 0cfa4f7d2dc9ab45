"""Whatever is done, in whatever order: tables say what their articles say, and undo restores exactly what was there."""

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
from tests.library import recount

NOW = 1_600_000_000
DAY = 86_400

TEXTS = (
    (
        "Barge strikes Harbour Bridge, closing it for a week",
        "A barge struck a pillar of the Harbour Bridge at Lindholm on Monday; nobody was hurt.",
    ),
    (
        "Harbour Bridge closed for a week after barge hits pillar",
        "Lindholm closed the Harbour Bridge after a barge struck one of its pillars.",
    ),
    (
        "Lindholm's Harbour Bridge shut: barge struck its pillar",
        "The barge struck the pillar at dawn; the bridge stays closed for a week.",
    ),
    ("Bakers of Vessel Street win the rye bread cup", "Rye bread of three bakers from Vessel Street took the cup."),
    ("Rye bread cup goes to the bakers of Vessel Street", "Three bakers from Vessel Street won it with rye bread."),
    ("微软云服务在林德霍尔姆开设新数据中心", "微软周一在林德霍尔姆开设新的数据中心。"),
    ("林德霍尔姆迎来微软新数据中心", "微软的新数据中心周一在林德霍尔姆开设。"),
    ("Alone", ""),
    ("", ""),
)
"""Three events in several words, and what is of none."""
OUTLETS = (
    Outlet(name="Herald", domain="www.herald.example"),
    Outlet(name="Herald on the go", domain="m.herald.example"),
    Outlet(name="Courier", domain="courier.example"),
    Outlet(domain="echo.example"),
    Outlet(),
)

_articles = st.builds(
    lambda page, identity, place, text, published, topics, outlet, origin: Article(
        url=f"https://news.example/{page}", identity=identity, place=place, title=text[0] or "?", excerpt=text[1],
        published=published, topics=topics, outlet=outlet, origin=origin,
    ),
    st.integers(0, 9),
    st.sampled_from(["", "", "a.md 1", "/News 1"]),
    st.sampled_from(["a.md", "b.md", "/News"]),
    st.sampled_from(TEXTS),
    st.one_of(st.none(), st.integers(NOW - 3, NOW + 3), st.sampled_from([NOW - 4 * DAY, NOW - 9 * DAY])),
    st.lists(st.sampled_from(["AI", "Cloud", "All"]), max_size=3).map(tuple),
    st.sampled_from(OUTLETS),
    st.sampled_from(["document", "site", "feed"]),
)  # fmt: skip
_listed = _articles.map(lambda article: article.model_copy(update={"origin": "listed", "topics": ()}))
_mutes = st.sampled_from(
    [("outlet", "herald"), ("outlet", "courier.example"), ("topic", "AI"), ("topic", "all"), ("word", "barge"),
     ("word", "微软")]
)  # fmt: skip
_places = st.sets(st.integers(0, 9))
_sources = st.sampled_from(["News", "More news"])


class Reader(RuleBasedStateMachine):
    """A reader who does everything that can be undone while sources bring articles and are dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.library = Library.open(None)
        self.clock = NOW
        # What was there before each step; unknown where articles that it may have concerned left since.
        self.past: list[Any] = []
        self.future: list[Any] = []

    def teardown(self) -> None:
        self.library.close()

    @rule(
        name=_sources,
        articles=st.lists(_articles, max_size=5),
        listed=st.lists(_listed, max_size=3),
        data=st.data(),
    )
    def a_batch_arrives(self, name: str, articles: list[Article], listed: list[Article], data: st.DataObject) -> None:
        pages = [f"https://news.example/{page}" for page in range(11)]
        lists = st.dictionaries(st.sampled_from(pages), st.lists(st.sampled_from(pages)).map(tuple), max_size=2)
        before, names = recount.story_of(self.library), recount.names(self.library)
        batch = Batch(tuple(articles), tuple(listed), data.draw(lists))
        done = self.what_the_reader_did()
        self.library.add(self.source(name), batch, self.clock)
        if self.what_the_reader_did() != done:  # something came that was read elsewhere
            self.forget_what_was()
        assert before.items() <= recount.story_of(self.library).items()
        assert names.items() <= recount.names(self.library).items()

    @rule(name=_sources)
    def a_source_is_dropped(self, name: str) -> None:
        self.source(name)
        before, names = recount.story_of(self.library), recount.names(self.library)
        self.library.unsubscribe(name)
        after = recount.story_of(self.library)
        assert after.items() <= before.items()
        assert recount.names(self.library).items() <= names.items()
        if after != before:
            self.forget_what_was()

    @rule(name=_sources, topic=st.sampled_from(["AI", "Cloud", "Home", ""]))
    def a_source_is_filed_elsewhere(self, name: str, topic: str) -> None:
        self.source(name)
        before, done = recount.story_of(self.library), self.what_the_reader_did()
        self.library.configure(name, topic=topic)
        assert (recount.story_of(self.library), self.what_the_reader_did()) == (before, done)

    @rule(name=_sources, is_back=st.booleans())
    def a_source_moves(self, name: str, is_back: bool) -> None:
        source = self.source(name)
        before, names = recount.story_of(self.library), recount.names(self.library)
        for _ in range(3):
            if self.library.moved(source, f"/{name}" if is_back else "/elsewhere"):
                self.forget_what_was()  # it may name keys that are others now
        assert (recount.story_of(self.library), recount.names(self.library)) == (before, names)

    @rule(place=st.integers(0, 9), text=st.sampled_from([*map(" ".join, TEXTS), ""]))
    def a_page_is_fetched(self, place: int, text: str) -> None:
        self.library.keep_page(self.some_article(place), text, self.clock, "" if text else "asleep")

    @rule(pages=_places)
    def read_elsewhere(self, pages: set[int]) -> None:
        keys = [f"https://news.example/{page}" for page in pages]
        before = self.rows("SELECT article FROM state WHERE read_at IS NOT NULL")
        marked = self.library.await_read(keys, self.clock)
        assert len(self.rows("SELECT article FROM state WHERE read_at IS NOT NULL")) == len(before) + marked
        if marked:
            self.forget_what_was()

    @rule(places=_places, is_read=st.booleans())
    def mark_read(self, places: set[int], is_read: bool) -> None:
        self.do(lambda: self.library.mark_read(self.some_stories(places), is_read, self.clock))

    @rule(places=_places, is_saved=st.booleans())
    def mark_saved(self, places: set[int], is_saved: bool) -> None:
        self.do(lambda: self.library.mark_saved(self.some_stories(places), is_saved, self.clock))

    @rule(place=st.integers(0, 9))
    def separate(self, place: int) -> None:
        self.do(lambda: self.library.separate(self.some_article(place), self.clock))

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
        before = self.past.pop()
        self.future.append(before and now)
        assert before in (None, self.what_the_reader_did())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        now = self.what_the_reader_did()
        assert self.library.redo() is not None
        after = self.future.pop()
        self.past.append(after and now)
        assert after is None or self.is_done_again(after)

    @invariant()
    def stories_say_what_their_reports_say(self) -> None:
        assert list(recount.stored_stories(self.library)) == list(recount.stories(self.library))

    @invariant()
    def counts_equal_a_recount(self) -> None:
        told = list(recount.stories(self.library))
        stories = Counter(topic for story in told for topic in story.topics)
        unread = Counter(topic for story in told if story.is_unread for topic in story.topics)
        kept = {id: (count, news) for id, count, news in self.rows("SELECT id, stories, unread FROM topic")}
        assert kept == {topic: (stories[topic], unread[topic]) for topic in kept}

    @invariant()
    def stories_stand_in_their_topics_by_time(self) -> None:
        kept = self.rows("SELECT story, newest, oldest FROM story_topic WHERE topic = 0")
        told = [(it.id, it.newest, it.oldest) for it in recount.stories(self.library) if 0 in it.topics]
        assert kept == told

    @invariant()
    def no_two_stories_are_called_the_same(self) -> None:
        names = recount.names(self.library)
        assert len({*names.values()} - {""}) == len(names)

    @invariant()
    def terms_and_links_are_those_of_the_articles(self) -> None:
        recount.expect_terms_counted(self.library)
        recount.expect_links_symmetric(self.library)
        recount.expect_kept_apart(self.library)

    @invariant()
    def the_search_index_is_right(self) -> None:
        self.library._store.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")

    @invariant()
    def only_what_is_not_here_is_awaited(self) -> None:
        for table in ("awaited", "awaited_read"):
            assert not self.rows(f"SELECT 1 FROM {table} t JOIN article a ON a.key = t.key")

    @invariant()
    def pages_are_those_of_articles_that_are_here(self) -> None:
        assert not self.rows("SELECT 1 FROM page WHERE article NOT IN (SELECT id FROM article)")

    def do(self, change: Callable[[], Change]) -> None:
        """Do something; when it is a step, take it back and do it again: each leaves all as it was."""
        self.clock += 1
        before, done = self.everything(), self.what_the_reader_did()
        change()
        if self.what_the_reader_did() == done:
            return
        after = self.everything()
        assert self.library.undo() is not None
        assert self.everything() == before
        assert self.library.redo() is not None
        assert self.everything() == after
        self.past.append(done)
        self.future.clear()

    def forget_what_was(self) -> None:
        self.past = [None] * len(self.past)
        self.future = [None] * len(self.future)

    def source(self, name: str) -> int:
        known = {source.name: source.id for source in self.library.subscriptions()}
        return known[name] if name in known else self.library.subscribe("folder", f"/{name}", name).id

    def some_stories(self, places: set[int]) -> list[int]:
        listing = self.library.listing(0, Query(), "newest", self.clock)
        return [listing[place] for place in places if place < len(listing)]

    def some_article(self, place: int) -> int:
        articles = [id for (id,) in self.rows("SELECT id FROM article")]
        return articles[place % len(articles)] if articles else 0

    def what_the_reader_did(self) -> list[Any]:
        return [self.rows(f"SELECT * FROM {table}") for table in ("state", "mute", "view", "separated")]

    def is_done_again(self, after: list[Any]) -> bool:
        """A report that arrived since in the story that another is taken out of is kept apart from that one as well."""
        *marks, separated = after
        *marks_now, separated_now = self.what_the_reader_did()
        return marks_now == marks and {*separated_now} >= {*separated}

    def everything(self) -> list[Any]:
        tables = ("article", "story", "story_topic", "story_name", "topic", "link", "term")
        return [*self.what_the_reader_did(), *(self.rows(f"SELECT * FROM {table}") for table in tables)]

    def rows(self, sql: str) -> list[Any]:
        return recount.rows(self.library, sql)


TestReader = Reader.TestCase
TestReader.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
