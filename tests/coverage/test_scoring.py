"""How alike two reports are: what adds to it, what takes from it, and what makes one a copy of the other."""

import math
from collections import Counter
from collections.abc import Iterable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.coverage.scoring import DAY, RELATED, SHARED_KEPT, Comparison, Fingerprint, Frequencies, Match

TITLE = "acme opens fusion plant lindholm"
EXCERPT = "the plant at lindholm makes power for a town of bakers by the sea and sells what is left to the harbour"

FREE_NUMBERS = count(1)
NUMBERS: dict[str, int] = {}


def numbers(words: str) -> list[int]:
    return [NUMBERS.setdefault(word, next(FREE_NUMBERS)) for word in words.split()]


def told(title: str = TITLE, excerpt: str = "", figures: str = "", *, at: int = 0, house: str = "one") -> Fingerprint:
    """A report in words that are terms; its headline begins with its subject."""
    lead = numbers(title)[0] if title else None
    return Fingerprint(at, house, numbers(title), numbers(excerpt), numbers(figures), lead)


def library(size: int = 1_000, **common: int) -> Frequencies:
    """A library of so many articles, in which a word occurs in one of them, or in as many as are named."""
    counts = dict.fromkeys(NUMBERS.values(), 1) | {numbers(word)[0]: articles for word, articles in common.items()}
    return Frequencies(size, counts)


def compared(one: Fingerprint, other: Fingerprint, frequencies: Frequencies | None = None) -> Match:
    return Comparison(one, frequencies or library()).with_(other)


def other(title: str = TITLE, excerpt: str = "", figures: str = "", **more: int) -> Fingerprint:
    return told(title, excerpt, figures, house="two", **more)


def score(one: Fingerprint, two: Fingerprint, frequencies: Frequencies | None = None) -> float:
    return compared(one, two, frequencies).score


# What a score is made of.


def test_two_reports_in_the_same_words_score_the_most() -> None:
    assert score(told(), other()) == pytest.approx(10 + 3 + 2 + 2)


def test_two_reports_that_share_nothing_score_nothing() -> None:
    assert compared(told(), other("seagrass returns")) == Match(-3.0, (), (), False)
    assert score(told(), other("")) == 0


def test_half_of_the_headlines_in_common_counts_by_weight() -> None:
    one, two = told("plant power fusion sea"), other("plant power cup bread")
    expected = 10 * 0.5 + 3 * 0.5 + 2 / 3 + 2 * 2 / 4
    assert score(one, two) == pytest.approx(expected)
    assert score(one, two, library(plant=300, power=300)) < expected - 3


def test_a_word_that_nearly_all_have_says_nearly_nothing() -> None:
    common = library(1_000, plant=1_000, power=990)
    assert score(told("fusion plant power"), other("bread plant power"), common) < -2.5


def test_a_day_apart_costs_a_quarter() -> None:
    same = score(told(), other())
    assert score(told(), other(at=DAY)) == pytest.approx(same - 0.25)
    assert score(told(at=2 * DAY), other()) == pytest.approx(same - 0.5)


def test_each_figure_in_common_counts_up_to_two() -> None:
    figures = ["", "#$1", "#$1 #$2", "#$1 #$2 #$3"]
    own = [compared(told(figures=its), other(figures=its)) for its in figures]
    without = [match.score - 1.5 * min(len(match.figures), 2) / 2 for match in own]
    assert [len(match.figures) for match in own] == [0, 1, 2, 3]
    assert without == pytest.approx([without[0]] * 4)


def test_a_figure_is_no_word_among_those_shared() -> None:
    match = compared(told(figures="#$1"), other(figures="#$1 #$2"))
    assert (match.shared, match.figures) == (tuple(numbers(TITLE)), tuple(numbers("#$1")))


def test_the_same_house_costs_what_chance_gives_its_habits_unless_the_headline_is_the_same() -> None:
    near = "acme opens fusion plant harbour"
    assert score(told(), told(near)) == pytest.approx(score(told(), other(near)) - 1.5)
    assert score(told(), told()) == pytest.approx(score(told(), other()))


def test_the_same_headline_of_two_words_is_not_the_same_headline() -> None:
    assert score(told("market news"), told("market news")) == pytest.approx(
        score(told("market news"), other("market news")) - 1.5
    )


def test_what_both_say_is_told_strongest_first_and_not_without_end() -> None:
    words = "ax bow cog dam elk fir gnu hay ivy"
    frequencies = library(1_000, **{word: 100 - 10 * at for at, word in enumerate(words.split())})
    match = compared(told(words), other(words), frequencies)
    assert match.shared == tuple(reversed(numbers(words)))[:SHARED_KEPT]


# One template, two subjects.


BADGE = "{} earns advanced badge for cloud migration"


def is_guarded(one: Fingerprint, two: Fingerprint, frequencies: Frequencies | None = None) -> bool:
    """Whether the score is lower than without the words that the headlines begin with."""
    freed = Fingerprint(one.time, one.house, one.title, one.excerpt, one.figures, None)
    difference = score(freed, two, frequencies) - score(one, two, frequencies)
    assert difference == pytest.approx(0) or difference == pytest.approx(3)
    return difference > 1


def test_two_subjects_in_one_template_are_guarded_against() -> None:
    assert is_guarded(told(BADGE.format("acme")), other(BADGE.format("bolt")))


