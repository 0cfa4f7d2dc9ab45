"""Events and what outlets report of them, to fill a library with."""

from typing import Any

from newstui.article import Article, Batch, Outlet
from newstui.library import Library
from newstui.library.rows import ArticleRow

NOW = 1_600_000_000
"""A Sunday, 12:26 UTC; reports come at about this time."""
LATER = 1_800_000_000
HOUR = 3_600
DAY = 86_400

BRIDGE = (
    ("Barge strikes Harbour Bridge, closing it for a week", "A barge struck a pillar of the Harbour Bridge on Monday."),
    (
        "Harbour Bridge closed for a week after barge hits pillar",
        "The bridge was closed after a barge struck a pillar.",
    ),
    ("Harbour Bridge shut: barge struck its pillar", "The barge struck the pillar at dawn; it stays shut for a week."),
)
BREAD = ("Bakers of Vessel Street win the rye bread cup", "Rye bread of three bakers from Vessel Street took the cup.")


def article(number: int, title: str, excerpt: str = "", outlet: int | str = 0, **said: Any) -> Article:
    """A report of an outlet, told by its number or its domain; whatever else is said of it."""
    name, domain = (f"Paper {outlet}", f"paper{outlet}.example") if isinstance(outlet, int) else ("", outlet)
    fields = {"url": f"https://{domain}/{number}", "outlet": Outlet(name=name, domain=domain), "title": title}
    fields |= {"excerpt": excerpt, "published": NOW, "origin": "document", "place": f"{number}.md"}
    return Article.model_validate(fields | said)


def bridge(number: int, **said: Any) -> Article:
    """The event told by one outlet in one of three ways, so many hours after the first."""
    title, excerpt = BRIDGE[number % 3]
    fields: dict[str, Any] = {"excerpt": excerpt, "outlet": number, "published": NOW + number * HOUR}
    return article(number, title, **fields | said)


def add(library: Library, *articles: Article, source: str = "News", now: int = LATER, **more: Any) -> None:
    """A batch from a source, which is subscribed to where it is new."""
    known = {subscription.name: subscription.id for subscription in library.subscriptions()}
    id = known[source] if source in known else library.subscribe("folder", f"/{source}", source).id
    library.add(id, Batch(tuple(articles), **more), now)


def row(library: Library, article: Article) -> ArticleRow:
    """An article as the library has it."""
    found = library.find(article.url)
    assert found is not None
    stored = library.article(found)
    assert stored is not None
    return stored


def stories_of(library: Library, *articles: Article) -> list[str]:
    """What the stories of articles are called."""
    return [row(library, article).story_key for article in articles]
