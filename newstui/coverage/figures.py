"""The figures of a text that tell one event from another: ``$25M``, ``$25 million`` and ``25 mln dollars`` are one.

A token is a unit and a value, ``$2.5e+07``; the unit is a currency, ``%``, or ``=`` for a plain number.
Number words and scales are those of English.
"""

import re
from collections.abc import Iterator

SMALLEST_COUNT = 100
"""A plain number below this ("5 things") says nothing."""
YEARS = range(1900, 2101)
"""A plain number among these is taken for a year and says nothing."""


def figures(text: str) -> list[str]:
    """The tokens of the telling figures of a text, sorted."""
    text = text.lower()
    if "illion" in text or "thousand" in text:
        text = _NUMBER_WORD.sub(lambda word: _NUMBER_WORDS[word[1]], text)
    return sorted(set(_tokens(text))) if _DIGIT.search(text) else []


def is_plain(token: str) -> bool:
    """Whether a figure has neither a currency nor a per cent sign; many such numbers are names of products."""
    return token.startswith(_PLAIN)


def shown_figure(token: str) -> str:
    """A figure as people write it: ``$2.5e+07`` is ``$25m``."""
    unit = token.rstrip("0123456789.e+-")
    value = float(token[len(unit) :])
    if unit == "%":
        return f"{value:,.10g}%"
    for size, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{_shown_unit(unit)}{value / size:g}{name}"
    return f"{_shown_unit(unit)}{value:,.10g}"


def _shown_unit(unit: str) -> str:
    return "" if unit == _PLAIN else unit.upper()


def _tokens(text: str) -> Iterator[str]:
    end = 0
    for found in _FIGURE.finditer(text):
        before = _CURRENCY_BEFORE.search(text, max(end, found.start() - _LONGEST_BEFORE), found.start())
        end = found.end()
        unit = _unit(found, before[1] if before else "")
        value = float(found["number"].replace(",", "")) * _SCALES[found["scale"]]
        if unit != _PLAIN or _is_telling(found["scale"], value):
            yield f"{unit}{value:g}"


def _unit(found: re.Match[str], before: str) -> str:
    if found["percent"]:
        return "%"
    return _CURRENCIES[before or found["after"]]


def _is_telling(scale: str | None, value: float) -> bool:
    # "5T" alone is more often a name than five trillion.
    return scale != "t" if scale else value >= SMALLEST_COUNT and value not in YEARS


_PLAIN = "="
_SCALES: dict[str | None, float] = {
    None: 1,
    **dict.fromkeys(("k", "thousand"), 1e3),
    **dict.fromkeys(("m", "mn", "mln", "mil", "million"), 1e6),
    **dict.fromkeys(("b", "bn", "bln", "billion"), 1e9),
    **dict.fromkeys(("t", "tn", "trn", "trillion"), 1e12),
    "lakh": 1e5,
    "crore": 1e7,
}
_CURRENCIES: dict[str | None, str] = {
    None: _PLAIN,
    **dict.fromkeys(("$", "us$", "usd", "dollars"), "$"),
    **dict.fromkeys(("€", "eur", "euros"), "€"),
    **dict.fromkeys(("£", "gbp", "pounds"), "£"),
    **dict.fromkeys(("₹", "inr", "rs", "rs.", "rupees"), "₹"),
    **dict.fromkeys(("a$", "aud"), "a$"),
    **dict.fromkeys(("c$", "cad"), "c$"),
    "¥": "¥",
    "nz$": "nz$",
    "hk$": "hk$",
}
_NUMBERS = "one two three four five six seven eight nine ten"
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split(), 1)}
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})(?=\s(?:thousand|million|billion|trillion))")
_DIGIT = re.compile(r"\d")
_LONGEST_BEFORE = 4
_CURRENCY_BEFORE = re.compile(r"((?<![a-z0-9])(?:us\$|a\$|c\$|nz\$|hk\$|usd|eur|gbp|aud|cad|inr|rs\.?)|[$€£¥₹])\s?$")
# Every run of digits is looked at once, from its start, and an absurdly long one is no number; nor is one before an
# East Asian scale, which would be shown as a ten-thousandth of itself.
_FIGURE = re.compile(
    r"""
    (?<!\d)
    (?P<number>(?:\d{1,3}(?:,\d{3}){1,6}(?!,\d{3}(?!\d))|\d{1,18}(?!\d))(?:\.\d++)?+)
    \s?-?
    (?:(?P<scale>thousand|million|billion|trillion|crore|lakh|mln|bln|trn|mil|mn|bn|tn|k|m|b|t)(?!\w))?
    (?P<percent>\s?%|\s?percent\b|\s?per\ cent\b)?
    (?![a-z0-9万萬亿億兆만억조])
    (?:\s(?:us\ )?(?P<after>dollars|euros|pounds|usd|eur|rupees))?
    """,
    re.VERBOSE,
)
