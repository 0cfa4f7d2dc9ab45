"""The main pane as a reader uses it: scrolling, the cursor on the reports, and coming back."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from newstui.config import data_folder
from newstui.library.rows import ArticleRow, Coverage, ListedRow
from newstui.tui.coverage_rows import Beside
from newstui.tui.themes import THEMES, variables_of
from newstui.tui.widgets.main_pane import MainPane
from newstui.tui.widgets.text_pane import ReadingPlace
from tests.tui.told import alone, covered, told

MAY_8 = 1_588_977_240
URL = "https://breakingdefense.example/jedi/"
ARTICLE = ArticleRow(
    id=1, story=1, story_key=URL, outlets=1, url=URL, original=URL, headline="JEDI: a protest", former_headline="",
    excerpt="A signal.", text="", published=MAY_8, is_date_known=True, is_day_only=False, outlet="Breaking Defense",
    domain="", topics=("Azure",), quality=None, heat=None, category="", kind="", is_current=True, origin="document",
    source="samples", place="", images=(), links=(), warnings=(), is_read=False, is_saved=False,
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

    def on_main_pane_similar_turned(self, event: MainPane.SimilarTurned) -> None:
        self.said.append(f"similar to {event.article}")

    def on_main_pane_left(self, event: MainPane.Left) -> None:
        self.said.append("left")


@asynccontextmanager
async def reading(
    article: ArticleRow, listed: Sequence[ListedRow], size: tuple[int, int] = (60, 12), coverage: Coverage | None = None
) -> AsyncIterator[tuple[PaneApp, Pilot[None]]]:
    app = PaneApp()
    beside = alone(article.id, MAY_8, listed) if coverage is None else Beside(coverage, listed)
    async with app.run_test(size=size) as pilot:
        app.pane.show(article, beside)
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
        app.pane.show(ARTICLE, alone(1, MAY_8, LISTED))
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
        assert (app.pane.row, app.pane.report) == (0, None)
        assert seen(app.pane)[-1].startswith("▌▸ Similar")
        await press(pilot, "j")
        assert (app.pane.row, app.pane.report) == (1, 20)
        assert "Headline number 0" in " ".join(seen(app.pane))
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
        assert app.pane.report == 20
        assert seen(app.pane)[0].startswith("Also listed by the publisher")
        assert "Outlet 0" in seen(app.pane)[1]


async def test_a_report_is_found_by_its_number() -> None:
    async with reading(ARTICLE, LISTED) as (app, _):
        assert [app.pane.number_at(number) for number in (0, 1, 9, 13)] == [None, 20, 28, None]
        app.pane.show(LONG, alone(2, MAY_8))
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
        assert app.pane.report == LISTED[-1].article
        await press(pilot, "g")
        assert app.pane.place == ReadingPlace()


async def test_one_comes_back_to_the_same_spot() -> None:
    async with reading(LONG, LISTED) as (app, pilot):
        app.pane.focus_reports()
        await press(pilot, "j", "j")
        place, before = app.pane.place, seen(app.pane)
        app.pane.show(ARTICLE, alone(1, MAY_8))
        app.pane.show(LONG, alone(2, MAY_8, LISTED))
        app.pane.restore(place)
        assert seen(app.pane) == before
        app.pane.show(ARTICLE, alone(1, MAY_8))
        app.pane.restore(ReadingPlace(999, 5))
        assert app.pane.place == ReadingPlace()


async def test_paging_takes_the_cursor_along_or_lets_it_go() -> None:
    async with reading(LONG, LISTED, (40, 12)) as (app, pilot):
        app.pane.focus_reports()
        await press(pilot, "pageup", "pageup")
        assert app.pane.row is None
        app.pane.focus_reports()
        await press(pilot, "pagedown")
        assert app.pane.report == LISTED[5].article


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
        app.pane.show(ARTICLE._replace(headline="Another headline"), alone(1, MAY_8, LISTED))
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
        app.pane.show(None, None)
        assert not any(seen(app.pane))


async def test_hostile_headlines_are_drawn_as_text() -> None:
    raw = "[@click=app.quit]x[/] [/]"
    async with reading(ARTICLE._replace(headline=raw, excerpt="[" * 10_000), []) as (app, pilot):
        await pilot.click(app.pane, offset=(2, 0))
        await pilot.pause()
        assert seen(app.pane)[0] == raw
        assert app.is_running


STORY = covered(
    told(30, "Nextgov", 0), told(1, "Breaking Defense", 2, is_same_outlet=True), told(31, "Fox", 3, copy_of=30),
    told(32, "CNBC", 4, copy_of=30), told(33, "Politico", 9), best=(33, 30, 31, 32),
)  # fmt: skip


async def test_copies_unfold_in_place_and_fold_again() -> None:
    async with reading(ARTICLE, [], (80, 40), STORY) as (app, pilot):
        assert app.pane.focus_reports()
        folded = seen(app.pane)
        await press(pilot, "j")
        assert (app.pane.row, app.pane.report) == (1, None)
        await press(pilot, "enter")
        assert app.pane.row == 1
        assert sum("Fox" in words or "CNBC" in words for words in seen(app.pane)) == 2
        assert [app.pane.number_at(number) for number in range(1, 7)] == [30, 31, 32, 1, 33, None]
        await press(pilot, "enter", "k")
        assert seen(app.pane) == folded
        assert [app.pane.number_at(number) for number in range(1, 5)] == [30, 1, 33, None]
        assert app.said == []


async def test_unfolded_copies_stay_unfolded_beside_another_report() -> None:
    async with reading(ARTICLE, [], (80, 40), STORY) as (app, pilot):
        app.pane.focus_reports()
        await press(pilot, "j", "enter", "j")
        place, before = app.pane.place, seen(app.pane)
        app.pane.show(ARTICLE._replace(id=31), Beside(STORY, []))
        app.pane.show(ARTICLE, Beside(STORY, []))
        app.pane.restore(place)
        assert seen(app.pane) == before


async def test_a_click_on_copies_unfolds_them() -> None:
    async with reading(ARTICLE, [], (80, 40), STORY) as (app, pilot):
        line = next(y for y, words in enumerate(seen(app.pane)) if "+2 copies" in words)
        await pilot.click(app.pane, offset=(10, line))
        await pilot.pause()
        assert any("CNBC" in words and "copies" not in words for words in seen(app.pane))


async def test_the_order_changes_under_the_cursor_and_the_cursor_stays_on_its_report() -> None:
    async with reading(ARTICLE, [], (80, 40), STORY) as (app, pilot):
        app.pane.focus_reports()
        await press(pilot, "j", "j")
        assert app.pane.report == 33
        in_time = seen(app.pane)
        app.pane.change_order()
        assert (app.pane.row, app.pane.report) == (0, 33)
        assert any("best first" in words for words in seen(app.pane))
        app.pane.change_order()
        assert seen(app.pane) == in_time


async def test_what_is_similar_is_asked_for_once_it_is_wanted() -> None:
    async with reading(ARTICLE, LISTED, (60, 40)) as (app, pilot):
        await press(pilot, "j", "enter")
        assert app.said == ["similar to 1"]
        beside = alone(1, MAY_8, LISTED[2:])._replace(similar=LISTED[:2])
        app.pane.show_again(beside)
        assert (app.pane.row, [app.pane.number_at(number) for number in (1, 2, 3)]) == (0, [20, 21, 22])
        await press(pilot, "enter")
        assert app.said == ["similar to 1"] * 2


async def test_a_story_of_500_reports_is_arranged_and_drawn_only_as_far_as_it_is_seen() -> None:
    reports = [told(100 + number, f"Outlet {number}", number / 10) for number in range(500)]
    async with reading(ARTICLE._replace(id=100), [], (60, 20), covered(*reports)) as (app, pilot):
        assert len(app.pane.lines) <= 60
        assert app.pane.focus_reports()
        assert len(app.pane.lines) <= 140
        await press(pilot, "G")
        assert "Outlet 499" in " ".join(seen(app.pane))
