"""Pictures in the reader: real ones from a real server, which the settings name as the proxy of every host."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from newstui.article import Batch
from newstui.config import Settings
from newstui.library import Library
from newstui.tui.picture_text import HALF_BLOCK
from newstui.tui.pictures import PICTURES_KEPT, PictureCame, Pictures, Wanted
from tests.tui.conftest import LOCAL, NOON, UNHURRIED

if TYPE_CHECKING:
    from tests.tui.conftest import Read, Reader, Report

A, B, GONE, DRAWING = (f"http://pictures.example/{name}" for name in ("a.png", "b.png", "gone.png", "drawing.svg"))
LONG_TEXT = "\n\n".join(f"Paragraph {number} of the long report." for number in range(60))


class Web:
    """Every host of the web: what it was asked for, and what it answers once ``gate`` is open."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.pages = {A: _png(200, 100, "red"), B: _png(100, 100, "blue"), DRAWING: b"<svg/>"}
        self.gate = threading.Event()
        self.gate.set()
        self.url = ""

    @property
    def settings(self) -> Settings:
        """Settings that lead every request here."""
        return replace(UNHURRIED, proxy=self.url)


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            web.gate.wait()
            body = web.pages.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who asked may have gone
        threading.Thread(target=server.serve_forever).start()
        web.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield web
        web.gate.set()
        server.shutdown()


@pytest.fixture
def library(report: "Report") -> Iterator[Library]:
    """Five reports: two with a picture, one whose picture is gone, one with a drawing, one with none."""
    images = [{"url": A, "width": 200, "height": 100}, {"url": GONE}]
    articles = (
        report("A barge at the bridge", hours=1, images=images, excerpt="It struck a pier.", text=LONG_TEXT),
        report("A new logo", hours=2, images=[{"url": B}]),
        report("A picture that is gone", hours=3, images=[{"url": GONE}]),
        report("A drawing", hours=4, images=[{"url": DRAWING}]),
        report("Words alone", hours=5),
    )
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch(articles), NOON)
        library.finish(source.id, NOON)
        yield library


def drawn(reader: "Reader") -> list[str]:
    """The lines of a picture that are in view."""
    return [line for line in reader.article.split("\n") if HALF_BLOCK in line]


async def shown(reader: "Reader") -> None:
    await reader.until(lambda: bool(drawn(reader)))


# By the key


async def test_i_unfolds_the_picture_where_the_text_names_it_and_folds_it_away(
    library: Library, read: "Read", web: Web
) -> None:
    async with read(library, web.settings) as reader:
        folded = reader.article
        assert "[image 200×100 · pictures.example]\n[image · pictures.example]" in folded
        await reader.press("I")
        await shown(reader)
        assert reader.footer.startswith("200×100 · I folds it away")
        width = reader.main.main_pane.size.width
        assert drawn(reader) == [HALF_BLOCK * width] * round(width / 4)
        above, _, below = reader.article.partition(HALF_BLOCK)
        assert above == folded.partition("[image")[0] + "\n"
        assert below.lstrip(f"{HALF_BLOCK}\n").startswith("[image · pictures.example]\n\nIt struck a pier.")
        await reader.press("I")
        assert reader.article == folded


async def test_a_picture_has_its_own_colours(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings) as reader:
        await reader.press("I")
        await shown(reader)
        pane = reader.main.main_pane
        (style,) = {
            str(segment.style) for y in range(pane.size.height) for segment in pane.line_at(y) if "▀" in segment.text
        }
        assert style == "#ff0000 on #ff0000"


async def test_a_small_picture_is_not_enlarged_and_a_high_one_leaves_room_for_text(
    library: Library, read: "Read", web: Web
) -> None:
    web.pages[A] = _png(20, 10, "red")
    web.pages[B] = _png(100, 1_000, "blue")
    async with read(library, web.settings) as reader:
        await reader.press("I")
        await shown(reader)
        assert drawn(reader) == [HALF_BLOCK * 20] * 5
        await reader.press("j", "I")
        await shown(reader)
        assert len(drawn(reader)) == reader.main.main_pane.size.height * 2 // 3


