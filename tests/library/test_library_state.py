"""What the reader does: read, saved, muted, views; undone, redone, and remembered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newstui.article import Article, Batch, Outlet
from newstui.errors import LibraryError
from newstui.library import Library, journal
from newstui.library.rows import Change, Mute, View
from newstui.query import Query, parse

NOW = 1_600_000_000


def report(number: int, **said: object) -> Article:
    fields = {"url": f"https://news.example/{number}", "title": f"Report {number}", "published": NOW - number}
    outlet = Outlet(name="Herald" if number % 2 else "Courier", domain=f"paper{number % 2}.example")
    topics = ("AI", "Cloud") if number % 2 else ("Cloud",)
    more = {"origin": "document", "place": f"{number}.md", "outlet": outlet, "topics": topics}
    return Article.model_validate(fields | more | said)


def filled(library: Library) -> Library:
    source = library.subscribe("folder", "/news", "News")
    listed = report(9, origin="listed", topics=())
    library.add(source.id, Batch(tuple(report(n) for n in range(6)), listed=(listed,)), NOW)
    return library


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(None) as library:
        yield filled(library)


def stories(library: Library, query: str = "") -> list[int]:
    return list(library.listing(0, parse(query), "newest", NOW))


def headlines(library: Library, query: str = "") -> list[str]:
    return [row.headline for row in library.story_rows(stories(library, query))]


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {topic.name: (topic.stories, topic.unread) for topic in library.topics()}


def states(library: Library) -> list[tuple[int, int | None, int | None]]:
    return library._store.execute("SELECT article, read_at, saved_at FROM state ORDER BY article").fetchall()


def test_a_story_marked_read_is_counted_at_once(library: Library) -> None:
    first = stories(library)[1]
    change = library.mark_read([first], True, NOW)
    assert change == Change("Marked “Report 1” read", (first,))
    assert counts(library) == {"All": (6, 5), "Cloud": (6, 5), "AI": (3, 2)}
    assert not library.story_rows([first])[0].is_unread


def test_marking_what_is_marked_changes_nothing_and_is_no_step(library: Library) -> None:
    first = stories(library)[0]
    library.mark_read([first], True, NOW)
    assert library.mark_read([first], True, NOW + 9).stories == ()
    assert states(library) == [(first, NOW, None)]
    library.undo()
    assert library.undo() is None


def test_many_are_said_as_a_number_and_only_those_that_change(library: Library) -> None:
    library.mark_read(stories(library)[:2], True, NOW)
    change = library.mark_read(stories(library), True, NOW)
    assert (change.what, len(change.stories)) == ("Marked 4 read", 4)


def test_a_long_headline_is_said_short(library: Library) -> None:
    (source,) = library.subscriptions()
    library.add(source.id, Batch((report(7, title="word " * 30),)), NOW)
    change = library.mark_saved(stories(library, "title:word"), True, NOW)
    assert change.what == "Saved “word word word word word word word word…”"


def test_undo_gives_back_the_very_times_that_were_there(library: Library) -> None:
    everything = stories(library)
    library.mark_read(everything[:2], True, NOW + 1)
    library.mark_read(everything[2:3], True, NOW + 2)
    before = states(library)
    library.mark_read(everything, False, NOW + 3)
    assert states(library) == []
    change = library.undo()
    assert change is not None
    assert (change.what, set(change.stories)) == ("Marked 3 unread", set(everything[:3]))
    assert states(library) == before
    assert library.redo() is not None
    assert states(library) == []


def test_steps_are_undone_and_redone_in_order(library: Library) -> None:
    one, two = stories(library)[:2]
    library.mark_read([one], True, NOW)
    library.mark_saved([two], True, NOW)
    said = [library.undo(), library.undo(), library.undo()]
    assert [change and change.what for change in said] == ["Saved “Report 1”", "Marked “Report 0” read", None]
    assert counts(library)["All"] == (6, 6)
    said = [library.redo(), library.redo(), library.redo()]
    assert [change and change.what for change in said] == ["Marked “Report 0” read", "Saved “Report 1”", None]
    assert states(library) == sorted([(one, NOW, None), (two, None, NOW)])


def test_a_new_step_ends_what_could_be_redone(library: Library) -> None:
    one, two = stories(library)[:2]
    library.mark_read([one], True, NOW)
    library.undo()
    library.mark_read([two], True, NOW)
    assert library.redo() is None


def test_steps_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        filled(library)
        library.mark_read(stories(library), True, NOW)
    with Library.open(path) as library:
        assert counts(library)["All"] == (6, 0)
        change = library.undo()
        assert change is not None
        assert change.what == "Marked 6 read"
        assert counts(library)["All"] == (6, 6)


def test_the_journal_keeps_so_many_steps(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_STEPS", 3)
    for turn in range(5):
        library.mark_read(stories(library)[:1], turn % 2 == 0, NOW)
    undone = [library.undo() for _ in range(4)]
    assert [change is not None for change in undone] == [True, True, True, False]


def test_the_journal_keeps_so_many_bytes_but_always_the_last_step(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MOST_BYTES", 50)
    library.mark_read(stories(library)[:1], True, NOW)
    library.mark_read(stories(library)[1:], True, NOW)
    assert library.undo() is not None
    assert library.undo() is None


def test_saved_stories_are_found_and_let_go(library: Library) -> None:
    one = stories(library)[0]
    library.mark_saved([one], True, NOW)
    assert headlines(library, "is:saved") == ["Report 0"]
    assert library.mark_saved([one], False, NOW).what == "Took “Report 0” off the saved"
    assert headlines(library, "is:saved") == []
    library.undo()
    assert headlines(library, "is:saved") == ["Report 0"]


def test_reading_a_listed_report_is_remembered_and_counts_for_no_topic(library: Library) -> None:
    article = library.find("https://news.example/9")
    assert article is not None
    change = library.mark_read([article], True, NOW)
    row = library.article(article)
    assert row is not None
    assert row.is_read
    assert change.what == "Marked “Report 9” read"
    assert counts(library)["All"] == (6, 6)


@pytest.mark.parametrize(
    ("kind", "value", "hidden"),
    [
        ("outlet", "herald", ["Report 1", "Report 3", "Report 5"]),
        ("outlet", "PAPER0.example", ["Report 0", "Report 2", "Report 4"]),
        ("topic", "ai", ["Report 1", "Report 3", "Report 5"]),
        ("word", "2", ["Report 2"]),
        ("word", " REPORT  4 ", ["Report 4"]),
        ("word", "por", []),
    ],
)
def test_a_mute_hides_stories_and_its_end_brings_them_back(
    library: Library, kind: str, value: str, hidden: list[str]
) -> None:
    before, all_headlines = counts(library), headlines(library)
    change = library.mute(kind, value, NOW)
    assert sorted(row.headline for row in library.story_rows(change.stories) if "9" not in row.headline) == hidden
    assert headlines(library) == [headline for headline in all_headlines if headline not in hidden]
    assert counts(library)["All"] == (6 - len(hidden), 6 - len(hidden))
    library.unmute(kind, value, NOW)
    assert (headlines(library), counts(library)) == (all_headlines, before)


def test_what_arrives_later_is_muted_as_well(library: Library) -> None:
    library.mute("outlet", "Herald", NOW)
    library.mute("word", "C++", NOW)
    library.mute("word", "微软", NOW)
    (source,) = library.subscriptions()
    titles = {11: "Odd", 12: "Why C++ again", 14: "阿里和微软云", 16: "C"}
    library.add(source.id, Batch(tuple(report(n, title=title) for n, title in titles.items())), NOW)
    assert headlines(library) == ["Report 0", "Report 2", "Report 4", "C"]
    library.undo()
    library.undo()
    assert headlines(library) == ["Report 0", "Report 2", "Report 4", "Why C++ again", "阿里和微软云", "C"]


def test_an_article_that_changes_comes_out_of_a_mute_or_goes_into_it(library: Library) -> None:
    library.mute("word", "report 2", NOW)
    (source,) = library.subscriptions()
    library.add(source.id, Batch((report(2, title="Mended"), report(4, title="As in report 2"))), NOW)
    assert "Mended" in headlines(library)
    assert "As in report 2" not in headlines(library)


def test_a_story_stays_hidden_while_one_mute_still_hides_it(library: Library) -> None:
    library.mute("outlet", "Herald", NOW)
    library.mute("topic", "AI", NOW)
    library.unmute("outlet", "Herald", NOW)
    assert len(headlines(library)) == 3


def test_a_muted_story_keeps_its_state(library: Library) -> None:
    library.mark_read(stories(library)[1:2], True, NOW)
    library.mute("topic", "AI", NOW)
    library.unmute("topic", "AI", NOW)
    assert counts(library)["AI"] == (3, 2)


def test_mutes_are_listed_undone_and_redone(library: Library) -> None:
    assert library.mute("outlet", "Herald", NOW).what == "Muted outlet “Herald”"
    library.mute("word", "x", NOW)
    assert library.mutes() == [Mute("outlet", "Herald"), Mute("word", "x")]
    library.undo()
    library.undo()
    assert library.mutes() == []
    library.redo()
    assert library.mutes() == [Mute("outlet", "Herald")]
    assert library.unmute("outlet", "Herald", NOW).what == "No longer muted: outlet “Herald”"


def test_muting_what_is_muted_is_no_step(library: Library) -> None:
    library.mute("word", "x", NOW)
    library.mute("word", "x", NOW)
    library.undo()
    assert library.undo() is None


@pytest.mark.parametrize(("kind", "value"), [("word", "  "), ("colour", "red")])
def test_a_mute_of_nothing_is_refused(library: Library, kind: str, value: str) -> None:
    with pytest.raises(LibraryError, match="nothing to mute"):
        library.mute(kind, value, NOW)


def test_a_word_without_letters_can_be_muted(library: Library) -> None:
    (source,) = library.subscriptions()
    library.add(source.id, Batch((report(8, title="Why???"),)), NOW)
    assert len(library.mute("word", "???", NOW).stories) == 1


def test_views_are_ours_then_the_reader_s_by_name(library: Library) -> None:
    library.keep_view("zoo", "topic:zoo", NOW)
    library.keep_view("Ask", "title:ask", NOW)
    assert [view.name for view in library.views()] == ["Saved", "Several outlets", "Today", "Ask", "zoo"]
    assert library.views()[0] == View("Saved", "is:saved", True)


def test_a_view_kept_again_is_replaced_and_each_change_can_be_undone(library: Library) -> None:
    library.keep_view("Mine", "a", NOW)
    library.keep_view("Mine", "b", NOW)
    library.drop_view("Mine")
    kept: list[list[str]] = []
    for step in (library.undo, library.undo, library.undo, library.redo):
        step()
        kept.append([view.query for view in library.views() if not view.is_builtin])
    assert kept == [["b"], ["a"], [], ["a"]]


def test_a_view_cannot_take_one_of_our_names(library: Library) -> None:
    with pytest.raises(LibraryError, match="can't be called “saved”"):
        library.keep_view(" saved ", "x", NOW)


def test_the_session_comes_back_as_it_was(tmp_path: Path) -> None:
    session = {"topic": 3, "folded": ["a", "微"], "border": 0.4}
    with Library.open(tmp_path / "library.db") as library:
        assert library.session() == {}
        library.keep_session(session)
    with Library.open(tmp_path / "library.db") as library:
        assert library.session() == session


def test_the_first_unread_of_some_stories_is_told(library: Library) -> None:
    everything = stories(library)
    library.mark_read(everything[:3], True, NOW)
    assert library.first_unread(everything) == everything[3]
    assert library.first_unread(everything[:3]) is None
    assert library.first_unread([]) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda library: library.mark_read([7], True, NOW),
        lambda library: library.mark_saved([], True, NOW),
    ],
)
def test_marking_what_is_not_there_changes_nothing(library: Library, change: Callable[[Library], Change]) -> None:
    assert change(library).stories == ()
    assert library.undo() is None


def test_undo_passes_over_articles_that_are_gone(library: Library) -> None:
    library.mark_read(stories(library), True, NOW)
    library.unsubscribe("News")
    change = library.undo()
    assert change == Change("Marked 6 read", ())
    assert states(library) == []
    assert list(library.listing(0, Query(), "newest", NOW)) == []
