"""How well a name fits what was typed, in time that grows with the two and no faster.

Textual's own fuzzy search tries every combination: five letters against a name of a hundred take seconds.
"""

from typing import NamedTuple


class Fit(NamedTuple):
    """How well a name fits, 1 at best, and the places of the characters that were typed."""

    score: float
    places: tuple[int, ...]


def fit(typed: str, name: str) -> Fit | None:
    """How a name fits: whole, from its beginning, from a word's, inside, or as letters in order; None if not at all."""
    phrase, offered = _folded(typed.strip()), _folded(name)
    if not phrase:
        return Fit(1.0, ())
    if (start := offered.find(phrase)) >= 0:
        return Fit(_score_of_phrase(phrase, offered, start), tuple(range(start, start + len(phrase))))
    letters = "".join(phrase.split())
    if places := _initials(letters, offered):
        return Fit(0.55, places)
    places = _letters_in_order(letters, offered)
    return Fit(_score_of_letters(places), places) if places else None


def _folded(text: str) -> str:
    """Lower case, character by character, so that places stay what they are."""
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def _score_of_phrase(phrase: str, name: str, start: int) -> float:
    if phrase == name:
        return 1.0
    ground = 0.9 if start == 0 else 0.8 if _begins_a_word(name, start) else 0.6
    return ground + 0.09 * len(phrase) / len(name)


def _initials(wanted: str, name: str) -> tuple[int, ...]:
    beginnings = [place for place in range(len(name)) if name[place].isalnum() and _begins_a_word(name, place)]
    start = "".join(name[place] for place in beginnings).find(wanted)
    return tuple(beginnings[start : start + len(wanted)]) if start >= 0 else ()


def _letters_in_order(wanted: str, name: str) -> tuple[int, ...]:
    """The first run of the letters, and of those that end where it ends the closest together."""
    end = -1
    for letter in wanted:
        if (end := name.find(letter, end + 1)) < 0:
            return ()
    places, before = [], end + 1
    for letter in reversed(wanted):
        before = name.rfind(letter, 0, before)
        places.append(before)
    return tuple(reversed(places))


def _score_of_letters(places: tuple[int, ...]) -> float:
    """The closer together the better."""
    return 0.5 * len(places) / (places[-1] - places[0] + 1)


def _begins_a_word(name: str, at: int) -> bool:
    return at == 0 or not name[at - 1].isalnum()
