"""Reading the sources again, adding one, and seeing how they went."""

import time
from collections.abc import Sequence

from newstui.config import data_folder
from newstui.errors import NewsError
from newstui.library.rows import Subscription
from newstui.text import ago
from newstui.tui.refresher import Finished, Progressed, Refresher, Result
from newstui.tui.screens.opening import Opening

REDRAW = 0.25  # seconds between two looks at what a refresh brings
BAR_CELLS = 16


class Refreshing(Opening):
    """What keeps the library fresh."""

    _refresher: Refresher | None = None
    _drawn_at: float = 0.0
    _progress: str = ""
    _is_filling = False
    """Whether the refresh under way began with an empty library."""
    _awaits_first = False
    """Whether it did, and no first story has been selected since."""
    _sources: Sequence[Subscription] | None = None
    """The subscriptions as the header knows them: counting their articles is too slow for each key."""

    @property
    def refresher(self) -> Refresher:
        """The one reader of sources of this screen."""
        if self._refresher is None:
            self._refresher = Refresher(self.library, self, self.now, self.settings)
        return self._refresher

    def refresh_sources(self, subscriptions: Sequence[Subscription]) -> None:
        """Read these sources again, beside everything else."""
        if self.refresher.is_running:
            self.tell("The sources are being read already")
        elif self.refresher.start(subscriptions):
            self._progress = "Reading the sources…"
            self._is_filling = self._awaits_first = self._is_empty()
            self.show_bars()

    def refresh_due(self) -> None:
        """Read the sources that were never read, or not within the time of the settings; ask again in a minute."""
        every = self.settings.refresh_every
        if every != "never":
            self.set_timer(60, self.refresh_due)
        before = 0 if every == "never" else self.now() - 60 * every
        due = [
            it for it in self.library.subscriptions(is_counted=False) if it.last_tried is None or it.last_tried < before
        ]
        if due and not self.refresher.is_running:
            self.refresh_sources(due)

    def welcome(self) -> None:
        """Say what newstui is, and ask for something to read."""
        from newstui.tui.screens.welcome import WelcomeScreen

        self.app.push_screen(WelcomeScreen(self.shown_keys), self._welcomed)

    def _welcomed(self, choice: object) -> None:
        if choice == "samples":
            self.subscribe(str(data_folder("samples")), "Samples")
        elif choice in ("site", "folder"):
            self.action_add_source()
        elif choice == "quit":
            self.run_worker(self.app.run_action("quit"), group="quitting")

    def action_refresh_all(self) -> None:
        if subscriptions := self.library.subscriptions(is_counted=False):
            self.refresh_sources(subscriptions)
        else:
            self.tell("There is no source yet: Add a folder or site, in the commands ( : )")

    def action_refresh_source(self) -> None:
        name = self.article.source if self.article is not None else ""
        subscriptions = [
            source for source in self.library.subscriptions(is_counted=False) if not name or source.name == name
        ]
        self.refresh_sources(subscriptions or self.library.subscriptions(is_counted=False))

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
        self._progress, self._sources = "", None
        self._take_in()
        self._is_filling = False
        self.count_views_soon()
        self.tell(event.error or summary(event.results, self.now()), is_error=bool(event.error))

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
        """How far the refresh is, for the footer; empty when none is under way."""
        return self._progress

    def freshness(self) -> str:
        """How fresh the sources are, or what is worse, for the header."""
        if self.reminder:
            return self.reminder
        if self._sources is None:
            self._sources = self.library.subscriptions(is_counted=False)
        sources = self._sources
        failed = [source for source in sources if source.error]
        if failed:
            return f"{failed[0].name} failed" if len(failed) == 1 else f"{len(failed)} sources failed"
        times = [source.last_good for source in sources if source.last_good is not None]
        if not times:
            return ""
        what = sources[0].name if len(sources) == 1 else f"{len(sources)} sources"
        seconds = self.now() - min(times)
        return f"{what} refreshed {ago(seconds)} ago" if seconds >= 60 else f"{what} refreshed just now"

    def action_add_source(self) -> None:
        from newstui.tui.screens.prompt import Prompt

        prompt = Prompt(
            "Add a folder or site",
            "A folder of articles (Markdown files with front matter), or the address of a news site.",
            placeholder="~/articles or https://news.example/",
            check=self._why_not,
        )
        self.app.push_screen(prompt, self._source_named)

    def _why_not(self, place: str) -> str | None:
        """What keeps a place from being added; None if nothing does."""
        from newstui.sources import place_of

        try:
            place_of(place.strip())
        except NewsError as error:
            return str(error)
        return None

    def _source_named(self, place: str | None) -> None:
        if place:
            self.subscribe(place.strip())

    def subscribe(self, place: str, name: str = "") -> None:
        """Add a source and read it."""
        from newstui.sources import place_of

        try:
            found = place_of(place)
            subscription = self.library.subscribe(
                found.kind, found.place, name or found.name, may_be_private=found.may_be_private
            )
            self._sources = None
        except NewsError as error:
            self.tell(str(error), is_error=True)
            return
        self.refresh_sources([subscription])

    def action_sources(self) -> None:
        from newstui.tui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.library, self.now()), self._sources_left)

    def _sources_left(self, wish: object) -> None:
        """Do what the sources screen was left for, and show what it changed."""
        from newstui.tui.screens.sources import AddSource, RefreshSources

        self._sources = None
        self.relaid(self.rows.renew)
        if isinstance(wish, AddSource):
            self.action_add_source()
        elif isinstance(wish, RefreshSources):
            chosen = [
                source
                for source in self.library.subscriptions(is_counted=False)
                if not wish.names or source.name in wish.names
            ]
            self.refresh_sources(chosen)


def progress_text(event: Progressed) -> str:
    """One line that says how far a source has been read."""
    if not event.total:
        return f"Reading {event.source} · {event.new:,} new"
    full = BAR_CELLS * event.done // event.total
    bar = "━" * full + "─" * (BAR_CELLS - full)
    return f"{bar}  {event.source} · {event.done:,} of {event.total:,}"


def summary(results: Sequence[Result], now: int) -> str:
    """One line that says how a refresh went: what came, what failed and when that went well last, and where to look."""
    new = sum(result.new for result in results)
    changed = sum(result.changed for result in results)
    problems = sum(result.problems for result in results)
    parts = [_counted(new, "new article") if new else "Nothing new"]
    parts += [f"{changed:,} changed"] if changed else []
    parts += [_failure(result, now) for result in results if result.error]
    parts += [f"{_counted(problems, 'problem')}: see Sources in the commands"] if problems else []
    return " · ".join([*parts, "? help"])


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _failure(result: Result, now: int) -> str:
    last = f"last read {ago(now - result.last_good)} ago" if result.last_good is not None else "never read yet"
    return f"{result.source} failed ({last}): {result.error}"
