"""The keys that work for what has the focus, found by typing; and what is other than in newsboat."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from newstui.tui.cells import cell_len, fitted, shortened, wrapped
from newstui.tui.commands import Area, Command
from newstui.tui.screens.sheet import STYLES, Sheet
from newstui.tui.widgets.field import Field
from newstui.tui.widgets.lines import Line, Lines, blank
from newstui.tui.widgets.pane import Parts

HEADINGS: dict[Area, str] = {
    "pane": "Moving",
    "sidebar": "In the list",
    "main": "In the text",
    "screen": "Stories",
    "app": "newstui",
}
ROOM_FOR_SENTENCES = 56  # cells; with less, the short title of a command has to do
GATHERED = tuple(f"report.{number}" for number in range(1, 10))
"""Commands that differ in nothing but a number."""

LONGEST_SENTENCE = 84  # cells
ROOM_FOR_EVERY_KEY = 48  # cells; with less, the first key of a command has to do


class Difference(NamedTuple):
    """What a newsboat reader's fingers know, the command that does it here, and what is other about it."""

    theirs: str
    command: str
    words: str


FROM_NEWSBOAT = (
    Difference("enter", "story.enter", "Read; the text stands beside the list already"),
    Difference("n, p", "story.next", "The next unread story; p goes back"),
    Difference("N", "story.toggle_read", "Read, or unread again"),
    Difference("A, C", "list.mark_read", "All read in this topic, or everywhere under All"),
    Difference("", "state.undo", "Undo: read, saved and muted, even after a restart"),
    Difference("o, O", "story.open", "Open; O also goes on to the next unread"),
    Difference("u", "article.links", "Every link of the article"),
    Difference("r, R", "library.refresh", "Refresh all, r one source; you read on meanwhile"),
    Difference("/", "list.filter", "The list narrows as you type"),
    Difference("F", "list.query", 'is:unread outlet:cnet.com, not unread = "yes" and …'),
    Difference("ctrl+f", "list.clear", "All stories again"),
    Difference("l", "list.quick_filter", "Unread only, and more of that kind; they combine"),
    Difference("g, G", "list.sort", "The order of the stories; g and G go to the ends"),
    Difference("t", "topic.jump", "Topics; a story stands in each of its own"),
    Difference("s, ctrl+e", "story.save", "Saved in the library, in a view of its own"),
    Difference("D, $", "story.mute", "Nothing is deleted: an outlet, topic or word is muted"),
    Difference("E", "sources.show", "What is read; in scripts, newstui add and remove"),
    Difference("query feeds", "view.keep", "A filter kept under a name, below the topics"),
    Difference(":", "app.palette", "Every command by its name"),
    Difference("q, Q", "app.back", "Back; Q quits, and the next start is at this place"),
)
THEIRS_CELLS, OURS_CELLS = 13, 7
ABOUT_STORIES = (
    "Reports are taken for one story by the words and figures that they share within a week. How often that is right "
    "was measured for English only. Reports in two languages share little but names, so expect few of them together."
)