async def test_no_picture_is_fetched_unasked(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings) as reader:
        await reader.press(*"jjjjkkkk", "i", "escape", "U", "escape", "enter", "J", "h", "z", "z")
        assert reader.headline == "A barge at the bridge"
        assert web.asked == []
        await reader.press("I")
        await shown(reader)
        assert web.asked == [A]


async def test_a_picture_that_was_fetched_is_not_fetched_again(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings) as reader:
        await reader.press("I")
        await shown(reader)
        await reader.press("I")
        assert not drawn(reader)
        await reader.press("I")
        assert drawn(reader)
        assert web.asked == [A]


async def test_a_picture_stays_unfolded_when_one_comes_back(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings) as reader:
        await reader.press("I")
        await shown(reader)
        await reader.press("j")
        assert not drawn(reader)
        await reader.press("k")
        assert drawn(reader)


async def test_on_a_narrow_screen_i_goes_into_the_text(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings, (40, 20)) as reader:
        assert not reader.main.main_pane.display
        await reader.press("I")
        await shown(reader)
        assert {len(line) for line in drawn(reader)} == {reader.main.main_pane.size.width}
        assert reader.main.main_pane.has_focus
        await reader.press("q")
        assert not drawn(reader)
        await reader.press("I")
        assert drawn(reader)
        await reader.press("I")
        assert not drawn(reader)


async def test_a_narrower_pane_shows_the_picture_narrower(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings) as reader:
        await reader.press("I")
        await shown(reader)
        await reader.pilot.resize_terminal(100, 36)
        await reader.settle()
        width = reader.main.main_pane.size.width
        assert drawn(reader) == [HALF_BLOCK * width] * round(width / 4)
        assert web.asked == [A]


# While it comes


async def test_while_a_picture_comes_one_reads_on_and_is_not_disturbed(
    library: Library, read: "Read", web: Web
) -> None:
    web.gate.clear()
    async with read(library, web.settings) as reader:
        await reader.press("I")
        assert reader.footer.startswith("Fetching the picture…")
        await reader.press("j")
        assert reader.headline == "A new logo"
        before = reader.article
        web.gate.set()
        await reader.until(lambda: reader.main.pictures.coming is None)
        assert reader.article == before
        assert "200×100" not in reader.footer
        await reader.press("k", "I")
        assert drawn(reader)
        assert web.asked == [A]


async def test_a_second_i_gives_up_the_picture_that_is_coming(library: Library, read: "Read", web: Web) -> None:
    web.gate.clear()
    async with read(library, web.settings) as reader:
        await reader.press("I", "I")
        assert reader.footer.startswith("The picture is not fetched any more")
        await reader.until(lambda: not any(thread.name == "picture" for thread in threading.enumerate()))
        web.gate.set()
        assert not drawn(reader)
        await reader.press("I")
        await shown(reader)


async def test_the_picture_of_another_article_takes_the_place_of_the_one_that_is_coming(
    library: Library, read: "Read", web: Web
) -> None:
    web.gate.clear()
    async with read(library, web.settings) as reader:
        await reader.press("I", "j", "I")
        web.gate.set()
        await shown(reader)
        assert reader.footer.startswith("100×100")
        await reader.press("k")
        assert not drawn(reader)


async def test_text_that_is_read_stays_where_it_is_when_a_picture_comes_above_it(
    library: Library, read: "Read", web: Web
) -> None:
    web.gate.clear()
    async with read(library, web.settings) as reader:
        await reader.press("I", *"J" * 30)
        before = reader.article
        assert "[image" not in before
        web.gate.set()
        await reader.until(lambda: reader.main.main_pane.picture is not None)
        assert reader.article == before
        await reader.press("I")
        assert reader.article == before
        await reader.press("I")
        assert drawn(reader)
        assert reader.article != before


# When there is none


@pytest.mark.parametrize(
    ("headline", "reason"),
    [
        ("A picture that is gone", "No picture: the server answered 404"),
        ("A drawing", "No picture: it is an SVG drawing: newstui shows PNG, JPEG, GIF and WebP"),
    ],
)
async def test_why_a_picture_does_not_come_is_said_in_one_line(
    library: Library, read: "Read", web: Web, headline: str, reason: str
) -> None:
    async with read(library, web.settings) as reader:
        while reader.headline != headline:
            await reader.press("j")
        await reader.press("I")
        await reader.until(lambda: reader.footer.startswith(reason))
        assert "[image · pictures.example]" in reader.article
        await reader.press("I")
        await reader.until(lambda: len(web.asked) == 2)


