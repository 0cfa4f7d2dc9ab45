"""Queries against the search index and the tables: what each term finds, in every script."""

from collections.abc import Iterator

import pytest

from newstui.article import Article, Batch, Image, Outlet
from newstui.library import Library
from newstui.query import parse

NOW = 1_600_000_000
DAY = 86_400


def report(name: str, **fields: object) -> Article:
    known: dict[str, object] = {
        "url": f"https://news.example/{name}",
        "title": name,
        "published": NOW - 10 * DAY,
        "origin": "document",
        "place": f"{name}.md",
        "topics": ("News",),
    }
    return Article.model_validate(known | fields)


REPORTS = (
    report("azure", title="Azure sells its clouds", excerpt="Customers opened accounts", published=NOW - 3600),
    report(
        "c",
        title="C++ is not hello-world",
        topics=("AI",),
        quality=50,
        outlet=Outlet(name="CNET", domain="www.cnet.com"),
    ),
    report(
        "opinion",
        title="An opinion",
        quality=30,
        heat=99,
        outlet=Outlet(name="Breaking Defense", domain="blog.cnet.com"),
    ),
    report("hot", title="Much talked about", heat=100, topics=("AI", "Developer tools"), published=NOW - 4 * DAY),
    report("chinese", title="Azure微软云服务发布", excerpt="北京", images=(Image(url="https://i.example/1.png"),)),
    report("japanese", title="東京で会議", excerpt="微软在日本"),
    report("accents", title="Café in Zürich", text="The whole text is searched as well"),
    report("quoted", title='He said "never"', published=1_588_291_200),  # 2020-05-01
)
LISTED = report("listed", title="Known only from a list", origin="listed", topics=())


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "Corpus")
        library.add(source.id, Batch(articles=REPORTS, listed=(LISTED,)), NOW)
        yield library


def found(library: Library, query: str, *, is_typing: bool = False) -> set[str]:
    """The names of the stories found, which the articles found must agree with."""
    asked = parse(query, is_typing=is_typing)
    listing = library.listing(0, asked, "newest", NOW)
    assert library.count(0, asked, NOW) == len(listing)
    stories = {_name(library, story) for story in listing}
    assert {row.url.rpartition("/")[2] for row in library.articles(asked, "newest", NOW)} == stories
    return stories


def _name(library: Library, story: int) -> str:
    (row,) = library.story_rows([story])
    article = library.article(row.article)
    assert article is not None
    return article.url.rpartition("/")[2]


