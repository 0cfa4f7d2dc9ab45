"""The library that a command works on: the reader's own, or a throwaway one of the places that were named."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.config import Loaded, library_file, load_settings
from newstui.errors import LibraryError
from newstui.library import Library
from newstui.library.rows import Subscription

if TYPE_CHECKING:
    from newstui.refresh import Progress, SourceResult


def settings_of(options: argparse.Namespace) -> Loaded:
    """The settings that a command works with."""
    return load_settings(Path(options.config) if options.config else None)


def open_library(options: argparse.Namespace) -> tuple[Library, str]:
    """The reader's library, and a banner where it can't be kept and is in memory instead."""
    if options.library == ":memory:":
        return Library.open(None), ""
    path = Path(options.library) if options.library else library_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        if options.library:
            raise LibraryError(
                "the library's folder can't be made", where=str(path), advice=str(error.strerror)
            ) from error
        return Library.open(None), f"Nothing can be kept in {path.parent} ({error.strerror}): this library is in memory"
    return Library.open(path), ""


def subscribe_all(library: Library, places: Sequence[str], proxy: str) -> list[Subscription]:
    """Subscribe a throwaway library to places, each under a name of its own."""
    from newstui.sources import open_source

    subscriptions: list[Subscription] = []
    for number, place in enumerate(places, 1):
        source = open_source(place, proxy=proxy)
        name = Path(source.place).name or source.place
        taken = {subscription.name for subscription in subscriptions}
        subscriptions.append(
            library.subscribe(source.kind, source.place, f"{name} ({number})" if name in taken else name, "")
        )
    return subscriptions


@contextmanager
def library_of(options: argparse.Namespace) -> "Iterator[tuple[Library, list[SourceResult]]]":
    """The library to answer from, and how the places went that were read for it."""
    places = getattr(options, "places", [])
    if not places:
        library, banner = open_library(options)
        if banner:
            print(f"newstui: {banner}", file=sys.stderr)
        with library:
            yield library, []
        return
    with Library.open(None) as library:
        proxy = settings_of(options).settings.proxy
        subscriptions = subscribe_all(library, places, proxy)
        yield library, read_sources(library, subscriptions, proxy, tell_troubles)


def read_sources(
    library: Library,
    subscriptions: Sequence[Subscription],
    proxy: str,
    tell: "Callable[[Progress | SourceResult], None]",
) -> "list[SourceResult]":
    """Read sources into a library; ``tell`` hears of each step."""
    import asyncio

    from newstui.refresh import SourceResult, refresh

    async def read() -> list[SourceResult]:
        results: list[SourceResult] = []
        async for event in refresh(library, subscriptions, now, proxy=proxy):
            tell(event)
            if isinstance(event, SourceResult):
                results.append(event)
        return results

    return asyncio.run(read())


def tell_troubles(event: "Progress | SourceResult") -> None:
    """Say on standard error what could not be read."""
    from newstui.refresh import SourceResult

    if isinstance(event, SourceResult):
        for problem in event.problems:
            print(f"newstui: {problem}", file=sys.stderr)
        if event.error:
            print(f"newstui: {event.source}: {event.error}", file=sys.stderr)


def now() -> int:
    """Seconds since 1970, in UTC."""
    return int(time.time())
