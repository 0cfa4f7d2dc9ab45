"""What there is to subscribe to at an address: a feed, a news site, or the feeds that a page names."""

from newstui.errors import FetchError, ParseError, SourceError
from newstui.links import host
from newstui.sources import Place, name_of
from newstui.sources.fetch import Fetched
from newstui.sources.site import index_of
from newstui.sources.sound_json import parse_json
from newstui.sources.web import Web
from newstui.text import line

LONGEST_NAME = 100
"""Characters of what a feed is called; its own title may be a sentence."""
MOST_CHOICES = 50
"""Feeds of one page that a person is asked about."""


async def find(asked: Place, web: Web) -> tuple[Place, ...]:
    """The places to choose from, the best first: one, unless a page names several feeds.

    SourceError says why there is none.
    """
    if asked.kind != "web":
        return (asked,)
    try:
        answer = await web.client.get(asked.place, may_be_private=asked.may_be_private)
    except FetchError as error:  # a site need not have a page at its root
        if site := await _site(asked, web):
            return (site,)
        raise error from None
    if feed := await _feed(asked, answer, web):
        return (feed,)
    if site := await _site(asked, web):
        return (site,)
    if feeds := await _named_by(asked, answer, web):
        return feeds
    what = "there is no feed here, no news site, and no page that names a feed"
    raise SourceError(what, where=line(asked.place, 200), advice="look for the address of its feed")


async def _feed(asked: Place, answer: Fetched, web: Web) -> Place | None:
    about = {"url": answer.url, "content_type": answer.content_type}
    try:
        said = await web.sandbox.run("feed", answer.body or b"", about)
    except ParseError:
        return None
    place = answer.moved_to or asked.place
    title = said.get("title") if isinstance(said, dict) else ""
    is_same_host = host(place) == host(asked.place)
    return Place("feed", place, _name(title, place), asked.may_be_private and is_same_host)


async def _site(asked: Place, web: Web) -> Place | None:
    index = index_of(asked.place)
    try:
        answer = await web.client.get(index, may_be_private=asked.may_be_private)
        said = parse_json(answer.body or b"", index)
    except (FetchError, ParseError):
        return None
    return asked._replace(kind="site") if isinstance(said, dict) and "value" in said else None


async def _named_by(asked: Place, answer: Fetched, web: Web) -> tuple[Place, ...]:
    """The feeds that a page names; only those on its own host may be where the page may be."""
    about = {"url": answer.url, "content_type": answer.content_type}
    try:
        found = await web.sandbox.run("discover", answer.body or b"", about)
    except ParseError:
        return ()
    here = host(answer.url) if host(answer.url) == host(asked.place) else ""
    return tuple(
        Place(
            "feed", feed["url"], _name(feed["title"], feed["url"]), asked.may_be_private and host(feed["url"]) == here
        )
        for feed in found[:MOST_CHOICES]
    )


def _name(title: object, url: str) -> str:
    return line(title, LONGEST_NAME) if isinstance(title, str) and title.strip() else name_of(url)
