"""Bring a library of any earlier version up to this one, or make a new one."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from newstui.errors import LibraryError
from newstui.library.schema import APPLICATION_ID, STORIES, TABLES
from newstui.library.store import Store

STEPS = (TABLES, STORIES)
"""What leads from each version to the next, the first from nothing to version 1: add, never change."""


def bring_up(store: Store, steps: Sequence[str] = STEPS) -> None:
    """Take every step that the library has not taken, each in one transaction, with a backup before the first."""
    with store.reading():
        version = store.value("PRAGMA user_version")
    refuse_newer(version, store.path, len(steps))
    if 0 < version < len(steps):
        _back_up(store, version)
    for target in range(version + 1, len(steps) + 1):
        _step(store, steps[target - 1], target)


def refuse_newer(version: int, path: Path | None, known: int = len(STEPS)) -> None:
    """Raise LibraryError when a library was written by a newstui that knows more."""
    if version > known:
        advice = "use the newer newstui, or choose another file with --library"
        raise LibraryError("this library is from a newer newstui", where=str(path or "in memory"), advice=advice)


def _step(store: Store, script: str, target: int) -> None:
    store.create_function("house", 2, _house, deterministic=True)
    with store.writing(is_durable=True):
        if store.value("PRAGMA user_version") >= target:
            return  # another process was faster
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
    if store.path is None:
        return
    backup = _backup_path(store.path, version)
    backup.unlink(missing_ok=True)
    backup.touch(mode=0o600)
    with store.reading(), closing(sqlite3.connect(backup)) as copy:
        store.backup(copy)


def _backup_path(path: Path, version: int) -> Path:
    return path.with_name(f"{path.name}.version-{version}")
