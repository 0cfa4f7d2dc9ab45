"""Readable text as blocks: paragraphs, headings, lists, quotes, code, tables and pictures."""

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
    Span,
    Spans,
    Table,
)

__all__ = [
    "Block",
    "Bullet",
    "Code",
    "Document",
    "DocumentLink",
    "Heading",
    "Paragraph",
    "Picture",
    "Quote",
    "Rule",
    "Span",
    "Spans",
    "Table",
    "parse",
]


def parse(markdown: str) -> Document:
    """The blocks of a Markdown text; it never fails: what can't be understood is shown as it was written."""
    from newstui.document.markdown import read  # the parser takes longer to load than a start of the reader may

    return read(markdown)
