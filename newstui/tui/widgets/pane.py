"""A scrolling pane that paints only the lines that changed."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newstui.tui.text_lines import Parts as Parts
from newstui.tui.text_lines import is_pixels

PARTS = (
    "text", "strong", "muted", "faint", "rule", "accent", "saved", "link", "warning", "code", "quote", "emphasis",
    "picture", "cursor", "cursor-blurred",
)  # fmt: skip
"""The parts of a line that the style sheet knows, each as ``pane--NAME``."""


class Pane(ScrollView, can_focus=True):
    """A pane of cached lines: a line is painted when it is not the object that is on the screen.

    A subclass gives ``length`` and ``line_at``, and returns the same ``Strip`` for an unchanged line.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pane--{part}" for part in PARTS}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._on_screen: dict[int, Strip] = {}
        self._styles_of_parts: dict[str, Style] = {}
        self._blank: Strip | None = None
        self._painted_for: object = None

    @property
    def length(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    @property
    def max_scroll_y(self) -> int:
        """The length decides, not ``virtual_size``: setting that lays the whole screen out again."""
        return max(0, self.length - self.size.height)

    def line_at(self, y: int) -> Strip:
        """The line that belongs on a row of the pane now."""
        raise NotImplementedError

    def forget_lines(self) -> None:
        """Another width or theme: nothing drawn so far holds."""

    def style_of(self, part: str) -> Style:
        """The look of a part of a line, from the style sheet; that of pixels is in themselves."""
        if is_pixels(part):
            return Style.parse(part)
        if (style := self._styles_of_parts.get(part)) is None:
            style = self._styles_of_parts[part] = self.get_component_rich_style(f"pane--{part}")
        return style

    def drawn(self, parts: Parts) -> Strip:
        """A line across the whole pane."""
        if not parts:
            return self.blank_line()
        segments = [Segment(text, self.style_of(part)) for text, part in parts]
        return Strip(segments).adjust_cell_length(self.size.width, self.style_of("text"))

    def drawn_under_cursor(self, parts: Parts) -> Strip:
        """A line with the cursor on it: its first cell becomes the cursor's mark."""
        look = self.style_of("cursor" if self.has_focus else "cursor-blurred")
        over = Style(bgcolor=look.bgcolor, color=look.color if look.reverse else None, reverse=look.reverse)
        mark = Segment("▌" if self.has_focus and not look.reverse else " ", self.style_of("accent") + over)
        segments = [Segment(text, self.style_of(part) + over) for text, part in parts] or [Segment(" ", over)]
        segments[0] = Segment(segments[0].text[1:], segments[0].style)
        return Strip([mark, *segments]).adjust_cell_length(self.size.width, self.style_of("text") + over)

    def blank_line(self) -> Strip:
        """The same strip for every blank line, so that blanks never differ."""
        if self._blank is None:
            self._blank = Strip.blank(self.size.width, self.style_of("text"))
        return self._blank

    def repaint(self) -> None:
        """Paint the lines that differ from what is on the screen, and no others."""
        self.follow_look()
        width = self.size.width
        rows = range(self.size.height)
        differing = [Region(0, y, width, 1) for y in rows if self.line_at(y) is not self._on_screen.get(y)]
        if differing:
            self.refresh(*differing)

    def jump(self, top: int) -> None:
        """Scroll so that this line is the first one, at once."""
        self.scroll_to(y=min(self.max_scroll_y, max(0, top)), animate=False, immediate=True)

    @property
    def top(self) -> int:
        """The first line that is shown."""
        return int(self.scroll_offset.y)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.follow_look()

    def follow_look(self) -> None:
        """Forget what was drawn for another theme or width: a pane can be painted before it hears of the change."""
        if self._painted_for != (look := (self.app.theme, self.size.width)):
            self._painted_for = look
            self._styles_of_parts.clear()
            self._blank = None
            self.forget_lines()

    def on_focus(self) -> None:
        self.repaint()

    def on_blur(self) -> None:
        self.repaint()

    def render_line(self, y: int) -> Strip:
        self.follow_look()
        line = self._on_screen[y] = self.line_at(y)
        return line
