"""Fetching the full text of an article's page beside the screen, and keeping it, whoever looks at what by then."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from newstui.config import Settings
from newstui.errors import NewsError
from newstui.library import Library
from newstui.library.rows import ArticleRow
from newstui.tui.errands import Errand


@dataclass
class FullTextCame(Message):
    """The full text of an article is in the library, or ``error`` says why there is none."""

    article: int
    error: str = ""


def fetch_full_text(
    article: ArticleRow, library: Library, settings: Settings, now: int, tell: Callable[[Message], object]
) -> Errand:
    """Begin to fetch the page of an article; ``tell`` hears when it is kept."""
    return Errand("full text", _kept(article, library, settings, now), tell)


async def _kept(article: ArticleRow, library: Library, settings: Settings, now: int) -> FullTextCame:
    from newstui.sources.page import full_text
    from newstui.sources.web import Web

    text, error = "", ""
    try:
        async with Web.of(settings) as web:
            text = await full_text(article.original, web.client, web.sandbox)
    except NewsError as failure:
        error = str(failure)
    try:
        with library.another() as own:
            own.keep_page(article.id, text, now, error)
    except NewsError as failure:
        error = str(failure)
    return FullTextCame(article.id, error)
