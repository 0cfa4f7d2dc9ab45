"""Markdown as blocks: what a reader sees of it, and how little a hostile text can cost."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.document import (
    Block,
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
    markdown,
    parse,
    spans,
)
from newstui.links import SafeUrl
from newstui.text import clean


def said(document: Document) -> str:
    """Every word of a document, as a reader meets them."""
    return " ".join(" ".join(texts(document.blocks)).split())


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of blocks and of what is in them."""
    for block in blocks:
        match block:
            case Paragraph() | Heading() | Bullet():
                yield "".join(span.text for span in block.spans)
            case Quote():
                yield from texts(block.blocks)
            case Code():
                yield from block.lines
            case Table():
                yield from ("".join(span.text for span in cell) for row in block.rows for cell in row)
            case Picture():
                yield block.alt


def test_a_text_is_read_as_its_blocks() -> None:
    document = parse("# One\n\nTwo\nlines  \nbroken\n\n---\n\n```py\nx = 1\n\n  y\n```\n\n    indented\n")
    assert document.blocks == (
        Heading(1, (Span("One"),)),
        Paragraph((Span("Two lines\nbroken"),)),
        Rule(),
        Code(("x = 1", "", "  y")),
        Code(("indented",)),
    )


def test_emphasis_and_code_are_spans_of_their_own() -> None:
    assert parse("a **b *c* d** `e*` \\*f\\*").blocks == (
        Paragraph(
            (
                Span("a "),
                Span("b ", is_strong=True),
                Span("c", is_strong=True, is_emphasis=True),
                Span(" d", is_strong=True),
                Span(" "),
                Span("e*", is_code=True),
                Span(" *f*"),
            )
        ),
    )


def test_lists_keep_their_depth_and_marks() -> None:
    document = parse("- a\n\n  more of a\n  - b\n- c\n\n3. d\n4. e\n   1) f\n")
    bullets = [block for block in document.blocks if isinstance(block, Bullet)]
    assert [(said(Document((bullet,))), bullet.depth, bullet.marker) for bullet in bullets] == [
        ("a", 0, "•"),
        ("more of a", 0, ""),
        ("b", 1, "•"),
        ("c", 0, "•"),
        ("d", 0, "3."),
        ("e", 0, "4."),
        ("f", 1, "1."),
    ]


def test_an_item_that_starts_with_something_else_shows_its_mark_first() -> None:
    assert parse("- ```\n  x\n  ```\n-\n- - y").blocks == (
        Bullet((), 0, "•"),
        Code(("x",)),
        Bullet((), 0, "•"),
        Bullet((Span("y"),), 1, "•"),
    )


def test_a_quote_holds_blocks_of_its_own() -> None:
    assert parse("1. > a\n   > - b\n   >\n   > > c\n").blocks == (
        Bullet((), 0, "1."),
        Quote((Paragraph((Span("a"),)), Bullet((Span("b"),), 0, "•"), Quote((Paragraph((Span("c"),)),)))),
    )


def test_a_table_names_its_columns_in_the_first_row() -> None:
    document = parse("| a | b |\n| - | - |\n| 1 | **2** |\n| 3 |\n")
    assert document.blocks == (
        Table((((Span("a"),), (Span("b"),)), ((Span("1"),), (Span("2", is_strong=True),)), ((Span("3"),), ()))),
    )


def test_links_are_numbered_as_they_stand_and_each_page_once() -> None:
    document = parse(
        "See https://b.example/x_y_z. And [one **two**](https://a.example/), <https://c.example>\n"
        "and again [here](https://a.example/), [by name][n].\n\n[n]: https://d.example/é 'title'\n"
    )
    assert document.links == (
        ("https://b.example/x_y_z", "https://b.example/x_y_z"),
        ("one two", "https://a.example/"),
        ("https://c.example", "https://c.example"),
        ("by name", "https://d.example/%C3%A9"),
    )
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert [(span.text, span.link_number) for span in paragraph.spans if span.link_number] == [
        ("https://b.example/x_y_z", 1), ("one ", 2), ("two", 2), ("https://c.example", 3), ("here", 2), ("by name", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//a.example", "/relative", "#part",
     "<java\tscript:x>", "https://user:pw@a.example", "&#106;avascript:alert(1)", "vbscript:x"],
)  # fmt: skip
def test_what_must_not_be_opened_is_text_and_no_link(url: str) -> None:
    document = parse(f"before [label]({url}) after ![alt]({url})")
    assert document.links == ()
    assert said(document) == "before label after alt"
    assert document.blocks[-1] == Picture("alt", "")


