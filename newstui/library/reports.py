"""Who else reports what an article reports: the reports of its story, those linked to it, and why."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from newstui.library.rows import AgreedFigure, Coverage, Report, StoryTold
from newstui.library.store import Store

DAY = 86_400


class _Seen(NamedTuple):
    """A report as it is stored, with what its coverage is worked out from."""

    report: Report
    house: str
    figures: str

    @property
    def has_exact_time(self) -> bool:
        """Whether its time tells which of two reports was earlier: midnight is most likely a date only."""
        return self.report.is_date_known and not self.report.is_day_only and self.report.published % DAY != 0


def coverage(store: Store, article: int) -> Coverage:
    """The reports beside an article and itself; none when there is no such article."""
    row = store.execute("SELECT story, key FROM article WHERE id = ?", (article,)).fetchone()
    if row is None:
        return Coverage(0, 0, 0, 0, None, None, None, (), (), ())
    story, key = row
    seen = _seen(store, article, story, key)
    if len(seen) == 1:
        return _alone(story, seen[0])
    return _told(store, article, story, _with_copies(store, seen))


def told(store: Store, stories: Sequence[int]) -> list[StoryTold]:
    """Whole stories in the order asked for, without those that are gone."""
    rows = store.execute(_STORIES, (str(list(stories)),)).fetchall()
    return [_story_told(store, *row) for row in rows]


def _story_told(
    store: Store,
    story: int,
    article: int,
    key: str,
    outlets: int,
    is_unread: int,
    headline: str,
    excerpt: str,
    topics: str,
) -> StoryTold:
    reports = tuple(it.report for it in _with_copies(store, _seen(store, article, story, "")) if it.report.is_member)
    times = [report.published for report in reports if report.is_date_known]
    first, last = min(times, default=None), max(times, default=None)
    return StoryTold(
        story, key, headline, excerpt, outlets, tuple(json.loads(topics)), first, last, not is_unread, reports
    )


_STORIES = """
SELECT s.id, s.article, coalesce(n.name, (SELECT key FROM article WHERE id = s.id), ''), s.outlets, s.is_unread,
    a.title, a.excerpt, (
        SELECT json_group_array(name) FROM (
            SELECT t.name AS name FROM story_topic x JOIN topic t ON t.id = x.topic
            WHERE x.story = s.id AND t.id > 0 ORDER BY t.name COLLATE NOCASE))
FROM json_each(?) j CROSS JOIN story s ON s.id = j.value CROSS JOIN article a ON a.id = s.article
LEFT JOIN story_name n ON n.story = s.id ORDER BY j.key
"""


def _alone(story: int, seen: _Seen) -> Coverage:
    first = seen.report.published if seen.has_exact_time else None
    earliest = None if first is None else seen.report.article
    return Coverage(story, 1, 1, 1, first, earliest, None, (), (seen.report,), ())


def _told(store: Store, article: int, story: int, seen: list[_Seen]) -> Coverage:
    members = [it for it in seen if it.report.is_member]
    exact = [it for it in members if it.has_exact_time]
    earliest = exact[0].report if exact else None
    of_its_own = _first_of_its_own(exact)
    reports = tuple(it.report for it in seen)
    return Coverage(
        story,
        len({it.house for it in members}),
        len({it.report.copy_of or it.report.article for it in members}),
        len(members),
        earliest.published if earliest else None,
        earliest.article if earliest else None,
        of_its_own.article if of_its_own and of_its_own is not earliest else None,
        tuple(_agreed(store, members)),
        reports,
        tuple(report.article for report in sorted(reports, key=_likeness) if report.article != article),
    )


def _likeness(report: Report) -> tuple[bool, bool, float]:
    """What the most alike of other outlets comes first by; what has no direct link keeps the order of time."""
    return report.is_same_outlet, report.score is None, -(report.score or 0)


def _first_of_its_own(exact: Sequence[_Seen]) -> Report | None:
    """The earliest report from neither a wire service nor the subject itself."""
    from newstui.coverage.outlets import is_subject, is_wire

    own = (it.report for it in exact if not is_wire(it.house) and not is_subject(it.house, it.report.headline))
    return next(own, None)


def _seen(store: Store, article: int, story: int, key: str) -> list[_Seen]:
    """The members of the story and what is linked to the article, in order of time, without what was set apart."""
    rows = store.execute(_REPORTS, {"article": article, "story": story, "key": key}).fetchall()
    house = next(row[-2] for row in rows if row[0] == article)
    return [_Seen(_report(row, row[-2] == house, story), *row[-2:]) for row in rows]


_REPORTS = """
SELECT a.id, a.url, a.published, a.is_date_known, a.is_day_only, CASE WHEN o.name <> '' THEN o.name ELSE o.domain END,
    o.domain, a.title, x.read_at IS NOT NULL, a.story, l.score, o.house, coalesce(f.terms, '')
FROM (SELECT id FROM article WHERE story = :story UNION SELECT other FROM link WHERE article = :article) m
CROSS JOIN article a ON a.id = m.id CROSS JOIN outlet o ON o.id = a.outlet
LEFT JOIN state x ON x.article = a.id LEFT JOIN link l ON l.article = :article AND l.other = a.id
LEFT JOIN fingerprint f ON f.article = a.id
WHERE a.story = :story OR NOT EXISTS (
    SELECT 1 FROM separated s WHERE (s.key = :key AND s.story = a.story) OR (s.key = a.key AND s.story = :story))
ORDER BY a.published, a.key
"""


def _report(row: Sequence[Any], is_same_outlet: bool, story: int) -> Report:
    article, url, published, is_date_known, is_day_only, outlet, domain, headline, is_read, its_story, score, *_ = row
    return Report(
        article, url, published, bool(is_date_known), bool(is_day_only), outlet, domain, headline, bool(is_read),
        its_story == story, is_same_outlet, score, None,
    )  # fmt: skip


def _with_copies(store: Store, seen: list[_Seen]) -> list[_Seen]:
    """The same reports, each that carries the text of an earlier one, which is no copy itself, with that one's id."""
    ids = [it.report.article for it in seen]
    copies: dict[int, list[int]] = {}
    for article, other in store.execute(_COPIES, (str(ids), str(ids))):
        copies.setdefault(article, []).append(other)
    copy_of: dict[int, int | None] = {}
    for article in ids:
        alike = copies.get(article, ())
        copy_of[article] = next((it for it in copy_of if it in alike and copy_of[it] is None), None) if alike else None
    return [it._replace(report=it.report._replace(copy_of=copy_of[it.report.article])) for it in seen]


_COPIES = """
SELECT l.article, l.other FROM json_each(?) j CROSS JOIN link l ON l.article = j.value AND l.is_copy
WHERE l.other IN (SELECT value FROM json_each(?))
"""


def _agreed(store: Store, members: Iterable[_Seen]) -> Iterator[AgreedFigure]:
    """The figures that several outlets give, the most agreed on first; plain numbers are too often names."""
    from newstui.coverage.figures import is_plain, shown_figure

    houses: dict[int, set[str]] = {}
    for it in members:
        for term in json.loads(it.figures)[2] if it.figures else ():
            houses.setdefault(term, set()).add(it.house)
    agreed = {term: len(its_houses) for term, its_houses in houses.items() if len(its_houses) > 1}
    texts = store.execute(
        "SELECT text, id FROM term WHERE id IN (SELECT value FROM json_each(?))", (str(list(agreed)),)
    )
    tokens = [(-agreed[term], text[1:]) for text, term in texts]
    yield from (AgreedFigure(shown_figure(token), -outlets) for outlets, token in sorted(tokens) if not is_plain(token))
