"""The main pane as a reader uses it: scrolling, the cursor on the reports, and coming back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from newstui.config import data_folder
from newstui.library.rows import ArticleRow, ListedRow
from newstui.tui.themes import THEMES, variables_of
from newstui.tui.widgets.main_pane import MainPane
from newstui.tui.widgets.text_pane import ReadingPlace

MAY_8 = 1_588_977_240
URL = "https://breakingdefense.example/jedi/"
ARTICLE = ArticleRow(
    id=1, story=1, url=URL, original=URL, headline="JEDI: a protest", former_headline="", excerpt="A signal.", text="",
    published=MAY_8, is_date_known=True, is_day_only=False, outlet="Breaking Defense", domain="", topics=("Azure",),
    quality=None, heat=None, category="", kind="", is_current=True, origin="document", source="samples", place="",
    images=(), links=(), warnings=(), is_read=False, is_saved=False,
)  # fmt: skip
LONG = ARTICLE._replace(id=2, text="\n\n".join(f"Paragraph {number}." for number in range(100)), excerpt="")
LISTED = [ListedRow(20 + n, MAY_8, True, f"Outlet {n}", f"Headline number {n}", False) for n in range(12)]


class PaneApp(App[None]):
    """A main pane and nothing else."""

    CSS_PATH = data_folder("styles") / "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(THEMES[0])
        self.theme = "dark"
        self.pane = MainPane(id="main-pane", now=lambda: MAY_8)
        self.said: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_of(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_main_pane_shown(self, event: MainPane.Shown) -> None:
        self.said.append(event.article)

    def on_main_pane_left(self, event: MainPane.Left) -> None:
        self.said.append("left")


@asynccontextmanager
async def reading(
    article: ArticleRow, listed: list[ListedRow], size: tuple[int, int] = (60, 12)
) -> AsyncIterator[tuple[PaneApp, Pilot[None]]]:
    app = PaneApp()
    async with app.run_test(size=size) as pilot:
        app.pane.show(article, listed)
        app.pane.focus()
        await pilot.pause()
        yield app, pilot


def seen(pane: MainPane) -> list[str]:
    return [pane.line_at(y).text.rstrip() for y in range(pane.size.height)]


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_an_article_is_shown_from_its_beginning() -> None:
    async with reading(LONG, LISTED) as (app, pilot):
        await press(pilot, "ctrl+d")
        app.pane.show(ARTICLE, LISTED)
        assert app.pane.top == 0
        assert seen(app.pane)[:2] == ["JEDI: a protest", "Breaking Defense"]
        assert app.pane.article == ARTICLE


async def test_j_scrolls_the_text_and_goes_from_report_to_report_once_they_are_in_view() -> None:
    async with reading(LONG, LISTED) as (app, pilot):
        await press(pilot, "j", "j")
        assert app.pane.place == ReadingPlace(2)
        await press(pilot, "G", "g")
        while app.pane.row is None:
            await press(pilot, "j")
        assert app.pane.row == 0
        assert "Headline number 0" in " ".join(seen(app.pane))
        await press(pilot, "j")
        assert app.pane.row == 1
        await press(pilot, "k", "k")
        assert app.pane.row is None


async def test_a_short_article_needs_no_scrolling_before_its_reports() -> None:
    async with reading(ARTICLE, LISTED, (60, 40)) as (app, pilot):
        await press(pilot, "j", "j", "j")
        assert (app.pane.top, app.pane.row) == (0, 2)
        await press(pilot, "k", "k", "k")
        assert app.pane.row == 0


async def test_enter_asks_for_the_report_under_the_cursor() -> None:
    async with reading(ARTICLE, LISTED) as (app, pilot):
        await press(pilot, "enter")
        assert app.said == []
        assert app.pane.focus_reports()
        await press(pilot, "j", "enter", "h")
        assert app.said == [21, "left"]


async def test_c_shows_as_many_reports_as_there_is_room_for() -> None:
    async with reading(LONG, LISTED) as (app, _):
        assert app.pane.focus_reports()
        assert app.pane.row == 0
        assert seen(app.pane)[0].startswith("Also listed by the publisher")
        assert "Outlet 0" in seen(app.pane)[1]


async def test_a_report_is_found_by_its_number() -> None:
    async with reading(ARTICLE, LISTED) as (app, _):
        assert [app.pane.number_at(number) for number in (0, 1, 9, 13)] == [None, 20, 28, None]
        app.pane.show(LONG, [])
        assert app.pane.number_at(1) is None
        assert not app.pane.focus_reports()


async def test_a_click_on_a_report_asks_for_it() -> None:
    async with reading(ARTICLE, LISTED, (60, 40)) as (app, pilot):
        row = next(y for y, words in enumerate(seen(app.pane)) if "Outlet 2" in words)
        await pilot.click(app.pane, offset=(10, row))
        await pilot.pause()
        assert app.said == [22]


async def test_the_end_of_a_long_text_is_reached_page_by_page() -> None:
    async with reading(LONG, []) as (app, _):
        pages = 0
        while not app.pane.at_end:
            before = app.pane.top
            app.pane.page(1)
            assert before < app.pane.top <= before + app.pane.size.height - 1
            pages += 1
        assert pages > 10
        assert any(words.startswith("Coverage") for words in seen(app.pane))
        app.pane.page(-1)
        assert not app.pane.at_end


async def test_g_and_G_go_to_the_ends_of_a_million_characters() -> None:
    text = "\n\n".join(["word " * 40] * 5_000)
    async with reading(LONG._replace(text=text), LISTED) as (app, pilot):
        await press(pilot, "G")
        assert app.pane.at_end
        assert app.pane.row == len(LISTED) - 1
        await press(pilot, "g")
        assert app.pane.place == ReadingPlace()


async def test_one_comes_back_to_the_same_spot() -> None:
    async with reading(LONG, LISTED) as (app, pilot):
        app.pane.focus_reports()
        await press(pilot, "j", "j")
        place, before = app.pane.place, seen(app.pane)
        app.pane.show(ARTICLE, [])
        app.pane.show(LONG, LISTED)
        app.pane.restore(place)
        assert seen(app.pane) == before
        app.pane.show(ARTICLE, [])
        app.pane.restore(ReadingPlace(999, 5))
        assert app.pane.place == ReadingPlace()


async def test_paging_takes_the_cursor_along_or_lets_it_go() -> None:
    async with reading(LONG, LISTED, (40, 12)) as (app, pilot):
        app.pane.focus_reports()
        await press(pilot, "pageup")
        assert app.pane.row is None
        app.pane.focus_reports()
        await press(pilot, "pagedown")
        assert app.pane.row == 5


async def test_another_width_keeps_the_words_at_the_top() -> None:
    paragraphs = "\n\n".join(f"Paragraph {number} " + "of several words " * 12 for number in range(60))
    async with reading(LONG._replace(text=paragraphs), LISTED, (100, 12)) as (app, pilot):
        while not seen(app.pane)[0].startswith("Paragraph 30"):
            app.pane.scroll_by(1)
        for size in ((40, 12), (70, 20), (100, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert seen(app.pane)[0].startswith("Paragraph 30"), size


async def test_every_line_fills_the_pane_at_every_size() -> None:
    wide = ARTICLE._replace(headline="微软 Azure 中国北部区域新增可用区", excerpt="é combining 👍🏽 emoji " * 30)
    async with reading(wide, LISTED) as (app, pilot):
        for size in ((200, 50), (120, 36), (80, 24), (58, 20), (40, 20), (20, 5)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            strips = [app.pane.line_at(y) for y in range(app.pane.size.height)]
            assert {strip.cell_length for strip in strips} == {app.pane.size.width}
            assert {sum(segment.cell_length for segment in strip) for strip in strips} == {app.pane.size.width}


async def test_an_unchanged_line_is_the_same_object_and_is_not_painted_again() -> None:
    async with reading(ARTICLE, LISTED) as (app, _):
        before = [app.pane.line_at(y) for y in range(4)]
        app.pane.show(ARTICLE._replace(headline="Another headline"), LISTED)
        after = [app.pane.line_at(y) for y in range(4)]
        assert [one is other for one, other in zip(before, after, strict=True)] == [False, True, True, True]


async def test_what_there_is_to_say_without_an_article_is_wrapped_and_has_no_reports() -> None:
    async with reading(ARTICLE, LISTED, (30, 12)) as (app, pilot):
        app.pane.show_text(
            [[("Azure", "strong")], [], [("42 unread", "accent"), (" of 812 stories in this topic", "muted")]]
        )
        assert seen(app.pane)[:4] == ["Azure", "", "42 unread of 812 stories in", "this topic"]
        assert app.pane.article is None
        assert app.pane.reports == ()
        await press(pilot, "j", "enter")
        assert app.said == []
        app.pane.show(None, [])
        assert not any(seen(app.pane))


async def test_hostile_headlines_are_drawn_as_text() -> None:
    raw = "[@click=app.quit]x[/] [/]"
    async with reading(ARTICLE._replace(headline=raw, excerpt="[" * 10_000), []) as (app, pilot):
        await pilot.click(app.pane, offset=(2, 0))
        await pilot.pause()
        assert seen(app.pane)[0] == raw
        assert app.is_running
