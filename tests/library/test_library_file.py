"""The file of a library: made private, shared between processes, refused politely, never lost."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import newstui
from newstui.article import Article, Batch
from newstui.errors import LibraryError
from newstui.library import Library, migrations
from newstui.library.migrations import STEPS, bring_up
from newstui.library.rows import Subscription
from newstui.library.schema import APPLICATION_ID
from newstui.library.store import connect
from newstui.query import Query, parse

NOW = 1_600_000_000
CHECKOUT = Path(newstui.__file__).parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path) as library:
        library.subscribe("folder", "/news", "News")
        add(library, 0, 40)
        yield library


def add(library: Library, first: int, count: int) -> None:
    articles = [
        Article(
            url=f"https://news.example/{n}", title=f"Report {n}", published=NOW - n, topics=("AI",), origin="document"
        )
        for n in range(first, first + count)
    ]
    library.add(library.subscriptions()[0].id, Batch(tuple(articles)), NOW)


def stories(library: Library) -> list[int]:
    return list(library.listing(0, Query(), "newest", NOW))


def contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}


def test_a_library_is_made_with_its_folders_for_the_reader_alone(tmp_path: Path) -> None:
    path = tmp_path / "share" / "newstui" / "library.db"
    with Library.open(path) as library:
        assert library.path == path
        assert library.topics() == [(0, "All", 0, 0)]
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.touch()
    with Library.open(path) as library:
        assert library.topics()[0].stories == 0


def test_the_connection_is_as_safe_as_promised(library: Library) -> None:
    store = library._store
    wanted = {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 5000, "foreign_keys": 1, "trusted_schema": 0,
              "application_id": APPLICATION_ID, "user_version": len(STEPS)}  # fmt: skip
    library.version()
    with store.writing():
        pass
    assert {name: store.value(f"PRAGMA {name}") for name in wanted} == wanted
    with pytest.raises(sqlite3.OperationalError, match="too many attached"):
        store.execute("ATTACH ':memory:' AS other")


def test_what_the_reader_does_is_on_the_disk_before_it_is_over(library: Library) -> None:
    library.mark_read(stories(library)[:1], True, NOW)
    assert library._store.value("PRAGMA synchronous") == 2


def test_a_newer_library_is_refused_and_left_as_it_is(path: Path, library: Library) -> None:
    library._store.execute("PRAGMA user_version = 99")
    library.close()
    before = contents(path)
    with pytest.raises(LibraryError, match=r"newer newstui .*library\.db\): use the newer newstui"):
        Library.open(path)
    assert contents(path) == before


def test_a_newer_library_is_refused_while_only_its_log_says_so(path: Path, library: Library) -> None:
    library._store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library._store.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="newer newstui"):
        Library.open(path)


def test_a_library_whose_tables_are_still_in_its_log_is_opened(tmp_path: Path, path: Path, library: Library) -> None:
    copy = tmp_path / "copy" / path.name
    shutil.copytree(path.parent, copy.parent)
    with Library.open(copy) as copied:
        assert len(stories(copied)) == 40


def test_another_program_s_database_is_refused_and_left_as_it_is(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = contents(path)
    with pytest.raises(LibraryError, match="not a newstui library"):
        Library.open(path)
    assert contents(path) == before


@pytest.mark.parametrize("garbage", [b"hello", b"\0" * 9000, b"SQLite format 3\0" + b"x" * 5000])
def test_garbage_is_refused_and_left_as_it_is(path: Path, garbage: bytes) -> None:
    path.write_bytes(garbage)
    with pytest.raises(LibraryError, match="damaged"):
        Library.open(path)
    assert contents(path) == {path.name: garbage}


def test_a_library_with_a_damaged_page_says_so_and_is_not_deleted(path: Path, library: Library) -> None:
    library.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(LibraryError, match=r"damaged .*: put a backup in its place"), Library.open(path) as damaged:
        damaged.topics()
    assert path.exists()


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: os.mkfifo(path)])
def test_what_is_no_file_is_refused(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    with pytest.raises(LibraryError, match="not a file"):
        Library.open(path)


def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="can't be opened"):
        Library.open(tmp_path / "file" / "library.db")


def test_a_name_with_signs_that_mean_something_in_a_url_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=ro#b%41.db"
    with Library.open(path):
        assert path.exists()


CHANGES: dict[str, Callable[[Library], object]] = {
    "mark_read": lambda library: library.mark_read(stories(library)[:1], True, NOW),
    "mark_saved": lambda library: library.mark_saved(stories(library)[:1], True, NOW),
    "separate": lambda library: library.separate(stories(library)[0], NOW),
    "keep_out": lambda library: library.keep_out(stories(library)[0], 0, NOW),
    "mute": lambda library: library.mute("word", "x", NOW),
    "unmute": lambda library: library.unmute("word", "x", NOW),
    "undo": lambda library: library.undo(),
    "redo": lambda library: library.redo(),
    "keep_view": lambda library: library.keep_view("Mine", "x", NOW),
    "drop_view": lambda library: library.drop_view("Mine"),
    "keep_session": lambda library: library.keep_session({}),
    "subscribe": lambda library: library.subscribe("folder", "/other", "Other"),
    "configure": lambda library: library.configure("News", topic="Other"),
    "settle": lambda library: library.settle(1, "folder", "/else"),
    "moved": lambda library: library.moved(1, "https://new.example/"),
    "unsubscribe": lambda library: library.unsubscribe("News"),
    "add": lambda library: add(library, 50, 1),
    "finish": lambda library: library.finish(1, NOW),
    "keep_page": lambda library: library.keep_page(stories(library)[0], "Text", NOW),
    "await_read": lambda library: library.await_read(["x"], NOW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_locked_library_says_so_and_can_still_be_read(library: Library, change: Callable[[Library], object]) -> None:
    library._store.execute("PRAGMA busy_timeout = 0")
    with library.another() as other, other._store.writing():
        with pytest.raises(LibraryError, match=r"locked by another program .*: wait for it to end"):
            change(library)
        assert len(stories(library)) == 40
    change(library)


READS: dict[str, Callable[[Library], object]] = {
    "topics": lambda library: library.topics(),
    "listing": lambda library: library.listing(0, Query(), "newest", NOW)[0],
    "article_listing": lambda library: library.article_listing(0, Query(), "newest", NOW),
    "count": lambda library: library.count(0, Query(), NOW),
    "story_rows": lambda library: library.story_rows([1]),
    "article_lines": lambda library: library.article_lines([1]),
    "first_unread": lambda library: library.first_unread([1]),
    "first_unread_article": lambda library: library.first_unread_article([1]),
    "stories_of": lambda library: library.stories_of([1]),
    "article": lambda library: library.article(1),
    "coverage": lambda library: library.coverage(1),
    "why": lambda library: library.why(1, 2),
    "similar": lambda library: library.similar(1),
    "told": lambda library: library.told([1]),
    "listed": lambda library: library.listed(1),
    "find": lambda library: library.find("https://news.example/1"),
    "articles": lambda library: list(library.articles(Query(), "newest", NOW, None)),
    "views": lambda library: library.views(),
    "mutes": lambda library: library.mutes(),
    "session": lambda library: library.session(),
    "subscriptions": lambda library: library.subscriptions(),
    "stamps": lambda library: library.stamps(1),
    "problems": lambda library: library.problems(),
    "is_known": lambda library: library.is_known("x"),
    "group_known": lambda library: library.group_known(),
    "pages_wanted": lambda library: library.pages_wanted(9),
    "version": lambda library: library.version(),
    "version_elsewhere": lambda library: library.version_elsewhere(),
}


@pytest.mark.parametrize("ask", [*READS.values(), *CHANGES.values()], ids=[*READS, *CHANGES])
def test_a_library_that_cannot_be_read_is_a_library_error(library: Library, ask: Callable[[Library], object]) -> None:
    with library.another() as other:
        other._store.close()
        with pytest.raises(LibraryError, match="library"):
            ask(other)


def test_a_full_disk_says_so_and_what_was_there_stays(library: Library) -> None:
    library.mark_read(stories(library)[:1], True, NOW)
    pages = library._store.value("PRAGMA page_count")
    library._store.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match=r"disk is full .*: free some space"):
        add(library, 1_000, 3_000)
    assert library.topics()[0][2:] == (40, 39)
    library._store.execute("PRAGMA max_page_count = 1000000")
    add(library, 1_000, 10)
    assert library.topics()[0][2:] == (50, 49)


READ_ONLY = """
import os, sys, pathlib
from newstui.library import Library
from newstui.errors import LibraryError
from newstui.query import Query
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
with Library.open(pathlib.Path(sys.argv[1])) as library, library.another() as other:
    print(len(other.listing(0, Query(), "newest", 0)))
    try:
        library.keep_session({})
    except LibraryError as error:
        print(error)
