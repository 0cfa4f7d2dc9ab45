"""What the main pane says where there is no article: a topic's counts, nothing left, nothing found, nothing yet."""

from collections.abc import Iterator

from newstui.text import counted
from newstui.tui.filters import Filter
from newstui.tui.rows import Group
from newstui.tui.widgets.pane import Parts


def group_state(group: Group, filter: Filter, found: int | None) -> Iterator[Parts]:
    """What a topic or view holds, or why it shows nothing; ``found`` is how many the filter lets through, if known."""
    yield [(group.name, "strong")]
    if filter and found == 0:
        yield from _nothing_found(group, filter)
    elif filter and found is not None:
        yield [
            (f"{found:,}", "accent"),
            (f" of {counted(group.stories or found, 'story')} match ", "muted"),
            (filter.described(), "strong"),
        ]
    elif group.is_view:
        yield from _view(group)
    elif not group.unread:
        yield [("All read", "text"), (f" · {counted(group.stories or 0, 'story')} · u undoes", "muted")]
    else:
        yield [(f"{group.unread:,} unread", "accent"), (f" of {counted(group.stories or 0, 'story')}", "muted")]
        yield []
        yield [("enter", "strong"), (" unfolds and folds it again, ", "muted"), ("n", "strong")]
        yield [("goes to the next unread story.", "muted")]


def _view(group: Group) -> Iterator[Parts]:
    count = "" if group.stories is None else counted(group.stories, "story")
    yield [(count or "Not counted yet", "text")]
    yield [("A view: ", "muted"), (group.query.text, "text")]


def _nothing_found(group: Group, filter: Filter) -> Iterator[Parts]:
    yield [("No story here matches ", "text"), (filter.described(), "strong")]
    yield []
    yield [("esc", "strong"), (" clears the filter", "muted")]
    if filter.words and not filter.is_everywhere:
        yield [("/ tab", "strong"), (" looks everywhere", "muted")]


def nothing_yet(is_reading: bool) -> Iterator[Parts]:
    """An empty library."""
    yield [("Reading…" if is_reading else "Nothing here yet", "strong")]
    yield []
    if not is_reading:
        yield [(": ", "strong"), ("Add a feed, site or folder", "text")]
        yield [("R ", "strong"), ("reads all sources again", "muted")]
