"""Documents as Markdown: what is written reads back as it was, whatever characters are in it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

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
    parse,
)
from newstui.document import hypertext
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
CHARACTERS = st.sampled_from([*"ab1é中 .,!\\`*_{}[]()<>#+-=|~&;:/\"'^$", " ", " ", "\xa0", "—", "&amp;", "<b>", "https://"])
TEXTS = st.lists(CHARACTERS, min_size=1, max_size=8).map("".join)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Pages of all kinds of elements in any order, full of what Markdown takes for mark-up."""
    parts = draw(st.lists(st.one_of(st.sampled_from(TAGS), TEXTS.map(_quoted)), max_size=30))
    return "<p>" + "".join(parts)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


TAGS = [
    *(f"<{end}{tag}>" for tag in ("p", "b", "i", "code", "ul", "ol", "li", "blockquote", "h2", "div") for end in ("", "/")),
    *("<br>", "<hr>", "</a>", "<pre> x\n\n``` y</pre>", '<ol start="7">', "<li>", "<li><p>", '<img src="https://i.example/" alt="a]*b">'),
    *(f'<a href="{url}">' for url in URLS),
    *("<table><tr><th>a|b<th>c<tr><td>", "<td>", "</table>"),
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(pages())
def test_what_a_page_says_is_the_same_when_it_was_written_and_read(page: str) -> None:
    assert_reads_back(hypertext.read(page))