"""


@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_library_that_may_not_be_written_to_can_still_be_read(library: Library, path: Path, folder_mode: int) -> None:
    library.close()
    folder = Path(tempfile.mkdtemp())
    try:
        copy = Path(shutil.copy(path, folder))
        copy.chmod(0o444)
        folder.chmod(folder_mode)
        command = [sys.executable, "-c", READ_ONLY, str(copy)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, check=True)
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
    count, error = done.stdout.splitlines()
    assert count == "40"
    assert error.startswith(f"the library can't be written to ({copy})")


MARK = """
import sys, pathlib
from newstui.library import Library
from newstui.query import Query
with Library.open(pathlib.Path(sys.argv[1])) as library:
    for story in list(library.listing(0, Query(), "newest", 0)):
        library.mark_read([story], True, 5)
        print(story, flush=True)
"""


MARK_AND_ADD = """
import sys, pathlib
from newstui.article import Article, Batch
from newstui.library import Library
from newstui.query import Query
first = int(sys.argv[2])
with Library.open(pathlib.Path(sys.argv[1])) as library:
    for turn, story in enumerate(list(library.listing(0, Query(), "newest", 0))):
        library.mark_read([story], turn % 3 != 2, 5)
        library.mark_read([story], True, 6)
        new = Article(url=f"https://new.example/{first + turn}", title="New", published=turn, origin="document")
        library.add(1, Batch((new,), stamps={"x": str(turn)}), 7)
        print(story, flush=True)
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(library: Library, path: Path) -> None:
    add(library, 1_000, 300)
    for number, lines in enumerate((1, 7, 20)):
        command = [sys.executable, "-c", MARK_AND_ADD, str(path), str(number * 1_000)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT)
        assert child.stdout is not None
        with child.stdout as said:
            acknowledged = [int(said.readline()) for _ in range(lines)]
            child.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in said if line.endswith(b"\n")]
        child.wait()
        _expect_whole(library, acknowledged)


