"""Writing to a terminal that is slow or gone."""

import os
from collections.abc import Iterator

import pytest

from newstui.terminal.output import TerminalOutput


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    os.close(writer)


def test_text_is_held_until_it_is_flushed(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    output = TerminalOutput(writer, "utf-8")
    for text in ("日", "本"):
        output.write(text)
    os.set_blocking(reader, False)
    with pytest.raises(BlockingIOError):
        os.read(reader, 10)
    output.flush()
    assert os.read(reader, 10) == "日本".encode()
    os.close(reader)


def test_a_lot_of_text_is_not_held(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    os.close(reader)
    output = TerminalOutput(writer, "utf-8")
    output.write("x" * 100_000)
    output.write("y")
    output.flush()  # nobody is there, and nothing is raised
