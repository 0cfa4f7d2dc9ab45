"""Taking in other readers' subscriptions, and what was read in newsboat, beside the screen."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from newstui.errors import NewsError, Problem
from newstui.library import Library
from newstui.tui.errands import Errand

if TYPE_CHECKING:
    from newstui.exchange import TakenIn

Tell = Callable[[Message], object]


@dataclass
class ListTaken(Message):
    """What became of a list of subscriptions, or the ``error`` for which it was not read.

    ``remarks`` are what is not kept and what was refused; ``cache`` is where newsboat keeps what was read, if it does.
    """

    taken: "TakenIn | None" = None
    remarks: tuple[Problem, ...] = ()
    cache: Path | None = None
    error: str = ""


@dataclass
class ReadStateTaken(Message):
    """How many articles were marked read as newsboat has them, or the ``error`` for which none was."""

    marked: int = 0
    error: str = ""


def take_list(path: Path, library: Library, tell: Tell) -> Errand:
    """Begin to subscribe to what a list names; ``tell`` hears of the end."""
    return Errand("import", _list_taken(path, library), tell)


async def _list_taken(path: Path, library: Library) -> ListTaken:
    from newstui.exchange import read_list, read_state_beside, take_in

    try:
        listed = read_list(path)
        with library.another() as own:
            taken = take_in(own, listed)
    except NewsError as error:
        return ListTaken(error=str(error))
    remarks = sorted((*listed.remarks, *taken.problems), key=lambda problem: problem.line or 0)
    return ListTaken(taken, tuple(remarks), read_state_beside(path))


def take_read_state(cache: Path, library: Library, now: int, tell: Tell) -> Errand:
    """Begin to mark read what was read in newsboat; ``tell`` hears of the end."""
    return Errand("read state", _read_state_taken(cache, library, now), tell)


async def _read_state_taken(cache: Path, library: Library, now: int) -> ReadStateTaken:
    from newstui.sources.newsboat import read_cache

    try:
        keys = read_cache(cache)
        with library.another() as own:
            return ReadStateTaken(own.await_read(keys, now))
    except NewsError as error:
        return ReadStateTaken(error=str(error))
