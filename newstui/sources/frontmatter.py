"""The front matter of a document: where it begins and ends, and what its YAML says.

The list ``related`` is most of a document, and its entries are repeated word for word from document to document. So
the YAML is cut at its column-0 keys, and a related entry is parsed only when its bytes were not met before. A cut says
the same as a whole parse because each piece must be complete by itself: a scalar or a bracket that runs over a cut
leaves a piece that doesn't parse. On any doubt the whole is parsed.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import TypeVar

from newstui.errors import ParseError
from newstui.sources.yaml_values import UnreadableCharacter, Value, YamlError, parsed, values
from newstui.text import clean

LARGEST_FRONT = 1024 * 1024
LARGEST_HEAD = 64 * 1024
LARGEST_ENTRY = 32 * 1024
MOST_RELATED = 500


class DocumentError(ParseError):
    """A document that can't be read; ``line`` counts from 1, None when the reason is no one line."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what, where="" if line is None else f"line {line}")
        self.line = line


@dataclass(slots=True)
class FrontMatter:
    """What the YAML of one document says.

    ``related`` names its entries by their bytes; ``fresh`` holds what those say that were not known before.
    """

    fields: dict[str, Value]
    related: list[bytes] = field(default_factory=list)
    fresh: dict[bytes, Value] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read(data: bytes, known: Container[bytes] = ()) -> tuple[FrontMatter, str]:
    """The front matter of a document and the Markdown below it; ``known`` are entries that need no parsing."""
    front, body = split(data)
    try:
        matter = _matter(front, known)
    except YamlError as error:
        raise DocumentError(error.what, error.line and error.line + 1) from None
    return matter, body.decode(errors="replace").strip()


def _matter(front: bytes, known: Container[bytes]) -> FrontMatter:
    try:
        return cut(front, known) or whole(front)
    except UnreadableCharacter:
        matter = whole(_readable(front))
    matter.warnings.append("characters that no text may hold were left out")
    return matter


def _readable(front: bytes) -> bytes:
    return _UNREADABLE.sub("", clean(front.decode(errors="replace"))).encode()


_UNREADABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What libyaml refuses in any place."""


def split(data: bytes) -> tuple[bytes, bytes]:
    """The YAML between the two marks, and the body."""
    if not data or data.isspace():
        raise DocumentError("the file is empty")
    if b"\0" in data:
        raise DocumentError("the file is not text")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not (opening := _MARK.match(data)):
        raise DocumentError("there is no front matter: the first line is not ---", 1)
    return _up_to_closing(data, opening.end())


_MARK = re.compile(rb"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(rb"\n---[ \t]*(?:\n|\Z)")


def _up_to_closing(data: bytes, start: int) -> tuple[bytes, bytes]:
    at, closing = start - 1, None
    while closing is None and (at := data.find(b"\n---", at)) >= 0:  # a search for the pattern itself takes long
        closing = _CLOSING.match(data, at)
        at += 1
    if closing is None:
        raise DocumentError("the front matter has no end: no second line is ---", 1)
    if closing.start() - start >= LARGEST_FRONT:
        raise DocumentError("the front matter is larger than 1 MiB", 1)
    return data[start : closing.start() + 1], data[closing.end() :]


def whole(front: bytes) -> FrontMatter:
    """What the YAML says, parsed in one piece; raises YamlError."""
    fields = parsed(front)
    if not isinstance(fields, dict | None):
        raise YamlError("the front matter is not keys and values", 1)
    return _keyed(fields or {})


def _keyed(fields: dict[str, Value]) -> FrontMatter:
    fields.pop("secured", None)
    entries = fields.pop("related", None)
    matter = FrontMatter(fields)
    if isinstance(entries, list):
        kept = _first(entries, matter)
        matter.related = [b"\0" + repr(entry).encode(errors="replace") for entry in kept]
        matter.fresh = dict(zip(matter.related, kept, strict=True))
    elif entries:
        matter.warnings.append("related is not a list")
    return matter


def cut(front: bytes, known: Container[bytes] = ()) -> FrontMatter | None:
    """What the YAML says, parsed in pieces, or None where only the whole can tell."""
    if b"\t" in front or front.startswith(b"related:"):
        return None
    try:
        return _pieces(front, known)
    except (YamlError, _Doubt):
        return None


class _Doubt(Exception):
    """The cut may be mistaken."""


def _pieces(front: bytes, known: Container[bytes]) -> FrontMatter:
    start = front.find(b"\nrelated:\n") + 1
    if not start:
        return _keyed(_head(front))
    end = _end_of_list(front, start + len(b"related:"))
    matter = FrontMatter(_head(front[:start], front[end:]))
    if "related" in matter.fields:
        raise _Doubt
    start += len(b"related:\n")
    while end > start and front[end - 1 : end] == b"\n":
        end -= 1
    if end > start:
        _list(matter, front, start, end, known)
    return matter


def _end_of_list(front: bytes, start: int) -> int:
    """Where the next key at column 0 begins. Often that is the last line, and nothing before need be searched: were
    there another key, the entry that it would end up in doesn't parse."""
    last = front.rfind(b"\nsecured: ", start) + 1
    if last and _SECURED.fullmatch(front, last):
        return last
    following = _KEY_LINE.search(front, start)
    return following.end() if following else len(front)


