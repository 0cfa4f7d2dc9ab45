"""Everything known about an article."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from newstui.library.rows import ArticleRow
from newstui.text import iso, long_date
from newstui.tui.article_text import MEASURE, when
from newstui.tui.body_text import links_of
from newstui.tui.cells import fitted, shortened
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.text_lines import Part, TextLine, indented, wrapped
from newstui.tui.why_text import NO_REASONS, Reasons, reasons_lines
from newstui.tui.widgets.text_pane import TextPane

LABEL = 12
"""Cells of the column of labels."""

ROOM_FOR_LABELS = 40
"""Cells; in a narrower pane a label stands above its value."""

ORIGINS = {
    "document": "a document of its own",
    "listed": "known only from another article's list",
    "feed": "a feed",
    "site": "a site",
}


class DetailsScreen(Sheet[None]):
    """What the library knows about an article, its addresses included, and where it was read."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "reading.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,i", "close", show=False)]

    def __init__(self, article: ArticleRow, reasons: Reasons = NO_REASONS) -> None:
        super().__init__("Details", "everything known about this article")
        self.add_class("-full")
        self._article = article
        self._reasons = reasons
        self.text = TextPane(id="text")

    def compose_body(self) -> ComposeResult:
        yield self.text

    def hints(self) -> Sequence[tuple[str, str]]:
        return [("j k", "scroll"), ("esc", "back")]

    def on_mount(self) -> None:
        self.text.present(lambda width: details_lines(self._article, width, self._reasons))
        self.text.focus()


def details_lines(article: ArticleRow, width: int, reasons: Reasons = NO_REASONS) -> Iterator[TextLine]:
    """Each thing known about an article: its name, and its value however long it is; and why others are beside it."""
    cells = max(1, min(width, MEASURE + LABEL))
    if reasons.is_asked_for:
        yield from (*reasons_lines(reasons, cells), TextLine([]))
    yield from _values(_said(article), cells)
    if reasons.told and not reasons.is_asked_for:
        yield from (TextLine([]), *reasons_lines(reasons, cells))
    yield from _values(_addresses(article), cells)
    yield from _values([_GROUP, ("excerpt", (article.excerpt, "text"))], cells)


def _values(known: Iterable[tuple[str, Part]], cells: int) -> Iterator[TextLine]:
    for label, value in known:
        if not label:
            yield TextLine([])
        if not value[0]:
            continue
        if cells < ROOM_FOR_LABELS:
            yield TextLine([(shortened(label, cells), "muted")])
            yield from map(TextLine, indented(wrapped([value], cells - 2), ("  ", "text")))
        else:
            mark = f"{fitted(label, LABEL - 1)} "
            yield from map(TextLine, indented(wrapped([value], cells - LABEL), (mark, "muted")))


def _said(article: ArticleRow) -> Iterator[tuple[str, Part]]:
    yield "headline", (article.headline, "strong")
    yield "was", (article.former_headline, "text")
    yield "outlet", (article.outlet, "link")
    yield "domain", (article.domain, "text")
    yield _GROUP
    yield "published", (when(article), "text")
    yield "in UTC", (iso(article.published) if article.is_date_known and not article.is_day_only else "", "text")
    yield "topics", (", ".join(article.topics), "text")
    yield "quality", ("" if article.quality is None else f"{article.quality:,}", "text")
    yield "heat", ("" if article.heat is None else f"{article.heat:,}", "text")
    yield "category", (article.category, "text")
    yield "kind", (article.kind, "text")
    yield _GROUP
    yield "state", (_state(article), "text")
    yield from ((_once("warnings", place), (warning, "warning")) for place, warning in enumerate(article.warnings))
    yield "read from", (article.place, "text")
    yield "source", (article.source, "text")
    yield "origin", (ORIGINS.get(article.origin, article.origin), "text")
    if (page := article.page) is not None:
        yield "full text", (f"fetched {long_date(page.fetched)}" if page.text else f"none: {page.error}", "text")


_GROUP: tuple[str, Part] = ("", ("", "text"))
"""What stands between things that belong together and others."""


def _state(article: ArticleRow) -> str:
    states = ["read" if article.is_read else "unread", "saved" if article.is_saved else ""]
    return ", ".join(filter(None, [*states, "" if article.is_current else "not listed by its site any more"]))


def _addresses(article: ArticleRow) -> Iterator[tuple[str, Part]]:
    yield _GROUP
    yield "page", (article.url, "link")
    yield "original", (article.original if article.original != article.url else "", "link")
    yield from ((link.label, (link.url, "link")) for link in article.links)
    yield from ((_once("images", place), (image.url, "link")) for place, image in enumerate(article.images))
    yield from ((f"[{number}]", (link.url, "link")) for number, link in enumerate(links_of(article.full_text), 1))


def _once(label: str, place: int) -> str:
    return label if place == 0 else " "