@pytest.mark.parametrize(
    ("surroundings", "settings", "reason"),
    [
        (LOCAL, {"images": "off"}, "Pictures are off in your settings"),
        (replace(LOCAL, colours="none"), {}, "This terminal shows no colours"),
        (replace(LOCAL, colours="16"), {}, "This terminal shows too few colours for a picture"),
        (replace(LOCAL, charset="ascii"), {}, "This terminal shows no half blocks"),
        (LOCAL, {"theme": "ansi-dark"}, "This theme's colours are too few for a picture: T chooses another"),
    ],
)
async def test_what_keeps_pictures_from_being_shown_is_said_and_none_is_fetched(
    library: Library, read: "Read", web: Web, surroundings: object, settings: dict[str, object], reason: str
) -> None:
    async with read(library, replace(web.settings, **settings)) as reader:  # type: ignore[arg-type]
        reader.main.surroundings = surroundings  # type: ignore[assignment]
        await reader.press("I")
        assert reader.footer.startswith(reason)
        assert reader.main.pictures.coming is None
    assert web.asked == []


async def test_an_article_without_a_picture_says_so(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings) as reader:
        await reader.press(*"jjjj", "I")
        assert reader.headline == "Words alone"
        assert reader.footer.startswith("No picture came with this article")
        assert web.asked == []


# By itself


async def test_with_auto_a_picture_comes_when_one_rests_on_its_article_and_says_nothing(
    library: Library, read: "Read", web: Web
) -> None:
    async with read(library, replace(web.settings, images="auto")) as reader:
        keys = reader.footer
        await shown(reader)
        assert reader.footer == keys
        assert web.asked == [A]


async def test_with_auto_a_picture_that_was_folded_away_stays_so(library: Library, read: "Read", web: Web) -> None:
    async with read(library, replace(web.settings, images="auto")) as reader:
        await shown(reader)
        await reader.press("I")
        await reader.press("j")
        await shown(reader)
        await reader.press("k")
        reader.main._picture_by_itself()  # as after a rest
        assert not drawn(reader)
        await reader.press("I")
        assert drawn(reader)


async def test_with_auto_a_picture_that_fails_is_not_talked_about_and_not_tried_again(
    library: Library, read: "Read", web: Web
) -> None:
    del web.pages[A]
    async with read(library, replace(web.settings, images="auto")) as reader:
        keys = reader.footer
        await reader.until(lambda: bool(reader.main._no_more))
        assert reader.footer == keys
        reader.main._picture_by_itself()
        assert reader.main.pictures.coming is None
        await reader.press("I")
        await reader.until(lambda: reader.footer.startswith("No picture:"))


async def test_with_auto_no_picture_comes_by_itself_over_ssh(library: Library, read: "Read", web: Web) -> None:
    async with read(library, replace(web.settings, images="auto"), is_remote=True) as reader:
        assert reader.main._picture_timer is None
        assert web.asked == []
        await reader.press("I")
        await shown(reader)


# What is kept


async def test_only_the_pictures_used_last_are_kept(library: Library, read: "Read", web: Web) -> None:
    async with read(library, web.settings) as reader:
        await reader.press("I")
        await shown(reader)
        picture = reader.main.main_pane.picture
        pictures = Pictures(reader.main, web.settings)
        wanted = [Wanted(f"http://pictures.example/{number}", 80, 20, "#000000") for number in range(PICTURES_KEPT)]
        for one in wanted:
            pictures.take(PictureCame(one, picture))
        assert pictures.kept(wanted[0]) is picture
        pictures.take(PictureCame(wanted[0]._replace(columns=40), picture))
        assert pictures.kept(wanted[1]) is None
        assert pictures.kept(wanted[0]) is picture


def _png(width: int, height: int, colour: str) -> bytes:
    body = BytesIO()
    Image.new("RGB", (width, height), colour).save(body, "PNG")
    return body.getvalue()
