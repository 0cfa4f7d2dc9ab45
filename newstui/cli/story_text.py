"""Stories as lines for a person, without any styling: a terminal and a pipe can take them."""

from collections.abc import Iterator, Sequence

from newstui.cli.plain_text import outlet_of, shown_url, when
from newstui.cli.reports import amount, earliest_of
from newstui.library.rows import Report, StoryTold
from newstui.text import counted


def story_line(story: StoryTold) -> str:
    """A story as one line, whole: for what comes behind a pipe."""
    return f"{when(first_of(story))}  {story.headline} · {who_reports(story)}  {shown_url(lead_of(story).url)}"


def story_lines(story: StoryTold, cells: int) -> Iterator[str]:
    """A story for a terminal: its headline on a line, cut to the width, and below it what one needs to choose it."""
    from newstui.tui.cells import shortened

    yield shortened(story.headline, cells)
    parts = when(first_of(story)), str(lead_of(story).article), who_reports(story)
    yield from (f"    {shortened(line, cells - 4)}" for line in _packed(parts, cells - 4))


def _packed(parts: Sequence[str], cells: int) -> Iterator[str]:
    """The parts side by side, as many on a line as have room there."""
    from newstui.tui.cells import shortened

    line = parts[0]
    for part in parts[1:]:
        longer = f"{line} · {part}"
        if shortened(longer, cells) == longer:
            line = longer
        else:
            yield line
            line = part
    yield line


def who_reports(story: StoryTold) -> str:
    """How many outlets report it, or which one."""
    if story.outlets > 1:
        return amount(story.outlets, story.reports)
    outlet = outlet_of(first_of(story))
    return outlet if len(story.reports) == 1 else f"{outlet}, {counted(len(story.reports), 'report')}"


def first_of(story: StoryTold) -> Report:
    """The earliest report as far as times are known."""
    return earliest_of(story.reports) or story.reports[0]


def lead_of(story: StoryTold) -> Report:
    """The report whose headline the story carries."""
    return next((report for report in story.reports if report.headline == story.headline), story.reports[-1])
