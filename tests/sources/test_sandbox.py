"""The sandbox with real processes, which are asked for what no parser should do."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import IO, Any

import pytest

from newstui.errors import ParseError
from newstui.sources import sandbox as sandbox_module
from newstui.sources.sandbox import LARGEST_ANSWER, Sandbox
from newstui.sources.worker import CPU_SECONDS, MOST_MEMORY, RETIRED_AT

JOBS = {"odd": "odd_jobs"}
MIB = 2**20


async def do(sandbox: Sandbox, what: str, body: bytes = b"", **about: object) -> Any:
    return await sandbox.run("odd", body, {"do": what} | {name: str(value) for name, value in about.items()})


async def pid_of(sandbox: Sandbox) -> int:
    return int((await do(sandbox, "surroundings"))["pid"])


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe, whose reader meets its end when nobody has it open for writing any more."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


async def opened(pipe: Path) -> IO[bytes]:
    """The pipe, once somebody has said something into it."""
    reader = await asyncio.to_thread(pipe.open, "rb")
    assert await asyncio.to_thread(reader.readline) == b"here\n"
    return reader


async def ended(reader: IO[bytes]) -> bool:
    """Whether all that had the pipe open for writing are gone: waits until it is so."""
    with reader:
        return await asyncio.to_thread(reader.read) in (b"", b"here\n")


def is_there(pid: int) -> bool:
    """Whether a process is alive, or dead and not yet asked for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_what_a_job_gives_comes_back_as_it_is() -> None:
    text = "Grüße, 世界 \ud800 \x00"
    async with Sandbox(jobs=JOBS) as sandbox:
        assert await do(sandbox, "echo", text.encode("utf-8", "surrogatepass"), url="ü") == [
            text,
            {"do": "echo", "url": "ü"},
        ]


async def test_a_body_and_an_answer_of_many_mebibytes_go_through_the_pipes() -> None:
    body = b"x" * (10 * MIB)
    async with Sandbox(jobs=JOBS) as sandbox:
        assert (await do(sandbox, "echo", body))[0] == body.decode()


async def test_one_process_does_job_after_job() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        assert len({await pid_of(sandbox) for _ in range(20)}) == 1


async def test_no_more_processes_than_allowed_do_many_jobs_at_once() -> None:
    async with Sandbox(jobs=JOBS, most=2) as sandbox:
        assert len(set(await asyncio.gather(*(pid_of(sandbox) for _ in range(20))))) == 2


async def test_a_process_that_has_a_job_s_module_is_preferred() -> None:
    async with Sandbox(jobs=JOBS | {"other": "json"}) as sandbox:
        odd, _ = await asyncio.gather(pid_of(sandbox), sandbox.run("other", b""), return_exceptions=True)
        assert {await pid_of(sandbox) for _ in range(4)} == {odd}


async def test_a_process_knows_nothing_of_its_surroundings_and_is_bounded() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        said = await do(sandbox, "surroundings")
    assert said["environment"].keys() <= {"LC_CTYPE"}  # which Python sets itself
    assert said["is_isolated"]
    assert said["leader"] == said["pid"]
    assert said["limits"] == [[MOST_MEMORY] * 2, [0, 0]]


async def test_each_job_has_its_own_share_of_the_processor() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        for _ in range(3):
            said = await do(sandbox, "surroundings")
            assert 0 < said["cpu"] - said["used"] <= CPU_SECONDS + 1


async def test_a_process_writes_no_file(tmp_path: Path) -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError):
            await do(sandbox, "write", b"something", path=tmp_path / "file")
    assert not (tmp_path / "file").exists() or (tmp_path / "file").read_bytes() == b""


async def test_what_a_library_prints_does_not_disturb_the_answer() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        assert await do(sandbox, "chatter") == "done"
        assert await do(sandbox, "chatter") == "done"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("ParseError", "this is no feed (here): look there"),
        ("ValueError", "it has no end"),
        ("KeyError", "it can't be read (KeyError)"),
    ],
)
async def test_a_job_that_fails_says_why_and_its_process_goes_on(error: str, words: str) -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        before = await pid_of(sandbox)
        with pytest.raises(ParseError) as raised:
            await do(sandbox, "fail", error=error)
        assert str(raised.value) == words
        assert await pid_of(sandbox) == before


async def test_a_job_that_takes_too_long_is_killed_with_all_it_started_and_the_next_gets_a_new_process(
    pipe: Path,
) -> None:
    async with Sandbox(jobs=JOBS, seconds=1.5) as sandbox:
        before = await pid_of(sandbox)
        reading = asyncio.create_task(opened(pipe))
        with pytest.raises(ParseError, match=r"longer than 1\.5 seconds"):
            await do(sandbox, "hang", pipe=pipe)
        assert await ended(await reading)
    async with Sandbox(jobs=JOBS) as sandbox:
        assert await pid_of(sandbox) != before
    assert not is_there(before)


async def test_a_job_that_is_cancelled_is_killed_with_all_it_started(pipe: Path) -> None:
    async with Sandbox(jobs=JOBS, seconds=60) as sandbox:
        job = asyncio.create_task(do(sandbox, "hang", pipe=pipe))
        reader = await opened(pipe)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert await ended(reader)
        assert await do(sandbox, "echo", b"the next") == ["the next", {"do": "echo"}]


