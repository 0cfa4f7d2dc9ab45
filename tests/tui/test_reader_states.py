"""What the reader says where there is nothing to read, its palette and help, and what it looks like."""

from typing import TYPE_CHECKING

import pytest

from newstui.config import Settings
from newstui.library import Library
from newstui.tui.palette import Palette
from newstui.tui.screens.help import HelpScreen
from newstui.tui.screens.main import MainScreen
from newstui.tui.screens.prompt import Prompt
from newstui.tui.screens.sources import SourcesScreen
from newstui.tui.screens.welcome import WelcomeScreen

if TYPE_CHECKING:
    from tests.tui.conftest import Read

PROTEST = "JEDI: inside the nesting-doll protest"
COMPLAINT = "Another complaint about JEDI"


async def test_an_empty_library_begins_with_a_welcome_and_s_reads_the_samples(read: "Read") -> None:
    with Library.open(None) as library:
        async with read(library, now=1_795_348_800) as reader:
            assert isinstance(reader.app.screen, WelcomeScreen)
            await reader.press("s")
            await reader.until(lambda: "30 new articles" in reader.footer)
            assert reader.rows[0].startswith(" ▸ All")
            assert reader.rows[1].startswith(" ▾ ")
            assert reader.rows[2].startswith("▌ ●")
            assert reader.article.startswith(reader.headline[:30])
            assert [source.name for source in reader.library.subscriptions()] == ["Samples"]
            reader.main._told()
            assert reader.footer.startswith("enter read   o open")


@pytest.mark.parametrize("key", ["a", "f"])
async def test_the_welcome_asks_for_a_place_and_comes_back_to_a_list_that_says_how(read: "Read", key: str) -> None:
    with Library.open(None) as library:
        async with read(library) as reader:
            await reader.press(key)
            assert isinstance(reader.app.screen, Prompt)
            await reader.press("escape")
            assert isinstance(reader.app.screen, (MainScreen, WelcomeScreen))
            if isinstance(reader.app.screen, MainScreen):
                assert "Nothing here yet" in reader.article
                assert "Add a feed, site or folder" in reader.article


async def test_q_leaves_from_the_welcome(read: "Read") -> None:
    with Library.open(None) as library:
        async with read(library) as reader:
            await reader.pilot.press("q")
            await reader.pilot.pause()
        assert reader.app.return_code == 0


async def test_every_key_is_harmless_in_an_empty_library(read: "Read") -> None:
    with Library.open(None) as library:
        library.subscribe("folder", "/news", "News")
        library.finish(1, 0)
        async with read(library) as reader:
            for key in [*"jkgGhlJKbmAusonpOyYUi123cSx[]<>zt", "escape", "ctrl+d", "ctrl+u", "pagedown", "pageup",
                        "space", "enter", "tab", "ctrl+r", "ctrl+l", "/", "a", "enter", "escape", "F", "escape", "f",
                        "u", "f", "x", "M", "escape"]:  # fmt: skip
                await reader.press(key)
                if not isinstance(reader.app.screen, MainScreen):
                    await reader.press("escape")
            assert reader.app.return_code is None
            assert isinstance(reader.app.screen, MainScreen)


async def test_every_key_is_harmless_on_every_row(news: Library, read: "Read") -> None:
    async with read(news, is_remote=True) as reader:
        for line in (0, 12):
            for key in [*"hlJKbmusopOyUicz<1fM", "space", "tab", "enter"]:
                reader.main.leave_main_pane()
                reader.main.sidebar.put_cursor(line)
                await reader.pilot.press(key)
                await reader.pilot.pause()
                while not isinstance(reader.app.screen, MainScreen):
                    await reader.press("escape")
        assert reader.app.return_code is None


