"""Text from outside: what is dropped, what stays, and how long it takes."""

import json
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui import text
from newstui.text import ago, clean, clock, cut, iso, line, long_date, long_day, pairs, parse_time, prose, short_date

FAMILY = "👨\u200d👩\u200d👧"
HEART_ON_FIRE = "❤\ufe0f\u200d🔥"
HALF_KA = "क्\u200dष"
PIECES = (
    "ae1#&; []mP\\\r\n\t\x07\x1b\x9c\x9d\xa0\u0301\u0323\u0338\u0344\u093c\u094d\u1100\u1161\u2000\u200c\u200d\u2028"
    "\u202e\u20e3\ufe00\ufe05\ufe0e\ufe0f\ud800\uffffकम↔↮❤👨👩"
)
AWKWARD = st.text(st.one_of(st.characters(), st.sampled_from(PIECES)), max_size=60)


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        ("a\x1b]52;c;cm0gLXJm\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x1b]8;;https://x.example\x1b\\b\x1b]8;;\x1b\\c", "abc"),
        ("a\x1b[2J\x1b[1;31mb\x1b[?25l", "ab"),
        ("a\x1bPq#0;2;0;0;0\x1b\\b", "ab"),
        ("a\x1b_payload\x1b\\b\x1b^private\x1b\\c\x1bXsos\x1b\\d", "abcd"),
        ("a\x1bcb\x1b(Bc\x1b7d", "abcd"),
        ("a\x1b]52;never finished", "a52;never finished"),
        ("a\x1b[31", "a"),
        ("a\x1b", "a"),
        ("a\0b\x08c\x7fd", "abcd"),
        ("a\x9b31mb", "a31mb"),
    ],
    ids=ascii,
)
def test_escape_sequences_go_as_a_whole_and_take_no_text_along(outside: str, inside: str) -> None:
    assert clean(outside) == inside


def test_text_between_wrongly_decoded_windows_quotes_stays() -> None:
    assert clean("He said \x93quoted\x94 and \x9dmore\x9c.") == "He said quoted and more."
    assert clean("\x90DCS?\x98 no, a word\x9d") == "DCS? no, a word"


def test_nothing_that_can_steer_a_terminal_or_hide_survives() -> None:
    for code in range(0x110000):
        character = chr(code)
        is_unseen = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\n\t"
        if is_unseen or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            assert clean(f"a{character}ü") in {"aü", "a\nü"}, hex(code)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\u2028", "\u2029"], ids=ascii)
def test_every_line_end_becomes_a_plain_one(end: str) -> None:
    assert clean(f"one{end}two") == "one\ntwo"
    assert line(f"one{end}two", 100) == "one two"


def test_tabs_and_line_ends_stay_in_full_text() -> None:
    assert prose("a\tb\n\n  c &amp; d", 100) == "a\tb\n\n  c &amp; d"


