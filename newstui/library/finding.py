"""The way to what a query finds in a topic that has the fewest rows to look at.

What is not words is found on one of three ways: the index of the few stories that are unread, saved or reported by
several outlets; the narrow index of all articles, which holds what a filter asks for, from end to end; or the stories
of the topic, one after the other. Words are found in the search index, newest first. What else is asked for is looked
up hit by hit, or, where few stories can fulfil it, collected first: then a word in most articles costs no more than a
walk through the index.
"""

import re
from typing import NamedTuple

from newstui.library.rows import ALL
from newstui.library.search import LISTED, STORIES, Part, Search
from newstui.library.store import Store

FEW = 10_000
"""Up to so many stories are collected before the words are looked for."""

_ARTICLE = "article a INDEXED BY article_of_story"
_ANY_JOINED = "SELECT 1 FROM article INDEXED BY article_joined WHERE story <> id LIMIT 1"
_JOINED = "SELECT j.story FROM article j INDEXED BY article_joined WHERE j.id = f.rowid AND j.story <> j.id"
_STORY_OF_HIT = f"coalesce(({_JOINED}), f.rowid)"
_SORTS = {
    "heat": "a.heat DESC",
    "quality": "a.quality DESC",
    "outlets": "s.outlets DESC",
    "outlet": "o.name COLLATE NOCASE",
}


class Plan(NamedTuple):
    """Tables in the order in which they are read, and what must hold."""

    columns: str
    tables: tuple[str, ...]
    parts: tuple[Part, ...]
    order: str = ""

    @property
    def finds_reports(self) -> bool:
        """Whether it can find a story once for each of its reports."""
        return any(table.startswith((_ARTICLE, "found ", "article ")) for table in self.tables)

    def select(self) -> tuple[str, tuple[object, ...]]:
        """A statement for ``time`` and ``story``, and its parameters."""
        where = " AND ".join(part.sql for part in self.parts) or "1"
        sql = f"SELECT {self.columns} FROM {' CROSS JOIN '.join(self.tables)} WHERE {where}"
        sql = f"{sql} ORDER BY {self.order}" if self.order else sql
        parameters = tuple(parameter for part in self.parts for parameter in part.parameters)
        return sql, parameters


def plan(store: Store, topic: int, search: Search, sort: str) -> Plan:
    """How to find what is asked for; without a sort, in any order."""
    if search.asks_for_listed:
        return _listed(topic, search, sort)
    if search.topic is not None:
        search = search._replace(others=(*search.others, Part(STORIES.topic.format(ids=search.topic))), topic=None)
    if not search.match:
        return _from_topic(store, topic, search, sort)
    return _by_words(store, topic, search, sort)


def _by_words(store: Store, topic: int, search: Search, sort: str) -> Plan:
    parts: tuple[Part, ...] = (Part("found MATCH ?", (search.match,)),)
    others = (*search.times, *search.others)
    rest = search._replace(match="")
    if _are_few(store, topic, rest):
        # An index made on the fly for a join would be quicker by a third, or be left out, and slower by a hundred.
        few, parameters = _articles(store, topic, rest).select()
        parts, others = (*parts, Part(f"+f.rowid IN ({few})", parameters)), ()
    return _joined(_Start("f", "found f", parts, "f.rowid"), topic, others, sort)


def _are_few(store: Store, topic: int, search: Search) -> bool:
    if _stories(store, topic, search.times) < FEW:
        return True
    if not search.others:
        return False
    sql, parameters = _from_topic(store, topic, search, "").select()
    return int(store.value(f"SELECT count(*) FROM ({sql} LIMIT {FEW})", parameters)) < FEW


def _articles(store: Store, topic: int, search: Search) -> Plan:
    """The articles of what is found."""
    stories = _from_topic(store, topic, search, "")
    if any(table.startswith(_ARTICLE) for table in stories.tables):
        return stories._replace(columns="a.id")
    if store.value(_ANY_JOINED):
        return stories._replace(columns="a.id", tables=(*stories.tables, f"{_ARTICLE} ON a.story = t.story"))
    return stories._replace(columns="t.story")  # until stories are joined, an article's id is its story's


class _Start(NamedTuple):
    """Where to begin: the first table by its letter, what must hold of it, and the column in whose order it comes."""

    letter: str
    table: str
    parts: tuple[Part, ...]
    order: str


