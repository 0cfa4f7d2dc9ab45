"""What attacks cost the one HTTP client: memory and time of a process that does nothing but fetch."""

import asyncio
import json
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from newstui.sources.fetch import LARGEST_PAGE
from tests.sources.hostile_server import (
    Answer,
    by_path,
    crumbling,
    dripping,
    dripping_headers,
    endless,
    endless_packed,
    endless_padding,
    exploding,
    exploding_twice,
    following,
    heading,
    heading_often,
    postponing,
    response,
    saying,
    serving,
    silent,
)

CHECKOUT = Path(__file__).parents[2]
MOST_MEBIBYTES = 32
MOST_SECONDS_TOO_LATE = 10
"""The machine may be busy; what never ends is still found out."""
LONGEST_TURN = 0.2
"""Seconds of the processor's time without a turn for anybody else; 0.05 where the machine is not busy."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says what a process holds")


class Cost(NamedTuple):
    """What a fetch came to, and what it took."""

    said: str
    size: int
    seconds: float
    mebibytes: float
    longest_turn: float


async def cost(answer: Answer, seconds: float) -> Cost:
    """What it costs to fetch what a server answers, when there are so many seconds for it."""
    answers = by_path({"/": answer, "/friendly": saying(response(b"x" * 1000))})
    async with serving(answers) as url:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.sources.measured_fetch", url, str(seconds), f"{url}friendly"),
            cwd=CHECKOUT,
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await child.communicate()
    return Cost(**json.loads(said))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(exploding(), "larger than", id="300 MiB of zeros, packed"),
        pytest.param(exploding_twice(), "packed in a way", id="packed twice"),
        pytest.param(endless, "larger than", id="endless"),
        pytest.param(endless_packed, "larger than", id="endless, packed"),
        pytest.param(endless_padding, "larger than", id="endless, packed, and nothing in it"),
        pytest.param(heading(1_000_000), "broke off", id="a header of 1 MB"),
        pytest.param(heading_often(500_000), "broke off", id="500,000 headers"),
    ],
)
async def test_what_is_too_much_is_refused_in_little_memory(answer: Answer, reason: str) -> None:
    took = await cost(answer, 60)
    assert reason in took.said
    assert took.mebibytes < MOST_MEBIBYTES
    assert took.longest_turn < LONGEST_TURN


@pytest.mark.parametrize(
    "answer", [dripping, dripping_headers, silent, crumbling, postponing], ids=lambda answer: str(answer.__name__)
)
async def test_what_takes_too_long_is_left_at_the_deadline(answer: Answer) -> None:
    took = await cost(answer, 1)
    assert took.said == "there was no whole answer within 1 seconds"
    assert 1 <= took.seconds < 1 + MOST_SECONDS_TOO_LATE
    assert took.mebibytes < MOST_MEBIBYTES
    assert took.longest_turn < LONGEST_TURN


async def test_what_follows_a_packed_body_costs_nothing() -> None:
    took = await cost(following(), 60)
    assert (took.said, took.size) == ("", 4)
    assert took.mebibytes < MOST_MEBIBYTES


async def test_the_largest_page_is_read_in_the_memory_that_it_takes() -> None:
    took = await cost(saying(response(b"x" * LARGEST_PAGE)), 60)
    assert (took.said, took.size) == ("", LARGEST_PAGE)
    assert took.mebibytes < MOST_MEBIBYTES
