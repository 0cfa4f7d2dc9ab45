"""A folder of documents, or one document, as a source.

Files that look as they did last time cost a stat. The others are opened so that no device, pipe or link can be in
their place, and read a batch at a time, the newest names first. What one file says keeps no other from being read.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from io import FileIO
from itertools import chain, repeat
from stat import S_ISREG

from newstui.article import Article, Batch
from newstui.errors import ParseError, Problem
from newstui.links import canonical
from newstui.sources.fields import to_article
from newstui.sources.frontmatter import DocumentError, FrontMatter, read
from newstui.sources.scan import Scan, shown, stamp

LARGEST_DOCUMENT = 2 * 1024 * 1024
DOCUMENTS_A_BATCH = (25, 100, 400)
"""The first headlines come at once; larger batches after them cost less, and no reader of the library waits long."""
REMEMBERED = 64 * 1024 * 1024
"""Bytes of related entries that one reading keeps in mind; beyond them it forgets, and parses some again."""

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


class FolderSource:
    """The documents of a folder and its subfolders, or of one file."""

    kind = "folder"

    def __init__(self, place: str, *, topic: str = "") -> None:
        self.place = place
        self._topic = topic

    async def batches(self, known: Mapping[str, str], is_known: Callable[[str], bool]) -> AsyncIterator[Batch]:
        """What is new or changed since the stamps in ``known`` were made."""
        scan = Scan(self.place)
        paths = scan.changed(known)
        if scan.problems:
            yield Batch(problems=tuple(scan.problems), total=len(paths))
        entries = _Entries()
        sizes = chain(DOCUMENTS_A_BATCH, repeat(DOCUMENTS_A_BATCH[-1]))
        end = 0
        while end < len(paths):
            start, end = end, min(end + next(sizes), len(paths))
            yield _batch(paths[start:end], entries, self._topic, end, len(paths))
            await asyncio.sleep(0)  # others share the loop


class _Entries:
    """The related entries that one reading met: their keys by their bytes, empty for what is no article."""

    def __init__(self) -> None:
        self.keys: dict[bytes, str] = {}
        self._size = 0

    def add(self, block: bytes, key: str) -> None:
        """Keep in mind what a block says."""
        self.keys[block] = key
        self._size += len(block)

    def spare(self) -> None:
        """Forget all when it has become too much."""
        if self._size > REMEMBERED:
            self.keys.clear()
            self._size = 0


def _batch(paths: list[str], entries: _Entries, topic: str, done: int, total: int) -> Batch:
    """The documents at these paths, and the reports that they list and no earlier one did."""
    documents = [_Document(path) for path in paths]
    for document in documents:
        document.read(entries, topic)
        entries.spare()
    return Batch(
        articles=tuple(document.article for document in documents if document.article),
        listed=tuple(listed for document in documents for listed in document.listed),
        related={document.key: document.related for document in documents if document.related},
        problems=tuple(problem for document in documents for problem in document.problems),
        stamps={document.path: document.stamp for document in documents if document.is_settled},
        done=done,
        total=total,
    )


class _Document:
    """One file, and all that reading it brought."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.stamp = ""
        self.article: Article | None = None
        self.key = ""
        self.listed: list[Article] = []
        self.related: tuple[str, ...] = ()
        self.problems: list[Problem] = []

    @property
    def is_settled(self) -> bool:
        """Whether it need not be read again before it changes: where there is trouble, the reader hears it again."""
        return not self.problems and self.path.isprintable()

    def read(self, entries: _Entries, topic: str) -> None:
        """Read the file; what is wrong with it becomes a problem."""
        place = shown(self.path)
        try:
            matter, body = read(self._bytes(), entries.keys)
            warnings = (*matter.warnings, *self._list(matter, entries, place))
            self.article = to_article(matter.fields, "document", place, body=body, topic=topic, warnings=warnings)
        except DocumentError as error:
            self.problems.append(Problem(place, error.line, error.what))
        except ParseError as error:
            self.problems.append(Problem(place, None, error.what))
        else:
            self.problems += (Problem(place, None, warning) for warning in self.article.warnings)
            self.key = canonical(self.article.url)
            keys = dict.fromkeys([entries.keys[block] for block in matter.related])
            self.related = tuple(key for key in keys if key and key != self.key)

    def _bytes(self) -> bytes:
        try:
            with os.fdopen(os.open(self.path, _FLAGS), "rb", buffering=0) as file:
                info = os.fstat(file.fileno())
                self.stamp = stamp(info)
                return _regular(file, info)
        except OSError as error:
            raise DocumentError(f"it can't be read: {error.strerror}") from None

    def _list(self, matter: FrontMatter, entries: _Entries, place: str) -> list[str]:
        """Take the related reports that were not met before; what to say about those that can't be used."""
        for block, said in matter.fresh.items():
            entries.add(block, self._listed_key(said, place))
        unusable = [entries.keys[block] for block in matter.related].count("")
        return [f"{unusable} of the related entries can't be used"] if unusable else []

    def _listed_key(self, said: object, place: str) -> str:
        try:
            article = to_article(said, "listed", place)
        except ParseError:
            return ""
        self.listed.append(article)
        return canonical(article.url)


def _regular(file: FileIO, info: os.stat_result) -> bytes:
    if not S_ISREG(info.st_mode):
        raise DocumentError("skipped: it is no regular file")
    if info.st_size > LARGEST_DOCUMENT:
        raise DocumentError("skipped: it is larger than 2 MiB")
    return file.read(info.st_size)
