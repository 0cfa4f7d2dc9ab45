"""What the reader narrowed the lists to, as one value: the words typed, the query line and the quick filters."""

from dataclasses import dataclass, field, replace

from newstui.query import Query, parse

QUICK_FILTERS = {
    "u": ("unread", "is:unread"),
    "s": ("saved", "is:saved"),
    "t": ("today", "since:1d"),
    "w": ("this week", "since:7d"),
    "h": ("hot", "is:hot"),
    "m": ("several outlets", "is:multi"),
    "q": ("quality above 40", "quality:>40"),
    "i": ("with an image", "is:image"),
}
"""Letter → what it is called, and its query. ``o`` (this outlet) is not here: it depends on the story."""

EVERYTHING = Query()


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter on the lists. Words typed with ``/`` narrow one group of rows unless ``is_everywhere``."""

    words: str = ""
    group: str = ""
    is_everywhere: bool = False
    query_line: str = ""
    quick: tuple[str, ...] = ()
    outlet: str = ""
    is_typing: bool = False
    _shared: Query = field(default=EVERYTHING, compare=False)
    _typed: Query = field(default=EVERYTHING, compare=False)

    def __bool__(self) -> bool:
        return bool(self._shared or self._typed)

    def query_for(self, group: str) -> Query:
        """What the stories of a group must match."""
        if self._typed and (self.is_everywhere or group == self.group):
            return self._shared & self._typed
        return self._shared

    @property
    def sort(self) -> str | None:
        """The order that the query asks for."""
        return (self._shared & self._typed).sort

    @property
    def text(self) -> str:
        """The whole filter as one query, to be kept as a view."""
        outlet = f'outlet:"{self.outlet.replace(chr(34), " ")}"' if self.outlet else ""  # no quote can be quoted
        quick = [QUICK_FILTERS[letter][1] for letter in self.quick]
        return " ".join(part for part in (self.words, self.query_line, *quick, outlet) if part)

    def described(self, place: str = "") -> str:
        """The filter in words, for the header; ``place`` is where its words are looked for."""
        named = [QUICK_FILTERS[letter][0] for letter in self.quick]
        words = [f"“{self.words}”{f' in {place}' if place else ''}"] if self.words else []
        query_line = [self.query_line] if self.query_line else []
        return " · ".join([*words, *query_line, *named, *([self.outlet] if self.outlet else [])])

    def typed(self, words: str, group: str, *, is_everywhere: bool, is_typing: bool) -> "Filter":
        """The filter with other words, of which the last may be a beginning. QueryError if they can't be understood."""
        query = parse(words, is_typing=is_typing)
        if not is_typing and _ends_in_a_beginning(words):
            query = parse(words, is_typing=True)
        return replace(
            self, words=words.strip(), group=group, is_everywhere=is_everywhere, is_typing=is_typing, _typed=query
        )

    def asked(self, query_line: str, *, is_typing: bool = False) -> "Filter":
        """The filter with another query line. QueryError where it can't be understood."""
        parse(query_line, is_typing=is_typing)
        return replace(self, query_line=query_line.strip())._shared_again(is_typing=is_typing)

    def toggled(self, letter: str) -> "Filter":
        """The filter with a quick filter turned on, or off again."""
        quick = tuple(on for on in self.quick if on != letter) if letter in self.quick else (*self.quick, letter)
        return replace(self, quick=quick)._shared_again()

    def of_outlet(self, outlet: str) -> "Filter":
        """The filter with only this outlet, or with all outlets again."""
        return replace(self, outlet="" if outlet == self.outlet else outlet)._shared_again()

    def _shared_again(self, *, is_typing: bool = False) -> "Filter":
        shared = parse(replace(self, words="").text, is_typing=is_typing)
        return replace(self, _shared=shared)


def _ends_in_a_beginning(words: str) -> bool:
    """Whether accepting words must leave the last one open: what was found while typing stays; a letter is a name."""
    return any(len(last) > 1 for last in words.split()[-1:])
