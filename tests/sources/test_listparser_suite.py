"""listparser's own cases of OPML, each with what it should give written in a comment at its top.

What the cases say of feeds, folders, lists and pages is asked of what newstui reads and of what it tells the reader.
Three things are not newstui's: who made a list and when, which version it says it is of, and that a date is wrong.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from newstui.errors import ParseError
from newstui.sources import opml
from newstui.sources.lists import Subscriptions

NOT_OURS = {"result['meta']": 26, "result['version']": 5, "result['bozo'] == 1": 2}
"""What the cases expect and newstui does not keep, and how often."""


class Case(NamedTuple):
    """A list, and what should be true of it."""

    name: str
    body: bytes
    expectations: list[str]


@pytest.fixture
def cases(shared: Path) -> list[Case]:
    """The well-formed lists in OPML."""
    folder = shared / "suites" / "listparser-opml" / "tests" / "files" / "opml"
    return [_case(path, folder) for path in sorted(folder.rglob("*.xml"))]


def _case(path: Path, folder: Path) -> Case:
    return Case(
        str(path.relative_to(folder)),
        body := path.read_bytes(),
        re.findall(r"^ *Eval: (.*)$", body.decode(), re.MULTILINE),
    )


def is_ours(expectation: str) -> bool:
    return not any(part in expectation for part in NOT_OURS)


def test_every_list_gives_what_it_should(cases: list[Case]) -> None:
    results = {case.name: as_listparser_says(opml.read(case.body)) for case in cases}
    unmet = [
        f"{case.name}: {expectation}"
        for case in cases
        for expectation in filter(is_ours, case.expectations)
        if not value(ast.parse(expectation, mode="eval").body, results[case.name])
    ]
    assert unmet == []


def test_only_what_is_said_of_a_list_itself_is_not_ours(cases: list[Case]) -> None:
    expectations = [expectation for case in cases for expectation in case.expectations]
    counted = Counter(part for part in NOT_OURS for expectation in expectations if part in expectation)
    assert (len(cases), len(expectations), counted) == (74, 207, NOT_OURS)


def test_a_list_that_is_written_and_read_again_is_the_same(cases: list[Case]) -> None:
    for case in cases:
        entries = [entry._replace(line=None) for entry in opml.read(case.body).entries]
        again = opml.read(opml.written(entries, 0))
        assert [entry._replace(line=None) for entry in again.entries] == entries
        assert (again.problems, again.remarks) == ((), ())


def test_other_formats_and_what_is_malformed_are_refused_in_words(shared: Path) -> None:
    files = shared / "suites" / "listparser-opml" / "tests" / "files"
    others = [path for path in sorted(files.rglob("*.xml")) if path.relative_to(files).parts[0] != "opml"]
    assert len(others) == 36
    for path in others:
        with pytest.raises(ParseError, match=r"this is no OPML|this is not well-formed XML") as refused:
            opml.read(path.read_bytes(), path.name)
        assert refused.value.where.startswith(f"{path.name}:")


def as_listparser_says(read: Subscriptions) -> dict[str, Any]:
    """What newstui read and told, in the shape of listparser's results: the first of a feed's folders is kept, and a
    remark names the others."""
    return {
        "bozo": 0,
        "feeds": [
            {"url": entry.place, "title": entry.name} | _filed([entry.folders, *_told_folders(read, entry.name)])
            for entry in read.entries
        ],
        "lists": list(_told(read, r"(.*): what a list refers to is not read \((?!nowhere)(.*)\)")),
        "opportunities": list(
            _told(read, r"(.*): it has no feed, only a page \((.*)\); newstui add looks for one there")
        ),
    }


def _filed(folders: list[tuple[str, ...]]) -> dict[str, Any]:
    categories = [list(path) for path in folders if path]
    return {"categories": categories, "tags": [path[0] for path in categories if len(path) == 1]}


def _told_folders(read: Subscriptions, name: str) -> Iterator[tuple[str, ...]]:
    for remark in read.remarks:
        if told := re.fullmatch(rf"{name} is kept in .*, and not in (.*) as well", remark.reason):
            yield from (tuple(path.split("/")) for path in told[1].split(", "))


def _told(read: Subscriptions, pattern: str) -> Iterator[dict[str, str]]:
    for problem in read.problems:
        if told := re.fullmatch(pattern, problem.reason):
            yield {"title": told[1], "url": told[2]}


def value(node: ast.expr, result: dict[str, Any]) -> Any:
    """What an expression of the cases is worth: the few forms that they use, and nothing that runs."""
    match node:
        case ast.Name("result"):
            return result
        case ast.Constant(constant):
            return constant
        case ast.List(elements):
            return [value(element, result) for element in elements]
        case ast.Subscript(holder, key):
            return value(holder, result)[value(key, result)]
        case ast.Call(ast.Name("len"), [counted]):
            return len(value(counted, result))
        case ast.Compare(left, [ast.Eq()], [right]):
            return value(left, result) == value(right, result)
        case ast.Compare(left, [ast.In()], [right]):
            return value(left, result) in value(right, result)
    raise AssertionError(f"no case used to say {ast.unparse(node)}")
