"""Why reports are taken for one story, in words and strongest first."""

from typing import Any

import pytest

from newstui.library.rows import Coverage, Report, Why
from newstui.tui.why_text import REASONS_SHOWN, Reason, Reasons, reasons, reasons_lines, said

HOUR = 3_600
LINKED = Why(("protest", "Amazon"), ("$10bn",), 4 * HOUR, True)


def report(article: int, score: float | None = 5.0, **stated: object) -> Report:
    fields: dict[str, Any] = {
        "article": article, "url": f"https://herald.example/{article}", "published": article * HOUR,
        "is_date_known": True, "is_day_only": False, "outlet": "Herald", "domain": "herald.example",
        "headline": f"Report {article}", "is_read": True, "is_member": True, "is_same_outlet": False, "score": score,
        "copy_of": None,
    }  # fmt: skip
    return Report(**fields | stated)


def coverage(*reports: Report) -> Coverage:
    return Coverage(1, len(reports), len(reports), len(reports), 0, 1, None, (), reports, ())


def why(article: int, other: int) -> Why:
    return LINKED._replace(words=(f"{article} and {other}",))


def told(found: Reasons, width: int = 80) -> list[str]:
    return ["".join(text for text, _ in line.parts).rstrip() for line in reasons_lines(found, width)]


@pytest.mark.parametrize(
    ("reason", "is_copy", "words"),
    [
        (LINKED, False, "shares $10bn, protest, Amazon · 4 h apart"),
        (LINKED._replace(figures=()), False, "shares protest, Amazon · 4 h apart"),
        (LINKED._replace(seconds_apart=None), False, "shares $10bn, protest, Amazon"),
        (LINKED._replace(seconds_apart=-2 * HOUR), False, "shares $10bn, protest, Amazon · 2 h apart"),
        (LINKED._replace(seconds_apart=20), False, "shares $10bn, protest, Amazon · at the same time"),
        (LINKED._replace(words=(), figures=()), False, "says much the same in common words · 4 h apart"),
        (LINKED, True, "carries the same text · 4 h apart"),
        (Why((), (), 30 * HOUR, False), False, "in the same story through other reports · 1 d apart"),
    ],
)
def test_a_reason_is_said_in_words(reason: Why, is_copy: bool, words: str) -> None:
    assert said(Reason(report(2), reason, is_copy)) == words


def test_the_most_alike_come_first_and_those_without_a_link_last() -> None:
    found = reasons(coverage(report(1), report(2, None), report(3, 4.0), report(4, 9.0)), 1, None, why)
    assert [reason.report.article for reason in found.told] == [4, 3, 2]
    assert [reason.why.words for reason in found.told] == [("1 and 4",), ("1 and 3",), ("1 and 2",)]
    assert (found.others, found.is_asked_for) == (3, False)


def test_the_report_under_the_cursor_is_the_only_one_told() -> None:
    chosen = report(3)
    found = reasons(coverage(report(1), report(2), chosen), 1, chosen, why)
    assert [reason.report for reason in found.told] == [chosen]
    assert told(found)[0].startswith("Why these are together ─")
    assert len(told(found)) == 3


@pytest.mark.parametrize(("shown", "other"), [(1, 2), (2, 1), (2, 3)])
def test_reports_of_one_text_say_so_whichever_is_shown(shown: int, other: int) -> None:
    all_of_them = coverage(report(1), report(2, copy_of=1), report(3, copy_of=1), report(4))
    found = {reason.report.article: reason.is_copy for reason in reasons(all_of_them, shown, None, why).told}
    assert found[other]
    assert not found[4]


def test_an_article_alone_has_no_reasons() -> None:
    assert reasons(coverage(report(1)), 1, None, why).told == []


def test_of_many_reports_some_are_told_and_the_rest_counted() -> None:
    found = reasons(coverage(*(report(number) for number in range(1, 42))), 1, None, why)
    lines = told(found)
    assert lines[0].startswith("Why these are together  40 ─")
    assert len(found.told) == REASONS_SHOWN
    assert lines[-1] == f"{40 - REASONS_SHOWN} more: i on one of the reports says why"


@pytest.mark.parametrize("width", [10, 20, 40, 84])
def test_every_word_of_a_reason_is_there_at_any_width(width: int) -> None:
    lines = told(reasons(coverage(report(1), report(2)), 1, None, why), width)
    assert max(map(len, lines)) <= width
    assert "Report2shares$10bn,1and2·4hapart" in "".join("".join(lines).split())
