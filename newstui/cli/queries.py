"""The query of a command line: made of its words, and pointed into where it is wrong."""

import re
import sys
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from newstui.cli.output import fit
from newstui.errors import QueryError
from newstui.query import Query, parse

SHOWN_BEFORE, SHOWN_AFTER = 40, 30
"""Characters of a long query that are shown around a mistake."""


def query_of(words: Sequence[str]) -> Query:
    """The query that these arguments make. QueryError, with the place of the mistake shown on standard error."""
    text = query_text(words)
    try:
        return parse(text)
    except QueryError as error:
        for line in pointing(text, error.position):
            print(fit(line), file=sys.stderr)
        raise


def query_text(words: Sequence[str]) -> str:
    """One argument is a query as it is; of several, one with a space is a phrase that lost its quotes to the shell."""
    return words[0] if len(words) == 1 else " ".join(map(_with_quotes, words))


_PHRASE = re.compile(r'(-?(?:(?:title|topic|outlet|source):)?)([^\s":-][^"]*\s[^"]*)', re.IGNORECASE)
_TERM = re.compile(r"(?:^|\s)(?:-|OR\s|\w+:)")


def _with_quotes(word: str) -> str:
    found = _PHRASE.fullmatch(word)
    return f'{found[1]}"{found[2].strip()}"' if found and not _TERM.search(found[2]) else word


def pointing(text: str, position: int) -> list[str]:
    """The query around a mistake, and below it a caret."""
    start, end = max(0, position - SHOWN_BEFORE), position + SHOWN_AFTER
    before, after = (" ".join(part.split("\n")) for part in (text[start:position], text[position:end]))
    before = f"…{before}" if start else before
    return [f"  {before}{after}{'…' if end < len(text) else ''}", f"  {' ' * _cells(before)}^"]


def _cells(text: str) -> int:
    return sum(1 + (east_asian_width(character) in "FW") for character in text if not combining(character))
