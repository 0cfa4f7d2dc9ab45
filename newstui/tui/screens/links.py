"""Every link of an article, whole, to open or to copy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.cells import chop_cells
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from newstui.library.rows import ArticleRow, LinkRow
from newstui.tui.body_text import links_of
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.text_lines import TextLine, indented, wrapped
from newstui.tui.widgets.text_pane import TextPane


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader wants done with a link."""

    verb: Literal["open", "copy"]
    url: str


class LinksScreen(Sheet[Chosen]):
    """The links of an article, each with its whole address; the answer is one of them and what to do with it."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "reading.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o,enter", "choose('open')", show=False),
        Binding("y", "choose('copy')", show=False),
        Binding("q,U", "close", show=False),
    ]

    def __init__(self, article: ArticleRow) -> None:
        self._links = all_links(article)
        super().__init__("Links", f"{len(self._links):,} of this article")
        self.add_class("-full")
        self.text = TextPane(id="text")

    def compose_body(self) -> ComposeResult:
        yield self.text

    def hints(self) -> Sequence[tuple[str, str]]:
        return [("o", "open"), ("y", "copy"), ("j k", "move"), ("esc", "back")]

    def on_mount(self) -> None:
        self.text.present(lambda width: links_lines(self._links, width), len(self._links))
        self.text.choose(0)
        self.text.focus()

    def action_choose(self, verb: Literal["open", "copy"]) -> None:
        if self.text.row is not None:
            self.dismiss(Chosen(verb, self._links[self.text.row].url))


def all_links(article: ArticleRow) -> list[LinkRow]:
    """The page that opens, its other versions, the links in the text by their numbers, and the pictures."""
    links = [LinkRow("Original page" if article.original != article.url else "Page", article.original)]
    if article.original != article.url:
        links.append(LinkRow("Page", article.url))
    links += article.links
    numbered = enumerate(links_of(article.full_text), 1)
    links += [LinkRow(f"[{number}] {link.label}", link.url) for number, link in numbered]
    return links + [LinkRow("Image", image.url) for image in article.images]


def links_lines(links: Sequence[LinkRow], width: int) -> Iterator[TextLine]:
    """Each link under what it is called, its address broken only where the pane ends."""
    room = max(1, width - 2)
    for row, link in enumerate(links):
        lines = [*wrapped([(link.label, "strong")], room), *([(part, "link")] for part in chop_cells(link.url, room))]
        yield from (TextLine(parts, row) for parts in indented(lines, ("  ", "text")))
        yield TextLine([])
