"""The one shape of an article: what it needs, what it can lose, and where it ends."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from newstui import article as model
from newstui.article import Article, Image, Link, Outlet, reason
from newstui.text import LAST_MOMENT, clean

HOSTILE = [
    "\x1b]52;c;cm0gLXJm\x07x",
    "\x1b]0;title\x1b\\x",
    "\x1b]8;;https://a.example\x1b\\x",
    "\x1b[2Jx",
    "\x1bP+q\x1b\\x",
    "\x9b31mx",
    "x\0\x07\x7f\x85",
    "\u202ex\u2066\u200e\u061c",
    "x\u200b\u2028\ufeff\uffff",
    "x\ud800",
    "x" + "\u0334" * 1_000,
    "&#27;[31mx&#x202e;",
    "[@click=app.quit]x[/]",
    "`;$(`|&\n -- x",
    "'; DROP TABLE article; --x",
    "مرحبا x",
]


def article(**said: Any) -> Article:
    """An article with what the test says of it."""
    return Article(**{"url": "https://a.example/1", "title": "A title", "origin": "document", **said})


def problem(**said: Any) -> str:
    """Why it can't be an article."""
    with pytest.raises(ValidationError) as refusal:
        article(**said)
    return reason(refusal.value)


def test_an_article_needs_a_title_and_a_page_only() -> None:
    read = article()
    assert (read.url, read.title, read.published, read.topics, read.warnings) == (
        "https://a.example/1", "A title", None, (), (),
    )  # fmt: skip
    assert problem(title=None).startswith("title: ")
    assert problem(url=None).startswith("url: ")
    assert problem(origin="elsewhere").startswith("origin: ")


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_every_text_is_cleaned(hostile: str) -> None:
    read = article(
        title=hostile, excerpt=hostile, text=hostile, outlet={"name": hostile, "domain": hostile}, topics=[hostile],
        category=hostile, kind=hostile, links=[{"label": hostile, "url": "https://a.example"}], place=hostile,
        warnings=[hostile],
    )  # fmt: skip
    shown = (read.title, read.excerpt, read.outlet.name, read.outlet.domain, *read.topics, read.category, read.kind,
             read.links[0].label, read.place, *read.warnings)  # fmt: skip
    for text in (*shown, read.text):
        assert "x" in text
        assert clean(text) == text
        text.encode()
    assert all("\n" not in text and "\t" not in text for text in shown)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "", "https://user:pw@a.example", "mailto:a@b.c"]
)
def test_a_page_that_must_not_be_opened_makes_no_article(url: str) -> None:
    assert problem(url=url).startswith("url: ")


def test_what_else_must_not_be_opened_is_left_out_with_a_word_on_it() -> None:
    read = article(
        original="file:///etc/passwd",
        images=[{"url": "data:image/png;base64,x"}, {"url": "https://a.example/i.png", "width": 3, "height": 4}],
        links=[{"label": "AMP", "url": "javascript:alert(1)"}, {"label": "Print", "url": "https://a.example/p"}],
        warnings=["line 3: said before"],
    )
    assert read.original is None
    assert read.images == (Image(url="https://a.example/i.png", width=3, height=4),)
    assert read.links == (Link(label="Print", url="https://a.example/p"),)
    assert read.warnings == (
        "line 3: said before",
        "images: url: data: links are not opened",
        "links: url: javascript: links are not opened",
        "original: file: links are not opened",
    )


LIMITS = {
    "title": model.LONGEST_TITLE,
    "excerpt": model.LONGEST_EXCERPT,
    "text": model.LONGEST_TEXT,
    "category": model.LONGEST_NAME,
    "kind": model.LONGEST_NAME,
    "place": model.LONGEST_PLACE,
}


@pytest.mark.parametrize(("name", "most"), LIMITS.items())
def test_a_text_that_is_too_long_is_cut(name: str, most: int) -> None:
    assert getattr(article(**{name: "x" * most}), name) == "x" * most
    for length in (most + 1, min(100 * most, 20_000_000)):
        assert getattr(article(**{name: "x" * length}), name) == "x" * (most - 1) + "…"