@pytest.mark.parametrize(
    "cluster", [FAMILY, HEART_ON_FIRE, HALF_KA, "1\ufe0f\u20e3", "👩🏽\u200d💻", "☺\ufe0e", "🇨🇭"], ids=ascii
)
def test_emoji_and_indic_clusters_stay_whole(cluster: str) -> None:
    assert clean(f"x{cluster}y") == f"x{cluster}y"


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        ("a\u200db", "ab"),
        ("👍\u200dabc", "👍abc"),
        ("👍\u200d\u200d\u200d👍", "👍\u200d👍"),
        ("1\ufe0f2", "12"),
        ("a\ufe0fb", "ab"),
        ("pass\u200bword\u2060\ufeff", "password"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("soft\xadhyphen", "softhyphen"),
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_is_dropped_outside_of_clusters(outside: str, inside: str) -> None:
    assert clean(outside) == inside


def test_letters_and_marks_are_composed() -> None:
    assert clean("Zu\u0308rich Ko\u0308ln") == "Zürich Köln"
    assert clean("\u1112\u1161\u11ab") == "한"


@pytest.mark.parametrize("marks", [text.MAX_MARKS, text.MAX_MARKS + 1, 100 * text.MAX_MARKS])
def test_a_character_keeps_at_most_eight_marks(marks: int) -> None:
    assert clean("x" + "\u0334" * marks + "y") == "x" + "\u0334" * text.MAX_MARKS + "y"


def test_hidden_separators_do_not_let_marks_pile_up() -> None:
    cleaned = clean("x" + "\u0334\u200d\u200b" * 100)
    assert sum(map(unicodedata.combining, cleaned)) <= text.MAX_MARKS * unicodedata.combining("\u0334")


@given(AWKWARD)
def test_cleaning_twice_changes_nothing(outside: str) -> None:
    cleaned = clean(outside)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(AWKWARD, st.integers(1, 80))
def test_a_line_is_one_line_within_its_limit_and_clean(outside: str, limit: int) -> None:
    made = line(outside, limit)
    assert len(made) <= limit
    assert clean(made) == made
    assert " ".join(made.split()) == made
    assert "&" in made or line(made, limit) == made


@given(AWKWARD, st.integers(1, 80))
def test_cut_full_text_is_still_clean(outside: str, limit: int) -> None:
    made = prose(outside, limit)
    assert len(made) <= limit
    assert prose(made, limit) == made


def test_what_the_short_way_lets_through_is_what_cleaning_would_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [chr(code) for code in range(0x10000)]
    plain = "".join(character for character in every if text.matcher(text._PLAIN).fullmatch(character))
    monkeypatch.setattr(text, "_PLAIN", "(?!)")
    assert len(plain) > 40_000
    assert clean(plain) == plain
    assert clean(plain[::-1]) == plain[::-1]


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        ("Fish &amp; chips&nbsp;&nbsp;today", "Fish & chips today"),
        ("It&#8217;s &quot;here&quot; &#x2014; now", 'It\u2019s "here" \u2014 now'),
        ("  a\t b\n\nc\xa0\u3000d ", "a b c d"),
        ("&lt;b&gt;not bold&lt;/b&gt;", "<b>not bold</b>"),
        ("&amp;lt;", "&lt;"),
        ("AT&T, Q&A, R&D", "AT&T, Q&A, R&D"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("a&#27;[31mb&#x9b;c&#x202e;d&#0;e&#10;f", "a[31mb›cd\ufffde f"),
        ("&#" + "9" * 5_000 + ";x", "\ufffdx"),
        ("&#xD800;", "\ufffd"),
        ("", ""),
    ],
    ids=lambda text: ascii(text)[:40],
)
def test_entities_are_decoded_once_and_then_cleaned(outside: str, inside: str) -> None:
    assert line(outside, 1_000) == inside


@pytest.mark.parametrize("limit", [1, 200, 500, 4_000])
def test_a_text_is_cut_only_when_it_is_longer_than_its_limit(limit: int) -> None:
    assert cut("x" * limit, limit) == "x" * limit
    for length in (limit + 1, 100 * limit):
        assert line("x" * length, limit) == "x" * (limit - 1) + "…"
        assert prose("x" * length, limit) == "x" * (limit - 1) + "…"


def test_a_cut_leaves_no_space_and_no_half_emoji_before_the_ellipsis() -> None:
    assert line("one two three", 5) == "one…"
    assert line(FAMILY, 3) == "👨…"


MANY = 100_000
WORST = {
    "unfinished CSI": "\x1b[" * MANY,
    "CSI parameters": "\x1b[" + "1;" * MANY,
    "unfinished OSC": "\x1b]" * MANY,
    "long unfinished OSC": "\x1b]" + "a" * MANY,
    "OSC after OSC": "\x1b]a" * MANY,
    "DCS after DCS": "\x1bP\x1b" * MANY,
    "spaces of a sequence": "\x1b" + " " * MANY,
    "marks to sort": "a" + "\u0301\u0323" * MANY,
    "joiners": "\u200d" * MANY,
    "joined emoji": "👨\u200d" * MANY,
    "joined marks": "\u0301\u200d" * MANY,
    "ampersands": "&" * MANY,
    "digits": "&#" + "9" * MANY,
    "Hindi": "नमस्ते दुनिया " * (MANY // 14),
    "zeros": "\0" * MANY,
}


@pytest.mark.parametrize("outside", WORST.values(), ids=WORST.keys())
def test_hostile_text_takes_time_in_proportion_to_its_length(outside: str) -> None:
    for door in (clean, lambda text: line(text, 500), pairs):
        assert _seconds(door, outside) < 1.5


def test_plain_ascii_costs_next_to_nothing() -> None:
    plain = "An excerpt of a usual length, which says what happened. " * 4
    looking = _seconds(lambda text: [text.isascii() and text.isprintable() for _ in range(10_000)], plain)
    assert _seconds(lambda text: [line(text, 4_000) for _ in range(10_000)], plain) < 25 * looking


def _seconds(do: Callable[[str], object], outside: str) -> float:
    start = time.process_time()
    do(outside)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("whole", "paired"),
    [
        ("微软云", "微软 软云"),
        ("云", "云"),
        ("微软Azure云服务", "微软 Azure 云服 服务"),
        ("東京タワーへ", "東京 京タ タワ ワー ーへ"),
        ("สวัสดี", "สว วั ัส สด ดี"),
        ("Microsoft Azure", "Microsoft Azure"),
        ("Żółć, 한국어", "Żółć, 한국어"),
        ("", ""),
    ],
)
def test_scripts_without_spaces_are_indexed_as_overlapping_pairs(whole: str, paired: str) -> None:
    assert pairs(whole) == paired


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "0 s"), (59, "59 s"), (60, "1 min"), (3_599, "59 min"), (3_600, "1 h"), (86_399, "23 h"), (86_400, "1 d"),
     (364 * 86_400, "364 d"), (800 * 86_400, "2 y")],
)  # fmt: skip
def test_a_span_of_time_is_said_in_its_largest_unit(seconds: int, said: str) -> None:
    assert ago(seconds) == said


