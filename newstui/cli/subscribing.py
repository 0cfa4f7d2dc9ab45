"""Subscriptions on the command line: add, sources, remove, refresh."""

import argparse
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.cli import DONE, FAILED
from newstui.cli.output import tell, write_lines
from newstui.cli.places import library_of, now, read_sources, settings_of, tell_troubles
from newstui.cli.plain_text import counted
from newstui.errors import LibraryError
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.sources import place_of

if TYPE_CHECKING:
    from newstui.refresh import SourceResult

NO_SOURCES = "there are no sources yet: newstui add PLACE makes one"


def add(options: argparse.Namespace) -> int:
    """Subscribe to a place, read it, and say what it is; a place that gives nothing to read is not subscribed to."""
    found = place_of(options.place)
    with library_of(options) as (library, _):
        source = library.subscribe(found.kind, found.place, options.name or found.name, options.topic)
        (result,) = read_sources(library, [source], settings_of(options).proxy, tell_troubles)
        articles = named(library, [source.name])[0].articles
        is_file = Path(found.place).is_file()
        if result.error or (is_file and not articles):
            library.unsubscribe(source.name)
            tell(f"{source.name} was not added ({found.place}): mend what is wrong, then add it again")
            return FAILED
        write_lines([f"Added {source.name}, a {'file' if is_file else found.kind}: {counted(articles, 'article')}"])
    return DONE


def sources(options: argparse.Namespace) -> int:
    """Print the subscriptions."""
    with library_of(options) as (library, _):
        subscriptions = library.subscriptions()
        write_lines(_lines(library, subscriptions, is_json=options.json))
    if not subscriptions:
        tell(NO_SOURCES)
    return DONE


def _lines(library: Library, subscriptions: Sequence[Subscription], *, is_json: bool) -> Iterator[str]:
    from newstui.cli.json_lines import line, source_fields
    from newstui.cli.plain_text import source_lines

    for source in subscriptions:
        problems = library.problems(source.id)
        if is_json:
            yield line(source_fields(source, problems))
        else:
            yield from source_lines(source, len(problems), now())


def remove(options: argparse.Namespace) -> int:
    """End a subscription."""
    with library_of(options) as (library, _):
        (source,) = named(library, [options.name])
        gone = library.unsubscribe(source.name)
        write_lines([f"Removed {source.name} and {counted(gone, 'article')}; saved ones stay"])
    return DONE


def refresh(options: argparse.Namespace) -> int:
    """Read sources again: a line for each, and a summary."""
    with library_of(options) as (library, _):
        chosen = named(library, options.names) if options.names else library.subscriptions()
        if not chosen:
            tell(NO_SOURCES)
            return DONE
        results = read_sources(library, chosen, settings_of(options).proxy, _say)
    write_lines([summary(results)])
    return FAILED if any(result.error for result in results) else DONE


def _say(result: "SourceResult") -> None:
    tell_troubles(result)
    outcome = f"failed: {result.error}" if result.error else f"{result.new:,} new, {result.changed:,} changed"
    write_lines([f"{result.source}: {outcome}"])


def summary(results: "Sequence[SourceResult]") -> str:
    """One line that says how a refresh went."""
    failed = sum(bool(result.error) for result in results)
    problems = sum(len(result.problems) for result in results)
    new = sum(result.new for result in results)
    return (
        f"{counted(len(results), 'source')}, {failed:,} failed · {counted(new, 'new article')} · "
        f"{counted(problems, 'problem')}"
    )


def named(library: Library, names: Sequence[str]) -> list[Subscription]:
    """The subscriptions of these names. LibraryError for one that there is not, with the nearest that there is."""
    known = {source.name: source for source in library.subscriptions()}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            advice = f"did you mean “{near[0]}”?" if near else "newstui sources lists them"
            raise LibraryError(f"there is no source called “{name}”", advice=advice)
    return [known[name] for name in dict.fromkeys(names)]
