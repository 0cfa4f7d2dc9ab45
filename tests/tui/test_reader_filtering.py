"""Narrowing and ordering the lists: words, the query line, quick filters, sorts and views."""

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from newstui.article import Batch
from newstui.config import Settings
from newstui.library import Library
from newstui.query import parse

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report

NOON = 1_589_025_600
PROTEST, COMPLAINT, BILLION, PREVIEW = AZURE = [
    "JEDI: inside the nesting-doll protest", "Another complaint about JEDI", "A billion for Poland",
    "VMware solution in preview",
]  # fmt: skip


def shown(reader: "Reader", among: list[str]) -> list[str]:
    """Which of these headlines the list shows, in its order, once a topic."""
    lines = "\n".join(reader.rows)
    return [headline for headline in among if headline in lines]


def unfolded(reader: "Reader") -> list[str]:
    return [line.strip(" ▌▾").split("  ")[0] for line in reader.rows if "▾" in line]


def is_counted(reader: "Reader") -> bool:
    """Whether every view and folded topic has its count: they are counted once the reader pauses."""
    return all(line[-1:].isdigit() for line in reader.rows if "▸" in line)


async def test_words_narrow_the_topic_with_every_letter_and_the_header_says_how_many_and_where(
    news: Library, read: "Read"
) -> None:
    async with read(news) as reader:
        await reader.press("/")
        for letters, found in (("j", 4), ("e", 2), ("d", 2), ("i", 2), (" ", 2), ("pr", 1), ("x", 0)):
            await reader.type(letters)
            assert f"newstui  {found} of 4 in Azure · tab: everywhere" in reader.header
            assert len(shown(reader, AZURE)) == found
        assert "A patch for a hole" in reader.headlines()
        await reader.press("backspace")
        assert shown(reader, AZURE) == [PROTEST]
        assert reader.headline == PROTEST


