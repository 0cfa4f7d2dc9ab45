"""Which documents of a folder have changed, at the cost of a scandir and a stat for each."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from newstui.errors import Problem, SourceError
from newstui.text import clean

_DOCUMENTS = (".md", ".markdown", ".MD", ".MARKDOWN")


def stamp(info: os.stat_result) -> str:
    """What a file looks like from outside; it changes when the file does."""
    return f"{info.st_mtime_ns} {info.st_size}"


def shown(path: str) -> str:
    """A path that can be printed and kept, whatever its name is."""
    return path if path.isprintable() else clean(path).replace("\n", " ")


class Scan:
    """One look over a folder, or at one file; ``problems`` are documents that can't be read where they are."""

    def __init__(self, place: str) -> None:
        self.problems: list[Problem] = []
        self._root = Path(place).resolve()

    def changed(self, known: Mapping[str, str]) -> list[str]:
        """The documents whose stamp is not the known one, newest names first."""
        if not self._root.is_dir():
            return self._file(known)
        paths: list[str] = []
        folders = [str(self._root)]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    folders += self._look(entries, known, paths)
            except OSError as error:
                self._report(folder, f"the folder can't be read: {error.strerror}")
        return sorted(paths, key=lambda path: path.rpartition("/")[2], reverse=True)

    def _file(self, known: Mapping[str, str]) -> list[str]:
        path = str(self._root)
        try:
            is_known = known.get(path) == stamp(self._root.stat())
        except OSError as error:
            reason = f"it can't be read: {error.strerror}"
            raise SourceError(reason, where=shown(path), advice="check the path") from None
        return [] if is_known else [path]

    def _look(self, entries: Iterable[os.DirEntry[str]], known: Mapping[str, str], paths: list[str]) -> list[str]:
        """The subfolders; the loop is long so that nothing is called for a file that didn't change."""
        folders = []
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if name.endswith(_DOCUMENTS) and entry.is_file(follow_symlinks=False):
                info = entry.stat(follow_symlinks=False)
                if known.get(entry.path) != f"{info.st_mtime_ns} {info.st_size}":
                    paths.append(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                self._passed_over(entry)
        return folders

    def _passed_over(self, entry: os.DirEntry[str]) -> None:
        is_document = entry.name.endswith(_DOCUMENTS)
        if entry.is_symlink():
            self._linked(Path(entry.path), is_document)
        elif is_document:
            self._report(entry.path, "skipped: it is a device, a pipe or a socket")

    def _linked(self, path: Path, is_document: bool) -> None:
        """A link inside the folder needs no reading, since what it leads to is read at its own place."""
        try:
            target = path.resolve()
            if (is_document or target.is_dir()) and not target.is_relative_to(self._root):
                self._report(str(path), "skipped: it is a link that leads out of the folder")
        except (OSError, RuntimeError):
            self._report(str(path), "skipped: it is a link that leads nowhere")

    def _report(self, path: str, reason: str) -> None:
        self.problems.append(Problem(shown(path), None, reason))
