"""A digest as text that reads well in a terminal, in a mail and as a message of the day."""

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newstui.cli.plain_text import outlet_of, shown_url
from newstui.cli.reports import outlets_of
from newstui.cli.story_text import first_of, lead_of, who_reports
from newstui.library.rows import Report, StoryTold
from newstui.text import clock, counted, long_day, short_date
from newstui.tui.cells import shortened, wrapped
from newstui.tui.reports_text import same_day_here

DAY = 86_400
MARGIN = "  "


class Digest(NamedTuple):
    """What was reported between two moments: how many stories, and those of them that are told."""

    since: int
    now: int
    stories: int
    by_several: int
    told: Sequence[StoryTold]


def digest_lines(digest: Digest, cells: int) -> Iterator[str]:
    """How much there is since when, and the stories; no line but a URL is wider than asked for."""
    yield from wrapped(f"since {_moment(digest.since, digest.now)}: {_total(digest)}", cells)
    for story in digest.told:
        yield ""
        yield from _told(story, digest.now, cells)
    if rest := digest.stories - len(digest.told):
        yield from ("", f"and {counted(rest, 'more story')}")


def _total(digest: Digest) -> str:
    if not digest.stories:
        return "no stories"
    by_several = f"{digest.by_several:,}" if digest.by_several else "none"
    return f"{counted(digest.stories, 'story')}, {by_several} reported by several outlets"


def _told(story: StoryTold, now: int, cells: int) -> Iterator[str]:
    yield from wrapped(story.headline, cells)
    room = cells - len(MARGIN)
    yield from (MARGIN + line for line in _together(_reported(story, now), room))
    _, *others = outlets_of([first_of(story), *story.reports])
    if others:
        yield MARGIN + _as_many_as_fit("also ", others, room)
    yield MARGIN + shown_url(lead_of(story).url)


def _reported(story: StoryTold, now: int) -> tuple[str, str]:
    """By how many, and by whom first: ``5 outlets``, ``earliest 14:05 Reuters``."""
    first = first_of(story)
    if story.outlets < 2:
        return who_reports(story), _when(first, now)
    return who_reports(story), f"earliest {_when(first, now)} {outlet_of(first)}"


def _together(parts: Sequence[str], cells: int) -> Iterator[str]:
    """The parts on one line, or each on its own where that is too narrow."""
    text = " · ".join(parts)
    if shortened(text, cells) == text:
        yield text
        return
    for part in parts:
        yield from wrapped(part, cells)


def _as_many_as_fit(start: str, names: Sequence[str], cells: int) -> str:
    for count in range(len(names), 0, -1):
        rest = f" and {len(names) - count:,} more" if count < len(names) else ""
        text = f"{start}{', '.join(names[:count])}{rest}"
        if shortened(text, cells) == text:
            return text
    return shortened(start + names[0], cells)


def _when(report: Report, now: int) -> str:
    if not report.is_date_known:
        return "date unknown"
    return short_date(same_day_here(report.published), now) if report.is_day_only else _moment(report.published, now)


def _moment(moment: int, now: int) -> str:
    """The clock where the day is today, else both: ``14:05``, ``yesterday 14:05``, ``8 May 14:05``."""
    if long_day(moment) == long_day(now):
        return clock(moment)
    is_yesterday = long_day(moment) == long_day(_noon(now) - DAY)
    return f"{'yesterday' if is_yesterday else short_date(moment, now)} {clock(moment)}"


def _noon(moment: int) -> int:
    """Of the same day in local time: a day earlier is then the day before, however long it was."""
    year, month, day, *_ = time.localtime(moment)
    return int(time.mktime((year, month, day, 12, 0, 0, 0, 0, -1)))
