"""Every link of an article, and the card that shows one link whole."""

import pytest
from textual.app import App

from newstui.config import data_folder
from newstui.library.rows import ArticleRow, ImageRow, LinkRow
from newstui.links import SafeUrl
from newstui.tui.screens.link_card import LinkCard
from newstui.tui.screens.links import Chosen, LinksScreen, all_links, links_lines
from newstui.tui.themes import THEMES, variables_of

URL = "https://breakingdefense.example/jedi/"
LONG_URL = SafeUrl.parse(URL + "?session=" + "0123456789" * 20)
ARTICLE = ArticleRow(
    id=1, story=1, story_key=URL, outlets=1, url=URL, original=f"{URL}?page=1", headline="JEDI: a protest",
    former_headline="", excerpt="",
    text="See [the filing](https://court.example/filing).", published=0, is_date_known=True, is_day_only=False,
    outlet="Breaking Defense", domain="", topics=(), quality=None, heat=None, category="", kind="", is_current=True,
    origin="document", source="", place="", images=(ImageRow("https://pictures.example/a.jpg", 0, 0),),
    links=(LinkRow("AMP", "https://amp.example/jedi"),), warnings=(), is_read=False, is_saved=False,
)  # fmt: skip


class LinksApp(App[None]):
    """A ground for the screens."""

    CSS_PATH = data_folder("styles") / "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(THEMES[0])
        self.theme = "dark"
        self.answers: list[Chosen | None] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_of(self.current_theme)


def test_the_page_that_opens_comes_first_and_every_other_link_follows() -> None:
    assert all_links(ARTICLE) == [
        LinkRow("Original page", f"{URL}?page=1"),
        LinkRow("Page", URL),
        LinkRow("AMP", "https://amp.example/jedi"),
        LinkRow("[1] the filing", "https://court.example/filing"),
        LinkRow("Image", "https://pictures.example/a.jpg"),
    ]
    assert all_links(ARTICLE._replace(original=URL))[:2] == [LinkRow("Page", URL), *ARTICLE.links]


def test_a_long_address_is_broken_and_never_cut() -> None:
    lines = [line for line in links_lines([LinkRow("Page", LONG_URL)], 40) if line.row == 0]
    assert "".join(line.parts[1][0] for line in lines[1:]) == LONG_URL


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("o",), Chosen("open", f"{URL}?page=1")),
        (("j", "enter"), Chosen("open", URL)),
        (("j", "j", "y"), Chosen("copy", "https://amp.example/jedi")),
        (("G", "y"), Chosen("copy", "https://pictures.example/a.jpg")),
        (("G", "g", "k", "y"), Chosen("copy", f"{URL}?page=1")),
        (("q",), None),
        (("escape",), None),
    ],
)
async def test_a_link_is_chosen_to_open_or_to_copy(keys: tuple[str, ...], answer: Chosen | None) -> None:
    app = LinksApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.push_screen(LinksScreen(ARTICLE), app.answers.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        assert app.answers == [answer]


async def test_a_click_puts_the_cursor_on_a_link() -> None:
    app = LinksApp()
    async with app.run_test(size=(60, 24)) as pilot:
        screen = LinksScreen(ARTICLE)
        app.push_screen(screen, app.answers.append)
        await pilot.pause()
        await pilot.click(screen.text, offset=(5, 4))
        await pilot.press("y")
        await pilot.pause()
        assert app.answers == [Chosen("copy", URL)]


@pytest.mark.parametrize("size", [(120, 36), (40, 20), (20, 10)])
async def test_the_card_shows_the_whole_address_alone_on_its_lines_and_as_a_link(size: tuple[int, int]) -> None:
    app = LinksApp()
    async with app.run_test(size=size) as pilot:
        card = LinkCard("JEDI: a protest", LONG_URL, "Sent to the terminal's clipboard.")
        app.push_screen(card)
        await pilot.pause()
        assert card.text.size.width == size[0]
        await pilot.press("G")
        strips = [card.text.drawn(line.parts) for line in card.text.lines]
        linked = [segment for strip in strips for segment in strip if segment.style and segment.style.link]
        assert "".join(segment.text for segment in linked) == LONG_URL
        assert {segment.style.link for segment in linked if segment.style} == {LONG_URL}
        assert len({segment.style.link_id for segment in linked if segment.style}) == 1
        assert any("clipboard" in strip.text for strip in strips)


@pytest.mark.parametrize("key", ["q", "escape", "enter"])
async def test_the_card_goes_away_with(key: str) -> None:
    app = LinksApp()
    async with app.run_test(size=(60, 12)) as pilot:
        card = LinkCard("[@click=app.quit]x[/]", LONG_URL, "[/]")
        app.push_screen(card)
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert app.screen is not card
