"""What the tables of a library must say, told anew from its articles, their terms, and what the reader did."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from newstui.library import Library
from newstui.library.rows import Mute

Rows = list[Any]

WEEK = 7 * 86_400


class Story(NamedTuple):
    """A row of ``story``, and the topics that it is to be found in."""

    id: int
    newest: int
    oldest: int
    article: int
    outlets: int
    is_unread: bool
    is_saved: bool
    is_muted: bool
    topics: frozenset[int]


class _Member(NamedTuple):
    """A report of a story, with what its story is told from."""

    story: int
    article: int
    published: int
    is_date_known: bool
    origin: str
    title: str
    outlet: str
    domain: str
    house: str
    is_read: bool
    is_saved: bool
    topics: dict[str, int]

    @property
    def moment(self) -> int:
        return (self.published << 20) | (self.article & 0xFFFFF)

    @property
    def standing(self) -> tuple[bool, bool, int, int]:
        """The member with the least of these stands for the story."""
        return self.origin == "listed", not self.is_date_known, self.published, self.article

    def is_hidden_by(self, mute: Mute) -> bool:
        value, title = mute.value.casefold(), self.title.casefold()
        names = {"outlet": (self.outlet, self.domain), "topic": tuple(self.topics)}.get(mute.kind, ())
        says_word = value in re.findall(r"\w+", title) or (not value.isascii() and value in title)
        return value in map(str.casefold, names) or (mute.kind == "word" and says_word)


def rows(library: Library, sql: str) -> Rows:
    """What a statement finds, in order."""
    return sorted(library._store.execute(sql).fetchall())


def stories(library: Library) -> Iterator[Story]:
    """Every story as its reports have it."""
    mutes = library.mutes()
    for story, its_members in groupby(_members(library), lambda member: member.story):
        members = list(its_members)
        shown = [member for member in members if not any(map(member.is_hidden_by, mutes))]
        standing = min(shown or members, key=lambda member: member.standing)
        is_found = bool(shown) and standing.origin != "listed"
        topics = {0, *(topic for member in members for topic in member.topics.values())} if is_found else ()
        yield Story(
            story,
            max(member.moment for member in members),
            min(member.moment for member in members),
            standing.article,
            len({member.house for member in members}),
            not any(member.is_read for member in members),
            any(member.is_saved for member in members),
            not shown,
            frozenset(topics),
        )


def _members(library: Library) -> Iterator[_Member]:
    for row in rows(library, _MEMBERS):
        yield _Member._make((*row[:-1], json.loads(row[-1])))


_MEMBERS = """
SELECT a.story, a.id, a.published, a.is_date_known, a.origin, a.title, o.name, o.domain, o.house,
    r.read_at IS NOT NULL, r.saved_at IS NOT NULL, (SELECT json_group_object(t.name, t.id)
        FROM article_topic f JOIN topic t ON t.id = f.topic WHERE f.article = a.id AND a.origin <> 'listed')
FROM article a JOIN outlet o ON o.id = a.outlet LEFT JOIN state r ON r.article = a.id
"""


def stored_stories(library: Library) -> Iterator[Story]:
    """Every story as the library keeps it."""
    topics: dict[int, set[int]] = {}
    for story, topic in rows(library, "SELECT story, topic FROM story_topic"):
        topics.setdefault(story, set()).add(topic)
    fields = "id, newest, oldest, article, outlets, is_unread, is_saved, is_muted"
    for row in rows(library, f"SELECT {fields} FROM story"):
        yield Story._make((*row, frozenset(topics.get(row[0], ()))))


def names(library: Library) -> dict[int, str]:
    """What each story is called in scripts."""
    return {story.id: story.key for story in library.told([id for (id,) in rows(library, "SELECT id FROM story")])}


def story_of(library: Library) -> dict[int, int]:
    """The story of every article."""
    return dict(rows(library, "SELECT id, story FROM article"))


def expect_terms_counted(library: Library) -> None:
    """Each article has a fingerprint, by which its postings and the counts of terms are what they are."""
    terms_of = {id: _terms(text) for id, text in rows(library, "SELECT article, terms FROM fingerprint")}
    assert terms_of.keys() == story_of(library).keys()
    postings = [((article >> 20) // WEEK, term, article) for article, terms in terms_of.items() for term in terms]
    assert rows(library, "SELECT week, term, article FROM posting") == sorted(postings)
    counts = Counter(term for terms in terms_of.values() for term in terms)
    counts[0] = len(terms_of)
    assert dict(rows(library, "SELECT id, articles FROM term WHERE articles <> 0 OR id = 0")) == counts


def _terms(text: str) -> set[int]:
    return {term for part in json.loads(text) for term in part}


def expect_links_symmetric(library: Library) -> None:
    """What is linked is linked in both directions, in the same way, and is here."""
    links = rows(library, "SELECT article, other, score, is_copy, shared FROM link")
    assert sorted((other, article, *rest) for article, other, *rest in links) == links
    assert {end for article, other, *_ in links for end in (article, other)} <= story_of(library).keys()
    assert not [link for link in links if link[0] == link[1]]


def expect_kept_apart(library: Library) -> None:
    """No article is in a story that the reader took it out of."""
    taken_out = "SELECT a.key FROM separated s JOIN article a ON (a.key, a.story) = (s.key, s.story)"
    assert rows(library, taken_out) == []
