"""Who else reports a story, in the reader: going from report to report and back, orders, folds, and what it marks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from newstui.article import Batch, Outlet
from newstui.library import Library
from newstui.query import parse

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report

NOON = 1_589_025_600  # Sat 9 May 2020, 12:00 UTC
FIRST, SECOND, THIRD, FOURTH = REPORTS = (
    "Amazon files a second JEDI protest over the $10bn Pentagon contract",
    "Second JEDI protest: Amazon disputes the $10bn Pentagon contract",
    "Pentagon faces a second JEDI protest of Amazon over its $10bn contract",
    "Amazon protests the JEDI contract of the Pentagon again",
)
POLAND = "A billion for Poland"
LISTED = "How the Pentagon buys its chairs"


def paper(number: int) -> Outlet:
    return Outlet(name=f"Paper {number}", domain=f"paper{number}.example")


@pytest.fixture
def story(report: "Report") -> Iterator[Library]:
    """One story of four outlets, from the third of which two more copy, and another of one with a listed article."""
    copies = [
        report(THIRD, "Azure", hours=4, outlet=paper(number), url=f"https://paper{number}.example/copy")
        for number in (5, 6)
    ]
    poland = report(POLAND, "Azure", hours=30)
    listed = report(LISTED, hours=50, origin="listed", topics=(), outlet=paper(7))
    articles = [
        report(headline, "Azure", hours=9 - 2 * at, outlet=paper(at + 1)) for at, headline in enumerate(REPORTS)
    ]
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        batch = Batch((*articles, *copies, poland), listed=(listed,), related={poland.url: (listed.url,)})
        library.add(source.id, batch, NOON)
        library.finish(source.id, NOON)
        yield library


def block(reader: "Reader") -> list[str]:
    """The lines of the coverage block."""
    lines = reader.article.split("\n")
    return lines[next(at for at, line in enumerate(lines) if line.startswith("Coverage")) :]


def shown(reader: "Reader") -> str:
    assert reader.main.article is not None
    return reader.main.article.headline


def id_of(library: Library, headline: str) -> int:
    found = library.articles(parse(f'title:"{headline}"'), "newest", NOON)
    return next(article.id for article in found if article.headline == headline)


async def test_the_block_tells_who_reports_the_story_and_marks_the_shown_report(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        assert shown(reader) == FIRST
        assert [line.rstrip(" ─") for line in block(reader)[:14]] == [
            "Coverage  6 outlets, 4 independent reports · 6 h",
            "▂ ▂ ▂▄▂  1 h each",
            "earliest in your library: Paper 1",
            " ▸  9 May 03:00        Paper 1  this report",
            " 2        05:00  +2 h  Paper 2",
            "   Second JEDI protest: Amazon disputes the $10bn Pentagon…",
            " 3        07:00  +4 h  Paper 3",
            "   Pentagon faces a second JEDI protest of Amazon over its…",
            "   +2 copies of the same text  Paper 5, Paper 6",
            " 4        09:00  +6 h  Paper 4",
            "   Amazon protests the JEDI contract of the Pentagon again",
            "$10bn in 5 of 6 outlets",
            "",
            " ▸ Similar",
        ]


async def test_the_time_after_the_first_report_is_the_story_s(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        assert "after the first report" not in reader.article
        await reader.press("4")
        assert "Sat 9 May 2020, 09:00  ·  6 h after the first report" in reader.article


async def test_c_j_and_enter_read_another_report_in_place_and_q_comes_back(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("c", "j")
        before = reader.article, reader.main.main_pane.place
        await reader.press("enter")
        assert shown(reader) == THIRD
        assert reader.headline == FIRST
        assert " ▸        07:00  +4 h  Paper 3  this report" in block(reader)
        assert any(line.startswith(" 1  9 May 03:00") for line in block(reader))
        await reader.press("q")
        assert (reader.article, reader.main.main_pane.place) == before


async def test_backspace_comes_back_too_and_never_leaves_the_program(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("c", "enter", "backspace")
        assert shown(reader) == FIRST
        assert reader.main.main_pane.has_focus
        await reader.press("backspace")
        assert reader.main.sidebar.has_focus
        await reader.press("backspace")
        assert reader.footer.startswith("There is no report to go back to")


async def test_reports_are_read_from_one_to_the_next_and_q_goes_back_through_them(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        visited = []
        for key in ("2", "4", "1", "q", "q", "q"):
            await reader.press(key)
            visited.append(shown(reader))
        assert visited == [SECOND, FOURTH, FIRST, FOURTH, SECOND, FIRST]


async def test_the_number_of_the_shown_report_only_says_so(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("1")
        assert reader.footer.startswith("This report is shown already")
        await reader.press("9")
        assert reader.footer.startswith("There is no report 9 here")
        await reader.press("2", "q")
        assert shown(reader) == FIRST


async def test_reading_a_report_in_place_reads_its_story(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        assert FIRST in reader.headlines("is:unread")
        await reader.press("2")
        assert reader.headlines("is:unread") == [POLAND]
        assert all(report.is_read for report in story.coverage(id_of(story, FIRST)).reports)


async def test_what_came_after_the_story_was_read_is_strong(story: Library, read: "Read", report: "Report") -> None:
    (row,) = story.story_rows(list(story.listing(0, parse("protest"), "newest", NOON)))
    story.mark_read([row.id], True, NOON)
    late = report(f"{SECOND} once more", "Azure", hours=0.5, outlet=Outlet(name="Late", domain="late.example"))
    story.add(1, Batch((late,)), NOON)
    async with read(story) as reader:
        looks = {
            text: look for line in reader.main.main_pane.lines for text, look in line.parts if line.row is not None
        }
        strong = [text for text, look in looks.items() if look == "strong" and "Similar" not in text]
        assert [text.startswith("Second JEDI protest: Amazon disputes") for text in strong] == [True]
        assert "new" in reader.row("JEDI")


async def test_enter_unfolds_copies_in_place_and_they_stay_unfolded_on_the_way_back(
    story: Library, read: "Read"
) -> None:
    async with read(story) as reader:
        await reader.press("c", "j", "j", "enter")
        unfolded = block(reader)
        assert any(line.endswith("  2 copies of the same text") for line in unfolded)
        assert [line.split()[-2:] for line in unfolded if "Paper 5" in line or "Paper 6" in line] == [
            ["Paper", "5"],
            ["Paper", "6"],
        ]
        await reader.press("j", "enter")
        assert reader.main.article is not None
        assert reader.main.article.outlet == "Paper 5"
        await reader.press("q", "k", "enter")
        assert any("+2 copies" in line for line in block(reader))


async def test_capital_c_puts_the_best_first_and_the_order_is_kept_from_story_to_story(
    story: Library, read: "Read"
) -> None:
    async with read(story) as reader:
        await reader.press("C")
        assert "best first" in block(reader)[0]
        assert reader.footer.startswith("The best reports first")
        await reader.press("j", "k")
        assert "best first" in block(reader)[0]
        await reader.press("C")
        assert "best first" not in block(reader)[0]
        assert reader.footer.startswith("The reports in order of time")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (58, 16)])
async def test_the_cursor_stays_on_its_report_in_another_order_and_on_the_way_back(
    story: Library, read: "Read", size: tuple[int, int]
) -> None:
    async with read(story, size=size) as reader:
        await reader.press("c", "j")
        pane, third = reader.main.main_pane, reader.main.main_pane.report
        await reader.press("C")
        assert pane.report == third
        assert line_under_cursor(reader)
        await reader.press("enter", "C", "q")
        assert (shown(reader), pane.report) == (FIRST, third)
        assert line_under_cursor(reader)


async def test_the_cursor_stays_in_view_when_the_screen_shrinks(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("c", "j")
        pane, report = reader.main.main_pane, reader.main.main_pane.report
        for size in ((120, 12), (40, 20), (20, 5), (80, 24)):
            await reader.pilot.resize_terminal(*size)
            await reader.pilot.pause()
            assert pane.report == report
            assert line_under_cursor(reader), size


async def test_what_is_similar_is_unfolded_numbered_and_never_counted(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("c")
        while reader.main.main_pane.report is not None or "Similar" not in line_under_cursor(reader):
            await reader.press("j")
        heading = block(reader)[0]
        await reader.press("enter")
        similar = story.similar(id_of(story, FIRST))
        assert f"▾ Similar  {len(similar)}" in reader.article or "▾ Similar  nothing in your library" in reader.article
        assert block(reader)[0] == heading
        assert not {row.article for row in similar} & {it.article for it in story.coverage(id_of(story, FIRST)).reports}
        await reader.press("enter")
        assert "▾ Similar" not in reader.article


async def test_a_lone_report_has_no_coverage_and_says_so(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("j")
        assert shown(reader) == POLAND
        assert block(reader)[0].startswith("Coverage  no other outlet in your library")
        await reader.press("1")
        assert shown(reader) == LISTED


async def test_c_and_capital_c_say_where_there_is_no_other_report(report: "Report", read: "Read") -> None:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report(POLAND),)), NOON)
        async with read(library) as reader:
            for key in ("c", "C"):
                await reader.press(key)
                assert reader.footer.startswith("No other report beside this article")
            assert reader.main.sidebar.has_focus
            assert "c coverage" not in reader.footer


@pytest.mark.parametrize("size", [(200, 60), (120, 36), (80, 24), (58, 20), (40, 20), (20, 8)])
async def test_c_brings_the_first_reports_into_view_at_every_size(
    story: Library, read: "Read", size: tuple[int, int]
) -> None:
    async with read(story, size=size) as reader:
        await reader.press("c")
        assert reader.main.main_pane.has_focus
        assert reader.main.main_pane.report == id_of(story, SECOND)
        assert line_under_cursor(reader).startswith("▌")


def line_under_cursor(reader: "Reader") -> str:
    return next((line for line in reader.article.split("\n") if line.startswith("▌")), "")


async def test_s_and_m_mark_the_story_of_the_report_that_is_shown_in_place(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        reader.main.show_report(id_of(story, POLAND))
        await reader.press("s")
        assert reader.footer.startswith(f"Saved “{POLAND}” · u undoes")
        assert reader.headlines("is:saved") == [POLAND]
        await reader.press("m")
        assert reader.footer.startswith(f"Marked “{POLAND}” unread · u undoes")
        assert POLAND in reader.headlines("is:unread")
        await reader.press("q", "s")
        assert set(reader.headlines("is:saved")) == {POLAND, FIRST}


async def test_s_on_a_report_known_only_from_a_list_says_why_it_saves_nothing(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("c", "enter", "s")
        assert reader.footer.startswith("Known only from a list, so it can't be saved: o opens its page")
        assert reader.headlines("is:saved") == []


async def test_i_says_the_state_of_now(story: Library, read: "Read") -> None:
    async with read(story) as reader:
        await reader.press("m", "s", "i")
        assert "read, saved" in reader.text