def _expect_whole(library: Library, read: list[int]) -> None:
    assert library._store.value("PRAGMA integrity_check") == "ok"
    library._store.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
    assert not [row for row in library.story_rows(read) if row.is_unread]
    everything, unread = library.topics()[0][2:]
    assert unread == library._store.value("SELECT count(*) FROM story WHERE is_unread")
    assert everything == library._store.value("SELECT count(*) FROM story")


def test_processes_that_make_one_library_at_the_same_time_agree(path: Path) -> None:
    command = [sys.executable, "-c", MARK, str(path)]
    children = [subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE) for _ in range(4)]
    said = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0] * 4, said


def test_a_change_by_another_process_is_seen(library: Library) -> None:
    with library.another() as other:
        before = library.version(), other.version()
        assert (library.version(), other.version()) == before
        other.mark_read(stories(other)[:1], True, NOW)
        assert library.version() > before[0]
        assert other.version() > before[1]
        assert library.topics()[0].unread == 39


@pytest.mark.parametrize("where", ["file", "memory"])
def test_threads_with_a_library_of_their_own_do_not_meet(path: Path, where: str) -> None:
    with Library.open(path if where == "file" else None) as library:
        library.subscribe("folder", "/news", "News")

        def work(number: int) -> None:
            with library.another() as mine:
                for turn in range(5):
                    add(mine, number * 1_000 + turn * 10, 10)
                    mine.mark_read(stories(mine)[:1], True, NOW)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert library.topics()[0].stories == 150
        assert library._store.value("PRAGMA integrity_check") == "ok"


def test_a_library_in_memory_ends_with_the_one_that_opened_it() -> None:
    with Library.open(None) as library:
        with library.another() as other:
            other.subscribe("folder", "/news", "News")
        assert len(library.subscriptions()) == 1
        assert library.path is None
        assert not library.version() < 1


NEXT = (*STEPS, "CREATE TABLE extra (x);\nINSERT INTO extra VALUES (1);")


def test_a_migration_keeps_everything_and_leaves_a_backup(path: Path, library: Library) -> None:
    library.mark_read(stories(library), True, NOW)
    library.close()
    store = connect(path)
    bring_up(store, NEXT)
    assert store.value("PRAGMA user_version") == len(NEXT)
    assert store.value("SELECT x FROM extra") == 1
    assert store.value("SELECT count(*) FROM state") == 40
    store.close()
    backup = path.with_name(f"library.db.version-{len(STEPS)}")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with Library.open(backup) as old:
        assert old.topics()[0][2:] == (40, 0)


