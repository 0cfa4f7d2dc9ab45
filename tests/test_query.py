"""The query language: what a reader may write, and what is said when it can't be understood."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newstui.errors import QueryError
from newstui.query import (
    LONGEST,
    MOST_TERMS,
    Condition,
    Is,
    Named,
    Number,
    Query,
    Since,
    Term,
    Time,
    Words,
    parse,
)


def moment(year: int, month: int = 1, day: int = 1) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("azure", Words("azure")),
        ('"exact phrase"', Words("exact phrase")),
        ('"never closed', Words("never closed")),
        ("title:word", Words("word", is_in_title=True)),
        ('title:"two words"', Words("two words", is_in_title=True)),
        ("topic:ai", Named("topic", "ai")),
        ('topic:"Machine Learning"', Named("topic", "Machine Learning")),
        ("outlet:cnet.com", Named("outlet", "cnet.com")),
        ("source:corpus", Named("source", "corpus")),
        ("is:unread", Is("unread")),
        ("IS:Unread", Is("unread")),
        ("is:listed", Is("listed")),
        ("after:2020-05-01", Time(">=", moment(2020, 5))),
        ("before:2020-05-02", Time("<", moment(2020, 5, 2))),
        ("after:2020-05", Time(">=", moment(2020, 5))),
        ("after:2020", Time(">=", moment(2020))),
        ("since:12h", Since(12 * 3600)),
        ("since:3d", Since(3 * 86400)),
        ("since:2w", Since(14 * 86400)),
        ("since:6m", Since(180 * 86400)),
        ("quality:>40", Number("quality", ">", 40)),
        ("heat:>=10", Number("heat", ">=", 10)),
        ("outlets:<3", Number("outlets", "<", 3)),
        ("outlets:<=3", Number("outlets", "<=", 3)),
        ("quality:=40", Number("quality", "=", 40)),
        ("quality:40", Number("quality", "=", 40)),
    ],
)
def test_a_term_means_what_the_manual_says(text: str, condition: Condition) -> None:
    assert parse(text).clauses == ((Term(condition),),)


@pytest.mark.parametrize(
    "word",
    [
        "C++",
        "hello-world",
        ":)",
        "https://x",
        "C++:",
        "foo:bar?",
        "--flag",
        "5",
        'an"inch',
        "or",
        "AND",
        "-",
        "Update:",
    ],
)
def test_what_looks_like_syntax_and_is_none_is_a_word(word: str) -> None:
    assert parse(word).clauses == ((Term(Words(word)),),)


def test_a_lone_quote_is_no_error() -> None:
    assert parse('"').clauses == ((Term(Words("")),),)


@pytest.mark.parametrize("text", ["-opinion", "-is:read", '-"two words"', "-topic:ai", "-before:2020"])
def test_a_dash_in_front_turns_a_term_round(text: str) -> None:
    (term,) = parse(text).terms
    assert term == Term(parse(text[1:]).terms[0].condition, is_negated=True)


def test_all_terms_must_hold_and_or_joins_its_neighbours() -> None:
    aws, azure, outlet = Term(Words("aws")), Term(Words("azure")), Term(Named("outlet", "cnet.com"))
    assert parse("aws azure outlet:cnet.com").clauses == ((aws,), (azure,), (outlet,))
    assert parse("aws OR azure outlet:cnet.com").clauses == ((aws, azure), (outlet,))
    assert parse("aws OR azure OR outlet:cnet.com").clauses == ((aws, azure, outlet),)


def test_or_in_quotes_is_a_word() -> None:
    assert parse('this "OR" that').clauses == tuple((Term(Words(word)),) for word in ("this", "OR", "that"))


@pytest.mark.parametrize(("text", "position"), [("OR a", 0), ("a OR", 2), ("a OR OR b", 5), ("OR", 0)])
def test_or_without_a_neighbour_is_pointed_at(text: str, position: int) -> None:
    with pytest.raises(QueryError, match="joins two terms") as error:
        parse(text)
    assert error.value.position == position


def test_the_order_is_part_of_a_query_and_the_last_one_counts() -> None:
    query = parse("sort:heat azure sort:oldest")
    assert (query.sort, query.clauses) == ("oldest", ((Term(Words("azure")),),))


@pytest.mark.parametrize(
    ("text", "position", "advice"),
    [
        ("is:unraed", 3, "did you mean is:unread?"),
        ("azure is:zzz", 9, "write is: and one of unread, read"),
        ("sort:newst", 5, "did you mean sort:newest?"),
        ("sort:", 5, "one of newest"),
        ("-sort:heat", 0, "write sort:newest"),
        ("azure topic:", 6, "write topic:ai"),
        ("after:2020-13-01", 6, "after:2020-05-01"),
        ("before:yesterday", 7, "before:2020-05-01"),
        ("since:3", 6, "since:3d"),
        ("since:99999d", 6, "since:3d"),
        ("quality:high", 8, "quality:>40"),
        ("heat:>", 5, "heat:>10"),
        ("quality:>" + "9" * 19, 8, "quality:>40"),
        ("after:٢٠٢٠", 6, "after:2020-05-01"),
    ],
)
def test_a_wrong_value_is_pointed_at_with_what_to_write(text: str, position: int, advice: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(text)
    assert error.value.position == position
    assert advice in error.value.advice


def test_the_last_word_is_begun_while_typing() -> None:
    assert parse("azure ku", is_typing=True).clauses == ((Term(Words("azure")),), (Term(Words("ku", is_prefix=True)),))
    assert parse("azure ", is_typing=True).terms == (Term(Words("azure")),)
    assert parse('"azure ku', is_typing=True).terms == (Term(Words("azure ku", is_prefix=True)),)
    assert parse('"azure ku"', is_typing=True).terms == (Term(Words("azure ku")),)
    assert parse("topic:a", is_typing=True).terms == (Term(Named("topic", "a", is_prefix=True)),)
    assert parse("azure ku").terms[-1] == Term(Words("ku"))


@pytest.mark.parametrize(
    "end",
    [
        *("is:", "is:unr", "sort:", "sort:new", "topic:", "title:", "after:", "after:20", "after:2020-"),
        *("after:2020-05-0", "since:", "since:3", "quality:", "quality:>", "heat:>=", "OR", "-is:un"),
    ],
)
def test_a_term_that_may_still_become_right_is_left_out_while_typing(end: str) -> None:
    assert parse(f"azure {end}", is_typing=True).terms == (Term(Words("azure")),)


@pytest.mark.parametrize("end", ["is:unra", "sort:zz", "after:20x", "since:3x", "quality:>x", "is:unr "])
def test_a_term_that_can_not_become_right_is_an_error_while_typing(end: str) -> None:
    with pytest.raises(QueryError):
        parse(f"azure {end}", is_typing=True)


def test_a_complete_state_counts_while_typing() -> None:
    assert parse("is:read", is_typing=True).terms == (Term(Is("read")),)


@pytest.mark.parametrize("times", [1, 100])
def test_a_query_of_the_longest_length_is_read_and_a_longer_one_refused(times: int) -> None:
    assert parse("x" * LONGEST).terms
    with pytest.raises(QueryError, match="at most 1,000 characters") as error:
        parse("x" * (LONGEST + 1) * times)
    assert error.value.position == LONGEST


def test_one_term_too_many_is_pointed_at() -> None:
    assert len(parse("ab " * MOST_TERMS).terms) == MOST_TERMS
    with pytest.raises(QueryError, match="at most 32 terms") as error:
        parse("ab " * (MOST_TERMS + 1))
    assert error.value.position == 3 * MOST_TERMS


def test_nothing_asked_for_is_everything() -> None:
    assert parse("  ") == Query()
    assert not parse("")
    assert parse("azure")


def test_two_queries_combine() -> None:
    both = parse("is:unread sort:heat") & parse("topic:ai")
    assert both.terms == (Term(Is("unread")), Term(Named("topic", "ai")))
    assert (both.sort, both.text) == ("heat", "is:unread sort:heat topic:ai")
    assert (both & parse("sort:oldest")).sort == "oldest"
    assert Query() & Query() == Query()


@given(st.text(max_size=60), st.booleans())
@example("\x00\ud800", False)
@example('-"', True)
def test_any_text_is_a_query_that_can_be_written_down_again_or_a_query_error(text: str, is_typing: bool) -> None:
    with suppress(QueryError):
        written = parse(text, is_typing=is_typing).text
        parse(written, is_typing=True)
        written.encode()


def test_the_text_of_two_queries_keeps_an_open_phrase_apart() -> None:
    both = parse('"azure ku') & parse("is:unread")
    assert both.text == '"azure ku" is:unread'
