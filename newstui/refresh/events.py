"""What is told while sources are read."""

from dataclasses import dataclass

from newstui.errors import Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a source is: ``done`` of ``total`` files or pages, total 0 when unknown."""

    source: str
    done: int
    total: int
    new: int


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What came of reading a source: ``articles`` it gave this time, of which so many are ``new`` or ``changed``.

    ``error`` is why the reading ended early, else empty. ``last_good`` is the last time that it did not, in seconds.
    ``note`` is what else there is to know of it, as a new address.
    """

    source: str
    kind: str
    new: int
    changed: int
    articles: int
    problems: tuple[Problem, ...]
    error: str
    last_good: int | None
    note: str = ""
