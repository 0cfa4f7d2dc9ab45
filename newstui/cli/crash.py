"""A crash as one line for the reader and one file for whoever mends it."""

import os
import re
import traceback
from pathlib import Path

_AFTER_PATH = re.compile(r"(https?://[^\s?#'\"]+)[?#][^\s'\"]*")


def report(error: BaseException) -> str:
    """Keep the traceback of a crash in a file, and say in one line where; without it where no file can be written."""
    what = f"it crashed ({type(error).__name__})"
    try:
        place = _write(error)
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return f"{what}: the report could not be written; set XDG_STATE_HOME to a folder that can be, and do it again"
    return f"{what} (report: {place}): please send that file with what you did last"


def _write(error: BaseException) -> Path:
    from platformdirs import user_state_path

    folder = user_state_path("newstui", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"crash-{os.getpid()}.txt"
    place.touch(mode=0o600)
    text = without_secrets("".join(traceback.format_exception(error)), os.path.expanduser("~"))  # noqa: PTH111
    place.write_text(text, encoding="utf-8", errors="backslashreplace")
    return place


def without_secrets(text: str, home: str) -> str:
    """A traceback without the queries of URLs, which can hold tokens, and without the home folder's name."""
    text = _AFTER_PATH.sub(r"\1?…", text)
    return text.replace(home, "~") if len(home) > 1 else text
