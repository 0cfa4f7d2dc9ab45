"""Text from outside made safe to print, and times as people write them."""

import re
import time
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from unicodedata import category, combining, normalize

MAX_MARKS = 8
"""How many combining marks a character may carry."""
LONGEST_DATE = 64
"""Characters of a date; what is longer is none."""
LAST_MOMENT = 253_402_300_799
"""The end of the year 9999, in seconds since 1970."""


def clean(text: str) -> str:
    """Text from outside made safe to print, in NFC; tabs stay and every line end becomes ``\\n``.

    Whole escape sequences, controls, direction overrides and what cannot be seen are dropped, piles of marks are cut.
    Linear in the length of the text, and what is clean stays as it is.
    """
    if matcher(_PLAIN).fullmatch(text):
        return text
    for pattern, substitute in ((_BREAK, "\n"), (_SEQUENCE, ""), (_UNSEEN, "")):
        text = matcher(pattern).sub(substitute, text)
    text = _composed(text)
    selectors = matcher(_SELECTORS)
    return _composed(selectors.sub(_kept_selector, text)) if selectors.search(text) else text


def line(text: str, limit: int) -> str:
    """A headline, name or excerpt from outside: HTML entities decoded once, cleaned, on one line."""
    if "&" in text:
        text = decoded(text)
    if not (text.isascii() and text.isprintable()):
        text = " ".join(clean(text).split())
    elif "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text if len(text) <= limit else cut(text, limit)


def exact_line(text: str, limit: int) -> str:
    """One line of a text in which entities are nothing special, and every space counts: a path, or a guid."""
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    return cut(matcher("[\n\t]").sub(" ", clean(text)), limit)


def prose(text: str, limit: int) -> str:
    """A Markdown text from outside, cleaned; its lines, tabs and entities stay."""
    return cut(clean(text), limit)


def cut(text: str, limit: int) -> str:
    """The text, its end replaced by an ellipsis where it is longer than ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip(f" \n{_ZWJ}") + "…"


def decoded(text: str) -> str:
    """HTML entities as the characters that they stand for, once: ``&amp;lt;`` is ``&lt;``."""
    from html import unescape

    return unescape(matcher(_ENDLESS_NUMBER).sub("\N{REPLACEMENT CHARACTER}", text))


def pairs(text: str) -> str:
    """Runs of a script that puts no spaces between words as overlapping pairs of characters, which a search index
    takes for words: ``微软云`` is ``微软 软云``."""
    if text.isascii():
        return text
    found, runs = matcher(_UNSPACED).subn(_paired, text)
    return " ".join(found.split()) if runs else text


@cache
def matcher(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled at its first use: all of them at once would take longer than a start of the reader may."""
    return re.compile(pattern)


def counted(number: int, thing: str) -> str:
    """So many things, in words."""
    plural = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else plural}"


