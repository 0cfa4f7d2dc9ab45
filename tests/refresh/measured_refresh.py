"""``python -m tests.refresh.measured_refresh LIBRARY SECONDS``: refresh a library in a process of its own.

It prints JSON: what became of each source in the order in which they ended, and by how many mebibytes the process grew
over what it had needed for the source called "warm", which is read before. A request and a job have SECONDS each.
"""

import asyncio
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.refresh import SourceResult, refresh
from newstui.sources.fetch import Client
from newstui.sources.sandbox import Sandbox
from newstui.sources.web import Web

NOW = 1_700_000_000


async def main(library: Library, seconds: float) -> None:
    sources = library.subscriptions()
    async with Client(seconds=seconds) as client, Sandbox(seconds=seconds) as sandbox, Web() as web:
        web.client, web.sandbox = client, sandbox
        await _read(library, [source for source in sources if source.name == "warm"], web)
        before = _peak()
        ended = await _read(library, [source for source in sources if source.name != "warm"], web)
    said = [[it.source, it.new, it.error, [str(problem) for problem in it.problems]] for it in ended]
    print(json.dumps({"ended": said, "mebibytes": (_peak() - before) / 1024}))


async def _read(library: Library, sources: Sequence[Subscription], web: Web) -> list[SourceResult]:
    events = refresh(library, sources, NOW, web)
    return [event async for event in events if isinstance(event, SourceResult)]


def _peak() -> int:
    """The most memory that this process has held so far, in KiB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


if __name__ == "__main__":
    with Library.open(Path(sys.argv[1])) as opened:
        asyncio.run(main(opened, float(sys.argv[2])))
