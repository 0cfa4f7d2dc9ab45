"""How far a reading is, on a terminal."""

import os
import shutil
import sys
from typing import Self

from newstui.cli.output import fit
from newstui.refresh import Progress
from newstui.terminal.surroundings import here
from newstui.tui.cells import shortened


class ProgressLine:
    """One line on standard error that is written anew as a reading goes on, and gone at its end.

    Where standard error is no terminal that can wipe a line, there is none.
    """

    def __init__(self) -> None:
        self._is_wanted = sys.stderr is not None and os.isatty(2) and not here().is_dumb
        self._is_there = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def show(self, progress: Progress) -> None:
        """Say how far a source has been read."""
        if self._is_wanted:
            of_total = f" of {progress.total:,}" if progress.total else ""
            text = shortened(f"{progress.source}: {progress.done:,}{of_total}", shutil.get_terminal_size().columns - 1)
            self._put(fit(text))
            self._is_there = True

    def wipe(self) -> None:
        """Leave an empty line."""
        if self._is_there:
            self._put("")
            self._is_there = False

    def _put(self, text: str) -> None:
        print(f"\r{text}\x1b[K", end="\r", file=sys.stderr, flush=True)