class HelpScreen(Sheet[Command]):
    """Help for what has the focus. Its answer is the command that the reader wants to run."""

    CSS_PATH: ClassVar = [STYLES / "sheet.tcss", STYLES / "help.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("tab,shift+tab", "turn_page", show=False),
    ]

    def __init__(self, commands: Sequence[Command], keys: Mapping[str, str], heading: str) -> None:
        self._is_about_newsboat = False
        super().__init__("Help")
        self._commands = tuple(commands)
        self._keys = dict(keys)
        self._where = heading
        self._field = Field(placeholder="type what you look for")
        self._lines = Lines()

    def compose_body(self) -> ComposeResult:
        yield Horizontal(Static("›", markup=False), self._field, classes="entry")
        yield self._lines

    def hints(self) -> Sequence[tuple[str, str]]:
        if self._is_about_newsboat:
            return [("tab", "the keys"), ("↑↓", "move"), ("esc", "close")]
        return [("enter", "do it"), ("↑↓", "move"), ("tab", "newsboat"), ("esc", "close")]

    def on_mount(self) -> None:
        self._show("")

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_again)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._lines.action_pick()

    def on_lines_picked(self, event: Lines.Picked) -> None:
        if isinstance(event.value, Command):
            self.dismiss(event.value)

    def action_move(self, by: int) -> None:
        self._lines.action_move(by)

    def action_page(self, pages: float) -> None:
        self._lines.action_page(pages)

    def action_turn_page(self) -> None:
        self._is_about_newsboat = not self._is_about_newsboat
        self._hints.show(self.hints())
        with self._field.prevent(Input.Changed):
            self._field.value = ""
        self._show("")

    def _show_again(self) -> None:
        """Another width breaks sentences elsewhere."""
        if self._is_about_newsboat or not self._field.value:
            self._show(self._field.value, self._lines.cursor)

    def _show(self, typed: str, cursor: int = 0) -> None:
        words = typed.lower().split()
        if self._is_about_newsboat:
            self._show_differences(words)
        else:
            self._show_commands(words, cursor)

    def _show_commands(self, words: Sequence[str], cursor: int) -> None:
        found = self._ranked(words) if words else self._commands
        count = f"{len(found)} of {len(self._commands)}" if words else f"{len(found)} commands"
        self._heading.show("Help", f"{self._where} · {count}")
        if not found:
            self._lines.show([Line(_nothing), Line(_advice)])
        elif words:
            self._lines.show([self._line(command) for command in found])
        else:
            self._lines.show([*self._under_headings(), *self._about_stories()], cursor)

    def _ranked(self, words: Sequence[str]) -> list[Command]:
        """The commands with all the words; first the one whose key was typed, then those named so."""
        found = [command for command in self._commands if all(word in self._text_of(command) for word in words)]
        whole = " ".join(words)

        def rank(command: Command) -> int:
            if whole in self._keys.get(command.id, "").lower().split():
                return 0
            return 1 if all(word in command.title.lower() for word in words) else 2

        return sorted(found, key=rank)

    def _text_of(self, command: Command) -> str:
        return f"{command.title} {command.help} {self._keys.get(command.id, '')}".lower()

    def _under_headings(self) -> Iterator[Line]:
        above: str | None = None
        for command in sorted(self._commands, key=self._place_of):
            if command.id in GATHERED[1:]:
                continue
            if (heading := self._heading_of(command)) != above:
                yield from () if above is None else (Line(blank),)
                yield Line(_heading(heading))
                above = heading
            yield self._gathered(command) if command.id in GATHERED else self._line(command)

    def _about_stories(self) -> Iterator[Line]:
        """What no command says: how reports come to be together, and where that can't be relied on."""
        indent = "  " if self._lines.size.width >= ROOM_FOR_EVERY_KEY else " "
        yield from (Line(blank), Line(_heading("What is a story")))
        room = min(LONGEST_SENTENCE, self._lines.size.width - len(indent) - 1)
        yield from (_plain(f"{indent}{line}") for line in wrapped(ABOUT_STORIES, max(4, room)))

    def _gathered(self, first: Command) -> Line:
        """One line for the commands that differ in nothing but a number."""
        keys = f"{self._keys.get(GATHERED[0], '')}–{self._keys.get(GATHERED[-1], '')}"
        shown = replace(first, title="Show a report", help="Show the report with this number in place; q comes back")
        return Line(lambda width: self._parts(shown, keys, width), first)

    def _place_of(self, command: Command) -> int:
        return [*HEADINGS.values(), ""].index(self._heading_of(command) if self._keys.get(command.id) else "")

    def _heading_of(self, command: Command) -> str:
        return HEADINGS[command.area] if self._keys.get(command.id) else "Without a key: enter here, or by name"

    def _line(self, command: Command) -> Line:
        return Line(lambda width: self._parts(command, self._keys.get(command.id, ""), width), command)

    def _parts(self, command: Command, keys: str, width: int) -> Parts:
        if width < ROOM_FOR_EVERY_KEY:
            keys = keys.split(" ")[0]
        indent, column = self._columns(width)
        room = max(1, width - indent - column - 1)
        text = command.help if room >= ROOM_FOR_SENTENCES and cell_len(command.help) <= room else command.title
        return [(" " * indent, "text"), (fitted(keys, column), "accent"), (shortened(text, room), "text")]

    def _columns(self, width: int) -> tuple[int, int]:
        """How far lines are indented, and the cells of their keys."""
        if width < ROOM_FOR_EVERY_KEY:
            return 1, max(cell_len(keys.split(" ")[0]) for keys in ("", *self._keys.values())) + 1
        return 2, max(cell_len(keys) for keys in ("", *self._keys.values())) + 3

    def _show_differences(self, words: Sequence[str]) -> None:
        found = [one for one in FROM_NEWSBOAT if all(word in self._difference_text(one) for word in words)]
        count = f"{len(found)} of {len(FROM_NEWSBOAT)}" if words else "what your fingers know, and what does it here"
        self._heading.show("Coming from newsboat", count)
        lines = [line for one in found for line in self._difference(one)]
        self._lines.show(lines or [Line(_nothing), Line(_advice)])

    def _difference_text(self, one: Difference) -> str:
        return f"{one.theirs} {self._keys.get(one.command, '')} {one.words}".lower()

    def _difference(self, one: Difference) -> Iterator[Line]:
        indent = "  " if self._lines.size.width >= ROOM_FOR_EVERY_KEY else " "
        ours = self._keys.get(one.command) or self._keys.get("app.palette", "")
        keys: Parts = [
            (indent + fitted(one.theirs, THEIRS_CELLS), "muted"),
            (fitted(ours, OURS_CELLS), "accent"),
        ]
        used = THEIRS_CELLS + OURS_CELLS + len(indent)
        room = self._lines.size.width - used - 1
        if room >= cell_len(one.words):
            yield Line(lambda _: [*keys, (one.words, "text")], one)
        else:
            yield Line(lambda _: keys, one)
            yield from (_plain(f"{indent}  {line}") for line in wrapped(one.words, max(4, room + used - 4)))


def _heading(text: str) -> Callable[[int], Parts]:
    return lambda width: [(" " if width < ROOM_FOR_EVERY_KEY else "  ", "text"), (text, "muted")]


def _plain(text: str) -> Line:
    return Line(lambda _: [(text, "text")])


def _nothing(_: int) -> Parts:
    return [("  Nothing works under that name here.", "text")]


def _advice(_: int) -> Parts:
    return [("  Backspace looks wider; esc closes.", "muted")]
