"""Narrowing the lists: words as they are typed, the query line, quick filters, and the order."""

from typing import NamedTuple

from textual.widgets import Static

from newstui.errors import QueryError
from newstui.library.rows import ALL
from newstui.tui.filters import QUICK_FILTERS, Filter
from newstui.tui.rows import Group
from newstui.tui.screens.marking import Marking
from newstui.tui.screens.story_screen import TEXT_ALONE
from newstui.tui.widgets.filter_line import FilterLine, Kind, QuerySuggester

SORTS = {
    "newest": ("n", "newest first"),
    "oldest": ("o", "oldest first"),
    "outlets": ("c", "most outlets first"),
    "heat": ("h", "hottest first"),
    "quality": ("q", "best quality first"),
    "outlet": ("a", "by outlet"),
}


class Before(NamedTuple):
    """What the lists and the screen were before a filter was typed."""

    filter: Filter
    place: tuple[str, int | None, int]
    unfolded: frozenset[str]
    was_in_text: bool
    classes: frozenset[str]


class Filtering(Marking):
    """What narrows and orders the lists."""

    _before_typing: Before | None = None
    """What the lists were before the filter was typed, so that ``esc`` brings everything back."""
    mistake: str = ""

    filter_line: FilterLine | None = None
    """The line that is being typed in, if there is one."""

    def action_filter(self) -> None:
        self._open_line("words", self.rows.filter.words)

    def action_query_line(self) -> None:
        topics = [group.name for group in self.rows.groups if not group.is_view and group.topic != ALL]
        sources = [source.name for source in self.library.subscriptions(is_counted=False)]
        self._open_line("query", self.rows.filter.query_line, QuerySuggester(topics, sources))

    def _open_line(self, kind: Kind, text: str, suggester: QuerySuggester | None = None) -> None:
        if self.footer.query(FilterLine) or self.group is None:  # one that closes is there for a moment longer
            return
        self._before_typing = Before(
            self.rows.filter, self.selected(), frozenset(self.rows.unfolded), self.main_pane.has_focus, self.classes
        )
        line = self.filter_line = FilterLine(kind, text, suggester)
        self.remove_class(*TEXT_ALONE)  # what is typed narrows the list
        self.add_class("-typing")
        self.footer.keys.display = False
        self.footer.mount(Static("/ " if kind == "words" else "query ", id="prompt"), line, before=0)
        self.watch(line, "value", self._typed, init=False)
        line.focus()

    def _close_line(self) -> None:
        line, self.filter_line = self.filter_line, None
        if line is not None:
            self.footer.query("#prompt, #words").remove()
            self.remove_class("-typing")
            self.footer.keys.display = True
            if line.has_focus:
                self.sidebar.focus()
        self.mistake = ""

    def _typed(self, text: str) -> None:
        """Words narrow the lists while they are typed, a query when it is accepted; a mistake is pointed at."""
        line = self.filter_line
        if line is None:
            return
        narrowed = self._understood(line, text, is_typing=True)
        if narrowed is not None and line.kind == "words":
            self.put_filter(narrowed)
        else:
            self.show_bars()

    def _understood(self, line: FilterLine, text: str, *, is_typing: bool) -> Filter | None:
        """The filter that was typed; None where it can't be understood, and then the line points at the place."""
        current = self.rows.filter
        group = current.group or self._typed_in()
        try:
            if line.kind == "query":
                narrowed = current.asked(text, is_typing=is_typing)
            else:
                narrowed = current.typed(text, group, is_everywhere=current.is_everywhere, is_typing=is_typing)
        except QueryError as error:
            self.mistake = str(error)
            line.point_at(error.position)
            return None
        self.mistake = ""
        line.point_at(None)
        return narrowed

    def put_filter(self, narrowed: Filter) -> None:
        """Show the lists through another filter; the cursor stays on its story if that is among them."""
        if narrowed == self.rows.filter:
            self.show_bars()
            return
        key, story, _ = self.selected()
        key = narrowed.group if narrowed.words and narrowed.group else key
        self.rows.filter = narrowed
        if narrowed and key:
            self.rows.unfolded.add(key)
        self.rows.renew()
        line = self.rows.line_of(key, story)
        if line is not None and self.rows.at(line).story is None and line + 1 < len(self.rows):
            line += self.rows.at(line + 1).story is not None
        self.sidebar.put_cursor(line if line is not None else 0, 0)
        self.show_selected()
        self.count_views_soon()

    def on_filter_line_accepted(self, event: FilterLine.Accepted) -> None:
        event.stop()
        line = self.filter_line
        narrowed = self._understood(line, event.text, is_typing=False) if line is not None else None
        if narrowed is not None:
            self._close_line()
            self._before_typing = None
            self.put_filter(narrowed)
        self.show_bars()

    def on_filter_line_given_up(self, event: FilterLine.GivenUp) -> None:
        event.stop()
        with self.app.batch_update():
            self._give_up(event.kind)

    def _give_up(self, kind: Kind) -> None:
        self._close_line()
        if self._before_typing is None:
            return
        before, self._before_typing = self._before_typing, None
        self.rows.filter = _without(before.filter, kind)
        self.rows.unfolded = set(before.unfolded)
        self.rows.renew()
        self.sidebar.keep_cursor_on(*before.place)
        self.show_selected()
        self.count_views_soon()
        if before.was_in_text:
            self.add_class(*before.classes.intersection(TEXT_ALONE))
            self.main_pane.focus()

    def on_filter_line_widened(self, event: FilterLine.Widened) -> None:
        event.stop()
        line = self.filter_line
        if line is None or line.kind != "words" or self._before_typing is None:
            return
        wide = not self.rows.filter.is_everywhere
        group = self._everything() if wide else self._before_typing.place[0]
        self.put_filter(self.rows.filter.typed(line.value, group, is_everywhere=wide, is_typing=True))

    def _everything(self) -> str:
        """The group that holds every story."""
        topics = [group for group in self.rows.groups if not group.is_view]
        return next((group.key for group in topics if group.topic == ALL), topics[0].key)

    def on_filter_line_stepped(self, event: FilterLine.Stepped) -> None:
        event.stop()
        self.sidebar.action_move(event.by)

    def action_clear(self) -> None:
        if self.filter_line is not None:
            self._close_line()
        elif self.rows.filter:
            self.put_filter(Filter())
            self.tell("All stories again")

    def action_quick_filter(self) -> None:
        from newstui.tui.screens.menu import Choice, Menu

        on = self.rows.filter.quick
        choices = [Choice(letter, name, query, letter, letter in on) for letter, (name, query) in QUICK_FILTERS.items()]
        if self.article is not None:
            is_on = bool(self.rows.filter.outlet)
            choices.append(Choice("o", f"only {self.article.outlet}", "this outlet", "o", is_on))
        choices.append(Choice("x", "clear", "all filters off", "x"))
        self.app.push_screen(Menu("Quick filters: they combine", choices), self._quick_chosen)

    def _quick_chosen(self, letter: object) -> None:
        self.show_list()
        if letter == "x":
            self.put_filter(Filter())
        elif letter == "o" and self.article is not None:
            self.put_filter(self.rows.filter.of_outlet(self.article.domain or self.article.outlet))
        elif isinstance(letter, str):
            self.put_filter(self.rows.filter.toggled(letter))

    def action_sort_menu(self) -> None:
        from newstui.tui.screens.menu import Choice, Menu

        choices = [Choice(key, name, "", sort, sort == self.rows.sort) for sort, (key, name) in SORTS.items()]
        self.app.push_screen(Menu("Order of the stories", choices), self._sort_chosen)

    def _sort_chosen(self, sort: object) -> None:
        if isinstance(sort, str):
            self.show_list()
            self.rows.sort = sort
            self.relaid(self.rows.renew, keeps_height=False)

    def action_toggle_unit(self) -> None:
        """Show articles, each by itself, or stories again; the cursor stays on what it is on."""
        row, (group, _, offset) = self.story, self.selected()
        self.rows.is_by_article = not self.rows.is_by_article
        self.rows.renew()
        self.sidebar.keep_cursor_on(group, self.rows.entry(row) if row is not None else None, offset)
        self.show_selected()
        self.count_views_soon()
        self.tell(f"{'Articles, each by itself' if self.rows.is_by_article else 'Stories'} · v goes back")

    def filter_note(self) -> str:
        """What is filtered, for the header; empty without a filter."""
        if self.mistake:
            return self.mistake
        narrowed, line = self.rows.filter, self.filter_line
        if not narrowed:
            return ""
        if line is not None and line.kind == "words":
            return self._typing_note(narrowed)
        found = f"{note} · " if self.group is not None and (note := self._found_of(self.group)) else ""
        return f"{found}{self._described(narrowed)} · esc clears"

    def _typing_note(self, narrowed: Filter) -> str:
        """How much the words find and where, and that ``tab`` looks elsewhere."""
        group, origin = self._group_of(narrowed.group), self._group_of(self._typed_in())
        found = self._found_of(group) if group is not None else ""
        if narrowed.is_everywhere:
            return f"{found} everywhere · tab: only {origin.name}" if origin is not None else f"{found} everywhere"
        return f"{found} in {group.name} · tab: everywhere" if group is not None else found

    def _described(self, narrowed: Filter) -> str:
        """The filter in words, with the topic where that is not the cursor's."""
        group = self._group_of(narrowed.group) if narrowed.words and not narrowed.is_everywhere else None
        is_elsewhere = group is not None and self.group is not None and group.key != self.group.key
        return narrowed.described(group.name if group is not None and is_elsewhere else "")

    def _found_of(self, group: Group) -> str:
        """How many stories, or articles, of a group the filter lets through; empty where it lets all through."""
        listing = self.rows.listing_of(group)
        if listing is None or not self.rows.filter.query_for(group.key):
            return ""
        number = f"{len(listing):,}{'+' if listing.is_capped else ''}"
        if self.rows.is_by_article:
            return f"{number} article{'' if number == '1' else 's'}"
        return number if group.stories is None else f"{number} of {group.stories:,}"

    def _group_of(self, key: str) -> Group | None:
        return next((group for group in self.rows.groups if group.key == key), None)

    def _typed_in(self) -> str:
        """The group in which typing began."""
        return self._before_typing.place[0] if self._before_typing else ""

    def names_place(self) -> bool:
        """Whether ``filter_note`` says itself what it is about."""
        line = self.filter_line
        return bool(self.mistake) or (line is not None and line.kind == "words" and bool(self.rows.filter))


def _without(narrowed: Filter, kind: Kind) -> Filter:
    """A filter without what is typed in one of the lines."""
    return narrowed.typed("", "", is_everywhere=False, is_typing=False) if kind == "words" else narrowed.asked("")
