"""YAML as plain texts, lists and dicts, from the events of the C parser: nothing in it is built, followed or obeyed.

A loader's own composer recurses in C, and 25 KB of brackets end the process; here depth is counted.
"""

from collections.abc import Callable
from typing import Any

from yaml.cyaml import CSafeLoader
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from newstui.errors import ParseError
from newstui.sources.yaml_lines import plain_values

DEEPEST = 16

Value = str | list["Value"] | dict[str, "Value"] | None
"""What YAML says: every scalar is a text as written, except a plain null."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NextEvent = Callable[[], Any]


class YamlError(ParseError):
    """YAML that can't be read, or that means more than plain values; ``line`` counts from 1."""

    def __init__(self, what: str, line: int | None) -> None:
        super().__init__(what, where="" if line is None else f"line {line}")
        self.line = line


class UnreadableCharacter(YamlError):
    """A byte or character that no YAML may hold."""


def values(text: bytes, depth: int = 0) -> Value:
    """What one YAML document says; ``depth`` is how deep it lies in a larger one."""
    try:
        plain = plain_values(text.decode())
    except UnicodeDecodeError:
        plain = None
    return parsed(text, depth) if plain is None else plain


def parsed(text: bytes, depth: int = 0) -> Value:
    """The same by the YAML parser alone."""
    try:
        return _document(CSafeLoader(text).get_event, depth)
    except ReaderError as error:
        raise UnreadableCharacter(f"a character that no text may hold: {error.reason}", None) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise YamlError(f"not valid YAML: {error.problem}", mark.line + 1 if mark else None) from None
    except YAMLError as error:
        raise YamlError(f"not valid YAML: {error}", None) from None


def _document(next_event: _NextEvent, depth: int) -> Value:
    next_event()  # the stream starts
    start = next_event()
    if start.__class__ is StreamEndEvent:
        return None
    value = _value(next_event(), next_event, depth)
    end = next_event()
    if start.explicit or end.explicit or next_event().__class__ is not StreamEndEvent:
        raise _error("a mark of a further YAML document", end)
    return value


def _value(event: Any, next_event: _NextEvent, depth: int) -> Value:
    kind = event.__class__
    if kind is ScalarEvent and event.anchor is None:
        return None if event.value in _NULLS and event.implicit[0] else str(event.value)
    if depth >= DEEPEST:
        raise _error(f"lists nested deeper than {DEEPEST}", event)
    if kind is MappingStartEvent and event.anchor is None:
        return _mapping(next_event, depth + 1)
    if kind is SequenceStartEvent and event.anchor is None:
        return _sequence(next_event, depth + 1)
    raise _error("YAML anchors and aliases are not followed", event)


def _mapping(next_event: _NextEvent, depth: int) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    while (event := next_event()).__class__ is ScalarEvent and event.anchor is None:
        fields[event.value] = _value(next_event(), next_event, depth)
    if event.__class__ is not MappingEndEvent:
        raise _error("a key that is not a plain text", event)
    return fields


def _sequence(next_event: _NextEvent, depth: int) -> list[Value]:
    entries: list[Value] = []
    while (event := next_event()).__class__ is not SequenceEndEvent:
        entries.append(_value(event, next_event, depth))
    return entries


def _error(what: str, event: Any) -> YamlError:
    return YamlError(what, event.start_mark.line + 1)
