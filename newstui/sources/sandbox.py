"""Worker processes that parse what comes from outside, and are killed when they take too long.

A worker does one job after the other, since starting one takes longer than most jobs. One that was killed, or that
answers what no worker should, fails the job it had; the next job gets a new one.
"""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType, TracebackType
from typing import Any, Self, cast

from newstui.errors import ParseError
from newstui.sources.worker import ANSWER, JOBS, REQUEST
from newstui.text import line

LARGEST_ANSWER = 16 * 1024 * 1024
START_SECONDS = 30.0
"""For a worker to start, which on a busy machine takes its time and is no job's fault."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Sandbox:
    """Workers for the jobs of ``jobs``, ``most`` at a time, each job with so many seconds; closing it ends them all."""

    def __init__(self, *, most: int = 2, seconds: float = 10, jobs: Mapping[str, str] = JOBS) -> None:
        self._places = asyncio.Semaphore(most)
        self._seconds = seconds
        self._modules = jobs
        self._idle: list[_Worker] = []
        self._alive: set[_Worker] = set()
        self._is_closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        for worker in self._alive:
            worker.kill(_CLOSING)
        await asyncio.gather(*(worker.ended for worker in self._alive))

    async def run(self, job: str, body: bytes, about: Mapping[str, str] = _NOTHING) -> Any:
        """The JSON value that a job gives for ``body``; ParseError says in words for a person why there is none."""
        module = self._modules[job]
        async with self._places:
            worker = await self._worker(module)
            try:
                async with asyncio.timeout(self._seconds):
                    return await worker.answer(module, body, about)
            except TimeoutError:
                raise ParseError(f"reading it takes longer than {self._seconds:g} seconds") from None
            finally:
                self._take_back(worker)

    async def _worker(self, module: str) -> "_Worker":
        """One that is free, best one that has the module loaded; else a new one."""
        self._alive = {worker for worker in self._alive if not worker.ended.done()}
        self._idle = [worker for worker in self._idle if worker.is_ready]
        if self._is_closed:
            raise ParseError(_CLOSING)
        if self._idle:
            worker = next((worker for worker in self._idle if module in worker.modules), self._idle[0])
            self._idle.remove(worker)
            return worker
        return await self._start(module)

    async def _start(self, module: str) -> "_Worker":
        loop = asyncio.get_running_loop()
        try:
            _, worker = await loop.subprocess_exec(
                _Worker, *_command(module), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, start_new_session=True
            )
        except OSError as error:
            raise ParseError(f"no process can be started to read it: {error.strerror}", advice=_ADVICE) from None
        self._alive.add(worker)
        try:
            async with asyncio.timeout(START_SECONDS):
                await worker.greeting()
        except (TimeoutError, ParseError):
            raise ParseError("the process that is to read it does not start", advice=_ADVICE) from None
        finally:
            if not worker.is_ready:
                worker.kill(_DIED)
        return worker

    def _take_back(self, worker: "_Worker") -> None:
        """Keep a worker that did its job; one that did not, may never."""
        if worker.is_ready:
            self._idle.append(worker)
        else:
            worker.kill(_DIED)


_CLOSING = "newstui is closing"
_DIED = "reading it takes more memory or time than it may"
_ADVICE = "see whether the machine is out of memory or processes"


class _Worker(asyncio.SubprocessProtocol):
    """One worker, which says one thing when it has started, and one for each request."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        loop = asyncio.get_running_loop()
        self.ended = loop.create_future()
        self._transport: asyncio.SubprocessTransport | None = None
        self._process: asyncio.SubprocessTransport | None = None
        self._awaited: asyncio.Future[bytes] | None = loop.create_future()
        self._received = bytearray()
        self._is_last = False
        self._fault = ""

    @property
    def is_ready(self) -> bool:
        """Whether it can have a job: it waits for one, and will take it."""
        return not (self._awaited or self._is_last or self._fault)

    async def greeting(self) -> None:
        """Wait until it has started. ParseError when it ends before."""
        await self._frame()

    async def answer(self, module: str, body: bytes, about: Mapping[str, str]) -> Any:
        """The value that it has for a request; ParseError when it has none. Unless the job is over when this ends, the
        worker is not ready for another one."""
        told = json.dumps({"module": module, "about": dict(about)}).encode()
        self._awaited = asyncio.get_running_loop().create_future()
        if self._transport:
            requests = cast(asyncio.WriteTransport, self._transport.get_pipe_transport(0))
            requests.write(REQUEST.pack(len(told), len(body)) + told)
            requests.write(body)
        self.modules.add(module)
        said = _parsed(await self._frame())
        match said:
            case {"value": value}:
                return value
            case {"error": [str(what), str(where), str(advice)]}:
                raise ParseError(line(what, 500), where=line(where, 200), advice=line(advice, 200))
        self.kill("what was read of it makes no sense")
        raise ParseError(self._fault)

    def kill(self, fault: str) -> None:
        """End it and all that it may have started, now. It is reaped in ``ended``."""
        self._fault = self._fault or fault
        if self._transport and self._transport.get_returncode() is None:
            with suppress(ProcessLookupError, PermissionError):  # on macOS a dead one may not be killed
                os.killpg(self._transport.get_pid(), signal.SIGKILL)
        if self._transport:
            for pipe in (0, 1):
                if transport := self._transport.get_pipe_transport(pipe):
                    transport.close()
            self._transport = None
        if self._awaited and not self._awaited.done():
            self._awaited.set_result(b"")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It has started."""
        self._transport = self._process = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """It says something, which it must not do unasked."""
        self._received += data
        if len(self._received) < ANSWER.size:
            return
        size, self._is_last = ANSWER.unpack_from(self._received)
        if size > LARGEST_ANSWER:
            self.kill("there is more in it than can be kept")
        elif self._awaited is None or len(self._received) > ANSWER.size + size:
            self.kill(_DIED)
        elif len(self._received) == ANSWER.size + size and not self._awaited.done():
            self._awaited.set_result(bytes(memoryview(self._received)[ANSWER.size :]))
            self._received = bytearray()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """It will say nothing more."""
        if fd == 1:
            self.kill(_DIED)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone, and reaped."""
        self.kill(_DIED)
        if self._process:
            self._process.close()  # not before: it looks whether the process has ended, and may reap it unseen
        self.ended.set_result(None)

    async def _frame(self) -> bytes:
        """The one thing that is awaited. Where this is cancelled it stays so: the worker is at work still."""
        frame = await cast("asyncio.Future[bytes]", self._awaited)
        if self._fault:
            raise ParseError(self._fault)
        self._awaited = None
        return frame


def _command(module: str) -> list[str]:
    """A Python that nothing outside leads astray, and that finds newstui where this one did: installed for one user,
    or in a checkout."""
    return [sys.executable, "-I", "-c", _PROGRAM, module, *filter(os.path.isabs, sys.path)]


_PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from newstui.sources.worker import main; main(sys.argv[1])"


def _parsed(answer: bytes) -> object:
    """What an answer says, None where it is no JSON: something hostile may have taken the worker over."""
    try:
        return json.loads(answer, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
