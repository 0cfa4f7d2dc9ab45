"""A story's place in the topics, and the counts that are kept of it. Ids travel as JSON lists."""

from collections.abc import Sequence

from newstui.library.store import Store


def first_unread(store: Store, stories: Sequence[int]) -> int | None:
    """The first of these stories that is unread."""
    sql = "SELECT s.id FROM json_each(?) j JOIN story s ON s.id = j.value WHERE s.is_unread ORDER BY j.key LIMIT 1"
    story: int | None = store.value(sql, (str(list(stories)),))
    return story


def first_unread_article(store: Store, articles: Sequence[int]) -> int | None:
    """The first of these articles that is unread."""
    sql = (
        "SELECT j.value FROM json_each(?) j LEFT JOIN state r ON r.article = j.value WHERE r.read_at IS NULL "
        "ORDER BY j.key LIMIT 1"
    )
    article: int | None = store.value(sql, (str(list(articles)),))
    return article


def stories_of(store: Store, articles: Sequence[int]) -> list[int]:
    """The stories that articles belong to, each once."""
    sql = "SELECT DISTINCT a.story FROM json_each(?) j CROSS JOIN article a ON a.id = j.value"
    return [story for (story,) in store.execute(sql, (str(list(articles)),))]


def found(store: Store, articles: str) -> None:
    """Make each of the articles that no other's story took in the founder of one."""
    store.execute(_FOUND, (articles,))
    _name_apart(store, articles)


_FOUND = """
INSERT INTO story (id, newest, oldest, article, outlets, is_unread, is_saved, is_muted)
SELECT id, time, time, id, 1, 1, 0, 0 FROM (SELECT (published << 20) | (id & 0xFFFFF) AS time, * FROM article)
WHERE id IN (SELECT value FROM json_each(?)) AND story = id
"""


def _name_apart(store: Store, articles: str) -> None:
    """An article that comes back founds no second story of the name that its first one kept."""
    names = (
        "SELECT a.id, a.key FROM json_each(?) j CROSS JOIN article a ON a.id = j.value AND a.story = a.id "
        "JOIN story_name n ON n.name = a.key"
    )
    for story, key in store.execute(names, (articles,)).fetchall():
        name_story(store, story, key)


def name_story(store: Store, story: int, key: str) -> None:
    """Call a story by the key of its founder, with a number behind it where another story has that name."""
    name, number = key, 1
    while store.value(_IS_TAKEN, (name, name, story)) is not None:
        number += 1
        name = f"{key}~{number}"
    store.execute("INSERT OR REPLACE INTO story_name (story, name) VALUES (?, ?)", (story, name))


_IS_TAKEN = """
SELECT 1 FROM story_name WHERE name = ? UNION ALL
SELECT 1 FROM article a JOIN story s ON s.id = a.id WHERE a.key = ? AND s.id <> ?
"""


def keep_names(store: Store, leaving: str) -> None:
    """Let stories be called as before when the articles that founded them leave."""
    store.execute(_KEEP_NAMES, (leaving,))


_KEEP_NAMES = """
INSERT OR IGNORE INTO story_name (story, name)
SELECT s.id, a.key FROM json_each(?) j CROSS JOIN article a ON a.id = j.value JOIN story s ON s.id = a.id
"""


def free_id(store: Store, wanted: int) -> int:
    """The first id from this one on that neither a story nor an article has."""
    while store.value("SELECT 1 FROM story WHERE id = ?1 UNION ALL SELECT 1 FROM article WHERE id = ?1", (wanted,)):
        wanted += 1
    return wanted


def settle(store: Store, stories: str) -> None:
    """Make stories say what their reports say, while they are in no topic: which one stands for them, and the rest."""
    store.execute(_SETTLE, (stories,))


# The earliest report stands for a story: its headline stays. One known only from a list does where there is no other.
STANDING = "a.origin = 'listed', NOT a.is_date_known, a.published, a.id"
_SETTLE = f"""
UPDATE story SET
    newest = (SELECT max((a.published << 20) | (a.id & 0xFFFFF)) FROM article a WHERE a.story = story.id),
    oldest = (SELECT min((a.published << 20) | (a.id & 0xFFFFF)) FROM article a WHERE a.story = story.id),
    article = (SELECT a.id FROM article a WHERE a.story = story.id ORDER BY {STANDING} LIMIT 1),
    outlets = (SELECT count(DISTINCT o.house) FROM article a JOIN outlet o ON o.id = a.outlet WHERE a.story = story.id),
    is_unread = NOT EXISTS (SELECT 1 FROM article a JOIN state r ON r.article = a.id
        WHERE a.story = story.id AND r.read_at IS NOT NULL),
    is_saved = EXISTS (SELECT 1 FROM article a JOIN state r ON r.article = a.id
        WHERE a.story = story.id AND r.saved_at IS NOT NULL)
WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM article a WHERE a.story = story.id)
"""