MAY = 1_588_977_240  # 2020-05-08T22:34:00Z


def test_dates_are_said_as_people_say_them() -> None:
    assert short_date(MAY, MAY + 86_400) == "8 May"
    assert short_date(MAY, MAY + 400 * 86_400) == "8 May 2020"
    assert long_day(MAY) == "Fri 8 May 2020"
    assert long_date(MAY) == "Fri 8 May 2020, 22:34"
    assert clock(MAY) == "22:34"
    assert iso(MAY) == "2020-05-08T22:34:00Z"


def test_times_are_shown_where_the_reader_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Zurich")
    time.tzset()
    assert long_date(MAY) == "Sat 9 May 2020, 00:34"
    assert iso(MAY) == "2020-05-08T22:34:00Z"


@pytest.mark.parametrize("moment", [-(2**63), -1, 2**40, 2**63])
def test_no_moment_is_too_strange_to_be_shown(moment: int) -> None:
    assert all(shown(moment) for shown in (long_date, long_day, clock, iso))
    assert short_date(moment, MAY)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2020-05-08T22:34:00Z", (MAY, False)),
        (" 2020-05-08T22:34:00.999Z\n", (MAY, False)),
        ("2020-05-09T00:34:00+02:00", (MAY, False)),
        ("2020-05-08 22:34", (MAY, False)),
        ("2020-05-08T00:00:00Z", (1_588_896_000, True)),
        ("2020-05-08T00:00:00.0000000Z", (1_588_896_000, True)),
        ("2020-05-08", (1_588_896_000, True)),
        ("2020-05-08T02:00:00+02:00", (1_588_896_000, False)),
        ("Fri, 08 May 2020 22:34:00 GMT", (MAY, False)),
        ("8 May 2020 22:34:00 -0000", (MAY, False)),
        ("1970-01-01T00:00:00Z", (0, True)),
        ("9999-12-31T23:59:59Z", (text.LAST_MOMENT, False)),
    ],
)
def test_dates_are_read_as_seconds_and_whether_only_the_day_is_known(said: str, read: tuple[int, bool]) -> None:
    assert parse_time(said) == read


@pytest.mark.parametrize(
    "said",
    ["", "soon", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-10:00",
     "Fri, 08 May 0000 22:34:00 GMT", "Fri, 08 May 0020 22:34:00 GMT", "2020-13-01", "2020-05-08T25:00:00Z",
     "1588977240", "\uff12\uff10\uff12\uff10-05-08",
     "2020-05-08T22:34:00Z" + "0" * 5_000, "2020-05-08T22:34:00+99:99", "\ud800", "2020", "-2020-05-08"],
    ids=lambda text: ascii(text)[:30],
)  # fmt: skip
def test_what_is_no_date_from_1970_on_is_unknown(said: str) -> None:
    assert parse_time(said) is None


@given(
    st.one_of(
        st.text(), st.from_regex(r"[A-Z][a-z]{2}, [0-9]{1,3} [A-Z][a-z]{2} [0-9]{2,4} [0-9:+ -]*", fullmatch=True)
    )
)
def test_no_text_makes_reading_a_date_fail(said: str) -> None:
    read = parse_time(said)
    assert read is None or 0 <= read[0] <= text.LAST_MOMENT


def test_a_date_may_be_long_but_not_endless() -> None:
    comment = "Fri, 08 May 2020 22:34:00 GMT (x".ljust(text.LONGEST_DATE - 1, "x") + ")"
    assert parse_time(comment) == (MAY, False)
    assert parse_time(comment[:-1] + "x)") is None


def test_the_texts_of_a_real_site_lose_nothing_but_entities_and_controls(shared: Path) -> None:
    page = json.loads((shared / "site/api/news/index.json").read_bytes())
    for article in page["value"]:
        title = article["title"]
        if title.isascii() and "&" not in title:
            assert line(title, 500) == " ".join(title.split())
