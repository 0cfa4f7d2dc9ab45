"""Markdown as blocks, by markdown-it's tokens, within limits that keep a hostile text quick and shallow."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from newstui.document.blocks import (
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
    Spans,
    Table,
)
from newstui.document.html import html_lines
from newstui.document.spans import Inline, Links
from newstui.text import clean, matcher

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_BLOCKS = 20_000
"""Blocks of a document, the rows of its tables among them; what follows is cut."""
MAX_LINES = 40_000
"""Lines of a document; what follows is cut."""
MAX_NESTING = 200
"""Quotes and lists inside each other; what is deeper is flattened."""
MAX_VISITS = 200_000
"""Lines times nesting, since the parser looks at a line once for each level: long documents may be less deep."""
MIN_NESTING = 6
"""Quotes and lists that may be inside each other however long the document is."""
MAX_QUOTES = 20
"""Quotes shown inside each other; what is deeper stands in the last of them."""
MAX_PICTURES = 50
"""Pictures of a document; further ones are left out."""
MAX_PUNCTUATION = 20_000
"""Marks of Markdown in a document; paragraphs after them are shown as they were written, since parsing takes long."""
INLINE_NESTING = 20
"""Links and pictures inside each other's names; what is deeper is text."""


def read(markdown: str) -> Document:
    """The blocks of a Markdown text."""
    names: dict[str, Any] = {}
    lines = markdown.split("\n", MAX_LINES)
    markdown = "\n".join(lines[:MAX_LINES])
    nesting = max(MIN_NESTING, min(MAX_NESTING, MAX_VISITS // len(lines)))
    try:
        tokens = _parser(2 * nesting + 2).parse(_flattened(markdown, nesting), names)
    except RecursionError:  # whoever calls stands deep in calls of its own
        return Document(tuple(Paragraph((Span(text),)) for text in clean(markdown).split("\n\n")[:MAX_BLOCKS] if text))
    reading = _Reading(names)
    reading.read(iter(tokens))
    return Document(tuple(reading.blocks), tuple(reading.links.found), reading.is_cut or len(lines) > MAX_LINES)


class _Reading:
    """The blocks found so far, while the parser's tokens are gone through in order."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.blocks: list[Block] = []
        self.links = Links()
        self.is_cut = False
        self._names = names
        self._parser = _parser(INLINE_NESTING)
        self._items: list[str] = []  # the marker of each list item that is open; empty once it is shown
        self._outside: list[tuple[list[Block], list[str]]] = []  # blocks and items around each quote that is open
        self._made = self._pictures = self._punctuation = 0

    def read(self, tokens: Iterator["Token"]) -> None:
        """Make blocks of the tokens, as many as a document may have."""
        for token in tokens:
            if self._made >= MAX_BLOCKS and token.nesting >= 0:
                self.is_cut = True
                break
            self._read(token, tokens)
        while self._outside:
            self._end_quote()

    def _read(self, token: "Token", following: Iterator["Token"]) -> None:
        match token.type:
            case "paragraph_open":
                self._add_text(next(following))
            case "heading_open":
                self._add_text(next(following), level=int(token.tag[1:]))
            case "fence" | "code_block":
                self._add(Code(tuple(clean(token.content).removesuffix("\n").split("\n"))))
            case "hr":
                self._add(Rule())
            case "html_block":
                for text in html_lines(token.content):
                    self._add(self._paragraph((Span(text),)))
            case "table_open":
                self._add_table(following)
            case _:
                self._enter_or_leave(token)

    def _enter_or_leave(self, token: "Token") -> None:
        match token.type:
            case "blockquote_open":
                self._start_quote()
            case "blockquote_close":
                self._end_quote()
            case "bullet_list_open" | "ordered_list_open" if self._items:
                self._items[-1] = ""  # an item that holds nothing but a list
            case "list_item_open":
                self._items.append(f"{token.info}." if token.info else "•")
            case "list_item_close":
                self._show_marker()
                self._items.pop()

    def _add(self, block: Block) -> None:
        self._show_marker()
        self.blocks.append(block)
        self._made += 1

    def _show_marker(self) -> None:
        if self._items and self._items[-1]:
            self.blocks.append(self._paragraph(()))
            self._made += 1

    def _add_text(self, token: "Token", level: int = 0) -> None:
        spans, pictures = self._spans(token)
        if spans:
            self._add(Heading(level, spans) if level else self._paragraph(spans))
        self._add_pictures(pictures)

    def _paragraph(self, spans: Spans) -> Block:
        if not self._items:
            return Paragraph(spans)
        marker, self._items[-1] = self._items[-1], ""
        return Bullet(spans, len(self._items) - 1, marker)

    def _add_pictures(self, pictures: Iterable[Picture]) -> None:
        for picture in pictures:
            if self._pictures < MAX_PICTURES:
                self._pictures += 1
                self._add(picture)

    def _add_table(self, tokens: Iterator["Token"]) -> None:
        rows: list[list[Spans]] = []
        pictures: list[Picture] = []
        for token in tokens:
            if token.type == "table_close" or self._made + len(rows) > MAX_BLOCKS:
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                spans, found = self._spans(token)
                rows[-1].append(spans)
                pictures += found
        self._add(Table(tuple(map(tuple, rows))))
        self._made += len(rows) - 1
        self._add_pictures(pictures)

    def _start_quote(self) -> None:
        self._show_marker()
        self._outside.append((self.blocks, self._items))
        self.blocks, self._items = [], []

    def _end_quote(self) -> None:
        quoted, depth = self.blocks, len(self._outside)
        self.blocks, self._items = self._outside.pop()
        if depth > MAX_QUOTES:
            self.blocks += quoted
        elif quoted:
            self._add(Quote(tuple(quoted)))

    def _spans(self, token: "Token") -> tuple[Spans, list[Picture]]:
        marks = len(matcher(_PUNCTUATION).findall(token.content))
        self._punctuation += marks
        inline = Inline(self.links)
        if not marks or self._punctuation > MAX_PUNCTUATION:
            return inline.plain(token.content), []
        tokens: list[Token] = []
        self._parser.inline.parse(token.content, self._parser, self._names, tokens)
        return inline.spans(tokens), inline.pictures


class _Parser(MarkdownIt):
    """CommonMark with tables, one part at a time. Which URLs may be opened is ``SafeUrl``'s to say."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


def _parser(nesting: int) -> MarkdownIt:
    parser = _Parser("commonmark", {"html": True, "maxNesting": nesting}).enable("table")
    return parser.disable("inline")


def _flattened(markdown: str, nesting: int) -> str:
    """The text without the markers and indents of a line that nest deeper than ``nesting``."""

    def shallow(line: re.Match[str]) -> str:
        indent, markers = line[1].expandtabs(4), matcher(_MARKER).findall(line[2])[:nesting]
        return indent[: 2 * (nesting - len(markers))] + "".join(markers)

    # Only lines with so many levels that they, with what they are indented by, can be too deep.
    deep = rf"(?m:^(?=[ \t]{{{nesting}}}|(?:{_MARKER}){{{nesting // 2}}})([ \t]*+)((?:{_MARKER})*))"
    return matcher(deep).sub(shallow, markdown)


_PUNCTUATION = r"[\[\]*_`<&\\!]| \n"
_MARKER = r"[ \t]*(?:>|[-*+][ \t]|[0-9]{1,9}[.)][ \t])"
