"""Makes the lines of widgets safe one by one, which the wall cannot do once they are joined.

A title with ``ESC [ 1 ; 1 H`` in it looks like Textual's own once it stands in a frame.
"""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from newstui.terminal.wall import is_link, is_printable, printable


class SafeLines(LineFilter):
    """Lets no control and no doubtful link of any widget into a frame; columns stay where they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments when they are safe, as they nearly always are."""
        if all(map(_is_safe, segments)):
            return segments
        width = sum(cell_len(segment.text) for segment in segments)
        return Segment.adjust_line_length([_mended(segment) for segment in segments], width, pad=False)


def _is_safe(segment: Segment) -> bool:
    text, style, _ = segment
    return is_printable(text) and (style is None or style.link is None or is_link(style.link))


def _mended(segment: Segment) -> Segment:
    return Segment(printable(segment.text), _without_bad_link(segment.style))


def _without_bad_link(style: Style | None) -> Style | None:
    return style if style is None or style.link is None or is_link(style.link) else style.update_link(None)
