"""What is read, as lines: a line for a source with how it stands, and more below it where that is unfolded."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newstui.errors import Problem
from newstui.library.rows import Mute, Subscription
from newstui.text import ago, clock, counted, long_date
from newstui.tui.cells import cell_len, fitted, shortened, wrapped
from newstui.tui.text_lines import Part
from newstui.tui.widgets.lines import Line, blank
from newstui.tui.widgets.pane import Parts

INDENT = "    "
ROOM_FOR_COLUMNS = 72  # cells; with less, a source takes two lines
ROOM_FOR_TOPIC = 100  # cells
NAME_SHARE, TOPIC_SHARE = 0.32, 0.2  # of the width, at most
SHORTEST_NAME = 12
KIND, ARTICLES = 8, 7  # cells
MINUTE, DAY = 60, 86_400


@dataclass(frozen=True, slots=True)
class PartOf:
    """A line below a source, which belongs to it."""

    source: Subscription


@dataclass(frozen=True, slots=True)
class Sources:
    """What there is to show. ``unfolded`` are the sources shown with all that is known, ``leaving`` the one that goes
    when its key is pressed again."""

    known: Sequence[Subscription]
    problems: Mapping[int, Sequence[Problem]]
    mutes: Sequence[Mute]
    unfolded: Collection[int]
    leaving: Subscription | None
    now: int


def sources_lines(sources: Sources, width: int) -> Iterator[Line]:
    """Every source, and what is muted."""
    name = max((cell_len(source.name) for source in sources.known), default=0)
    topic = max((cell_len(filed(source)) for source in sources.known), default=0)
    columns = max(SHORTEST_NAME, min(name, int(width * NAME_SHARE))), min(topic, int(width * TOPIC_SHARE))
    for source in sources.known:
        yield from _source_lines(source, sources, columns, width)
    if not sources.known:
        yield from _said("Nothing is read yet. Press a to add a feed, a news site or a folder.", "text", width, "  ")
    yield Line(blank)
    if sources.mutes:
        yield _line([("  Muted", "strong"), (f"  {counted(len(sources.mutes), 'thing')} you do not see", "muted")])
        yield from (_line(_mute_parts(mute, width), mute) for mute in sources.mutes)


def counts(sources: Sources) -> str:
    """How much there is, and how much of it needs to be looked at."""
    known = sources.known
    failing = sum(bool(source.error) and not source.is_gone for source in known)
    gone, paused = sum(source.is_gone for source in known), sum(source.is_paused for source in known)
    whole = [
        (len(known), "source"), (sum(source.articles for source in known), "article"),
        (sum(map(len, sources.problems.values())), "problem"),
    ]  # fmt: skip
    words = [counted(count, word) for count, word in whole if count]
    words += [f"{count} {word}" for count, word in ((failing, "failing"), (gone, "gone"), (paused, "paused")) if count]
    return " · ".join(words)


def filed(source: Subscription) -> str:
    """Where a source's articles are filed, with the folders around: ``Tech / Linux``."""
    return " / ".join(filter(None, (*source.folders, source.topic)))


def every(minutes: int) -> str:
    """An interval in the largest whole unit, to be said behind "every": ``15 min``, ``hour``, ``2 days``."""
    for unit, size in (("week", 10_080), ("day", 1_440), ("hour", 60)):
        if minutes % size == 0:
            return unit if minutes == size else f"{minutes // size:,} {unit}s"
    return f"{minutes:,} min"


# --- one source ----------------------------------------------------------------------------------


def _source_lines(source: Subscription, sources: Sources, columns: tuple[int, int], width: int) -> Iterator[Line]:
    is_wide = width >= ROOM_FOR_COLUMNS
    yield _line(_columns(source, columns, width, sources.now) if is_wide else _name(source, width), source)
    if not is_wide:
        about = " · ".join(filter(None, [source.kind, filed(source), counted(source.articles, "article")]))
        yield from _said(about, "muted", width)
        yield from _said(*state(source, sources.now), width)
    if source == sources.leaving:
        stays = "press d again to remove it; what you saved stays, any other key keeps it"
        yield from _said(f"! {stays}", "warning", width)
        return
    if source.error:
        yield from _said(f"! {source.error}{_next_try(source, sources.now)}", "warning", width)
    problems = sources.problems.get(source.id, [])
    if source.id in sources.unfolded:
        yield from _all_known(source, problems, sources.now, width)
    elif problems:
        yield from _said(f"{counted(len(problems), 'problem')} · enter shows them", "muted", width)
    if not is_wide:
        yield Line(blank)


