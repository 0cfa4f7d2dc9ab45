"""The full text of an article, fetched from a real server and read in a real worker."""

import pytest

from newstui.article import LONGEST_TEXT
from newstui.errors import FetchError, ParseError
from newstui.sources.fetch import LARGEST_PAGE, LARGEST_WEB_PAGE, Client, Fetched
from newstui.sources.page import full_text
from newstui.sources.sandbox import Sandbox
from tests.sources.hostile_server import Answer, by_path, redirecting, response, saying, serving
from tests.sources.test_page_reading import PAGE, SENTENCE


class ClientAtHome(Client):
    """A client that may ask this machine."""

    async def get(
        self, url: str, *, limit: int = LARGEST_PAGE, validators: str = "", may_be_private: bool = True
    ) -> Fetched:
        return await super().get(url, limit=limit, validators=validators, may_be_private=may_be_private)


async def text_of(answer: Answer) -> str:
    """The full text of the page that a server gives."""
    async with serving(answer) as url, ClientAtHome() as client, Sandbox() as sandbox:
        return await full_text(url, client, sandbox)


def page(body: str | bytes, kind: str = "text/html; charset=utf-8") -> Answer:
    """A server with one page."""
    return saying(response(body if isinstance(body, bytes) else body.encode(), Content_Type=kind))


async def test_the_article_of_a_page_comes_as_markdown() -> None:
    text = await text_of(page(PAGE))
    assert text.startswith("The harbour board voted")
    assert "\n\n## What happens *next*\n\n" in text


async def test_links_count_from_where_the_page_is_in_the_end() -> None:
    answers = {"/": redirecting("/far/away/page"), "/far/away/page": page(PAGE.replace("/board", "board"))}
    text = await text_of(by_path(answers))
    assert "/far/away/board?a=1) **said**" in text


async def test_a_page_is_read_in_the_encoding_that_its_server_says() -> None:
    text = await text_of(page(PAGE.replace("pier", "pi\xe9r").encode("latin-1"), "text/html; charset=iso-8859-1"))
    assert "northern pi\xe9r" in text


async def test_a_long_article_is_cut() -> None:
    text = await text_of(page("<article>" + f"<p>{SENTENCE * 20}</p>" * 700))
    assert len(text) <= LONGEST_TEXT
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (page(b"%PDF-1.7", "application/pdf"), "this is a PDF file, not a page of text"),
        (page(b"<html></html>"), "no article text was found on this page"),
    ],
)
async def test_a_page_without_an_article_says_why_there_is_none(answer: Answer, what: str) -> None:
    with pytest.raises(ParseError, match=what):
        await text_of(answer)


async def test_a_page_that_is_not_there_or_too_large_is_not_read() -> None:
    for answer in (saying(response(status="404 Not Found")), page(b"x" * (LARGEST_WEB_PAGE + 1))):
        with pytest.raises(FetchError):
            await text_of(answer)


async def test_the_page_of_an_article_may_not_be_on_a_private_network() -> None:
    async with serving(page(PAGE)) as url, Client() as client, Sandbox() as sandbox:
        with pytest.raises(FetchError):
            await full_text(url, client, sandbox)
