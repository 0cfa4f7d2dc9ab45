"""What the lists are narrowed to."""

import pytest

from newstui.errors import QueryError
from newstui.query import parse
from newstui.tui.filters import Filter
from newstui.tui.session import Session


def typed(words: str, group: str = "topic:1", *, is_everywhere: bool = False) -> Filter:
    return Filter().typed(words, group, is_everywhere=is_everywhere, is_typing=False)


def test_words_narrow_only_the_group_they_were_typed_in() -> None:
    narrowed = typed("jedi")
    assert narrowed.query_for("topic:1") == parse("jedi", is_typing=True)
    assert not narrowed.query_for("topic:2")


def test_words_narrow_every_group_when_they_are_asked_for_everywhere() -> None:
    assert typed("jedi", is_everywhere=True).query_for("topic:2") == parse("jedi", is_typing=True)


def test_words_that_were_accepted_find_what_they_found_while_they_were_typed() -> None:
    while_typing = Filter().typed("jedi prot", "topic:1", is_everywhere=False, is_typing=True)
    assert typed("jedi prot").query_for("topic:1") == while_typing.query_for("topic:1")
    assert typed("R").query_for("topic:1") == parse("R")
    with pytest.raises(QueryError):
        typed("is:unre")


def test_quick_filters_add_up_and_go_when_pressed_again() -> None:
    narrowed = Filter().toggled("u").toggled("w")
    assert narrowed.query_for("topic:1").clauses == parse("is:unread since:7d").clauses
    assert narrowed.described() == "unread · this week"
    assert narrowed.toggled("u").toggled("w") == Filter()


def test_a_filter_reads_as_one_query_to_be_kept_as_a_view() -> None:
    narrowed = typed("jedi").toggled("u").asked("outlet:cnet.com").of_outlet("nextgov.com")
    assert narrowed.text == 'jedi outlet:cnet.com is:unread outlet:"nextgov.com"'


def test_a_query_with_a_mistake_is_refused_and_says_where() -> None:
    with pytest.raises(QueryError) as refused:
        Filter().asked("azure is:unraed")
    assert refused.value.position >= len("azure ")


def test_a_filter_survives_a_restart() -> None:
    narrowed = typed("jedi", is_everywhere=True).toggled("u").asked("sort:heat").of_outlet("cnet.com")
    session = Session()
    session.keep_filter(narrowed)
    assert Session.read(session.stored()).filter() == narrowed
    assert Session.read(session.stored()).filter().text == narrowed.text


def test_a_session_of_another_shape_is_taken_as_far_as_it_fits() -> None:
    session = Session.read({"group": 7, "story": "x", "quick": ["u", "?"], "unknown": 1, "border": 30})
    assert (session.group, session.story, session.border) == ("", 0, 30)
    assert session.filter().quick == ("u",)


def test_an_outlet_with_quotes_in_its_name_can_be_filtered_by() -> None:
    narrowed = Filter().of_outlet('The "Post"')
    assert len(narrowed.query_for("topic:1").clauses) == 1
    assert narrowed.described() == 'The "Post"'
