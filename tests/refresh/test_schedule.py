"""When a source is read by itself."""

from itertools import pairwise

import pytest

from newstui.library.rows import Subscription
from newstui.refresh.schedule import DAY, LONGEST_BACKOFF, LONGEST_REST, SPREAD, is_due, next_attempt

NOW = 1_700_000_000
EVERY = 30


def source(**more: object) -> Subscription:
    fields = {"id": 1, "kind": "feed", "place": "https://a.example/feed", "name": "A", "topic": "", "last_good": NOW}
    fields |= {"last_tried": NOW, "error": "", "articles": 0, "folders": (), "every": None, "is_paused": False}
    fields |= {"is_full_text": False, "may_be_private": False, "next_attempt": None, "failures": 0, "is_gone": False}
    return Subscription(**fields | more)  # type: ignore[arg-type]


def test_a_source_that_was_never_read_is_due_even_when_nothing_else_is() -> None:
    assert is_due(source(last_tried=None), NOW, None)


def test_a_source_is_due_within_its_interval_and_not_at_once() -> None:
    assert not is_due(source(), NOW + int(60 * EVERY * (1 - SPREAD)) - 1, EVERY)
    assert is_due(source(), NOW + 60 * EVERY, EVERY)


def test_sources_that_were_read_together_are_due_one_after_the_other() -> None:
    places = [source(place=f"https://{number}.example/") for number in range(100)]
    due = [sum(is_due(it, NOW + second, EVERY) for it in places) for second in range(0, 60 * EVERY + 1, 60)]
    assert due == sorted(due)
    assert (due[0], due[-1]) == (0, 100)
    assert max(later - earlier for earlier, later in pairwise(due)) < 40


def test_an_interval_of_its_own_goes_before_that_of_the_settings() -> None:
    assert not is_due(source(every=600), NOW + 60 * EVERY, EVERY)
    assert is_due(source(every=5), NOW + 300, None)


@pytest.mark.parametrize("state", ["is_paused", "is_gone"])
def test_what_is_paused_or_gone_is_never_due(state: str) -> None:
    assert not is_due(source(last_tried=None, **{state: True}), NOW + DAY, EVERY)


def test_never_is_never_also_after_a_failure() -> None:
    assert not is_due(source(error="x", failures=1, next_attempt=NOW + 60), NOW + DAY, None)


def test_a_source_that_failed_is_due_when_its_rest_is_over() -> None:
    failed = source(error="x", failures=1, next_attempt=NOW + 60)
    assert not is_due(failed, NOW + 59, EVERY)
    assert is_due(failed, NOW + 60, EVERY)


def test_a_clock_that_was_wrong_does_not_end_the_reading() -> None:
    assert is_due(source(last_tried=NOW + 365 * DAY), NOW, EVERY)
    assert is_due(source(next_attempt=NOW + 365 * DAY, last_tried=NOW + 365 * DAY), NOW, EVERY)


def test_the_rest_doubles_with_each_failure_up_to_a_day() -> None:
    rests = [(next_attempt(source(failures=failures), NOW, None) or 0) - NOW for failures in range(40)]
    for failures, rest in enumerate(rests):
        least = min(60 * 2**failures, LONGEST_BACKOFF)
        assert least <= rest <= least * (1 + SPREAD)


def test_what_a_server_asks_for_goes_before_the_doubling() -> None:
    assert next_attempt(source(failures=9), NOW, 3_600) == NOW + 3_600
    assert not is_due(source(error="x", next_attempt=NOW + LONGEST_REST), NOW + LONGEST_REST - 1, EVERY)


def test_a_folder_needs_no_rest() -> None:
    assert next_attempt(source(kind="folder", failures=9), NOW, None) is None
