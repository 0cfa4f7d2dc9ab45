"""Articles on the command line: list, show, open, mark."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator

from newstui.cli import DONE, FAILED
from newstui.cli.output import tell, write_lines
from newstui.cli.places import library_of, now
from newstui.cli.queries import query_of
from newstui.errors import QueryError
from newstui.library import Library
from newstui.library.rows import ArticleRow
from newstui.links import SafeUrl


def list_articles(options: argparse.Namespace) -> int:
    """Print the articles that match."""
    query = query_of(options.query)
    with library_of(options) as (library, have_all_been_read):
        rows = library.articles(query, options.sort, now(), options.limit)
        write_lines(_lines(library, rows, is_json=options.json))
    return DONE if have_all_been_read else FAILED


def _lines(library: Library, rows: Iterator[ArticleRow], *, is_json: bool) -> Iterator[str]:
    from newstui.cli.plain_text import article_line, listing_lines

    if is_json:
        yield from _json_lines(library, rows)
        return
    columns = _columns() if sys.stdout and sys.stdout.isatty() else None
    for row in rows:
        if columns is None:
            yield article_line(row)
        else:
            yield from listing_lines(row, columns)


def _json_lines(library: Library, rows: Iterator[ArticleRow]) -> Iterator[str]:
    from newstui.cli.json_lines import article_fields, line

    return (line(article_fields(row, library.coverage(row.id))) for row in rows)


def show(options: argparse.Namespace) -> int:
    """Print one article, and who else reports it."""
    with library_of(options) as (library, have_all_been_read):
        row = found(library, options.article)
        if row is None:
            return FAILED
        write_lines(_shown_as_json(library, row) if options.json else _shown(library, row))
    return DONE if have_all_been_read else FAILED


def _shown(library: Library, row: ArticleRow) -> Iterator[str]:
    from newstui.cli.plain_text import shown_lines

    listed = [report for it in library.listed(row.id) if (report := library.article(it.article)) is not None]
    return shown_lines(row, library.coverage(row.id), listed, _columns())


def _shown_as_json(library: Library, row: ArticleRow) -> Iterator[str]:
    from newstui.cli.beside import all_beside
    from newstui.cli.json_lines import line, shown_fields

    coverage = library.coverage(row.id)
    yield line(shown_fields(row, coverage, all_beside(library, row.id, coverage)))


def open_original(options: argparse.Namespace) -> int:
    """Open the original page of an article; where nothing can, print its address."""
    import asyncio

    with library_of(options) as (library, _):
        row = found(library, options.article)
    return FAILED if row is None else asyncio.run(_hand_over(SafeUrl.parse(row.original)))


async def _hand_over(url: SafeUrl) -> int:
    from newstui.terminal.opener import NotOpened, open_link
    from newstui.terminal.surroundings import here

    opened = await open_link(url, here(), os.environ)
    if isinstance(opened, NotOpened):
        tell(opened.reason)
        write_lines([url])
        return DONE
    if complaint := await opened.result:
        tell(f"{opened.program} could not open the page ({complaint}): open it yourself")
        write_lines([url])
        return FAILED
    tell(f"handed to {opened.program}: {url}")
    return DONE


def mark(options: argparse.Namespace) -> int:
    """Mark the articles that match, and say how many."""
    query = query_of(options.query)
    if not query.clauses:
        # A script whose variable is empty must not mark everything.
        raise QueryError("nothing says which articles", position=0, advice="write a query, such as is:unread for all")
    with library_of(options) as (library, _):
        stories = list(dict.fromkeys(row.story for row in library.articles(query, "newest", now())))
        change = library.mark_read if options.state.endswith("read") else library.mark_saved
        write_lines([change(stories, not options.state.startswith("un"), now()).what])
    return DONE


def found(library: Library, article: str) -> ArticleRow | None:
    """The article of an id or a URL; says so where there is none."""
    number = library.find(article)
    row = None if number is None else library.article(number)
    if row is None:
        tell(f"there is no article {article!r} in this library: newstui list prints what there is")
    return row


def _columns() -> int:
    return shutil.get_terminal_size((80, 24)).columns
