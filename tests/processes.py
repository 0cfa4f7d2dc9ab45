"""What the tests see of a program that runs beside them."""

from pathlib import Path


def is_busy(process: int) -> bool:
    """Whether a program has something to do, also where it must wait for the processor to do it."""
    return any(_state(thread) in "RD" for thread in Path(f"/proc/{process}/task").glob("*"))


def is_stopped(process: int) -> bool:
    """Whether a program was stopped, as ctrl-z does it."""
    return _state(Path(f"/proc/{process}")) == "T"


def _state(folder: Path) -> str:
    """What a process or thread does: ``R`` runs or could, ``D`` waits for a disk, ``T`` is stopped."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:  # it has ended meanwhile
        return "X"