async def test_a_topic_that_is_all_read_says_so_and_how_to_undo(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("A", "[")
        assert "All read · 4 stories · u undoes" in reader.article
        await reader.press("u")
        assert "4 unread of 4 stories" in reader.article


async def test_a_story_of_one_report_says_that_there_is_no_other(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        assert "Coverage  no other outlet in your library" in reader.article


async def test_a_source_that_failed_is_named_in_the_header(news: Library, read: "Read") -> None:
    news.finish(1, 1_589_025_600, error="the server answered 503")
    async with read(news) as reader:
        assert reader.header.endswith("News failed")


async def test_a_banner_is_said_and_leaves_a_reminder(news: Library, read: "Read") -> None:
    async with read(news, banner="Nothing can be kept: the home folder can't be written") as reader:
        assert "Nothing can be kept" in reader.footer
        assert reader.header.endswith("nothing is kept")


async def test_a_palette_entry_runs_its_command(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.command("mark all read")
        assert "Marked 4 read · u undoes" in reader.footer
        await reader.command("sources")
        assert isinstance(reader.app.screen, SourcesScreen)
        await reader.press("q")
        assert reader.headline == PROTEST


async def test_the_palette_changes_the_theme(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.command("theme: light")
        assert reader.app.theme == "light"


async def test_help_lists_what_works_here_and_runs_what_is_chosen(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("?")
        assert isinstance(reader.app.screen, HelpScreen)
        assert "In the list of stories" in reader.text
        await reader.type("later")
        assert "Save the story for later" in reader.text
        assert "Move one row down" not in reader.text
        await reader.press("enter")
        assert reader.headlines("is:saved") == [PROTEST]


async def test_help_in_the_text_is_about_the_text(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("enter", "f1")
        assert "In the article" in reader.text
        await reader.type("copy")
        assert "Copy the URL of the original page" in reader.text
        assert "Unfold a topic" not in reader.text
        await reader.press("enter")
        assert reader.app.clipboard == "https://defense.example/jedi"


async def test_keys_of_the_settings_work_and_are_what_the_footer_and_help_show(news: Library, read: "Read") -> None:
    settings = Settings(mark_read_after="never", refresh_every="never", keys={"story.save": "w", "pane.down": ["e"]})
    async with read(news, settings) as reader:
        assert "w save" in reader.footer
        await reader.press("e", "w", "s", "j")
        assert reader.headlines("is:saved") == [COMPLAINT]
        assert reader.headline == COMPLAINT


async def test_capital_t_previews_the_theme_under_the_cursor_and_esc_takes_it_back(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("T", "down")
        assert reader.app.theme == "light"
        await reader.press("escape")
        assert reader.app.theme == "dark"
        await reader.press("T", "down", "enter")
        assert reader.app.theme == "light"


async def test_a_theme_of_the_settings_can_be_chosen(news: Library, read: "Read") -> None:
    settings = Settings(mark_read_after="never", refresh_every="never", themes={"paper": {"primary": "#112233"}})
    async with read(news, settings) as reader:
        await reader.press("T", *"paper", "enter")
        assert reader.app.theme == "paper"


async def test_z_shows_the_text_alone_and_both_panes_again(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("z")
        assert not reader.main.sidebar.display
        assert reader.main.main_pane.size.width > 100
        await reader.press("z")
        assert reader.main.sidebar.display
        assert reader.main.sidebar.has_focus


async def test_angle_brackets_move_the_border_as_far_as_it_goes(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        widths = []
        for key in ("<", ">", ">"):
            await reader.press(key)
            widths.append(reader.main.sidebar.outer_size.width)
        assert widths[0] < widths[1] < widths[2]
        for _ in range(16):
            await reader.press("<")
        assert reader.main.sidebar.outer_size.width == 24
        for _ in range(16):
            await reader.press(">")
        assert reader.main.main_pane.outer_size.width == 24
        assert reader.headline == PROTEST


async def test_density_is_one_line_or_two_and_the_cursor_stays(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j")
        await reader.command("one or two lines")
        number = reader.rows.index(reader.row(COMPLAINT))
        assert reader.rows[number + 1] == "▌   The Herald · 09:00"
        assert reader.headline == COMPLAINT
        await reader.command("one or two lines")
        assert "The Herald" not in "".join(reader.rows)
        assert reader.headline == COMPLAINT


async def test_ctrl_l_draws_again_and_changes_nothing(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j")
        before = reader.text.split("\n")[:8]
        await reader.press("ctrl+l")
        assert reader.text.split("\n")[:8] == before


async def test_ctrl_p_opens_the_palette_too(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("ctrl+p")
        assert isinstance(reader.app.screen, Palette)
        await reader.press("escape")
        assert isinstance(reader.app.screen, MainScreen)
