"""A link to take along, where nothing here can open it: whole, as text and as a link of the terminal."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import chop_cells
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from newstui.links import SafeUrl
from newstui.tui.article_text import MEASURE
from newstui.tui.cells import shortened
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.text_lines import TextLine, wrapped
from newstui.tui.widgets.pane import Parts
from newstui.tui.widgets.text_pane import TextPane


class LinkCard(Sheet[None]):
    """One URL, in full width and with nothing around it, so that it can also be marked with the mouse."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "reading.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,enter,o", "close", show=False)]

    def __init__(self, headline: str, url: SafeUrl, sentence: str) -> None:
        super().__init__("Link")
        self.add_class("-full")
        self._told = headline, url, sentence
        self.text = _Card(url)

    def compose_body(self) -> ComposeResult:
        yield self.text

    def hints(self) -> Sequence[tuple[str, str]]:
        return [("esc", "back")]

    def on_mount(self) -> None:
        self.text.present(lambda width: card_lines(*self._told, width))
        self.text.focus()


class _Card(TextPane):
    """A pane in which the link's own lines are a link for the terminal too."""

    def __init__(self, url: SafeUrl) -> None:
        super().__init__(id="card")
        self._url = url
        self._look: Style | None = None

    def drawn(self, parts: Parts) -> Strip:
        if [part for _, part in parts] != ["link"]:
            return super().drawn(parts)
        if self._look is None:  # one for all its lines: the terminal then takes them for one link
            self._look = self.style_of("link") + Style(link=self._url)
        return Strip([Segment(parts[0][0], self._look)]).adjust_cell_length(self.size.width, self.style_of("text"))

    def forget_lines(self) -> None:
        super().forget_lines()
        self._look = None


def card_lines(headline: str, url: SafeUrl, sentence: str, width: int) -> Iterator[TextLine]:
    """What it is, its address and nothing else beside that, and what became of it."""
    cells = max(1, min(width, MEASURE))
    yield TextLine([(shortened(headline, cells), "strong")])
    yield TextLine([])
    yield from (TextLine([(part, "link")]) for part in chop_cells(url, max(1, width)))
    yield TextLine([])
    yield from map(TextLine, wrapped([(sentence, "text")], cells))
