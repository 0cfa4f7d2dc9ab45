"""What terminal this is, from its environment variables."""

import subprocess
import sys
from pathlib import Path

import pytest

import newstui
from newstui.terminal.surroundings import Surroundings, look, prepare, problem, wants_mouse


def surroundings(**environ: str) -> Surroundings:
    return look({"TERM": "xterm-256color"} | environ, is_tty=True, is_mac=False)


def test_a_plain_desktop_terminal() -> None:
    seen = surroundings(DISPLAY=":0", COLORTERM="truecolor", LANG="en_GB.UTF-8")
    assert seen == Surroundings(
        term="xterm-256color",
        is_tty=True,
        is_ssh=False,
        is_tmux=False,
        is_screen=False,
        is_mac=False,
        has_display=True,
        charset="utf-8",
        colours="truecolor",
    )


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY"])
def test_ssh_is_known_by_its_variables(variable: str) -> None:
    assert surroundings(**{variable: "x"}).is_ssh
    assert not surroundings(**{variable: ""}).is_ssh


def test_tmux_and_screen_are_known_by_their_variables() -> None:
    assert surroundings(TMUX="/tmp/tmux-0/default,1,0").is_tmux
    assert surroundings(STY="1.pts").is_screen


def test_a_display_is_x_wayland_or_a_mac() -> None:
    assert surroundings(WAYLAND_DISPLAY="wayland-0").has_display
    assert look({}, is_tty=True, is_mac=True).has_display
    assert not surroundings().has_display


@pytest.mark.parametrize(
    ("locale", "charset"),
    [
        ({}, "utf-8"),
        ({"LANG": "de_DE.UTF-8"}, "utf-8"),
        ({"LANG": "de_DE.utf8@euro"}, "utf-8"),
        ({"LC_CTYPE": "UTF-8"}, "utf-8"),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, "utf-8"),
        ({"LC_CTYPE": "C.UTF-8"}, "utf-8"),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, "ascii"),  # Python's own coercion
        ({"LC_CTYPE": "C.UTF-8", "LANG": "en_GB.UTF-8"}, "utf-8"),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "ascii"),
        ({"LANG": "POSIX"}, "ascii"),
        ({"LANG": "de_DE.ISO-8859-1"}, "iso8859-1"),
        ({"LANG": "de_DE.ISO-8859-15@euro"}, "iso8859-15"),
        ({"LANG": "de_DE"}, "ascii"),
        ({"LANG": "ja_JP.eucJP"}, "ascii"),
        ({"LANG": "x.utf-16"}, "ascii"),
        ({"LANG": "x.hex"}, "ascii"),
        ({"LANG": "x.no-such-thing"}, "ascii"),
    ],
)
def test_the_charset_is_that_of_the_locale(locale: dict[str, str], charset: str) -> None:
    assert surroundings(**locale).charset == charset
    assert surroundings(**locale).is_utf8 == (charset == "utf-8")


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"COLORTERM": "24bit"}, "truecolor"),
        ({"TERM": "xterm-kitty"}, "truecolor"),
        ({"TERM": "tmux-direct"}, "truecolor"),
        ({"TERM": "screen-256color"}, "256"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "vt100"}, "none"),
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none"),
        ({"TERM": ""}, "none"),
    ],
)
def test_colours_are_what_the_terminal_says(environ: dict[str, str], colours: str) -> None:
    assert surroundings(**environ).colours == colours


def test_there_is_no_problem_with_a_terminal() -> None:
    assert problem(surroundings()) is None


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        (look({"TERM": "xterm"}, is_tty=False), "needs a terminal"),
        (surroundings(TERM="dumb"), "TERM=dumb"),
        (surroundings(TERM=""), "TERM is not set"),
    ],
)
def test_a_place_without_a_terminal_is_told_in_one_line(seen: Surroundings, word: str) -> None:
    line = problem(seen)
    assert line is not None
    assert word in line
    assert "\n" not in line


def test_nothing_moves_by_itself_over_ssh() -> None:
    environ: dict[str, str] = {}
    prepare(environ, surroundings(SSH_TTY="/dev/pts/1"))
    assert environ == {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_SMOOTH_SCROLL": "0", "TEXTUAL_COLOR_SYSTEM": "256"}


def test_what_the_reader_set_stays() -> None:
    environ = {"TEXTUAL_ANIMATIONS": "full", "TEXTUAL_COLOR_SYSTEM": "auto"}
    prepare(environ, surroundings(SSH_TTY="/dev/pts/1"))
    assert (environ["TEXTUAL_ANIMATIONS"], environ["TEXTUAL_COLOR_SYSTEM"]) == ("full", "auto")


def test_the_mouse_is_off_over_ssh_unless_asked_for() -> None:
    there = surroundings(SSH_TTY="/dev/pts/1")
    assert [wants_mouse(setting, there) for setting in ("auto", "on", "off")] == [False, True, False]
    assert [wants_mouse(setting, surroundings()) for setting in ("auto", "on", "off")] == [True, True, False]


def test_looking_around_loads_no_textual() -> None:
    code = "import newstui.terminal.surroundings, newstui.terminal.wall, sys; sys.exit('textual' in sys.modules)"
    folder = Path(newstui.__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=folder, check=False).returncode == 0
