"""How reading the sources goes, and how it went, each in one line."""

from collections.abc import Sequence

from newstui.text import ago, counted
from newstui.tui.refresher import Finished, Progressed, Result

BAR_CELLS = 16


def progress_text(event: Progressed) -> str:
    """How far a round is: in sources while it reads several, else in what the one source has, as far as it is known."""
    if event.sources > 1:
        return f"{_bar(event.read, event.sources)}  {event.read:,} of {event.sources:,} sources · {event.new:,} new"
    if event.total:
        return f"{_bar(event.done, event.total)}  {event.source} · {event.done:,} of {event.total:,}"
    return f"Reading {event.source} · {event.new:,} new"


def _bar(done: int, total: int) -> str:
    full = BAR_CELLS * done // total
    return "━" * full + "─" * (BAR_CELLS - full)


def summary(finished: Finished, now: int) -> str:
    """How a round went: what came, what failed and when that went well last, what else is to know, where to look."""
    results = finished.results
    new = sum(result.new for result in results)
    changed = sum(result.changed for result in results)
    problems = sum(result.problems for result in results)
    parts = [_stopped(finished)] if finished.is_stopped else []
    parts += [counted(new, "new article") if new else "Nothing new"]
    parts += [f"{changed:,} changed"] if changed else []
    parts += [*_failures([result for result in results if result.error], now)]
    parts += [f"{result.source}: {result.note}" for result in results if result.note]
    parts += [f"{counted(problems, 'problem')}: see Sources in the commands"] if problems else []
    return " · ".join([*parts, "? help"])


def _stopped(finished: Finished) -> str:
    if finished.sources == 1:
        return "Stopped"
    return f"Stopped after {len(finished.results):,} of {finished.sources:,} sources"


def _failures(failed: Sequence[Result], now: int) -> list[str]:
    """The one that failed and why; of several their names alone fit a line."""
    if len(failed) > 1:
        names = ", ".join(result.source for result in failed[:3])
        return [f"{len(failed):,} sources failed ({names}{', …' if len(failed) > 3 else ''}): see Sources"]
    return [_failure(result, now) for result in failed]


def _failure(result: Result, now: int) -> str:
    last = f"last read {ago(now - result.last_good)} ago" if result.last_good is not None else "never read yet"
    return f"{result.source} failed ({last}): {result.error}"
