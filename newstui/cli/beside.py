"""What stands beside an article, each with how it belongs there and why."""

from collections.abc import Iterator
from typing import NamedTuple

from newstui.library import Library
from newstui.library.rows import ArticleRow, Coverage, Why
from newstui.text import ago

THROUGH_OTHERS = "in the same story through other reports"


class Beside(NamedTuple):
    """An article beside another."""

    row: ArticleRow
    relation: str  # same story, copy, similar or listed
    why: tuple[str, ...] = ()


def all_beside(library: Library, article: int, coverage: Coverage) -> Iterator[Beside]:
    """The coverage of an article, best first; then what is similar, and last what only its publisher lists."""
    copies = {report.article for report in coverage.reports if report.copy_of is not None}
    for other in coverage.best:
        why = library.why(article, other)
        yield from _beside(library, other, "copy" if other in copies else "same story", in_words(why))
    similar = [row.article for row in library.similar(article)]
    for other in similar:
        yield from _beside(library, other, "similar", in_words(library.why(article, other), is_story=False))
    for row in library.listed(article):
        if row.article not in similar:
            yield from _beside(library, row.article, "listed")


def _beside(library: Library, article: int, relation: str, why: tuple[str, ...] = ()) -> Iterator[Beside]:
    """One that left in the meantime is left out."""
    if (row := library.article(article)) is not None:
        yield Beside(row, relation, why)


def in_words(why: Why, *, is_story: bool = True) -> tuple[str, ...]:
    """What two reports share and how far apart they are; or that others make them one story."""
    if is_story and not why.is_linked:
        return (THROUGH_OTHERS,)
    shared = ", ".join((*why.figures, *why.words))
    return (*([f"shares {shared}"] if shared else []), *_apart(why.seconds_apart))


def _apart(seconds: int | None) -> tuple[str, ...]:
    if seconds is None:
        return ()
    return (f"{ago(abs(seconds))} apart" if abs(seconds) >= 60 else "at the same time",)
