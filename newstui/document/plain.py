"""A document as running text, for where there is room for a few sentences only."""

from collections.abc import Iterable, Iterator

from newstui.document.blocks import Block, Bullet, Code, Document, Heading, Paragraph, Quote, Spans, Table


def plain(document: Document, most: int) -> str:
    """The text of a document on one line, its first ``most`` characters and what else stands in the same block."""
    texts: list[str] = []
    length = 0
    for text in _texts(document.blocks):
        texts.append(" ".join(text.split()))
        length += len(texts[-1]) + 1
        if length > most:
            break
    return " ".join(filter(None, texts))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans) | Bullet(spans):
                yield _text(spans)
            case Quote(quoted):
                yield from _texts(quoted)
            case Code(lines):
                yield from lines
            case Table(rows):
                yield from (_text(cell) for row in rows for cell in row)


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)
