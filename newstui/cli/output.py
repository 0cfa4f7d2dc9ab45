"""Results on standard output, so that pipes, terminals and locales all take them."""

import signal
import sys
from collections.abc import Iterable

from newstui.text import clean


def write_lines(lines: Iterable[str]) -> None:
    """Print lines; the reader of a pipe may go away, and a terminal gets nothing but text.

    What a library holds was cleaned on its way in; it is cleaned again here, since a library can come from elsewhere.
    """
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    for line in lines:
        print(clean(line))
