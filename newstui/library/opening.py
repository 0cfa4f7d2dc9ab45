"""Open a library file, make a new one, or refuse politely what is not one: nothing refused is touched."""

import sqlite3
import stat
from pathlib import Path

from newstui.errors import LibraryError
from newstui.library.migrations import STEPS, bring_up, refuse_newer
from newstui.library.schema import APPLICATION_ID
from newstui.library.store import Store, code, connect

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\0"
_MOST_TRIES = 100


def open_store(path: Path | None) -> Store:
    """Connect to the library in this file, made if need be and brought up to this version; None is one in memory."""
    if path is None:
        store = connect(None)
        bring_up(store)
        return store
    try:
        _prepare(path)
    except OSError as error:
        raise LibraryError(
            "the library can't be opened", where=str(path), advice=error.strerror or str(error)
        ) from error
    return _connected(path)


def reopen(path: Path) -> Store:
    """Another connection to a library that is open already."""
    try:
        return connect(path)
    except LibraryError as error:
        return _read_only_after(error, path)


def _prepare(path: Path) -> None:
    """See that there is a library, or a private empty file to make one in."""
    if path.exists():
        _require_library(path)
        return
    if not path.parent.exists():
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)


def _require_library(path: Path) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise LibraryError("this is not a file", where=str(path), advice="name a library file with --library")
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header:
        return
    if not header.startswith(_MAGIC):
        raise _not_a_library(path)
    if _number(header, 68) == APPLICATION_ID and 0 < _number(header, 60) <= len(STEPS):
        return
    _require_known_version(path)  # the header may be behind the write-ahead log


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def _require_known_version(path: Path) -> None:
    store = _connect_read_only(path)
    try:
        with store.reading():
            application, version = store.value("PRAGMA application_id"), store.value("PRAGMA user_version")
            is_empty = store.value("SELECT 1 FROM sqlite_schema") is None
    finally:
        store.close()
    if application != APPLICATION_ID and not (application == 0 and is_empty):
        raise _not_a_library(path)
    refuse_newer(version, path)


def _not_a_library(path: Path) -> LibraryError:
    return LibraryError(
        "this is not a newstui library, or it is damaged",
        where=str(path),
        advice="choose another file with --library, or move this one aside",
    )


def _connected(path: Path) -> Store:
    try:
        store = connect(path)
    except LibraryError as error:
        return _read_only_after(error, path)
    try:
        bring_up(store)
        _write_ahead(store)
    except LibraryError as error:
        store.close()
        return _read_only_after(error, path)
    return store


def _write_ahead(store: Store) -> None:
    """Have readers and a writer side by side; the change itself doesn't wait for others who make it, so ask again."""
    for _ in range(_MOST_TRIES):
        try:
            with store.reading():
                store.execute("PRAGMA journal_mode=WAL")
        except LibraryError as error:
            if code(error.__cause__) != sqlite3.SQLITE_BUSY:
                raise
            with store.writing():
                pass  # waits for its turn
        else:
            break


def _read_only_after(error: LibraryError, path: Path) -> Store:
    """Connect where nothing may be written; any other error goes on."""
    if code(error.__cause__) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        raise error
    store = _connect_read_only(path)
    try:
        bring_up(store)
    except LibraryError:
        store.close()
        raise
    return store


def _connect_read_only(path: Path) -> Store:
    """Connect without making even the files that a write-ahead log needs, unless a log is there."""
    log = path.with_name(f"{path.name}-wal")
    is_logged = log.exists() and log.stat().st_size > 0
    return connect(path, options="?mode=ro" if is_logged else "?immutable=1")
