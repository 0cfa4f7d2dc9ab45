"""What the library reads and how it went, with every file that could not be read; and what is muted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from newstui.errors import NewsError, Problem
from newstui.library import Library
from newstui.library.rows import Mute, Subscription
from newstui.text import ago
from newstui.tui.cells import cell_len, fitted, shortened, wrapped
from newstui.tui.screens.sheet import Sheet
from newstui.tui.widgets.lines import Line, Lines, blank
from newstui.tui.widgets.pane import Parts

INDENT = "    "
ROOM_FOR_PLACE = 60  # cells; with less, the place stands on a line of its own
NAMES_SHARE = 0.4  # of the width, at most


@dataclass(frozen=True, slots=True)
class AddSource:
    """The reader wants to add a source."""


@dataclass(frozen=True, slots=True)
class RefreshSources:
    """The reader wants these sources read again; without names, all."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemOf:
    """A line about a problem, which belongs to its source."""

    source: Subscription


class SourcesScreen(Sheet[AddSource | RefreshSources]):
    """The sources and what is muted. Its answer is what the main screen has to do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "refresh_one", show=False),
        Binding("R", "refresh_all", show=False),
        Binding("a", "add", show=False),
        Binding("d", "remove", show=False),
        Binding("u", "unmute", show=False),
        Binding("q", "close", show=False),
    ]

    def __init__(self, library: Library, now: int) -> None:
        self._lines = Lines()
        self._library = library
        self._now = now
        self._opened: set[int] = set()
        self._leaving: Subscription | None = None
        self._drawn_width = 0
        super().__init__("Sources")
        self.add_class("-full")
        self._read()

    def compose_body(self) -> ComposeResult:
        yield self._lines

    def hints(self) -> Sequence[tuple[str, str]]:
        if isinstance(self._lines.value, Mute):
            return [("u", "un-mute"), ("j k", "move"), ("q", "back")]
        if self._lines.value is None:
            return [("a", "add"), ("q", "back")]
        return [
            ("enter", "problems"), ("r", "refresh"), ("R", "all"), ("a", "add"), ("d", "remove"), ("j k", "move"),
            ("q", "back"),
        ]  # fmt: skip

    def on_mount(self) -> None:
        self.watch(self._lines, "moves", self._moved, init=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_for_width)

    def on_key(self, event: events.Key) -> None:
        """Any key but a second ``d`` means that the source stays."""
        if self._leaving is not None and event.key != "d":
            self._leaving = None
            self._show()

    def on_lines_picked(self, event: Lines.Picked) -> None:
        if (source := self._source()) is not None:
            self._opened ^= {source.id}
            self._show()

    def action_refresh_one(self) -> None:
        if (source := self._source()) is not None:
            self.dismiss(RefreshSources((source.name,)))

    def action_refresh_all(self) -> None:
        if self._sources:
            self.dismiss(RefreshSources())

    def action_add(self) -> None:
        self.dismiss(AddSource())

    def action_remove(self) -> None:
        source = self._source()
        if source is None:
            return
        if self._leaving != source:
            self._leaving = source
            self._show()
            return
        self._leaving = None
        if self._is_done(lambda: self._library.unsubscribe(source.name)):
            self._read()
            self._show()

    def action_unmute(self) -> None:
        mute = self._lines.value
        if isinstance(mute, Mute) and self._is_done(lambda: self._library.unmute(mute.kind, mute.value, self._now)):
            self._read()
            self._show()

    def _is_done(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except NewsError as error:
            self.notify(str(error), severity="error", markup=False)
            return False
        return True

    def _source(self) -> Subscription | None:
        """The source that the cursor is on, or in the problems of."""
        value = self._lines.value
        return value.source if isinstance(value, ProblemOf) else value if isinstance(value, Subscription) else None

    def _read(self) -> None:
        self._sources = self._library.subscriptions()
        self._mutes = self._library.mutes()
        self._problems = {source.id: self._library.problems(source.id) for source in self._sources}

    def _moved(self) -> None:
        self._hints.show(self.hints())

    def _show_for_width(self) -> None:
        if self._drawn_width != self._lines.size.width:
            self._show()

    def _show(self) -> None:
        """Lay the lines out again, with the cursor on what it was on."""
        self._drawn_width = self._lines.size.width
        kept = self._source() or self._lines.value
        number = self._lines.cursor
        lines = list(self._all_lines(max(12, self._drawn_width)))
        place = next((place for place, line in enumerate(lines) if line.value == kept and kept is not None), number)
        self._lines.show(lines, place)
        self._heading.show("Sources", self._counts())
        self._moved()

    def _counts(self) -> str:
        articles = sum(source.articles for source in self._sources)
        failed = sum(bool(source.error) for source in self._sources)
        problems = sum(map(len, self._problems.values()))
        counts = [(len(self._sources), "source"), (articles, "article"), (problems, "problem")]
        words = [_counted(count, word) for count, word in counts if count]
        return " · ".join([*words, *([f"{failed} failed"] if failed else [])])

    def _all_lines(self, width: int) -> Iterator[Line]:
        for source in self._sources:
            yield from self._source_lines(source, width)
            yield Line(blank)
        if not self._sources:
            yield from _said(
                "Nothing is read yet. Press a to add a folder of articles or a news site.", "text", width, "  "
            )
            yield Line(blank)
        if self._mutes:
            yield _line([("  Muted", "strong"), (f"  {_counted(len(self._mutes), 'thing')} you do not see", "muted")])
            yield from (_line(_mute_parts(mute, width), mute) for mute in self._mutes)

    def _source_lines(self, source: Subscription, width: int) -> Iterator[Line]:
        name = shortened(source.name, width - 4)
        topic = f"  into {source.topic}" if source.topic else ""
        about = f"{source.kind}{topic}"
        if width < ROOM_FOR_PLACE:
            yield _line([("  " + name, "strong")], source)
            yield from _said(f"{about}  {source.place}", "muted", width)
        else:
            column = min(int(width * NAMES_SHARE), max(cell_len(other.name) for other in self._sources))
            place = shortened(source.place, max(12, width - column - cell_len(about) - 8))
            yield _line([("  " + fitted(name, column), "strong"), (f"   {about}  ", "muted"), (place, "link")], source)
        yield from self._state_lines(source, width)
        if source.id in self._opened:
            yield from self._problem_lines(source, width)

    def _state_lines(self, source: Subscription, width: int) -> Iterator[Line]:
        if source == self._leaving:
            stays = "press d again to remove it; what you saved stays, any other key keeps it"
            yield from _said(f"! {stays}", "warning", width)
            return
        problems = len(self._problems[source.id])
        read = f"read {_when(source.last_good, self._now)}" if source.last_good is not None else "not read yet"
        told = [_counted(source.articles, "article"), read, *([_counted(problems, "problem")] if problems else [])]
        yield from _said(" · ".join(told), "text", width)
        if source.error:
            yield from _said(f"! {_when(source.last_tried, self._now)}: {source.error}", "warning", width)

    def _problem_lines(self, source: Subscription, width: int) -> Iterator[Line]:
        value = ProblemOf(source)
        if not self._problems[source.id]:
            yield _line([(INDENT + "everything there could be read", "muted")], value)
        for problem in self._problems[source.id]:
            yield from _problem_lines(problem, source, value, width)


def _problem_lines(problem: Problem, source: Subscription, value: ProblemOf, width: int) -> Iterator[Line]:
    """A problem on one line where there is room, else its reason beneath the file."""
    line = "" if problem.line is None else f":{problem.line}"
    place = problem.place.removeprefix(source.place.rstrip("/") + "/") + line
    room = width - len(INDENT) - cell_len(place) - 3
    if cell_len(problem.reason) <= room:
        yield _line([(INDENT + place, "link"), ("  " + problem.reason, "text")], value)
        return
    yield _line([(INDENT + shortened(place, width - len(INDENT) - 1), "link")], value)
    for text in wrapped(problem.reason, width - len(INDENT) - 3):
        yield _line([(f"{INDENT}  {text}", "text")], value)


def _mute_parts(mute: Mute, width: int) -> Parts:
    return [(f"  {fitted(mute.kind, 8)}", "muted"), (shortened(mute.value, width - 11), "text")]


def _said(text: str, part: str, width: int, indent: str = INDENT) -> Iterator[Line]:
    return (_line([(indent + line, part)]) for line in wrapped(text, width - len(indent) - 1))


def _line(parts: Parts, value: object = None) -> Line:
    return Line(lambda _: parts, value)


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _when(moment: int | None, now: int) -> str:
    if moment is None:
        return "at the last try"
    return "just now" if now - moment < 60 else f"{ago(now - moment)} ago"
