"""The coverage block: who else reports a story, in which order, and what is folded away."""

import time

import pytest
from rich.cells import cell_len

from newstui.library.rows import AgreedFigure, Coverage, ListedRow
from newstui.terminal.charset import encoded
from newstui.tui.coverage_rows import Beside, ReportRows
from newstui.tui.coverage_text import beside_lines
from newstui.tui.coverage_times import HOUR, after, bar, span
from newstui.tui.text_lines import GrowingLines, TextLine
from tests.tui.told import DAWN, alone, covered, told

SHOWN = 4
PROTEST = covered(
    told(1, "Federal News Network", 0.5, "AWS files yet another JEDI protest"),
    told(2, "Breaking Defense", 2.8, "JEDI: Amazon formally protests", is_same_outlet=True),
    told(3, "Nextgov", 3.4, "Amazon files another protest"),
    told(SHOWN, "Breaking Defense", 22.5, "JEDI: inside the protest", is_same_outlet=True),
    told(5, "Bloomberg", 23, "Amazon files another protest", copy_of=3),
    told(6, "Fox", 26, "Amazon files another protest", copy_of=3),
    told(7, "CNBC", 50, "Amazon says the award is flawed", is_read=True),
    best=(7, 5, 3, 6, 1, 2), figures=(AgreedFigure("$10bn", 5), AgreedFigure("$25m", 2)), own=2,
)  # fmt: skip
WIDTHS = (20, 24, 33, 38, 41, 58, 60, 84, 110, 200)


def lines_of(
    coverage: Coverage = PROTEST, width: int = 84, unfolded: tuple[int, ...] = (), *, is_best_first: bool = False
) -> list[TextLine]:
    rows = ReportRows(SHOWN, Beside(coverage, ()), unfolded, is_best_first)
    return list(beside_lines(rows, DAWN, width, DAWN))[1:]


def said(lines: list[TextLine]) -> list[str]:
    return ["".join(text for text, _ in line.parts).rstrip(" ─") for line in lines]


def note(coverage: Coverage, width: int = 120, *, is_best_first: bool = False) -> str:
    return said(lines_of(coverage, width, is_best_first=is_best_first))[0]


def several(count: int) -> Coverage:
    return covered(*(told(number, f"Outlet {number}", number) for number in range(1, count + 1)))


def test_the_reports_stand_in_order_of_time_and_the_shown_one_is_marked_in_its_place() -> None:
    assert said(lines_of(width=100)) == [
        "Coverage  6 outlets, 5 independent reports · 2 days · earliest in your library: Federal News Network",
        "▆      ▄▂       ▂  3 h each",
        "first report of its own: Breaking Defense",
        " 1  8 May 00:30        Federal News Netw…  AWS files yet another JEDI protest",
        " 2        02:48  +2 h  Breaking Defense    JEDI: Amazon formally protests",
        " 3        03:24  +2 h  Nextgov             Amazon files another protest",
        "   +2 copies of the same text  Bloomberg, Fox",
        " ▸        22:30 +22 h  Breaking Defense    this report",
        " 5 10 May 02:00  +2 d  CNBC                Amazon says the award is flawed",
        "$10bn in 5 of 6 outlets  ·  $25m in 2",
        "",
        " ▸ Similar",
    ]


def test_a_report_takes_two_lines_where_its_headline_would_not_keep_32_cells() -> None:
    assert said(lines_of(width=60))[4:13] == [
        " 1  8 May 00:30        Federal News Network",
        "   AWS files yet another JEDI protest",
        " 2        02:48  +2 h  Breaking Defense",
        "   JEDI: Amazon formally protests",
        " 3        03:24  +2 h  Nextgov",
        "   Amazon files another protest",
        "   +2 copies of the same text  Bloomberg, Fox",
        " ▸        22:30 +22 h  Breaking Defense  this report",
        " 5 10 May 02:00  +2 d  CNBC",
    ]


def test_a_narrow_pane_drops_the_time_since_the_first_report_and_puts_the_outlet_below_the_date() -> None:
    assert said(lines_of(width=24))[7:14] == [
        " 1  8 May 00:30",
        "   Federal News Network",
        "   AWS files yet another",
        "   JEDI protest",
        " 2        02:48",
        "   Breaking Defense",
        "   JEDI: Amazon formally",
    ]


