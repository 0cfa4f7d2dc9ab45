"""Reading the sources again, and showing what that brings: here, or in another program over the same library."""

import time
from collections.abc import Sequence
from contextlib import suppress

from newstui.errors import LibraryError
from newstui.library.rows import Subscription
from newstui.text import ago
from newstui.tui.refresh_text import progress_text, summary
from newstui.tui.refresher import Finished, Progressed, Refresher
from newstui.tui.screens.opening import Opening

REDRAW = 0.25  # seconds between two looks at what a refresh brings
LOOK_ELSEWHERE = 1.0  # seconds between two looks at whether another program has changed the library
ASK_AGAIN = 60.0  # seconds between two looks at which sources are due

ELSEWHERE = "Another newstui is reading the sources: what it brings is shown as it comes"


class Refreshing(Opening):
    """What keeps the library fresh."""

    _refresher: Refresher | None = None
    _drawn_at: float = 0.0
    _progress: str = ""
    _is_filling = False
    """Whether what comes now comes into an empty library."""
    _awaits_first = False
    """Whether the library was empty, and no first story has been selected since."""
    _sources: Sequence[Subscription] | None = None
    """The subscriptions as the header knows them: counting their articles is too slow for each key."""
    _waiting: tuple[Subscription, ...] = ()
    """The sources that are read once the refresh under way is over."""
    _seen_elsewhere = 0
    """The version of the library up to which the changes of others are shown."""

    @property
    def refresher(self) -> Refresher:
        """The one reader of sources of this screen."""
        if self._refresher is None:
            self._refresher = Refresher(self.library, self, self.now, self.settings)
        return self._refresher

    def refresh_sources(self, subscriptions: Sequence[Subscription], *, is_asked: bool = True) -> None:
        """Read these sources again, beside everything else."""
        if self.refresher.is_running:
            self.tell("The sources are being read already")
        elif self.refresher.start(subscriptions, is_asked=is_asked):
            self._progress = "Reading the sources…"
            self._is_filling = self._awaits_first = self._awaits_first or self._is_empty()
            self.show_bars()

    def refresh_new(self, subscriptions: Sequence[Subscription]) -> None:
        """Read sources that were just added; a refresh that is under way does not know them and comes first."""
        self._sources = None
        if self.refresher.is_running:
            self._waiting += tuple(subscriptions)
        else:
            self.refresh_sources(subscriptions)

    def refresh_due(self) -> None:
        """Read the sources whose time has come; ask again in a minute."""
        self.set_timer(ASK_AGAIN, self.refresh_due)
        if (due := self._due()) and not self.refresher.is_running:
            self.refresh_sources(due, is_asked=False)

    def _due(self) -> list[Subscription]:
        every = None if self.settings.refresh_every == "never" else self.settings.refresh_every
        sources = self.library.subscriptions(is_counted=False)
        if not any(every or source.every or source.last_tried is None for source in sources):
            return []
        from newstui.refresh.schedule import is_due

        return [source for source in sources if is_due(source, self.now(), every)]

    def action_refresh_all(self) -> None:
        sources = self.library.subscriptions(is_counted=False)
        if willing := [source for source in sources if not (source.is_paused or source.is_gone)]:
            self.refresh_sources(willing)
        elif sources:
            self.tell("Every source is paused or gone: see Sources, in the commands ( : )")
        else:
            self.tell("There is no source yet: Add a feed, site or folder, in the commands ( : )")

    def action_refresh_source(self) -> None:
        name = self.article.source if self.article is not None else ""
        if own := [source for source in self.library.subscriptions(is_counted=False) if source.name == name]:
            self.refresh_sources(own)
        else:
            self.action_refresh_all()

    @property
    def is_refreshing(self) -> bool:
        """Whether sources are being read."""
        return self._refresher is not None and self._refresher.is_running

    def action_stop_refreshing(self) -> None:
        if self.is_refreshing:
            self._waiting = ()
            self.refresher.cancel()

    def action_clear(self) -> None:
        if self.is_refreshing and self.filter_line is None and not self.rows.filter:
            self.action_stop_refreshing()
        else:
            super().action_clear()

    def on_progressed(self, event: Progressed) -> None:
        """Take in what has been read so far, a few times a second."""
        self._progress = progress_text(event)
        moment = time.monotonic()
        if moment - self._drawn_at >= REDRAW:
            self._drawn_at = moment
            self._take_in()
        else:
            self.show_bars()

    def on_finished(self, event: Finished) -> None:
        self._progress = ""
        self._take_in_all()
        self._is_filling = False
        if told := self._told_of(event):
            self.tell(told, is_error=bool(event.error and not event.is_elsewhere))
        waiting, self._waiting = self._waiting, ()
        if waiting:
            self.refresh_sources(waiting)

    def _told_of(self, event: Finished) -> str:
        """What to say of a round; of one that nobody asked for, and that brought nothing, the header says enough."""
        if event.is_elsewhere:
            return ELSEWHERE if event.is_asked else ""
        is_awaited = event.is_asked or event.is_stopped
        is_news = any(result.new or result.changed or result.note for result in event.results)
        return event.error or (summary(event, self.now()) if is_awaited or is_news else "")

    def watch_elsewhere(self) -> None:
        """Show what other programs do to the library, about as soon as they do it."""
        self._seen_elsewhere, self._awaits_first = self.library.version_elsewhere(), self._is_empty()
        self.set_interval(LOOK_ELSEWHERE, self._look_elsewhere)

    def _look_elsewhere(self) -> None:
        with suppress(LibraryError):  # what can't be read now is there at the next look
            if not self.is_refreshing and self.library.version_elsewhere() != self._seen_elsewhere:
                self._is_filling = self._awaits_first
                self._take_in_all()
                self._is_filling = False

    def _take_in_all(self) -> None:
        """Take in what changed, and what need not be counted while a refresh is under way."""
        self._seen_elsewhere, self._sources = self.library.version_elsewhere(), None
        self._take_in()
        self.count_views_soon()

    def _take_in(self) -> None:
        self.relaid_quietly()
        if self._awaits_first and not self._is_empty():  # its counts may be in the list already
            self._awaits_first = False
            self.rows.unfold_first()
            self.rows.arrange()
            self.select_first()
        else:
            self.show_article_again()

    def _is_empty(self) -> bool:
        return not any(group.stories for group in self.rows.groups if not group.is_view)

    def relaid_quietly(self) -> None:
        """Lay the rows out again without touching what the main pane shows, unless nothing was selected."""
        key, story, offset = self.selected()
        self.rows.arrived(is_filling=self._is_filling)
        self.sidebar.keep_cursor_on(key, story, offset)
        self.show_bars()

    def select_first(self) -> None:
        """Go to the first story of the first topic that has one unread."""
        raise NotImplementedError

    def progress(self) -> str:
        """How far what is under way is, for the footer; empty when nothing is."""
        return self._progress

    def freshness(self) -> str:
        """How fresh the sources are, or what is worse, for the header."""
        if self.reminder:
            return self.reminder
        if self._sources is None:
            self._sources = self.library.subscriptions(is_counted=False)
        sources = [source for source in self._sources if not (source.is_paused or source.is_gone)]
        failed = [source for source in sources if source.error]
        if failed:
            return f"{failed[0].name} failed" if len(failed) == 1 else f"{len(failed)} sources failed"
        usual = [source for source in sources if source.every is None] or sources
        times = [source.last_good for source in usual if source.last_good is not None]
        if not times:
            return ""
        what = sources[0].name if len(sources) == 1 else f"{len(sources)} sources"
        seconds = self.now() - min(times)
        return f"{what} refreshed {ago(seconds)} ago" if seconds >= 60 else f"{what} refreshed just now"
