"""Subscriptions in and out on the command line: import, export."""

import argparse
import shlex
from pathlib import Path

from newstui.cli import DONE, FAILED, WRONG
from newstui.cli.output import charset, tell, write_lines
from newstui.cli.places import library_of, now
from newstui.errors import SourceError
from newstui.exchange import TakenIn, exported, read_list, read_state_beside, take_in
from newstui.library import Library
from newstui.text import counted


def import_list(options: argparse.Namespace) -> int:
    """Subscribe to what a list names, and take over what was read in newsboat where that is asked for."""
    path = Path(options.list)
    try:
        listed = read_list(path)
        read = _read_elsewhere(options.read_state)
    except SourceError as error:
        tell(str(error))
        return WRONG
    with library_of(options) as (library, _):
        taken = take_in(library, listed)
        for problem in sorted((*listed.remarks, *taken.problems), key=lambda problem: problem.line or 0):
            tell(str(problem))
        write_lines([_summary(taken)])
        if options.read_state:
            _mark_read(library, read)
    if not options.read_state and (cache := read_state_beside(path)):
        tell(f"what you have read is in {cache}: {_with_read_state(path, cache)} takes it over")
    return FAILED if taken.problems else DONE


def _read_elsewhere(cache: str | None) -> list[str]:
    """The keys of what was read in newsboat; the file is looked at before anything is changed."""
    from newstui.sources.newsboat import read_cache

    return read_cache(Path(cache)) if cache else []


def _summary(taken: TakenIn) -> str:
    added, refused = len(taken.added), len(taken.problems)
    told = f"{counted(added, 'subscription')} added, {taken.known:,} already there, {refused:,} refused"
    return f"{told} · newstui refresh reads them" if added else told


def _mark_read(library: Library, keys: list[str]) -> None:
    marked = library.await_read(keys, now())
    write_lines([f"Marked {counted(marked, 'article')} read; what else was read in newsboat is read when it comes"])


def _with_read_state(path: Path, cache: Path) -> str:
    return shlex.join(["newstui", "import", str(path), "--read-state", str(cache)])


def export(options: argparse.Namespace) -> int:
    """Print the subscriptions as OPML, in characters that every locale has where this one has not all."""
    with library_of(options) as (library, _):
        opml = exported(library, now()).decode()
    if charset() != "utf-8":
        opml = opml.encode("ascii", "xmlcharrefreplace").decode()
    write_lines(opml.splitlines())
    return DONE
