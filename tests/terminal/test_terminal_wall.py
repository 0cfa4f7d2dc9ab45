"""What may reach the terminal, and what becomes of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from newstui.terminal.lines import SafeLines
from newstui.terminal.wall import is_link, printable, through

BLACK = Color(0, 0, 0)
FRAME = "\x1b[1;1H\x1b[1;38;2;1;2;3;48;5;7mtext 日本\x1b[0m \n\x1b[2;1Hplain\x1b[36;120H"
LINKED = "\x1b]8;id=123-4;https://example.com/a?b=%20#c\x1b\\\x1b[4mlink\x1b[0m\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    "data",
    [
        FRAME,
        LINKED,
        "\x1b[?1049h",
        "\x1b[?1003l",
        "\x1b[?2026h",
        "\x1b[?2048$p",
        "\x1b[>25u",
        "\x1b[<u",
        "\x1b]22;default\x07",
        "\x1b]52;c;aGk=\x07",
        "\x07",
        "",
    ],
)
def test_what_textual_writes_gets_through_unchanged(data: str) -> None:
    assert through(data) == data


@pytest.mark.parametrize(
    ("foreign", "harmless"),
    [
        ("\x1b[2J", "?[2J"),
        ("\x1b[?1049l", "?[?1049l"),
        ("\x1b[?2026h", "?[?2026h"),
        ("\x1b]52;c;aGk=\x07", "?]52;c;aGk=?"),
        ("\x1b]0;title\x07", "?]0;title?"),
        ("\x1b]8;;file:///etc/passwd\x1b\\", "?]8;;file:///etc/passwd?\\"),
        ("\x1b]8;;https://e.com/\x07\x1b\\", "?]8;;https://e.com/??\\"),
        ("\x1b]8;;https://e.com/a b\x1b\\", "?]8;;https://e.com/a b?\\"),
        ("\x1bPq\x1b\\", "?Pq?\\"),
        ("\x1bc", "?c"),
        ("\x9b31m", "?31m"),
        ("\x00\x07\x08\t\r\x7f\x85", "???????"),
        ("two\nlines", "two?lines"),
        ("\u202eevil\u2066", "?evil?"),
        ("\ud83d", "?"),
        ("\x1b", "?"),
        ("\x1b[1;2;3", "?[1;2;3"),
    ],
)
def test_everything_else_becomes_text(foreign: str, harmless: str) -> None:
    assert through(f"{FRAME}{foreign}{LINKED}") == f"{FRAME}{harmless}{LINKED}"


@given(st.text(st.sampled_from("\x1b[]?;0152hmHJ\\\x07\x9b\n\rhttps:/ax日")))
def test_no_control_is_left_outside_a_known_sequence(text: str) -> None:
    once = through("x" + text)
    assert through(once) == once
    assert not any(control in once for control in "\x07\x9b\r")
    assert "\x1b[2J" not in once


def test_a_link_as_long_as_can_be_passes_and_a_longer_one_does_not() -> None:
    longest = "https://" + "a" * 2_083
    assert is_link(longest)
    assert not is_link(longest + "a")
    assert through(f"\x1b]8;;{longest}a\x1b\\").startswith("?]8")


@pytest.mark.parametrize("piece", ["\x1b]8;;https://a", "\x1b[1;", "\x1b", "\n", "\x1b[1m\x00"])
def test_the_wall_is_linear(piece: str) -> None:
    assert len(through(piece * 100_000)) >= 100_000


def test_a_line_of_text_holds_no_control() -> None:
    assert printable("a\tb\x1b[31m\u202e日本 é") == "a?b?[31m?日本 é"
    assert printable("日本 é 👩\u200d👩\u200d👧") == "日本 é 👩\u200d👩\u200d👧"


def test_safe_lines_are_left_as_they_are() -> None:
    line = [Segment("▸ 日本 "), Segment("link", Style(link="https://example.com/a")), Segment("\u00a0")]
    assert SafeLines().apply(line, BLACK) is line


def test_an_unsafe_line_keeps_its_width() -> None:
    line = [Segment("ab\x1b[1;1Hcd"), Segment("│", Style(bold=True))]
    assert SafeLines().apply(line, BLACK) == [Segment("ab?[1;1Hcd")]


def test_a_doubtful_link_is_only_text_but_keeps_its_look_and_its_clicks() -> None:
    style = Style(bold=True, link="https://e.com/\x1b\\\x1b[1;1HFAKE", meta={"row": 3})
    (segment,) = SafeLines().apply([Segment("link", style)], BLACK)
    assert segment.text == "link"
    assert segment.style is not None
    assert (segment.style.link, segment.style.bold, segment.style.meta) == (None, True, {"row": 3})