def test_a_subject_that_the_other_names_elsewhere_is_none_of_its_own() -> None:
    assert not is_guarded(told(BADGE.format("acme")), other(BADGE.format("bolt"), "bolt follows acme"))
    assert not is_guarded(told(BADGE.format("acme"), "as bolt did"), other(BADGE.format("bolt")))


def test_a_common_word_at_the_beginning_names_no_subject() -> None:
    both = told(BADGE.format("acme")), other(BADGE.format("today"))
    assert not is_guarded(*both, library(1_000, today=20))
    assert is_guarded(*both, library(1_000, today=19))
    assert not is_guarded(*both, library(100, today=15))
    assert is_guarded(*both, library(100, today=14))


def test_a_headline_that_begins_with_no_word_is_not_guarded() -> None:
    one = told(BADGE.format("acme"))
    nameless = Fingerprint(0, "two", numbers(BADGE.format("bolt")), [], [], None)
    assert score(one, nameless) == pytest.approx(score(one, other(BADGE.format("bolt"))) + 3)


# Copies.


def test_a_report_under_the_same_headline_is_a_copy() -> None:
    assert compared(told(excerpt="one text"), other(excerpt="quite another")).is_copy
    assert not compared(told("market news"), other("bread cup")).is_copy


def test_a_report_under_nearly_the_same_headline_is_a_copy() -> None:
    words = "acme opens fusion plant at lindholm after nine years of works"
    assert compared(told(words), other(f"{words} today")).is_copy
    assert not compared(told(words), other("acme opens fusion plant harbour pays for repairs")).is_copy


def test_a_report_with_the_same_text_is_a_copy_whatever_its_headline() -> None:
    assert compared(told(excerpt=EXCERPT), other("acme starts making fusion power", EXCERPT)).is_copy
    half = " ".join(EXCERPT.split()[:6])
    assert not compared(told(excerpt=EXCERPT), other("acme starts making fusion power", f"{half} say they")).is_copy


def test_a_text_that_is_too_short_to_be_one_makes_no_copy() -> None:
    short = " ".join(EXCERPT.split()[:7])
    match = compared(told("acme opens plant", short), other("acme starts plant", short))
    assert match.score >= RELATED
    assert not match.is_copy


def test_one_template_makes_no_copy() -> None:
    one, two = told(BADGE.format("acme"), EXCERPT), other(BADGE.format("bolt"), EXCERPT)
    assert compared(one, two).score >= RELATED
    assert not compared(one, two).is_copy


def test_what_is_no_coverage_is_no_copy() -> None:
    everywhere = library(1_000, **dict.fromkeys(TITLE.split(), 1_000))
    assert not compared(told(at=99 * DAY), other(), everywhere).is_copy


# Whatever the words.

WORD = st.sampled_from([f"word{number}" for number in range(12)])
TEXT = st.lists(WORD, max_size=8).map(" ".join)
FIGURES = st.lists(st.sampled_from(["#$1", "#$2", "#%3"]), unique=True).map(" ".join)
REPORT = st.builds(told, TEXT, TEXT, FIGURES, at=st.integers(0, 9 * DAY), house=st.sampled_from(["one", "two"]))
COUNTS = st.dictionaries(WORD, st.integers(0, 50))


def frequencies_of(counts: dict[str, int]) -> Frequencies:
    return Frequencies(50, {numbers(word)[0]: articles for word, articles in counts.items()})


@given(REPORT, REPORT, COUNTS)
def test_it_is_the_same_from_both_sides(one: Fingerprint, two: Fingerprint, counts: dict[str, int]) -> None:
    there, back = compared(one, two, frequencies_of(counts)), compared(two, one, frequencies_of(counts))
    assert there.score == pytest.approx(back.score)
    assert set(there.figures) == set(back.figures)
    assert math.isfinite(there.score)
    assert there.score <= 10 + 3 + 2 + 2 + 1.5 + 1e-9


@given(REPORT, REPORT, COUNTS, st.permutations(range(1_000, 1_015)))
def test_the_numbers_of_terms_make_no_difference(
    one: Fingerprint, two: Fingerprint, counts: dict[str, int], others: list[int]
) -> None:
    every = [*(f"word{number}" for number in range(12)), "#$1", "#$2", "#%3"]
    renamed = {numbers(term)[0]: number for term, number in zip(every, others, strict=True)}

    def again(terms: Iterable[int]) -> list[int]:
        return [renamed[term] for term in terms]

    def told_again(it: Fingerprint) -> Fingerprint:
        lead = None if it.lead is None else renamed[it.lead]
        return Fingerprint(it.time, it.house, again(it.title), again(it.excerpt), again(it.figures), lead)

    frequencies = frequencies_of(counts)
    match = compared(one, two, frequencies)
    alike = Frequencies(50, {renamed[term]: articles for term, articles in frequencies.counts.items()})
    expected = Match(match.score, tuple(again(match.shared)), tuple(again(match.figures)), match.is_copy)
    assert compared(told_again(one), told_again(two), alike) == expected


def test_a_word_counts_more_the_oftener_it_is_said_but_less_each_time() -> None:
    once, thrice, often = (
        Fingerprint(0, "one", numbers("plant"), numbers(" ".join(["plant"] * times)), [], None) for times in (0, 2, 999)
    )
    (term,) = numbers("plant")
    assert once.times[term] < thrice.times[term] < often.times[term] < 6
    assert Counter(once.times) == {term: 1 + math.log(2)}
