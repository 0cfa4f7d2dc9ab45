"""The headlines of a story under one another: what all share is dimmed, copies are told once, one is chosen."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.screen import Screen

from newstui.library.rows import Coverage, Report
from newstui.tui.headlines_text import headlines_lines, shared_words, texts
from newstui.tui.screens.headlines import HeadlinesScreen
from newstui.tui.text_lines import TextLine

Opened = Callable[[Screen[Any]], tuple[App[None], list[object]]]
Seen = Callable[[App[Any]], str]

NOON = 1_589_025_600  # Sat 9 May 2020, 12:00 UTC
HOUR, DAY = 3_600, 86_400
HOSTILE = "[@click=app.quit]x[/]"


def report(article: int, headline: str, outlet: str = "Herald", **said: object) -> Report:
    fields: dict[str, Any] = {
        "article": article, "url": f"https://herald.example/{article}", "published": NOON + article * HOUR,
        "is_date_known": True, "is_day_only": False, "outlet": outlet, "domain": "herald.example",
        "headline": headline, "is_read": True, "is_member": True, "is_same_outlet": False, "score": 5.0,
        "copy_of": None,
    }  # fmt: skip
    return Report(**fields | said)


PROTEST = (
    report(1, "AWS files yet another JEDI protest", "Federal News Network"),
    report(2, "JEDI: Amazon formally protests the JEDI award", "Breaking Defense"),
    report(3, "Amazon files another protest", "Nextgov"),
    report(4, "Amazon files another protest", "Local Paper", copy_of=3),
    report(5, "Amazon files another protest", "Evening Paper", copy_of=3),
)


def coverage(reports: Sequence[Report] = PROTEST) -> Coverage:
    return Coverage(1, 5, 3, len(reports), NOON, 1, None, (), tuple(reports), ())


def lines_of(reports: Sequence[Report], width: int = 100, shown: int = 0) -> list[TextLine]:
    return list(headlines_lines(texts(reports), shown, width))


def told(reports: Sequence[Report], width: int = 100, shown: int = 0) -> list[str]:
    return ["".join(text for text, _ in line.parts).rstrip() for line in lines_of(reports, width, shown)]


def dimmed(*headlines: str) -> list[str]:
    """The words of each headline that are dimmed."""
    lines = lines_of([report(number, headline) for number, headline in enumerate(headlines, 1)], 400)
    return ["".join(text if part == "faint" else " " for text, part in line.parts) for line in lines if line.parts]


def words(*headlines: str) -> list[list[str]]:
    return [line.split() for line in dimmed(*headlines)]


def test_copies_are_told_once_with_the_outlets_that_carry_them() -> None:
    first, second, third = texts(PROTEST)
    assert [first.report, second.report, third.report] == list(PROTEST[:3])
    assert third.copies == list(PROTEST[3:])
    assert "same text: Local Paper, Evening Paper" in "\n".join(told(PROTEST))
    assert "\n".join(told(PROTEST)).count("Amazon files another protest") == 1


def test_words_that_all_headlines_share_are_dimmed_whatever_their_ending_and_case() -> None:
    assert words("Amazon protests the award", "An award: protesting, AMAZON says") == [
        ["Amazon", "protests", "award"], ["award:", "protesting,", "AMAZON"],
    ]  # fmt: skip


def test_a_word_that_one_headline_lacks_is_dimmed_in_none() -> None:
    assert words("Amazon protests", "Amazon files", "Microsoft wins") == [[], [], []]


def test_small_words_that_all_share_are_dimmed_too_and_marks_alone_are_not() -> None:
    assert words("Fire in the north | News", "Smoke in the south | Daily") == [["in", "the"], ["in", "the"]]


def test_a_word_that_stands_twice_is_dimmed_twice() -> None:
    assert words("Budget after budget", "The budget")[0] == ["Budget", "budget"]


@pytest.mark.parametrize("other", ["Care for health", "The health care bill", "A healthcare bill", "Health-care bill"])
def test_a_word_with_a_hyphen_meets_both_other_spellings(other: str) -> None:
    assert words("Health-care costs", other)[0] == ["Health-care"]


def test_half_of_a_word_with_a_hyphen_is_dimmed_alone() -> None:
    assert words("Anti-trust case", "Trust me") == [["trust"], ["Trust"]]


def test_a_dash_without_spaces_parts_words() -> None:
    assert words("Amazon—again", "Amazon files") == [["Amazon"], ["Amazon"]]


def test_scripts_without_spaces_dim_the_characters_that_all_share() -> None:
    assert words("微软云发布新服务", "新闻:微软云降价") == [["微软云"], ["微软云"]]


def test_a_headline_alone_has_nothing_dimmed() -> None:
    assert shared_words(texts([report(1, "Amazon protests")])) == frozenset()
    assert words("Amazon protests") == [[]]


def test_the_words_of_a_headline_stay_in_their_order() -> None:
    for number, line in enumerate(told(PROTEST, 200)[::2][:3]):
        assert line.endswith(PROTEST[number].headline)


def test_a_wide_pane_puts_time_and_outlet_beside_and_a_narrow_one_above() -> None:
    assert told(PROTEST[:2]) == [
        " 1 9 May 13:00  Federal News Network  AWS files yet another JEDI protest",
        "",
        " 2       14:00  Breaking Defense      JEDI: Amazon formally protests the JEDI award",
        "",
    ]
    assert told(PROTEST[:2], 40) == [
        " 1 9 May 13:00 Federal News Network",
        "   AWS files yet another JEDI protest",
        "",
        " 2 14:00 Breaking Defense",
        "   JEDI: Amazon formally protests the",
        "   JEDI award",
        "",
    ]


def test_a_day_without_a_clock_and_an_unknown_date_say_what_is_known() -> None:
    day = report(1, "One", published=NOON - 12 * HOUR, is_day_only=True)
    lines = told([day, report(2, "Two", is_date_known=False), report(3, "Three")])
    assert [line.split()[1:3] for line in lines[::2]] == [["9", "May"], ["undated", "Herald"], ["9", "May"]]


def test_the_article_that_is_shown_is_marked_also_by_a_copy_of_its_text() -> None:
    assert [line[1] for line in told(PROTEST, shown=2)[::2][:3]] == ["1", "▸", "3"]
    assert told(PROTEST, shown=5)[4][1] == "▸"


def test_what_is_unread_stands_out() -> None:
    lines = lines_of([report(1, "Amazon files", is_read=False), report(2, "Amazon wins")])
    assert ("files", "strong") in [(text.strip(), part) for text, part in lines[0].parts]
    assert ("wins", "text") in [(text.strip(), part) for text, part in lines[2].parts]


@pytest.mark.parametrize("width", [10, 20, 40, 59, 60, 80, 200])
def test_no_line_is_wider_than_the_pane_and_every_word_is_there(width: int) -> None:
    wide = [*PROTEST, report(6, "東京の夜の本屋は朝まで開いている", "夜の新聞"), report(7, HOSTILE, "👩‍👩‍👧‍👦 Daily")]
    lines = told(wide, width)
    assert max(map(cell_len, lines)) <= width
    said = "".join("".join(lines).split())
    assert "".join(HOSTILE.split()) in said
    assert "東京の夜の本屋は朝まで開いている" in said


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("enter",), 1),
        (("j", "j", "enter"), 3),
        (("G", "enter"), 3),
        (("3",), 3),
        (("2",), None),
        (("escape",), None),
        (("q",), None),
        (("=",), None),
    ],
)
async def test_a_report_is_chosen_and_the_one_that_is_shown_only_closes(
    open_dialog: Opened, keys: tuple[str, ...], answer: int | None
) -> None:
    app, answers = open_dialog(HeadlinesScreen(coverage(), 2))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert answers == [answer]


@pytest.mark.parametrize(
    ("reports", "note"),
    [
        (PROTEST, "3 texts of 5 reports · what all of them say is dimmed"),
        (PROTEST[:2], "2 · what all of them say is dimmed"),
        ((PROTEST[1], report(6, "Microsoft wins")), "2 · no word is in all of them"),
    ],
)
async def test_the_heading_counts_the_texts_and_says_what_is_dimmed(
    open_dialog: Opened, seen: Seen, reports: Sequence[Report], note: str
) -> None:
    app, _ = open_dialog(HeadlinesScreen(coverage(reports), 2))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"Headlines  {note}" in seen(app)


def test_the_year_is_said_only_where_it_is_another_than_that_of_the_article_shown() -> None:
    reports = [report(1, "One"), report(2, "Two", published=NOON - 400 * DAY)]
    assert "5 Apr 2019 12:00" in told(reports, shown=1)[2]
    assert "9 May 13:00" in told(reports, shown=1)[0]
    assert "9 May 2020 13:00" in told(reports, shown=2)[0]


async def test_a_number_without_a_report_does_nothing(open_dialog: Opened) -> None:
    app, answers = open_dialog(HeadlinesScreen(coverage(), 2))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9", "space", "m")
        await pilot.pause()
        assert answers == []


async def test_many_reports_scroll_and_each_can_be_chosen(open_dialog: Opened, seen: Seen) -> None:
    many = [report(number, f"Headline {number}") for number in range(1, 301)]
    app, answers = open_dialog(HeadlinesScreen(coverage(many), 1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        assert "Headline 300" in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [300]


@pytest.mark.parametrize("size", [(200, 60), (120, 36), (80, 24), (40, 20), (20, 10), (20, 5)])
async def test_headlines_serve_at_every_size(open_dialog: Opened, seen: Seen, size: tuple[int, int]) -> None:
    reports = [report(1, f"{HOSTILE} files"), report(2, f"{HOSTILE} wins"), report(3, "Amazon", copy_of=2)]
    app, answers = open_dialog(HeadlinesScreen(coverage(reports), 1))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "9 May 13:00" in seen(app)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert answers == [2]
