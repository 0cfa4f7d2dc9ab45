"""Subscriptions on the command line: add, sources, remove, refresh."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from newstui.cli import DONE, FAILED
from newstui.cli.output import tell, write_lines
from newstui.cli.places import library_of, now, read_sources, settings_of, tell_troubles
from newstui.config import Settings
from newstui.errors import LibraryError
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.sources import Place, free_name, place_of
from newstui.text import counted, long_date

if TYPE_CHECKING:
    from newstui.refresh import SourceResult

NO_SOURCES = "there are no sources yet: newstui add PLACE makes one"


def add(options: argparse.Namespace) -> int:
    """Subscribe to a place, read it, and say what it is; a place that gives nothing to read is not subscribed to."""
    settings, asked = settings_of(options), place_of(options.place)
    with library_of(options) as (library, _):
        _refuse_known(library, asked.place)
        found = choose(find_places(asked, settings))
        if found is None:
            return FAILED
        taken = {source.name for source in library.subscriptions(is_counted=False)}
        name = options.name or free_name(found.name, taken)
        source = library.subscribe(found.kind, found.place, name, options.topic, may_be_private=found.may_be_private)
        (result,) = read_sources(library, [source], settings, tell_troubles)
        articles = named(library, [source.name])[0].articles
        is_file = Path(found.place).is_file()
        if result.error or (is_file and not articles):
            library.unsubscribe(source.name)
            tell(f"{source.name} was not added ({found.place}): mend what is wrong, then add it again")
            return FAILED
        write_lines([f"Added {source.name}, a {'file' if is_file else found.kind}: {counted(articles, 'article')}"])
    return DONE


def find_places(asked: Place, settings: Settings) -> tuple[Place, ...]:
    """What there is to subscribe to at a place that was asked for, the best first."""
    if asked.kind != "web":
        return (asked,)
    import asyncio

    from newstui.sources.finding import find
    from newstui.sources.web import Web

    async def found() -> tuple[Place, ...]:
        async with Web.of(settings) as web:
            return await find(asked, web)

    return asyncio.run(found())


def choose(places: Sequence[Place]) -> Place | None:
    """One of the places: the first, unless there are several and a person at the terminal to ask."""
    if len(places) == 1:
        return places[0]
    is_asked = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    tell(f"this page names {len(places)} feeds" + (":" if is_asked else f"; the first is taken: {places[0].place}"))
    for number, place in enumerate(places, 1):
        tell(f"  {number}  {place.name}  {place.place}")
    if not is_asked:
        return places[0]
    answer = _answer("Which one? Its number, or nothing for none: ")
    return places[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(places) else None


def _answer(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()[:4]


def _refuse_known(library: Library, place: str) -> None:
    if same := [it for it in library.subscriptions(is_counted=False) if it.place == place]:
        raise LibraryError("this place is subscribed to already", where=place, advice=f"its name is “{same[0].name}”")


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
        chosen = named(library, options.names) if options.names else [*_willing(library)]
        if not chosen and not options.names and not library.subscriptions(is_counted=False):
            tell(NO_SOURCES)
            return DONE
        results = read_sources(library, chosen, settings_of(options), _say)
    write_lines([summary(results)])
    return FAILED if any(result.error for result in results) else DONE


def _willing(library: Library) -> Iterator[Subscription]:
    """The sources that may be asked now; a word on each of the others."""
    moment = now()
    for source in library.subscriptions(is_counted=False):
        if source.is_paused:
            tell(f"{source.name} is paused: newstui refresh {quote(source.name)} reads it all the same")
        elif source.is_gone:
            tell(f"{source.name} is gone for good ({source.error}): newstui remove {quote(source.name)} ends it")
        elif source.next_attempt is not None and source.next_attempt > moment:
            tell(f"{source.name} is left alone until {long_date(source.next_attempt)} ({source.error})")
        else:
            yield source


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
