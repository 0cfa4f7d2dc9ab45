"""A worker process of the sandbox: it reads jobs from its standard input and writes what came of each.

A job is a line of JSON ``{"job", "about", "size"}`` and that many bytes; an answer is a line that says its size, and
JSON with the ``value`` or the ``error``, and the ``memory`` that the process has needed. It ends when its input does.
"""

import json
import resource
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import BinaryIO

from newstui.errors import NewsError

JOBS = {
    "feed": "newstui.sources.feed_reading",
    "page": "newstui.sources.page_reading",
    "discover": "newstui.sources.discovery",
    "picture": "newstui.sources.picture_reading",
}
"""What can be asked for, and the module whose ``read(body, about)`` answers."""

CPU_SECONDS = 10
"""Of one job."""
MEMORY = 2**30
"""Bytes of address space."""


def main() -> None:
    """Answer jobs until there are no more."""
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    while asked := jobs.readline():
        said = json.loads(asked)
        _allow_seconds(CPU_SECONDS)
        _send(_answer(said["job"], jobs.read(said["size"]), said["about"]), answers)


def _answer(job: str, body: bytes, about: Mapping[str, str]) -> dict[str, object]:
    try:
        return {"value": import_module(JOBS[job]).read(body, about)}
    except NewsError as error:
        return {"error": error.what, "advice": error.advice}
    except ValueError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "reading it takes more memory than it may"}
    except RecursionError:
        return {"error": "it is nested too deeply"}
    except Exception as error:  # a parser's own fault, met by what it was given
        return {"error": f"it can't be understood ({type(error).__name__})"}


def _send(answer: dict[str, object], answers: BinaryIO) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    body = json.dumps(answer | {"memory": usage.ru_maxrss * 1024}).encode("utf-8", "replace")
    answers.write(b"%d\n" % len(body))
    answers.write(body)
    answers.flush()


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _allow_seconds(seconds: int) -> None:
    """End the process when it takes so much CPU from now on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard))


if __name__ == "__main__":
    main()
