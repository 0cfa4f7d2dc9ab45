"""Results and complaints as lines of text that pipes, terminals and locales all take."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import TextIO

from newstui.errors import NewsError
from newstui.text import clean


class OutputError(NewsError):
    """Results can't be written where they should go."""


def write_lines(lines: Iterable[str]) -> None:
    """Print results. BrokenPipeError when nobody reads them any more, OutputError when they can't be written.

    What a library holds was cleaned on its way in; it is cleaned again here, since a library can come from elsewhere.
    """
    for line in lines:
        _write(fit(line))
    _write("", end="", is_last=True)


def tell(message: str) -> None:
    """Say in one line on standard error what is wrong."""
    print(fit(" ".join(f"newstui: {message}".split("\n"))), file=sys.stderr)


def fit(text: str) -> str:
    """A text that can command no terminal, in characters that the reader's locale has."""
    text = clean(text)
    if text.isascii() or charset() == "utf-8":
        return text
    from newstui.terminal.charset import encoded

    return encoded(text, charset()).decode(charset())


@cache
def charset() -> str:
    """The codec of what is written: the stream's own, or the locale's where Python takes UTF-8 in spite of it."""
    import codecs

    from newstui.terminal.surroundings import here

    chosen = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    return here().charset if chosen == "utf-8" else chosen


def let_go(*streams: TextIO) -> None:
    """Write no more to these: what is still held back is lost, in silence, since nothing takes it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        with suppress(AttributeError, OSError, ValueError):  # there may be no stream, or none of a file
            os.dup2(nowhere, stream.fileno())


def _write(text: str, *, end: str = "\n", is_last: bool = False) -> None:
    try:
        print(text, end=end, flush=is_last)
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go(sys.stdout)
        raise OutputError("the output can't be written", where=error.strerror or str(error)) from error
