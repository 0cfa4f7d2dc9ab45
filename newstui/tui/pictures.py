"""Fetching the picture of an article beside the screen: a thread of its own, and the latest pictures at hand."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.message_pump import MessagePump

from newstui.config import Settings
from newstui.errors import NewsError

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
        self._fetching: _Fetching | None = None

    @property
    def coming(self) -> Wanted | None:
        """The picture that is being fetched."""
        return self._fetching.wanted if self._fetching is not None else None

    def kept(self, wanted: Wanted) -> "Picture | None":
        """A picture that is at hand."""
        if (picture := self._kept.pop(wanted, None)) is not None:
            self._kept[wanted] = picture  # the one used last goes last
        return picture

    def fetch(self, wanted: Wanted) -> None:
        """Begin to fetch a picture, and give up any other."""
        self.give_up()
        self._fetching = _Fetching(wanted, self._settings, self._listener.post_message)

    def give_up(self) -> None:
        """Fetch no picture any more; nothing is told of the one that was on its way."""
        if self._fetching is not None:
            self._fetching.stop()
            self._fetching = None

    def take(self, came: PictureCame) -> bool:
        """Keep what came; whether it is what was asked for last."""
        if came.picture is not None:
            self._kept[came.wanted] = came.picture
        for oldest in list(self._kept)[:-PICTURES_KEPT]:
            del self._kept[oldest]
        is_awaited = came.wanted == self.coming
        if is_awaited:
            self._fetching = None
        return is_awaited


class _Fetching:
    """One picture on its way. The thread is a daemon: leaving newstui does not wait for it."""

    def __init__(self, wanted: Wanted, settings: Settings, tell: Callable[[PictureCame], object]) -> None:
        self.wanted = wanted
        self._tell = tell
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(_fetched(wanted, settings))
        threading.Thread(target=self._run, name="picture", daemon=True).start()

    def stop(self) -> None:
        """Give it up."""
        with suppress(RuntimeError):  # it has come meanwhile
            self._loop.call_soon_threadsafe(self._task.cancel)

    def _run(self) -> None:
        with suppress(asyncio.CancelledError), asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                came = PictureCame(self.wanted, runner.get_loop().run_until_complete(self._task))
            except NewsError as error:
                came = PictureCame(self.wanted, None, str(error))
            self._tell(came)


async def _fetched(wanted: Wanted, settings: Settings) -> "Picture":
    from newstui.sources.picture import picture
    from newstui.sources.web import Web

    async with Web.of(settings) as web:
        url, columns, rows, background = wanted
        return await picture(url, columns, rows, web.client, web.sandbox, background=background)
