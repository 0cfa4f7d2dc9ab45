"""The article of a page: what is kept of it, what is left, and what is said where there is none."""

import pytest

from newstui.document import Heading, Table, parse
from newstui.errors import ParseError
from newstui.sources.charset import decoded
from newstui.sources.page_reading import read
from tests.test_document import said

SENTENCE = "The harbour board voted on Tuesday to close the northern pier to all ships for the whole of the winter. "
PAGE = f"""<!doctype html><html><head><title>Pier closed - The Harbour Post</title>
<meta property="og:title" content="Pier closed"><style>p {{}}</style></head><body>
<nav><a href="/">Home</a> <a href="/sports">Sports</a></nav>
<div class="page"><article><h1>Pier closed</h1><p>{SENTENCE * 3}</p>
<h2>What happens <em>next</em></h2><p>Second: {SENTENCE * 2}<a href="/board?a=1">the board</a> <b>said</b>.</p>
<ul><li>Ships of the line{SENTENCE}</li><li>Ferries: {SENTENCE}</li></ul>
<blockquote><p>Quoted: {SENTENCE * 2}</p></blockquote>
<table><tr><th>Month</th><th>Ships</th></tr><tr><td>May</td><td>12</td></tr></table>
<p>Third: {SENTENCE * 3}</p><div style="display:none">secret</div></article>
<div class="related"><h3>Read also</h3><ul><li><a href="/1">Other news</a></li><li><a href="/2">More news</a></li></ul>
</div></div><footer><p>All rights reserved</p></footer><script>track()</script></body></html>"""
ABOUT = {"url": "https://post.example/2026/pier", "content_type": "text/html; charset=utf-8"}


def test_an_article_keeps_its_headings_lists_quotes_tables_and_links() -> None:
    page = read(PAGE.encode(), ABOUT)
    assert page["title"] == "Pier closed"
    text = page["text"]
    assert text.startswith("The harbour board voted")
    assert "\n\n## What happens *next*\n\n" in text
    assert "[the board](https://post.example/board?a=1) **said**." in text
    assert "\n- Ships of the line" in text
    assert "\n> Quoted: The harbour" in text
    assert "| Month | Ships |\n| --- | --- |\n| May | 12 |" in text
    assert text.rstrip().endswith("of the winter.")


def test_what_is_around_an_article_is_left() -> None:
    text = said(parse(read(PAGE.encode(), ABOUT)["text"]))
    for other in ("Sports", "Read also", "Other news", "rights reserved", "track", "secret"):
        assert other not in text


def test_a_heading_that_only_says_the_title_is_left() -> None:
    blocks = parse(read(PAGE.encode(), ABOUT)["text"]).blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == [2]
    assert sum(isinstance(block, Table) for block in blocks) == 1


def test_an_article_that_stands_in_the_data_of_a_page_is_found() -> None:
    article = f'{{"@type": "NewsArticle", "articleBody": "{SENTENCE * 8}"}}'
    page = (
        f'<html><head><script type="application/ld+json">{article}</script></head><body><div>Wait</div></body></html>'
    )
    assert said(parse(read(page.encode(), ABOUT)["text"])).startswith(SENTENCE)


@pytest.mark.parametrize(
    ("body", "content_type", "what"),
    [
        (b"%PDF-1.7 ...", "text/html", "this is a PDF file, not a page of text"),
        (b"x", "application/pdf", "this is a PDF file, not a page of text"),
        (b"\x89PNG\r\n", "", "this is a picture, not a page of text"),
        (b"x", "image/avif", "this is a picture, not a page of text"),
        (b"x", "Video/MP4; codecs=x", "this is a video, not a page of text"),
        (b"{}", "application/json", "this is data for programs (JSON), not a page of text"),
        (b"x", "application/x-strange\x1b[2J", "this is application/x-strange, not a page of text"),
        (b"", "text/html", "no article text was found on this page"),
        (b" \n\0", "text/html", "no article text was found on this page"),
        (b"<script>x</script>", "text/html", "no article text was found on this page"),
    ],
)
def test_a_page_without_an_article_says_what_it_is(body: bytes, content_type: str, what: str) -> None:
    with pytest.raises(ParseError) as refused:
        read(body, {"url": "https://a.example/", "content_type": content_type})
    assert refused.value.what == what


def test_a_page_of_plain_text_is_its_paragraphs() -> None:
    page = read(b"One <b>\r\nand *more*.\r\n\r\nTwo.", {"content_type": "text/plain"})
    assert page == {"title": "", "text": "One \\<b> and \\*more\\*.\n\nTwo."}


def test_a_page_that_nests_deep_gives_its_text() -> None:
    page = read(("<div>" * 1_000 + f"<p>{SENTENCE * 5}").encode(), ABOUT)
    assert said(parse(page["text"])).startswith(SENTENCE)


@pytest.mark.parametrize("depth", [2_500, 100_000])
def test_a_page_that_nests_too_deep_is_refused_in_words(depth: int) -> None:
    with pytest.raises(ParseError):
        read(("<div>" * depth + f"<p>{SENTENCE * 5}").encode(), ABOUT)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("é€".encode(), "text/html; charset=iso-8859-1", "é€"),
        ("é€".encode("cp1252"), "text/html; charset=ISO-8859-1", "é€"),
        ("é€".encode("cp1252"), "", "é€"),
        ("é".encode() + b"\xff", "text/html; charset=utf-8", "é\ufffd"),
        ("あ".encode("shift_jis"), 'text/html; charset="Shift_JIS"', "あ"),
        ('<meta charset=euc-jp>あ'.encode("euc_jp"), "text/html", "<meta charset=euc-jp>あ"),
        ("あ".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "あ"),
        ("é".encode("utf-16"), "text/html; charset=utf-8", "é"),
        ("\ufeffé".encode(), "text/html; charset=cp1252", "é"),
        ("中".encode("gb18030"), "text/html;charset=gb2312", "中"),
        ("é".encode("cp1252"), "text/html; charset=punycode", "é"),
        ("é".encode("cp1252"), "text/html; charset=zlib", "é"),
        ("é".encode("cp1252"), "text/html; charset=no-such", "é"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_the_encoding_that_it_is_in(body: bytes, content_type: str, text: str) -> None:
    assert decoded(body, content_type) == text