def test_a_migration_that_fails_leaves_the_library_as_it_was(path: Path, library: Library) -> None:
    store = connect(path)
    with pytest.raises(LibraryError, match="no such table"):
        bring_up(store, (*STEPS, "CREATE TABLE extra (x);\nINSERT INTO missing VALUES (1);"))
    assert store.value("PRAGMA user_version") == len(STEPS)
    assert store.value("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") == 0
    store.close()
    assert len(stories(library)) == 40


def test_a_library_of_version_2_keeps_all_and_its_sources_may_be_private(path: Path) -> None:
    of_version_2(path)
    with Library.open(path) as library:
        (source,) = library.subscriptions()
        assert source == Subscription(1, "folder", "/news", "News", "AI", 5, 6, "", 1, may_be_private=True)
        assert library.topics() == [(0, "All", 1, 0), (1, "AI", 1, 0)]
        (article,) = library.articles(parse("lamplighter is:read"), "newest", NOW)
        assert (article.headline, article.source, article.page) == ("Lamplighter", "News", None)
        library.keep_page(article.id, "A xylophone was heard", NOW)
        assert [it.id for it in library.articles(parse("xylophone"), "newest", NOW)] == [article.id]
        library._store.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
    assert path.with_name("library.db.version-2").exists()


def of_version_2(path: Path) -> None:
    """A library of one article that was read, as the version before full texts left it."""
    path.touch()
    store = connect(path)
    bring_up(store, STEPS[:2])
    with store.writing():
        for statement in VERSION_2:
            store.execute(statement)
    store.close()


VERSION_2 = (
    "INSERT INTO source VALUES (1, 'folder', '/news', 'News', 'AI', 5, 6, '')",
    "INSERT INTO outlet VALUES (1, 'Herald', 'herald.example', 'herald')",
    "INSERT INTO article (id, key, story, source, origin, place, url, original, title, excerpt, text, pairs, published,"
    " is_date_known, is_day_only, outlet, category, kind, is_current, images, links, warnings) VALUES (1048577,"
    " 'https://herald.example/1', 1048577, 1, 'document', '1.md', 'https://herald.example/1',"
    " 'https://herald.example/1', 'Lamplighter', '', '', '', 1, 1, 0, 1, '', '', 1, '[]', '[]', '[]')",
    "INSERT INTO fingerprint VALUES (1048577, NULL, 'herald', '[[],[],[]]')",
    "INSERT INTO story VALUES (1048577, 1048577, 1048577, 1, 0, 0, 0, 1048577)",
    "INSERT INTO topic VALUES (1, 'AI', 1, 0)",
    "UPDATE topic SET stories = 1 WHERE id = 0",
    "INSERT INTO article_topic VALUES (1048577, 0, 1)",
    "INSERT INTO story_topic SELECT value, 1048577, 1048577, 1048577 FROM json_each('[0,1]')",
    "INSERT INTO state VALUES (1048577, 5, NULL)",
    "INSERT INTO found (rowid, title, excerpt, outlet, text, pairs)"
    " SELECT id, title, excerpt, outlet, text, pairs FROM searchable",
)


def of_version_1(path: Path) -> None:
    path.touch()
    store = connect(path)
    bring_up(store, STEPS[:1])
    store.execute("PRAGMA journal_mode=WAL")
    store.close()


def test_processes_that_bring_one_library_up_at_the_same_time_agree_and_leave_one_backup(path: Path) -> None:
    of_version_1(path)
    command = [sys.executable, "-c", MARK, str(path)]
    children = [subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE) for _ in range(4)]
    said = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0] * 4, said
    assert [file.name for file in sorted(path.parent.glob("*.version-*"))] == ["library.db.version-1"]
    with closing(sqlite3.connect(f"{path}.version-1")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_backup_that_comes_too_late_replaces_none(path: Path, library: Library) -> None:
    good = path.with_name("library.db.version-1")
    good.write_text("as it was", encoding="utf-8")
    migrations._back_up(library._store, 1)
    assert good.read_text(encoding="utf-8") == "as it was"
    assert list(path.parent.glob("*.version-*")) == [good]


def test_a_new_library_is_made_whole_or_not_at_all(path: Path) -> None:
    path.touch()
    store = connect(path)
    with pytest.raises(LibraryError, match="no such table"):
        bring_up(store, (*STEPS, "INSERT INTO missing VALUES (1);"))
    assert store.value("PRAGMA user_version") == 0
    assert store.value("SELECT count(*) FROM sqlite_schema") == 0
    store.close()


def test_a_library_that_is_new_is_not_backed_up(path: Path, library: Library) -> None:
    assert [file.name for file in path.parent.glob("*.version-*")] == []
    assert migrations.STEPS is STEPS
