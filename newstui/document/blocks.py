"""What a readable text is made of; plain tuples all the way down, for a screen to lay out."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look, with a line end where the author wants one; ``link_number`` counts from 1."""

    text: str
    is_strong: bool = False
    is_emphasis: bool = False
    is_code: bool = False
    link_number: int | None = None

    def look(self) -> tuple[object, ...]:
        """What two spans of one look have in common: all but their text."""
        return self.is_strong, self.is_emphasis, self.is_code, self.link_number


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline inside the text; ``level`` is 1 for the largest, 6 for the smallest."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list, or with an empty ``marker`` a further paragraph of it; ``depth`` is 0 outside other lists."""

    spans: Spans
    depth: int
    marker: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What the author quotes, as blocks."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that keep their spaces."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row names the columns."""

    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by what it shows; ``url`` is empty when it must not be opened."""

    alt: str
    url: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts of the text."""


Block = Paragraph | Heading | Bullet | Quote | Code | Table | Picture | Rule


class DocumentLink(NamedTuple):
    """A link of a document; its number is its place, counted from 1."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text ready to be laid out; ``is_cut`` when it was too long to be shown in full."""

    blocks: tuple[Block, ...] = ()
    links: tuple[DocumentLink, ...] = ()
    is_cut: bool = False
