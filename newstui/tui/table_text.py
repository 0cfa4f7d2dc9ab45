"""A table as lines: columns side by side where each keeps some room, else each row as a record."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from newstui.tui.cells import cell_len
from newstui.tui.text_lines import Part, Parts, indented, wrapped

NARROWEST_COLUMN = 8
"""Cells that a column keeps, unless its texts are shorter."""

GAP = 2

Cell = Sequence[Part]


def table_lines(rows: Sequence[Sequence[Cell]], cells: int) -> Iterator[Parts]:
    """The rows of a table, of which the first names the columns."""
    if not rows:
        return iter(())
    widths = _widths(rows, cells)
    return _records(rows, cells) if widths is None else _columns(rows, widths)


def _widths(rows: Sequence[Sequence[Cell]], cells: int) -> list[int] | None:
    """The cells of each column, None where they do not fit."""
    columns = max(map(len, rows))
    if columns * (1 + GAP) > cells + GAP:
        return None
    wanted = [max((_width(row[place]) for row in rows if place < len(row)), default=0) for place in range(columns)]
    widths = [min(width, cells) for width in wanted]
    while sum(widths) + GAP * (columns - 1) > cells:
        widths[widths.index(max(widths))] -= 1
    is_roomy = all(width >= min(NARROWEST_COLUMN, want) for width, want in zip(widths, wanted, strict=True))
    return widths if is_roomy else None


def _width(cell: Cell) -> int:
    return sum(cell_len(text) for text, _ in cell)


def _columns(rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> Iterator[Parts]:
    for place, row in enumerate(rows):
        wrapped_cells = [list(wrapped(cell, width)) for cell, width in zip(row, widths, strict=False)]
        for line in zip_longest(*wrapped_cells, fillvalue=()):
            yield [part for cell, width in zip(line, widths, strict=False) for part in _padded(cell, width)]
        if place == 0:
            yield [("─" * (sum(widths) + GAP * (len(widths) - 1)), "rule")]


def _padded(cell: Cell, width: int) -> list[Part]:
    return [*cell, (" " * (width - _width(cell) + GAP), "text")]


def _records(rows: Sequence[Sequence[Cell]], cells: int) -> Iterator[Parts]:
    names, *records = rows
    for place, record in enumerate(records or [names]):
        if place:
            yield []
        for name, value in zip_longest(names if records else (), record, fillvalue=()):
            label = [*((text, "muted") for text, _ in name), (": ", "muted")] if name else []
            lines = wrapped([*label, *value], max(1, cells - 2))
            yield from _hanging(lines)


def _hanging(lines: Iterator[Parts]) -> Iterator[Parts]:
    first = next(lines, None)
    if first is not None:
        yield first
        yield from indented(lines, ("  ", "text"))