_KEY_LINE = re.compile(rb"\n(?=[^ \n])")
_KEY = re.compile(rb"\n*[A-Za-z][A-Za-z0-9_-]*:[ \n]")
_SECURED = re.compile(rb'^secured: "[A-Za-z0-9+/=;]*"\n', re.MULTILINE)


def _head(*parts: bytes) -> dict[str, Value]:
    pieces = [piece for part in parts for piece in _without_secured(part) if piece and not piece.isspace()]
    if sum(map(len, pieces)) > LARGEST_HEAD:
        raise DocumentError("the front matter without its related list is larger than 64 KiB", 1)
    fields: dict[str, Value] = {}
    for piece in pieces:
        said = values(piece) if _KEY.match(piece) else None
        if not isinstance(said, dict):
            raise _Doubt
        fields.update(said)
    fields.pop("secured", None)
    return fields


def _without_secured(part: bytes) -> list[bytes]:
    return _SECURED.split(part) if b"secured: " in part else [part]


def _list(matter: FrontMatter, front: bytes, start: int, end: int, known: Container[bytes]) -> None:
    """The entries between two places, which is nearly all of a file: copied once, as entries."""
    if not (opening := _FIRST_ENTRY.match(front, start, end)):
        raise _Doubt
    mark = opening[0]
    prefix = b"" if mark == b"  - " else mark + b"\0"  # the same bytes mean another thing in another column
    blocks = _first(front[opening.end() : end].split(b"\n" + mark), matter)
    matter.related = [prefix + block for block in blocks] if prefix else blocks
    for block in dict.fromkeys(blocks):
        if prefix + block not in known:
            matter.fresh[prefix + block] = _entry(mark, block)


_FIRST_ENTRY = re.compile(rb" +- ")
_KEEPING = re.compile(rb"[|>][0-9]?\+")
"""A block text whose last line ends are part of it; the cut does not know how many there were."""


def _entry(mark: bytes, block: bytes) -> Value:
    if len(block) > LARGEST_ENTRY:
        return None
    if b"+" in block and _KEEPING.search(block):
        raise _Doubt
    entries = values(mark + block + b"\n", depth=1)
    if not isinstance(entries, list) or len(entries) != 1:
        raise _Doubt
    return entries[0]


_Entry = TypeVar("_Entry")


def _first(entries: list[_Entry], matter: FrontMatter) -> list[_Entry]:
    if len(entries) > MOST_RELATED:
        matter.warnings.append(f"only the first {MOST_RELATED} related entries are kept")
    return entries[:MOST_RELATED]
