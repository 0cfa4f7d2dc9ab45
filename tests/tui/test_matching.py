"""How well names fit what was typed."""

import pytest

from newstui.tui.matching import fit


def score(typed: str, name: str) -> float:
    found = fit(typed, name)
    return found.score if found else 0.0


@pytest.mark.parametrize(
    ("typed", "names_best_first"),
    [
        ("azure", ["Azure", "Azure Stack", "On Azure", "LAzure", "A zoo, u r e"]),
        ("iot", ["IoT", "IoT Hub", "Internet of Things", "Invitation to it"]),
        ("", ["anything"]),
    ],
)
def test_the_closer_a_name_is_the_better_it_fits(typed: str, names_best_first: list[str]) -> None:
    scores = [score(typed, name) for name in names_best_first]
    assert scores == sorted(set(scores), reverse=True)
    assert all(0 < one <= 1 for one in scores)


def test_letters_out_of_order_do_not_fit() -> None:
    assert fit("eruza", "Azure") is None


def test_places_are_those_of_the_name_also_where_lower_case_is_longer() -> None:
    found = fit("hub", "İİ Hub")
    assert found is not None
    assert found.places == (3, 4, 5)


@pytest.mark.timeout(5)
def test_a_name_made_to_be_slow_is_not() -> None:
    assert fit("ab" * 200 + "c", "ab" * 5_000) is None
    assert fit("a b" * 100, "ab " * 5_000 + "c") is not None
