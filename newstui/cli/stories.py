"""Stories on the command line: stories, digest."""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newstui.cli import DONE, FAILED
from newstui.cli.arguments import LARGEST_NUMBER
from newstui.cli.output import write_lines
from newstui.cli.places import library_of, now
from newstui.cli.queries import query_of
from newstui.library import Library
from newstui.library.listings import Listing
from newstui.library.rows import ALL, StoryTold
from newstui.query import Condition, Number, Query, Term, Time

if TYPE_CHECKING:
    from newstui.cli.digest_text import Digest

AT_ONCE = 64
"""Whole stories that are asked of the library at once."""

WIDEST_DIGEST, NARROWEST_DIGEST = 72, 20
"""Cells: what every mail reader shows, and what a narrow terminal still gets."""


def stories(options: argparse.Namespace) -> int:
    """Print the stories that match, those of most outlets first."""
    query = query_of(options.query)
    with library_of(options) as (library, have_all_been_read):
        found = _found(library, query, now())[: options.limit]
        write_lines(_lines(_told(library, found), is_json=options.json))
    return DONE if have_all_been_read else FAILED


def _lines(told: Iterator[StoryTold], *, is_json: bool) -> Iterator[str]:
    from newstui.cli.json_lines import line, story_fields
    from newstui.cli.story_text import story_line, story_lines

    columns = _columns() if sys.stdout and sys.stdout.isatty() else None
    for story in told:
        if is_json:
            yield line(story_fields(story))
        elif columns is None:
            yield story_line(story)
        else:
            yield from story_lines(story, columns)


def digest(options: argparse.Namespace) -> int:
    """Print what was reported lately: how many stories, and those of most outlets."""
    from newstui.cli.digest_text import digest_lines

    end = now() if options.now is None else options.now
    with library_of(options) as (library, have_all_been_read):
        lately = digest_of(library, end - options.since, end, options.limit)
        write_lines(digest_lines(lately, max(NARROWEST_DIGEST, min(WIDEST_DIGEST, _columns()))))
    return DONE if have_all_been_read else FAILED


def digest_of(library: Library, since: int, now: int, limit: int) -> "Digest":
    """The stories with a report from ``since`` to ``now``, as they stood then."""
    from newstui.cli.digest_text import Digest

    lately = _query(Time(">=", since)) & _query(Time("<", now + 1))
    later = set(_found(library, _query(Time(">=", now + 1)), now))
    settled = [story for story in _found(library, lately, now) if story not in later]
    several = _found(library, lately & _query(Number("outlets", ">", 1)), now)
    by_several = sum(story not in later for story in several)
    going_on = list(_as_far_as_told(library, sorted(later), since, now))
    told = [*_told(library, settled[:limit]), *going_on]
    told.sort(key=lambda story: (-story.outlets, -(story.last or 0), story.id))
    by_several += sum(story.outlets > 1 for story in going_on)
    return Digest(since, now, len(settled) + len(going_on), by_several, told[:limit])


def _as_far_as_told(library: Library, later: Sequence[int], since: int, now: int) -> Iterator[StoryTold]:
    """Of the stories that were reported later again those that were reported then, as they stood then."""
    for told in _told(library, later):
        story = _until(now, told)
        if story is not None and (story.last or 0) >= since:
            yield story


def _query(condition: Condition) -> Query:
    return Query(((Term(condition),),))


def _until(now: int, story: StoryTold) -> StoryTold | None:
    """A story without what was reported after that, None where nothing is left."""
    from newstui.cli.reports import outlets_of
    from newstui.cli.story_text import lead_of

    reports = tuple(report for report in story.reports if report.published <= now)
    if not reports:
        return None
    lead = lead_of(story._replace(reports=reports))
    times = [report.published for report in reports if report.is_date_known]
    return story._replace(
        headline=lead.headline,
        outlets=len(outlets_of(reports)),
        first=min(times, default=None),
        last=max(times, default=None),
        reports=reports,
    )


def _found(library: Library, query: Query, now: int) -> Listing:
    """All that a query finds: a script has no use for a list that ends where a screen's does."""
    return library.listing(ALL, query, "outlets", now, LARGEST_NUMBER - 1)


def _told(library: Library, stories: Sequence[int]) -> Iterator[StoryTold]:
    for first in range(0, len(stories), AT_ONCE):
        yield from library.told(stories[first : first + AT_ONCE])


def _columns() -> int:
    return shutil.get_terminal_size((80, 24)).columns