EVERYTHING = {"azure", "c", "opinion", "hot", "chinese", "japanese", "accents", "quoted"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("azure", {"azure", "chinese"}),
        ("CLOUD", {"azure"}),
        ("open", {"azure"}),
        ("cloud azure", {"azure"}),
        ('"sells its clouds"', {"azure"}),
        ('"clouds sells"', set()),
        ("cafe zurich", {"accents"}),
        ("searched", {"accents"}),
        ("defense", {"opinion"}),
        ("C++", {"c"}),
        ("hello-world", {"c"}),
        ('"', EVERYTHING),
        (":)", EVERYTHING),
        ("never", {"quoted"}),
        ("sells OR opinion", {"azure", "opinion"}),
        ("-azure -opinion", EVERYTHING - {"azure", "chinese", "opinion"}),
        ("azure -sells", {"chinese"}),
        ("azure OR -is:hot", EVERYTHING - {"hot"}),
        ("sells OR topic:ai", {"azure", "c", "hot"}),
        ("title:azure", {"azure"}),
        ("title:customers", set()),
        ("AND OR NOT", {"c"}),
        ("NEAR(azure", set()),
        ("sells*", {"azure"}),
        ("^sells", {"azure"}),
        ("title", set()),
    ],
)
def test_words_find_what_says_them(library: Library, query: str, names: set[str]) -> None:
    assert found(library, query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("微软", {"chinese", "japanese"}),
        ("云服务", {"chinese"}),
        ("服云", set()),
        ("北", {"chinese"}),
        ("発", set()),
        ("会", {"japanese"}),
        ("Azure微软", {"chinese"}),
        ("会議", {"japanese"}),
        ("title:微软", {"chinese"}),
        ("title:微软 -title:日本", {"chinese"}),
        ("-微软", EVERYTHING - {"chinese", "japanese"}),
        ('"微软云"', {"chinese"}),
    ],
)
def test_a_word_inside_a_script_without_spaces_is_found(library: Library, query: str, names: set[str]) -> None:
    assert found(library, query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("topic:ai", {"c", "hot"}),
        ("topic:AI topic:news", set()),
        ("topic:ai topic:developer-tools", {"hot"}),
        ("topic:developer", set()),
        ("-topic:news", {"c", "hot"}),
        ("outlet:cnet.com", {"c", "opinion"}),
        ("outlet:www.cnet.com", {"c", "opinion"}),
        ("outlet:blog.cnet.com", {"opinion"}),
        ("outlet:net.com", set()),
        ('outlet:"breaking defense"', {"opinion"}),
        ("outlet:defense", {"opinion"}),
        ("source:corpus", EVERYTHING),
        ("source:other", set()),
        ("is:unread", EVERYTHING),
        ("is:read", set()),
        ("is:saved", set()),
        ("is:multi", set()),
        ("is:hot", {"hot"}),
        ("-is:hot", EVERYTHING - {"hot"}),
        ("is:image", {"chinese"}),
        ("-is:image azure", {"azure"}),
        ("is:listed", {"listed"}),
        ("is:listed -list", set()),
        ("is:listed list", {"listed"}),
        ("is:listed OR is:hot", {"listed", "hot"}),
        ("since:1d", {"azure"}),
        ("since:5d", {"azure", "hot"}),
        ("-since:5d -topic:ai", EVERYTHING - {"azure", "hot", "c"}),
        ("before:2020-05-02", {"quoted"}),
        ("before:2020-05-01", set()),
        ("after:2020-05-01", EVERYTHING),
        ("after:2020-05-02", EVERYTHING - {"quoted"}),
        ("quality:>30", {"c"}),
        ("quality:>=30", {"c", "opinion"}),
        ("quality:<40", {"opinion"}),
        ("-quality:<40", EVERYTHING - {"opinion"}),
        ("heat:=99", {"opinion"}),
        ("outlets:>1", set()),
        ("outlets:<=1", EVERYTHING),
        ("azure since:1d is:unread quality:>1", set()),
        ("cloud since:1d is:unread", {"azure"}),
    ],
)
def test_filters_find_what_is_so(library: Library, query: str, names: set[str]) -> None:
    assert found(library, query) == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("cl", {"azure"}),
        ("clo", {"azure"}),
        ("sells o", {"azure"}),
        ("sells it", {"azure"}),
        ('"sells it', {"azure"}),
        ("a", EVERYTHING),
        ("C++", {"c"}),
        ("hello-w", {"c"}),
        ("hello-wo", {"c"}),
        ("会", {"japanese"}),
        ("topic:dev", {"hot"}),
        ("outlet:break", {"opinion"}),
        ("outlet:blog.c", {"opinion"}),
    ],
)
def test_the_last_word_is_only_begun_while_typing(library: Library, typed: str, names: set[str]) -> None:
    assert found(library, typed, is_typing=True) == names


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE article; --", '"" OR ""', "{title}: x", "a\x00b", "\ud800", "%_", "(" * 500]
)
def test_no_text_is_syntax(library: Library, text: str) -> None:
    found(library, text)


def test_what_the_reader_did_is_found() -> None:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "Corpus")
        library.add(source.id, Batch(articles=REPORTS), NOW)
        first, second, *_ = library.listing(0, parse(""), "newest", NOW)
        library.mark_read([first], True, NOW)
        library.mark_saved([second], True, NOW)
        assert found(library, "is:read") == {_name(library, first)}
        assert found(library, "is:unread") == EVERYTHING - {_name(library, first)}
        assert found(library, "is:saved -is:read") == {_name(library, second)}


def test_what_is_muted_is_not_found() -> None:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "Corpus")
        library.add(source.id, Batch(articles=REPORTS, listed=(LISTED,)), NOW)
        library.mute("outlet", "CNET", NOW)
        assert found(library, "") == EVERYTHING - {"c"}
        assert found(library, "C++") == set()


@pytest.mark.parametrize("state", ["is:saved", "is:unread", "is:multi", "is:saved is:hot"])
@pytest.mark.parametrize("name", ["outlet:nobody", "source:nobody", "topic:nobody", "outlet:nobody azure"])
def test_a_name_that_nobody_has_finds_nothing_beside_any_state(library: Library, state: str, name: str) -> None:
    query = parse(f"{state} {name}")
    assert library.count(0, query, NOW) == 0
    assert list(library.listing(0, query, "newest", NOW)) == []
