"""Drawing in a locale that does not have every character."""

import pytest
from rich.cells import cell_len

from newstui.terminal.charset import encoded


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("▸ ▾ ● ★ │ ─ ┬ …", "> v o * | - + ~"),
        ("“Café” – naïve", '"Cafe" - naive'),
        ("日本", "????"),
        ("Cafe\u0301", "Cafe"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f", "?? ??"),
        ("▁▄█ 🌊ー", "_-# ????"),
    ],
)
def test_ascii_shows_something_alike_in_as_many_columns(text: str, drawn: str) -> None:
    assert encoded(text, "ascii").decode() == drawn
    assert len(drawn) == cell_len(text)


def test_latin_1_keeps_its_letters() -> None:
    assert encoded("Größe – 3 € · Łódź", "iso8859-1").decode("latin-1") == "Größe - 3 ? · ?ódz"


def test_utf_8_is_not_touched() -> None:
    assert encoded("日本 ●", "utf-8") == "日本 ●".encode()
