"""Articles and subscriptions as lines for a person, without any styling: a terminal and a pipe can take them."""

from collections.abc import Iterable, Iterator, Sequence

from newstui.errors import LinkError
from newstui.library.rows import ArticleRow, Coverage, LinkRow, Report, Subscription
from newstui.links import SafeUrl
from newstui.text import ago, counted, long_date, long_day

MEASURE = 84
"""Cells: a longer line of text is hard to read."""


def article_line(row: ArticleRow) -> str:
    """An article as one line, whole: for what comes behind a pipe."""
    return f"{when(row)}  {row.headline} · {outlet_of(row)}  {shown_url(row.url)}"


def listing_lines(row: ArticleRow, cells: int) -> Iterator[str]:
    """An article as two lines for a terminal: its headline, cut to the width, and what one needs to choose it."""
    from newstui.tui.cells import shortened

    yield shortened(row.headline, cells)
    yield shortened(f"    {when(row)} · {row.id} · {outlet_of(row)}", cells)


def shown_lines(row: ArticleRow, coverage: Coverage, listed: Sequence[ArticleRow], columns: int) -> Iterator[str]:
    """An article in full, then who else reports it and what its publisher lists beside it."""
    from newstui.cli.coverage_text import coverage_lines

    cells = max(20, min(MEASURE, columns))
    yield from _head(row, cells)
    yield from _text(row, cells)
    yield from coverage_lines(coverage, row.id, cells)
    yield from _listed(listed, cells)


def _head(row: ArticleRow, cells: int) -> Iterator[str]:
    from newstui.tui.cells import wrapped

    yield from wrapped(row.headline, cells)
    if row.former_headline:
        yield from wrapped(f"(headline was: {row.former_headline})", cells)
    outlet = outlet_of(row)
    yield outlet if row.domain in ("", outlet) else f"{outlet} · {row.domain}"
    yield when(row)
    known = [
        f"{name} {figure:,}" for name, figure in (("quality", row.quality), ("heat", row.heat)) if figure is not None
    ]
    if facts := " · ".join([*([", ".join(row.topics)] if row.topics else []), *known]):
        yield from wrapped(facts, cells)
    yield shown_url(row.original)
    for warning in row.warnings:
        yield from wrapped(f"! {warning}", cells)
    if row.page is not None and row.page.error:
        yield from wrapped(f"! no full text: {row.page.error}", cells)


def _text(row: ArticleRow, cells: int) -> Iterator[str]:
    """Excerpt and full text in paragraphs, without an excerpt that the text begins with; then where its links lead."""
    from newstui.tui.article_text import is_start_of
    from newstui.tui.body_text import document_lines, documents, plain_start
    from newstui.tui.cells import wrapped

    parts = list(documents(row.full_text))
    if row.excerpt and not (parts and is_start_of(row.excerpt, plain_start(parts[0]))):
        yield from ("", *wrapped(row.excerpt, cells))
    links: list[LinkRow] = []
    for part in parts:
        yield from ("".join(text for text, _ in line).rstrip() for line in document_lines(part, cells, len(links)))
        links += [LinkRow(label, url) for label, url in part.links]
    if links:
        yield ""
    yield from (f"[{number}] {url}" for number, (_, url) in enumerate(links, 1))


def _listed(listed: Iterable[ArticleRow], cells: int) -> Iterator[str]:
    from newstui.tui.cells import wrapped

    reports = list(listed)
    if reports:
        yield ""
        yield f"Also listed by the publisher: {len(reports):,}"
    for report in reports:
        yield f"  {when(report)} · {outlet_of(report)}"
        yield from (f"    {part}" for part in wrapped(report.headline, cells - 4))


def source_lines(source: Subscription, problems: int, now: int) -> Iterator[str]:
    """A subscription and how its last reading went."""
    read = "never read" if source.last_good is None else f"read {ago(now - source.last_good)} ago"
    troubles = [counted(problems, "problem")] if problems else []
    yield " · ".join([source.name, source.kind, counted(source.articles, "article"), read, *troubles])
    yield f"    {source.place}"
    if source.error:
        since = "" if source.last_tried is None else f" {ago(now - source.last_tried)} ago"
        yield f"    failed{since}: {source.error}"
    yield from (f"    {state}" for state in _states(source, now))


def _states(source: Subscription, now: int) -> Iterator[str]:
    """What sets a source apart from one that is read as the settings say."""
    if source.is_gone:
        yield "gone for good: it is not asked any more"
    elif source.is_paused:
        yield "paused"
    elif source.next_attempt is not None and source.next_attempt > now:
        yield f"not asked again before {long_date(source.next_attempt)}"
    if source.every is not None:
        yield f"read every {ago(60 * source.every)}"
    if source.is_full_text:
        yield "with the full text of each page"


def outlet_of(row: ArticleRow | Report) -> str:
    """Who published an article, as far as that is known."""
    return row.outlet or row.domain or "outlet unknown"


def when(row: ArticleRow | Report) -> str:
    """When an article was published, as exactly as it is known, in local time."""
    if not row.is_date_known:
        return "date unknown"
    return _day(row.published) if row.is_day_only else long_date(row.published)


def _day(moment: int) -> str:
    """A day without a clock is the same day everywhere."""
    from newstui.tui.reports_text import same_day_here

    return long_day(same_day_here(moment))


def shown_url(url: str) -> str:
    """A URL in the spelling that can be trusted: in ASCII, where no host looks like another."""
    try:
        return SafeUrl.parse(url)
    except LinkError:  # a library that someone else wrote can hold anything
        return url
