"""Documents as Markdown: what is written reads back as it was, whatever characters are in it."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newstui.document import (
    Block,
    Bullet,
    Code,
    Document,
    DocumentLink,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    hypertext,
    parse,
)
from newstui.document.writing import written
from newstui.text import clean

Look = tuple[bool, bool, bool, str]


def looks(spans: Spans, links: Sequence[DocumentLink]) -> list[tuple[str, Look | None]]:
    """The characters of running text and how each looks, spaces apart: those can't be seen to be bold."""
    seen = []
    for span in spans:
        url = links[span.link_number - 1].url if span.link_number else ""
        look = (span.is_strong, span.is_emphasis, span.is_code, url)
        seen += [(character, None if character.isspace() else look) for character in span.text]
    return seen


def seen(blocks: Sequence[Block], links: Sequence[DocumentLink]) -> list[object]:
    """Blocks in a form in which two that a reader can't tell apart are the same."""
    return [_seen(block, links) for block in blocks]


def _seen(block: Block, links: Sequence[DocumentLink]) -> object:
    match block:
        case Paragraph():
            return looks(block.spans, links)
        case Heading():
            return block.level, looks(block.spans, links)
        case Bullet():
            return block.depth, block.marker, looks(block.spans, links)
        case Quote():
            return "quote", seen(block.blocks, links)
        case Table():
            return [[looks(cell, links) for cell in row] for row in block.rows]
    return block


def assert_reads_back(document: Document) -> None:
    """Writing a document and reading it must change nothing of it."""
    text = written(document)
    again = parse(text)
    assert seen(again.blocks, again.links) == seen(document.blocks, document.links), text
    assert [link.url for link in again.links] == [link.url for link in document.links], text
    assert clean(text) == text


URLS = ("https://a.example/", "https://b.example/x_(y)_z?a=1&copy;=2", "https://c.example/*", "mailto:a@b.example")
SIGNS = [*"ab1é中 .,!\\`*_{}[]()<>#+-=|~&;:/\"'^$", " ", "\xa0", "—", "&amp;", "<b>", "https://", "1. ", "- ", "|-"]
TEXTS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)
TAGS = [
    *(f"<{end}{tag}>" for tag in ("p", "b", "i", "code", "ul", "ol", "li", "blockquote", "h2") for end in ("", "/")),
    *(f'<a href="{url}">' for url in URLS),
    *("</a>", "<br>", "<hr>", '<ol start="7">', "<li><p>", "<pre> x\n\n``` y</pre>"),
    '<img src="https://i.example/" alt="a]*b">',
    *("<table><tr><th>a|b<th>c<tr><td>", "<td>", "</table>"),
]


def quoted(text: str) -> str:
    """A text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


PAGES = st.lists(st.one_of(st.sampled_from(TAGS), TEXTS.map(quoted)), max_size=30).map("".join)


@settings(max_examples=150)
@given(PAGES)
@example("<p>a<b>“x”</b>b<i>c</i><b>d</b>e<b>f <i>g</i> h</b>!<a href='https://a.example/'>i</a>")
@example("<ul><li><blockquote></blockquote>a<pre>x</pre><p>b<li><li>c</ul>")
@example("<p>https://a.example/x. (https://b.example) <b>https://c.example</b>https://d.example")
def test_what_a_page_says_is_the_same_when_it_was_written_and_read(page: str) -> None:
    assert_reads_back(hypertext.read(f"<p>{page}"))


@settings(max_examples=150)
@given(st.text())
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    document = hypertext.read_plain(clean(text))
    assert_reads_back(document)


@pytest.mark.parametrize(
    "line",
    ["# a", "> a", "- a", "+ a", "* a", "1. a", "1) a", "---", "===", "```", "~~~", "[a]: /a", "<div>",
     "<!-- a -->", "| a |", "|-|", ":-:", "- - -", "***", "___", "&copy;", "a\\", "\\", "![a](b)", "`a`", "a | b"],
)  # fmt: skip
def test_a_line_of_text_begins_nothing_else(line: str) -> None:
    spans = (Span(f"a\n{line}\n{line}"),)
    assert parse(written(Document((Paragraph(spans), Bullet(spans, 0, "•"))))).blocks == (
        Paragraph(spans),
        Bullet(spans, 0, "•"),
    )


def test_a_document_is_written_as_a_person_would() -> None:
    document = Document(
        (
            Heading(2, (Span("A heading"),)),
            Paragraph((Span("Plain, "), Span("strong", is_strong=True), Span(" and "), Span("x = 1", is_code=True))),
            Paragraph((Span("See "), Span("the page", link_number=1), Span(" or https://a.example/?b_c.\nSnake_case."))),
            Bullet((Span("one"),), 0, "•"),
            Bullet((Span("in it"),), 1, "1."),
            Bullet((Span("two"),), 0, "•"),
            Code(("if x:", "    y")),
            Bullet((Span("more of two"),), 0, ""),
            Quote((Paragraph((Span("quoted"),)), Quote((Paragraph((Span("deeper"),)),)))),
            Table((((Span("a"),), (Span("b"),)), ((Span("1 | 2"),), ()))),
            Picture("What it shows", "https://a.example/i.png"),
            Rule(),
        ),
        (DocumentLink("the page", "https://a.example/page"),),
    )  # fmt: skip
    assert written(document).split("\n") == [
        "## A heading",
        "",
        "Plain, **strong** and `x = 1`",
        "",
        "See [the page](https://a.example/page) or https://a.example/?b_c.\\",
        "Snake_case.",
        "",
        "- one",
        "  1. in it",
        "- two",
        "",
        "  ```",
        "  if x:",
        "      y",
        "  ```",
        "",
        "  more of two",
        "",
        "> quoted",
        ">",
        "> > deeper",
        "",
        "| a | b |",
        "| --- | --- |",
        "| 1 \\| 2 |  |",
        "",
        "![What it shows](https://a.example/i.png)",
        "",
        "---",
    ]


def test_code_may_hold_what_ends_code() -> None:
    blocks = (
        Code(("```", "````", "", "  a  ")),
        Paragraph((Span("`` ` ``", is_code=True), Span(" "), Span("a`", is_code=True))),
    )
    assert parse(written(Document(blocks))).blocks == blocks


def test_items_without_the_items_around_them_keep_their_depth() -> None:
    blocks = (
        Bullet((Span("deep"),), 3, "7."),
        Bullet((), 1, "•"),
        Bullet((Span("a"),), 2, "•"),
        Bullet((Span("b"),), 0, "2."),
    )
    assert parse(written(Document(blocks))).blocks == blocks
