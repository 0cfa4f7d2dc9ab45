"""Everything known about an article, on a screen of its own."""

import pytest
from textual.app import App

from newstui.config import data_folder
from newstui.library.rows import ArticleRow, ImageRow, LinkRow, Report, Why
from newstui.tui.screens.details import DetailsScreen, details_lines
from newstui.tui.themes import THEMES, variables_of
from newstui.tui.why_text import NO_REASONS, Reason, Reasons

MAY_8 = 1_588_977_240
URL = "https://breakingdefense.example/jedi/"
ARTICLE = ArticleRow(
    id=1, story=1, story_key=URL, outlets=1, url=URL, original=f"{URL}?page=1", headline="JEDI: a protest",
    former_headline="JEDI again", excerpt="A signal.", text="See [the filing](https://court.example/filing).",
    published=MAY_8, is_date_known=True, is_day_only=False, outlet="Breaking Defense",
    domain="breakingdefense.example", topics=("Azure", "Security"),
    quality=42, heat=806, category="opinion", kind="video", is_current=False, origin="listed", source="my articles",
    place="articles/jedi.md", images=(ImageRow("https://pictures.example/a.jpg", 10, 10),),
    links=(LinkRow("AMP cache", "https://amp.example/jedi"),), warnings=("quality is no number",), is_read=False,
    is_saved=True,
)  # fmt: skip
BARE = ARTICLE._replace(
    former_headline="", quality=None, heat=None, category="", kind="", warnings=(), images=(), links=(), original=URL,
    text="", origin="document", is_current=True,
)  # fmt: skip
REPORT = Report(
    2, "https://nextgov.example/", MAY_8, True, False, "Nextgov", "nextgov.example", "Amazon files again", True, True,
    False, 5.0, None,
)  # fmt: skip
WHY = Why(("protest",), ("$10bn",), 4 * 3_600, True)


class DetailsApp(App[None]):
    """A ground for the screen."""

    CSS_PATH = data_folder("styles") / "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(THEMES[0])
        self.theme = "dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_of(self.current_theme)


def told(article: ArticleRow, width: int = 80, reasons: Reasons = NO_REASONS) -> list[str]:
    return ["".join(text for text, _ in line.parts).rstrip() for line in details_lines(article, width, reasons)]


def test_everything_that_is_known_is_told() -> None:
    assert [line for line in told(ARTICLE) if line] == [
        "headline    JEDI: a protest",
        "was         JEDI again",
        "outlet      Breaking Defense",
        "domain      breakingdefense.example",
        "published   Fri 8 May 2020, 22:34",
        "in UTC      2020-05-08T22:34:00Z",
        "topics      Azure, Security",
        "quality     42",
        "heat        806",
        "category    opinion",
        "kind        video",
        "state       unread, saved, not listed by its site any more",
        "warnings    quality is no number",
        "read from   articles/jedi.md",
        "source      my articles",
        "origin      known only from another article's list",
        f"page        {URL}",
        f"original    {URL}?page=1",
        "AMP cache   https://amp.example/jedi",
        "images      https://pictures.example/a.jpg",
        "[1]         https://court.example/filing",
        "excerpt     A signal.",
    ]


@pytest.mark.parametrize("label", ["was", "quality", "heat", "category", "kind", "warnings", "original", "images"])
def test_what_is_not_known_is_left_out(label: str) -> None:
    assert not any(line.startswith(label) for line in told(BARE))


def test_a_day_without_a_clock_has_no_time_in_utc() -> None:
    lines = told(BARE._replace(published=MAY_8 - MAY_8 % 86_400, is_day_only=True))
    assert "published   Fri 8 May 2020" in lines
    assert not any(line.startswith("in UTC") for line in lines)


def test_a_narrow_pane_puts_each_value_under_its_name() -> None:
    lines = told(ARTICLE, 20)
    at = lines.index("page")
    assert "".join(line.strip() for line in lines[at + 1 : lines.index("original")]) == URL
    assert max(map(len, lines)) <= 20


def test_why_others_are_beside_it_stands_before_the_addresses() -> None:
    lines = told(ARTICLE, reasons=Reasons([Reason(REPORT, WHY, False)], 1))
    at = next(number for number, line in enumerate(lines) if line.startswith("Why these are together"))
    assert lines[at + 1 : at + 3] == ["Nextgov Amazon files again", "  shares $10bn, protest · 4 h apart"]
    assert [line.split()[0] for line in (lines[at - 2], lines[at + 4])] == ["origin", "page"]


def test_why_the_report_under_the_cursor_is_beside_it_stands_first() -> None:
    lines = told(ARTICLE, reasons=Reasons([Reason(REPORT, WHY, False)], 1, is_asked_for=True))
    assert lines[0].startswith("Why these are together ─")
    assert lines[4] == "headline    JEDI: a protest"
    assert "".join(lines).count("Why these") == 1


async def test_the_screen_scrolls_and_q_closes_it() -> None:
    app = DetailsApp()
    async with app.run_test(size=(60, 10)) as pilot:
        screen = DetailsScreen(ARTICLE)
        app.push_screen(screen)
        await pilot.pause()
        await pilot.press("G")
        await pilot.pause()
        assert screen.text.at_end
        assert screen.text.top > 0
        await pilot.press("q")
        await pilot.pause()
        assert app.screen is not screen
