"""The full text of an article as lines, parsed piece by piece, so that a long one is on the screen at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, repeat

from rich.cells import chop_cells

from newstui.document import (
    Block,
    Bullet,
    Code,
    Document,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Span,
    Table,
    parse,
)
from newstui.library.rows import LinkRow
from newstui.links import shown_host
from newstui.tui.cells import cell_len
from newstui.tui.table_text import table_lines
from newstui.tui.text_lines import Part, Parts, indented, wrapped

FIRST_PIECE = 4_000
LARGEST_PIECE = 16_000
"""Characters; each piece is twice as long as the one before, up to this."""

MOST_BLOCKS = 20_000
MOST_DEFINITIONS = 100
DEEPEST = 6
"""Levels of a list that are indented; further ones stand where the last of these does."""


def documents(text: str) -> Iterator[Document]:
    """A Markdown text as documents, one after the other; a short text is one."""
    definitions = _definitions(text) if len(text) > FIRST_PIECE else ""
    blocks = 0
    for piece in _pieces(text):
        document = parse(f"{piece}\n\n{definitions}" if definitions else piece)
        blocks += len(document.blocks)
        is_last = document.is_cut or blocks > MOST_BLOCKS
        yield replace(document, is_cut=is_last)
        if is_last:
            return


def links_of(text: str) -> list[LinkRow]:
    """The links of a text in the order of their numbers."""
    return [LinkRow(label, url) for document in documents(text) for label, url in document.links]


def plain_start(document: Document) -> str:
    """How the running text of a document begins, without headings, looks and line ends."""
    running = (block.spans for block in document.blocks[:6] if isinstance(block, Paragraph))
    return " ".join("".join(span.text for span in spans) for spans in running)


def document_lines(document: Document, cells: int, marked: int) -> Iterator[Parts]:
    """The blocks of a document with space between them; ``marked`` counts the links that earlier ones marked."""
    before: Block | None = None
    for block in document.blocks:
        if not _continues(block, before):
            yield []
        if isinstance(block, Bullet) and isinstance(before, Bullet) and not block.marker:
            block = replace(block, marker=" " * cell_len(before.marker))
        yield from _block(block, cells, marked)
        before = block
    if document.is_cut:
        yield []
        yield from wrapped([("The text goes on, but is too long to be shown here.", "warning")], cells)


# --- pieces of a long text -----------------------------------------------------------------------

_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]: *\S{1,2000}$", re.MULTILINE)
"""What a link by name refers to, which may stand in another piece."""

_SAFE_BREAK = re.compile(r"\n[ \t]*\n(?=[^\s>*+\-\d`~|<\[])")
"""A blank line before what begins a block of its own, and continues no list, quote, table or code."""

_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def _definitions(text: str) -> str:
    return "\n".join(found[0] for found in islice(_DEFINITION.finditer(text), MOST_DEFINITIONS))


def _pieces(text: str) -> Iterator[str]:
    start, size, opening = 0, FIRST_PIECE, ""
    while len(text) - start > size:
        end, is_in_code = _break_after(text, start, start + size, bool(opening))
        yield opening + text[start:end]
        start, size, opening = end, min(2 * size, LARGEST_PIECE), "```\n" if is_in_code else ""
    if start < len(text):
        yield opening + text[start:]


def _break_after(text: str, start: int, least: int, is_in_code: bool) -> tuple[int, bool]:
    """Where to cut, and whether that is inside of code: at a blank line outside of it, anywhere if that is too far."""
    limit = least + LARGEST_PIECE
    fences, counted = int(is_in_code), start
    for found in _SAFE_BREAK.finditer(text, least, limit):
        fences += len(_FENCE.findall(text, counted, found.end()))
        counted = found.end()
        if fences % 2 == 0:
            return counted, False
    if limit >= len(text):
        return len(text), False
    end = (text.rfind("\n", least, limit) + 1) or (text.rfind(" ", least, limit) + 1) or limit
    return end, (fences + len(_FENCE.findall(text, counted, end))) % 2 == 1


# --- blocks --------------------------------------------------------------------------------------


def _continues(block: Block, before: Block | None) -> bool:
    """Whether both are of one list: bullets and numbers at the same depth are not."""
    if not (isinstance(block, Bullet) and isinstance(before, Bullet)):
        return False
    is_other_kind = block.marker[:1].isdigit() != before.marker[:1].isdigit()
    return block.depth != before.depth or not block.marker.strip() or not is_other_kind


def _block(block: Block, cells: int, marked: int) -> Iterator[Parts]:
    match block:
        case Heading():
            return _paragraph(_parts(block.spans, marked, "strong"), cells)
        case Paragraph():
            return _paragraph(_parts(block.spans, marked), cells)
        case Bullet():
            return _bullet(block, cells, marked)
        case Quote():
            quoted = document_lines(Document(block.blocks), max(1, cells - 2), marked)
            next(quoted, None)  # the blank line before the first block
            return indented(quoted, ("▎ ", "rule"), "▎ ")
        case Code():
            return _code(block.lines, cells)
        case Table():
            return table_lines(_cells(block, marked), cells)
        case Picture():
            return wrapped([(f"[image · {block.alt or shown_host(block.url)}]", "muted")], cells)
        case Rule():
            return iter([[("─" * cells, "rule")]])


def _cells(table: Table, marked: int) -> list[list[list[Part]]]:
    looks = chain(["strong"], repeat("text"))
    return [[_parts(cell, marked, look) for cell in row] for row, look in zip(table.rows, looks, strict=False)]


def _parts(spans: Sequence[Span], marked: int, look: str = "text") -> list[Part]:
    parts: list[Part] = []
    for place, span in enumerate(spans):
        parts.append((span.text, _look(span, look)))
        following = spans[place + 1].link_number if place + 1 < len(spans) else None
        if span.link_number is not None and span.link_number != following:
            parts.append((f"[{span.link_number + marked}]", "muted"))
    return parts


def _look(span: Span, look: str) -> str:
    if span.is_code:
        return "code"
    if span.link_number is not None:
        return "link"
    if span.is_strong:
        return "strong"
    return "emphasis" if span.is_emphasis and look == "text" else look


def _paragraph(parts: Sequence[Part], cells: int) -> Iterator[Parts]:
    """Wrapped text; a line end in it is one that the author asked for."""
    line: list[Part] = []
    for text, look in parts:
        first, *further = text.split("\n")
        line.append((first, look))
        for start in further:
            yield from wrapped(line, cells)
            line = [(start, look)]
    yield from wrapped(line, cells)


def _bullet(bullet: Bullet, cells: int, marked: int) -> Iterator[Parts]:
    mark = f"{'  ' * min(bullet.depth, DEEPEST, cells // 6)}{bullet.marker} "
    lines = _paragraph(_parts(bullet.spans, marked), max(1, cells - cell_len(mark)))
    return indented(lines, (mark, "muted"))


def _code(lines: Iterable[str], cells: int) -> Iterator[Parts]:
    for line in lines:
        shown = chop_cells(line.expandtabs(4), max(1, cells - 2)) or [""]
        yield from ([("  ", "text"), (part, "code")] for part in shown)
