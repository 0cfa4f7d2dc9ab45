"""What a screen or a script reads: lines of stories, whole articles, and what is listed beside one."""

import json
import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from newstui.errors import LinkError
from newstui.library.rows import ALL, ArticleRow, ImageRow, LinkRow, ListedRow, PageRow, StoryRow
from newstui.library.search import ARTICLES, Part, Search, search
from newstui.library.store import Store
from newstui.links import canonical
from newstui.query import Query

AT_ONCE = 64
"""Whole articles fetched by one statement."""


def story_rows(store: Store, stories: Sequence[int]) -> list[StoryRow]:
    """The stories as lines of the sidebar, in the order asked for, without those that are gone."""
    rows = store.execute(_STORIES, (json.dumps(list(stories)),)).fetchall()
    return [
        StoryRow(
            id, article, headline, outlet, published, bool(is_known), outlets, bool(is_unread), bool(is_saved), new
        )
        for id, article, headline, outlet, published, is_known, outlets, is_unread, is_saved, new in rows
    ]


_STORIES = """
    SELECT s.id, a.id, a.title, CASE WHEN o.name <> '' THEN o.name ELSE o.domain END,
        s.newest >> 20, (SELECT n.is_date_known FROM article n WHERE n.story = s.id ORDER BY n.published DESC LIMIT 1),
        s.outlets, s.is_unread, s.is_saved, iif(s.is_unread, 0, (
            SELECT count(*) FROM article m LEFT JOIN state x ON x.article = m.id
            WHERE m.story = s.id AND x.read_at IS NULL))
    FROM json_each(?) j CROSS JOIN story s ON s.id = j.value
    CROSS JOIN article a ON a.id = s.article CROSS JOIN outlet o ON o.id = a.outlet ORDER BY j.key
"""


def article_lines(store: Store, articles: Sequence[int]) -> list[StoryRow]:
    """Articles as lines of the sidebar, each by itself, in the order asked for, without those that are gone."""
    rows = store.execute(_ARTICLE_LINES, (str(list(articles)),)).fetchall()
    return [
        StoryRow(story, id, headline, outlet, published, bool(is_known), 1, not is_read, bool(is_saved), 0)
        for story, id, headline, outlet, published, is_known, is_read, is_saved in rows
    ]


_ARTICLE_LINES = """
    SELECT a.story, a.id, a.title, CASE WHEN o.name <> '' THEN o.name ELSE o.domain END, a.published, a.is_date_known,
        x.read_at IS NOT NULL, x.saved_at IS NOT NULL
    FROM json_each(?) j CROSS JOIN article a ON a.id = j.value CROSS JOIN outlet o ON o.id = a.outlet
    LEFT JOIN state x ON x.article = a.id ORDER BY j.key
"""


def article(store: Store, article: int) -> ArticleRow | None:
    """All that is known about an article; None when there is none."""
    return next(iter(_article_rows(store, [article])), None)


def _article_rows(store: Store, articles: Sequence[int]) -> list[ArticleRow]:
    ids = json.dumps(list(articles))
    rows = store.execute(_ARTICLES, (ids,)).fetchall()
    topics: dict[int, list[str]] = {}
    for id, name in store.execute(_TOPICS, (ids,)):
        topics.setdefault(id, []).append(name)
    return [_article_row(row, tuple(topics.get(row[0], ()))) for row in rows]


_ARTICLES = """
    SELECT a.id, a.story, coalesce(n.name, (SELECT key FROM article WHERE id = a.story), ''), s.outlets,
        a.url, a.original, a.title, a.former_title, a.excerpt, a.text,
        a.published, a.is_date_known, a.is_day_only, o.name, o.domain, a.quality, a.heat, a.category, a.kind,
        a.is_current, a.origin, coalesce(r.name, ''), a.place, a.images, a.links, a.warnings,
        x.read_at IS NOT NULL, x.saved_at IS NOT NULL, p.text, p.fetched, p.error
    FROM json_each(?) j CROSS JOIN article a ON a.id = j.value CROSS JOIN outlet o ON o.id = a.outlet
    CROSS JOIN story s ON s.id = a.story LEFT JOIN story_name n ON n.story = a.story
    LEFT JOIN source r ON r.id = a.source LEFT JOIN state x ON x.article = a.id
    LEFT JOIN page p ON p.article = a.id ORDER BY j.key
"""
_TOPICS = """
    SELECT f.article, p.name FROM json_each(?) j CROSS JOIN article_topic f ON f.article = j.value
    CROSS JOIN topic p ON p.id = f.topic ORDER BY j.key, f.rank
"""


def _article_row(row: tuple[Any, ...], topics: tuple[str, ...]) -> ArticleRow:
    *said, text, fetched, error = row
    stored = ArticleRow._make((*said[:15], topics, *said[15:], None))
    return stored._replace(
        is_date_known=bool(stored.is_date_known),
        is_day_only=bool(stored.is_day_only),
        is_current=bool(stored.is_current),
        images=tuple(ImageRow(*image) for image in json.loads(row[23])),
        links=tuple(LinkRow(*link) for link in json.loads(row[24])),
        warnings=tuple(json.loads(row[25])),
        is_read=bool(stored.is_read),
        is_saved=bool(stored.is_saved),
        page=None if fetched is None else PageRow(text, fetched, error),
    )


