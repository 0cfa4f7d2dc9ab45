"""Asking an address what there is to read, beside the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message

from newstui.config import Settings
from newstui.errors import NewsError
from newstui.sources import Place
from newstui.tui.errands import Errand


@dataclass
class PlacesFound(Message):
    """What there is at an address that was asked, the best first; or ``error`` says why there is nothing."""

    asked: Place
    places: Sequence[Place]
    error: str = ""


def find_places(asked: Place, settings: Settings, tell: Callable[[Message], object]) -> Errand:
    """Begin to ask; ``tell`` hears of the end."""
    return Errand("finding", _found(asked, settings), tell)


async def _found(asked: Place, settings: Settings) -> PlacesFound:
    from newstui.sources.finding import find
    from newstui.sources.web import Web

    try:
        async with Web.of(settings) as web:
            return PlacesFound(asked, await find(asked, web))
    except NewsError as error:
        return PlacesFound(asked, (), str(error))
