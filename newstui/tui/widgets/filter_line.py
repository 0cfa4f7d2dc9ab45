"""The line in the footer in which a filter or a query is typed."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

Kind = Literal["words", "query"]


class FilterLine(Input):
    """One line of a filter. It speaks up when it is accepted, given up, or asked to look everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Clear"),
        Binding("tab", "widen", "Everywhere"),
        Binding("down", "step(1)", "Next"),
        Binding("up", "step(-1)", "Previous"),
    ]

    @dataclass
    class Accepted(Message):
        """The filter is as the reader wants it."""

        kind: Kind
        text: str

    @dataclass
    class GivenUp(Message):
        """The reader wants the lists back as they were."""

        kind: Kind

    @dataclass
    class Widened(Message):
        """The reader wants to look everywhere, or here again."""

    @dataclass
    class Stepped(Message):
        """The reader wants to move in the list while typing."""

        by: int

    def __init__(self, kind: Kind, text: str, suggester: Suggester | None = None) -> None:
        self.mistake = Mistake()
        placeholder = "words in this topic" if kind == "words" else "outlet:name topic:name is:unread after:2026-01-31"
        super().__init__(
            text, placeholder=placeholder, id="words", compact=True, highlighter=self.mistake, suggester=suggester
        )
        self.kind: Kind = kind
        self.cursor_blink = False

    def point_at(self, position: int | None) -> None:
        """Underline the text from a place on, where it can't be understood."""
        self.mistake.position = position
        self.refresh()

    def action_submit_line(self) -> None:
        self.post_message(self.Accepted(self.kind, self.value))

    async def action_submit(self) -> None:
        self.action_submit_line()

    def action_give_up(self) -> None:
        self.post_message(self.GivenUp(self.kind))

    def action_widen(self) -> None:
        if self.kind == "query" and self._suggestion:
            self.action_cursor_right()
        else:
            self.post_message(self.Widened())

    def action_step(self, by: int) -> None:
        self.post_message(self.Stepped(by))


class Mistake(Highlighter):
    """Underlines what can't be understood."""

    def __init__(self) -> None:
        self.position: int | None = None

    def highlight(self, text: Text) -> None:
        if self.position is not None:
            end = str(text).find(" ", self.position)
            text.stylize("underline bold", self.position, end if end > self.position else len(text))


class QuerySuggester(Suggester):
    """Completes the last word of a query: its keys, and the values that are known for them."""

    KEYS = (
        "is:unread", "is:read", "is:saved", "is:hot", "is:image", "is:multi", "is:listed", "topic:", "outlet:",
        "source:", "title:", "after:", "before:", "since:1d", "since:7d", "quality:>", "heat:>", "outlets:>",
        "sort:newest", "sort:oldest", "sort:outlets", "sort:heat", "sort:quality", "sort:outlet",
    )  # fmt: skip

    def __init__(self, topics: list[str], sources: list[str]) -> None:
        super().__init__(use_cache=True, case_sensitive=True)
        named = [("topic", name) for name in topics] + [("source", name) for name in sources]
        self._known = [*self.KEYS, *(f"{key}:{quoted(name)}" for key, name in named)]

    async def get_suggestion(self, value: str) -> str | None:
        start = value.rfind(" ") + 1
        word = value[start:].lstrip("-")
        if not word:
            return None
        begun = value[: len(value) - len(word)]
        return next((begun + known for known in self._known if known.startswith(word) and known != word), None)


def quoted(name: str) -> str:
    """A name as one word of a query."""
    return f'"{name}"' if " " in name else name
