"""Which story an article joins, from how it compares with the members of several."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.coverage.stories import FAIR, STRONG, chosen

SCORES = st.lists(st.tuples(st.integers(1, 4), st.floats(0, 9)), max_size=9)


@pytest.mark.parametrize(
    ("scores", "story"),
    [
        ([], None),
        ([(1, 3.99)], None),
        ([(1, 4.0)], 1),
        ([(1, 3.0), (1, 3.0)], 1),
        ([(1, 3.0), (2, 3.0)], None),
        ([(1, 3.9), (1, 2.99)], None),
        ([(1, 4.0), (2, 5.0)], 2),
        ([(1, 5.0), (2, 4.0), (2, 3.5)], 2),
        ([(1, 5.0), (2, 4.0), (2, 2.9)], 1),
        ([(1, 5.0), (2, 4.0), (2, 3.0), (2, 3.0)], 2),
        ([(2, 4.5), (1, 4.5)], 1),
        ([(1, 9.0), (2, 3.0), (2, 3.0)], 1),
    ],
)
def test_an_article_joins_where_one_member_is_much_like_it_or_two_are_fairly(
    scores: list[tuple[int, float]], story: int | None
) -> None:
    assert chosen(scores, ()) == story


def test_a_story_that_the_reader_took_it_out_of_is_none_to_join() -> None:
    assert chosen([(1, 9.0), (2, 4.0)], [1]) == 2
    assert chosen([(1, 9.0)], {1}) is None


@given(SCORES, st.randoms(use_true_random=False), st.sets(st.integers(1, 4)))
def test_the_order_of_the_members_makes_no_difference(
    scores: list[tuple[int, float]], chance: Random, refused: set[int]
) -> None:
    shuffled = chance.sample(scores, len(scores))
    assert chosen(shuffled, refused) == chosen(scores, refused)


@given(SCORES, st.sets(st.integers(1, 4)))
def test_whoever_founds_a_story_had_none_to_join(scores: list[tuple[int, float]], refused: set[int]) -> None:
    story = chosen(scores, refused)
    open_to = [(it, score) for it, score in scores if it not in refused]
    fair = {it for it in (1, 2, 3, 4) if len([1 for story, score in open_to if story == it and score >= FAIR]) > 1}
    joinable = fair | {it for it, score in open_to if score >= STRONG}
    assert (story is None) == (not joinable)
    assert story is None or story in joinable