def test_pictures_stand_by_themselves() -> None:
    document = parse(
        "before ![a *b*](https://a.example/i.png) after\n\n[![logo](https://a.example/l.png)](https://a.example)"
    )
    assert document.blocks == (
        Paragraph((Span("before  after"),)),
        Picture("a b", "https://a.example/i.png"),
        Paragraph((Span("logo", link_number=1),)),
        Picture("logo", "https://a.example/l.png"),
    )
    assert document.links == (("logo", "https://a.example"),)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a <b>bold</b><br>c", "a bold c"),
        ("<div class='x'>a <b>b</b> &amp; c</div>", "a b & c"),
        ("<p>one</p><p>two</p>", "one two"),
        ("<script>\nalert(1)\n</script>\nafter", "after"),
        ("x <script>alert(1)</script> y", "x y"),
        ("<div><style>p{}</style>text<script>x", "text"),
        ("<!-- hidden > --> shown", "shown"),
        ("<div><!-- a -->b<!-- c", "b"),
        ('<div title="a > b">x</div>', "x"),
        ("<div><a href=", ""),
        ("<div>1 < 2 and 3 > 2</div>", "1 < 2 and 3 > 2"),
        ("<iframe src='https://a.example'>x</iframe>", "x"),
        ("a < b and c > d", "a < b and c > d"),
        ("<div>&lt;b&gt;</div>", "<b>"),
    ],
)
def test_html_is_never_shown_as_tags_and_its_text_stays(html: str, shown: str) -> None:
    assert said(parse(html)) == shown


def test_entities_cannot_bring_back_what_the_door_dropped() -> None:
    hidden = "&#x202e;&#x200b;&#27;&#155;&#0;&#x2028;&#xfffe;"
    document = parse(
        f"# a{hidden}b\n\n[c{hidden}d](https://a.example/{hidden} '{hidden}') ![e{hidden}f](https://a.example/x)\n\n"
        f"<div>g{hidden}h</div>\n\n| i{hidden}j |\n| - |\n\n`k{hidden}l`\n"
    )
    assert all(clean(text) == text for text in texts(document.blocks))
    assert all(clean(label) == label and SafeUrl.parse(url) == url for label, url in document.links)


def test_markup_of_the_screen_is_text() -> None:
    assert said(parse("[@click=app.quit]x[/] [bold]y[/bold]")) == "[@click=app.quit]x[/] [bold]y[/bold]"


MANY = 100_000


