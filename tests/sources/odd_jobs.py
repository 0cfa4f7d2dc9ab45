"""Jobs that no parser should do, for the sandbox to get the better of; ``about["do"]`` says which."""

import os
import resource
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Thread


def read(body: bytes, about: Mapping[str, str]) -> object:
    """Do what is asked for."""
    return globals()[about["do"]](body, about)


def echo(body: bytes, about: Mapping[str, str]) -> object:
    return [body.decode("utf-8", "surrogatepass"), dict(about)]


def surroundings(body: bytes, about: Mapping[str, str]) -> object:
    return {
        "pid": os.getpid(),
        "leader": os.getsid(0),
        "environment": dict(os.environ),
        "is_isolated": sys.flags.isolated,
        "limits": [resource.getrlimit(limit) for limit in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE)],
        "used": time.process_time(),
        "cpu": resource.getrlimit(resource.RLIMIT_CPU)[0],
    }


def hang(body: bytes, about: Mapping[str, str]) -> object:
    """Never end, and keep a pipe open, in a child too: the pipe ends when both of them do."""
    pipe = os.open(about["pipe"], os.O_WRONLY)
    os.fork()
    os.write(pipe, b"here\n")
    while True:
        signal.pause()


def hold(body: bytes, about: Mapping[str, str]) -> object:
    """Keep a pipe open for as long as the process lives."""
    os.write(os.open(about["pipe"], os.O_WRONLY), b"here\n")
    return os.getpid()


def write(body: bytes, about: Mapping[str, str]) -> object:
    Path(about["path"]).write_bytes(body)
    return "written"


def die(body: bytes, about: Mapping[str, str]) -> object:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def swell(body: bytes, about: Mapping[str, str]) -> object:
    """Take memory and keep it."""
    globals()["kept"] = bytearray(os.urandom(1)) * int(about["size"])
    return os.getpid()


def sprawl(body: bytes, about: Mapping[str, str]) -> object:
    return "x" * int(about["size"])


def chatter(body: bytes, about: Mapping[str, str]) -> object:
    print("a library says something")
    os.system("echo and so does a program")
    return "done"


def forge(body: bytes, about: Mapping[str, str]) -> object:
    """Write to every pipe there is, in the worker's stead."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, body)
        except OSError:
            continue
    return "done"


def heckle(body: bytes, about: Mapping[str, str]) -> object:
    """Write to every pipe there is, but only when the pipe of the test is opened."""

    def wait() -> None:
        with Path(about["pipe"]).open("rb") as pipe:
            forge(pipe.read(), about)

    Thread(target=wait, daemon=True).start()
    return "done"


def nest(body: bytes, about: Mapping[str, str]) -> object:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    return nested


def count_wrongly(body: bytes, about: Mapping[str, str]) -> object:
    return float(about["number"])


def fail(body: bytes, about: Mapping[str, str]) -> object:
    import newstui.errors

    raise {
        "ParseError": newstui.errors.ParseError("this is no \x1b[31mfeed", where="here", advice="look there"),
        "ValueError": ValueError("it has no end"),
        "KeyError": KeyError("title"),
    }[about["error"]]
