"""What the library reads, how that goes, and what can be said about it; and what is muted."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from newstui.config import Settings
from newstui.errors import LibraryError, NewsError
from newstui.library import Library
from newstui.library.rows import Mute, Subscription
from newstui.tui.screens.menu import Choice, Menu
from newstui.tui.screens.prompt import Prompt
from newstui.tui.screens.sheet import Sheet
from newstui.tui.sources_text import PartOf, Sources, counts, every, filed, sources_lines
from newstui.tui.widgets.lines import Lines

INTERVALS = (15, 30, 60, 360, 1_440, 10_080)
"""Minutes that are offered between two readings of a source."""

LOOK = 1.0  # seconds between two looks at whether a refresh has changed something

VERBS = (
    ("a", "add", "Add", "a feed, a news site or a folder"),
    ("r", "refresh_one", "Refresh", "read this source again"),
    ("R", "refresh_all", "Refresh all", "but those that are paused or gone"),
    ("e", "rename", "Rename", "what it is called here"),
    ("t", "file", "Topic", "under which articles without one are filed"),
    ("i", "choose_interval", "Interval", "how often it is read by itself"),
    ("x", "toggle_full_text", "Full texts", "fetch the page of each new article, or no more"),
    ("p", "toggle_paused", "Pause", "read it no more by itself, or again"),
    ("d", "remove", "Remove", "it and what you did not save"),
    ("u", "unmute", "Un-mute", "show again what is muted"),
    ("/", "find", "Find", "go to a source by typing its name"),
)
"""What can be done here: a key, the action, and what to say of it."""


@dataclass(frozen=True, slots=True)
class AddSource:
    """The reader wants to add a source."""


@dataclass(frozen=True, slots=True)
class RefreshSources:
    """The reader wants these sources read again; without names, all."""

    names: tuple[str, ...] = ()


class SourcesScreen(Sheet[AddSource | RefreshSources]):
    """The sources and what is muted; each change is made at once. Its answer is what the main screen has to do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, action, show=False) for key, action, _, _ in VERBS),
        Binding("n", "rename", show=False),
        Binding("question_mark,f1", "verbs", show=False),
        Binding("q", "close", show=False),
    ]

    def __init__(self, library: Library, now: Callable[[], int], settings: Settings) -> None:
        self._lines = Lines()
        self._library = library
        self._now = now
        self._settings = settings
        self._unfolded: set[int] = set()
        self._leaving: Subscription | None = None
        self._drawn_width = 0
        super().__init__("Sources")
        self.add_class("-full")
        self._read()

    def compose_body(self) -> ComposeResult:
        yield self._lines

    def hints(self) -> Sequence[tuple[str, str]]:
        if isinstance(self._lines.value, Mute):
            return [("u", "un-mute"), ("a", "add"), ("q", "back")]
        if self._lines.value is None:
            return [("a", "add"), ("q", "back")]
        return [
            ("?", "keys"), ("q", "back"), ("enter", "more"), ("a", "add"), ("r", "refresh"), ("e", "rename"),
            ("t", "topic"), ("i", "interval"), ("x", "full texts"), ("p", "pause"), ("d", "remove"),
        ]  # fmt: skip

    def on_mount(self) -> None:
        self.watch(self._lines, "moves", self._moved, init=False)
        self.set_interval(LOOK, self._look_again)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_for_width)

    def on_key(self, event: events.Key) -> None:
        """Any key but a second ``d`` means that the source stays."""
        if self._leaving is not None and event.key != "d":
            self._leaving = None
            self._show()

    def on_lines_picked(self, event: Lines.Picked) -> None:
        if (source := self._source()) is not None:
            self._unfolded ^= {source.id}
            self._show()

    def action_verbs(self) -> None:
        """Show every key with what it does, to choose from."""
        choices = [Choice(key, title, note, action) for key, action, title, note in VERBS]
        self.app.push_screen(Menu("Sources", choices), self._verb_chosen)

    def action_find(self) -> None:
        """Go to a source by typing."""
        choices = [Choice("", source.name, filed(source), source.id) for source in self._known]
        self.app.push_screen(Menu("Go to a source", choices, is_searchable=True), self._go_to)

    def _go_to(self, source: object) -> None:
        if isinstance(source, int):
            self._lines.put_cursor(_place_of(source, self._lines.values) or 0)

    async def _verb_chosen(self, action: object) -> None:
        if isinstance(action, str):
            await self.run_action(action)

    def action_refresh_one(self) -> None:
        if (source := self._source()) is not None:
            self.dismiss(RefreshSources((source.name,)))

    def action_refresh_all(self) -> None:
        if self._known:
            self.dismiss(RefreshSources())

    def action_add(self) -> None:
        self.dismiss(AddSource())

    # --- what is said of a source ---

    def action_rename(self) -> None:
        if (source := self._source()) is None:
            return

        def named(name: str | None) -> None:
            if name and name != source.name:
                self._do(lambda: self._library.configure(source.name, new_name=name), f"{source.name} is now {name}")

        taken = {other.name for other in self._known} - {source.name}
        prompt = Prompt(
            "Rename", "What shall this source be called?", source.name, check=lambda name: _no_name(name, taken)
        )
        self.app.push_screen(prompt, named)

    def action_file(self) -> None:
        if (source := self._source()) is None:
            return

        def filed_under(text: str | None) -> None:
            if text is not None:
                *folders, topic = [part.strip() for part in text.split(" / ")]
                told = f"{source.name} is filed under {text}" if text else f"{source.name} is filed under no topic"
                self._do(lambda: self._library.configure(source.name, topic=topic, folders=folders), told)

        explanation = "The topic of articles that have none of their own. Folders around it are kept: Tech / Linux"
        self.app.push_screen(Prompt("Topic", explanation, filed(source), "no topic"), filed_under)

    def action_choose_interval(self) -> None:
        if (source := self._source()) is None:
            return

        def chosen(minutes: object) -> None:
            if isinstance(minutes, int):
                how = f"every {every(minutes)}" if minutes else "as the settings say"
                self._do(
                    lambda: self._library.configure(source.name, every=minutes or None), f"{source.name} is read {how}"
                )

        self.app.push_screen(Menu("Read this source", self._intervals(source)), chosen)

    def _intervals(self, source: Subscription) -> list[Choice]:
        usual = self._settings.refresh_every
        note = "never by itself" if usual == "never" else f"every {every(usual)}"
        own = [source.every] if source.every is not None and source.every not in INTERVALS else []
        offered = [Choice("s", "as the settings say", note, 0, source.every is None)]
        return offered + [
            Choice(str(number), f"every {every(minutes)}", "", minutes, source.every == minutes)
            for number, minutes in enumerate((*INTERVALS, *own), 1)
        ]

    def action_toggle_full_text(self) -> None:
        if (source := self._source()) is not None:
            told = (
                "New articles come as they are in" if source.is_full_text else "New articles come with full text from"
            )
            is_on = not source.is_full_text
            self._do(lambda: self._library.configure(source.name, is_full_text=is_on), f"{told} {source.name}")

    def action_toggle_paused(self) -> None:
        if (source := self._source()) is not None:
            told = "is read again" if source.is_paused else "is paused: only r reads it"
            is_on = not source.is_paused
            self._do(lambda: self._library.configure(source.name, is_paused=is_on), f"{source.name} {told}")

    def action_remove(self) -> None:
        source = self._source()
        if source is None:
            return
        if self._leaving != source:
            self._leaving = source
            self._show()
            return
        self._leaving = None
        self._do(lambda: self._library.unsubscribe(source.name), f"{source.name} is gone; what you saved stays")

    def action_unmute(self) -> None:
        if isinstance(mute := self._lines.value, Mute):
            unmute = self._library.unmute
            self._do(lambda: unmute(mute.kind, mute.value, self._now()), f"You see {mute.value} again")

    def _do(self, change: Callable[[], object], told: str) -> None:
        """Make a change, and say that it is made or why it can't be."""
        try:
            change()
        except NewsError as error:
            self._hints.say(str(error), is_error=True)
            return
        self._read()
        self._show()
        self._hints.say(told)

    # --- what is shown ---

    def _source(self) -> Subscription | None:
        """The source that the cursor is on, or in the lines below."""
        value = self._lines.value
        return value.source if isinstance(value, PartOf) else value if isinstance(value, Subscription) else None

    def _read(self) -> None:
        self._version = self._library.version_elsewhere()
        self._known = self._library.subscriptions()
        self._mutes = self._library.mutes()
        self._problems = {source.id: self._library.problems(source.id) for source in self._known}

    def _look_again(self) -> None:
        """Show what a refresh has changed meanwhile."""
        with suppress(LibraryError):
            if self._leaving is None and self._library.version_elsewhere() != self._version:
                self._read()
                self._show()

    def _moved(self) -> None:
        self._hints.show(self.hints())

    def _show_for_width(self) -> None:
        if self._drawn_width != self._lines.size.width:
            self._show()

    def _show(self) -> None:
        """Lay the lines out again, with the cursor on what it was on."""
        self._drawn_width = self._lines.size.width
        kept, number = _identity(self._lines.value), self._lines.cursor
        shown = Sources(self._known, self._problems, self._mutes, self._unfolded, self._leaving, self._now())
        lines = list(sources_lines(shown, max(12, self._drawn_width)))
        place = _place_of(kept, (line.value for line in lines))
        self._lines.show(lines, number if place is None else place)
        self._heading.show("Sources", counts(shown))
        self._moved()


def _place_of(identity: object, values: Iterable[object]) -> int | None:
    """On which line something stands."""
    places = (place for place, value in enumerate(values) if value is not None and _identity(value) == identity)
    return next(places, None)


def _identity(value: object) -> object:
    """What tells a line from the others also when what is said on it has changed."""
    source = value.source if isinstance(value, PartOf) else value
    return source.id if isinstance(source, Subscription) else source


def _no_name(name: str, taken: set[str]) -> str | None:
    if not name:
        return "a source can't be without a name"
    return f"another source is called {name}" if name in taken else None
