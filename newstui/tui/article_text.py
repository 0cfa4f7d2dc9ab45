"""An article as lines, in reading order: pure functions of what the library knows and a width."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from newstui.library.rows import ArticleRow, ImageRow, LinkRow, PageRow
from newstui.links import shown_host
from newstui.text import ago, long_date, long_day
from newstui.tui.cells import shortened
from newstui.tui.coverage_rows import ReportRows
from newstui.tui.coverage_text import beside_lines
from newstui.tui.reports_text import same_day_here
from newstui.tui.text_lines import Part, Parts, TextLine, flowing, heading, wrapped

if TYPE_CHECKING:
    from newstui.sources.picture import Picture

MEASURE = 84
"""Cells: a longer line of text is hard to read."""

PICTURES_SHOWN = 3
LINKS_SHOWN = 20


def article_lines(
    article: ArticleRow, rows: ReportRows, width: int, now: int, picture: "Picture | None" = None
) -> Iterator[TextLine]:
    """All of an article, with its ``picture`` where that is unfolded, and ``rows`` of what stands beside it; ``now`` is
    the present, in seconds."""
    cells = max(1, min(width, MEASURE))
    links = list(article.links)
    yield from map(TextLine, _head(article, cells, rows.coverage.first_report))
    yield from map(TextLine, _pictures(article.images, cells, picture))
    if article.full_text:
        yield from map(TextLine, _excerpt_and_body(article, links, cells))
    else:
        yield from map(TextLine, _excerpt(article.excerpt, "", cells))
        yield from map(TextLine, _page_note(article.page, article.original, cells))
    yield from beside_lines(rows, article.published, width, now)
    yield from map(TextLine, _links(links, len(article.links), width))


def _excerpt_and_body(article: ArticleRow, links: list[LinkRow], cells: int) -> Iterator[Parts]:
    """The excerpt and the full text; the text's links join the others."""
    from newstui.tui.body_text import document_lines, documents, plain_start  # most articles have no text

    body = documents(article.full_text)
    first = next(body, None)
    yield from _excerpt(article.excerpt, plain_start(first) if first else "", cells)
    yield from _page_note(article.page, article.original, cells)
    for document in chain([first] if first else [], body):
        yield from document_lines(document, cells, len(links) - len(article.links))
        links += [LinkRow(label, url) for label, url in document.links]


def _head(article: ArticleRow, cells: int, first_report: int | None) -> Iterator[Parts]:
    yield from wrapped([(article.headline or "No headline", "strong")], cells)
    if article.former_headline:
        yield from wrapped([(f"Headline was: {article.former_headline}", "muted")], cells)
    yield from flowing(outlet_parts(article), cells)
    yield from _when(article, cells, first_report)
    yield from _figures(article, cells)
    for warning in article.warnings:
        yield from wrapped([(f"! {warning}", "warning")], cells)


def outlet_parts(article: ArticleRow) -> list[Part]:
    """The outlet, and its domain where that says more: names can be wrong."""
    name, domain = article.outlet or article.domain, article.domain.removeprefix("www.")
    if not name:
        return [("outlet unknown", "muted")]
    is_said = not domain or name.casefold().removeprefix("www.") == domain.casefold()
    return [(name, "link"), *([] if is_said else [(domain, "muted")])]


def _when(article: ArticleRow, cells: int, first_report: int | None) -> Iterator[Parts]:
    items: list[Part] = [(when(article), "text" if article.is_date_known else "muted")]
    is_exact = article.is_date_known and not article.is_day_only
    if first_report is not None and is_exact and article.published - first_report >= 3600:
        items.append((f"{ago(article.published - first_report)} after the first report", "muted"))
    if not article.is_date_known:
        items = [("date unknown", "muted"), (f"first seen {long_day(article.published)}", "muted")]
    return flowing(items, cells, "  ·  ")


def when(article: ArticleRow) -> str:
    """When an article was published, in full and in local time."""
    if not article.is_date_known:
        return f"date unknown, first seen {long_date(article.published)}"
    return long_day(same_day_here(article.published)) if article.is_day_only else long_date(article.published)


def _figures(article: ArticleRow, cells: int) -> Iterator[Parts]:
    items: list[Part] = [(topic, "text") for topic in article.topics]
    known = [("quality", article.quality), ("heat", article.heat)]
    items += [(f"{name} {figure:,}", "muted") for name, figure in known if figure is not None]
    return flowing(items, cells)


def _pictures(images: Sequence[ImageRow], cells: int, picture: "Picture | None") -> Iterator[Parts]:
    """The first picture, if it is unfolded, and a line that names each of the others."""
    names = list(_names(images))
    if picture is not None and names:
        from newstui.tui.picture_text import picture_lines  # most articles are read without

        yield []
        yield from picture_lines(picture, cells)
        del names[0]
    yield from (part for name in names for part in flowing([name], cells))


def _names(images: Sequence[ImageRow]) -> Iterator[Part]:
    for image in images[:PICTURES_SHOWN]:
        size = f" {image.width}×{image.height}" if image.width > 0 and image.height > 0 else ""
        yield f"[image{size} · {shown_host(image.url)}]", "picture" if image is images[0] else "muted"
    if len(images) > PICTURES_SHOWN:
        yield f"[{len(images) - PICTURES_SHOWN:,} more images · U]", "muted"


def _excerpt(excerpt: str, start: str, cells: int) -> Iterator[Parts]:
    """What the article begins with, unless the ``start`` of its text says it in the same words."""
    if excerpt and not (start and is_start_of(excerpt, start)):
        yield []
        yield from wrapped([(excerpt, "text")], cells)
    elif not start:
        yield []
        words: list[Part] = [
            ("No text came with this article. ", "muted"),
            ("x", "accent"),
            (" fetches its page, ", "muted"),
            ("o", "accent"),
            (" opens it.", "muted"),
        ]
        yield from wrapped(words, cells)


def _page_note(page: PageRow | None, url: str, cells: int) -> Iterator[Parts]:
    """Where the full text below is from, for it was taken out of a page by a program; or why there is none."""
    if page is None:
        return
    yield []
    if page.text:
        yield from wrapped([(f"Full text from {shown_host(url)}, fetched {long_day(page.fetched)}", "muted")], cells)
    else:
        yield from wrapped([("No full text: ", "warning"), (page.error, "text"), ("; x tries again", "muted")], cells)


def is_start_of(excerpt: str, text: str) -> bool:
    """Whether a text begins with its excerpt, however that was cut."""
    start = excerpt.removesuffix("…").removesuffix("...")
    return " ".join(text[: 2 * len(excerpt) + 200].split()).startswith(" ".join(start.split()))


def _links(links: Sequence[LinkRow], unmarked: int, width: int) -> Iterator[Parts]:
    if not links:
        return
    yield []
    yield heading("Links", f"{len(links):,}", width)
    for place, link in enumerate(links[:LINKS_SHOWN]):
        mark = "" if place < unmarked else f"[{place - unmarked + 1}] "
        label = shortened(link.label, max(1, width // 2))
        yield from flowing([(f"{mark}{label}", "text"), (shown_host(link.url), "muted")], width)
    if len(links) > LINKS_SHOWN:
        yield [(shortened(f"{len(links) - LINKS_SHOWN:,} more · U lists them all", width), "muted")]
