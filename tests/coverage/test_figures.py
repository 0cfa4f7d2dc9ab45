"""Figures in words, signs and scales as tokens that compare, and tokens as figures that people read."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.coverage.figures import figures, is_plain, shown_figure

PIECES = (
    *"0123456789,. -%$€£¥₹ktmbx\u0661\u212a\u017f\u0131é微",
    "us$",
    "rs.",
    " million",
    " per cent",
    " dollars",
    "crore",
    "two ",
)
AWKWARD = st.lists(st.one_of(st.characters(), st.sampled_from(PIECES)), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("spellings", "token"),
    [
        ("$25M|$25 million|$25-million|25 mln dollars|25 MILLION US DOLLARS|US$25m|$25,000,000|25m usd", "$2.5e+07"),
        ("USD 3bn|$3,000,000,000", "$3e+09"),
        ("two million euros|€2m|EUR 2 mn|2,000,000 eur", "€2e+06"),
        ("£1.5bn|GBP 1.5 billion|1.5 bln pounds", "£1.5e+09"),
        ("₹500 crore|Rs. 500 crore|Rs 5 billion|INR 5bn|5 bn rupees", "₹5e+09"),
        ("₹3 lakh|Rs 300,000|300k rupees", "₹300000"),
        ("A$10m|AUD 10 million", "a$1e+07"),
        ("C$7|CAD 7", "c$7"),
        ("¥100|¥ 100.00", "¥100"),
        ("$2tn|$2 trillion|two trillion dollars", "$2e+12"),
        ("12%|12 percent|12 per cent|12.0 %", "%12"),
        ("40k|40,000|40 thousand|40000", "=40000"),
    ],
    ids=lambda value: value.partition("|")[0],
)  # fmt: skip
def test_one_figure_is_one_token_however_it_is_written(spellings: str, token: str) -> None:
    for spelling in spellings.split("|"):
        assert figures(f"It is {spelling}, they say.") == [token], spelling


@pytest.mark.parametrize(
    "text", ["", "no figure", "in 2020", "5 things", "99 ways", "5T", "abc", "$", "%", "two of ten", "12x34y"]
)
def test_what_says_nothing_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_the_borders_of_what_a_plain_number_says() -> None:
    assert figures("99 100 1899 1900 2100 2101") == ["=100", "=1899", "=2101"]
    assert figures("$99 $2020") == ["$2020", "$99"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fraud 5m", ["=5e+06"]),
        ("bus$5", ["$5"]),
        ("5 Männer, 5 Müller, $5 Tänzer", ["$5"]),
        ("$25亿 $2.5億 3만 ₩5000억", []),
        ("$1.5x", []),
        ("增长5%的", ["%5"]),
        ("$5 usd 300", ["$5", "=300"]),
        ("5 m\u0131ll\u0131on, 5 thou\u017fand", []),
        ("7 \u212a", ["=7000"]),
    ],
    ids=ascii,
)
def test_a_sign_or_a_scale_is_a_whole_word(text: str, found: list[str]) -> None:
    assert figures(text) == found


def test_figures_are_told_once_and_in_one_order() -> None:
    assert figures("7% of $3bn; 365 of $3 billion, 7 per cent") == ["$3e+09", "%7", "=365"]


def test_plain_numbers_are_told_from_money_and_shares() -> None:
    assert [is_plain(token) for token in figures("$3bn 7% 365")] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$25 million", "$25m"),
        ("$68.7 billion", "$68.7bn"),
        ("€2 trillion", "€2tn"),
        ("$950,000", "$950,000"),
        ("A$1.5m", "A$1.5m"),
        ("Rs 5 crore", "₹50m"),
        ("12.5 per cent", "12.5%"),
        ("1,200,000%", "1,200,000%"),
        ("40k", "40,000"),
        ("3m", "3m"),
        ("$0.00001", "$1e-05"),
    ],
)
def test_a_figure_is_shown_as_people_write_it(text: str, shown: str) -> None:
    assert list(map(shown_figure, figures(text))) == [shown]


@given(AWKWARD)
def test_whatever_is_found_can_be_shown_and_is_finite(text: str) -> None:
    for token in figures(text):
        assert shown_figure(token)
        assert math.isfinite(float(token.lstrip("$€£¥₹%=achknz")))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece", ["1", "1,", "111,", "1.", ".1", "0.3", "$", "$ ", "1 ", "9%", "rs.", "two "], ids=ascii
)
def test_absurd_runs_of_digits_are_read_in_proportion_to_their_length(piece: str) -> None:
    # Were it the square of the length, the time allowed would not do.
    text = piece * (300_000 // len(piece))
    for end in ("", "x", " million dollars"):
        assert len(figures(text + end)) <= 3


def test_a_number_with_more_digits_than_anything_has_is_none() -> None:
    assert figures(f"1{',000' * 200}") == []
    assert figures(f"{'9' * 10_000} dollars, $1e400, $0.{'3' * 10_000}") == ["$0.333333", "=400"]
