"""The plain lines that nearly all front matter is made of, read without a YAML parser.

Only lines whose meaning is beyond doubt are read: ``key:``, ``key: value``, ``- value`` and ``- key: value``, each at
the column of its list, with a value between double quotes with common escapes at most, or a plain one that starts with
a letter or figure. For anything else the answer is None, and the parser of ``yaml_values`` decides, in three times as
long. Tests show on every document of a real collection and on odd YAML that the two agree.
"""

import re
from typing import Any

_LINE = re.compile(
    r"( *)(- )?"
    r"(?:([A-Za-z]\w{0,99}):(?: |(?=\n)))?"
    r"""(?:("[^"\\\0-\x1f\x7f]*(?:\\["\\nr][^"\\\0-\x1f\x7f]*)*")|(-?[A-Za-z0-9][^\0-\x1f\x7f]*)|)\n"""
    r"|(.)"
)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "r": "\r"}
_NULLS = frozenset(("null", "Null", "NULL"))
_DEEPEST = 8


def plain_values(text: str) -> Any:
    """What the lines say, as ``yaml_values.parsed`` would tell it, or None where they are not plain."""
    if not text.isascii() and not text.replace("\n", " ").isprintable():
        return None
    return _built(_LINE.findall(text))


def _built(lines: list[tuple[str, str, str, str, str, str]]) -> Any:
    """One loop, for this is where a first reading spends its time: ``opened`` are the lists around a line."""
    root: dict[str, Any] = {"": None}
    columns: list[int] = [-1]
    opened: list[Any] = [root]
    key = ""  # the last one, whose value is still to come when it is waiting
    is_waiting = True
    for indent, dash, next_key, quoted, plain, odd in lines:
        if not (dash or next_key or quoted or plain or odd):
            continue
        column = len(indent)
        if is_waiting and column > columns[-1]:
            opened.append([] if dash else {})
            opened[-2][key] = opened[-1]
            columns.append(column)
        while columns[-1] > column:
            columns.pop()
            opened.pop()
        holder = opened[-1]
        if odd or columns[-1] != column or len(columns) > _DEEPEST or holder.__class__ is not (list if dash else dict):
            return None
        if not next_key and (not dash or not (quoted or plain)):
            return None
        if plain and (": " in plain or " #" in plain or plain[-1] in " :"):
            return None
        key, is_waiting = next_key, not (quoted or plain)
        value = _unquoted(quoted) if quoted else None if is_waiting or plain in _NULLS else plain
        if not key:
            opened[-1].append(value)
            continue
        if dash:
            opened.append({})
            columns.append(column + 2)
            opened[-2].append(opened[-1])
        opened[-1][key] = value
    return root[""]


def _unquoted(quoted: str) -> str:
    if "\\" in quoted:
        quoted = _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], quoted)
    return quoted[1:-1]