def listed(store: Store, article: int, limit: int) -> list[ListedRow]:
    """What the publisher lists beside an article and its coverage does not show, newest first."""
    ids = [id for (id,) in store.execute(_LISTED, {"article": article, "limit": limit})]
    return listed_rows(store, ids)


_LISTED = """
SELECT a.id FROM article asked CROSS JOIN related r ON r.article = asked.id CROSS JOIN article a ON a.id = r.other
WHERE asked.id = :article AND a.story <> asked.story AND (
    NOT EXISTS (SELECT 1 FROM link l WHERE l.article = asked.id AND l.other = a.id)
    OR EXISTS (SELECT 1 FROM separated s WHERE (s.key = asked.key AND s.story = a.story)
        OR (s.key = a.key AND s.story = asked.story)))
ORDER BY a.published DESC, r.rank LIMIT :limit
"""


def listed_rows(store: Store, articles: Sequence[int]) -> list[ListedRow]:
    """Reports as lines, in the order asked for."""
    rows = store.execute(_LINES, (str(list(articles)),)).fetchall()
    return [
        ListedRow(id, published, bool(is_date_known), outlet, headline, bool(is_read))
        for id, published, is_date_known, outlet, headline, is_read in rows
    ]


_LINES = """
SELECT a.id, a.published, a.is_date_known, CASE WHEN o.name <> '' THEN o.name ELSE o.domain END, a.title,
    x.read_at IS NOT NULL
FROM json_each(?) j CROSS JOIN article a ON a.id = j.value CROSS JOIN outlet o ON o.id = a.outlet
LEFT JOIN state x ON x.article = a.id ORDER BY j.key
"""


def articles(store: Store, query: Query, sort: str, now: int, limit: int | None) -> Iterator[ArticleRow]:
    """The articles that a query finds, in its own order or else in this one; those that are muted stay hidden.

    Which they are is settled now; what they say is read as it is asked for.
    """
    return _in_parts(store, article_ids(store, query, sort, now, -1 if limit is None else limit))


def article_ids(store: Store, query: Query, sort: str, now: int, limit: int, topic: int = ALL) -> "array[int]":
    """The ids of the articles of a topic that a query finds, -1 for no limit."""
    sql, parameters = _select(search(store, query, now, ARTICLES), query.sort or sort, topic)
    return array("q", (id for (id,) in store.execute(f"{sql} LIMIT ?", (*parameters, limit))))


def _in_parts(store: Store, ids: "array[int]") -> Iterator[ArticleRow]:
    for first in range(0, len(ids), AT_ONCE):
        with store.reading():
            rows = _article_rows(store, ids[first : first + AT_ONCE])
        yield from rows


def _select(found: Search, sort: str, topic: int) -> tuple[str, tuple[object, ...]]:
    parts = [*found.times, *found.others, Part("NOT s.is_muted")]
    if not found.asks_for_listed:
        parts.append(Part("a.origin <> 'listed'"))
    parts += [Part(ARTICLES.topic.format(ids=id)) for id in {found.topic, topic} - {None, ALL}]
    tables = "article a INDEXED BY article_of_story"
    if found.match:
        tables = "found f CROSS JOIN article a ON a.id = f.rowid"
        parts.append(Part("found MATCH ?", (found.match,)))
    where = " AND ".join(part.sql for part in parts)
    sql = (
        f"SELECT a.id FROM {tables} CROSS JOIN story s ON s.id = a.story CROSS JOIN outlet o ON o.id = a.outlet "
        f"WHERE {where} ORDER BY {_SORTS[sort]}"
    )
    return sql, tuple(parameter for part in parts for parameter in part.parameters)


_BY_TIME = "a.published DESC, a.id DESC"
_SORTS = {
    "newest": _BY_TIME,
    "oldest": "a.published, a.id",
    "heat": f"a.heat DESC, {_BY_TIME}",
    "quality": f"a.quality DESC, {_BY_TIME}",
    "outlets": f"s.outlets DESC, {_BY_TIME}",
    "outlet": f"o.name COLLATE NOCASE, {_BY_TIME}",
}


def find(store: Store, id_or_url: str) -> int | None:
    """The article with this id, this key or, in any spelling, this URL or this URL of its original page: the newest
    of several."""
    text = id_or_url.strip()
    if re.fullmatch("[0-9]{1,18}", text):
        id: int | None = store.value("SELECT id FROM article WHERE id = ?", (int(text),))
        return id
    try:
        return _of_key(store, text, canonical(text))
    except (LinkError, ValueError):
        return None


def _of_key(store: Store, text: str, key: str) -> int | None:
    id: int | None = store.value("SELECT id FROM article WHERE key IN (?, ?)", (text, key))
    if id is not None:
        return id
    # Few look for a page that gives no key to an article: the end of a URL narrows the search enough.
    end = key.partition("?")[0].rpartition("/")[2]
    pages = store.execute(_PAGES_WITHOUT_A_KEY, {"end": end})
    return next((id for id, *urls in pages if key in map(canonical, urls)), None)


_PAGES_WITHOUT_A_KEY = """
SELECT id, url, original FROM article WHERE (original <> url AND instr(original, :end))
OR (instr(key, ' ') AND instr(url, :end)) ORDER BY id DESC
"""
