"""Opening the reader."""

import argparse
import os

from newstui.cli import WRONG
from newstui.cli.arguments import VERBS
from newstui.cli.output import tell
from newstui.cli.places import open_library, settings_of, subscribe
from newstui.errors import SourceError
from newstui.library import Library
from newstui.terminal.surroundings import here, prepare, problem, wants_mouse


def read(options: argparse.Namespace) -> int:
    """Open the reader on the library, or on the places that were named, and return its exit status."""
    surroundings = here()
    if trouble := problem(surroundings):
        tell(trouble)
        return WRONG
    settings = settings_of(options)
    library, banner = (Library.open(None), "") if options.places else open_library(options)
    with library:
        for place in options.places:
            _subscribe(library, place)
        prepare(os.environ, surroundings)
        from newstui.tui.app import NewsApp

        app = NewsApp(library, settings, surroundings, banner=banner)
        mouse = not options.no_mouse and (options.mouse or wants_mouse(settings.mouse, surroundings))
        return app.read(mouse=mouse)


def _subscribe(library: Library, place: str) -> None:
    try:
        subscribe(library, place)
    except SourceError as error:
        from difflib import get_close_matches

        if near := get_close_matches(place, VERBS, 1):
            error.advice = f"did you mean newstui {near[0]}?"
        raise