def enter(store: Store, stories: str) -> None:
    """Put stories into their topics and count them; muted ones and those only listed stay out."""
    store.execute(_ENTER, {"stories": stories})
    store.entries += 1
    _count(store, stories, 1)


def leave(store: Store, stories: str) -> None:
    """Take stories out of their topics and their counts."""
    _count(store, stories, -1)
    store.execute("DELETE FROM story_topic WHERE story IN (SELECT value FROM json_each(?))", (stories,))


def settle_read(store: Store, stories: str) -> None:
    """Make the stories' unread flags, and the counts of them, say what the state of their articles says."""
    turned = store.execute(_TURNED, {"stories": stories}).fetchall()
    for is_unread in (0, 1):
        turning = [story for story, becomes in turned if becomes == is_unread]
        if turning:
            _turn(store, turning, is_unread)


def settle_saved(store: Store, stories: str) -> None:
    """Make the stories' saved flags say what the state of their articles says."""
    store.execute(_SAVED, {"stories": stories})


_ENTER = """
INSERT INTO story_topic (topic, newest, story, oldest)
SELECT 0, s.newest, s.id, s.oldest
    FROM json_each(:stories) j JOIN story s ON s.id = j.value JOIN article a ON a.id = s.article
    WHERE NOT s.is_muted AND a.origin <> 'listed'
UNION
SELECT t.topic, s.newest, s.id, s.oldest
    FROM json_each(:stories) j JOIN story s ON s.id = j.value JOIN article a ON a.id = s.article
    JOIN article m ON m.story = s.id JOIN article_topic t ON t.article = m.id
    WHERE NOT s.is_muted AND a.origin <> 'listed' AND m.origin <> 'listed'
"""
_COUNT = """
UPDATE topic SET stories = topic.stories + :sign * sums.stories, unread = topic.unread + :sign * sums.unread
FROM (SELECT t.topic AS topic, count(*) AS stories, sum(s.is_unread) AS unread
      FROM json_each(:stories) j JOIN story_topic t ON t.story = j.value JOIN story s ON s.id = j.value
      GROUP BY t.topic) AS sums
WHERE topic.id = sums.topic
"""
_TURNED = """
SELECT id, becomes FROM (
    SELECT s.id, s.is_unread, NOT EXISTS (
        SELECT 1 FROM article a JOIN state r ON r.article = a.id WHERE a.story = s.id AND r.read_at IS NOT NULL
    ) AS becomes FROM json_each(:stories) j JOIN story s ON s.id = j.value)
WHERE becomes <> is_unread
"""
_SAVED = """
UPDATE story SET is_saved = NOT is_saved
WHERE id IN (SELECT value FROM json_each(:stories)) AND is_saved <> EXISTS (
    SELECT 1 FROM article a JOIN state r ON r.article = a.id WHERE a.story = story.id AND r.saved_at IS NOT NULL)
"""


def _count(store: Store, stories: str, sign: int) -> None:
    store.execute(_COUNT, {"stories": stories, "sign": sign})


def _turn(store: Store, turning: list[int], is_unread: int) -> None:
    stories = str(turning)
    store.execute("UPDATE story SET is_unread=? WHERE id IN (SELECT value FROM json_each(?))", (is_unread, stories))
    store.execute(_TURN, {"stories": stories, "sign": 1 if is_unread else -1})


_TURN = """
UPDATE topic SET unread = topic.unread + :sign * sums.stories
FROM (SELECT topic, count(*) AS stories FROM story_topic
      WHERE story IN (SELECT value FROM json_each(:stories)) GROUP BY topic) AS sums
WHERE topic.id = sums.topic
"""


def prune(store: Store, stories: str) -> None:
    """Drop the stories that no report is left of."""
    store.execute(_PRUNE, (stories,))
    store.execute("DELETE FROM story_name WHERE story NOT IN (SELECT id FROM story)")


_PRUNE = """
DELETE FROM story WHERE id IN (SELECT value FROM json_each(?))
AND NOT EXISTS (SELECT 1 FROM article a WHERE a.story = story.id)
"""
