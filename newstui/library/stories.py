"""A story's place in the topics, and the counts that are kept of it. Ids travel as JSON lists."""

from collections.abc import Sequence

from newstui.library.store import Store


def first_unread(store: Store, stories: Sequence[int]) -> int | None:
    """The first of these stories that is unread."""
    sql = "SELECT s.id FROM json_each(?) j JOIN story s ON s.id = j.value WHERE s.is_unread ORDER BY j.key LIMIT 1"
    story: int | None = store.value(sql, (str(list(stories)),))
    return story


def found(store: Store, articles: str) -> None:
    """Make each article the founder of a story of its own."""
    store.execute(
        "INSERT INTO story SELECT id, id, id, 1, 1, 0, 0 FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (articles,),
    )


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
INSERT INTO story_topic (topic, newest, story)
SELECT 0, s.newest, s.id FROM json_each(:stories) j JOIN story s ON s.id = j.value JOIN article a ON a.id = s.article
    WHERE NOT s.is_muted AND a.origin <> 'listed'
UNION
SELECT t.topic, s.newest, s.id FROM json_each(:stories) j JOIN story s ON s.id = j.value
    JOIN article a ON a.story = s.id JOIN article_topic t ON t.article = a.id
    WHERE NOT s.is_muted AND a.origin <> 'listed'
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
    SELECT s.id, s.is_unread, EXISTS (
        SELECT 1 FROM article a LEFT JOIN state r ON r.article = a.id WHERE a.story = s.id AND r.read_at IS NULL
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


def date(store: Store, stories: str) -> None:
    """Give stories their place in time again, after a report of theirs changed its own."""
    store.execute(_DATE, (stories,))


_DATE = """
UPDATE story SET newest = (
    SELECT max((a.published << 20) | (a.id & 0xFFFFF)) FROM article a WHERE a.story = story.id)
WHERE id IN (SELECT value FROM json_each(?))
"""


def prune(store: Store, stories: str) -> None:
    """Drop the stories that no report is left of."""
    store.execute(
        "DELETE FROM story WHERE id IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM article a WHERE a.story = story.id)",
        (stories,),
    )
