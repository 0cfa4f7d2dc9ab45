"""What a reader asks for: ``is:unread topic:ai -opinion`` becomes a Query, or an error with a place to point at.

All terms must hold; ``OR`` joins the two terms beside it, closer than the rest: ``aws OR azure outlet:cnet.com`` asks
for either word, from one outlet. A key that is not one of ours is part of a word, so that ``https://x`` is one.
Days are UTC: ``after:`` a day begins with it, ``before:`` a day ends where it begins.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from newstui.errors import QueryError

LONGEST = 1_000
"""Characters of a query."""
MOST_TERMS = 32

SORTS = ("newest", "oldest", "outlets", "heat", "quality", "outlet")
STATES = ("unread", "read", "saved", "hot", "image", "multi", "listed")
NUMBERS = ("quality", "heat", "outlets")
NAMES = ("topic", "outlet", "source")
TIMES = ("after", "before")
_KEYS = ("title", "is", "since", "sort", *NAMES, *TIMES, *NUMBERS)

Comparison = Literal[">", ">=", "<", "<=", "="]


class Words(NamedTuple):
    """A word or an exact phrase, anywhere or in the title; its last word may be only begun."""

    text: str
    is_in_title: bool = False
    is_prefix: bool = False


class Named(NamedTuple):
    """A topic, an outlet (name or domain) or a source (a subscription), by name."""

    key: str
    name: str
    is_prefix: bool = False


class Is(NamedTuple):
    """A state: one of STATES."""

    state: str


class Number(NamedTuple):
    """Quality, heat, or how many outlets report the story."""

    key: str
    comparison: Comparison
    value: int


class Time(NamedTuple):
    """Published at this moment or later (``>=``), or earlier (``<``); seconds since 1970."""

    comparison: Literal[">=", "<"]
    moment: int


class Since(NamedTuple):
    """Published within these seconds before now."""

    seconds: int


Condition = Words | Named | Is | Number | Time | Since


class Term(NamedTuple):
    """A condition that must hold, or must not."""

    condition: Condition
    is_negated: bool = False


Clause = tuple[Term, ...]
"""Terms of which one must hold."""


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses that must all hold, and the order asked for; without any, everything."""

    clauses: tuple[Clause, ...] = ()
    sort: str | None = None
    text: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term, in the order written."""
        return tuple(term for clause in self.clauses for term in clause)

    def __bool__(self) -> bool:
        return bool(self.clauses) or self.sort is not None

    def __and__(self, other: "Query") -> "Query":
        text = " ".join(text for text in (self.text, other.text) if text)
        return Query(self.clauses + other.clauses, other.sort or self.sort, text)


def parse(text: str, *, is_typing: bool = False) -> Query:
    """Understand a query. QueryError says what is wrong, where, and what to write there.

    While it is being typed, the last word stands for all that begin so, and a last term that may still
    become right is left out.
    """
    text = _UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", text))
    if len(text) > LONGEST:
        raise QueryError(
            f"a query holds at most {LONGEST:,} characters",
            position=LONGEST,
            advice="shorten it, or keep parts as views",
        )
    tokens = [_Token.of(found, text, is_typing) for found in _TOKEN.finditer(text)]
    sort = [_sort(token) for token in tokens if token.key == "sort"]
    clauses = _clauses([token for token in tokens if token.key != "sort"])
    end = '"' if tokens and tokens[-1].is_quoted and not tokens[-1].is_closed else ""
    return Query(tuple(clauses), next((name for name in reversed(sort) if name), None), " ".join(text.split()) + end)


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TOKEN = re.compile(
    rf'(?P<minus>-(?=[^\s-]))?(?:(?P<key>{"|".join(_KEYS)}):(?:"(?P<quoted>[^"]*)"?|(?P<value>\S*))'
    r'|"(?P<phrase>[^"]*)"?|(?P<word>\S+))',
    re.IGNORECASE,
)


class _Token(NamedTuple):
    """A piece of a query as written: its value, and where the piece and its value begin."""

    key: str
    value: str
    is_negated: bool
    is_quoted: bool
    is_closed: bool
    is_unfinished: bool
    start: int
    place: int

    @classmethod
    def of(cls, found: re.Match[str], text: str, is_typing: bool) -> "_Token":
        name = next(name for name in ("quoted", "value", "phrase", "word") if found[name] is not None)
        is_quoted = name in ("quoted", "phrase")
        is_closed = is_quoted and found.end() > found.end(name)
        is_unfinished = is_typing and found.end() == len(text) and not is_closed
        key = (found["key"] or "").lower()
        is_negated = bool(found["minus"])
        return cls(key, found[name], is_negated, is_quoted, is_closed, is_unfinished, found.start(), found.start(name))

    @property
    def is_or(self) -> bool:
        return self.value == "OR" and not (self.key or self.is_quoted or self.is_negated)


def _clauses(tokens: list[_Token]) -> Iterator[Clause]:
    clause: list[Term] = []
    count = 0
    is_joined = False
    for number, token in enumerate(tokens):
        if token.is_or:
            _check_or(tokens, number)
            is_joined = True
            continue
        count += 1
        if count > MOST_TERMS:
            raise QueryError(f"a query holds at most {MOST_TERMS} terms", position=token.start, advice="leave some out")
        if clause and not is_joined:
            yield tuple(clause)
            clause = []
        is_joined = False
        if (condition := _condition(token)) is not None:
            clause.append(Term(condition, token.is_negated))
    if clause:
        yield tuple(clause)


def _check_or(tokens: list[_Token], number: int) -> None:
    token = tokens[number]
    is_last = number == len(tokens) - 1
    if number == 0 or tokens[number - 1].is_or or (is_last and not token.is_unfinished):
        advice = 'write a term on each side of it, or "OR" in quotes for the word'
        raise QueryError("OR joins two terms", position=token.start, advice=advice)


def _condition(token: _Token) -> Condition | None:
    if token.is_unfinished and _may_become_right(token):
        return None
    if not token.value and token.key:
        raise QueryError(f"{token.key}: needs a value", position=token.start, advice=f"write {_EXAMPLES[token.key]}")
    match token.key:
        case "" | "title":
            return Words(token.value, bool(token.key), token.is_unfinished)
        case "is":
            return Is(_one_of(token, STATES))
        case "topic" | "outlet" | "source":
            return Named(token.key, token.value, token.is_unfinished)
        case "after" | "before":
            return Time(">=" if token.key == "after" else "<", _day(token))
        case "since":
            return _since(token)
        case _:
            return _number(token)


_EXAMPLES = {
    "title": "title:word",
    "is": "is:unread",
    "topic": "topic:ai",
    "outlet": "outlet:cnet.com",
    "source": "source:name",
    "after": "after:2020-05-01",
    "before": "before:2020-05-01",
    "since": "since:3d (h, d, w or m)",
    "quality": "quality:>40",
    "heat": "heat:>10",
    "outlets": "outlets:>3",
    "sort": "sort:newest",
}


def _may_become_right(token: _Token) -> bool:
    value = token.value.lower()
    if token.key == "is":
        return value not in STATES and any(state.startswith(value) for state in STATES)
    if token.key == "sort":
        return value not in SORTS and any(sort.startswith(value) for sort in SORTS)
    beginning = _BEGINNINGS.get(token.key, "")
    return bool(re.fullmatch(beginning, value))


_BEGINNINGS = {
    **dict.fromkeys(TIMES, r"[0-9]{0,4}|[0-9]{4}-[0-9]?|[0-9]{4}-[0-9]{2}-[0-9]?"),
    "since": r"[0-9]{0,4}",
    **dict.fromkeys(NUMBERS, r"([<>]=?|=)?-?"),
    **dict.fromkeys((*NAMES, "title"), ""),
}
"""What a value may look like while it is being typed, before it can be understood."""


def _one_of(token: _Token, known: Iterable[str]) -> str:
    value = token.value.lower()
    if value in known:
        return value
    raise QueryError(
        f"{token.key}:{token.value} is not known", position=token.place, advice=_nearest(token.key, value, known)
    )


def _nearest(key: str, value: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # only a mistake needs it

    if near := get_close_matches(value, list(known), n=1):
        return f"did you mean {key}:{near[0]}?"
    return f"write {key}: and one of {', '.join(known)}"


def _sort(token: _Token) -> str | None:
    if token.is_negated:
        raise QueryError("an order can't be left out", position=token.start, advice="write sort:newest or sort:oldest")
    if token.is_unfinished and _may_become_right(token):
        return None
    return _one_of(token, SORTS)


def _day(token: _Token) -> int:
    if _DAY.fullmatch(token.value):
        try:
            day = datetime.fromisoformat(f"{token.value}-01-01"[:10]).replace(tzinfo=UTC)
            return int(day.timestamp())
        except ValueError:
            pass  # there is no such day
    advice = f"write a year, a month or a day: {_EXAMPLES[token.key]}"
    raise QueryError(f"{token.value} is not a day", position=token.place, advice=advice)


_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def _since(token: _Token) -> Since:
    if found := _SPAN.fullmatch(token.value.lower()):
        return Since(int(found[1]) * _SECONDS[found[2]])
    advice = "write hours, days, weeks or months: since:12h, since:3d, since:2w, since:6m"
    raise QueryError(f"{token.value} is not a span of time", position=token.place, advice=advice)


_SPAN = re.compile(r"([0-9]{1,4})([hdwm])")
_SECONDS = {"h": 3_600, "d": 86_400, "w": 7 * 86_400, "m": 30 * 86_400}


def _number(token: _Token) -> Number:
    if found := _COMPARED.fullmatch(token.value):
        comparison: Comparison = found[1] or "="  # type: ignore[assignment]  # the pattern lets no other through
        return Number(token.key, comparison, int(found[2]))
    advice = f"compare with a whole number, by >, >=, <, <= or =: {_EXAMPLES[token.key]}"
    raise QueryError(f"{token.value} is not a comparison", position=token.place, advice=advice)


_COMPARED = re.compile(r"(>=?|<=?|=)?(-?[0-9]{1,18})")
