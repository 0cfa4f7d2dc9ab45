"""Markdown as blocks, by markdown-it's tokens, within limits that keep a hostile text quick and shallow."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from newstui.document.blocks import Code, Document, Paragraph, Picture, Rule, Span, Spans
from newstui.document.building import MAX_BLOCKS, Building
from newstui.document.html import html_lines
from newstui.document.spans import Inline
from newstui.text import clean, matcher

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_LINES = 40_000
"""Lines of a document; what follows is cut."""
MAX_NESTING = 200
"""Quotes and lists inside each other; what is deeper is flattened."""
MAX_VISITS = 200_000
"""Lines times nesting, since the parser looks at a line once for each level: long documents may be less deep."""
MIN_NESTING = 6
"""Quotes and lists that may be inside each other however long the document is."""
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
    reading.building.is_cut |= len(lines) > MAX_LINES
    return reading.building.document()


class _Reading:
    """A document built from the parser's tokens, which are gone through in order."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.building = Building()
        self._names = names
        self._parser = _parser(INLINE_NESTING)
        self._punctuation = 0

    def read(self, tokens: Iterator["Token"]) -> None:
        """Make blocks of the tokens, as many as a document may have."""
        for token in tokens:
            if self.building.is_full and token.nesting >= 0:
                self.building.is_cut = True
                break
            self._read(token, tokens)

    def _read(self, token: "Token", following: Iterator["Token"]) -> None:
        match token.type:
            case "paragraph_open":
                self._add_text(next(following))
            case "heading_open":
                self._add_text(next(following), level=int(token.tag[1:]))
            case "fence" | "code_block":
                self.building.add(Code(tuple(clean(token.content).removesuffix("\n").split("\n"))))
            case "hr":
                self.building.add(Rule())
            case "html_block":
                for text in html_lines(token.content):
                    self.building.add_text((Span(text),))
            case "table_open":
                self._add_table(following)
            case _:
                self._enter_or_leave(token)

    def _enter_or_leave(self, token: "Token") -> None:
        match token.type:
            case "blockquote_open":
                self.building.start_quote()
            case "blockquote_close":
                self.building.end_quote()
            case "list_item_open":
                self.building.start_item(f"{token.info}." if token.info else "•")
            case "list_item_close":
                self.building.end_item()

    def _add_text(self, token: "Token", level: int = 0) -> None:
        spans, pictures = self._spans(token)
        if spans:
            self.building.add_text(spans, level)
        self.building.add_pictures(pictures)

    def _add_table(self, tokens: Iterator["Token"]) -> None:
        rows: list[list[Spans]] = []
        pictures: list[Picture] = []
        for token in tokens:
            if token.type == "table_close" or len(rows) > MAX_BLOCKS:
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                spans, found = self._spans(token)
                rows[-1].append(spans)
                pictures += found
        self.building.add_table(rows)
        self.building.add_pictures(pictures)

    def _spans(self, token: "Token") -> tuple[Spans, list[Picture]]:
        marks = len(matcher(_PUNCTUATION).findall(token.content))
        self._punctuation += marks
        inline = Inline(self.building.links)
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
