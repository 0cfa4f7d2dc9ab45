"""Getting about in the reader: rows, pages, ends, folds, panes, topics, and on through what is unread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from newstui.library import Library

if TYPE_CHECKING:
    from tests.tui.conftest import Read

AZURE = ["JEDI: inside the nesting-doll protest", "Another complaint about JEDI", "A billion for Poland",
         "VMware solution in preview"]  # fmt: skip


async def test_the_start_shows_the_first_story_of_the_first_topic_with_unread_ones(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        assert reader.rows[:3] == [
            f" ▸ All{'8/9':>49}",
            f" ▾ Azure{'4/4':>47}",
            f"▌ ● {AZURE[0]}{'11:00':>14}",
        ]
        assert reader.headline == AZURE[0]
        assert reader.article.startswith(AZURE[0])
        assert reader.footer.endswith("1/4")
        assert not any(headline in line for line in reader.rows for headline in ("A patch", "A long story"))


async def test_topics_stand_by_unread_stories_then_by_name_and_views_below(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        names = [line.split("  ")[0].strip(" ▸▾") for line in reader.rows if "▸" in line or "▾" in line]
        assert names == ["All", "Azure", "Security", "Databases", "Storage", "Saved", "Several outlets", "Today"]


@pytest.mark.parametrize(
    ("keys", "headline"),
    [
        (["j"], AZURE[1]),
        (["down", "down"], AZURE[2]),
        (["j", "j", "k"], AZURE[1]),
        (["j", "j", "up"], AZURE[1]),
        (["k"], "Azure"),
        (["j"] * 4, "Security"),
        (["j"] * 4 + ["k"], AZURE[3]),
        (["j"] * 7, "Saved"),
        (["j"] * 7 + ["k"], "Storage"),
        (["G"], "Today"),
        (["end", "j"], "Today"),
        (["g"], "All"),
        (["G", "home", "k"], "All"),
        (["pagedown"], "Today"),
        (["G", "pageup"], "All"),
    ],
)
async def test_the_cursor_moves_by_rows_and_to_the_ends(
    news: Library, read: "Read", keys: Sequence[str], headline: str
) -> None:
    async with read(news) as reader:
        await reader.press(*keys)
        assert reader.headline == headline
        assert reader.article.split("\n")[0] == headline
        (under_cursor,) = [line for line in reader.rows if line.startswith("▌")]
        assert headline in under_cursor


async def test_pages_and_half_pages_scroll_a_long_list_and_come_back(many: Library, read: "Read") -> None:
    async with read(many, size=(120, 33)) as reader:
        height = reader.main.sidebar.size.height
        assert height == 30
        places = []
        for key in ("pagedown", "ctrl+d", "ctrl+u", "pageup"):
            await reader.press(key)
            places.append(reader.headline)
        assert places == ["Story 29", "Story 44", "Story 29", "Story 0"]
        await reader.press("G", "k", "k", "k")
        assert reader.headline == "Story 2999"
        await reader.press("pageup")
        assert reader.headline == "Story 2970"
        assert reader.footer.endswith("2,971/3,000")


async def test_holding_j_through_2000_rows_neither_skips_nor_blanks_one(many: Library, read: "Read") -> None:
    async with read(many, size=(120, 33)) as reader:
        sidebar = reader.main.sidebar
        for number in range(1, 2_001):
            sidebar.action_move(1)
            if number % 100 == 0:
                await reader.pilot.pause()
            assert reader.headline == f"Story {number}"
            assert 0 <= sidebar.rows_above < sidebar.size.height
            assert f"Story {number} " in sidebar.line_at(sidebar.rows_above).text
        await reader.settle()
        assert all("Story" in line for line in reader.rows)
        assert reader.article.startswith("Story 2000")


async def test_a_key_that_repeats_moves_the_cursor_at_once_and_the_text_when_it_rests(
    many: Library, read: "Read"
) -> None:
    async with read(many) as reader:
        sidebar = reader.main.sidebar
        for _ in range(20):
            sidebar.action_move(1)
        assert reader.headline == "Story 20"
        assert reader.article.startswith("Story 1\n")
        await reader.settle()
        assert reader.article.startswith("Story 20\n")


async def test_what_is_asked_before_the_cursor_rests_is_asked_of_the_story_under_it(
    many: Library, read: "Read"
) -> None:
    async with read(many) as reader:
        sidebar = reader.main.sidebar
        for _ in range(3):
            sidebar.action_move(1)
        reader.main.enter_main_pane()
        assert reader.article.startswith("Story 3\n")
        for _ in range(3):
            sidebar.action_move(1)
        await reader.app.run_action("scroll_text(2)", reader.main)
        assert reader.main.article is not None
        assert reader.main.article.headline == "Story 6"


async def test_h_folds_the_topic_of_the_story_and_l_unfolds_it(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "h")
        assert (reader.headline, reader.row(AZURE[1])) == ("Azure", "")
        assert reader.row("Azure").startswith("▌▸ Azure")
        await reader.press("l")
        assert reader.headline == "Azure"
        assert AZURE[1] in reader.row(AZURE[1])
        assert reader.row("Azure").startswith("▌▾ Azure")


@pytest.mark.parametrize(("fold", "unfold"), [("left", "right"), ("enter", "enter")])
async def test_a_topic_under_the_cursor_folds_and_unfolds(news: Library, read: "Read", fold: str, unfold: str) -> None:
    async with read(news) as reader:
        await reader.press("k", fold)
        assert not any(headline in line for headline in AZURE for line in reader.rows)
        assert "4 unread of 4 stories" in reader.article
        await reader.press(unfold, "j")
        assert reader.headline == AZURE[0]


@pytest.mark.parametrize(("into", "back"), [("enter", "q"), ("l", "h"), ("right", "left"), ("tab", "shift+tab")])
async def test_keys_lead_into_the_text_and_back_to_the_same_story(
    news: Library, read: "Read", into: str, back: str
) -> None:
    async with read(news) as reader:
        await reader.press("j", into)
        assert reader.main.main_pane.has_focus
        assert not any(line.startswith("▌") for line in reader.rows)
        await reader.press(back)
        assert reader.main.sidebar.has_focus
        assert reader.row(AZURE[1]).startswith("▌")


async def test_tab_leads_nowhere_where_no_article_is_shown(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("g", "tab")
        assert reader.main.sidebar.has_focus


async def test_brackets_go_from_topic_to_topic(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        visited = []
        for key in ("j", "[", "[", "[", "]", "]", "]", "]"):
            await reader.press(key)
            visited.append(reader.headline)
        assert visited == [AZURE[1], "Azure", "All", "All", "Azure", "Security", "Databases", "Storage"]


async def test_the_last_bracket_stays_on_the_last_view(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("G", "]", "]")
        assert reader.headline == "Today"


async def test_t_jumps_to_the_topic_that_is_typed_and_shows_its_first_story(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("t")
        assert "3 unread" in reader.text
        await reader.type("secu")
        await reader.press("enter")
        assert (reader.topic, reader.headline) == ("Security", AZURE[0])
        await reader.press("t")
        await reader.press("escape")
        assert reader.topic == "Security"


async def test_capital_j_and_k_scroll_the_text_and_leave_the_cursor(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("t", *"data", "enter")
        assert reader.headline == "A long story"
        await reader.press("J", "J", "J")
        assert not reader.article.startswith("A long story")
        assert reader.headline == "A long story"
        assert reader.main.sidebar.has_focus
        await reader.press("K", "K", "K")
        assert reader.article.startswith("A long story")


async def test_j_and_k_scroll_the_text_when_it_has_the_focus(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("t", *"data", "enter", "enter", "j", "j")
        assert reader.main.main_pane.top == 2
        await reader.press("G")
        assert "Paragraph 59 of the long story." in reader.article
        await reader.press("g", "ctrl+d", "ctrl+u", "pagedown", "pageup", "k")
        assert reader.main.main_pane.top == 0
        assert reader.headline == "A long story"


async def test_space_pages_to_the_end_marks_read_and_goes_to_the_next_unread_story(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("t", *"data", "enter")
        presses = 0
        while reader.headline == "A long story":
            assert "A long story" in reader.headlines("is:unread")
            before = reader.main.main_pane.top
            await reader.press("space")
            presses += 1
            assert reader.main.main_pane.top > before or reader.headline != "A long story"
        assert presses > 3
        assert "A long story" not in reader.headlines("is:unread")
        assert reader.headline == "A note on indexes"


async def test_space_reads_on_from_topic_to_topic_until_all_is_read(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        seen = [reader.headline]
        while "Everything is read" not in reader.footer:
            await reader.press("space")
            if reader.headline != seen[-1]:
                seen.append(reader.headline)
        assert seen == [*AZURE, "A patch for a hole", "Old keys, new locks", "A long story", "A note on indexes"]
        assert reader.headlines("is:unread") == []


async def test_b_pages_back(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("t", *"data", "enter", "space", "space", "b")
        top = reader.main.main_pane.top
        assert top == reader.main.main_pane.size.height - 1
        await reader.press("b", "b")
        assert reader.article.startswith("A long story")


async def test_n_and_p_go_through_the_unread_stories_across_topics(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "j", "m", "k", "k")
        visited = []
        for _ in range(5):
            await reader.press("n")
            visited.append(reader.headline)
        assert visited == [AZURE[1], AZURE[3], AZURE[0], "A patch for a hole", "Old keys, new locks"]
        assert reader.topic == "Security"
        await reader.press("p", "p", "p")
        assert (reader.topic, reader.headline) == ("Azure", AZURE[3])
        assert AZURE[2] not in reader.headlines("is:unread")
        assert len(reader.headlines("is:unread")) == 7


async def test_n_and_p_say_where_no_story_is_unread(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("p")
        assert "No unread story before this one" in reader.footer
        await reader.press("t", *"data", "enter", "n", "n")
        assert "No unread story after this one" in reader.footer
        assert reader.headline == "A note on indexes"
        await reader.press("[", "[", "[", "[", "A", "n")
        assert "Everything is read" in reader.footer


async def test_n_on_a_folded_topic_goes_to_its_first_unread_story(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("]", "n")
        assert (reader.topic, reader.headline) == ("Security", AZURE[0])


async def test_a_click_puts_the_cursor_on_a_row_and_a_second_one_goes_in(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.pilot.click(reader.main.sidebar, offset=(10, 5))
        await reader.settle()
        assert reader.headline == AZURE[2]
        await reader.pilot.click(reader.main.sidebar, offset=(10, 5))
        await reader.settle()
        assert reader.main.main_pane.has_focus


async def test_q_goes_back_step_by_step_and_at_last_leaves(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("f", "u", "enter", "1")
        assert reader.article.startswith("Listed report 1")
        await reader.press("q")
        assert reader.article.startswith(AZURE[0])
        await reader.press("q")
        assert reader.main.sidebar.has_focus
        await reader.press("q")
        assert "unread ·" in reader.header
        assert reader.app.return_code is None
        await reader.pilot.press("q")
        await reader.pilot.pause()
    assert reader.app.return_code == 0


@pytest.mark.parametrize("key", ["Q", "ctrl+c"])
async def test_one_key_leaves_from_anywhere(news: Library, read: "Read", key: str) -> None:
    async with read(news) as reader:
        await reader.press("enter", "i")
        await reader.pilot.press(key)
        await reader.pilot.pause()
    assert reader.app.return_code == 0


async def test_p_before_the_first_topic_does_not_unfold_all_stories(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("p")
        assert reader.headline == AZURE[0]
        assert reader.row("All").startswith(" ▸ All")


async def test_n_in_a_view_stays_among_its_stories(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("t", *"today", "enter")
        visited = [reader.headline]
        while "No unread" not in reader.footer:
            await reader.press("n")
            visited.append(reader.headline)
        assert visited == [AZURE[0], AZURE[1], "A long story", "A patch for a hole", "A patch for a hole"]
        assert reader.topic == "Today"
