"""What screens and scripts read: lines of stories, whole articles, related lists, and finding one by URL."""

from collections.abc import Iterator

import pytest

from newstui.article import Article, Batch, Image, Link, Outlet
from newstui.library import Library
from newstui.library.reading import AT_ONCE
from newstui.library.rows import ArticleRow, ImageRow, LinkRow, ListedRow, StoryRow
from newstui.query import Query, parse

NOW = 1_600_000_000
HOUR = 3_600

FULL = Article(
    url="https://news.example/full/?id=7",
    original="https://origin.example/full.html",
    title="A full article",
    excerpt="Its excerpt",
    text="Its *text*",
    published=NOW - HOUR,
    is_day_only=True,
    outlet=Outlet(name="Herald", domain="herald.example"),
    topics=("Storage", "AI"),
    quality=42,
    heat=7,
    category="news",
    kind="article",
    is_current=False,
    images=(Image(url="https://i.example/1.png", width=3, height=4),),
    links=(Link(label="AMP", url="https://amp.example/full"),),
    warnings=("a key was left out",),
    origin="document",
    place="full.md",
)
BARE = Article(url="https://news.example/bare", title="A bare one", origin="document", place="bare.md")
LISTED = tuple(
    Article(url=f"https://news.example/listed/{n}", title=f"Listed {n}", published=NOW - n * HOUR, origin="listed")
    for n in (5, 3, 4)
)


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "Corpus")
        related = {"https://news.example/full?id=7": tuple(article.url for article in LISTED)}
        library.add(source.id, Batch(articles=(FULL, BARE), listed=LISTED, related=related), NOW)
        yield library


def find(library: Library, url: str) -> int:
    article = library.find(url)
    assert article is not None
    return article


def read(library: Library, url: str) -> ArticleRow:
    row = library.article(find(library, url))
    assert row is not None
    return row


def test_an_article_has_all_that_its_source_said(library: Library) -> None:
    id = find(library, FULL.url)
    assert library.article(id) == ArticleRow(
        id=id,
        story=id,
        story_key="https://news.example/full?id=7",
        outlets=1,
        url=FULL.url,
        original="https://origin.example/full.html",
        headline="A full article",
        former_headline="",
        excerpt="Its excerpt",
        text="Its *text*",
        published=NOW - HOUR,
        is_date_known=True,
        is_day_only=True,
        outlet="Herald",
        domain="herald.example",
        topics=("Storage", "AI"),
        quality=42,
        heat=7,
        category="news",
        kind="article",
        is_current=False,
        origin="document",
        source="Corpus",
        place="full.md",
        images=(ImageRow("https://i.example/1.png", 3, 4),),
        links=(LinkRow("AMP", "https://amp.example/full"),),
        warnings=("a key was left out",),
        is_read=False,
        is_saved=False,
    )


def test_what_is_not_known_is_empty(library: Library) -> None:
    row = read(library, BARE.url)
    assert (row.original, row.topics, row.images, row.quality, row.heat) == (BARE.url, (), (), None, None)
    assert (row.published, row.is_date_known) == (NOW, False)


def test_there_is_no_article_of_an_unknown_id(library: Library) -> None:
    assert library.article(5) is None
    assert library.listed(5) == []


def test_story_rows_come_as_asked_without_those_that_are_gone(library: Library) -> None:
    full, bare = find(library, FULL.url), find(library, BARE.url)
    library.mark_saved([full], True, NOW)
    first, second, third = library.story_rows([bare, 5, full, 0, bare])
    assert first == third
    assert second == StoryRow(full, full, "A full article", "Herald", NOW - HOUR, True, 1, True, True, 0)
    assert (first.is_date_known, first.is_saved) == (False, False)
    assert library.story_rows([]) == []


def test_a_story_without_the_name_of_its_outlet_says_the_domain(library: Library) -> None:
    said = {"url": "https://x.example/1", "title": "Ferries in the fog", "outlet": Outlet(domain="x.example")}
    nameless = BARE.model_copy(update=said)
    (source,) = library.subscriptions()
    library.add(source.id, Batch(articles=(nameless,)), NOW)
    (row,) = library.story_rows([find(library, nameless.url)])
    assert row.outlet == "x.example"


def test_the_publishers_list_is_newest_first(library: Library) -> None:
    full = find(library, FULL.url)
    library.mark_read([find(library, LISTED[0].url)], True, NOW)
    rows = library.listed(full)
    assert [row.headline for row in rows] == ["Listed 3", "Listed 4", "Listed 5"]
    assert [row.is_read for row in rows] == [False, False, True]
    assert rows[0] == ListedRow(find(library, LISTED[1].url), NOW - 3 * HOUR, True, "", "Listed 3", False)
    assert [row.headline for row in library.listed(full, 1)] == ["Listed 3"]


@pytest.mark.parametrize(
    "spelling",
    [
        "https://news.example/full/?id=7",
        "http://NEWS.example/full?id=7&utm_source=mail",
        "  https://news.example:443/full?id=7#part ",
        "https://origin.example/full.html",
        "http://origin.example/full.html?utm_medium=x#top",
    ],
)
def test_an_article_is_found_by_any_spelling_of_its_urls(library: Library, spelling: str) -> None:
    assert read(library, spelling).headline == "A full article"


@pytest.mark.parametrize(
    "text", ["", "0", "9" * 18, "9" * 40, "x", "https://", "https://news.example", "http://[", "-1", "٣"]
)
def test_what_is_no_article_is_not_found(library: Library, text: str) -> None:
    assert library.find(text) is None


def test_an_article_is_found_by_its_id(library: Library) -> None:
    id = find(library, BARE.url)
    assert library.find(str(id)) == id


def test_articles_are_those_that_a_query_finds_in_its_order(library: Library) -> None:
    def headlines(query: str, sort: str = "newest", limit: int | None = None) -> list[str]:
        return [row.headline for row in library.articles(parse(query), sort, NOW, limit)]

    assert headlines("") == ["A bare one", "A full article"]
    assert headlines("", "oldest") == ["A full article", "A bare one"]
    assert headlines("sort:quality") == ["A full article", "A bare one"]
    for sort in ("heat", "quality", "outlets", "outlet"):
        assert sorted(headlines("", sort)) == ["A bare one", "A full article"]
    assert headlines("", limit=1) == ["A bare one"]
    assert headlines("", limit=0) == []
    assert headlines("full") == ["A full article"]
    assert headlines("is:listed", limit=2) == ["Listed 3", "Listed 4"]
    assert headlines("topic:ai") == ["A full article"]


def test_articles_may_change_while_they_are_read(library: Library) -> None:
    (source,) = library.subscriptions()
    more = [
        BARE.model_copy(update={"url": f"https://news.example/{n}", "published": NOW - n * HOUR, "place": f"{n}.md"})
        for n in range(2 * AT_ONCE)
    ]
    library.add(source.id, Batch(articles=tuple(more)), NOW)
    reading = library.articles(Query(), "newest", NOW, None)
    first = next(reading)
    library.mark_read(list(library.listing(0, Query(), "newest", NOW)), True, NOW)
    rest = list(reading)
    assert not first.is_read
    assert rest[-1].is_read
    assert len({row.id for row in rest}) == 2 * AT_ONCE + 1
