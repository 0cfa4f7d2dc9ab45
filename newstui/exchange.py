"""Subscriptions in and out: other readers' lists into the library, and its own as a list that they can read."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_data_path

from newstui.errors import ParseError, Problem, SourceError
from newstui.library import Library
from newstui.library.configuration import LONGEST_INTERVAL, SHORTEST_INTERVAL
from newstui.library.rows import Subscription
from newstui.sources import newsboat, opml, place_of
from newstui.sources.lists import LARGEST_LIST, LONGEST_NAME, Entry, Subscriptions
from newstui.text import cut

_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")
"""What XML begins with, behind the marks that some programs put before it."""
_CACHE = "cache.db"
_DIGITS = 8


class TakenIn(NamedTuple):
    """What became of a list: the names of the new subscriptions, how many were there before, and what was refused."""

    added: tuple[str, ...]
    known: int
    problems: tuple[Problem, ...]


def read_list(path: Path) -> Subscriptions:
    """What a list names: OPML, or newsboat's ``urls``, told apart by how it begins. SourceError when it is neither."""
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST_LIST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ParseError("the list can't be read", where=str(path), advice=reason) from None
    return opml.read(body, str(path)) if _is_markup(body) else newsboat.read_urls(body, str(path))


def _is_markup(body: bytes) -> bool:
    """Whether a list is in XML."""
    return body.lstrip().startswith(_MARKUP)


def take_in(library: Library, listed: Subscriptions) -> TakenIn:
    """Subscribe to what a list names, without reading it; a name that is taken gets a number.

    Each is kept at once: what an interrupted import has taken in is passed over by the next one.
    """
    there = library.subscriptions(is_counted=False)
    places, names = {source.place for source in there}, _Names(source.name for source in there)
    added: list[str] = []
    problems = list(listed.problems)
    known = 0
    for entry in listed.entries:
        try:
            place = _place(entry)
        except SourceError as error:
            problems.append(Problem(listed.where, entry.line, f"{entry.name}: {error}"))
            continue
        if place in places:
            known += 1
            continue
        _subscribe(library, entry._replace(place=place, name=(name := names.take(entry.name))))
        places.add(place)
        added.append(name)
    return TakenIn(tuple(added), known, tuple(problems))


class _Names:
    """The names that subscriptions have, and what to call one whose own is taken: “name 2”, “name 3” …"""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def take(self, name: str) -> str:
        """The name, or the first with a number, that is free; it is taken now."""
        free = name
        if name in self._taken:
            stem = cut(name, LONGEST_NAME - _DIGITS)
            number = self._numbers.get(stem, 2)
            while (free := f"{stem} {number}") in self._taken:
                number += 1
            self._numbers[stem] = number
        self._taken.add(free)
        return free


def _place(entry: Entry) -> str:
    """The place of an entry; a folder must be on this computer. SourceError when it is not."""
    if entry.kind != "folder":
        return entry.place
    if not entry.place.startswith("/"):
        raise SourceError("the path of a folder must begin with /", where=cut(entry.place, 200))
    return place_of(entry.place).place


def _subscribe(library: Library, entry: Entry) -> None:
    *around, topic = entry.folders or ("",)
    library.subscribe(entry.kind, entry.place, entry.name, topic, folders=around)
    if entry.every is not None or entry.is_paused or entry.is_full_text:
        every = entry.every and min(max(entry.every, SHORTEST_INTERVAL), LONGEST_INTERVAL)
        library.configure(entry.name, every=every, is_paused=entry.is_paused, is_full_text=entry.is_full_text)


def exported(library: Library, now: int) -> bytes:
    """All subscriptions as OPML."""
    return opml.written(map(_entry, library.subscriptions(is_counted=False)), now)


def _entry(source: Subscription) -> Entry:
    folders = (*source.folders, source.topic) if source.topic else source.folders
    return Entry(source.kind, source.place, source.name, folders, source.every, source.is_paused, source.is_full_text)


def read_state_beside(urls: Path) -> Path | None:
    """Where newsboat keeps what was read of the feeds in its ``urls`` file; None when this is no such file."""
    if urls.name != "urls":
        return None
    places = [urls.with_name(_CACHE)]
    if urls.absolute().parent.name == "newsboat":  # ~/.config/newsboat, whose data is in ~/.local/share/newsboat
        places.append(user_data_path("newsboat", appauthor=False) / _CACHE)
    return next((place for place in places if place.is_file()), None)
