"""The full texts of new articles, for the sources that are read with them."""

import asyncio
from collections.abc import AsyncGenerator, Callable

from newstui.errors import SourceError
from newstui.library import Library
from newstui.refresh.events import Progress, SourceResult
from newstui.sources.web import Web

MOST_PAGES = 200
"""Pages of one refresh."""


async def full_texts(
    library: Library, web: Web, clock: Callable[[], int], *, is_always: bool
) -> AsyncGenerator[Progress | SourceResult, None]:
    """Fetch the pages that are wanted, the newest first, and keep what they say or why they say nothing."""
    wanted = library.pages_wanted(MOST_PAGES, is_always=is_always)
    tasks = [asyncio.create_task(_keep(library, web, clock, article, url)) for article, url in wanted]
    try:
        for done, task in enumerate(asyncio.as_completed(tasks), 1):
            await task
            yield Progress("Full texts", done, len(tasks), 0)
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep(library: Library, web: Web, clock: Callable[[], int], article: int, url: str) -> None:
    from newstui.sources.page import full_text

    try:
        text, error = await full_text(url, web.client, web.sandbox), ""
    except SourceError as failure:
        text, error = "", str(failure)
    library.keep_page(article, text, clock(), error)
