"""Which tables of a page hold columns to compare, and which only put things beside each other."""

from typing import TYPE_CHECKING

from newstui.document.blocks import Spans

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_COLUMNS = 30
LONGEST_CELL = 200
"""Characters of a cell; what is longer is a text that stands in a layout, unless the table names its columns."""
LONGEST_NAMED_CELL = 1_000


def has_columns(table: "Element") -> bool:
    """Whether a table is one for a reader: rows of short cells and nothing that needs a place of its own."""
    if table.get("role") in ("presentation", "none") or any(True for _ in table.iterdescendants(*_ITS_OWN_PLACE)):
        return False
    rows = widest = longest = cells = 0
    is_named = False
    for element in table.iterdescendants():
        match element.tag:
            case "tr":
                rows, cells = rows + 1, 0
            case "td" | "th":
                cells += 1
                widest = max(widest, cells)
                longest = max(longest, sum(map(len, element.itertext())))
                is_named |= element.tag == "th"
            case "caption" | "thead" | "col":
                is_named = True
    limit = LONGEST_NAMED_CELL if is_named else LONGEST_CELL
    return rows > 1 and 1 < widest <= MOST_COLUMNS and longest <= limit


def spanned(cell: "Element") -> int:
    """How many columns a cell stands in."""
    said = cell.get("colspan", "")
    return min(max(1, int(said)), MOST_COLUMNS) if said.isdecimal() and said.isascii() and len(said) < 4 else 1


def padded(rows: list[list[Spans]]) -> list[list[Spans]]:
    """The rows that say something, all as wide as the widest."""
    said = [row[:MOST_COLUMNS] for row in rows if any(row)]
    widest = max(map(len, said), default=0)
    return [row + [()] * (widest - len(row)) for row in said]


_ITS_OWN_PLACE = (
    *("table", "ul", "ol", "dl", "blockquote", "pre", "hr", "figure", "article", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
)
