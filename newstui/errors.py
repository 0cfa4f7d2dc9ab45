"""What can go wrong, in words for the person who has to mend it.

NewsError
├── ConfigError      the settings can't be used
├── SourceError      one source can't be read; the others carry on
│   ├── FetchError   the network or the server
│   └── ParseError   what came back isn't what it claims
├── LinkError        a URL that must not be opened
├── QueryError       the reader's query; has a position to point at
└── LibraryError     the database

A ``Problem`` is not raised: it says what became of one file or page while the others were read.
"""

from typing import NamedTuple


class NewsError(Exception):
    """An error that says what is wrong, where, and what to do about it, each in plain words."""

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f": {self.advice}" if self.advice else ""
        return f"{self.what}{place}{advice}"


class ConfigError(NewsError):
    """The settings can't be used."""


class SourceError(NewsError):
    """One source can't be read; the others carry on."""


class FetchError(SourceError):
    """The network failed, or the server did.

    ``retry_after`` are the seconds for which the server asks to be left alone, None where it asks for nothing;
    ``is_gone`` says that it will never answer again.
    """

    def __init__(
        self, what: str, *, where: str = "", advice: str = "", retry_after: int | None = None, is_gone: bool = False
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.retry_after = retry_after
        self.is_gone = is_gone


class ParseError(SourceError):
    """What came back isn't what it claims to be."""


class LinkError(NewsError):
    """A URL that must not be opened."""


class QueryError(NewsError):
    """The reader's query can't be understood; ``position`` is the offset of the character to point at."""

    def __init__(self, what: str, *, position: int, advice: str = "") -> None:
        super().__init__(what, advice=advice)
        self.position = position


class LibraryError(NewsError):
    """The database can't be used as it is."""


class Problem(NamedTuple):
    """A file or page that could not be read, or only in part."""

    place: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        line = "" if self.line is None else f":{self.line}"
        return f"{self.place}{line}: {self.reason}"
