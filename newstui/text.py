"""Text from outside made safe to print, and times written the way people say them."""

import re
import time
import unicodedata
from datetime import UTC, date, datetime

_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_GONE = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C, 0x2028, 0x2029, 0x200B])


def clean(text: str) -> str:
    """Text from outside, made safe to print: no escape sequences, controls or direction overrides."""
    text = _SEQUENCE.sub("", text).translate(_GONE)
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return unicodedata.normalize("NFC", kept)


def line(text: str, limit: int) -> str:
    """A title, a name, an excerpt: entities decoded, cleaned, on one line, at most ``limit`` characters."""
    import html

    return _cut(" ".join(clean(html.unescape(text)).split()), limit)


def prose(text: str, limit: int) -> str:
    """A Markdown text, cleaned, at most ``limit`` characters; line ends and tabs stay."""
    return _cut(clean(text), limit)


def pairs(text: str) -> str:
    """Scripts without spaces as overlapping pairs of characters, for the search index."""
    return _UNSPACED.sub(lambda run: " ".join(_pairs(run[0])), text)


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(max(1, len(run) - 1))]


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def ago(seconds: int) -> str:
    """How long ago, as short as can be: "5 min", "3 h", "2 d"."""
    if seconds < 3600:
        return f"{max(0, seconds) // 60} min"
    return f"{seconds // 3600} h" if seconds < 86400 else f"{seconds // 86400} d"


def short_date(moment: int, now: int) -> str:
    """The day, with the year only when it is another one: "8 May", "8 May 2019"."""
    day, today = time.localtime(moment), time.localtime(now)
    year = "" if day.tm_year == today.tm_year else f" {day.tm_year}"
    return f"{day.tm_mday} {_MONTHS[day.tm_mon - 1]}{year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def long_day(moment: int) -> str:
    """The day in full, in local time: "Fri 8 May 2020"."""
    day = time.localtime(moment)
    return f"{_DAYS[day.tm_wday]} {day.tm_mday} {_MONTHS[day.tm_mon - 1]} {day.tm_year}"


def long_date(moment: int) -> str:
    """Day and clock in full, in local time: "Fri 8 May 2020, 22:34"."""
    return f"{long_day(moment)}, {clock(moment)}"


def clock(moment: int) -> str:
    """Hours and minutes in local time: "22:34"."""
    return time.strftime("%H:%M", time.localtime(moment))


def iso(moment: int) -> str:
    """A moment for programs: "2020-05-08T22:34:00Z"."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_time(text: str) -> tuple[int, bool] | None:
    """Seconds since 1970 and whether only the day is known, or None for what is no ISO 8601 date."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = int(moment.timestamp())
    except (ValueError, OverflowError):
        return None
    is_day_only = isinstance(moment, date) and seconds % 86400 == 0
    return (seconds, is_day_only) if seconds >= 0 else None