def test_the_best_reports_come_first_with_their_whole_date_and_the_own_outlet_last() -> None:
    lines = said(lines_of(width=100, is_best_first=True))
    assert lines[0] == "Coverage  6 outlets, 5 independent reports · best first · 2 days"
    assert lines[2] == "earliest in your library: Federal News Network  ·  first report of its own: Breaking Defense"
    assert lines[3:10] == [
        " ▸  8 May 22:30 +22 h  Breaking Defense    this report",
        " 2 10 May 02:00  +2 d  CNBC                Amazon says the award is flawed",
        " 3  8 May 23:00 +22 h  Bloomberg           Amazon files another protest",
        "   +2 copies of the same text  Nextgov, Fox",
        " 4  8 May 00:30        Federal News Netw…  AWS files yet another JEDI protest",
        "More from Breaking Defense",
        " 5  8 May 02:48  +2 h  Breaking Defense    JEDI: Amazon formally protests",
    ]


def test_unfolded_copies_are_numbered_below_the_report_they_copy() -> None:
    assert said(lines_of(width=100, unfolded=(3,)))[5:10] == [
        " 3        03:24  +2 h  Nextgov             Amazon files another protest",
        "    2 copies of the same text",
        " 4        23:00 +22 h    Bloomberg         Amazon files another protest",
        " 5  9 May 02:00 +25 h    Fox               Amazon files another protest",
        " ▸  8 May 22:30 +22 h  Breaking Defense    this report",
    ]


def test_a_copy_that_is_shown_is_never_folded_away() -> None:
    rows = ReportRows(5, Beside(PROTEST, ()))
    lines = said(list(beside_lines(rows, DAWN, 100, DAWN)))
    at = lines.index("   +1 copy of the same text  Fox")
    assert lines[at + 1] == " ▸        23:00 +22 h    Bloomberg         this report"
    alone_in_copying = covered(told(1, "Fox", 0), told(5, "CNBC", 1, copy_of=1))
    assert not any(
        "cop" in line for line in said(list(beside_lines(ReportRows(5, Beside(alone_in_copying, ())), 0, 80, 0)))
    )


def test_numbers_stay_the_same_whichever_report_is_shown() -> None:
    numbered = [ReportRows(shown, Beside(PROTEST, ())).numbered for shown in (1, 2, 3, 4, 7)]
    assert numbered == [[1, 2, 3, 4, 7]] * 5


def test_the_rows_to_choose_from_are_every_report_but_the_shown_one_and_every_fold() -> None:
    listed = [ListedRow(20, DAWN, True, "Fox", "Another thing", False)]
    rows = ReportRows(SHOWN, Beside(PROTEST, listed, [ListedRow(30, DAWN, True, "CNET", "Like it", True)]))
    assert rows.reports == [1, 2, 3, 0, 7, 0, 30, 20]
    assert rows.folds == {3: 3, 5: 0}
    assert rows.numbered == [1, 2, 3, 4, 7, 30, 20]
    lines = said(list(beside_lines(rows, DAWN, 100, DAWN)))
    assert lines[-5:] == [
        " ▾ Similar  1",
        " 6 8 May CNET  Like it",
        "",
        "Also listed by the publisher  1",
        " 7 8 May Fox  Another thing",
    ]
    made = GrowingLines(beside_lines(rows, DAWN, 60, DAWN))
    made.reach_end()
    assert list(made.places) == list(range(8))


def test_similar_ones_that_do_not_exist_are_said_not_to() -> None:
    rows = ReportRows(1, alone(1, DAWN)._replace(similar=()))
    assert said(list(beside_lines(rows, DAWN, 60, DAWN)))[1:] == [
        "Coverage  no other outlet in your library",
        "",
        " ▾ Similar  nothing in your library",
    ]


