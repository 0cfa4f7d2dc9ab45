"""Texts as the telling words that two reports are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.coverage.stop_words import STOP_WORDS
from newstui.coverage.terms import (
    LONGEST_TERM,
    folded,
    headline_terms,
    is_unspaced,
    joined_forms,
    terms,
    words_of_terms,
)

PIECES = "aAzs5 -'’`.&+#/_\n\xad\u0301\u0345\u200c\u200d\u2010\u2011\ufe0fßİΣ\u017fé微ーไทยกำ삼한कि्حةЁ½ﬁ𝗔"
AWKWARD = st.text(st.one_of(st.characters(), st.sampled_from(PIECES)), max_size=60)


@pytest.mark.parametrize(
    "spellings",
    [
        ("announces", "announced", "announcing", "announce"),
        ("company", "companies"),
        ("plans", "planned", "planning", "plan"),
        ("passes", "pass", "passed"),
        ("sells", "selling", "sell"),
        ("allegedly", "alleged"),
        ("services", "service"),
        ("DVRs", "DVR"),
    ],
    ids=" ".join,
)
def test_the_common_endings_of_a_word_are_cut(spellings: tuple[str, ...]) -> None:
    assert len(set(terms(" ".join(spellings)))) == 1


@pytest.mark.parametrize("word", ["string", "bus", "business", "virus", "red", "king", "gas", "5gs", "Änderungen"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert terms(word) == [folded(word)]


def test_words_that_say_nothing_are_left_out() -> None:
    assert terms("What is new: she said that they have been in it for it") == []
    assert terms("A 5 x The") == ["5"]
    assert not [word for word in STOP_WORDS if terms(word.upper())]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("health-care", ["health", "care", "healthcar"]),
        ("state-of-the-art", ["stat", "art"]),
        ("co\u2010op co\u2011op", ["co", "op", "coop"] * 2),
        ("COVID-19", ["covid", "19", "covid19"]),
        ("5-year", ["5-year"]),
        ("G-7", ["g7"]),
        ("re\xadport", ["report"]),
        ("-Acme-", ["acme"]),
    ],
    ids=ascii,
)
def test_a_compound_is_its_parts_and_the_whole(text: str, read: list[str]) -> None:
    assert terms(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("AT&amp;T R&D C++ C# v1.2.3", ["at&t", "r&d", "c++", "v1.2.3"]),
        ("caf&eacute; Café CAFE\u0301", ["cafe"] * 3),
        ("Nestlé’s Amazon's Amazon`s", ["nestl", "amazon", "amazon"]),
        ("don't rock'n'roll O'Reilly", ["dont", "rocknroll", "oreilly"]),
        ("ﬁne \uff21\uff23\uff2d\uff25", ["fine", "acme"]),
        ("snake_case", ["snak", "case"]),
        ("&#99999999999999; one", ["one"]),
    ],
    ids=ascii,
)
def test_one_word_is_one_term_however_it_is_written(text: str, read: list[str]) -> None:
    assert terms(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("微软云计算", ["微软", "软云", "云计", "计算"]),
        ("雪", ["雪"]),
        ("ソニー", ["ソニ", "ニー"]),
        ("ข่าว", ["ข่า", "่าว"]),
        ("ไป", ["ไป"]),
        ("삼성전자 는", ["삼성", "성전", "전자", "는"]),
        ("iPhone手机", ["iphon", "手机"]),
        ("Acme.微软", ["acme", "微软"]),
    ],
    ids=ascii,
)
def test_scripts_without_spaces_are_pairs_of_characters_or_three_letters(text: str, read: list[str]) -> None:
    assert terms(text) == read


@pytest.mark.parametrize(
    "text",
    ["हिन्दी में समाचार", "বাংলাদেশ সংবাদ", "தமிழ் செய்திகள்", "ꯃꯩꯇꯩ", "تُعلِن الحكومة", "שָׁלוֹם", "новости", "ειδήσεις"],
    ids=ascii,
)
def test_words_with_vowel_signs_stay_whole(text: str) -> None:
    assert len(terms(text)) == len(text.split())
    assert [word for _, word in words_of_terms(text)] == text.split()


def test_a_joiner_does_not_cut_a_word_apart() -> None:
    assert len(terms("क्\u200dषेत्र \u0645\u06cc\u200c\u0631\u0648\u0645")) == 2


def test_accents_are_no_difference_in_any_alphabet() -> None:
    assert terms("Müller Ёлка ειδήσεις") == ["muller", "елка", "ειδησεις"]


def test_words_are_shown_as_the_text_writes_them() -> None:
    text = "Amazon’s companies: Nestlé, AT&amp;T, don't, Health-Care"
    assert list(words_of_terms(text)) == [
        ("amazon", "Amazon"),
        ("company", "companies"),
        ("nestl", "Nestlé"),
        ("at&t", "AT&T"),
        ("dont", "don't"),
        ("health", "Health"),
        ("care", "Care"),
        ("healthcar", "Health-Care"),
    ]


@pytest.mark.parametrize("separator", ["|", "-", "–", "—"])
def test_the_name_of_the_site_is_cut_from_a_long_headline(separator: str) -> None:
    headline = "Acme buys Bolt for two billion dollars in cash"
    assert headline_terms(f"{headline} {separator} Example News") == terms(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "Acme buys Bolt | Example News",
        "Acme buys Bolt for two billion dollars | all of it in cash",
        "Acme buys Bolt for two billion dollars in Coca-Cola",
        "Acme buys Bolt – A deal that nobody in the whole market has seen coming",
    ],
)
def test_a_headline_that_only_looks_as_if_it_named_its_site_stays_whole(headline: str) -> None:
    assert headline_terms(headline) == terms(headline)


def test_neighbours_that_may_be_one_word_are_joined() -> None:
    assert joined_forms(["health", "care", "of", "data", "365", "base", "微软", "azure"]) == ["healthcare"]
    assert joined_forms(["health"]) == []


def test_a_pair_of_characters_is_told_from_a_word() -> None:
    assert all(map(is_unspaced, ["微软", "雪", "ข่", "삼성"]))
    assert not any(map(is_unspaced, ["acme", "समाचार", "новости", ""]))


def test_a_word_that_is_absurdly_long_is_no_term() -> None:
    longest = "b" * LONGEST_TERM
    assert terms(f"{longest} {longest}b acme-{longest}b") == [longest, "acme"]


@given(AWKWARD)
def test_terms_are_those_of_the_words_and_in_their_comparable_form(text: str) -> None:
    found = terms(text)
    assert found == [term for term, _ in words_of_terms(text)]
    assert all(found)
    assert all(word for _, word in words_of_terms(text))
    assert not [term for term in found if term != term.lower() or " " in term or len(term) > LONGEST_TERM]


@given(AWKWARD, AWKWARD)
def test_what_stands_on_another_line_does_not_change_a_term(first: str, second: str) -> None:
    assert terms(f"{first}\n!\n{second}") == terms(first) + terms(second)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece",
    ["a", "-", "a-", "a'", "'", "a.", "+", " ", " - ", "_", "微", "\u0301", "a\u0301", "\u0323\u0301", "\u094d", "&#1"],
    ids=ascii,
)  # fmt: skip
def test_hostile_text_is_read_in_proportion_to_its_length(piece: str) -> None:
    # Were it the square of the length, the time allowed would not do.
    text = piece * (500_000 // len(piece))
    assert len(terms(text)) <= len(text)
    assert len(headline_terms(text)) <= len(text)
    assert len(folded(text)) <= 2 * len(text)
