"""HTML as blocks, by a walk over its elements: what is not known to be for reading is only its text, or nothing."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from lxml import etree

from newstui.document.blocks import Code, Document, Picture, Rule, Spans
from newstui.document.building import Building
from newstui.document.elements import NOT_FOR_READING, base_of, is_for_reading, resolved, tree
from newstui.document.html import html_lines
from newstui.document.running import PLAIN, Anchor, Look, RunningText
from newstui.document.spans import LONGEST_LABEL, safe_url
from newstui.document.tabular import has_columns, padded, spanned
from newstui.text import clean, cut, matcher

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEEPEST_LEVEL = 20
"""Lists and quotes inside each other; what is deeper stands in the last of them."""
DEEPEST_ELEMENT = 2_000
"""Elements inside each other; a page that nests them deeper is read as lines of text."""
MOST_DIGITS = 9
"""Digits of a number in a list."""


def read(html: str, base_url: str = "") -> Document:
    """The blocks of a piece of HTML; it never fails. Relative links count from ``base_url``."""
    if "<" not in html and "&" not in html:
        return read_plain(html)
    root = tree(html)
    if root is None:
        return Document()
    return read_tree(root, base_url) or _paragraphs(html_lines(html))


def read_tree(root: "Element", base_url: str = "") -> Document | None:
    """The blocks of an element and of what is in it; None if too much of it is inside each other."""
    walk = _Walk(base_of(root, base_url))
    return walk.building.document() if walk.through(root) else None


def read_plain(text: str) -> Document:
    """The paragraphs of a text that is none of HTML."""
    return _paragraphs(text.replace("\r\n", "\n").split("\n\n"))


def _paragraphs(texts: Iterable[str]) -> Document:
    building = Building()
    running = RunningText(building.links)
    for text in texts:
        running.add(text)
        for spans in running.take():
            building.add_text(spans)
    return building.document()


class _Walk:
    """A document built from elements, each of which is entered and left in the order of the text."""

    def __init__(self, base_url: str) -> None:
        self.building = Building()
        self._running = RunningText(self.building.links)
        self._pictures: list[Picture] = []
        self._base = base_url
        self._look = PLAIN
        self._outside: list[tuple[Look, str]] = []  # the look and base around each element that is open
        self._level = 0  # of the heading that is open
        self._anchors = 0
        self._depth = 0  # lists and quotes that are open
        self._is_shown: list[bool] = []  # whether each item and quote that is open is one for the document, too
        self._numbers: list[int | None] = []  # the last number of each list that is open, if it has numbers
        self._rows: list[list[Spans]] | None = None  # of the table that is open
        self._is_cell = False

    def through(self, root: "Element") -> bool:
        """Read an element and all that is in it; False, and nothing of use, if it nests too deep."""
        elements, following = [root], [iter(root)]
        if not self._enter(root):
            elements = []
        while elements:
            if len(elements) > DEEPEST_ELEMENT:
                return False
            element = next(following[-1], None)
            if element is None:
                following.pop()
                element = elements.pop()
                self._leave(element)
            elif is_for_reading(element) and self._enter(element):
                elements.append(element)
                following.append(iter(element))
                continue
            if element.tail and elements:
                self._running.add(element.tail, self._look)
        self._end_block()
        return True

    def _enter(self, element: "Element") -> bool:
        """Whether to go on with what is in the element; if so, it has to be left again."""
        tag = element.tag
        if tag in _BLOCKS:
            self._end_block()
        if (part := _PARTS.get(tag)) and not part(self, element):
            return False
        self._outside.append((self._look, self._base))
        if look := _LOOKS.get(tag):
            self._look = self._look.within(look)
        elif tag == "a":
            self._start_link(element)
        if base := element.get("xml:base"):
            self._base = resolved(self._base, base)
        if element.text:
            self._running.add(element.text, self._look)
        return True

    def _leave(self, element: "Element") -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._end_block()
        if end := _ENDS.get(tag):
            end(self, element)
        self._look, self._base = self._outside.pop()

    def _end_block(self) -> None:
        if self._is_cell:
            self._running.add(" ")
            return
        if not self._running.is_empty:
            for spans in self._running.take():
                self.building.add_text(spans, self._level)
        if self._pictures:
            self.building.add_pictures(self._pictures)
            self._pictures = []

    # --- inside of running text ------------------------------------------------------------------

    def _start_link(self, element: "Element") -> None:
        href = element.get("href", "")
        if href and href[0] != "#":
            self._anchors += 1
            self._look = self._look.within(Look(anchor=Anchor(self._anchors, resolved(self._base, href))))

    def _add_break(self, element: "Element") -> bool:
        if self._is_cell:
            self._running.add(" ")
        else:
            self._running.end_line()
        return False

    def _add_picture(self, element: "Element") -> bool:
        alt = cut(" ".join(clean(element.get("alt", "")).split()), LONGEST_LABEL)
        if matcher(_IN_TEXT).search(element.get("class", "")):
            self._running.add(alt, self._look)
        elif {element.get("width"), element.get("height")}.isdisjoint(_UNSEEN_SIZES):
            url = next(filter(None, map(self._picture_url, _SOURCES, [element] * len(_SOURCES))), "")
            if alt or url:
                self._pictures.append(Picture(alt, url))
        return False

    def _picture_url(self, name: str, element: "Element") -> str:
        said = element.get(name, "")
        return safe_url(resolved(self._base, said)) if said else ""

    def _add_quotation_mark(self, element: "Element") -> bool:
        self._running.add("“", self._look)
        return True

    def _end_quotation(self, element: "Element") -> None:
        self._running.add("”", self._look)

    # --- blocks ----------------------------------------------------------------------------------

    def _start_heading(self, element: "Element") -> bool:
        self._level = int(element.tag[1])
        return True

    def _end_heading(self, element: "Element") -> None:
        self._level = 0

    def _add_rule(self, element: "Element") -> bool:
        self.building.add(Rule())
        return False

    def _add_code(self, element: "Element") -> bool:
        lines = [line.expandtabs(4).rstrip() for line in _raw_text(element).removeprefix("\n").split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        if lines:
            self.building.add(Code(tuple(lines)))
        return False

    def _start_list(self, element: "Element") -> bool:
        self._numbers.append(_number(element.get("start"), 1) - 1 if element.tag == "ol" else None)
        return True

    def _end_list(self, element: "Element") -> None:
        self._numbers.pop()

    def _start_item(self, element: "Element") -> bool:
        last = self._numbers[-1] if self._numbers else None
        marker = "•"
        if last is not None:
            self._numbers[-1] = number = _number(element.get("value"), last + 1)
            marker = f"{number}."
        if self._start_level():
            self.building.start_item(marker)
        return True

    def _end_item(self, element: "Element") -> None:
        if self._end_level():
            self.building.drop_item()

    def _start_quote(self, element: "Element") -> bool:
        if self._start_level():
            self.building.start_quote()
        return True

    def _end_quote(self, element: "Element") -> None:
        if self._end_level():
            self.building.end_quote()

    def _start_level(self) -> bool:
        self._is_shown.append(self._depth < DEEPEST_LEVEL)
        self._depth += 1
        return self._is_shown[-1]

    def _end_level(self) -> bool:
        self._depth -= 1
        return self._is_shown.pop()

    # --- tables ----------------------------------------------------------------------------------

    def _start_table(self, element: "Element") -> bool:
        if has_columns(element):
            self._rows = []
        return True

    def _end_table(self, element: "Element") -> None:
        if self._rows is not None:
            rows, self._rows = padded(self._rows), None
            if rows:
                self.building.add_table(rows)

    def _start_row(self, element: "Element") -> bool:
        if self._rows is not None:
            self._rows.append([])
        return True

    def _start_cell(self, element: "Element") -> bool:
        self._is_cell = self._rows is not None
        return True

    def _end_cell(self, element: "Element") -> None:
        if self._rows is not None:
            row = self._rows[-1] if self._rows else []
            row += [next(self._running.take(), ()), *[()] * (spanned(element) - 1)]
            self._rows = self._rows or [row]
            self._is_cell = False


def _raw_text(element: "Element") -> str:
    """The text of an element with its spaces and line ends."""
    etree.strip_elements(element, *NOT_FOR_READING, with_tail=False)
    for line_end in element.iter("br"):
        line_end.text = "\n"
    for block in element.iterdescendants("div", "p", "li", "tr"):
        block.tail = "\n" + (block.tail or "")
    return clean("".join(map(str, element.itertext())))


def _number(said: str | None, else_number: int) -> int:
    """The number that a list or an item says it has."""
    is_number = said and said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS
    return int(said) if said and is_number else min(else_number, 10**MOST_DIGITS - 1)


_Part = Callable[[_Walk, "Element"], bool]
_End = Callable[[_Walk, "Element"], None]

_PARTS: dict[str, _Part] = {
    "br": _Walk._add_break,
    "img": _Walk._add_picture,
    "q": _Walk._add_quotation_mark,
    "hr": _Walk._add_rule,
    "pre": _Walk._add_code,
    "ul": _Walk._start_list,
    "ol": _Walk._start_list,
    "li": _Walk._start_item,
    "blockquote": _Walk._start_quote,
    "table": _Walk._start_table,
    "tr": _Walk._start_row,
    "td": _Walk._start_cell,
    "th": _Walk._start_cell,
    **{f"h{level}": _Walk._start_heading for level in range(1, 7)},
}
_ENDS: dict[str, _End] = {
    "q": _Walk._end_quotation,
    "ul": _Walk._end_list,
    "ol": _Walk._end_list,
    "li": _Walk._end_item,
    "blockquote": _Walk._end_quote,
    "table": _Walk._end_table,
    "td": _Walk._end_cell,
    "th": _Walk._end_cell,
    **{f"h{level}": _Walk._end_heading for level in range(1, 7)},
}
_LOOKS = {
    **dict.fromkeys(("b", "strong"), Look(is_strong=True)),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Look(is_emphasis=True)),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Look(is_code=True)),
}
_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre search section summary
    table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_UNSEEN_SIZES = frozenset(("0", "1"))
_IN_TEXT = r"\b(?:emoji|wp-smiley|latex|mwe-math-fallback-image-inline)\b"
