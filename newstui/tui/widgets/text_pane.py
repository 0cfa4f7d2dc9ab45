"""A pane of text that grows as it is read, with a cursor for the rows in it that can be chosen."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.strip import Strip

from newstui.tui.commands import bindings
from newstui.tui.text_lines import GrowingLines, TextLine, is_pixels
from newstui.tui.widgets.pane import Pane

STRIPS_KEPT = 64  # drawn lines that are kept from text to text


class ReadingPlace(NamedTuple):
    """Where a reader is in a text: the first line shown, and the row under the cursor."""

    top: int = 0
    row: int | None = None


class TextPane(Pane):
    """Lines to read. It scrolls line by line, and once a row that can be chosen is in view it goes from row to row."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pane")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], Iterable[TextLine]] = lambda width: ()
        self._text = GrowingLines()
        self._rows = 0
        self._row: int | None = None
        self._width = 0
        self._strips: dict[object, Strip] = {}

    def present(self, make: Callable[[int], Iterable[TextLine]], rows: int = 0) -> None:
        """Show other lines from their beginning; ``make`` gives them for a width, with so many rows to choose from."""
        self._make, self._rows, self._row = make, rows, None
        self._text = self._made()
        self._go(0)

    @property
    def length(self) -> int:
        """The lines that were made: always more than are in view, if there are more."""
        return len(self._text.made)

    @property
    def lines(self) -> Sequence[TextLine]:
        """The lines that were made so far."""
        return self._text.made

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        self._text.reach(self.top + self.size.height + 1)
        return self.length <= self.top + self.size.height

    @property
    def row(self) -> int | None:
        """The row under the cursor, counted from 0."""
        return self._row

    @property
    def place(self) -> ReadingPlace:
        """Where the reader is now, to come back to."""
        return ReadingPlace(self.top, self._row)

    def restore(self, place: ReadingPlace) -> None:
        """Come back to a place in the same text; a row that stands elsewhere by now is brought into view."""
        self._row = place.row if place.row is not None and place.row < self._rows else None
        self._go(place.top)
        self._show_row()

    def scroll_by(self, lines: int) -> None:
        """Scroll, and let go of the cursor where its row leaves the pane."""
        self._go(self.top + lines)
        self._keep_cursor_in_view()

    def page(self, pages: float) -> None:
        """Scroll by pages, of which one line stays in view."""
        self.scroll_by(round(pages * max(1, self.size.height - 1)))

    def choose(self, row: int) -> bool:
        """Put the cursor on a row and bring it into view; whether there is such a row."""
        if not 0 <= row < self._rows:
            return False
        self._row = row
        if lines := self._text.place_of(row):  # none before the first layout
            first, last = lines
            highest = last - self.size.height + 1
            self._go(min(max(self._with_heading(first), highest), max(self.top, highest)))
        return True

    def _with_heading(self, line: int) -> int:
        """Where what is said above a row begins, so that going to the row shows that too."""
        made = self._text.made
        while line > 0 and made[line - 1].parts and made[line - 1].row is None:
            line -= 1
        return line

    # --- keys and mouse ---

    def action_move(self, by: int) -> None:
        row = self._next_row(by)
        if row is None or not self.choose(row):
            self._leave_first_row(by)
            self.scroll_by(by)

    def action_page(self, pages: float) -> None:
        self.page(pages)

    def action_edge(self, to: int) -> None:
        if to > 0:
            self._text.reach_end()
        had_cursor, self._row = self._row is not None, None
        self._go(self.length if to > 0 else 0)
        in_view = self._rows_in_view()
        if in_view and (had_cursor or to > 0):
            self._row = in_view[-1 if to > 0 else 0]
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        if (row := self.row_at(event)) is not None:
            self.choose(row)

    def row_at(self, event: events.Click) -> int | None:
        """The row that was clicked on."""
        offset = event.get_content_offset(self)
        place = self.top + offset.y if offset is not None else self.length
        return self._text.made[place].row if place < self.length else None

    def on_resize(self) -> None:
        self._follow_width()
        self.call_later(self._show_row)  # once the text is where it was

    # --- moving ---

    def jump(self, top: int) -> None:
        self._text.reach(top + 2 * self.size.height)
        super().jump(top)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._text.reach(round(new_value) + 2 * self.size.height)

    def _go(self, top: int) -> None:
        self._text.reach(top + self.size.height + 1)
        if self.top or top:
            self.jump(top)
        self.repaint()

    def _show_row(self) -> None:
        """Bring the row under the cursor into view where it is not."""
        if self._row is not None and self.size.height and self._row not in self._rows_in_view():
            self.choose(self._row)

    def _next_row(self, by: int) -> int | None:
        if self._row is not None:
            return self._row + by if 0 <= self._row + by < self._rows else None
        in_view = self._rows_in_view() if by > 0 else ()
        return in_view[0] if in_view else None

    def _leave_first_row(self, by: int) -> None:
        """Above the first row is text again; without any, the cursor stays."""
        if by < 0 and self._row == 0 and self.top:
            self._row = None

    def _rows_in_view(self) -> Sequence[int]:
        """The rows that are wholly in view; where none is, those of which a part is."""
        shown = range(self.top, min(self.length, self.top + self.size.height))
        rows = list(dict.fromkeys(row for line in shown if (row := self._text.made[line].row) is not None))
        whole = [row for row in rows if all(line in shown for line in self._text.places[row])]
        return whole or rows

    def _keep_cursor_in_view(self) -> None:
        if (row := self._row) is None:
            return
        in_view = self._rows_in_view()
        if row not in in_view:
            self._row = min(in_view, key=lambda near: abs(near - row), default=None)
            self.repaint()

    # --- drawing ---

    def line_at(self, y: int) -> Strip:
        self._follow_width()
        place = self.top + y
        if place >= self.length:
            return self.blank_line()
        line = self._text.made[place]
        look = self.has_focus if line.row is not None and line.row == self._row else None
        key = (tuple(line.parts), look)
        if (strip := self._strips.get(key)) is None:
            strip = self._strips[key] = self.drawn(line.parts) if look is None else self.drawn_under_cursor(line.parts)
        return strip

    def forget_lines(self) -> None:
        self._strips.clear()

    def _follow_width(self) -> None:
        """Lay the text out for the width that the pane has now, and stay at the same words."""
        if self._width == (width := self.size.width):
            return
        self._width = width
        self.notify_style_update()
        letters = _letters(self._text.made[: self.top])
        self._text = self._made()
        self._text.reach(self.size.height + 1)
        if letters:
            self.call_later(self.jump, self._place_of_letter(letters))  # not while a line is being drawn

    def _made(self) -> GrowingLines:
        if len(self._strips) > STRIPS_KEPT:
            self._strips.clear()
        return GrowingLines(self._make(self.size.width) if self.size.width > 0 else ())

    def _place_of_letter(self, letters: int) -> int:
        """The line in which the letter after so many stands."""
        place, said = -1, 0
        while said <= letters and place + 1 < self._reached(place + 2):
            place += 1
            said += _letters([self._text.made[place]])
        return max(0, place)

    def _reached(self, count: int) -> int:
        self._text.reach(count)
        return self.length


def _letters(lines: Iterable[TextLine]) -> int:
    """How much is said, however it is broken into lines."""
    parts = (part for line in lines for part in line.parts)
    return sum(len(text) - text.count(" ") for text, look in parts if look != "rule" and not is_pixels(look))