def _from_topic(store: Store, topic: int, search: Search, sort: str) -> Plan:
    return _joined(_start(store, topic, search), topic, (*search.times, *search.others), sort)


def _start(store: Store, topic: int, search: Search) -> _Start:
    by_topic = _Start("t", "story_topic t", (Part(f"t.topic = {topic}"),), "t.newest")
    if not search.others:
        return by_topic
    sqls = {part.sql for part in search.others}
    stories = _stories(store, topic, search.times)
    if "s.is_saved" in sqls:
        return _by_state("story_saved", "s.is_saved")
    if stories > FEW and any(_is_of_several(part) for part in search.others):
        return _by_state("story_several_outlets", "s.outlets > 1")
    are_of_articles = any("a" in part.tables for part in search.others)
    everything, unread = store.execute("SELECT stories, unread FROM topic WHERE id = ?", (ALL,)).fetchone()
    if "s.is_unread" in sqls and unread <= (stories // 4 if are_of_articles else stories):
        return _by_state("story_unread", "s.is_unread")
    return _Start("a", _ARTICLE, (), "a.story") if are_of_articles and stories * 4 > everything else by_topic


def _by_state(index: str, condition: str) -> _Start:
    return _Start("s", f"story s INDEXED BY {index}", (Part(condition),), "s.newest")


def _is_of_several(part: Part) -> bool:
    """Whether it holds only of stories that several outlets report."""
    if part.sql == "s.outlets > 1":
        return True
    least = {"s.outlets > ?": 1, "s.outlets >= ?": 2, "s.outlets = ?": 2}.get(part.sql)
    return least is not None and part.parameters >= (least,)


def _stories(store: Store, topic: int, times: tuple[Part, ...]) -> int:
    if not times:
        return int(store.value("SELECT stories FROM topic WHERE id = ?", (topic,)) or 0)
    counted = Plan("count(*)", ("story_topic t",), (Part(f"t.topic = {topic}"), *times))
    return int(store.value(*counted.select()))


def _joined(start: _Start, topic: int, parts: tuple[Part, ...], sort: str) -> Plan:
    """The other tables that are needed, each by the ones before."""
    needed = set(_LETTER.findall(_SORTS.get(sort, ""))).union("t", *(part.tables for part in parts))
    needed |= {"a"} if "o" in needed else set()
    story = {"f": _STORY_OF_HIT, "s": "s.id", "a": "a.story"}.get(start.letter)
    joins = {
        "t": f"story_topic t ON t.topic = {topic} AND t.story = {story}",
        "s": "story s ON s.id = t.story",
        "a": f"{_ARTICLE} ON a.story = t.story" + (" AND a.id = f.rowid" if start.letter == "f" else ""),
        "o": "outlet o ON o.id = a.outlet",
    }
    tables = (start.table, *(join for letter, join in joins.items() if letter in needed - {start.letter}))
    return Plan(_columns("t.newest", "t.story"), tables, (*parts, *start.parts), _order(sort, start.order, "t.newest"))


_LETTER = re.compile(r"\b([aost])\.")


def _columns(time: str, story: str) -> str:
    return f"{time} AS time, {story} AS story"


def _order(sort: str, natural: str, time: str) -> str:
    if sort in _SORTS:
        return f"{_SORTS[sort]}, {time} DESC"
    return f"{natural} {'DESC' if sort == 'newest' else 'ASC'}" if sort else ""


def _listed(topic: int, search: Search, sort: str) -> Plan:
    """With articles known only from a publisher's list; their stories are in no topic."""
    articles = ("found f", "article a ON a.id = f.rowid") if search.match else (_ARTICLE,)
    outlet = ("outlet o ON o.id = a.outlet",) if sort == "outlet" else ()
    is_in_topic = f"EXISTS (SELECT 1 FROM story_topic x WHERE x.topic = {topic} AND x.story = s.id)"
    is_here = f"(a.origin = 'listed' OR {is_in_topic})" if topic == ALL else is_in_topic
    parts = [*search.times, *search.others, Part(f"NOT s.is_muted AND {is_here}")]
    if search.match:
        parts.append(Part("found MATCH ?", (search.match,)))
    if search.topic is not None:
        parts.append(Part(LISTED.topic.format(ids=search.topic)))
    tables = (*articles, "story s ON s.id = a.story", *outlet)
    order = _order(sort, "f.rowid" if search.match else "a.story", "s.newest")
    return Plan(_columns("s.newest", "s.id"), tables, tuple(parts), order)
