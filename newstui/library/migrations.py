"""Bring a library of any earlier version up to this one, or make a new one."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from newstui.errors import LibraryError
from newstui.library.schema import APPLICATION_ID, FEEDS, STORIES, TABLES
from newstui.library.store import Store

STEPS = (TABLES, STORIES, FEEDS)
"""What leads from each version to the next, the first from nothing to version 1: add, never change."""


def bring_up(store: Store, steps: Sequence[str] = STEPS) -> None:
    """Take every step that the library has not taken, with a backup before the first.

    A new library takes all of them in one transaction: no other process ever sees it half made.
    """
    with store.reading():
        version = store.value("PRAGMA user_version")
    refuse_newer(version, store.path, len(steps))
    if version == 0:
        _take(store, steps, range(1, len(steps) + 1))
        return
    if version < len(steps):
        _back_up(store, version)
    for target in range(version + 1, len(steps) + 1):
        _take(store, steps, [target])


def refuse_newer(version: int, path: Path | None, known: int = len(STEPS)) -> None:
    """Raise LibraryError when a library was written by a newstui that knows more."""
    if version > known:
        advice = "use the newer newstui, or choose another file with --library"
        raise LibraryError("this library is from a newer newstui", where=str(path or "in memory"), advice=advice)


def _take(store: Store, steps: Sequence[str], targets: Iterable[int]) -> None:
    """Take the steps to these versions in one transaction, as far as no other process was faster."""
    store.create_function("house", 2, _house, deterministic=True)
    with store.writing(is_durable=True):
        for target in targets:
            if store.value("PRAGMA user_version") < target:
                _step(store, steps[target - 1], target)


def _step(store: Store, script: str, target: int) -> None:
    for statement in _statements(script):
        store.execute(statement)
    store.execute(f"PRAGMA application_id={APPLICATION_ID}")
    store.execute(f"PRAGMA user_version={target}")


def _house(name: str, domain: str) -> str:
    from newstui.coverage.outlets import house

    return house(name, domain)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _back_up(store: Store, version: int) -> None:
    """Copy the library as it is in this version to a file beside it, which no half copy ever replaces."""
    if store.path is None:
        return
    backup = _backup_path(store.path, version)
    half = _private_file(backup)
    try:
        with store.reading(), closing(sqlite3.connect(half)) as copy:
            store.backup(copy)
            is_of_version = copy.execute("PRAGMA user_version").fetchone() == (version,)
        if is_of_version:  # else another process took the step meanwhile, and has made the backup
            half.replace(backup)
    finally:
        half.unlink(missing_ok=True)


def _private_file(beside: Path) -> Path:
    """A new file that no other process has, and nobody else may read."""
    from tempfile import mkstemp

    try:
        descriptor, name = mkstemp(prefix=f"{beside.name}.", dir=beside.parent)
    except OSError as error:
        what = "the library is of an older newstui, and no backup of it can be made"
        raise LibraryError(what, where=str(beside.parent), advice=error.strerror or str(error)) from error
    os.close(descriptor)
    return Path(name)


def _backup_path(path: Path, version: int) -> Path:
    return path.with_name(f"{path.name}.version-{version}")
