"""A document as Markdown that reads back as the same blocks, texts and links: how full texts are kept."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newstui.document.blocks import (
    Block,
    Bullet,
    Code,
    Document,
    DocumentLink,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Spans,
    Table,
)
from newstui.document.writing_spans import destination, escaped, one_line, paragraph
from newstui.text import matcher


def written(document: Document) -> str:
    """The document as Markdown; that it ``is_cut`` can't be seen in it."""
    return "\n".join(_blocks(document.blocks, document.links))


class _Item(NamedTuple):
    """A list item that is open: how much further to the right its text stands, and what kind of list it is in."""

    width: int
    is_numbered: bool


def _blocks(blocks: Sequence[Block], links: Sequence[DocumentLink]) -> Iterator[str]:
    """The lines of blocks, with an empty one between two of them unless both are items of a list."""
    items: list[_Item] = []
    before: Block | None = None
    for block, levels in zip(blocks, _levels(blocks), strict=True):
        if isinstance(before, Bullet) and not before.spans and isinstance(block, Bullet):
            del items[before.depth :]  # an empty item holds no other
        if before and not _continues(block, before, items, levels):
            yield ""
        del items[levels:]
        start = indent = " " * sum(item.width for item in items)
        if isinstance(block, Bullet) and block.marker:
            start, indent = _started(block, indent, items)
        for line in _lines(block, links):
            yield start + line if line else start.rstrip()
            start = indent
        before = block


def _levels(blocks: Sequence[Block]) -> list[int]:
    """How many list items are open where each block begins: those that it or a later paragraph is in."""
    levels, needed = [], 0
    for block in reversed(blocks):
        if isinstance(block, Bullet):
            needed = block.depth + (not block.marker)
        elif isinstance(block, Paragraph):
            needed = 0
        levels.append(needed)
    return levels[::-1]


def _continues(block: Block, before: Block, items: Sequence[_Item], levels: int) -> bool:
    """Whether a block stands right below the one before: items of a list do, and what an empty one begins with."""
    if not isinstance(before, Bullet):
        return False
    if not isinstance(block, Bullet):
        return not before.spans and levels > before.depth
    if not (before.spans and block.spans and block.marker):
        return False
    if block.depth < len(items):
        return items[block.depth].is_numbered == _is_numbered(block)
    # A paragraph is only ended by a list that begins with the number one.
    return block.depth == len(items) and (not _is_numbered(block) or block.marker == "1.")


def _started(bullet: Bullet, indent: str, items: list[_Item]) -> tuple[str, str]:
    """What stands before the first line of an item and before its others; the items around it that are missing open."""
    marker = bullet.marker if _is_numbered(bullet) else "-"
    missing = bullet.depth - len(items)
    items += [_Item(2, False)] * missing
    items.append(_Item(len(marker) + 1, _is_numbered(bullet)))
    start = f"{indent}{'- ' * missing}{marker} "
    return start, " " * len(start)


def _is_numbered(bullet: Bullet) -> bool:
    return matcher("[0-9]{1,9}[.]").fullmatch(bullet.marker) is not None


def _lines(block: Block, links: Sequence[DocumentLink]) -> Iterator[str]:
    match block:
        case Paragraph() | Bullet():
            yield from paragraph(block.spans, links).split("\n")
        case Heading():
            text = one_line(block.spans, links)
            yield f"{'#' * block.level} {matcher(_CLOSING).sub(_ESCAPED, text)}"
        case Quote():
            yield from (f"> {line}" if line else ">" for line in _blocks(block.blocks, links))
        case Code():
            yield from _code(block.lines)
        case Table():
            yield from _table(block.rows, links)
        case Picture():
            yield f"![{escaped(block.alt, is_label=True)}]({destination(block.url)})"
        case Rule():
            yield "---"


def _code(lines: Sequence[str]) -> Iterator[str]:
    longest = max((len(run) for line in lines for run in matcher("`{3,}").findall(line)), default=2)
    fence = "`" * (longest + 1)
    yield from (fence, *lines, fence)


def _table(rows: Sequence[Sequence[Spans]], links: Sequence[DocumentLink]) -> Iterator[str]:
    for place, row in enumerate(rows):
        cells = (one_line(cell, links).replace("|", r"\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
        if place == 0:
            yield "|" + " --- |" * len(row)


_CLOSING = r"#+\Z"
_ESCAPED = r"\\\g<0>"
