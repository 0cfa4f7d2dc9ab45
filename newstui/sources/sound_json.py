"""JSON from outside, which may be anything: of a sane depth, without numbers that nothing can hold."""

import json
from collections.abc import Iterable
from typing import Any

from newstui.errors import ParseError
from newstui.text import line

DEEPEST = 64
MOST_DIGITS = 18


def parse_json(body: bytes, where: str, *, advice: str = "") -> Any:
    """What JSON says, if it is JSON of a sane size and depth; else ParseError with this advice."""
    try:
        said = json.loads(body, parse_constant=_no_constant, parse_int=_few_digits)
    except (ValueError, RecursionError) as error:
        what = "this is a web page" if body.lstrip()[:1] == b"<" else f"this is not JSON: {line(str(error), 100)}"
        raise ParseError(what, where=where, advice=advice) from None
    if _is_deeper(said, DEEPEST):
        raise ParseError(f"the JSON is nested deeper than {DEEPEST}", where=where)
    return said


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _few_digits(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise ValueError(f"a number of more than {MOST_DIGITS} digits")
    return int(digits)


def _is_deeper(value: object, most: int) -> bool:
    """Whether lists lie in lists more than ``most`` deep, found level by level since Python's stack is not."""
    level = [value]
    for _ in range(most + 1):
        level = [holder for holder in level if isinstance(holder, dict | list)]
        if not level:
            return False
        level = [inner for holder in level for inner in _contents(holder)]
    return True


def _contents(holder: Any) -> Iterable[object]:
    return holder.values() if isinstance(holder, dict) else holder