def test_unread_reports_are_strong_and_read_ones_are_not() -> None:
    looks = {text: look for line in lines_of(width=110) for text, look in line.parts}
    assert looks["JEDI: Amazon formally protests"] == "strong"
    assert looks["Amazon says the award is flawed"] == "text"


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (120, "6 outlets, 5 independent reports · 2 days · earliest in your library: Federal News Network"),
        (99, "6 outlets, 5 independent reports · 2 days"),
        (51, "6 outlets, 5 independent reports · 2 days"),
        (50, "6 outlets, 5 independent reports"),
        (41, "6 outlets · 2 days"),
        (27, "6 outlets"),
        (19, "6 outlets"),
        (18, "6 outle…"),
    ],
)
def test_the_heading_drops_what_it_has_no_room_for_from_the_end(width: int, expected: str) -> None:
    assert note(PROTEST, width) == f"Coverage  {expected}"


def test_the_order_is_said_before_anything_but_the_outlets() -> None:
    assert note(PROTEST, 35, is_best_first=True) == "Coverage  6 outlets · best first"


def test_independent_reports_are_counted_where_they_are_fewer_than_the_outlets() -> None:
    of_one_text = covered(told(1, "Fox", 0), told(2, "CNBC", 1, copy_of=1), told(3, "CNET", 2, copy_of=1))
    assert note(of_one_text).startswith("Coverage  3 outlets, 1 independent report · 2 h")
    twice = covered(told(1, "Fox", 0), told(2, "Fox", 1, copy_of=1), told(3, "CNET", 2))
    assert note(twice).startswith("Coverage  2 outlets · 2 h")


def test_reports_of_one_outlet_alone_are_not_called_outlets() -> None:
    lines = said(lines_of(covered(told(1, "Fox", 0), told(SHOWN, "Fox", 3))))
    assert lines[0] == "Coverage  2 reports of one outlet · 3 h"
    assert not any("earliest" in line for line in lines)


def test_the_heading_counts_the_list_that_is_shown() -> None:
    beyond = covered(
        told(1, "Fox", 0), told(SHOWN, "CNBC", 1), told(5, "CNET", 2, is_member=False),
        told(6, "Wired", 3, is_member=False, copy_of=5),
    )  # fmt: skip
    assert beyond.outlets == 2
    assert note(beyond).startswith("Coverage  4 outlets, 3 independent reports · 3 h")


def test_what_is_said_of_the_story_says_so_where_reports_of_another_story_stand_in_the_list() -> None:
    linked = told(5, "CNET", 0, is_member=False)
    reports = told(1, "Fox", 5), told(SHOWN, "CNBC", 6)
    figures = (AgreedFigure("$10bn", 2),)
    assert "earliest in your library: Fox" in note(covered(*reports))
    assert "earliest of this story: Fox" in note(covered(linked, *reports))
    assert "$10bn in 2 of 2 outlets" in said(lines_of(covered(*reports, figures=figures)))
    assert "$10bn in 2 outlets of this story" in said(lines_of(covered(linked, *reports, figures=figures)))


def test_unknown_hours_are_neither_the_earliest_nor_counted_from() -> None:
    coverage = covered(
        told(1, "Fox", 0, is_day_only=True), told(SHOWN, "CNBC", 5), told(5, "CNET", 5.7),
        told(6, "Wired", 9, is_date_known=False),
    )  # fmt: skip
    assert said(lines_of(coverage, 100))[:5] == [
        "Coverage  4 outlets · 42 min · earliest in your library: CNBC",
        " 1  8 May              Fox    Headline 1",
        " ▸        05:00        CNBC   this report",
        " 3        05:42 +42 m  CNET   Headline 5",
        " 4 undated             Wired  Headline 6",
    ]


def test_a_story_without_any_time_shows_its_days() -> None:
    coverage = covered(told(1, "Fox", 0, is_day_only=True), told(SHOWN, "CNBC", 24, is_day_only=True))
    assert said(lines_of(coverage, 80))[:3] == [
        "Coverage  2 outlets",
        " 1  8 May Fox   Headline 1",
        " ▸  9 May CNBC  this report",
    ]