async def test_nothing_found_while_typing_is_explained(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("/", *"xyz")
        assert "No story here matches “xyz”" in reader.article
        assert "esc clears the filter" in reader.article


async def test_tab_looks_everywhere_and_here_again(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "/", *"lo", "tab")
        assert "newstui  2 of 9 everywhere · tab: only Azure" in reader.header
        assert shown(reader, ["A long story", "Old keys, new locks"]) == ["A long story", "Old keys, new locks"]
        assert reader.headline == "A long story"
        await reader.press("tab")
        assert "newstui  0 of 4 in Azure · tab: everywhere" in reader.header
        await reader.press("tab", "enter")  # and what was found stays
        assert shown(reader, ["A long story", "Old keys, new locks"]) == ["A long story", "Old keys, new locks"]
        assert "All  2 of 9 · “lo” · esc clears" in reader.header


async def test_esc_while_typing_brings_back_the_cursor_the_folds_and_every_story(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("]", "l", "j", "j", "[", "[", "h", "]", "j", "j")
        await reader.until(lambda: is_counted(reader))
        before = reader.rows[:12], reader.headline, reader.header
        await reader.press("/", *"locks", "tab", "down")
        assert reader.rows[:12] != before[0]
        await reader.press("escape")
        await reader.until(lambda: (reader.rows[:12], reader.headline, reader.header) == before)
        assert reader.main.sidebar.has_focus


async def test_esc_brings_a_long_list_back_at_the_same_height(many: Library, read: "Read") -> None:
    async with read(many) as reader:
        await reader.press(*["pagedown"] * 20, "k", "k", "k")
        before = reader.headline, reader.main.sidebar.rows_above
        await reader.press("/", *"2999")
        assert reader.headline == "Story 2999"
        await reader.press("escape")
        assert (reader.headline, reader.main.sidebar.rows_above) == before


async def test_enter_keeps_the_words_and_the_cursor_on_its_story(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j", "/", *"jedi", "enter")
        assert reader.main.sidebar.has_focus
        assert reader.headline == COMPLAINT
        assert "Azure  2 of 4 · “jedi” · esc clears" in reader.header
        assert "2 found" in reader.row("Azure")
        await reader.press("]")
        assert "Security  “jedi” in Azure · esc clears" in reader.header
        await reader.press("[", "j", "escape")
        assert shown(reader, AZURE) == AZURE
        assert reader.headline == PROTEST
        assert "All stories again" in reader.footer


async def test_arrows_move_in_the_list_while_typing(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("/", *"jedi", "down")
        assert reader.headline == COMPLAINT
        assert reader.article.startswith(COMPLAINT)
        await reader.press("up", "enter")
        assert reader.headline == PROTEST


async def test_n_and_p_go_to_the_next_found_story_read_or_not(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("A", "/", *"jedi", "enter", "n")
        assert reader.headline == COMPLAINT
        await reader.press("n")
        assert reader.headline == COMPLAINT
        assert "No match after this one" in reader.footer
        await reader.press("p")
        assert reader.headline == PROTEST
        await reader.press("p")
        assert "No match before this one" in reader.footer


async def test_words_can_be_corrected_and_then_given_up(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("/", *"jedi", "enter", "/")
        assert reader.app.screen.query_one("#words", Input).value == "jedi"
        await reader.press(*" doll", "enter")
        assert shown(reader, AZURE) == [PROTEST]
        await reader.press("/", "escape")
        assert shown(reader, AZURE) == AZURE


@pytest.mark.parametrize("words", ["C++", '"', ":)", "https://x", "(", "hello-", "[/]", "-", "a:b", "*"])
async def test_words_of_signs_are_words(news: Library, read: "Read", words: str) -> None:
    async with read(news) as reader:
        await reader.press("/")
        reader.app.screen.query_one("#words", Input).insert_text_at_cursor(words)
        await reader.settle()
        await reader.press("enter")
        assert reader.main.sidebar.has_focus
        assert reader.app.return_code is None


async def test_a_query_shows_nothing_else_until_it_is_accepted(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("F")
        await reader.type("outlet:defense.example")
        assert shown(reader, AZURE) == AZURE
        await reader.press("enter")
        assert shown(reader, AZURE) == [PROTEST]
        assert "Azure  1 of 4 · outlet:defense.example · esc clears" in reader.header
        await reader.until(lambda: "1 found" in reader.row("Security"))
        await reader.press("escape")
        assert shown(reader, AZURE) == AZURE


async def test_a_mistake_in_a_query_is_underlined_and_the_old_list_stays(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("F")
        rows = reader.rows[:10]
        await reader.type("-azure before:soon is:unread")
        await reader.press("enter")
        assert reader.rows[:10] == rows
        field = reader.app.screen.query_one("#words", Input)
        assert field.has_focus
        strip = field.render_line(0)
        underlined = "".join(segment.text for segment in strip if segment.style and segment.style.underline)
        assert underlined == "soon"
        assert "soon" in reader.header
        await reader.press("ctrl+u")
        await reader.type("is:read")
        assert "soon" not in reader.header
        await reader.press("enter")
        assert "No story here matches is:read" in reader.article


async def test_a_query_is_completed_with_tab(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("F")
        await reader.type("topic:Sec")
        await reader.press("tab", "enter")
        assert "topic:Security" in reader.header
        assert shown(reader, AZURE) == [PROTEST]


async def test_esc_in_the_query_line_brings_everything_back(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("j")
        before = reader.rows[:10], reader.headline
        await reader.press("F", *"is:nothing", "escape")
        assert (reader.rows[:10], reader.headline) == before
        assert "4 unread" in reader.header


async def test_quick_filters_add_up_and_the_header_names_them(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("m", "f", "u")
        assert "3 of 4 · unread · esc clears" in reader.header
        assert shown(reader, AZURE) == [COMPLAINT, BILLION, PREVIEW]
        await reader.press("f", "w")
        assert "3 of 4 · unread · this week" in reader.header
        await reader.press("f", "t")
        assert "1 of 4 · unread · this week · today" in reader.header
        assert shown(reader, AZURE) == [COMPLAINT]
        await reader.press("f", "t")
        assert "3 of 4 · unread · this week · esc clears" in reader.header
        await reader.press("f", "x")
        assert shown(reader, AZURE) == AZURE
        assert "3 unread" in reader.header


@pytest.mark.parametrize(
    ("letter", "found"),
    [
        ("s", ["A long story"]),
        ("h", ["Old keys, new locks"]),
        ("q", [PROTEST, "Old keys, new locks"]),
        ("i", ["A patch for a hole"]),
        ("m", []),
        ("o", [PROTEST]),
        ("t", [PROTEST, COMPLAINT, "A long story", "A patch for a hole"]),
    ],
)
async def test_each_quick_filter_finds_what_it_says(news: Library, read: "Read", letter: str, found: list[str]) -> None:
    (long_story,) = news.listing(0, parse('title:"long story"'), "newest", NOON)
    news.mark_saved([long_story], True, NOON)
    async with read(news) as reader:
        await reader.press("f", letter, "[", "[", "l")
        everything = reader.headlines()
        assert shown(reader, everything) == found
        if not found:
            assert "No story here matches several outlets" in reader.article


async def test_a_filter_stays_on_when_another_topic_is_opened(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("f", "t", "]", "l")
        assert "1 of 3 · today" not in reader.header
        assert shown(reader, ["A patch for a hole", "Old keys, new locks"]) == ["A patch for a hole"]
        await reader.press("j")
        assert "Security  2 of 3 · today · esc clears" in reader.header


async def test_a_filter_that_finds_nothing_is_named_with_the_key_that_clears_it(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("f", "s")
        assert "No story here matches saved" in reader.article
        assert "esc clears the filter" in reader.article
        assert "0 of 4 · saved · esc clears" in reader.header
        await reader.press("escape")
        assert shown(reader, AZURE) == AZURE


async def test_a_read_story_stays_in_an_unread_list_until_the_view_changes(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("f", "u", "j", "m")
        assert shown(reader, AZURE) == AZURE
        assert reader.headline == COMPLAINT
        await reader.press("f", "w")
        assert shown(reader, AZURE) == [PROTEST, BILLION, PREVIEW]


@pytest.mark.parametrize(
    ("key", "name", "first"),
    [("o", "oldest first", PREVIEW), ("q", "best quality first", PROTEST), ("a", "by outlet", PROTEST)],
)
async def test_capital_s_sorts_and_the_header_says_how(
    news: Library, read: "Read", key: str, name: str, first: str
) -> None:
    async with read(news) as reader:
        await reader.press("j", "S", key)
        assert f"4 unread · {name}" in reader.header
        assert reader.headline == COMPLAINT
        assert first in reader.rows[2]
        await reader.press("S", "n")
        assert "newest first" in reader.header


async def test_the_views_count_and_show_their_stories(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("s")
        await reader.until(lambda: reader.row("Saved").endswith(" 1") and reader.row("Today").endswith(" 4"))
        assert reader.row("Several outlets").endswith(" 0")
        await reader.press("t", *"saved", "enter")
        assert (reader.topic, reader.headline) == ("Saved", PROTEST)
        await reader.press("t", *"today", "enter", "G")
        assert (reader.topic, reader.headline) == ("Today", "A patch for a hole")


async def test_an_empty_view_says_what_it_shows(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("t", *"several", "enter")
        assert reader.headline == "Several outlets"
        assert "is:multi" in reader.article
        await reader.until(lambda: "0 stories" in reader.article)


async def test_a_filter_is_kept_as_a_view_and_dropped_again(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.command("save this filter")
        assert "There is no filter to keep" in reader.footer
        await reader.press("/", *"jedi", "enter")
        await reader.command("save this filter")
        assert "What shall “jedi” be called?" in reader.text
        await reader.type("The big deal")
        await reader.press("enter")
        assert "Kept as the view “The big deal”, below the topics" in reader.footer
        await reader.until(lambda: reader.row("The big deal").endswith(" 2"))
        await reader.press("escape", "t", *"big deal", "enter")
        assert (reader.topic, reader.headline) == ("The big deal", PROTEST)
        await reader.command("remove a view")
        await reader.press("enter")
        assert reader.row("The big deal") == ""
        assert "The view “The big deal” is gone" in reader.footer


async def test_a_view_takes_no_name_that_is_taken(news: Library, read: "Read") -> None:
    settings = Settings(mark_read_after="never", refresh_every="never", views={"Mine": "quality:>50"})
    async with read(news, settings) as reader:
        for name in ("Today", "Mine"):
            await reader.press("f", "u")
            await reader.command("save this filter")
            await reader.type(name)
            await reader.press("enter")
            assert f"“{name}”" in reader.footer
            assert "another name" in reader.footer
            await reader.press("f", "x")
        assert [view.name for view in reader.library.views()] == ["Saved", "Several outlets", "Today"]


async def test_views_of_the_settings_are_in_the_list(news: Library, read: "Read") -> None:
    settings = Settings(mark_read_after="never", refresh_every="never", views={"Very good": "quality:>50"})
    async with read(news, settings) as reader:
        await reader.until(lambda: reader.row("Very good").endswith(" 1"))
        await reader.press("t", *"very", "enter")
        assert reader.headline == "Old keys, new locks"


async def test_the_palette_goes_to_a_view(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.command("view: today")
        assert (reader.topic, reader.headline) == ("Today", PROTEST)


async def test_chinese_words_are_found_inside_a_headline(report: "Report", read: "Read") -> None:
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((report("微软云计算服务新定价"), report("東京の夜の本屋"))), NOON)
        async with read(library) as reader:
            await reader.press("/")
            reader.app.screen.query_one("#words", Input).insert_text_at_cursor("云计算")
            await reader.settle()
            assert shown(reader, ["微软云计算服务新定价", "東京の夜の本屋"]) == ["微软云计算服务新定价"]


@pytest.mark.parametrize(("key", "size"), [("enter", (58, 20)), ("z", (120, 36))])
async def test_typing_a_filter_shows_the_list_and_esc_the_text_again(
    news: Library, read: "Read", key: str, size: tuple[int, int]
) -> None:
    async with read(news, size=size) as reader:
        await reader.press(key)
        assert not reader.main.sidebar.display
        await reader.press("/", *"jedi")
        assert reader.main.sidebar.display
        await reader.press("escape")
        assert not reader.main.sidebar.display
        assert reader.main.main_pane.has_focus
        await reader.press("/", *"jedi", "enter")
        assert reader.main.sidebar.display
        assert reader.main.sidebar.has_focus
        assert "“jedi” · esc clears" in reader.header


@pytest.mark.parametrize("keys", [("f", "m"), ("S", "o"), ("]",), ("t", "enter")])
async def test_what_is_asked_of_the_list_shows_it_where_the_text_stands_alone(
    news: Library, read: "Read", keys: tuple[str, ...]
) -> None:
    async with read(news, size=(58, 20)) as reader:
        await reader.press("enter")
        assert not reader.main.sidebar.display
        await reader.press(*keys)
        assert reader.main.sidebar.display
        assert reader.main.sidebar.has_focus


async def test_esc_goes_back_to_the_text_from_which_a_filter_was_typed(news: Library, read: "Read") -> None:
    async with read(news) as reader:
        await reader.press("tab", "/", *"jedi", "escape")
        assert reader.main.main_pane.has_focus
