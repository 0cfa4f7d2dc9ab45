"""What tells the items of a feed from each other and from all other articles, the same at every reading.

An item is known by its page; by its guid where it has none of its own, but leads to the feed's home page, or to one to
which others lead as well. Those pages are remembered: the others may be gone from the feed when the next one comes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from newstui.links import canonical, item_key

Item = Mapping[str, Any]

MOST_SHARED = 1_000
"""Pages of several items that a feed is remembered to have."""


class Identities:
    """The identities of a feed's items, the newest first.

    ``shared`` are the pages of several items by their keys, as the last reading found them, each with the guid of the
    item that was known by the page before there was another, or nothing.
    """

    def __init__(
        self, place: str, home: str, items: Iterable[Item], shared: Mapping[str, str], is_known: Callable[[str], bool]
    ) -> None:
        self._place = place
        self._is_known = is_known
        self._shared = dict(shared)
        guids: dict[str, list[str]] = defaultdict(list)
        for item in items:
            if key := _page_key(item):
                guids[key].append(_guid(item))
        for key, sharing in guids.items():
            if key not in shared and (len({*sharing}) > 1 or key == canonical(home)):
                self._shared[key] = self._first_known(key, sharing)

    @property
    def shared(self) -> dict[str, str]:
        """The pages of several items, for the next reading."""
        return dict([*self._shared.items()][-MOST_SHARED:])

    def of(self, item: Item) -> str:
        """The identity of an item, empty where its page is that."""
        key, guid = _page_key(item), _guid(item)
        identity = item_key(self._place, guid)
        is_by_page = key and self._shared.get(key, guid) == guid and not self._is_known(identity)
        return "" if is_by_page else identity

    def _first_known(self, key: str, guids: list[str]) -> str:
        """The guid of the item that is known by a page which it now shares, if there is one: the oldest must be it."""
        if not self._is_known(key):
            return ""
        return next((guid for guid in reversed(guids) if not self._is_known(item_key(self._place, guid))), "")


def _page_key(item: Item) -> str:
    url = item.get("url")
    return canonical(url) if url and isinstance(url, str) else ""


def _guid(item: Item) -> str:
    """The guid of an item; where it has none, something made of its headline and its date, or of its text."""
    guid = item.get("guid")
    if guid and isinstance(guid, str):
        return guid
    said = [item.get("title"), item.get("published") or item.get("excerpt")]
    return sha256(dumps(said).encode()).hexdigest()
