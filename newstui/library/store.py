"""A connection to a library file: transactions, one lock, and sqlite's errors in words for a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from newstui.errors import LibraryError

if TYPE_CHECKING:
    from newstui.library.grouping import Grouping

BUSY_SECONDS = 5.0
LOG_PAGES = 4_000
"""How long the write-ahead log grows (16 MB) before it is worked in: a first reading changes the same pages often."""


class Store(sqlite3.Connection):
    """A connection that threads may share, when each takes ``reading()`` or ``writing()`` around what it does."""

    path: Path | None
    entries = 0
    """How often stories were put into topics through this connection."""
    removals = 0
    """How often articles were removed through it."""
    grouping: "Grouping | None" = None
    """What finds the stories of newcomers, while what it holds is what the library holds."""

    def __init__(self, database: str, path: Path | None) -> None:
        super().__init__(
            database,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            uri=True,
        )
        self.path = path
        self._lock = RLock()
        self._is_durable = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep other threads off the connection meanwhile, and explain what goes wrong."""
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise explained(error, self.path) from error

    @contextmanager
    def writing(self, *, is_durable: bool = False) -> Iterator[None]:
        """One transaction; ``is_durable`` has it on the disk before it is over, as what the reader did must be."""
        with self.reading():
            self._choose_durability(is_durable)
            self.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                self.grouping = None
                if self.in_transaction:
                    with suppress(sqlite3.Error):
                        self.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Let go of the file, once no other thread is at work; one that comes later has a LibraryError."""
        with self._lock:
            super().close()

    def value(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:
        """The first column of the first row, None when there is no row."""
        row = self.execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def _choose_durability(self, is_durable: bool) -> None:
        if is_durable != self._is_durable:
            self.execute(f"PRAGMA synchronous={'FULL' if is_durable else 'NORMAL'}")
            self._is_durable = is_durable


def connect(path: Path | None, *, options: str = "") -> Store:
    """Connect to the file, or to a new library in memory, with the safety that every connection gets."""
    database = ":memory:" if path is None else f"{path.absolute().as_uri()}{options}"
    try:
        store = Store(database, path)
    except sqlite3.Error as error:
        raise explained(error, path) from error
    try:
        _make_safe(store)
    except LibraryError:
        store.close()
        raise
    return store


def _make_safe(store: Store) -> None:
    store.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    with store.reading():
        for setting in _SETTINGS:
            store.execute(f"PRAGMA {setting}")


_SETTINGS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "synchronous=NORMAL",
    "temp_store=MEMORY",
    f"wal_autocheckpoint={LOG_PAGES}",
    "cache_size=-500",  # half a MiB: the system keeps the file's pages at hand as well
)


_LOCKED = ("the library is locked by another program", "wait for it to end, then try again")
_DAMAGED = ("the library is damaged", "put a backup in its place, or move it aside and start anew")
_READ_ONLY = ("the library can't be written to", "make it and its folder writable, or choose another with --library")
_ADVICE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space, then try again; what was there before is kept"),
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ("the library can't be opened", "see that its folder is there and may be used"),
    sqlite3.SQLITE_IOERR: ("the disk under the library failed", "check the disk, then try again"),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def explained(error: sqlite3.Error, path: Path | None) -> LibraryError:
    """What sqlite says, with what a person can do about it."""
    unknown = (f"the library failed: {error}", "please report this")
    what, advice = _ADVICE.get(code(error), unknown)
    return LibraryError(what, where=str(path or "in memory"), advice=advice)


def code(error: BaseException | None) -> int:
    """The primary result code of an sqlite error, 0 when it is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