def test_the_year_is_said_where_it_is_not_the_article_s_own() -> None:
    coverage = covered(told(1, "Fox", -129 * 24), told(SHOWN, "CNBC", 0))
    assert said(lines_of(coverage, 80))[1:3] == [
        " 1 31 Dec 2019 00:00         Fox   Headline 1",
        " ▸       8 May 00:00 +129 d  CNBC  this report",
    ]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_days_and_clocks_are_local_and_days_without_a_clock_are_not(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    lines = said(lines_of(covered(told(1, "Fox", 0, is_day_only=True), told(SHOWN, "CNBC", 1)), 80))
    assert lines[1].startswith(" 1  8 May ")
    assert lines[2].split()[1:4] == (["7", "May", "18:00"] if zone.startswith("America") else ["13:00", "CNBC", "this"])


def test_the_bar_appears_from_six_reports_on() -> None:
    assert not any("each" in line for line in said(lines_of(several(5))))
    assert said(lines_of(several(6)))[1] == "▂▂▂▂▂▂  1 h each"


@pytest.mark.parametrize(
    ("hours", "blocks", "each"),
    [
        ((0, 0, 0, 0, 0, 0, 5), "█    ▂", 1),
        ((0, 1, 2, 3, 4, 47), "▄▄▂                    ▂", 2),
        ((0, 0.5, 0.9, 1, 7, 8, 8.1, 9), "▆▂     ▂▄▂", 1),
        ((0, 1, 2, 3, 4, 24 * 365 * 20), "█" + " " * 22 + "▂", 7_301),
    ],
)
def test_the_bar_shows_how_many_reports_came_when(hours: tuple[float, ...], blocks: str, each: int) -> None:
    found = bar([int(DAWN + hour * HOUR) for hour in hours], 60)
    assert found == (blocks, each)


def test_the_bar_fits_a_narrow_pane_and_says_nothing_of_a_moment() -> None:
    found = bar([DAWN + hour * HOUR for hour in range(20)], 8)
    assert found == ("▆▆▆▆▆▆▄", 3)
    assert bar([DAWN] * 20, 60) is None
    assert bar([DAWN + hour * HOUR for hour in range(20)], 1) is None


def test_the_bar_of_a_screen_without_blocks_still_rises() -> None:
    assert encoded("▁▂▃▄▅▆▇█", "ascii") == b"__--==##"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-5, ""), (0, ""), (59, "+0 m"), (2_400, "+40 m"), (3_600, "+1 h"), (172_799, "+47 h"), (172_800, "+2 d")],
)
def test_the_time_after_the_first_report_is_said_in_one_unit(seconds: int, expected: str) -> None:
    assert after(DAWN + seconds, DAWN) == expected
    assert after(DAWN + seconds, None) == ""


@pytest.mark.parametrize(
    ("times", "expected"),
    [((), ""), ((5,), ""), ((0, 59), ""), ((0, 600), "10 min"), ((0, 7_200), "2 h"), ((0, 300_000), "3 days")],
)
def test_how_long_a_story_is_told_is_said_as_people_say_it(times: tuple[int, ...], expected: str) -> None:
    assert span(times) == expected


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("is_best_first", [True, False])
def test_no_line_is_wider_than_the_pane(width: int, is_best_first: bool) -> None:
    wide = covered(
        *PROTEST.reports[:6], told(8, "微软中国", -9000, "微软 Azure 中国北部区域新增可用区，客户可以部署"),  # noqa: RUF001
        *(told(number, "The Very Long Name of an Outlet Without End", number, copy_of=1) for number in range(9, 200)),
        figures=(AgreedFigure("$" + "9" * 40, 12),), own=8,
    )  # fmt: skip
    for unfolded in ((), (1, 3)):
        for line in lines_of(wide, width, unfolded, is_best_first=is_best_first):
            assert sum(cell_len(text) for text, _ in line.parts) <= width, line


@pytest.mark.parametrize(
    "raw", ["[@click=app.quit]x[/]", "[/]", "\x1b[2J", "x" * 3_000, "微" * 3_000, "", "e" + "\u0301" * 300]
)
def test_hostile_names_and_headlines_are_only_text(raw: str) -> None:
    reports = [told(number, raw, number, raw) for number in range(3, 12)]
    hostile = covered(*reports, told(12, raw, 20, raw, copy_of=3), figures=(AgreedFigure(raw, 3),), own=5)
    for width in (20, 50, 120):
        for line in lines_of(hostile, width, is_best_first=width == 50):
            assert sum(cell_len(text) for text, _ in line.parts) <= width
