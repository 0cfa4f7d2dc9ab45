"""``python -m tests.sources.measured_fetch URL SECONDS FRIENDLY``: what a fetch costs a process of its own, as JSON.

``FRIENDLY`` is fetched first, so that what every fetch needs is not counted.
"""

import asyncio
import json
import re
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, process_time

from newstui.errors import FetchError
from newstui.sources.fetch import Client


async def main(url: str, seconds: float, friendly: str) -> None:
    async with Client(seconds=seconds) as client:
        await client.get(friendly, may_be_private=True)
        before, began, said, size = _peak(), monotonic(), "", 0
        turns = asyncio.create_task(_longest_turn())
        await asyncio.sleep(0)
        try:
            size = len((await client.get(url, may_be_private=True)).body or b"")
        except FetchError as error:
            said = error.what
        took = monotonic() - began
        await asyncio.sleep(0)
        turns.cancel()
        longest = await turns
    mebibytes = (_peak() - before) / 1024
    print(json.dumps({"said": said, "size": size, "seconds": took, "mebibytes": mebibytes, "longest_turn": longest}))


async def _longest_turn() -> float:
    """The most of the processor's time, in seconds, that went by before something else got its turn."""
    longest, last = 0.0, process_time()
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(0.001)
            now = process_time()
            longest, last = max(longest, now - last), now
    return longest


def _peak() -> int:
    """The most memory that this process has held so far, in KiB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2]), sys.argv[3]))