def _columns(source: Subscription, columns: tuple[int, int], width: int, now: int) -> Parts:
    name, topic = columns
    text, look = state(source, now)
    notes = " · ".join(_notes(source))
    parts: Parts = [
        (f"  {fitted(source.name, name)}  ", "muted" if source.is_paused or source.is_gone else "strong"),
        (fitted(source.kind, KIND), "muted"),
    ]
    if width >= ROOM_FOR_TOPIC and topic:
        parts.append((f"{fitted(filed(source), topic)}  ", "text"))
    articles = "article " if source.articles == 1 else "articles"
    parts += [(f"{source.articles:>{ARTICLES},} {articles}   ", "muted"), (text, look)]
    room = width - sum(cell_len(part) for part, _ in parts) - 4
    return [*parts, (f" · {notes}", "muted")] if notes and cell_len(notes) <= room else parts


def _name(source: Subscription, width: int) -> Parts:
    return [(f"  {shortened(source.name, width - 4)}", "strong")]


def state(source: Subscription, now: int) -> Part:
    """How a source stands, and when it was read last."""
    read = f"read {_ago(source.last_good, now)}" if source.last_good is not None else "never read"
    if source.is_gone:
        return f"gone for good · {read}", "warning"
    if source.is_paused:
        return f"paused · {read}", "muted"
    if source.error:
        return f"failing · {read}", "warning"
    return ("not read yet", "muted") if source.last_good is None else (read, "text")


def _next_try(source: Subscription, now: int) -> str:
    """When a source that failed is asked again, to be said behind the reason."""
    if source.is_gone or source.is_paused or source.next_attempt is None or source.next_attempt <= now:
        return ""
    is_far = source.next_attempt - now > DAY
    return f" · asked again {long_date(source.next_attempt) if is_far else f'at {clock(source.next_attempt)}'}"


def _ago(moment: int, now: int) -> str:
    return "just now" if now - moment < MINUTE else f"{ago(now - moment)} ago"


def _notes(source: Subscription) -> Iterator[str]:
    """What is other than usual about how a source is read."""
    if source.every is not None:
        yield f"every {every(source.every)}"
    if source.is_full_text:
        yield "full texts"


def _all_known(source: Subscription, problems: Sequence[Problem], now: int, width: int) -> Iterator[Line]:
    part = PartOf(source)
    yield from _said(source.place, "link", width, value=part)
    told = [filed(source) and f"filed under {filed(source)}", *_notes(source)]
    if source.last_tried is not None:
        told.append(f"asked last {long_date(source.last_tried)}" if now - source.last_tried >= DAY else "")
    if source.failures > 1:
        told.append(f"failed {source.failures:,} times in a row")
    if words := " · ".join(filter(None, told)):
        yield from _said(words, "muted", width, value=part)
    if not problems and not source.error and source.last_good is not None:
        yield _line([(INDENT + "everything there could be read", "muted")], part)
    for problem in problems:
        yield from _problem_lines(problem, source, part, width)


def _problem_lines(problem: Problem, source: Subscription, value: PartOf, width: int) -> Iterator[Line]:
    """A problem on one line where there is room, else its reason beneath the file."""
    line = "" if problem.line is None else f":{problem.line}"
    place = problem.place.removeprefix(source.place.rstrip("/") + "/") + line
    room = width - len(INDENT) - cell_len(place) - 3
    if cell_len(problem.reason) <= room:
        yield _line([(INDENT + place, "link"), ("  " + problem.reason, "text")], value)
        return
    yield _line([(INDENT + shortened(place, width - len(INDENT) - 1), "link")], value)
    yield from _said(problem.reason, "text", width, INDENT + "  ", value)


def _mute_parts(mute: Mute, width: int) -> Parts:
    return [(f"  {fitted(mute.kind, 8)}", "muted"), (shortened(mute.value, width - 11), "text")]


def _said(text: str, part: str, width: int, indent: str = INDENT, value: object = None) -> Iterator[Line]:
    return (_line([(indent + line, part)], value) for line in wrapped(text, width - len(indent) - 1))


def _line(parts: Parts, value: object = None) -> Line:
    return Line(lambda _: parts, value)
