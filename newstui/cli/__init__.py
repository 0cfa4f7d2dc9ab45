"""The command line: what was asked, who does it, and the exit status."""

import gc
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from newstui.errors import LinkError, NewsError, SourceError

DONE, FAILED, WRONG, CRASHED = 0, 1, 2, 70
ENDED_BY = 128
"""The exit status is this and the number of the signal that ended the program."""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line, do as it says, and return the exit status."""
    try:
        return _status(sys.argv[1:] if argv is None else argv)
    except BrokenPipeError:
        from newstui.cli.output import let_go

        let_go(sys.stdout, sys.stderr)
        return ENDED_BY + signal.SIGPIPE
    except KeyboardInterrupt:
        return ENDED_BY + signal.SIGINT


def _status(argv: Sequence[str]) -> int:
    """What came of it, in one line on standard error where it went wrong."""
    try:
        return _run(argv)
    except NewsError as error:
        trouble, status = str(error), FAILED if isinstance(error, SourceError | LinkError) else WRONG
    except (BrokenPipeError, SystemExit):
        raise
    except Exception as error:  # the last place where a crash can still become one line
        from newstui.cli.crash import report

        trouble, status = report(error), CRASHED
    from newstui.cli.output import tell

    tell(trouble)
    return status


def _run(argv: Sequence[str]) -> int:
    from newstui.cli.arguments import parse

    try:
        options = parse(argv)
    except SystemExit as end:  # --help or --version was answered
        from newstui.cli.output import write_lines

        write_lines(())
        return int(end.code or DONE)
    if options.family == "reader":
        gc.disable()  # imports make objects, not cycles; the reader looks for those from its first screen on
    family = import_module(f"newstui.cli.{options.family}")
    return int(getattr(family, options.verb)(options))
