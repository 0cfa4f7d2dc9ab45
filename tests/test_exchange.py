"""Lists of subscriptions into a library and out of it, without the program around."""

from pathlib import Path

from newstui.exchange import exported, read_list, take_in
from newstui.library import Library
from newstui.library.rows import Subscription
from newstui.sources import opml
from newstui.sources.lists import Entry, Subscriptions


def taken_in(body: bytes) -> tuple[list[Subscription], bytes]:
    """What a new library subscribes to after it took in a list, and the list that it gives out."""
    with Library.open(None) as library:
        take_in(library, opml.read(body, "list.opml"))
        return [source._replace(id=0) for source in library.subscriptions()], exported(library, 0)


def entries(*named: Entry) -> Subscriptions:
    return Subscriptions("list.opml", named, (), ())


def test_each_list_of_listparser_is_the_same_when_it_is_taken_in_given_out_and_taken_in(shared: Path) -> None:
    folder = shared / "suites" / "listparser-opml" / "tests" / "files" / "opml"
    filed = 0
    for path in folder.rglob("*.xml"):
        first, given_out = taken_in(path.read_bytes())
        second, given_out_again = taken_in(given_out)
        assert (second, given_out_again) == (first, given_out), path
        filed += any(source.topic for source in first)
    assert filed == 15


def test_the_innermost_folder_is_the_topic() -> None:
    with Library.open(None) as library:
        take_in(library, entries(Entry("feed", "https://a.example/", "A", ("Tech", "Unix", "Linux"))))
        (source,) = library.subscriptions()
        assert (source.folders, source.topic) == (("Tech", "Unix"), "Linux")


def test_intervals_that_no_source_may_have_become_the_nearest_that_it_may_have() -> None:
    with Library.open(None) as library:
        minutes = [1, 30, 10**8]
        take_in(library, entries(*(Entry("feed", f"https://a.example/{it}", f"{it}", every=it) for it in minutes)))
        assert [library.subscriptions()[place].every for place in (0, 2, 1)] == [5, 30, 10_080]


def test_ten_thousand_feeds_of_one_name_are_told_apart() -> None:
    with Library.open(None) as library:
        taken = take_in(library, entries(*(Entry("feed", f"https://a.example/{n}", "News") for n in range(10_000))))
        assert (taken.added[0], taken.added[-1]) == ("News", "News 10000")
        assert len({source.name for source in library.subscriptions(is_counted=False)}) == 10_000


def test_what_an_interrupted_import_took_in_is_kept_and_the_next_one_goes_on() -> None:
    feeds = [Entry("feed", f"https://a.example/{number}", f"{number}") for number in range(4)]
    with Library.open(None) as library:
        assert take_in(library, entries(*feeds[:2])).known == 0
        taken = take_in(library, entries(*feeds))
        assert (taken.added, taken.known, taken.problems) == (("2", "3"), 2, ())


def test_a_list_is_told_by_how_it_begins(tmp_path: Path) -> None:
    markup = '<opml><body><outline text="A" xmlUrl="https://a.example/"/></body></opml>'
    path = tmp_path / "list"
    for body in (markup.encode(), markup.encode("utf-8-sig"), markup.encode("utf-16"), f"\n {markup}".encode(),
                 b"https://a.example/ ~A", b'\xef\xbb\xbf"https://a.example/" ~A'):  # fmt: skip
        path.write_bytes(body)
        (entry,) = read_list(path).entries
        assert (entry.name, entry.place) == ("A", "https://a.example/")