def repeated(piece: str, size: int = MANY) -> str:
    """So many characters of the same piece."""
    return (piece * (size // len(piece) + 1))[:size]


HOSTILE = {
    "brackets": repeated("["),
    "pictures": repeated("!["),
    "links in links": repeated("[a]("),
    "references": repeated("[a]["),
    "pictures in pictures": repeated("![[]()"),
    "quotes": repeated(">"),
    "quotes with spaces": repeated("> "),
    "lists": repeated("- ") + "x",
    "numbered lists": repeated("1. ") + "x",
    "quotes and lists": repeated("> - ") + "x",
    "deep lists": "\n".join("  " * depth + "- x" for depth in range(400)),
    "deep tabs": "\n".join("\t" * depth + "- x" for depth in range(400)),
    "deep quotes": "\n".join(">" * depth + " x" for depth in range(400)),
    "lazy quotes": ">" * 150 + " a\n" + repeated("b\n"),
    "stars": repeated("*a "),
    "strong": repeated("**a*"),
    "underscores": repeated("_a "),
    "backticks": "".join("`" * count + "a" for count in range(400)),
    "tags": repeated("<a "),
    "comments": repeated("<!--"),
    "scripts": "<div>" + repeated("<script "),
    "attributes": "<div>" + repeated('<a "'),
    "declarations": repeated("<![CDATA["),
    "entities": repeated("&#9"),
    "definitions": repeated("[a]: x\n"),
    "open definitions": repeated('[a]: x "\n'),
    "table": "|a|\n|-|\n" + repeated("|b|\n"),
    "wide table": repeated("|a", 3_000) + "|\n" + repeated("|-", 3_000) + "|\n" + repeated("|\n"),
    "headings": repeated("# x\n"),
    "fences": repeated("```\nx\n"),
    "rules": repeated("---\n"),
    "one word a line": repeated("word\n"),
    "bare links": repeated("http://b.example/d "),
    "a long bare link": "http://" + repeated("."),
    "escapes": repeated("\\*"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_soon(text: str) -> None:
    start = time.process_time()
    parse(text)
    assert time.process_time() - start < 4


@given(st.text(st.sampled_from("[]()!*_`<>&#-+=|\\~:/\"' \n\tax1.é\u202e"), max_size=120))
def test_no_text_makes_reading_fail_or_anything_unclean(text: str) -> None:
    document = parse(text)
    assert all(clean(shown) == shown for shown in texts(document.blocks))
    numbers = [span.link_number for block in document.blocks if isinstance(block, Paragraph) for span in block.spans]
    assert all(number is None or 1 <= number <= len(document.links) for number in numbers)


@pytest.mark.parametrize("marker", ["> ", ">", "- ", "1. ", "> - "])
@pytest.mark.parametrize("depth", [markdown.MAX_NESTING, markdown.MAX_NESTING + 1, 100 * markdown.MAX_NESTING])
def test_what_is_nested_too_deep_is_flattened_and_not_lost(marker: str, depth: int) -> None:
    assert said(parse(f"{marker * depth}deep\n\nafter")) == "deep after"


def test_a_list_indented_too_deep_is_flattened_and_not_lost() -> None:
    depth = 2 * markdown.MAX_NESTING
    lines = "\n".join(f"{'  ' * level}- x{level}" for level in range(depth))
    assert said(parse(lines)).split() == [f"x{level}" for level in range(depth)]


@pytest.mark.parametrize("depth", [building.MAX_QUOTES, building.MAX_QUOTES + 1, 100 * building.MAX_QUOTES])
def test_quotes_are_shown_in_each_other_up_to_a_limit(depth: int) -> None:
    blocks, shown = parse(">" * depth + " x").blocks, 0
    while isinstance(blocks[0], Quote):
        blocks, shown = blocks[0].blocks, shown + 1
    assert shown == building.MAX_QUOTES


@pytest.mark.parametrize("count", [building.MAX_BLOCKS, building.MAX_BLOCKS + 1, 3 * building.MAX_BLOCKS])
def test_a_document_has_at_most_so_many_blocks(count: int) -> None:
    document = parse("# x\n" * count)
    assert len(document.blocks) == building.MAX_BLOCKS
    assert document.is_cut == (count > building.MAX_BLOCKS)


def test_the_rows_of_a_table_count_as_blocks() -> None:
    document = parse("|a|\n|-|\n" + "|b|\n" * (building.MAX_BLOCKS + 10) + "\nafter")
    assert document.is_cut
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert len(table.rows) <= building.MAX_BLOCKS + 1


@pytest.mark.parametrize("count", [markdown.MAX_LINES, markdown.MAX_LINES + 1, 3 * markdown.MAX_LINES])
def test_a_document_has_at_most_so_many_lines(count: int) -> None:
    document = parse("\n".join(["```", *["x"] * (count - 1)]))
    assert len(list(texts(document.blocks))) == markdown.MAX_LINES - 1
    assert document.is_cut == (count > markdown.MAX_LINES)


@pytest.mark.parametrize("count", [spans.MAX_LINKS, spans.MAX_LINKS + 1, 3 * spans.MAX_LINKS])
def test_a_document_has_at_most_so_many_links(count: int) -> None:
    document = parse("\n\n".join(f"[x{n}](https://a.example/{n})" for n in range(count)))
    assert len(document.links) == spans.MAX_LINKS
    assert len(document.blocks) == count


@pytest.mark.parametrize("count", [building.MAX_PICTURES, building.MAX_PICTURES + 1, 10 * building.MAX_PICTURES])
def test_a_document_has_at_most_so_many_pictures(count: int) -> None:
    document = parse("![x](https://a.example/i.png) " * count)
    assert sum(isinstance(block, Picture) for block in document.blocks) == building.MAX_PICTURES


@pytest.mark.parametrize("length", [spans.LONGEST_LABEL, spans.LONGEST_LABEL + 1, 100 * spans.LONGEST_LABEL])
def test_a_label_is_cut_in_the_list_of_links(length: int) -> None:
    ((label, _),) = parse(f"[{'x' * length}](https://a.example)").links
    assert len(label) == spans.LONGEST_LABEL
    assert label.endswith("…") == (length > spans.LONGEST_LABEL)


@pytest.mark.parametrize(
    "count", [markdown.MAX_PUNCTUATION, markdown.MAX_PUNCTUATION + 2, 10 * markdown.MAX_PUNCTUATION]
)
def test_a_text_with_too_much_punctuation_is_shown_as_it_was_written(count: int) -> None:
    shown = said(parse("*a* " * (count // 2)))
    assert ("*" in shown) == (count > markdown.MAX_PUNCTUATION)


def test_a_deep_text_is_shown_even_where_calls_run_out() -> None:
    limit = sys.getrecursionlimit()

    def parse_below(depth: int) -> Document:
        return parse_below(depth - 1) if depth else parse("> " * 190 + "deep <b>\x1b</b>")

    assert "deep" in said(parse_below(limit - 200))


def test_reading_needs_little_of_the_stack_of_a_thread() -> None:
    documents: list[Document] = []
    worker = threading.Thread(target=lambda: documents.append(parse("> " * markdown.MAX_NESTING + "deep")))
    worker.start()
    worker.join()
    assert said(documents[0]) == "deep"


def test_the_parser_is_loaded_only_when_a_text_is_read() -> None:
    code = "import sys, newstui.document; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"markdown_it", "textual", "pydantic"} & set(run.stdout.split())
