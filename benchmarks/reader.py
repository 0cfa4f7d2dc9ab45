"""The reader as installed, in a pseudo-terminal: its start, its keys, its memory, its silence."""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pyte

from benchmarks.made_library import made_library
from benchmarks.table import Row, milliseconds, ratio
from benchmarks.terminal import Cost, Program
from newstui.library import Library

SMALL, LARGE = 1_000, 100_000
COLUMNS, LINES = 120, 40
FIRST_ROW = 2  # of the list, below the header and a gap
EMPTY_APP = [sys.executable, "-m", "benchmarks.empty_app"]
HELD = 2_000  # rows that a held key goes through
APART = 0.25  # seconds between two keys of a person
IDLE = 10.0


def rows(folder: Path, runs: int) -> Iterator[Row]:
    """All that the reader promises."""
    readers = {size: _command(folder, size) for size in (SMALL, LARGE)}
    yield from _start(readers, runs)
    for size, command in readers.items():
        yield from _keys(command, f"{size:,} articles")
    yield from _held(readers[LARGE])


def _command(folder: Path, size: int) -> list[str]:
    settings = folder / "settings.toml"
    settings.write_text('refresh_every = "never"\n')
    library = made_library(folder, size)
    with Library.open(library) as made:
        made.keep_session({})  # from the first story on, whatever was measured before
    return [sys.executable, "-m", "newstui", "--library", str(library), "--config", str(settings)]


def _start(readers: dict[int, list[str]], runs: int) -> Iterator[Row]:
    programs = {"empty": (EMPTY_APP, b"ready")} | {str(size): (it, b"help") for size, it in readers.items()}
    ready: dict[str, list[float]] = {name: [] for name in programs}
    rest: dict[str, list[float]] = {name: [] for name in programs}
    costs: dict[str, list[Cost]] = {name: [] for name in programs}
    for run in range(runs + 1):
        for name, (command, mark) in programs.items():
            seconds, until_rest, cost = _one_start(command, mark)
            if run:  # the first one warms the disk
                ready[name].append(seconds)
                rest[name].append(until_rest)
                costs[name].append(cost)
    small, large = str(SMALL), str(LARGE)
    cpu = {name: [cost.cpu for cost in of_name] for name, of_name in costs.items()}
    memory = {name: [cost.memory for cost in of_name] for name, of_name in costs.items()}
    yield Row("start, CPU, 1,000 articles", f"{median(cpu[small]):.3f} s")
    yield Row("start, CPU, 100,000 articles", f"{median(cpu[large]):.3f} s")
    yield Row("start, CPU, 100,000 against 1,000", ratio(cpu[large], cpu[small]), "no more")
    yield Row("first whole screen, 100,000, against an empty app", ratio(ready[large], ready["empty"]), "≤ 1.4 ×")
    yield Row("last byte of the start, 100,000, against an empty app", ratio(rest[large], rest["empty"]), "≤ 1.4 ×")
    yield Row(
        "peak memory at the start, 100,000, against an empty app", ratio(memory[large], memory["empty"]), "≤ 1.35 ×"
    )


def _one_start(command: list[str], mark: bytes) -> tuple[float, float, Cost]:
    """Seconds to the first whole screen, seconds to the last byte, and what it took."""
    program = Program(command, COLUMNS, LINES)
    first = program.until(mark)
    return first, first + program.output(patience=0.25).last, program.end()


def _keys(command: list[str], size: str) -> Iterator[Row]:
    program = Program(command, COLUMNS, LINES)
    program.output(quiet=0.5)
    moves = [_pressed(program, b"j") for _ in range(20)]
    yield Row(f"j, both panes drawn, {size}", milliseconds([last for last, _ in moves]), "≤ 10 ms")
    yield Row(f"j, bytes, {size}", f"{median(size for _, size in moves):,.0f}")
    pages = [_pressed(program, b"\x04") for _ in range(5)]
    yield Row(f"half a page, {size}", milliseconds([last for last, _ in pages]), "≤ 25 ms")
    program.press(b"g")
    program.press(b"/")
    letters = [_pressed(program, letter.encode()) for letter in "cloud"]
    yield Row(f"filter, a letter, {size}", milliseconds([last for last, _ in letters]), "≤ 33 ms")
    program.press(b"\x1b")
    program.output(quiet=3.0, patience=3.0)
    yield Row(f"bytes in {IDLE:.0f} s of rest, {size}", str(len(program.output(patience=IDLE).output)), "0")
    yield Row(f"peak memory after these keys, {size}", f"{program.end().memory:.1f} MiB")


def _pressed(program: Program, key: bytes) -> tuple[float, int]:
    time.sleep(APART)
    burst = program.press(key)
    return burst.last, len(burst.output)


def _held(command: list[str]) -> Iterator[Row]:
    program = Program(command, COLUMNS, LINES)
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    stream.feed(_plain(program.output(quiet=0.5).output))
    start = before = _place(screen)
    skipped, blank = 0, 0
    cpu = program.cpu()
    for _ in range(HELD):
        program.send(b"j")
        stream.feed(_plain(program.output(quiet=0.004, patience=0.2).output))
        place = _place(screen)
        skipped += place - before not in (0, 1)
        blank += not _under_cursor(screen) or not all(map(_story, screen.display[FIRST_ROW:-1]))
        before = place
    cpu = program.cpu() - cpu
    stream.feed(_plain(program.output().output))
    skipped += _place(screen) != start + HELD
    yield Row(f"j held through {HELD:,} rows: skipped, blank", f"{skipped}, {blank}", "0, 0")
    yield Row("j held, CPU a key", f"{cpu / HELD * 1000:.1f} ms")
    memory, (*_, empty) = program.end().memory, _one_start(EMPTY_APP, b"ready")
    yield Row("peak memory after j was held, against an empty app", ratio([memory], [empty.memory]), "≤ 1.35 ×")


def answer_times(program: Program, keys: int, apart: float) -> list[float]:
    """Seconds until ``j`` had moved the cursor, for each of so many keys, whatever else is drawn meanwhile."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    stream.feed(_plain(program.output(quiet=0.1, patience=1.0).output))
    times = []
    for _ in range(keys):
        before, moved = _under_cursor(screen), apart
        for seconds, drawn in program.answer(b"j", apart):
            stream.feed(_plain(drawn))
            if moved == apart and _under_cursor(screen) not in ("", before):
                moved = seconds
        times.append(moved)
    return times


_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+[a-z]?|\x1b\]22;[^\x07]*\x07")


def _plain(drawn: bytes) -> bytes:
    return _UNKNOWN_TO_PYTE.sub(b"", drawn)


def _place(screen: pyte.Screen) -> int:
    """The place in the list, as the footer tells it."""
    found = re.search(r"([\d,]+)/[\d,]+\s*$", screen.display[-1])
    return int(found[1].replace(",", "")) if found else -1


def _under_cursor(screen: pyte.Screen) -> str:
    """What is written on the row with the cursor's mark."""
    marked = next((line for line in screen.display if line.startswith("▌")), "")
    return _story(marked)


def _story(line: str) -> str:
    """What a line of the list says."""
    return line[1:40].strip(" ●│")
