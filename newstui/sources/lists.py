"""What other readers' lists of subscriptions say, in one shape, whichever reader wrote them."""

from collections.abc import Iterable
from typing import NamedTuple

from newstui.errors import LinkError, Problem
from newstui.links import SafeUrl
from newstui.sources import name_of
from newstui.text import cut, line

LARGEST_LIST = 2 * 1024 * 1024
"""Bytes of a list."""
MOST_ENTRIES = 10_000
"""Entries of a list, with those that are refused; the first ones are kept."""
LONGEST_NAME = 200
LONGEST_REASON = 500

Folders = tuple[str, ...]


class Entry(NamedTuple):
    """A place that a list names. ``folders`` are around it, outermost first; the innermost is its topic."""

    kind: str  # as in ``sources.Place``
    place: str
    name: str
    folders: Folders = ()
    every: int | None = None  # minutes between two refreshes; None: as the settings say
    is_paused: bool = False
    is_full_text: bool = False
    line: int | None = None  # of the list


class Subscriptions(NamedTuple):
    """What a list names, each place once; ``where`` is what to call the list when something is wrong.

    ``problems`` are the entries that nothing can be made of, ``remarks`` what is not kept of the others.
    """

    where: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


class Gathering:
    """A list while it is read."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._entries: dict[str, Entry] = {}
        self._problems: list[Problem] = []
        self._remarks: list[Problem] = []
        self._is_full = False

    def add(self, entry: Entry, also_in: Iterable[Folders] = ()) -> None:
        """Take an entry, unless its place is known; say where it is filed besides, since it is kept in one place."""
        if not self._has_room(entry.line):
            return
        first = self._entries.setdefault(entry.place, entry)
        if besides := [it for it in dict.fromkeys((entry.folders, *also_in)) if it not in (first.folders, ())]:
            kept = _path(first.folders) if first.folders else "no folder, where it stands first"
            reason = f"{first.name} is kept in {kept}, and not in {', '.join(map(_path, besides))} as well"
            self._remarks.append(Problem(self._where, entry.line, cut(reason, LONGEST_REASON)))

    def refuse(self, number: int | None, reason: str) -> None:
        """Say of the entry on a line why nothing can be made of it."""
        if self._has_room(number):
            self._problems.append(Problem(self._where, number, cut(reason, LONGEST_REASON)))

    def gathered(self) -> Subscriptions:
        """All of it, in the order of the list."""
        return Subscriptions(self._where, tuple(self._entries.values()), tuple(self._problems), tuple(self._remarks))

    def _has_room(self, number: int | None) -> bool:
        if not self._is_full and len(self._entries) + len(self._problems) >= MOST_ENTRIES:
            self._is_full = True
            self._problems.append(Problem(self._where, number, f"only the first {MOST_ENTRIES:,} entries are read"))
        return not self._is_full


def web_address(text: str) -> str:
    """The address of something on the web, in the spelling in which it is fetched. LinkError says why it is none."""
    url = SafeUrl.parse(text)
    if not url.startswith("http"):
        raise LinkError("mail is no feed", where=url)
    return str(url)


def name_in_list(text: str) -> str:
    """What a list calls a feed or a folder, on one line; empty when it says nothing."""
    return line(text, LONGEST_NAME)


def name_from(place: str) -> str:
    """What to call a place for which a list has no name."""
    return cut(" ".join(name_of(place).split()) or place, LONGEST_NAME)


def _path(folders: Folders) -> str:
    return "/".join(folders)
