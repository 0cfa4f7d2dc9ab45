"""feedparser's own test files: what each was served with, and the claims that it makes about what is in it.

A claim is part of a Python expression, which is taken apart as a tree and never run.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

ABSENT = object()
"""What a path is said to be that must not be there."""


class Claim(NamedTuple):
    """That what stands at a path, as ``("entries", 0, "title")``, is ``value``."""

    path: tuple[str | int, ...]
    value: object

    @property
    def name(self) -> str:
        """The path without its numbers: ``entries.title``."""
        return ".".join(part for part in self.path if isinstance(part, str))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the path."""
        return tuple(part for part in self.path if isinstance(part, int))


class Case(NamedTuple):
    """A file of the suite."""

    name: str
    body: bytes
    about: dict[str, str]
    claims: tuple[Claim, ...]


def cases(folder: Path) -> Iterator[Case]:
    """All files below a folder."""
    tests = next(parent for parent in (folder, *folder.parents) if parent.name == "tests")
    for path in sorted(folder.rglob("*.*")):
        yield _case(path, str(path.relative_to(tests)))


def _case(path: Path, name: str) -> Case:
    body = path.read_bytes()
    text = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    said = re.search(r"Expect:\s*(.+)", text)
    served = {key.lower(): value for key, value in re.findall(r"Header:\s+([\w-]+): *(.*?)\s*$", text, re.MULTILINE)}
    about = {
        "url": _location(f"http://127.0.0.1:8097/{name}", served.get("content-location", "")),
        "content_type": served.get("content-type", ""),
    }
    return Case(name, body, about, tuple(_claims(said[1])) if said else ())


def _location(url: str, said: str) -> str:
    """Where a file is served, as a client would say it."""
    location = urljoin(url, said)
    return location if location.startswith("http") else url


def _claims(said: str) -> Iterator[Claim]:
    """What an expression claims. What it says in another way becomes a claim about itself."""
    try:
        tree = ast.parse(said.strip().encode("latin-1", "replace").decode("utf-8", "replace"), mode="eval")
    except SyntaxError:
        yield Claim((said,), None)
        return
    for part in _parts(tree.body):
        if not isinstance(part, ast.Constant) and "bozo" not in (words := ast.unparse(part)).split():
            yield from _said(part) or [Claim((words,), None)]


def _parts(tree: ast.expr) -> Iterator[ast.expr]:
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for value in tree.values:
            yield from _parts(value)
    else:
        yield tree


def _said(part: ast.expr) -> list[Claim]:
    match part:
        case ast.Compare(first, [ast.Eq(), ast.Eq()], [second, value]):
            return [Claim(_path(held), _value(value)) for held in (first, second)]
        case ast.UnaryOp(ast.Not(), ast.Call(ast.Attribute(held, "has_key"), [ast.Constant(str(key))])):
            return [Claim((*_path(held), key), ABSENT)]
        case ast.UnaryOp(ast.Not(), held):
            return [Claim(_path(held), False)]
        case ast.Compare(ast.Constant(str(key)), [ast.NotIn()], [held]):
            return [Claim((*_path(held), key), ABSENT)]
        case ast.Compare(ast.Call(ast.Name("len"), [held]), [ast.Eq()], [ast.Constant(number)]):
            return [Claim((*_path(held), "len"), number)]
        case ast.Compare(held, [ast.Eq() | ast.Is()], [value]) if path := _path(held):
            return [Claim(path, _value(value))]
        case _:
            return [Claim(path, True)] if (path := _path(part)) else []


def _path(tree: ast.expr) -> tuple[str | int, ...]:
    match tree:
        case ast.Name(name):
            return (name,)
        case ast.Attribute(held, name):
            return (*_path(held), name)
        case ast.Subscript(held, ast.Constant(str() | int() as key)):
            return (*_path(held), key)
    return ()


def _value(tree: ast.expr) -> object:
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add):
        return f"{_value(tree.left)}{_value(tree.right)}"
    try:
        return ast.literal_eval(tree)
    except ValueError:  # it is written with a call, as u'…'.encode() or dict() are
        return ast.unparse(tree)
