"""A picture as half blocks."""

import pytest
from rich.color import ColorSystem
from rich.style import Style

from newstui.sources.picture import Picture
from newstui.terminal.wall import through
from newstui.tui.picture_text import HALF_BLOCK, picture_lines

RED, GREEN, BLUE, WHITE = b"\xff\0\0", b"\0\xff\0", b"\0\0\xff", b"\xff\xff\xff"


def made(*rows: bytes) -> Picture:
    width = len(rows[0]) // 3
    return Picture(width, len(rows), (width, len(rows)), b"".join(rows))


def test_a_cell_is_two_pixels_one_above_the_other() -> None:
    picture = made(RED + GREEN, BLUE + WHITE)
    assert list(picture_lines(picture, 84)) == [[("▀", "#ff0000 on #0000ff"), ("▀", "#00ff00 on #ffffff")]]


def test_two_rows_of_pixels_make_a_line() -> None:
    lines = list(picture_lines(made(RED, GREEN, BLUE, WHITE), 84))
    assert lines == [[("▀", "#ff0000 on #00ff00")], [("▀", "#0000ff on #ffffff")]]


def test_neighbours_of_the_same_colours_are_drawn_at_once() -> None:
    picture = made(RED * 40 + GREEN * 44, BLUE * 84)
    assert list(picture_lines(picture, 84)) == [
        [(HALF_BLOCK * 40, "#ff0000 on #0000ff"), (HALF_BLOCK * 44, "#00ff00 on #0000ff")]
    ]


@pytest.mark.parametrize("cells", [1, 2, 7, 20, 39, 40, 41, 200])
def test_where_there_are_fewer_cells_a_picture_is_narrower_and_keeps_its_shape(cells: int) -> None:
    picture = made(*[RED * 20 + GREEN * 20] * 10, *[BLUE * 20 + WHITE * 20] * 10)
    lines = list(picture_lines(picture, cells))
    width = min(cells, 40)
    assert {sum(len(text) for text, _ in line) for line in lines} == {width}
    assert len(lines) == max(1, round(width / 4))
    if width > 1:
        assert lines[0][0][1].startswith("#ff0000")
        assert lines[0][-1][1].startswith("#00ff00")
        assert lines[-1][0][1].endswith("#0000ff")
        assert lines[-1][-1][1].endswith("#ffffff")


def test_the_colours_of_a_part_are_a_style() -> None:
    ((_, look),) = next(picture_lines(made(RED, BLUE), 84))
    style = Style.parse(look)
    assert style.color is not None
    assert style.bgcolor is not None
    assert (style.color.triplet, style.bgcolor.triplet) == ((255, 0, 0), (0, 0, 255))


@pytest.mark.parametrize("colours", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
def test_pixels_pass_the_wall_before_the_terminal(colours: ColorSystem) -> None:
    ((text, look),) = next(picture_lines(made(RED, BLUE), 84))
    sent = Style.parse(look).render(text, color_system=colours)
    assert "\x1b[" in sent
    assert through(sent) == sent
