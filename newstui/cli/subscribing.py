"""Subscriptions on the command line: add, sources, remove, refresh."""

import argparse
import sys
from pathlib import Path

from newstui.cli import FAILED, WRONG
from newstui.cli.json_lines import line, source_fields
from newstui.cli.output import write_lines
from newstui.cli.places import library_of, now, read_sources, settings_of, tell_troubles
from newstui.library.rows import Subscription
from newstui.refresh import Progress, SourceResult
from newstui.sources import open_source
from newstui.text import ago


def add(options: argparse.Namespace) -> int:
    """Subscribe to a place, read it, and say what it is; a place that can't be read is not subscribed to."""
    proxy = settings_of(options).settings.proxy
    source = open_source(options.place, topic=options.topic, proxy=proxy)
    name = options.name or Path(source.place).name or source.place
    with library_of(options) as (library, _):
        subscription = library.subscribe(source.kind, source.place, name, options.topic)
        (result,) = read_sources(library, [subscription], proxy, tell_troubles)
        if result.error:
            library.unsubscribe(name)
            return FAILED
        print(f"Added {name}, a {source.kind}: {result.articles:,} articles")
    return 0


def sources(options: argparse.Namespace) -> int:
    """Print the subscriptions."""
    with library_of(options) as (library, _):
        subscriptions = library.subscriptions()
        write_lines(line(source_fields(each)) if options.json else source_line(each) for each in subscriptions)
        if not subscriptions:
            print("newstui: no subscriptions yet: newstui add PLACE makes one", file=sys.stderr)
    return 0


def remove(options: argparse.Namespace) -> int:
    """End a subscription."""
    with library_of(options) as (library, _):
        gone = library.unsubscribe(options.name)
        print(f"Removed {options.name} and {gone:,} articles; saved ones stay")
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Read sources again: a line for each, and a summary."""
    with library_of(options) as (library, _):
        known = {source.name: source for source in library.subscriptions()}
        if unknown := [name for name in options.names if name not in known]:
            print(f"newstui: no source is called {unknown[0]!r}: newstui sources lists them", file=sys.stderr)
            return WRONG
        chosen = [known[name] for name in options.names] or list(known.values())
        results = read_sources(library, chosen, settings_of(options).settings.proxy, tell_progress)
        print(summary(results))
    return FAILED if any(result.error for result in results) else 0


def tell_progress(event: Progress | SourceResult) -> None:
    """Say how far it is on a terminal, and how each source went."""
    is_terminal = sys.stderr.isatty()
    if isinstance(event, Progress):
        if is_terminal:
            of_total = f" of {event.total:,}" if event.total else ""
            print(f"\r{event.source}: {event.done:,}{of_total}\x1b[K", end="", file=sys.stderr, flush=True)
        return
    if is_terminal:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    tell_troubles(event)
    outcome = f"failed: {event.error}" if event.error else f"{event.new:,} new, {event.changed:,} changed"
    print(f"{event.source}: {outcome}")


def summary(results: list[SourceResult]) -> str:
    """One line that says how a refresh went."""
    failed = sum(bool(result.error) for result in results)
    problems = sum(len(result.problems) for result in results)
    new = sum(result.new for result in results)
    return f"{len(results):,} sources, {failed:,} failed · {new:,} new articles · {problems:,} problems"


def source_line(source: Subscription) -> str:
    """A subscription as one line of ``sources``."""
    when = "never read" if source.last_good is None else f"read {ago(now() - source.last_good)} ago"
    error = f" · {source.error}" if source.error else ""
    return f"{source.name}  {source.kind}  {source.articles:,} articles  {when}  {source.place}{error}"
