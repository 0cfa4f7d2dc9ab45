"""The way to what a query finds in a topic that has the fewest rows to look at. There are five:

* the search index, newest first, and of each hit whether its story is in the topic; where the topic, or the time
  asked for, holds few stories, the index is handed their articles as a set;
* the index of the stories that are unread, saved or reported by several outlets;
* the index of the articles with images;
* the narrow index of all articles, which holds what most filters ask for, from end to end;
* the stories of the topic, one after the other.
"""

import re
from typing import NamedTuple

from newstui.library.rows import ALL
from newstui.library.search import LISTED, STORIES, WITH_IMAGES, Part, Search
from newstui.library.store import Store

FEW = 10_000
"""Up to so many stories the articles are cheaper to hand over as a set than to look up hit by hit."""

_A = "article a INDEXED BY article_of_story"
_JOINED = "(SELECT j.story FROM article j INDEXED BY article_joined WHERE j.id = f.rowid AND j.story <> j.id)"
_SORTS = {
    "heat": "a.heat DESC",
    "quality": "a.quality DESC",
    "outlets": "s.outlets DESC",
    "outlet": "o.name COLLATE NOCASE",
}


class Plan(NamedTuple):
    """Tables in the order in which they are read, and what must hold."""

    tables: tuple[str, ...]
    parts: tuple[Part, ...]
    columns: tuple[str, str]  # the story's time, and the story
    order: str

    def select(self) -> tuple[str, tuple[object, ...]]:
        """A statement for times and stories, and its parameters."""
        time, story = self.columns
        where = " AND ".join(part.sql for part in self.parts) or "1"
        sql = f"SELECT {time} AS time, {story} AS story FROM {' CROSS JOIN '.join(self.tables)} WHERE {where}"
        parameters = tuple(parameter for part in self.parts for parameter in part.parameters)
        return f"{sql} ORDER BY {self.order}" if self.order else sql, parameters


def plan(store: Store, topic: int, search: Search, sort: str) -> Plan:
    """How to find what is asked for; without a sort, in any order."""
    if search.asks_for_listed:
        return _listed(topic, search, sort)
    way = _way(store, topic, search)
    parts = (*search.times, *search.others, *way.parts)
    if search.topic is not None:
        parts = (*parts, Part(STORIES.topic.format(ids=search.topic)))
    needed = frozenset("t").union(*(part.tables for part in parts), _TABLE.findall(_SORTS.get(sort, "")))
    tables = (*way.tables, *_joins(way, topic, needed))
    return Plan(tables, parts, ("t.newest", "t.story"), _order(sort, way.order, "t.newest"))


class _Way(NamedTuple):
    """Where to begin: the first tables, what must hold of them, and the column in whose order they come."""

    letter: str
    tables: tuple[str, ...]
    parts: tuple[Part, ...]
    order: str


_TABLE = re.compile(r"\b([aost])\.")


def _way(store: Store, topic: int, search: Search) -> _Way:
    if search.match:
        return _by_words(topic, search, _stories(store, topic, search.times))
    sqls = {part.sql for part in search.others}
    if not sqls:
        return _by_topic(topic)
    stories = _stories(store, topic, search.times)
    if "s.is_saved" in sqls:
        return _by_state("story_saved", "s.is_saved")
    if stories > FEW and any(_is_of_several(part) for part in search.others):
        return _by_state("story_several_outlets", "s.outlets > 1")
    return _by_filters(store, topic, search, sqls, stories)


