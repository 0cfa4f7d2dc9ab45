"""What newsboat knows: the feeds of its ``urls`` file, and what was read, in ``cache.db``. Nothing in them is run."""

import re
import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import TypeGuard

from newstui.errors import LinkError, ParseError
from newstui.links import LONGEST_URL, canonical, item_key
from newstui.sources.lists import LARGEST_LIST, Entry, Gathering, Subscriptions, name_from, name_in_list, web_address
from newstui.text import line, matcher

MOST_READ = 1_000_000
"""Items whose state is taken over."""
MOST_STEPS = 200_000_000
"""Steps of SQLite's machine: a file that was made to be walked for ever is not."""
LONGEST_LINE = 10_000
"""Characters of a line of ``urls``; what follows is passed over."""
LONGEST_ROW = 64 * 1024 * 1024

_WHICH_CACHE = "give the cache.db of newsboat, which lies beside its urls"
_COMMAND = "newstui runs no commands: subscribe to the address of a feed"
_NOT_FEEDS = {
    "exec": _COMMAND,
    "filter": _COMMAND,
    "query": "this is a search, which newstui keeps as a view of yours",
    "file": "a feed on this computer is not read: subscribe to its address",
}


def read_urls(body: bytes, where: str = "") -> Subscriptions:
    """The feeds of a ``urls`` file; the first tag is the topic. ParseError when there is not one address in it."""
    if len(body) > LARGEST_LIST:
        raise ParseError(f"the list is larger than {LARGEST_LIST // 2**20} MiB", where=where)
    gathering, has_address = Gathering(where), False
    for number, text in enumerate(body.decode("utf-8-sig", "replace").split("\n"), 1):
        if words := _words(text[:LONGEST_LINE]):
            has_address = has_address or matcher(_SCHEME).match(words[0]) is not None
            _add(gathering, number, *words)
    if not has_address:
        raise ParseError(
            "this is no list of feeds",
            where=where,
            advice="give OPML, or a file of addresses, one a line, as newsboat's",
        )
    return gathering.gathered()


def _words(text: str) -> list[str]:
    """The words of a line: quoted ones hold spaces, and one that begins with # ends the line."""
    words: list[str] = []
    for found in matcher(_WORD).finditer(text):
        quoted, plain = found.groups()
        if plain and plain.startswith("#"):
            break
        words.append(plain if quoted is None else matcher(_ESCAPED).sub(_unescaped, quoted))
    return words


def _unescaped(escaped: re.Match[str]) -> str:
    return " " if escaped[1] in "nrt" else escaped[1]


def _add(gathering: Gathering, number: int, address: str, *tags: str) -> None:
    scheme = address.partition(":")[0].lower()
    if scheme in _NOT_FEEDS and ":" in address:
        gathering.refuse(number, f"{scheme}: {_NOT_FEEDS[scheme]}")
        return
    try:
        place = web_address(address)
    except LinkError as error:
        gathering.refuse(number, str(error))
        return
    title = next((name for tag in tags if tag.startswith("~") and (name := name_in_list(tag[1:]))), name_from(place))
    topics = [(name,) for tag in tags if not tag.startswith(_NO_TOPIC) and (name := name_in_list(tag))]
    gathering.add(Entry("feed", place, title, topics[0] if topics else (), line=number), topics[1:])


def read_cache(path: Path) -> list[str]:
    """The keys of the articles that were read or deleted in newsboat: of their pages (``links.canonical``), and their
    identities for items that have no page of their own. ParseError when this is not newsboat's cache.
    """
    if not _is_file(path):
        raise ParseError("there is no such file", where=str(path), advice=_WHICH_CACHE)
    try:
        with closing(_connected(path)) as store:
            return _keys(store)
    except sqlite3.Error as error:
        what = f"this is not newsboat's cache.db, or it is damaged: {line(str(error), 100)}"
        raise ParseError(what, where=str(path), advice=_WHICH_CACHE) from None


def _is_file(path: Path) -> bool:
    with suppress(OSError):  # a name too long
        return path.is_file()
    return False


def _connected(path: Path) -> sqlite3.Connection:
    """Open a database that may be made to do harm: nothing is written, not even a lock, and nothing is trusted."""
    store = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    store.text_factory = lambda text: text.decode("utf-8", "replace")
    store.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    store.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_ROW)
    store.set_progress_handler(lambda: 1, MOST_STEPS)
    for setting in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON"):
        store.execute(f"PRAGMA {setting}")
    return store


def _keys(store: sqlite3.Connection) -> list[str]:
    """The keys of the items that are done with, each once."""
    columns = {name for _, name, *_ in store.execute("PRAGMA table_info(rss_item)")}  # without those that are computed
    if _COLUMNS - columns or store.execute(_STORED_TABLE).fetchone() is None:
        raise sqlite3.DatabaseError("it has no items")
    keys: dict[str, None] = {}
    for guid, url, feed in store.execute(_DONE_WITH, (MOST_READ,)):
        if _is_page(url):
            keys[canonical(url)] = None
        if isinstance(guid, str) and isinstance(feed, str):
            keys[item_key(_place(feed), guid)] = None
    return list(keys)


def _is_page(url: object) -> TypeGuard[str]:
    return isinstance(url, str) and len(url) <= LONGEST_URL and url.startswith(("http://", "https://"))


@lru_cache(maxsize=1_024)
def _place(feed: str) -> str:
    """The address of a feed in the spelling in which it is subscribed to."""
    with suppress(LinkError):
        return web_address(feed)
    return feed


_SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:"
_NO_TOPIC = ("~", "!")  # a title; hidden from newsboat's list of feeds
_WORD = r'"((?:[^"\\]|\\.)*)"?|([^" \r\t][^ \r\t]*)'
_ESCAPED = r"\\(.)"
_COLUMNS = {"guid", "url", "feedurl", "unread", "deleted"}
_STORED_TABLE = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'rss_item' AND rootpage > 0"
_DONE_WITH = "SELECT guid, url, feedurl FROM rss_item WHERE unread = 0 OR deleted <> 0 LIMIT ?"
