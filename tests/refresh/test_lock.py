"""One refresher for a library, in this program and in others."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from newstui.errors import LibraryError
from newstui.refresh.lock import only_refresher

_HOLD = """
import asyncio, sys
from pathlib import Path
from newstui.refresh.lock import only_refresher

async def hold():
    async with only_refresher(Path(sys.argv[1]), is_patient=False):
        print("held", flush=True)
        sys.stdin.read()

asyncio.run(hold())
"""


def holding(library: Path) -> "subprocess.Popen[bytes]":
    """Another program that refreshes this library until its input ends."""
    command = [sys.executable, "-c", _HOLD, str(library)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    return other


async def test_a_second_refresher_is_refused_in_words(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with holding(library) as other:
        with pytest.raises(LibraryError, match="another newstui is reading"):
            await only_refresher(library, is_patient=False).__aenter__()
        other.kill()
    async with only_refresher(library, is_patient=False):
        pass  # one that was killed leaves nothing locked


async def test_a_patient_refresher_waits_for_the_other_to_end(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with holding(library) as other:

        async def wait() -> bool:
            async with only_refresher(library, is_patient=True):
                return True

        waiting = asyncio.create_task(wait())
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done
        assert other.stdin is not None
        other.stdin.close()
        assert await asyncio.wait_for(waiting, 30)


async def test_a_library_in_memory_has_no_other() -> None:
    async with only_refresher(None, is_patient=False), only_refresher(None, is_patient=False):
        pass


async def test_a_folder_that_can_hold_no_lock_is_done_without(tmp_path: Path) -> None:
    async with only_refresher(tmp_path / "missing" / "library.db", is_patient=False):
        pass


async def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "library.db.refresh").symlink_to(tmp_path / "elsewhere")
    async with only_refresher(tmp_path / "library.db", is_patient=False):
        pass
    assert not (tmp_path / "elsewhere").exists()
