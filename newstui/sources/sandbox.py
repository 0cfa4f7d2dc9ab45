"""Parsers in processes of their own, which are bounded in time and memory and can do no harm when they fail."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from newstui.errors import ParseError
from newstui.text import line

SECONDS = 10.0
"""Of one job, from its start to the last byte of its answer."""
LARGEST_ANSWER = 16 * 1024 * 1024
MOST_WORKERS = 2
MOST_MEMORY = 300 * 1024 * 1024
"""Bytes; a worker that has needed more is let go after its job."""

_NOTHING: Mapping[str, str] = {}
_LEFT_OUT = "it is left out"
_LIMIT = 256 * 1024
"""Bytes of an answer that are kept before they are asked for."""


class Sandbox:
    """Worker processes that take the jobs of ``worker.JOBS``, started when they are needed and used again.

    A worker that does not answer in time, or answers anything else, is killed; that costs the one job it had.
    """

    def __init__(self, *, most: int = MOST_WORKERS, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(most)
        self._idle: list[_Worker] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._idle:
            await self._idle.pop().end()

    async def run(self, job: str, body: bytes, about: Mapping[str, str] = _NOTHING) -> Any:
        """What the job makes of these bytes, as JSON that is not checked; ParseError says why there is nothing."""
        async with self._free:
            worker = self._idle.pop() if self._idle else await _Worker.start()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await worker.answer(job, body, about)
            except TimeoutError:
                await worker.end()
                what = f"reading it took more than {self._seconds:g} seconds"
                raise ParseError(what, advice=_LEFT_OUT) from None
            except (ValueError, OSError, EOFError, RecursionError):
                await worker.end()
                raise ParseError("the process that read it broke down", advice=_LEFT_OUT) from None
            except BaseException:
                await worker.end()
                raise
            if answer["memory"] > MOST_MEMORY:
                await worker.end()
            else:
                self._idle.append(worker)
        if "value" not in answer:
            raise ParseError(line(str(answer.get("error")), 200), advice=line(str(answer.get("advice", "")), 200))
        return answer["value"]


class _Worker:
    """One process."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._jobs, self._answers = process.stdin, process.stdout

    @classmethod
    async def start(cls) -> Self:
        """A new process, that knows nothing of its surroundings."""
        command = (sys.executable, "-I", "-B", "-m", "newstui.sources.worker")
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, start_new_session=True, limit=_LIMIT
            )
        except OSError as error:
            what = f"the process that should read it can't be started: {error.strerror}"
            raise ParseError(what, advice="see what else runs on this machine") from error
        return cls(process)

    async def answer(self, job: str, body: bytes, about: Mapping[str, str]) -> dict[str, Any]:
        """What the process says; ValueError or EOFError when that is no answer."""
        asked = {"job": job, "about": dict(about), "size": len(body)}
        self._jobs.writelines([json.dumps(asked).encode(), b"\n", body])
        await self._jobs.drain()
        size = int(await self._answers.readline() or b"0")
        if not 0 < size <= LARGEST_ANSWER:
            raise ValueError(f"an answer of {size:,} bytes")
        said = json.loads(await self._answers.readexactly(size))
        if not isinstance(said, dict) or not isinstance(said.get("memory"), int):
            raise ValueError("no answer")
        return said

    async def end(self) -> None:
        """Kill the process, and what it may have started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._jobs.close()
        await self._process.wait()
