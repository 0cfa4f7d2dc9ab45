"""The elements of a page: found in whatever a parser is given, with those apart that are not for reading."""

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from lxml import etree

from newstui.text import matcher

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NOT_FOR_READING = frozenset(
    """
    annotation annotation-xml applet area audio base button canvas datalist frame frameset iframe input link map meta
    meter noembed noframes noscript option output param progress script select style svg template textarea title video
    """.split()  # noqa: SIM905
)
"""Elements of which nothing is shown. Not so ``embed``, ``source`` and ``track``, which are empty but hold all that
follows them as the parser sees it, and what an ``object`` holds for those who can't show it."""

PARSING: Final[dict[str, Any]] = {
    "encoding": "utf-8",
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": True,  # else all is lost that comes after 255 elements inside each other
}
"""How a parser is made."""


def tree(html: str, parser: etree.HTMLParser | None = None) -> "Element | None":
    """A page as elements, which a parser for UTF-8 finds in whatever it is given; None where there is nothing."""
    return etree.fromstring(html.replace("\0", "").encode("utf-8", "ignore"), parser or _parser())


def is_for_reading(element: "Element") -> bool:
    """Whether an element is one, and not hidden from readers."""
    if not isinstance(element.tag, str) or element.tag in NOT_FOR_READING:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return False
    style = element.get("style")
    return not style or not matcher(_HIDING).search(style)


def drop(element: "Element") -> None:
    """Take an element out of what is read, but not the text behind it."""
    behind = element.tail
    element.clear()
    element.tag, element.tail = "template", behind


def base_of(root: "Element", base_url: str) -> str:
    """The URL that relative links of a page count from."""
    for base in root.getroottree().iter("base"):
        if href := base.get("href"):
            return resolved(base_url, href)
    return base_url


def resolved(base_url: str, url: str) -> str:
    """A link as it is meant where ``base_url`` holds; empty if that can't be said."""
    url = url.strip()
    if matcher(_ABSOLUTE).match(url):
        return url
    try:
        return urljoin(base_url, url)
    except ValueError:
        return ""


@cache
def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(**PARSING)


_ABSOLUTE = "(?i:https?://)"
_HIDING = r"(?i:\b(?:display\s*:\s*none|visibility\s*:\s*hidden))"
