"""The library that a command works on: the reader's own, or a throwaway one of the places that were named."""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.cli.output import tell
from newstui.config import Settings, library_file, load_settings
from newstui.errors import LibraryError, SourceError
from newstui.library import Library
from newstui.library.rows import Subscription

if TYPE_CHECKING:
    from newstui.refresh import SourceResult


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings that a command works with."""
    return load_settings(Path(options.config) if options.config else None).settings


def open_library(options: argparse.Namespace) -> tuple[Library, str]:
    """The library, and what to tell the reader where it can't be kept and is in memory instead.

    A library that was named, or is there and can't be used, is an error: what the reader did must not seem lost.
    """
    if options.library:
        return Library.open(None if options.library == ":memory:" else Path(options.library)), ""
    path = library_file()
    try:
        return Library.open(path), ""
    except LibraryError as error:
        if not isinstance(error.__cause__, OSError) or os.path.lexists(path):
            raise
        return Library.open(None), f"nothing can be kept in {path.parent} ({error.advice}): this library is in memory"


def subscribe(library: Library, place: str) -> Subscription:
    """Subscribe a throwaway library to a place, under a name that is free."""
    from newstui.sources import place_of

    found = place_of(place)
    known = library.subscriptions()
    if same := [it for it in known if it.place == found.place]:
        return same[0]
    is_free = found.name not in {it.name for it in known}
    name = found.name if is_free else found.place
    return library.subscribe(found.kind, found.place, name, may_be_private=found.may_be_private)


@contextmanager
def library_of(options: argparse.Namespace) -> Iterator[tuple[Library, bool]]:
    """The library to answer from, and whether every place was read that it should be read from first."""
    settings = settings_of(options)
    if places := getattr(options, "places", ()):
        with Library.open(None) as library:
            yield library, _read_places(library, places, settings)
        return
    library, banner = open_library(options)
    if banner:
        tell(banner)
    with library:
        yield library, True


def _read_places(library: Library, places: Sequence[str], settings: Settings) -> bool:
    subscriptions, failed = {}, 0
    for place in places:
        try:
            subscription = subscribe(library, place)
        except SourceError as error:
            tell(str(error))
            failed += 1
        else:
            subscriptions[subscription.id] = subscription
    results = read_sources(library, list(subscriptions.values()), settings, tell_troubles)
    return not failed and not any(result.error for result in results)


def read_sources(
    library: Library, subscriptions: Sequence[Subscription], settings: Settings, say: "Callable[[SourceResult], object]"
) -> "list[SourceResult]":
    """Read sources into a library; ``say`` hears how each went, and a terminal shows how far they are."""
    import asyncio

    from newstui.cli.progress import ProgressLine
    from newstui.refresh import SourceResult, refresh
    from newstui.sources.web import Web

    async def read(line: ProgressLine) -> list[SourceResult]:
        results: list[SourceResult] = []
        is_always_full = settings.full_text == "always"
        async with Web.of(settings) as web:
            async for event in refresh(library, subscriptions, now, web, is_always_full=is_always_full):
                if isinstance(event, SourceResult):
                    line.wipe()
                    say(event)
                    results.append(event)
                else:
                    line.show(event)
        return results

    with ProgressLine() as line:
        return asyncio.run(read(line))


def tell_troubles(result: "SourceResult") -> None:
    """Say on standard error what could not be read."""
    for problem in result.problems:
        tell(str(problem))
    for said in filter(None, (result.error, result.note)):
        tell(f"{result.source}: {said}")


def now() -> int:
    """Seconds since 1970, in UTC."""
    return int(time.time())
