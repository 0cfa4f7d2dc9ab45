"""A worker process: it parses what comes from outside where that can hurt nobody else.

It has no environment, writes no files, and may take only so much memory and time. Its requests and answers are frames,
one after the other, and it ends with its standard input: no worker outlives the newstui that started it.
"""

import json
import math
import os
import resource
import struct
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Final, NoReturn, cast

from newstui.errors import ParseError

JOBS: Final[Mapping[str, str]] = {
    "feed": "newstui.sources.feed_reading",
    "page": "newstui.sources.page_reading",
    "discover": "newstui.sources.discovery",
    "picture": "newstui.sources.picture_reading",
}
"""The module whose ``read`` does a job."""

MOST_MEMORY = 2**30
"""Bytes of address space."""
CPU_SECONDS = 10
"""For one job. The deadline comes first, unless newstui can't keep it: it may be stopped, or dead."""
POLITENESS = 10
"""By how much a worker gives way to the reader, whose keys come first."""
RETIRED_AT = 300 * 2**20
"""Bytes of memory with which a worker takes no further job: what a hostile feed made it take is not given back."""

REQUEST = struct.Struct(">II")
"""The sizes of a request's two parts: JSON with ``module`` and ``about``, and the body."""
ANSWER = struct.Struct(">I?")
"""The size of an answer, which is JSON, and whether it is the worker's last."""

Reading = Callable[[bytes, Mapping[str, str]], object]


def main(first: str) -> None:
    """Do jobs until there are none. ``first`` is the module of the first one: it is imported while a cache of it can
    still be written, so that workers start fast from then on."""
    requests, answers = _pipes()
    with suppress(ImportError):  # the job itself will say so
        import_module(first)
    _limit()
    _send(answers, b"", is_last=False)
    while (request := requests.read(REQUEST.size)) and len(request) == REQUEST.size:
        told_size, body_size = REQUEST.unpack(request)
        told, body = requests.read(told_size), requests.read(body_size)
        if len(body) < body_size:
            return
        _grant_time()
        answer = _answer(json.loads(told), body)
        is_last = _memory() > RETIRED_AT
        _send(answers, answer, is_last)
        if is_last:
            return


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Where requests come from and answers go to; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _limit() -> None:
    with suppress(OSError):
        os.nice(POLITENESS)
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # not every system has every limit, and a lower one may hold already
            resource.setrlimit(limit, (most, most))


def _grant_time() -> None:
    """Let the next job have its time, however much the earlier ones took."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soon = math.ceil(used.ru_utime + used.ru_stime) + CPU_SECONDS
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soon, most))


def _answer(told: Mapping[str, object], body: bytes) -> bytes:
    """What a job gives, or why it gives nothing, in words for a person."""
    try:
        read = cast(Reading, import_module(str(told["module"])).read)
        return _coded({"value": read(body, cast(Mapping[str, str], told["about"]))})
    except ParseError as error:
        return _coded({"error": [error.what, error.where, error.advice]})
    except MemoryError:
        return _coded({"error": ["reading it takes more memory than it may", "", ""]})
    except RecursionError:
        return _coded({"error": ["it is nested too deeply", "", ""]})
    except ValueError as error:
        return _coded({"error": [str(error), "", ""]})
    except Exception as error:  # libraries raise anything on broken input, and one job must not end the others
        return _coded({"error": [f"it can't be read ({type(error).__name__})", "", ""]})


def _coded(answer: object) -> bytes:
    return json.dumps(answer, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")


def _send(answers: BinaryIO, answer: bytes, is_last: bool) -> None:
    try:
        answers.write(ANSWER.pack(len(answer), is_last) + answer)
        answers.flush()
    except BrokenPipeError:
        _end()  # nobody is there any more


def _end() -> NoReturn:
    os._exit(1)  # closing the pipe once more would fail once more


def _memory() -> int:
    """Bytes of memory in use, or the most that was, where the system only tells that."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