def test_names_inside_an_article_are_cut_too() -> None:
    most = model.LONGEST_NAME
    long = "x" * (most + 1)
    read = article(
        outlet={"name": long, "domain": long}, topics=[long], links=[{"label": long, "url": "https://a.example"}]
    )
    assert {len(text) for text in (read.outlet.name, read.outlet.domain, *read.topics, read.links[0].label)} == {most}


@pytest.mark.parametrize(
    ("name", "most", "part"),
    [
        ("topics", model.MAX_TOPICS, "a topic"),
        ("links", model.MAX_LINKS, {"label": "x", "url": "https://a.example"}),
        ("images", model.MAX_IMAGES, {"url": "https://a.example/i.png"}),
        ("warnings", model.MAX_WARNINGS, "a warning"),
    ],
)
def test_of_too_many_parts_the_first_are_kept(name: str, most: int, part: Any) -> None:
    assert len(getattr(article(**{name: [part] * most}), name)) == most
    assert article(**{name: [part] * most}).warnings == ((part,) * most if name == "warnings" else ())
    for count in (most + 1, 100 * most):
        read = article(**{name: [part] * count})
        assert len(getattr(read, name)) == most
        assert name == "warnings" or read.warnings == (f"{name}: the first {most} of {count:,} are kept",)


@pytest.mark.parametrize("name", ["quality", "heat"])
@pytest.mark.parametrize(
    ("said", "read"),
    [
        (42, 42), ("42", 42), (42.0, 42), (0, 0), (-7, -7), (None, None), (2**63 - 1, 2**63 - 1), (2**63, None),
        (-(2**63), None), (10**400, None), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5_000, None), (4.5, None),
        (float("inf"), None), (float("nan"), None), (True, None), ("no", None), ("1:30", None), ("\uff14\uff12", None),
        ([], None),
    ],
    ids=lambda value: ascii(value)[:20],
)  # fmt: skip
def test_a_number_is_one_that_a_database_can_hold_or_unknown(name: str, said: Any, read: int | None) -> None:
    assert getattr(article(**{name: said}), name) == read


def test_a_heat_of_minus_one_means_unknown() -> None:
    assert article(heat=-1).heat is None
    assert article(heat="-1").heat is None
    assert article(quality=-1).quality == -1


@pytest.mark.parametrize(
    ("said", "read"),
    [(0, 0), (LAST_MOMENT, LAST_MOMENT), (LAST_MOMENT + 1, None), (-1, None), (None, None), ("soon", None)],
)
def test_a_time_outside_of_the_calendar_is_unknown(said: Any, read: int | None) -> None:
    assert article(published=said).published == read


@pytest.mark.parametrize(("said", "read"), [(640, 640), ("640", 640), (-1, 0), (2**63, 0), (None, 0), ("wide", 0)])
def test_the_size_of_a_picture_is_never_negative(said: Any, read: int) -> None:
    assert Image(url="https://a.example/i.png", width=said, height=said).width == read


def test_a_place_keeps_its_entities_and_spaces() -> None:
    assert article(place="/news/a &amp;  b.md").place == "/news/a &amp;  b.md"


def test_an_article_does_not_change() -> None:
    read = article(outlet=Outlet(name="A"))
    with pytest.raises(ValidationError):
        read.title = "Another"  # type: ignore[misc]


def test_what_a_source_said_stays_as_it_was() -> None:
    said = {
        "url": "https://a.example",
        "title": "x",
        "origin": "site",
        "images": [{"url": "file:x"}],
        "topics": ["a"] * 30,
    }
    before = repr(said)
    assert Article.model_validate(said).warnings
    assert repr(said) == before


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(HOSTILE)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["url", "name", "label", "width"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*Article.model_fields]), ANYTHING))
def test_whatever_is_said_gives_an_article_or_one_reason(said: dict[str, Any]) -> None:
    why = "it is an article"
    try:
        article(**said).model_dump_json().encode()
    except ValidationError as error:
        why = reason(error)
    assert clean(why) == why
