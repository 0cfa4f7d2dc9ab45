"""Where the reader was, so that the next start shows the same place."""

from dataclasses import dataclass, field, fields
from typing import Any

from newstui.errors import QueryError
from newstui.tui.filters import QUICK_FILTERS, Filter

Stored = dict[str, Any]


@dataclass(slots=True)
class Session:
    """A reading place as it is kept in the library. Whatever is missing or strange there takes its default."""

    group: str = ""
    story: int = 0
    offset: int = 0
    unfolded: list[str] = field(default_factory=list)
    words: str = ""
    words_group: str = ""
    is_everywhere: bool = False
    query_line: str = ""
    quick: list[str] = field(default_factory=list)
    outlet: str = ""
    sort: str = ""
    theme: str = ""
    lines_a_story: int = 0
    border: int = 0
    is_alone: bool = False
    is_by_article: bool = False

    @classmethod
    def read(cls, stored: Stored) -> "Session":
        """The place from what the library kept."""
        session = cls()
        for slot in fields(cls):
            value = stored.get(slot.name)
            if type(value) is type(getattr(session, slot.name)):
                setattr(session, slot.name, value)
        return session

    def stored(self) -> Stored:
        """The place as the library keeps it."""
        return {slot.name: getattr(self, slot.name) for slot in fields(self)}

    def keep_filter(self, narrowed: Filter) -> None:
        """Remember a filter."""
        self.words, self.words_group, self.is_everywhere = narrowed.words, narrowed.group, narrowed.is_everywhere
        self.query_line, self.quick, self.outlet = narrowed.query_line, list(narrowed.quick), narrowed.outlet

    def filter(self) -> Filter:
        """The filter as it was; none if it can't be understood any more."""
        try:
            narrowed = (
                Filter().asked(self.query_line).of_outlet(self.outlet)
                if self.outlet
                else Filter().asked(self.query_line)
            )
            for letter in self.quick:
                narrowed = narrowed.toggled(letter) if letter in QUICK_FILTERS else narrowed
            return narrowed.typed(self.words, self.words_group, is_everywhere=self.is_everywhere, is_typing=False)
        except QueryError:
            return Filter()
