"""Feeds with more items than are read, cut before they are parsed: feedparser would take them all, and long."""

import re
from xml.parsers import expat

MOST_ITEMS = 5_000
"""Of a feed, the first ones."""


def left_out(items: int) -> list[str]:
    """A word on the items that are too many."""
    return [f"the first {MOST_ITEMS:,} of {items:,} items are read"] if items > MOST_ITEMS else []


def shortened(body: bytes) -> tuple[bytes, int]:
    """A feed of as many items as are read, and how many it has if they are more; what can't be cut stays as it is."""
    items = len(_ITEM.findall(body))
    if items <= MOST_ITEMS:
        return body, 0
    cut = _Cut()
    try:
        cut.parser.Parse(body, True)
    except _Found:
        closing = "".join(f"</{name}>" for name in reversed(cut.open)).encode()
        return body[: cut.end] + closing, items
    except (expat.ExpatError, LookupError, ValueError):  # no XML: feedparser makes of it what it can
        pass
    return body, 0


_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)


class _Found(Exception):
    """The first item that is one too many."""


class _Cut:
    """A feed while it is parsed up to the first item that is too many, which begins at ``end``; ``open`` are the
    elements around it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.open: list[str] = []
        self.end = 0
        self._items = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._items += name.rpartition(":")[2].lower() in ("item", "entry")
        if self._items > MOST_ITEMS:
            self.end = self.parser.CurrentByteIndex
            raise _Found
        self.open.append(name)

    def _end(self, name: str) -> None:
        self.open.pop()
