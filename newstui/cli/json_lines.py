"""Articles as JSON objects with the keys that scripts depend on."""

import json
from collections.abc import Iterable
from typing import Any

from newstui.cli.output import charset
from newstui.errors import Problem
from newstui.library.rows import ArticleRow, Subscription
from newstui.links import canonical
from newstui.text import iso

Fields = dict[str, Any]


def line(fields: Fields) -> str:
    """One object as one line, in characters that the output has."""
    return json.dumps(fields, ensure_ascii=charset() != "utf-8")


def article_fields(row: ArticleRow) -> Fields:
    """An article as ``list --json`` prints it."""
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
        "story": canonical(row.url),
        "outlets": 1,
        "coverage": [],
    }


def shown_fields(row: ArticleRow, listed: Iterable[ArticleRow]) -> Fields:
    """An article as ``show --json`` prints it, with the reports that its publisher lists beside it."""
    return article_fields(row) | {
        "text": row.text or None,
        "links": [link._asdict() for link in row.links],
        "coverage": [listed_fields(report, row) for report in listed],
    }


def listed_fields(row: ArticleRow, beside: ArticleRow) -> Fields:
    """A report that a publisher lists beside an article."""
    is_timed = row.is_date_known and beside.is_date_known
    return {
        "id": row.id,
        "url": row.url,
        "title": row.headline,
        "excerpt": row.excerpt,
        "outlet": outlet_fields(row),
        "published": moment(row.published if row.is_date_known else None),
        "relation": "listed",
        "why": [],
        "after": row.published - beside.published if is_timed else None,
    }


def source_fields(source: Subscription, problems: Iterable[Problem]) -> Fields:
    """A subscription as ``sources --json`` prints it."""
    return {
        "name": source.name,
        "kind": source.kind,
        "place": source.place,
        "topic": source.topic,
        "articles": source.articles,
        "last_good": moment(source.last_good),
        "last_tried": moment(source.last_tried),
        "error": source.error or None,
        "problems": [problem._asdict() for problem in problems],
    }


def outlet_fields(row: ArticleRow) -> Fields:
    """Who published an article."""
    return {"name": row.outlet, "domain": row.domain}


def moment(seconds: int | None) -> str | None:
    """A time in UTC, None when unknown."""
    return None if seconds is None else iso(seconds)
