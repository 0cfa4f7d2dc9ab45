"""The telling words of a text, in the form in which two reports are compared.

Stop words, endings and spellings are those of English; other languages keep their words as they are.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, normalize

from newstui.coverage.stop_words import STOP_WORDS
from newstui.text import clean, decoded

LONGEST_TERM = 64
"""Characters of a term; what is longer is no word that two reports share."""
SHORTEST_WITH_SITE_NAME = 45
"""A headline that is longer than this may end in the name of its site."""


def terms(text: str) -> list[str]:
    """The telling terms of a text in order, each as often as it occurs."""
    return [term for token in _tokens(text) for term, _ in _terms_of(token)]


def words_of_terms(text: str) -> Iterator[tuple[str, str]]:
    """Each of the terms, and the word as the text writes it: ``("compani", "Companies")``."""
    for token in _tokens(text):
        yield from _terms_of(token)


def headline_terms(title: str) -> list[str]:
    """The terms of a headline without the name of the site at its end: ``… | Example News``."""
    return terms(_SITE_NAME.sub("", title) if len(title) > SHORTEST_WITH_SITE_NAME else title)


def joined_forms(terms: Iterable[str]) -> list[str]:
    """Neighbours written as one word, ``health care`` as ``healthcare``: of use where another report spells it so."""
    return [first + second for first, second in pairwise(terms) if _may_be_joined(first) and _may_be_joined(second)]


def is_unspaced(term: str) -> bool:
    """Whether a term is characters of a script without spaces, and so no whole word."""
    return _UNSPACED.match(term) is not None


def folded(text: str) -> str:
    """A text in the form in which words are compared: in lower case, without entities, apostrophes and accents."""
    return _bare(_written_plainly(text))


def _tokens(text: str) -> list[str]:
    tokens: list[str] = _TOKEN.findall(_written_plainly(text))
    return tokens


def _written_plainly(text: str) -> str:
    """Entities, odd hyphens and compatibility characters written the usual way; case, accents and apostrophes stay."""
    if "&" in text:
        text = decoded(text)
    if not text.isascii():
        text = normalize("NFKC", clean(text)).translate(_ODD_CHARACTERS)
    elif not text.isprintable():
        text = clean(text)
    return text.replace("_", " ") if "_" in text else text


def _bare(text: str) -> str:
    text = _APOSTROPHES.sub("", text.lower())
    return text if text.isascii() else normalize("NFC", _ACCENTS.sub("", normalize("NFD", text)))


def _terms_of(token: str) -> tuple[tuple[str, str], ...]:
    return _remembered(token) if len(token) <= LONGEST_TERM else tuple(_read(token))


@lru_cache(maxsize=16_384)
def _remembered(token: str) -> tuple[tuple[str, str], ...]:
    return tuple(_read(token))


def _read(token: str) -> Iterator[tuple[str, str]]:
    for part in (token,) if token.isascii() else _UNSPACED.split(token):
        if is_unspaced(part):
            yield from ((piece, piece) for piece in _pieces(_bare(part)))
        else:
            yield from _spaced(part if part is token else part.strip("-./&"))


def _spaced(token: str) -> Iterator[tuple[str, str]]:
    """The terms of words between spaces; ``health-care`` is health, care and healthcare, to meet every spelling."""
    parts = [token] if token[:1].isdigit() else [part for part in token.split("-") if part]
    is_compound = len(parts) > 1
    for part in parts:
        bare = _bare(part)
        if bare not in STOP_WORDS and (len(bare) > 1 or (bare.isdigit() and not is_compound)):
            yield from _short_enough(_stem(bare), part)
    if len(parts) == 2:
        yield from _short_enough(_stem(_bare("".join(parts))), token)


def _short_enough(term: str, word: str) -> Iterator[tuple[str, str]]:
    if len(term) <= LONGEST_TERM:
        yield term, _POSSESSIVE.sub("", word)


def _pieces(run: str) -> list[str]:
    """The overlapping pieces of a run that stand for its words: two characters, or three where each is but a letter."""
    size = 3 if _ALPHABETS.match(run) else 2
    return [run[start : start + size] for start in range(max(1, len(run) - size + 1))]


def _stem(word: str) -> str:
    """A word without the commonest English endings, so that announces and announced meet; crude on purpose."""
    if len(word) <= 3 or not word.isascii() or word[0].isdigit():
        return word
    for ending, substitute in _ENDINGS:
        if word.endswith(ending) and (base := _base(word, ending, substitute)):
            return base.removesuffix("e")
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _base(word: str, ending: str, substitute: str) -> str:
    """What an ending leaves; empty where it only looks like one, as in ``news``, ``business`` and ``string``."""
    base = word[: -len(ending)] + substitute
    is_plural = ending in {"s", "ies", "sses"}
    if (ending == "s" and word[-2] in "su") or len(base) < 3 or not (is_plural or _VOWEL.search(base)):
        return ""
    is_doubled = ending in {"ing", "ed"} and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz"
    return base[:-1] if is_doubled else base


def _may_be_joined(term: str) -> bool:
    return len(term) > 2 and term.isalpha() and not is_unspaced(term)


_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("es", ""), ("s", ""))
_VOWEL = re.compile("[aeiouy]")
# Hyphens that do not look like others; a soft hyphen and a joiner stand inside a word and are not seen.
_ODD_CHARACTERS = str.maketrans({"\u2010": "-", "\u2011": "-", "\xad": None, "\u200d": None})
_APOSTROPHES = re.compile("[’'`]s\\b|[’'`]")
_POSSESSIVE = re.compile("[’'`]s$", re.IGNORECASE)
_ACCENTS = re.compile("[\u0300-\u036f]+")
# Python's \w leaves out the vowel signs of Indic and other scripts, without which their words would fall apart.
_MARKS = "".join(
    chr(code) for block in (range(0x300, 0x1D00), range(0xA800, 0xAC00)) for code in block
    if category(chr(code))[0] == "M"
)  # fmt: skip
_TOKEN = re.compile(rf"[\w{_MARKS}]+(?:[.+#&/-][\w{_MARKS}+#]+|[’'`][\w{_MARKS}]+)*")
# Korean puts spaces between words, but glues the particles to them.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff]+)"
)
# Thai, Lao, Burmese and Khmer: two letters of them say as little as two Latin ones.
_ALPHABETS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# A short capitalised tail behind a separator between spaces. Looking back keeps a long run of spaces linear.
_SITE_NAME = re.compile(r"(?<!\s)\s+[|\-–—]\s+[A-Z][^|\-–—]{1,28}$")
