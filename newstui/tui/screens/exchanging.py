"""Subscriptions in and out: the lists of other readers, and one's own as a file for them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.text import counted
from newstui.tui.screens.subscribing import Subscribing

if TYPE_CHECKING:
    from newstui.exchange import TakenIn
    from newstui.tui.exchanger import ListTaken, ReadStateTaken

LIST_FILE = "~/newstui.opml"


class Exchanging(Subscribing):
    """What the reader can do with lists of subscriptions."""

    _is_importing = False
    _to_write_over = ""
    """The file that is there already, and is written over when its name is given again."""

    def action_import_list(self) -> None:
        from newstui.tui.screens.prompt import Prompt

        prompt = Prompt(
            "Import subscriptions",
            "The subscriptions of another reader: a file in OPML, or newsboat's urls. What you have stays as it is.",
            placeholder="~/feeds.opml or ~/.newsboat/urls",
            check=_why_no_list,
        )
        self.app.push_screen(prompt, self._list_named)

    def _list_named(self, path: str | None) -> None:
        if path:
            from newstui.tui.exchanger import take_list

            self._is_importing = True
            take_list(_path(path), self.library, self.post_message)
            self.show_bars()
        elif self.is_without_sources():
            self.welcome()

    def on_list_taken(self, event: "ListTaken") -> None:
        """Say what came, read it, and show what did not come."""
        self._is_importing = False
        if event.taken is None:
            self.tell(f"Not imported: {event.error}", is_error=True)
            return
        added = [it for it in self.library.subscriptions(is_counted=False) if it.name in event.taken.added]
        if added:
            self.refresh_new(added)
        self.tell(_told(event.taken))
        if event.cache is not None:
            self._ask_for_read_state(event.cache)
        if event.remarks:
            from newstui.tui.screens.notes import NotesScreen

            self.app.push_screen(NotesScreen("Import", _told(event.taken), event.remarks))

    def _ask_for_read_state(self, cache: Path) -> None:
        from newstui.tui.screens.menu import Choice, Menu

        choices = [
            Choice("y", "yes", "what you read there is read here, also what is still to come", cache),
            Choice("n", "no", "everything is new here", ""),
        ]
        self.app.push_screen(Menu("Take over what you have read in newsboat?", choices), self._read_state_wanted)

    def _read_state_wanted(self, cache: object) -> None:
        if isinstance(cache, Path):
            from newstui.tui.exchanger import take_read_state

            take_read_state(cache, self.library, self.now(), self.post_message)

    def on_read_state_taken(self, event: "ReadStateTaken") -> None:
        self.tell(
            event.error or f"{counted(event.marked, 'article')} marked read, as in newsboat", is_error=bool(event.error)
        )
        self.relaid(self.rows.arrived)

    def action_export_list(self) -> None:
        from newstui.tui.screens.prompt import Prompt

        self._to_write_over = ""
        prompt = Prompt(
            "Export subscriptions",
            "They are written as OPML, which other readers understand, into this file:",
            LIST_FILE,
            check=self._why_not_written,
        )
        self.app.push_screen(prompt, self._written)

    def _why_not_written(self, name: str) -> str | None:
        """Write the list; what keeps it from being written, or None. A file that is there is named once more first."""
        from newstui.exchange import exported

        path = _path(name)
        may_write_over = self._to_write_over == name
        try:
            _write(path, exported(self.library, self.now()), may_write_over=may_write_over)
        except FileExistsError:
            self._to_write_over = name
            return "there is such a file already: enter again writes over it"
        except (OSError, ValueError) as error:
            return getattr(error, "strerror", None) or str(error)
        return None

    def _written(self, name: str | None) -> None:
        if name:
            self.tell(f"Your subscriptions are in {_path(name)}")

    def progress(self) -> str:
        return "Taking in the subscriptions…" if self._is_importing else super().progress()


def _path(name: str) -> Path:
    """The file of this name, which may begin in the home folder."""
    try:
        return Path(name).expanduser()
    except RuntimeError:  # no such home
        return Path(name)


def _why_no_list(name: str) -> str | None:
    path = _path(name)
    try:
        return None if path.is_file() else "there is no such file"
    except (OSError, ValueError):
        return "there is no such file"


def _write(path: Path, body: bytes, *, may_write_over: bool) -> None:
    """Make a file that only its owner can read. FileExistsError when there is one and it may not be written over."""
    made = path.with_name(f"{path.name}.new") if may_write_over else path
    if may_write_over:
        made.unlink(missing_ok=True)
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(body)
    made.replace(path)


def _told(taken: "TakenIn") -> str:
    parts = [f"{counted(len(taken.added), 'subscription')} added"]
    parts += [f"{taken.known:,} already there"] if taken.known else []
    parts += [f"{len(taken.problems):,} refused"] if taken.problems else []
    return ", ".join(parts)