async def test_closing_ends_the_jobs_that_are_going_on_and_lets_no_other_begin(pipe: Path) -> None:
    async with Sandbox(jobs=JOBS, seconds=60, most=1) as sandbox:
        job = asyncio.create_task(do(sandbox, "hang", pipe=pipe))
        waiting = asyncio.create_task(do(sandbox, "echo"))
        reader = await opened(pipe)
    assert await ended(reader)
    for task in (job, waiting):
        with pytest.raises(ParseError):
            await task


async def test_a_process_that_dies_fails_its_own_job_only() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        outcomes = await asyncio.gather(
            do(sandbox, "die"), *(do(sandbox, "echo", b"x") for _ in range(5)), return_exceptions=True
        )
    assert isinstance(outcomes[0], ParseError)
    assert "more memory or time" in str(outcomes[0])
    assert outcomes[1:] == [["x", {"do": "echo"}]] * 5


async def test_a_process_that_died_while_it_had_nothing_to_do_costs_nobody_a_job() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        first = await pid_of(sandbox)
        (worker,) = sandbox._alive
        os.kill(first, signal.SIGKILL)
        await worker.ended
        assert await pid_of(sandbox) != first


async def test_a_job_that_wants_more_memory_than_it_may_have_is_told_so() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError, match="more memory than it may"):
            await do(sandbox, "swell", size=MOST_MEMORY)
        assert await do(sandbox, "echo", b"x") == ["x", {"do": "echo"}]


async def test_a_process_that_has_grown_large_does_no_further_job() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        small = await do(sandbox, "swell", size=MIB)
        large = await do(sandbox, "swell", size=RETIRED_AT)
        assert small == large
        assert await pid_of(sandbox) != large


async def test_an_answer_may_be_as_large_as_the_limit_and_no_larger() -> None:
    room = LARGEST_ANSWER - len('{"value": ""}')
    async with Sandbox(jobs=JOBS) as sandbox:
        assert len(await do(sandbox, "sprawl", size=room)) == room
        for size in (room + 1, 3 * LARGEST_ANSWER):
            with pytest.raises(ParseError, match="more in it than can be kept"):
                await do(sandbox, "sprawl", size=size)
        assert await do(sandbox, "sprawl", size=3) == "xxx"


@pytest.mark.parametrize("number", ["nan", "inf"])
async def test_an_answer_that_is_no_json_is_not_believed(number: str) -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError, match="makes no sense"):
            await do(sandbox, "count_wrongly", number=number)


async def test_an_answer_nested_without_end_is_not_believed() -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError, match="nested too deeply"):
            await do(sandbox, "nest")


@pytest.mark.parametrize("forged", [b"\xff\xff\xff\xff\x00", b"\x00\x00\x00\x02\x00no", b"\x00\x00\x00\x02\x00{}"])
async def test_a_frame_that_a_job_forges_fails_that_job_only(forged: bytes) -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError):
            await do(sandbox, "forge", forged)
        assert await do(sandbox, "echo", b"x") == ["x", {"do": "echo"}]


async def test_a_process_that_speaks_unasked_does_no_further_job(pipe: Path) -> None:
    async with Sandbox(jobs=JOBS) as sandbox:
        first = await pid_of(sandbox)
        assert await do(sandbox, "heckle", pipe=pipe) == "done"
        (worker,) = sandbox._alive
        await asyncio.to_thread(pipe.write_bytes, b'\x00\x00\x00\x0c\x00{"value": 1}')
        await worker.ended
        assert await pid_of(sandbox) != first


async def test_a_job_whose_module_is_missing_says_so() -> None:
    async with Sandbox(jobs={"odd": "no_such_module"}) as sandbox:
        with pytest.raises(ParseError, match="ModuleNotFoundError"):
            await do(sandbox, "echo")


async def test_where_no_process_can_be_started_the_words_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError, match="no process can be started to read it: No such file"):
            await do(sandbox, "echo")


async def test_a_process_that_ends_at_once_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_module, "_PROGRAM", "")
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError, match="does not start"):
            await do(sandbox, "echo")


async def test_a_process_that_never_says_that_it_is_there_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_module, "_PROGRAM", "import signal; signal.pause()")
    monkeypatch.setattr(sandbox_module, "START_SECONDS", 0.2)
    async with Sandbox(jobs=JOBS) as sandbox:
        with pytest.raises(ParseError, match="does not start"):
            await do(sandbox, "echo")


def test_a_loop_in_a_thread_of_its_own_can_use_it() -> None:
    pids: list[int] = []

    async def twice() -> None:
        async with Sandbox(jobs=JOBS) as sandbox:
            pids.extend([await pid_of(sandbox), await pid_of(sandbox)])

    thread = Thread(target=lambda: asyncio.run(twice()))
    thread.start()
    thread.join()
    assert pids[0] == pids[1]
    assert not is_there(pids[0])


async def test_no_process_is_left_when_newstui_is_killed(pipe: Path) -> None:
    newstui = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(Path(__file__).parent), str(pipe)], stdout=subprocess.PIPE
    )
    with newstui:
        reader = await opened(pipe)
        assert newstui.stdout is not None
        assert await asyncio.to_thread(newstui.stdout.readline) == b"idle\n"
        newstui.kill()
    assert await ended(reader)


_PROGRAM = """
import asyncio, signal, sys
sys.path.insert(0, sys.argv[1])
from newstui.sources.sandbox import Sandbox

async def main():
    async with Sandbox(jobs={"odd": "odd_jobs"}) as sandbox:
        await sandbox.run("odd", b"", {"do": "hold", "pipe": sys.argv[2]})
        print("idle", flush=True)
        signal.pause()

asyncio.run(main())
"""
