"""A document in the making: blocks in the order in which they are read, in whatever language they were written."""

from collections.abc import Iterable, Sequence

from newstui.document.blocks import Block, Bullet, Document, Heading, Paragraph, Picture, Quote, Spans, Table
from newstui.document.spans import Links

MAX_BLOCKS = 20_000
"""Blocks of a document, the rows of its tables among them; what follows is cut."""
MAX_QUOTES = 20
"""Quotes shown inside each other; what is deeper stands in the last of them."""
MAX_PICTURES = 50
"""Pictures of a document; further ones are left out."""


class Building:
    """The blocks and links found so far, and the lists and quotes that are open."""

    def __init__(self) -> None:
        self.links = Links()
        self.is_cut = False
        self._blocks: list[Block] = []
        self._items: list[str] = []  # the marker of each list item that is open; empty once it is shown
        self._outside: list[tuple[list[Block], list[str]]] = []  # blocks and items around each quote that is open
        self._made = self._pictures = 0

    @property
    def is_full(self) -> bool:
        """Whether no block can be added any more."""
        return self._made >= MAX_BLOCKS

    def document(self) -> Document:
        """What was built; what is still open ends here."""
        while self._outside:
            self.end_quote()
        return Document(tuple(self._blocks), tuple(self.links.found), self.is_cut)

    def add(self, block: Block) -> None:
        """Add a block, behind the marker of its list item if it is the item's first."""
        if self.is_full:
            self.is_cut = True
            return
        self._show_marker()
        self._blocks.append(block)
        self._made += 1

    def add_text(self, spans: Spans, level: int = 0) -> None:
        """Add running text: a heading if it has a ``level``, else a paragraph of what is open."""
        if level:
            self.add(Heading(level, spans))
        elif self._items:
            marker = self._taken_marker()
            self.add(Bullet(spans, len(self._items) - 1, marker))
        else:
            self.add(Paragraph(spans))

    def add_pictures(self, pictures: Iterable[Picture]) -> None:
        """Add pictures, as many as a document may have."""
        for picture in pictures:
            if self._pictures < MAX_PICTURES:
                self._pictures += 1
                self.add(picture)

    def add_table(self, rows: Sequence[Sequence[Spans]]) -> None:
        """Add a table, as many of its rows as there is room for."""
        kept = rows[: MAX_BLOCKS - self._made + 1]
        self.is_cut |= len(kept) < len(rows)
        self.add(Table(tuple(map(tuple, kept))))
        self._made += len(kept) - 1

    def start_item(self, marker: str) -> None:
        """An item of a list begins."""
        self._items.append(marker)

    def end_item(self) -> None:
        """The item that began last ends; an empty one is shown by its marker."""
        self._show_marker()
        self._items.pop()

    def drop_item(self) -> None:
        """The item that began last ends; an empty one is not shown."""
        self._items.pop()

    def start_quote(self) -> None:
        """A quote begins."""
        self._outside.append((self._blocks, self._items))
        self._blocks, self._items = [], []

    def end_quote(self) -> None:
        """The quote that began last ends; what is in too many others stands in the last of them."""
        quoted, depth = self._blocks, len(self._outside)
        self._blocks, self._items = self._outside.pop()
        if quoted:
            self._show_marker()
        if depth > MAX_QUOTES:
            self._blocks += quoted
        elif quoted:
            self._blocks.append(Quote(tuple(quoted)))
            self._made += 1

    def _show_marker(self) -> None:
        if marker := self._taken_marker():
            self._blocks.append(Bullet((), len(self._items) - 1, marker))
            self._made += 1

    def _taken_marker(self) -> str:
        """The marker of the innermost item, once; the items around it that hold nothing else show none."""
        marker = self._items[-1] if self._items else ""
        for place in range(len(self._items) - 1, -1, -1):
            if not self._items[place]:
                break
            self._items[place] = ""
        return marker
