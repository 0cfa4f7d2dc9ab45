"""The reader at every size: pictures as text, and the same story through every change of size."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newstui.library import Library

if TYPE_CHECKING:
    from tests.tui.conftest import Read

GOLDENS = Path(__file__).parent / "goldens"
SAMPLES_TIME = 1_795_348_800  # Sun 22 Nov 2026, 12:00 UTC
COMPLAINT = "Another complaint about JEDI"
PICTURES: dict[str, tuple[tuple[int, int], Sequence[str]]] = {
    "120x36": ((120, 36), ()),
    "80x24": ((80, 24), ()),
    "58x20": ((58, 20), ()),
    "58x20-reading": ((58, 20), ("j", "enter")),
    "20x5": ((20, 5), ()),
    "20x5-reading": ((20, 5), ("enter",)),
    "120x36-filtered": ((120, 36), ("/", *"magpie")),
    "80x24-quick-filters": ((80, 24), ("f",)),
    "120x36-coverage": ((120, 36), ("j", "j", "j", "c", "j")),
    "80x24-coverage": ((80, 24), ("j", "j", "j", "c", "C")),
}


@pytest.mark.parametrize("name", PICTURES)
async def test_the_samples_look_as_they_are_kept(samples: Library, read: "Read", name: str) -> None:
    """With KEEP_GOLDENS in the environment, what is shown becomes what is to be shown: look at the difference."""
    size, keys = PICTURES[name]
    async with read(samples, size=size, now=SAMPLES_TIME) as reader:
        await reader.until(lambda: not reader.main.rows._uncounted and "Today" in str(reader.main.rows.groups))
        await reader.press(*keys)
        await reader.until(lambda: all(group.stories is not None for group in reader.main.rows.groups))
        await reader.until(lambda: not reader.main.rows._uncounted)
        picture = reader.text + "\n"
    golden = GOLDENS / f"{name}.txt"
    if "KEEP_GOLDENS" in os.environ:
        golden.write_text(picture, encoding="utf-8")
    assert picture == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("columns", "lines_a_story", "panes"), [(200, 1, 2), (100, 1, 2), (99, 2, 2), (60, 2, 2), (59, 2, 1), (20, 2, 1)]
)
async def test_the_width_decides_panes_and_lines(
    news: Library, read: "Read", columns: int, lines_a_story: int, panes: int
) -> None:
    async with read(news, size=(columns, 24)) as reader:
        assert reader.main.rows.lines_a_story == lines_a_story
        assert reader.main.sidebar.display + reader.main.main_pane.display == panes


async def test_a_narrow_screen_shows_one_pane_at_a_time(news: Library, read: "Read") -> None:
    async with read(news, size=(58, 20)) as reader:
        await reader.press("j", "enter")
        assert not reader.main.sidebar.display
        assert reader.article.startswith(COMPLAINT)
        await reader.press("q")
        assert not reader.main.main_pane.display
        assert reader.headline == COMPLAINT


async def test_the_same_story_is_selected_and_in_view_through_every_size(many: Library, read: "Read") -> None:
    async with read(many) as reader:
        await reader.press(*["pagedown"] * 10)
        headline = reader.headline
        for size in ((58, 20), (20, 5), (200, 60), (80, 24), (1, 1), (500, 200), (99, 12), (120, 36)):
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert reader.headline == headline
            if size > (20, 4):
                assert any(line.startswith("▌") for line in reader.rows)
        assert headline in reader.row(headline)
        assert reader.article.startswith(headline)


async def test_a_text_being_read_stays_when_the_window_grows(news: Library, read: "Read") -> None:
    async with read(news, size=(58, 20)) as reader:
        await reader.press("j", "enter")
        await reader.pilot.resize_terminal(120, 36)
        await reader.settle()
        assert reader.main.main_pane.has_focus
        assert reader.article.startswith(COMPLAINT)
        await reader.press("q")
        assert reader.main.sidebar.has_focus


@pytest.mark.parametrize("columns", [60, 72, 80, 100, 120, 200])
async def test_the_footer_names_whole_commands_and_always_help(news: Library, read: "Read", columns: int) -> None:
    async with read(news, size=(columns, 24)) as reader:
        keys = [key.strip() for key in reader.footer.rsplit("  ", 1)[0].split("   ") if key.strip()]
        assert keys[0] == "enter read"
        assert keys[-1] == "? help"
        assert 3 <= len(keys) <= 8


async def test_a_low_screen_has_no_footer_but_says_what_was_done(news: Library, read: "Read") -> None:
    async with read(news, size=(60, 8)) as reader:
        assert not reader.main.footer.display
        await reader.press("A")
        assert reader.footer.startswith("Marked 4 read · u undoes")
        await reader.press("/", "j")
        assert "/ j" in reader.text


@pytest.mark.parametrize("theme", ["dark", "light", "ansi-dark", "ansi-light"])
async def test_every_theme_draws_the_same_letters(news: Library, read: "Read", theme: str) -> None:
    async with read(news) as reader:
        await reader.until(lambda: reader.row("Today").endswith("4"))
        before = reader.text
        reader.app.theme = theme
        await reader.settle()
        letters = before if theme in ("dark", "light") else before.replace("▌", " ")
        assert reader.text == letters
