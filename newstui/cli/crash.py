"""A crash as one line for the reader and one file for whoever mends it."""

import os
import re
import traceback
from pathlib import Path

_URL_QUERY = re.compile(r"(https?://[^\s?#'\"]+)[?#][^\s'\"]*")


def report(error: BaseException) -> str:
    """Keep the traceback of a crash in a file, and say in one line where; without it where no file can be written."""
    what = f"it crashed ({type(error).__name__})"
    try:
        place = _write(error)
    except OSError:
        return f"{what}, and the report could not be written: run it again with PYTHONFAULTHANDLER=1"
    return f"{what} (report: {place}): please send that file with what you did last"


def _write(error: BaseException) -> Path:
    from platformdirs import user_state_path

    folder = user_state_path("newstui")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"crash-{os.getpid()}.txt"
    place.touch(mode=0o600)
    place.write_text(without_secrets("".join(traceback.format_exception(error))), encoding="utf-8")
    return place


def without_secrets(text: str) -> str:
    """A traceback without the queries of URLs, which can hold tokens, and without the home folder's name."""
    return _URL_QUERY.sub(r"\1?…", text).replace(str(Path.home()), "~")
