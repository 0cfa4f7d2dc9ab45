"""Articles on the command line: list, show, open, mark."""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import Iterator

from newstui.cli import FAILED
from newstui.cli.json_lines import article_fields, line, shown_fields
from newstui.cli.output import write_lines
from newstui.cli.places import library_of, now
from newstui.errors import QueryError
from newstui.library import Library
from newstui.library.rows import ArticleRow, ListedRow
from newstui.links import SafeUrl
from newstui.query import Query, parse
from newstui.text import long_date, long_day
from newstui.tui.cells import wrapped

WIDEST = 84


def list_articles(options: argparse.Namespace) -> int:
    """Print the articles that match."""
    query = query_of(options.query)
    with library_of(options) as (library, results):
        rows = library.articles(query, options.sort or query.sort or "newest", now(), options.limit)
        write_lines((line(article_fields(row)) if options.json else listing_line(row)) for row in rows)
        return FAILED if any(result.error for result in results) else 0


def show(options: argparse.Namespace) -> int:
    """Print one article."""
    with library_of(options) as (library, _):
        row = found(library, options.article)
        if row is None:
            return FAILED
        listed = library.listed(row.id)
        if options.json:
            reports = (library.article(report.article) for report in listed)
            write_lines([line(shown_fields(row, [report for report in reports if report is not None]))])
        else:
            width = min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
            write_lines(article_lines(row, listed, width))
        return 0


def open_original(options: argparse.Namespace) -> int:
    """Open the original page of an article; where nothing can, print its address."""
    from newstui.terminal.opener import NotOpened, open_link
    from newstui.terminal.surroundings import here

    with library_of(options) as (library, _):
        row = found(library, options.article)
        if row is None:
            return FAILED
        url = SafeUrl.parse(row.original)

    async def hand_over() -> int:
        opened = await open_link(url, here(), os.environ)
        if isinstance(opened, NotOpened):
            print(f"newstui: {opened.reason}", file=sys.stderr)
            print(url)
            return 0
        complaint = await opened.result
        print(complaint or f"Handed to {opened.program}: {url}", file=sys.stderr)
        return FAILED if complaint else 0

    return asyncio.run(hand_over())


def mark(options: argparse.Namespace) -> int:
    """Mark the articles that match, and say how many."""
    query = query_of(options.query)
    with library_of(options) as (library, _):
        stories = list(dict.fromkeys(row.story for row in library.articles(query, "newest", now(), None)))
        is_on = not options.state.startswith("un")
        change = library.mark_read if options.state.endswith("read") else library.mark_saved
        done = change(stories, is_on, now())
        write_lines([done.what])
    return 0


def query_of(words: list[str]) -> Query:
    """The query of a command line. QueryError with a line that points at the mistake."""
    text = " ".join(words)
    try:
        return parse(text)
    except QueryError as error:
        print(f"  {text}\n  {' ' * error.position}^", file=sys.stderr)
        raise


def found(library: Library, article: str) -> ArticleRow | None:
    """The article of an id or a URL; says so where there is none."""
    number = library.find(article)
    row = library.article(number) if number is not None else None
    if row is None:
        print(f"newstui: no article {article!r} in this library: newstui list prints what there is", file=sys.stderr)
    return row


def listing_line(row: ArticleRow) -> str:
    """An article as one line of ``list``."""
    return f"{date_of(row)}  {row.headline} · {row.outlet}  {row.url}"


def article_lines(row: ArticleRow, listed: list[ListedRow], width: int) -> Iterator[str]:
    """An article as ``show`` prints it."""
    yield from wrapped(row.headline, width)
    if row.former_headline:
        yield from wrapped(f"(headline was: {row.former_headline})", width)
    yield row.outlet if row.domain in ("", row.outlet) else f"{row.outlet} · {row.domain}"
    yield date_of(row)
    known = [f"{name} {value}" for name, value in (("quality", row.quality), ("heat", row.heat)) if value is not None]
    yield " · ".join([", ".join(row.topics), *known]) if row.topics else " · ".join(known)
    yield row.original
    for text in (row.excerpt, *row.text.split("\n")):
        if text:
            yield ""
            yield from wrapped(text, width)
    if listed:
        yield ""
        yield f"Also listed by the publisher: {len(listed)}"
    for report in listed:
        when = long_date(report.published) if report.is_date_known else "date unknown"
        yield f"  {when}  {report.outlet}"
        yield from (f"    {part}" for part in wrapped(report.headline, width - 4))


def date_of(row: ArticleRow) -> str:
    """When an article was published, as exactly as it is known."""
    if not row.is_date_known:
        return "date unknown"
    return long_day(row.published) if row.is_day_only else long_date(row.published)
