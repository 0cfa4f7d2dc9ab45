"""Articles as JSON objects with the keys that scripts depend on."""

import json
from collections.abc import Iterable
from typing import Any

from newstui.cli.beside import Beside
from newstui.cli.output import charset
from newstui.cli.reports import seconds_after
from newstui.errors import Problem
from newstui.library.rows import ArticleRow, Coverage, Report, StoryTold, Subscription
from newstui.text import iso

Fields = dict[str, Any]


def line(fields: Fields) -> str:
    """One object as one line, in characters that the output has."""
    return json.dumps(fields, ensure_ascii=charset() != "utf-8")


def article_fields(row: ArticleRow, coverage: Coverage) -> Fields:
    """An article as ``list --json`` prints it."""
    urls = {report.article: report.url for report in coverage.reports}
    return {
        "id": row.id,
        "url": row.url,
        "original": row.original,
        "title": row.headline,
        "excerpt": row.excerpt,
        "published": moment(row.published if row.is_date_known else None),
        "outlet": outlet_fields(row),
        "topics": list(row.topics),
        "source": row.source,
        "origin": row.origin,
        "read": row.is_read,
        "saved": row.is_saved,
        "quality": row.quality,
        "heat": row.heat,
        "images": [image._asdict() for image in row.images],
        "story": row.story_key,
        "outlets": row.outlets,
        "coverage": [urls[other] for other in coverage.best],
    }


def shown_fields(row: ArticleRow, coverage: Coverage, beside: Iterable[Beside]) -> Fields:
    """An article as ``show --json`` prints it, with all that stands beside it."""
    return article_fields(row, coverage) | {
        "text": row.full_text or None,
        "links": [link._asdict() for link in row.links],
        "coverage": [beside_fields(other, coverage.first_report) for other in beside],
    }


def beside_fields(beside: Beside, first_report: int | None) -> Fields:
    """An article that stands beside another."""
    row = beside.row
    return {
        "id": row.id,
        "url": row.url,
        "title": row.headline,
        "excerpt": row.excerpt,
        "outlet": outlet_fields(row),
        "published": moment(row.published if row.is_date_known else None),
        "relation": beside.relation,
        "why": list(beside.why),
        "after": seconds_after(row, first_report),
    }


def story_fields(story: StoryTold) -> Fields:
    """A story as ``stories --json`` prints it."""
    return {
        "story": story.key,
        "title": story.headline,
        "outlets": story.outlets,
        "articles": len(story.reports),
        "first": moment(story.first),
        "last": moment(story.last),
        "topics": list(story.topics),
        "read": story.is_read,
        "members": [member_fields(report) for report in story.reports],
    }


def member_fields(report: Report) -> Fields:
    """A report of a story."""
    return {
        "id": report.article,
        "url": report.url,
        "title": report.headline,
        "outlet": outlet_fields(report),
        "published": moment(report.published if report.is_date_known else None),
        "copy_of": report.copy_of,
    }


def source_fields(source: Subscription, problems: Iterable[Problem]) -> Fields:
    """A subscription as ``sources --json`` prints it."""
    return {
        "name": source.name,
        "kind": source.kind,
        "place": source.place,
        "topic": source.topic,
        "folders": source.folders,
        "every": source.every,
        "paused": source.is_paused,
        "full_text": source.is_full_text,
        "articles": source.articles,
        "last_good": moment(source.last_good),
        "last_tried": moment(source.last_tried),
        "next_attempt": moment(source.next_attempt),
        "gone": source.is_gone,
        "error": source.error or None,
        "problems": [problem._asdict() for problem in problems],
    }


def outlet_fields(row: ArticleRow | Report) -> Fields:
    """Who published an article."""
    return {"name": row.outlet, "domain": row.domain}


def moment(seconds: int | None) -> str | None:
    """A time in UTC, None when unknown."""
    return None if seconds is None else iso(seconds)
