"""HTML as blocks: what a reader sees of it, and how little a hostile page can cost."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.document import (
    Bullet,
    Code,
    Document,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Span,
    Table,
    building,
    hypertext,
    spans,
)
from newstui.document.hypertext import DEEPEST_ELEMENT, DEEPEST_LEVEL, read
from newstui.text import clean
from tests.test_document import said, texts


def plain(*lines: str) -> tuple[Paragraph, ...]:
    """Paragraphs without looks."""
    return tuple(Paragraph((Span(line),)) for line in lines)


def test_blocks_are_read_in_their_order() -> None:
    page = "<h1>One</h1><p>Two<hr><div>Three <p>Four</p> Five</div><pre>\n a\n\n\tb \n</pre>Six"
    assert read(page).blocks == (
        Heading(1, (Span("One"),)),
        *plain("Two"),
        Rule(),
        *plain("Three", "Four", "Five"),
        Code((" a", "", "    b")),
        *plain("Six"),
    )


def test_looks_are_those_of_the_elements_around_a_text() -> None:
    assert read("a <b>b <i>c</i></b> <code>d</code><strong>e</strong>").blocks == (
        Paragraph(
            (
                Span("a "),
                Span("b ", is_strong=True),
                Span("c", is_strong=True, is_emphasis=True),
                Span(" "),
                Span("d", is_code=True),
                Span("e", is_strong=True),
            )
        ),
    )


def test_white_space_counts_as_it_does_in_a_browser() -> None:
    assert read("<p> a\n\t b <b> c</b>  <i> d </i> </p>\n <p>\xa0</p>").blocks == (
        Paragraph((Span("a b "), Span("c", is_strong=True), Span(" "), Span("d", is_emphasis=True))),
    )


def test_one_line_end_is_a_line_and_two_are_a_paragraph() -> None:
    assert read("a<br> b<br/><br>\n<br>c<br>").blocks == plain("a\nb", "c")


def test_lists_keep_their_depth_and_numbers() -> None:
    page = (
        "<ul><li>a<ul><li><p>b<p>c</ul><li><ol start=3><li>d<li value=9>e<li>f</ol></ul>"
        "<ol><li>g<li><pre>h</pre>i<li></ol><li>j"
    )
    assert read(page).blocks == (
        Bullet((Span("a"),), 0, "•"),
        Bullet((Span("b"),), 1, "•"),
        Bullet((Span("c"),), 1, ""),
        Bullet((Span("d"),), 1, "3."),
        Bullet((Span("e"),), 1, "9."),
        Bullet((Span("f"),), 1, "10."),
        Bullet((Span("g"),), 0, "1."),
        Bullet((), 0, "2."),
        Code(("h",)),
        Bullet((Span("i"),), 0, ""),
        Bullet((Span("j"),), 0, "•"),
    )


@pytest.mark.parametrize("number", ["-1", "x", "1e3", "9" * 10, "٣", ""])
def test_a_list_with_a_number_that_is_none_begins_with_one(number: str) -> None:
    assert read(f"<ol start='{number}'><li>a</ol>").blocks == (Bullet((Span("a"),), 0, "1."),)


def test_quotes_hold_blocks() -> None:
    page = "<blockquote>a<ul><li>b</ul><blockquote>c</blockquote></blockquote><blockquote> </blockquote>"
    assert read(page).blocks == (
        Quote((*plain("a"), Bullet((Span("b"),), 0, "•"), Quote(plain("c")))),
    )  # fmt: skip


def test_a_table_with_columns_is_one() -> None:
    page = (
        "<table><caption>Of letters</caption><thead><tr><th>A<th colspan=2>B</thead>"
        "<tr><td>1<td><b>2</b><br>3<tr><td><tr><td>4</table>"
    )
    assert read(page).blocks == (
        *plain("Of letters"),
        Table(
            (
                ((Span("A"),), (Span("B"),), ()),
                ((Span("1"),), (Span("2", is_strong=True), Span(" 3")), ()),
                ((Span("4"),), (), ()),
            )
        ),
    )


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>a<td>b</table>",
        "<table><tr><td>a<tr><td>b</table>",
        "<table role=presentation><tr><td>a<tr><td>b<td></table>",
        "<table><tr><td><table><tr><td>a</table><tr><td>b<td></table>",
        "<table><tr><td><h2>a</h2><tr><td>b<td></table>",
        f"<table>{'<td>a<td>b' * 16}<tr><td></table>",
    ],
)
def test_a_table_that_only_lays_out_a_page_is_its_texts(table: str) -> None:
    blocks = read(table).blocks
    assert not any(isinstance(block, Table) for block in blocks)
    assert said(Document(blocks)).startswith("a b")


def test_links_are_numbered_as_they_stand_and_each_page_once() -> None:
    document = read(
        '<p>See https://b.example/x_y. And <a href="/one?a=1&amp;b=2">one <b>two</b></a>, <a href="//c.example">c</a>, '
        '<a href="up">d</a>, <a href="#note">1</a>, <a href="https://e.example/one?a=1&amp;b=2">again</a>',
        "https://e.example/dir/page",
    )
    assert document.links == (
        ("https://b.example/x_y", "https://b.example/x_y"),
        ("one two", "https://e.example/one?a=1&b=2"),
        ("c", "https://c.example"),
        ("d", "https://e.example/dir/up"),
    )
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert [(span.text, span.link_number) for span in paragraph.spans if span.link_number] == [
        ("https://b.example/x_y", 1), ("one ", 2), ("two", 2), ("c", 3), ("d", 4), ("again", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ('<head><base href="/b/"></head><a href="c">x</a>', "https://a.example/b/c"),
        ('<base href="https://b.example/"><a href="c">x</a>', "https://b.example/c"),
        ('<div xml:base="/b/"><i xml:base="c/"><a href="d">x</a></i></div>', "https://a.example/b/c/d"),
        ('<p xml:base="/b/">y</p><a href="c">x</a>', "https://a.example/c"),
        ('<a href=" /b ">x</a>', "https://a.example/b"),
        ('<a href="mailto:a@b.example">x</a>', "mailto:a@b.example"),
    ],
)
def test_a_link_counts_from_where_the_page_says(page: str, url: str) -> None:
    assert [link.url for link in read(page, "https://a.example/").links] == [url]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "#part", "java\nscript:x", "http://[::1",
     "https://user:pw@a.example", "&#106;avascript:alert(1)", "vbscript:x", "", "//"],
)  # fmt: skip
def test_what_must_not_be_opened_is_text_and_no_link(url: str) -> None:
    document = read(f'before <a href="{url}">label</a> after <img alt=alt src="{url}">', "ftp://a.example/")
    assert document.links == ()
    assert document.blocks == (*plain("before label after"), Picture("alt", ""))


def test_pictures_stand_by_themselves_and_those_that_nobody_sees_nowhere() -> None:
    page = (
        '<p>a <a href="/big"><img src="i.png" alt=" a  cat "></a> b<img src="pixel.gif" width="1" height="1">'
        '<img src="data:image/gif;base64,R0" data-src="late.png"><img src="data:x"><img class="wp-smiley" alt="🙂">'
    )
    assert read(page, "https://a.example/").blocks == (
        *plain("a b🙂"),
        Picture("a cat", "https://a.example/i.png"),
        Picture("", "https://a.example/late.png"),
    )


@pytest.mark.parametrize(
    "hidden",
    ["<script>x</script>", "<style>x</style>", "<template>x</template>", "<noscript>x</noscript>", "<!-- x -->",
     "<iframe>x</iframe>", "<svg><text>x</text></svg>", "<select><option>x</select>", "<textarea>x</textarea>",
     "<button>x</button>", "<p hidden>x</p>", "<div style='color: red; DISPLAY : none'>x</div>",
     "<i style='visibility:hidden'>x</i>", "<b aria-hidden=true>x</b>", "<title>x</title>", "<?x x?>",
     "<audio>x</audio>"],
)  # fmt: skip
def test_what_is_not_for_reading_is_left_out_and_what_is_around_it_stays(hidden: str) -> None:
    assert said(read(f"<p>before {hidden} after")).split() == ["before", "after"]


@pytest.mark.parametrize("name", ["embed", "source", "track", "wbr", "input", "param", "img", "hr", "keygen"])
def test_an_empty_element_takes_nothing_with_it(name: str) -> None:
    assert said(read(f"<div>before <{name} src='javascript:x'> after</div><p>end")) == "before after end"


def test_of_a_picture_in_several_sizes_one_is_shown() -> None:
    page = '<picture><source srcset=l.webp><source srcset=s.webp><img src="https://a.example/i" alt=x></picture>'
    assert read(page).blocks == (Picture("x", "https://a.example/i"),)


def test_what_stands_in_for_an_object_is_read() -> None:
    assert read("a <object data=x>b</object>").blocks == plain("a b")


def test_a_text_without_mark_up_is_its_paragraphs() -> None:
    assert read("a b\nc\n\n\nd https://a.example").blocks == (
        *plain("a b c"),
        Paragraph((Span("d "), Span("https://a.example", link_number=1))),
    )


def test_entities_are_read_once() -> None:
    assert read("&amp;lt;b&gt; &eacute;&#x1f600; &nosuch; AT&T").blocks == plain("&lt;b> é😀 &nosuch; AT&T")


def test_characters_that_could_hurt_a_terminal_are_gone() -> None:
    document = read("<p>a\x1b[31mb\x00&#27;[0m\ud800c\u202e<pre>\x9bd\x07</pre><img alt='e\x1b]52;c;x\x07f'>")
    assert all(clean(text) == text and "\x1b" not in text for text in texts(document.blocks))
    assert said(document) == "abc d ef"


@given(st.text(alphabet=st.sampled_from("<>/!?&#;= \n\"'apbrliuotdx\0-[]\ud800\x1b"), max_size=60), st.text(max_size=8))
def test_nothing_makes_it_fail(page: str, base_url: str) -> None:
    assert isinstance(read(page, base_url), Document)


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "a href=/", "q"])
@pytest.mark.parametrize("depth", [DEEPEST_LEVEL + 1, 300, DEEPEST_ELEMENT + 100, 200_000])
def test_elements_inside_each_other_lose_no_text_and_cost_little(tag: str, depth: int) -> None:
    began = time.process_time()
    document = read(f"<{tag}>" * depth + "deep" + "<p>after</p>", "https://a.example/")
    assert " ".join(text.strip("“”") for text in texts(document.blocks)).split()[-2:] == ["deep", "after"]
    assert time.process_time() - began < 10


def test_lists_and_quotes_end_at_the_deepest_level() -> None:
    document = read("<ul><li>" * (DEEPEST_LEVEL + 5) + "a" + "<blockquote>b")
    assert [(said(Document((block,))), block.depth) for block in document.blocks if isinstance(block, Bullet)] == [
        ("a", DEEPEST_LEVEL - 1), ("b", DEEPEST_LEVEL - 1),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [building.MAX_BLOCKS, building.MAX_BLOCKS + 1, 3 * building.MAX_BLOCKS])
def test_a_long_page_is_cut(count: int) -> None:
    document = read("<p>x" * count)
    assert len(document.blocks) == min(count, building.MAX_BLOCKS)
    assert document.is_cut == (count > building.MAX_BLOCKS)


def test_a_long_table_is_cut() -> None:
    document = read("<table>" + "<tr><td>a<td>b" * (2 * building.MAX_BLOCKS) + "</table>after")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert len(table.rows) <= building.MAX_BLOCKS + 1
    assert document.is_cut


@pytest.mark.parametrize("count", [spans.MAX_LINKS, spans.MAX_LINKS + 1, 3 * spans.MAX_LINKS])
def test_further_links_are_text(count: int) -> None:
    document = read("".join(f'<a href="https://a.example/{number}">x</a> ' for number in range(count)))
    assert len(document.links) == spans.MAX_LINKS
    assert said(document).split() == ["x"] * count


@pytest.mark.parametrize("count", [building.MAX_PICTURES, building.MAX_PICTURES + 1, 10 * building.MAX_PICTURES])
def test_further_pictures_are_left_out(count: int) -> None:
    assert len(read('<img src="https://a.example/" alt=x>' * count).blocks) == building.MAX_PICTURES


@pytest.mark.parametrize(
    "piece", ["<b>", "</b>", "<p", "<!--", "&", "&#", "<a href='", "<br>", "a <i> </i>", "<td>", "\n"]
)
def test_time_grows_with_the_length_of_a_page_and_no_faster(piece: str) -> None:
    def seconds(count: int) -> float:
        page = "<p>" + piece * count
        began = time.process_time()
        read(page)
        return time.process_time() - began

    seconds(100)
    assert seconds(80_000) < 40 * max(0.01, min(seconds(10_000) for _ in range(3)))


def test_it_can_be_read_from_deep_within_a_program() -> None:
    documents: list[Document] = []
    worker = threading.Thread(target=lambda: documents.append(hypertext.read("<ul><li>" * 5_000 + "deep")))
    worker.start()
    worker.join()
    assert said(documents[0]) == "deep"
