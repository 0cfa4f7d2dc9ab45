"""What was measured, as lines of a table: the figure, what it is a ratio to, and what is promised."""

from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """One promise and what came of it."""

    what: str
    measured: str
    promised: str = ""


def ratio(ours: list[float], yardstick: list[float]) -> str:
    """The ratio of two runs that were taken by turns: its median, and from where to where it went."""
    ratios = [one / other for one, other in zip(ours, yardstick, strict=True)]
    spread = f" ({min(ratios):.2f}–{max(ratios):.2f})" if len(ratios) > 1 else ""
    return f"{median(ratios):.2f} ×{spread}"


def milliseconds(seconds: list[float]) -> str:
    """The median of some times, and the worst."""
    return f"{median(seconds) * 1000:.1f} ms (worst {max(seconds) * 1000:.1f})"


def printed(rows: list[Row]) -> str:
    """The rows under one another, in columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(f"{row.what:<{widths[0]}}  {row.measured:<{widths[1]}}  {row.promised}".rstrip() for row in rows)
