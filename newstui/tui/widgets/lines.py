"""The list of a dialog: lines with a cursor that passes over those which only explain."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from newstui.tui.commands import bindings
from newstui.tui.widgets.pane import Pane, Parts


class Line(NamedTuple):
    """A line for any width, beginning with a cell for the cursor's mark; without a value the cursor passes over it."""

    parts: Callable[[int], Parts]
    value: object = None


class Lines(Pane):
    """The lines of a dialog, of which the visible ones are drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pane"), Binding("enter", "pick", show=False)]

    moves = var(0)
    """Counts the cursor's moves, to be watched: a watcher runs at once."""

    @dataclass
    class Picked(Message):
        """The reader chose the line under the cursor."""

        value: object

    def __init__(self, lines: Sequence[Line] = (), *, cursor: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = lines
        self._drawn: dict[tuple[int, bool], Strip] = {}
        self.cursor = self._nearest(cursor, 1)

    @property
    def length(self) -> int:
        return len(self._lines)

    @property
    def value(self) -> object:
        """What the line under the cursor stands for; None where there is nothing to choose."""
        return self._lines[self.cursor].value if self._lines else None

    @property
    def values(self) -> Iterator[object]:
        """What each line stands for, None where it only explains."""
        return (line.value for line in self._lines)

    def show(self, lines: Sequence[Line], cursor: int = 0) -> None:
        """Show other lines, with the cursor on one of them."""
        self._lines = lines
        self._drawn.clear()
        self.put_cursor(cursor)

    def put_cursor(self, line: int, by: int = 1) -> None:
        """Move the cursor, past lines which only explain, and scroll as far as is needed to show it."""
        self.cursor = self._nearest(line, by)
        self._keep_in_view()
        self.repaint()
        self.moves += 1

    def _keep_in_view(self) -> None:
        height = max(1, self.size.height)
        first = max(self._with_heading(self.cursor), self.cursor - height + 1)
        if self.top > min(first, self.max_scroll_y):
            self.jump(first)
        elif (last := self._with_explanation(self.cursor)) >= self.top + height:
            self.jump(min(self.cursor, last - height + 1))

    def _nearest(self, line: int, by: int) -> int:
        line = max(0, min(len(self._lines) - 1, line))
        onward = range(line, len(self._lines)) if by > 0 else range(line, -1, -1)
        back = range(line - 1, -1, -1) if by > 0 else range(line + 1, len(self._lines))
        return next((n for reach in (onward, back) for n in reach if self._lines[n].value is not None), 0)

    def _with_heading(self, line: int) -> int:
        """Where what explains a line begins, so that going up to the line shows that too."""
        while line > 0 and self._lines[line - 1].value is None:
            line -= 1
        return line

    def _with_explanation(self, line: int) -> int:
        """Where what explains a line ends, so that going down to the line shows that too."""
        while line + 1 < self.length and self._lines[line + 1].value is None:
            line += 1
        return line

    def on_resize(self) -> None:
        self.notify_style_update()
        self._keep_in_view()
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        line = self.top + event.get_content_offset_capture(self).y
        if line < self.length and self._lines[line].value is not None:
            was_here = line == self.cursor
            self.put_cursor(line)
            if was_here:
                self.action_pick()

    def action_move(self, by: int) -> None:
        self.put_cursor(self.cursor + by, by)

    def action_page(self, pages: float) -> None:
        by = round(pages * max(1, self.size.height - 1)) or (1 if pages > 0 else -1)
        self.put_cursor(self.cursor + by, by)

    def action_edge(self, side: int) -> None:
        self.put_cursor(self.length - 1 if side > 0 else 0, -side)

    def action_pick(self) -> None:
        if self.value is not None:
            self.post_message(self.Picked(self.value))

    def forget_lines(self) -> None:
        self._drawn.clear()

    def line_at(self, y: int) -> Strip:
        line = self.top + y
        if line >= self.length:
            return self.blank_line()
        has_cursor = line == self.cursor and self._lines[line].value is not None
        if (strip := self._drawn.get((line, has_cursor))) is None:
            parts = self._lines[line].parts(self.size.width)
            strip = self.drawn_under_cursor(parts) if has_cursor else self.drawn(parts)
            self._drawn[line, has_cursor] = strip
        return strip

    def drawn_under_cursor(self, parts: Parts) -> Strip:
        """Lit also while a field has the focus: in a dialog the keys go to its list."""
        look = self.style_of("cursor")
        over = Style(bgcolor=look.bgcolor, color=look.color if look.reverse else None, reverse=look.reverse)
        segments = [Segment(text, self.style_of(part) + over) for text, part in parts]
        first = Segment(segments[0].text[1:], segments[0].style)
        mark = Segment("▌", self.style_of("accent") + over)
        return Strip([mark, first, *segments[1:]]).adjust_cell_length(self.size.width, self.style_of("text") + over)


def blank(_: int) -> Parts:
    """A line with nothing on it."""
    return []
