"""The part of a page that is its article: trafilatura says which words are, the page itself how they are laid out."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from trafilatura.core import bare_extraction

from newstui.document.elements import drop
from newstui.text import matcher

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

RUN = 3
"""Words in a row that are taken for the same when they stand in both texts."""
MOST_OF_IT = 0.9
"""What part of the article an element must hold to hold the article."""
LITTLE_OF_IT = 0.1
"""Up to which part of its words an element counts as not in the article."""
FEWEST_WORDS = 25
"""Of an article that only a page's own mark-up points out."""
MOST_ELEMENTS = 50_000
"""Of a page that trafilatura is asked about: of one with more, it would not be through in time."""
MOST_LINKED = 0.5
"""Which part of a text may be links, if it is to be read and not to be chosen from."""


def main_text(page: "Element") -> "Element":
    """The element with a page's article, without what is not of it; an empty one if the page has none.

    The page has nothing hidden in it but data. It is changed: what was returned is what is left of it.
    """
    found = _found(page)
    for data in [*page.iter("script")]:
        drop(data)
    words = _words_of(" ".join(map(str, found.itertext()))) if found is not None else []
    text = _Text(page, words)
    if found is None or not words:
        return _pointed_out(page, text)
    if text.of(page).found * 2 < len(words):
        return found  # it is told in the page's data, not in its text
    main = _holder(page, text)
    _drop_others(main, text)
    return main


def _found(page: "Element") -> "Element | None":
    """The article as trafilatura finds it, with its words, but not with its layout."""
    if sum(1 for _ in page.iter()) > MOST_ELEMENTS:
        return None
    try:
        document = bare_extraction(page, with_metadata=False, include_comments=False)
    except RecursionError:
        return None
    body = getattr(document, "body", None)
    return body if isinstance(body, etree._Element) else None


class _Share(NamedTuple):
    """How many words an element has, how many of them are in the article, and how many are links."""

    words: int
    found: int
    linked: int

    @property
    def is_found(self) -> bool:
        """Whether more of it is in the article than may be by chance."""
        return self.found > LITTLE_OF_IT * self.words

    @property
    def is_linked(self) -> bool:
        """Whether it is there to lead elsewhere."""
        return self.linked > MOST_LINKED * self.words


class _Text:
    """The words of a page in their order, and where each element's begin and end among them."""

    def __init__(self, page: "Element", article: Sequence[str]) -> None:
        self._start: dict[Element, int] = {}
        self._end: dict[Element, int] = {}
        self._words: list[str] = []
        linked = self._read(page)
        self._linked = [0, *accumulate(linked)]
        self._found = [0, *accumulate(_in_article(self._words, article))]

    def of(self, element: "Element") -> _Share:
        """How much of an element is what."""
        start, end = self._start[element], self._end[element]
        return _Share(end - start, self._found[end] - self._found[start], self._linked[end] - self._linked[start])

    def _read(self, page: "Element") -> list[bool]:
        """Whether each word is in a link."""
        linked: list[bool] = []
        links = 0
        for event, element in etree.iterwalk(page, events=("start", "end")):
            links += (element.tag == "a") * (1 if event == "start" else -1)
            places = self._start if event == "start" else self._end
            places[element] = len(self._words)
            words = _words_of((element.text if event == "start" else element.tail) or "")
            self._words += words
            linked += [links > 0] * len(words)
        return linked


def _in_article(words: Sequence[str], article: Sequence[str]) -> bytearray:
    """For each word of a page whether it is in a run of words that the article has, too."""
    runs = set(_runs(article))
    found = bytearray(len(words))
    for place, run in enumerate(_runs(words)):
        if run in runs:
            found[place : place + RUN] = b"\1" * min(RUN, len(words))
    return found


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if len(words) < RUN:
        return iter([tuple(words)] if words else [])
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _words_of(text: str) -> list[str]:
    return matcher(r"\w+").findall(text.lower())


def _holder(page: "Element", text: _Text) -> "Element":
    """The innermost element that holds the article and lays it out."""
    whole, holder = text.of(page).found, page
    while True:
        inner = (element for element in holder if element.tag not in _PARTS_OF_TEXT)
        closer = next((element for element in inner if text.of(element).found >= MOST_OF_IT * whole), None)
        if closer is None:
            return holder
        holder = closer


def _drop_others(main: "Element", text: _Text) -> None:
    """Take out what is not of the article: what stands before or after it, and what leads elsewhere."""
    holders = [main]
    while holders:
        blocks = [(block, text.of(block)) for block in holders.pop() if block.tag not in _INLINE]
        blocks = [(block, share) for block, share in blocks if share.words]
        found = [place for place, (_, share) in enumerate(blocks) if share.is_found]
        for place, (block, share) in enumerate(blocks):
            if share.is_found:
                holders.append(block)
            elif _is_other(block, share, not found or place < found[0], not found or place > found[-1]):
                drop(block)


def _is_other(block: "Element", share: _Share, is_before: bool, is_after: bool) -> bool:
    """Whether a block that was not found is none of the article, as it stands before, after or within it."""
    if block.tag in _HEADINGS:
        return is_after
    if share.is_linked or block.tag in _BESIDE or _is_called_other(block):
        return True
    return block.tag not in _TEXTS and (is_before or is_after)


def _is_called_other(element: "Element") -> bool:
    return matcher(_OTHER).search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _pointed_out(page: "Element", text: _Text) -> "Element":
    """What the page itself says is its article, or the whole of a page that is a text."""
    for element in page.iter("article", "main", "body"):
        share = text.of(element)
        if share.words >= FEWEST_WORDS and not share.is_linked:
            return element
    return etree.Element("body")


_INLINE = frozenset(
    """
    a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd label mark picture q rp rt ruby s samp small
    span strike strong sub sup time tt u var wbr
    """.split()  # noqa: SIM905
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TEXTS = frozenset(("p", "pre", "blockquote", "ul", "ol", "dl", "table", "figure"))
_PARTS_OF_TEXT = _INLINE | _HEADINGS | _TEXTS | {"li"}
_BESIDE = frozenset(("aside", "footer", "form", "nav"))
_OTHER = (
    "(?i:share|social|related|comment|promo|sponsor|newsletter|subscribe|breadcrumb|footer|sidebar|byline|author|tag"
    "|rating|advert|outbrain|taboola|recommend|popular|widget|nav)"
)