def _by_filters(store: Store, topic: int, search: Search, sqls: set[str], stories: int) -> _Way:
    of_articles = {part.sql for part in search.others if "a" in part.tables}
    everything, unread = store.execute("SELECT stories, unread FROM topic WHERE id = ?", (ALL,)).fetchone()
    if "s.is_unread" in sqls and unread <= (stories // 4 if of_articles else stories):
        return _by_state("story_unread", "s.is_unread")
    if of_articles == {WITH_IMAGES} and stories * 4 > everything:
        return _Way("a", ("article a INDEXED BY article_with_images",), (), "a.story")
    if of_articles and stories * 4 > everything:
        return _Way("a", (_A,), (), "a.story")
    return _by_topic(topic)


def _stories(store: Store, topic: int, times: tuple[Part, ...]) -> int:
    if not times:
        return int(store.value("SELECT stories FROM topic WHERE id = ?", (topic,)) or 0)
    within = _within(topic, times)
    return int(store.value(f"SELECT count(*) FROM story_topic t WHERE {within.sql}", within.parameters))


def _within(topic: int, times: tuple[Part, ...]) -> Part:
    sql = " AND ".join((f"t.topic = {topic}", *(part.sql for part in times)))
    return Part(sql, tuple(parameter for part in times for parameter in part.parameters))


def _by_words(topic: int, search: Search, stories: int) -> _Way:
    parts = [Part("found MATCH ?", (search.match,))]
    if stories < FEW:
        within = _within(topic, search.times)
        articles = (
            f"story_topic t CROSS JOIN article x INDEXED BY article_of_story ON x.story = t.story WHERE {within.sql}"
        )
        parts.append(Part(f"+f.rowid IN (SELECT x.id FROM {articles})", within.parameters))
    return _Way("f", ("found f",), tuple(parts), "f.rowid")


def _by_state(index: str, condition: str) -> _Way:
    return _Way("s", (f"story s INDEXED BY {index}",), (Part(condition),), "s.newest")


def _by_topic(topic: int) -> _Way:
    return _Way("t", ("story_topic t",), (Part(f"t.topic = {topic}"),), "t.newest")


def _is_of_several(part: Part) -> bool:
    """Whether it holds only of stories that several outlets report."""
    if part.sql == "s.outlets > 1":
        return True
    least = {"s.outlets > ?": 1, "s.outlets >= ?": 2, "s.outlets = ?": 2}.get(part.sql)
    return least is not None and part.parameters >= (least,)


def _joins(way: _Way, topic: int, needed: frozenset[str]) -> list[str]:
    """The other tables that are needed, each by the one before."""
    story = {"f": f"coalesce({_JOINED}, f.rowid)", "s": "s.id", "a": "a.story"}
    article = f"{_A} ON a.story = t.story" + (" AND a.id = f.rowid" if way.letter == "f" else "")
    joins = {
        "t": f"story_topic t ON t.topic = {topic} AND t.story = {story.get(way.letter)}",
        "s": "story s ON s.id = t.story",
        "a": article,
        "o": "outlet o ON o.id = a.outlet",
    }
    needed |= {"a"} if "o" in needed else frozenset()
    return [join for letter, join in joins.items() if letter in needed and letter != way.letter]


def _order(sort: str, natural: str, time: str) -> str:
    if not sort:
        return ""
    if sort in _SORTS:
        return f"{_SORTS[sort]}, {time} DESC"
    return f"{natural} {'DESC' if sort == 'newest' else 'ASC'}"


def _listed(topic: int, search: Search, sort: str) -> Plan:
    """With articles known only from a publisher's list; their stories are in no topic."""
    words = ("found f", "article a ON a.id = f.rowid") if search.match else (_A,)
    tables = (*words, "story s ON s.id = a.story", *(["outlet o ON o.id = a.outlet"] if sort == "outlet" else []))
    is_in_topic = f"EXISTS (SELECT 1 FROM story_topic x WHERE x.topic = {topic} AND x.story = s.id)"
    is_here = f"(a.origin = 'listed' OR {is_in_topic})" if topic == ALL else is_in_topic
    parts = [*search.times, *search.others, Part(f"NOT s.is_muted AND {is_here}")]
    if search.match:
        parts.append(Part("found MATCH ?", (search.match,)))
    if search.topic is not None:
        parts.append(Part(LISTED.topic.format(ids=search.topic)))
    return Plan(
        tables, tuple(parts), ("s.newest", "s.id"), _order(sort, "a.id" if search.match else "a.story", "s.newest")
    )
