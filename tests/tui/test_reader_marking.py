"""Read, saved, muted: what marks a story, what does not, and how all of it is taken back."""

from typing import TYPE_CHECKING

import pytest

from newstui.config import Settings
from newstui.library import Library
from newstui.library.rows import Mute

if TYPE_CHECKING:
    from tests.tui.conftest import Read

PROTEST, COMPLAINT, BILLION, PREVIEW = AZURE = [
    "JEDI: inside the nesting-doll protest", "Another complaint about JEDI", "A billion for Poland",
    "VMware solution in preview",
]  # fmt: skip
AT_ONCE = Settings(mark_read_after=0, refresh_every="never")
LATER = Settings(mark_read_after=600, refresh_every="never")


async def test_m_marks_read_and_unread_again_everywhere(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("m")
        assert reader.headline == PROTEST
        assert "●" not in reader.row(PROTEST)
        assert "3/4" in reader.row("Azure")
        assert "2/3" in reader.row("Security")
        assert "7/9" in reader.row("All")
        assert "3 unread" in reader.header
        await reader.press("m")
        assert "●" in reader.row(PROTEST)
        assert ("4/4" in reader.row("Azure"), "3/3" in reader.row("Security")) == (True, True)
        assert PROTEST in reader.headlines("is:unread")


async def test_s_saves_says_so_and_takes_back(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("s")
        assert "★" in reader.row(PROTEST)
        assert reader.footer.startswith("Saved “JEDI: inside the nesting-doll protest” · u undoes")
        await reader.until(lambda: reader.row("Saved").endswith(" 1"))
        await reader.press("s")
        assert "★" not in reader.row(PROTEST)
        assert "u undoes" in reader.footer
        await reader.until(lambda: reader.row("Saved").endswith(" 0"))
        assert reader.headlines("is:saved") == []


async def test_capital_a_marks_the_topic_read_and_u_brings_back_exactly_that(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "j", "m", "k", "A")
        assert reader.footer.startswith("Marked 3 read · u undoes")
        assert "●" not in "".join(line for line in reader.rows if any(one in line for one in AZURE))
        assert "0/4" in reader.row("Azure")
        assert sorted(reader.headlines("is:unread")) == [
            "A long story", "A note on indexes", "A patch for a hole", "Old keys, new locks",
        ]  # fmt: skip
        await reader.press("u")
        assert reader.headline == COMPLAINT
        assert reader.footer.startswith("Undone: Marked 3 read · ctrl+r does it again")
        assert {PROTEST, COMPLAINT, PREVIEW} <= set(reader.headlines("is:unread"))
        assert BILLION not in reader.headlines("is:unread")
        assert "3/4" in reader.row("Azure")
        await reader.press("ctrl+r")
        assert reader.footer.startswith("Done again: Marked 3 read · u undoes")
        assert "0/4" in reader.row("Azure")
        assert reader.headline == COMPLAINT


async def test_capital_a_marks_only_what_the_filter_shows(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("/", *"jedi", "enter", "A")
        assert reader.footer.startswith("Marked 2 read · u undoes")
        assert {BILLION, PREVIEW} <= set(reader.headlines("is:unread"))
        assert not {PROTEST, COMPLAINT} & set(reader.headlines("is:unread"))


async def test_capital_a_says_when_there_is_nothing_to_mark(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("A", "A")
        assert reader.footer.startswith("Everything shown here is read")
        await reader.press("u")
        assert "4/4" in reader.row("Azure")


async def test_what_is_undone_step_by_step_is_redone_step_by_step(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("m", "j", "s", "j", "m")
        for _ in range(3):
            await reader.press("u")
        assert reader.headlines("is:saved") == []
        assert set(AZURE) <= set(reader.headlines("is:unread"))
        for _ in range(3):
            await reader.press("ctrl+r")
        assert reader.headlines("is:saved") == [COMPLAINT]
        assert set(AZURE) & set(reader.headlines("is:unread")) == {COMPLAINT, PREVIEW}
        await reader.press("ctrl+r")
        assert "Nothing to redo" in reader.footer
        assert reader.headline == BILLION


async def test_u_says_when_there_is_nothing_to_undo(read: "Read") -> None:
    with Library.open(None) as library:
        library.subscribe("folder", "/news", "News")
        library.finish(1, 0)
        async with read(library) as reader:
            await reader.press("u")
            assert "Nothing to undo" in reader.footer


async def test_a_story_rested_on_is_read(news: Library, read: "Read") -> None:
    async with read(news, AT_ONCE) as reader:
        await reader.until(lambda: PROTEST not in reader.headlines("is:unread"))
        assert "●" not in reader.row(PROTEST)
        assert "3/4" in reader.row("Azure")


async def test_a_story_passed_over_is_not_read(news: Library, read: "Read") -> None:
    async with read(news, LATER) as reader:
        for _ in range(3):
            await reader.press("j")
        assert set(AZURE) <= set(reader.headlines("is:unread"))
        assert reader.headline == PREVIEW
        first_timer = reader.main._reading_timer
        await reader.press("k")
        assert reader.main._reading_timer is not first_timer
        assert first_timer is not None
        assert first_timer._task is None


async def test_never_means_that_resting_marks_nothing(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        assert reader.main._reading_timer is None
        await reader.press("j")
        assert reader.main._reading_timer is None


async def test_resting_on_a_story_marked_unread_by_hand_leaves_it_unread(news: Library, read: "Read") -> None:
    async with read(news, AT_ONCE) as reader:
        await reader.until(lambda: PROTEST not in reader.headlines("is:unread"))
        await reader.press("m")
        await reader.press("J", "K", "i", "escape")
        assert PROTEST in reader.headlines("is:unread")
        assert "●" in reader.row(PROTEST)
        await reader.press("j")
        await reader.until(lambda: COMPLAINT not in reader.headlines("is:unread"))
        assert PROTEST in reader.headlines("is:unread")


async def test_resting_on_a_story_that_u_made_unread_leaves_it_so(news: Library, read: "Read") -> None:
    async with read(news, AT_ONCE) as reader:
        await reader.until(lambda: PROTEST not in reader.headlines("is:unread"))
        await reader.press("u")
        await reader.pilot.pause(0.05)
        assert PROTEST in reader.headlines("is:unread")


async def test_resting_under_a_dialog_marks_nothing(news: Library, read: "Read") -> None:
    async with read(news, LATER) as reader:
        await reader.press("i")
        reader.main._rested()
        assert PROTEST in reader.headlines("is:unread")
        timer = reader.main._reading_timer
        await reader.press("escape")
        assert reader.main._reading_timer not in (timer, None)
        reader.main._rested()
        assert PROTEST not in reader.headlines("is:unread")


async def test_going_in_with_enter_marks_read(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("enter")
        assert PROTEST not in reader.headlines("is:unread")
        await reader.press("q", "j", "tab")
        assert COMPLAINT in reader.headlines("is:unread")


@pytest.mark.parametrize(
    ("key", "gone", "mute"),
    [
        ("o", {PROTEST}, Mute("outlet", "defense.example")),
        ("azure", set(AZURE), Mute("topic", "Azure")),
        ("word", {PROTEST, COMPLAINT}, Mute("word", "jedi")),
    ],
)
async def test_mute_hides_an_outlet_a_topic_or_a_word_and_u_brings_it_back(
    news: Library, read: "Read", key: str, gone: set[str], mute: Mute
) -> None:
    async with read(news) as reader:
        before = set(reader.headlines())
        await reader.press("M")
        keys = {"o": ["o"], "azure": ["j", "enter"], "word": ["w"]}
        await reader.press(*keys[key])
        if key == "word":
            await reader.type("jedi")
            await reader.press("enter")
        assert set(reader.headlines()) == before - gone
        assert "u undoes" in reader.footer
        assert reader.library.mutes() == [mute]
        assert not any(headline in reader.text.split("u undoes")[0] for headline in gone)
        await reader.press("u")
        assert set(reader.headlines()) == before
        assert reader.library.mutes() == []
        assert reader.row(COMPLAINT)


async def test_mute_can_be_given_up(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("M", "escape", "M", "w", "escape", "M", "w", "enter")
        assert reader.library.mutes() == []
        assert reader.headline == PROTEST


async def test_a_long_topic_keeps_its_place_through_mark_all_and_undo(many: Library, read: "Read") -> None:
    async with read(many) as reader:
        await reader.press("G", "k", "k", "k", "pageup", "pageup")
        place = reader.headline, reader.main.sidebar.rows_above
        await reader.press("A")
        assert "Marked 3,000 read · u undoes" in reader.footer
        assert (reader.headline, reader.main.sidebar.rows_above) == place
        assert not any("●" in line for line in reader.rows)
        await reader.press("u")
        assert (reader.headline, reader.main.sidebar.rows_above) == place
        assert all("●" in line for line in reader.rows)


async def test_reading_one_line_after_marking_all_goes_back_to_the_keys(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("A")
        assert reader.main.message
        reader.main._told()
        assert reader.footer.startswith("enter read")
