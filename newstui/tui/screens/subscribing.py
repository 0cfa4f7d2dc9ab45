"""Adding something to read: what an address turns out to be, which of its feeds, and under what name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newstui.config import data_folder
from newstui.errors import NewsError
from newstui.links import shown_host
from newstui.tui.cells import shortened
from newstui.tui.screens.refreshing import Refreshing

if TYPE_CHECKING:
    from newstui.sources import Place
    from newstui.tui.errands import Errand
    from newstui.tui.finder import PlacesFound

NAME_CELLS = 40  # of a feed that is offered: its address is to be seen, too
MOST_BY_NUMBER = 9
"""Feeds that are chosen by a digit; among more one finds by typing."""


class Subscribing(Refreshing):
    """What the reader can do about what is read."""

    _looking: "Errand | None" = None
    _looked_at: "Place | None" = None
    """The address that is being asked what it has."""
    _to_mend = ""
    """The place that could not be added: it is there to be mended when the reader adds again."""

    def welcome(self) -> None:
        """Say what newstui is, and ask for something to read."""
        from newstui.tui.screens.welcome import WelcomeScreen

        self.app.push_screen(WelcomeScreen(self.shown_keys), self._welcomed)

    def _welcomed(self, choice: object) -> None:
        if choice == "samples":
            self._subscribe_to(str(data_folder("samples")), "Samples")
        elif choice in ("feed", "folder"):
            self.action_add_source()
        elif choice == "list":
            self.action_import_list()
        elif choice == "quit":
            self.run_worker(self.app.run_action("quit"), group="quitting")

    def action_add_source(self) -> None:
        from newstui.tui.screens.prompt import Prompt

        prompt = Prompt(
            "Add something to read",
            "The address of a feed, of a page that has one, or of a news site; "
            "or a folder of articles (Markdown files with front matter).",
            self._to_mend,
            placeholder="https://news.example/ or ~/articles",
            check=self._why_not,
        )
        self.app.push_screen(prompt, self._place_named)

    def _why_not(self, text: str) -> str | None:
        """What keeps a place from being added; None if nothing does."""
        from newstui.sources import place_of

        try:
            asked = place_of(text)
        except NewsError as error:
            return str(error)
        same = [it.name for it in self.library.subscriptions(is_counted=False) if it.place == asked.place]
        return f"this is read already, as “{same[0]}”" if same else None

    def _place_named(self, text: str | None) -> None:
        if text:
            self._subscribe_to(text)
        elif self.is_without_sources():
            self.welcome()

    def _subscribe_to(self, text: str, name: str = "") -> None:
        """Add a place: a folder at once, an address when it has said what it is."""
        from newstui.sources import place_of

        try:
            asked = place_of(text)
        except NewsError as error:
            self.tell(str(error), is_error=True)
            return
        if asked.kind == "web":
            self._look_at(asked)
        else:
            self._subscribe(asked._replace(name=name or asked.name))

    def _look_at(self, asked: "Place") -> None:
        from newstui.tui.finder import find_places

        self._stop_looking()
        self._looked_at = asked
        self._looking = find_places(asked, self.settings, self.post_message)
        self.show_bars()

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.stop()
        self._looking = self._looked_at = None

    def on_places_found(self, event: "PlacesFound") -> None:
        """Subscribe to the one thing that there is, or ask which of several."""
        if event.asked is not self._looked_at:  # another address was asked meanwhile
            return
        self._looking = self._looked_at = None
        if event.error:
            self._to_mend = event.asked.place
            self.tell(f"Not added: {event.error}", is_error=True)
        elif len(event.places) == 1:
            self._subscribe(event.places[0])
        else:
            self._ask_which(event.places)
        self.show_bars()

    def _ask_which(self, places: Sequence["Place"]) -> None:
        from newstui.tui.screens.menu import Choice, Menu

        is_long = len(places) > MOST_BY_NUMBER
        choices = [
            Choice("" if is_long else str(number), shortened(place.name, NAME_CELLS), place.place, place)
            for number, place in enumerate(places, 1)
        ]
        note = f"{len(places)} on this page"
        self.app.push_screen(Menu("Which feed?", choices, note=note, is_searchable=is_long), self._feed_chosen)

    def _feed_chosen(self, chosen: object) -> None:
        from newstui.sources import Place

        if isinstance(chosen, Place):
            self._subscribe(chosen)
        elif self.is_without_sources():
            self.welcome()

    def _subscribe(self, place: "Place") -> None:
        """Add what was found, under a name that is free, and read it."""
        from newstui.sources import free_name

        taken = {source.name for source in self.library.subscriptions(is_counted=False)}
        name = free_name(place.name, taken)
        try:
            added = self.library.subscribe(place.kind, place.place, name, may_be_private=place.may_be_private)
        except NewsError as error:
            self.tell(f"Not added: {error}", is_error=True)
            return
        self._to_mend = ""
        self.refresh_new([added])

    def action_clear(self) -> None:
        if self._looked_at is not None and self.filter_line is None:
            self._stop_looking()
            self.tell("Not added: the address is not asked any more")
        else:
            super().action_clear()

    def progress(self) -> str:
        if self._looked_at is not None:
            return f"Looking what there is at {shown_host(self._looked_at.place)}…"
        return super().progress()

    def action_import_list(self) -> None:
        """Subscribe to what a list of subscriptions names."""
        raise NotImplementedError

    def is_without_sources(self) -> bool:
        """Whether nothing is read and nothing is there to be read."""
        return self._is_empty() and not self.library.subscriptions(is_counted=False)

    def action_sources(self) -> None:
        from newstui.tui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.library, self.now, self.settings), self._sources_left)

    def _sources_left(self, wish: object) -> None:
        """Do what the sources screen was left for, and show what it changed."""
        from newstui.tui.screens.sources import AddSource, RefreshSources

        self._sources = None
        self.relaid(self.rows.renew)
        if isinstance(wish, AddSource):
            self.action_add_source()
        elif isinstance(wish, RefreshSources) and wish.names:
            named = [it for it in self.library.subscriptions(is_counted=False) if it.name in wish.names]
            self.refresh_sources(named)
        elif isinstance(wish, RefreshSources):
            self.action_refresh_all()