def ago(seconds: int) -> str:
    """How long ago, or for how long, as short as it can be said: ``5 min``, ``3 h``, ``2 d``."""
    seconds = max(0, seconds)
    for unit, size in (("y", 31_536_000), ("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def short_date(moment: int, now: int) -> str:
    """The day in local time, with the year only when it is another one: ``8 May``, ``8 May 2019``."""
    day = _local(moment)
    year = "" if day.tm_year == _local(now).tm_year else f" {day.tm_year}"
    return f"{day.tm_mday} {_MONTHS[day.tm_mon - 1]}{year}"


def long_day(moment: int) -> str:
    """The day in local time, in full: ``Fri 8 May 2020``."""
    day = _local(moment)
    return f"{_DAYS[day.tm_wday]} {day.tm_mday} {_MONTHS[day.tm_mon - 1]} {day.tm_year}"


def long_date(moment: int) -> str:
    """The day and the clock in local time, in full: ``Fri 8 May 2020, 22:34``."""
    return f"{long_day(moment)}, {clock(moment)}"


def clock(moment: int) -> str:
    """The clock in local time: ``22:34``."""
    day = _local(moment)
    return f"{day.tm_hour:02}:{day.tm_min:02}"


def iso(moment: int) -> str:
    """A moment as programs read it, in UTC: ``2020-05-08T22:34:00Z``."""
    day = time.gmtime(min(max(0, moment), LAST_MOMENT))
    return f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}T{day.tm_hour:02}:{day.tm_min:02}:{day.tm_sec:02}Z"


def parse_time(text: str) -> tuple[int, bool] | None:
    """Seconds since 1970 and whether only the day is known; None for what is no date from 1970 on.

    Reads ISO 8601 and the dates of RFC 822. What names no zone is in UTC; midnight in UTC means that only the day
    is known (the document format says so).
    """
    text = text.strip()
    try:
        moment = _moment(text) if text.isascii() and len(text) <= LONGEST_DATE else None
        seconds = -1 if moment is None else int(moment.timestamp())
    except (ValueError, OverflowError):
        return None
    if moment is None or not 0 <= seconds <= LAST_MOMENT:
        return None
    return seconds, not seconds % 86_400 and not moment.utcoffset()


def _moment(text: str) -> datetime | None:
    if text[:4].isdigit():
        moment = datetime.fromisoformat(text)
    elif matcher(_MAIL_DATE).fullmatch(text):
        from email.utils import parsedate_to_datetime

        moment = parsedate_to_datetime(text)
    else:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _local(moment: int) -> time.struct_time:
    # A library that someone else wrote may hold any number.
    return time.localtime(min(max(0, moment), LAST_MOMENT))


def _paired(run: re.Match[str]) -> str:
    text = run[0]
    return f" {text} " if len(text) == 1 else f" {' '.join(map(''.join, pairwise(text)))} "


def _composed(text: str) -> str:
    # Cut before composing too: NFC sorts a pile of marks in quadratic time.
    pile = matcher(_PILE)
    return pile.sub(_cut_pile, normalize("NFC", pile.sub(_cut_pile, text)))


def _cut_pile(pile: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in pile[0]:
        marks = marks + 1 if category(character)[0] == "M" else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _kept_selector(run: re.Match[str]) -> str:
    """What stays of joiners and variation selectors: one of each where an emoji or an Indic cluster needs it."""
    text, start, end = run.string, run.start(), run.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if _is_emoji(before):
        selector = run[0][0] if run[0][0] in _EMOJI_SELECTORS else ""
        return selector + (_ZWJ if _ZWJ in run[0] and _is_emoji(after) else "")
    if after == _KEYCAP and before in _KEYCAP_BASES:
        return run[0][0] if run[0][0] in _EMOJI_SELECTORS else ""
    return _ZWJ if _ZWJ in run[0] and _is_indic(text, start) else ""


def _is_emoji(character: str) -> bool:
    return matcher(_EMOJI).match(character) is not None


def _is_indic(text: str, end: int) -> bool:
    """Whether the cluster before ``end`` is one of an Indic script, whatever the order of its marks."""
    for place in range(end - 1, max(-1, end - 2 - MAX_MARKS), -1):
        if not combining(text[place]):
            return matcher(_INDIC).match(text[place]) is not None
    return False


_ZWJ = "\u200d"
_KEYCAP = "\u20e3"
_KEYCAP_BASES = tuple("0123456789#*")
_EMOJI_SELECTORS = "\ufe0e\ufe0f"

# What is certain to be clean and in NFC as it stands, so that most text is looked at once.
_PLAIN = (
    "[\t\n -~\xa0-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u03c9\u0400-\u0482\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2122"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f]*"
)
_BREAK = "\r\n?|[\v\f\u2028\u2029]"
# Seven-bit introducers only: in text that was decoded wrongly, C1 characters are quotation marks.
_SEQUENCE = (
    r"\x1b(?:"
    r"\[[0-?]*[ -/]*[@-~]?"  # CSI: cursor, colour, clear
    r"|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, SOS, PM, APC: title, clipboard, links
    r"|[ -/]*[0-~]"  # the short ones, and what is left of an unfinished one
    r")"
)
# Controls, surrogates, noncharacters, and what Unicode calls Format or Default_Ignorable_Code_Point; joiner and
# selectors are looked at one by one.
_UNSEEN = (
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]+"
)
_PILE = rf"[^\w\s\0-\x7f]{{{MAX_MARKS + 1},}}"  # a mark is no word character
_SELECTORS = "[\u200d\ufe00-\ufe0f]+"
_EMOJI = (
    "[\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u21ae\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_INDIC = "[\u0900-\u0dff\u0f00-\u109f\u1780-\u17d3\u1cd0-\u1cff\ua8e0-\ua8ff]"
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)
_ENDLESS_NUMBER = "&#[0-9]{10,};?"  # int() refuses thousands of digits
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# A year of four digits from 1000 on: the standard library reads 0000 as 2000.
_MAIL_DATE = "(?:[A-Za-z]+, *)?[0-9]{1,2} [A-Za-z]{3,9} (?:[1-9][0-9]{3}|[0-9]{2}) .*"
