"""The inside of a paragraph: Markdown's inline tokens as spans, numbered links and pictures."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from newstui.document.blocks import DocumentLink, Picture, Span, Spans
from newstui.document.html import hidden_element, is_line_break
from newstui.errors import LinkError
from newstui.links import SafeUrl
from newstui.text import clean, cut, matcher

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_LINKS = 500
"""Links of a document; further ones are text."""
LONGEST_LABEL = 200
"""Characters of what a link is called."""
BARE_URL = r"\bhttps?://[^\s<>\"'\[\](){}|\\^`]*[^\s<>\"'\[\](){}|\\^`.,;:!?*_~]"
"""A URL that stands in a text without any mark-up; a pattern."""


class Links:
    """The links of a document in the order in which they are met, each of them once."""

    def __init__(self) -> None:
        self.found: list[DocumentLink] = []
        self._numbers: dict[str, int] = {}

    def number(self, url: str, label: str) -> int | None:
        """The number of a link, None for one that must not be opened or is one too many."""
        safe = safe_url(url)
        if safe not in self._numbers:
            if not safe or len(self.found) == MAX_LINKS:
                return None
            self.found.append(DocumentLink(cut(" ".join(label.split()), LONGEST_LABEL) or safe, safe))
            self._numbers[safe] = len(self.found)
        return self._numbers[safe]


def safe_url(url: str) -> str:
    """The URL as it may be opened, empty if it must not be."""
    try:
        return SafeUrl.parse(url)
    except LinkError:
        return ""


def with_bare_links(span: Span, links: Links) -> list[Span]:
    """The span, cut where a URL stands in its text without any mark-up."""
    if span.is_code or span.link_number is not None or "://" not in span.text:
        return [span]
    found, end = [], 0
    for url in matcher(BARE_URL).finditer(span.text):
        if (number := links.number(url[0], url[0])) is not None:
            found += [
                replace(span, text=span.text[end : url.start()]),
                replace(span, text=url[0], link_number=number),
            ]
            end = url.end()
    return [piece for piece in (*found, replace(span, text=span.text[end:])) if piece.text]


class Inline:
    """One paragraph's tokens as spans; the pictures among them are kept apart, since they stand by themselves."""

    def __init__(self, links: Links) -> None:
        self.pictures: list[Picture] = []
        self._links = links
        self._spans: list[Span] = []
        self._strong = self._emphasis = 0
        self._hidden = ""  # the HTML element whose text is not for reading
        self._url: str | None = None  # where the link leads that is open
        self._settled = 0  # the spans before it are done; those after it belong to the open link, if there is one

    def spans(self, tokens: Iterable["Token"]) -> Spans:
        """The spans of a paragraph, cleaned: entities can hide what the door let through as plain ASCII."""
        for token in tokens:
            if not self._hidden or token.type == "html_inline":
                self._read(token)
        self._settle()
        return tuple(self._spans) if any(span.text.strip() for span in self._spans) else ()

    def plain(self, text: str) -> Spans:
        """The spans of a paragraph without mark-up."""
        self._add(" ".join(map(str.strip, text.split("\n"))))
        self._settle()
        return tuple(self._spans)

    def _read(self, token: "Token") -> None:
        match token.type:
            case "text" | "text_special":
                self._add(token.content)
            case "code_inline":
                self._add(token.content, is_code=True)
            case "softbreak" | "hardbreak":
                self._add(" " if token.type == "softbreak" else "\n")
            case "strong_open" | "strong_close":
                self._strong += token.nesting
            case "em_open" | "em_close":
                self._emphasis += token.nesting
            case "link_open":
                self._settle()
                self._url = str(token.attrs["href"])
            case "link_close":
                self._end_link()
            case "image":
                self._add_picture(token)
            case "html_inline":
                self._read_tag(token.content)

    def _add(self, text: str, *, is_code: bool = False) -> None:
        span = Span(clean(text), self._strong > 0, self._emphasis > 0, is_code)
        last = self._spans[-1] if len(self._spans) > self._settled else None
        if last and last == replace(span, text=last.text):
            self._spans[-1] = replace(span, text=last.text + span.text)
        elif span.text:
            self._spans.append(span)

    def _end_link(self) -> None:
        spans = self._spans[self._settled :]
        number = self._links.number(self._url or "", "".join(span.text for span in spans))
        self._spans[self._settled :] = [replace(span, link_number=number) for span in spans]
        self._settled, self._url = len(self._spans), None

    def _settle(self) -> None:
        """Find the bare URLs in what was read last, so that links are numbered as they stand."""
        spans = self._spans[self._settled :]
        self._spans[self._settled :] = [piece for span in spans for piece in with_bare_links(span, self._links)]
        self._settled = len(self._spans)

    def _add_picture(self, token: "Token") -> None:
        alt = cut(" ".join(clean(_plain(token.children or ())).split()), LONGEST_LABEL)
        self.pictures.append(Picture(alt, safe_url(str(token.attrs["src"]))))
        if self._url:
            self._add(alt or "picture")

    def _read_tag(self, tag: str) -> None:
        element = hidden_element(tag)
        if self._hidden:
            self._hidden = "" if tag[:2] == "</" and element == self._hidden else self._hidden
        elif is_line_break(tag):
            self._add("\n")
        else:
            self._hidden = element if tag[:2] != "</" else ""


def _plain(tokens: Iterable["Token"]) -> str:
    return "".join(_plain(token.children) if token.children else token.content for token in tokens)
