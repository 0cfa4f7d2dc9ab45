"""The keys of the format as an article: weird values cost a warning, never the article."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.article import Article
from newstui.errors import ParseError
from newstui.sources.fields import to_article, whole_number

KEYS = ["title", "webUrl", "originalUrl", "sourceUrl", "excerpt", "topics", "images", "provider", "quality", "heat",
        "published", "type", "publishedDateTime", "ampWebUrl", "content", "category", "categories"]  # fmt: skip
LEAST = {"title": "A", "webUrl": "https://a.example/"}


def made(**more: Any) -> Article:
    return to_article({**LEAST, **more}, "document", "place")


def test_the_least_article_is_a_headline_and_a_page() -> None:
    article = made()
    assert (article.title, article.url, article.original) == ("A", "https://a.example/", None)
    assert (article.published, article.quality, article.heat, article.is_current) == (None, None, None, True)
    assert (article.outlet.name, article.outlet.domain, article.warnings) == ("", "a.example", ())


def test_every_key_has_its_place() -> None:
    article = made(
        excerpt="E", publishedDateTime="2020-05-08T22:34:00Z", originalUrl="https://o.example/", category="news",
        ampWebUrl="https://amp.example/", cdnAmpWebUrl="https://cdn.example/", type="article", quality="6", heat="9",
        published="false", provider={"name": "P", "domain": "p.example"}, topics=["X", "Y"], unknown={"a": []},
        images=[{"url": "https://i.example/", "width": "2", "height": 3, "isCached": "true"}],
    )  # fmt: skip
    assert article.warnings == ()
    assert (article.excerpt, article.original, article.category, article.kind) == (
        "E",
        "https://o.example/",
        "news",
        "article",
    )
    assert (article.published, article.is_day_only) == (1_588_977_240, False)
    assert (article.quality, article.heat, article.is_current) == (6, 9, False)
    assert (article.outlet.name, article.outlet.domain, article.topics) == ("P", "p.example", ("X", "Y"))
    assert [(link.label, link.url) for link in article.links] == [
        ("AMP", "https://amp.example/"),
        ("AMP cache", "https://cdn.example/"),
    ]
    assert [(image.url, image.width, image.height) for image in article.images] == [("https://i.example/", 2, 3)]


def test_json_may_say_null_anywhere() -> None:
    assert made(**dict.fromkeys({*KEYS, "tags", "path"} - LEAST.keys())) == made()


def test_a_heat_of_minus_one_is_unknown() -> None:
    assert [made(heat=heat).heat for heat in ("-1", -1, "0", 7)] == [None, None, 0, 7]


@pytest.mark.parametrize(
    ("said", "is_current"), [("true", True), ("No", False), (False, False), ("off", False), (True, True)]
)
def test_published_says_whether_its_site_lists_it(said: object, is_current: bool) -> None:
    assert made(published=said).is_current is is_current


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("quality", "many"),
        ("quality", "9" * 19),
        ("quality", "1" * 5_000),
        ("heat", 1e999),
        ("heat", float("nan")),
        ("heat", []),
        ("published", "perhaps"),
        ("publishedDateTime", "0000-01-01T00:00:00Z"),
        ("publishedDateTime", "yesterday"),
        ("publishedDateTime", 2020),
        ("excerpt", ["a"]),
        ("topics", {"a": "b"}),
        ("images", 3),
        ("images", ["javascript:x"]),
        ("originalUrl", "file:///etc/passwd"),
        ("ampWebUrl", "nonsense"),
    ],
)
def test_a_part_that_cannot_be_used_is_left_out_and_named(key: str, value: object) -> None:
    article = made(**{key: value})
    assert article.title == "A"
    assert len(article.warnings) == 1
    assert article == made().model_copy(update={"warnings": article.warnings})


def test_the_original_stands_in_for_a_page_that_cannot_be_opened() -> None:
    article = to_article({"title": "A", "webUrl": "javascript:x", "originalUrl": "https://o.example/"}, "document", "")
    assert article.url == "https://o.example/"
    assert len(article.warnings) == 1
    assert to_article({"title": "A", "originalUrl": "https://o.example/"}, "document", "").warnings == ()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"webUrl": "https://a.example/"}, "no title"),
        ({"title": "", "webUrl": "https://a.example/"}, "no title"),
        ({"title": "\u200b\x07", "webUrl": "https://a.example/"}, "no title"),
        ({"title": "A"}, "no page"),
        ({"title": "A", "webUrl": "javascript:x"}, "can't be opened"),
        (["title"], "not keys and values"),
        (None, "not keys and values"),
    ],
)
def test_without_headline_or_page_there_is_no_article(fields: object, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        to_article(fields, "document", "place")


def test_a_title_may_be_a_number() -> None:
    assert made(title=2020).title == "2020"


def test_a_whole_number_has_at_most_eighteen_digits() -> None:
    assert [whole_number(said) for said in ("9" * 18, "-7", 10**18 - 1, 6.0)] == [10**18 - 1, -7, 10**18 - 1, 6]
    assert [whole_number(said) for said in ("9" * 19, 10**18, 6.5, "6.0", True, None)] == [None] * 6


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["https://a.example/", "javascript:x"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "domain", "url", "width", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), json_values))
def test_no_value_does_more_than_be_refused(fields: dict[str, object]) -> None:
    try:
        article = to_article(LEAST | fields, "site", "place")
    except ParseError:
        return
    assert article.title
    assert article.url.startswith("http")
