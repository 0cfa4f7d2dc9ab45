"""Fetching the picture of an article beside the screen, with the latest pictures at hand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.message_pump import MessagePump

from newstui.config import Settings
from newstui.errors import NewsError
from newstui.tui.errands import Errand

if TYPE_CHECKING:
    from newstui.sources.picture import Picture

PICTURES_KEPT = 20


class Wanted(NamedTuple):
    """A picture as it is to be drawn: over so many cells, and on what colour where it has gaps."""

    url: str
    columns: int
    rows: int
    background: str


@dataclass
class PictureCame(Message):
    """A picture is here, or ``error`` says why there is none."""

    wanted: Wanted
    picture: "Picture | None"
    error: str = ""


class Pictures:
    """Fetches one picture at a time, tells a screen when it is here, and keeps the latest ones while newstui runs."""

    def __init__(self, listener: MessagePump, settings: Settings) -> None:
        self._listener = listener
        self._settings = settings
        self._kept: dict[Wanted, Picture] = {}
        self._errand: Errand | None = None
        self.coming: Wanted | None = None
        """The picture that is being fetched."""

    def kept(self, wanted: Wanted) -> "Picture | None":
        """A picture that is at hand."""
        if (picture := self._kept.pop(wanted, None)) is not None:
            self._kept[wanted] = picture  # the one used last goes last
        return picture

    def fetch(self, wanted: Wanted) -> None:
        """Begin to fetch a picture, and give up any other."""
        self.give_up()
        self.coming = wanted
        self._errand = Errand("picture", _came(wanted, self._settings), self._listener.post_message)

    def give_up(self) -> None:
        """Fetch no picture any more; nothing is told of the one that was on its way."""
        if self._errand is not None:
            self._errand.stop()
            self._errand = self.coming = None

    def take(self, came: PictureCame) -> bool:
        """Keep what came; whether it is what was asked for last."""
        if came.picture is not None:
            self._kept[came.wanted] = came.picture
        for oldest in list(self._kept)[:-PICTURES_KEPT]:
            del self._kept[oldest]
        is_awaited = came.wanted == self.coming
        if is_awaited:
            self._errand = self.coming = None
        return is_awaited


async def _came(wanted: Wanted, settings: Settings) -> PictureCame:
    from newstui.sources.picture import picture
    from newstui.sources.web import Web

    url, columns, rows, background = wanted
    try:
        async with Web.of(settings) as web:
            shown = await picture(url, columns, rows, web.client, web.sandbox, background=background)
    except NewsError as error:
        return PictureCame(wanted, None, str(error))
    return PictureCame(wanted, shown)
