"""Topics and views with their stories: one list, however long."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from newstui.library.rows import StoryRow
from newstui.tui.cells import cell_len, shortened
from newstui.tui.commands import bindings
from newstui.tui.reports_text import same_day_here
from newstui.tui.rows import Group, Place, Rows
from newstui.tui.widgets.pane import Pane, Parts

MANY_OUTLETS = 5
ROOM_FOR_AGE = 48  # cells; a narrower sidebar leaves out the age, and how many reports are new
AGE, OLD_AGE = 7, 11  # cells of an age, and of one with its year, each with the space before it
ROOM_FOR_OUTLET = 8  # cells that the second line of a row keeps for the outlet before it says less about the story
LINES_KEPT = 16  # drawn lines that are kept beside those of two whole panes


class Sidebar(Pane):
    """Topics and their stories; the cursor is the story that the main pane shows."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pane"), *bindings("sidebar")]

    @dataclass
    class Opened(Message):
        """The reader wants to go into the story."""

    moves = var(0)
    """Counts the cursor's moves. Watched, not posted: a watcher runs at once, so that both panes share one frame."""

    def __init__(self, rows: Rows, now: int) -> None:
        super().__init__(id="sidebar")
        self.rows = rows
        self.now = now
        self.cursor = 0
        self._lines: OrderedDict[tuple[object, ...], Strip] = OrderedDict()

    @property
    def length(self) -> int:
        return len(self.rows)

    @property
    def group(self) -> Group | None:
        """The topic or view that the cursor is in."""
        return self.rows.block_at(self.cursor)[0].group if len(self.rows) else None

    @property
    def story(self) -> StoryRow | None:
        """The story that the cursor is on."""
        return self.rows.at(self.cursor).story if len(self.rows) else None

    def put_cursor(self, line: int, by: int = 1) -> None:
        """Move the cursor, past gaps, and scroll half a page where it leaves the pane."""
        self.cursor = self._nearest_row(line, by)
        height, row_height = self.size.height, self.rows.height_at(self.cursor) if len(self.rows) else 1
        if self.top > self.max_scroll_y:
            self.jump(self.max_scroll_y)
        if not self.top <= self.cursor <= self.top + height - row_height:
            is_near = abs(self.cursor - self.top - height // 2) <= height
            self.jump(self.cursor - (height // 2 if is_near else 0 if by < 0 else height - row_height))
        if self.cursor < 2:
            self.jump(0)
        self.repaint()
        self.moves += 1

    def _nearest_row(self, line: int, by: int) -> int:
        last = len(self.rows) - 1
        line = min(last, max(0, line))
        if last < 0:
            return 0
        step = 1 if by > 0 else -1
        while not self.rows.holds_cursor(line):
            if not 0 <= line + step <= last:
                step = -step
            line += step
        return self.rows.start_of_row(line)

    def keep_cursor_on(self, key: str, story: int | None, height: int | None = None) -> None:
        """Put the cursor on a story after the rows were laid out again; ``height`` keeps its distance from the top."""
        line = self.rows.line_of(key, story)
        if line is not None and height is not None:
            self.jump(line - height)
        self.put_cursor(self.cursor if line is None else line)

    @property
    def rows_above(self) -> int:
        """How far below the top of the pane the cursor is."""
        return self.cursor - self.top

    def on_resize(self) -> None:
        self.notify_style_update()
        if self.size.height and not 0 <= self.rows_above < self.size.height:
            self.jump(self.cursor - self.size.height // 2)

    def on_click(self, event: events.Click) -> None:
        line = self.top + event.get_content_offset_capture(self).y
        if line < len(self.rows) and self.rows.holds_cursor(line):
            was_here = self.rows.start_of_row(line) == self.cursor
            self.put_cursor(line)
            if self.story is None or was_here:
                self.action_enter()

    def action_move(self, by: int) -> None:
        row_height = self.rows.height_at(self.cursor) if len(self.rows) else 1
        self.put_cursor(self.cursor + (row_height if by > 0 else -1), by)

    def action_page(self, pages: float) -> None:
        by = round(pages * self.size.height) - (1 if pages == 1 else -1 if pages == -1 else 0)
        self.jump(self.top + by)
        self.put_cursor(self.cursor + by, by)

    def action_edge(self, side: int) -> None:
        self.put_cursor(len(self.rows) - 1 if side > 0 else 0, side)

    def action_fold(self) -> None:
        if (group := self.group) and group.key in self.rows.unfolded:
            self.rows.fold(group)
            self.keep_cursor_on(group.key, None)

    def action_unfold(self) -> None:
        if self.story is not None or self.group is None or self.group.key in self.rows.unfolded:
            self.post_message(self.Opened())
            return
        self.rows.unfolded.add(self.group.key)
        self.rows.arrange()
        self.repaint()
        self.moves += 1

    def action_enter(self) -> None:
        if self.story is None and self.group is not None and self.group.key in self.rows.unfolded:
            self.action_fold()
        else:
            self.action_unfold()

    def forget_lines(self) -> None:
        self._lines.clear()

    def line_at(self, y: int) -> Strip:
        line = self.top + y
        if line >= len(self.rows):
            return self.blank_line()
        place = self.rows.at(line)
        if place.block.kind == "gap" or (place.block.kind == "stories" and place.story is None):
            return self.blank_line()
        has_cursor = line == self.cursor + place.part and place.block.kind != "heading"
        key = *self._key_of(place), has_cursor, has_cursor and self.has_focus
        if (strip := self._lines.get(key)) is None:
            parts = self._parts_of(place)
            strip = self._lines[key] = self.drawn_under_cursor(parts) if has_cursor else self.drawn(parts)
            if len(self._lines) > LINES_KEPT + 2 * self.size.height:
                self._lines.popitem(last=False)
        return strip

    def _key_of(self, place: Place) -> tuple[object, ...]:
        if place.story is not None:
            return (*place.story, place.part)
        group = place.block.group
        if group is None:
            return (place.block.kind,)
        return group.key, group.stories, group.unread, group.key in self.rows.unfolded, self._found_in(group)

    def _parts_of(self, place: Place) -> Parts:
        if place.story is not None:
            if self.rows.lines_a_story == 1:
                return self._one_line(place.story)
            return self._second_line(place.story) if place.part else self._first_line(place.story)
        if place.block.group is not None:
            return self._group_parts(place.block.group)
        return [(" Views", "muted")]

    def _one_line(self, story: StoryRow) -> Parts:
        width = self.size.width
        age = self._age(story)
        age = f"{age:>{AGE if len(age) < AGE else OLD_AGE}} " if width >= ROOM_FOR_AGE else " "
        outlets = f"{story.outlets:>3}" if story.outlets > 1 else "   " if width >= ROOM_FOR_AGE else ""
        new = f" {story.new_reports:,} new" if has_news(story) and width >= ROOM_FOR_AGE else ""
        return [
            *self._headline(story, width - len(new) - len(outlets) - len(age)),
            (new, "accent"),
            (outlets, "accent" if story.outlets >= MANY_OUTLETS else "muted"),
            (age, "muted"),
        ]

    def _first_line(self, story: StoryRow) -> Parts:
        return self._headline(story, self.size.width - 1)

    def _headline(self, story: StoryRow, width: int) -> Parts:
        mark, star = ("● " if story.is_unread else "  "), (" ★" if story.is_saved else "")
        indent = "  " if width >= 24 else " "
        room = max(1, width - len(indent) - 2 - cell_len(star))
        headline = shortened(story.headline, room)
        return [
            (indent + mark, "accent"),
            (headline, "strong" if story.is_unread else "text"),
            (star, "saved"),
            (" " * (room - cell_len(headline)), "text"),
        ]

    def _second_line(self, story: StoryRow) -> Parts:
        indent = "    " if self.size.width >= 24 else "   "
        room = self.size.width - len(indent) - 1
        notes = self._fitting_notes(story, room - min(ROOM_FOR_OUTLET, cell_len(story.outlet)))
        outlet = shortened(story.outlet, max(1, room - sum(len(text) for text, _ in notes)))
        return [(indent + outlet, "muted" if story.is_unread else "faint"), *notes]

    def _fitting_notes(self, story: StoryRow, room: int) -> Parts:
        """What stands behind the outlet; where there is no room for all, the date goes first and the outlets next."""
        new = story.new_reports if has_news(story) else 0
        outlets = (f" · {story.outlets} outlets", "accent" if story.outlets >= MANY_OUTLETS else "muted")
        many, age = [outlets] * (story.outlets > 1), [(f" · {text}", "faint") for text in [self._age(story)] if text]
        whole = [(f" · {new:,} new report{'s' if new > 1 else ''}", "accent")] * (new > 0)
        short = [(f" · {new:,} new", "accent")] * (new > 0)
        held = [*many, *whole, *age], [*many, *short, *age], [*many, *short], [*short, *age]
        return next((notes for notes in held if sum(len(text) for text, _ in notes) <= room), short)

    def _age(self, story: StoryRow) -> str:
        return row_date(story.published, self.now) if story.is_date_known else ""

    def _found_in(self, group: Group) -> tuple[int, bool] | None:
        """How many stories of a group the filter lets through, and whether there are more; None without a filter."""
        if not self.rows.filter.query_for(group.key):
            return None
        listing = self.rows.listing_of(group)
        if listing is not None:
            return len(listing), listing.is_capped
        return self.rows.found.get(group.key, -1), False

    def _group_parts(self, group: Group) -> Parts:
        counts = self._counts(group)
        mark = " ▾ " if group.key in self.rows.unfolded else " ▸ "
        used = len(mark) + sum(len(text) for text, _ in counts)
        name = shortened(group.name, max(1, self.size.width - used - 1))
        space = " " * max(0, self.size.width - used - cell_len(name))
        is_strong = group.unread or (group.is_view and group.stories)
        return [(mark, "muted"), (name, "strong" if is_strong else "text"), (space, "text"), *counts]

    def _counts(self, group: Group) -> Parts:
        found = self._found_in(group)
        if found is not None:
            number, is_capped = found
            return [("… " if number < 0 else f"{number:,}{'+' if is_capped else ''} found ", "faint")]
        if group.is_view:
            return [("" if group.stories is None else f"{group.stories:,} ", "muted" if group.stories else "faint")]
        return [(f"{group.unread:,}", "accent" if group.unread else "faint"), (f"/{group.stories:,} ", "faint")]


def has_news(story: StoryRow) -> bool:
    """Whether reports came after the story was read; an unread story is new as a whole."""
    return bool(story.new_reports) and not story.is_unread


def row_date(moment: int, now: int) -> str:
    """When a story was published, as short as can be: ``14:05`` today, ``8 May``, or ``8 May ’19`` when it is old."""
    is_day_only = moment % 86_400 == 0
    then, today = time.localtime(same_day_here(moment) if is_day_only else moment), time.localtime(now)
    if then[:3] == today[:3] and not is_day_only:
        return time.strftime("%H:%M", then)
    if abs(now - moment) < 300 * 86_400:
        return f"{then.tm_mday} {time.strftime('%b', then)}"
    return f"{then.tm_mday} {time.strftime('%b ’%y', then)}"
