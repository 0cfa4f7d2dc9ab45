"""Opening the reader."""

import argparse
import os
import sys

from newstui.cli import WRONG
from newstui.cli.places import open_library, settings_of, subscribe_all
from newstui.library import Library
from newstui.terminal.surroundings import here, prepare, problem, wants_mouse


def read(options: argparse.Namespace) -> int:
    """Open the reader on the library, or on the places that were named, and return its exit status."""
    surroundings = here()
    if trouble := problem(surroundings):
        print(f"newstui: {trouble}", file=sys.stderr)
        return WRONG
    settings = settings_of(options).settings
    library, banner = (Library.open(None), "") if options.places else open_library(options)
    with library:
        subscribe_all(library, options.places, settings.proxy)
        prepare(os.environ, surroundings)
        from newstui.tui.app import NewsApp

        app = NewsApp(library, settings, surroundings, banner=banner)
        mouse = not options.no_mouse and (options.mouse or wants_mouse(settings.mouse, surroundings))
        return app.read(mouse=mouse)
