"""What the library answers, as plain tuples: a screen draws thousands of them."""

from typing import NamedTuple

ALL = 0
"""The topic that holds every story."""


class Topic(NamedTuple):
    """A topic, and how many of its stories there are and are unread."""

    id: int
    name: str
    stories: int
    unread: int


class View(NamedTuple):
    """A query that the reader keeps under a name; ``is_builtin`` when newstui brought it."""

    name: str
    query: str
    is_builtin: bool


class StoryRow(NamedTuple):
    """A story as one line of the sidebar. Times are seconds since 1970, in UTC."""

    id: int
    article: int  # the earliest report, which stands for the story
    headline: str
    outlet: str
    published: int  # when the newest report was
    is_date_known: bool
    outlets: int
    is_unread: bool
    is_saved: bool
    new_reports: int  # that came after the story was read


class ListedRow(NamedTuple):
    """A report that the publisher lists beside an article."""

    article: int
    published: int
    is_date_known: bool
    outlet: str
    headline: str
    is_read: bool


class Report(NamedTuple):
    """One of the reports of a story, or one that is linked to an article from outside its story."""

    article: int
    url: str
    published: int
    is_date_known: bool
    is_day_only: bool
    outlet: str
    domain: str
    headline: str
    is_read: bool
    is_member: bool  # of the story that the article asked about belongs to
    is_same_outlet: bool  # as that article's
    score: float | None  # how alike the two are; None for a member without a direct link
    copy_of: int | None  # the earliest report that carries the same text


class AgreedFigure(NamedTuple):
    """A figure as people write it, and how many outlets give it."""

    figure: str  # "$10bn"
    outlets: int


class Coverage(NamedTuple):
    """Who else reports what an article reports; the article itself is among the reports, which are in order of time.

    ``outlets`` and ``independent`` (reports of which none is a copy of another) count the story's members,
    ``articles`` too.
    """

    story: int
    outlets: int
    independent: int
    articles: int
    first_report: int | None  # when, None where no report has a time that is known
    earliest: int | None  # the article that has it
    first_of_its_own: int | None  # the earliest from neither a wire service nor the subject, if another than that
    figures: tuple[AgreedFigure, ...]
    reports: tuple[Report, ...]
    best: tuple[int, ...]  # the other reports, other outlets first, the most alike before the others


class Why(NamedTuple):
    """Why two reports are taken for one story: what both say, as the article writes it, strongest first."""

    words: tuple[str, ...]
    figures: tuple[str, ...]
    seconds_apart: int | None  # None where a time is not known
    is_linked: bool  # False when they are one story through other reports only


class StoryTold(NamedTuple):
    """A whole story: its lead report's headline, and all of its reports in order of time."""

    id: int
    key: str  # what it is called in scripts: the key of the report that founded it, its canonical URL as a rule
    headline: str
    excerpt: str
    outlets: int
    topics: tuple[str, ...]
    first: int | None
    last: int | None
    is_read: bool
    reports: tuple[Report, ...]


class ImageRow(NamedTuple):
    """A picture of an article; sizes in pixels, 0 when unknown."""

    url: str
    width: int
    height: int


class LinkRow(NamedTuple):
    """A link of an article and what it is called."""

    label: str
    url: str


class PageRow(NamedTuple):
    """The full text that was fetched from an article's page, or why there is none."""

    text: str  # Markdown; empty when it could not be had
    fetched: int
    error: str


class ArticleRow(NamedTuple):
    """An article with all that is known about it."""

    id: int
    story: int
    story_key: str  # what the story is called in scripts: the key of the report that founded it
    outlets: int  # in the story
    url: str
    original: str  # the page that ``o`` opens; the same as ``url`` where the source named no other
    headline: str
    former_headline: str  # what it said before it changed, else empty
    excerpt: str
    text: str  # Markdown; empty when not kept
    published: int
    is_date_known: bool
    is_day_only: bool
    outlet: str
    domain: str
    topics: tuple[str, ...]
    quality: int | None
    heat: int | None
    category: str
    kind: str
    is_current: bool  # whether its site still lists it
    origin: str  # document, listed, feed or site
    source: str  # the name of its subscription
    place: str  # the file or page that it was read from
    images: tuple[ImageRow, ...]
    links: tuple[LinkRow, ...]
    warnings: tuple[str, ...]
    is_read: bool
    is_saved: bool
    page: PageRow | None = None  # None when its page was never fetched

    @property
    def full_text(self) -> str:
        """The text of its page where that was fetched, else the one that came with it; Markdown."""
        return self.page.text if self.page is not None and self.page.text else self.text


class Subscription(NamedTuple):
    """A place that the library reads, and how its last reading went. Times in seconds, None for never."""

    id: int
    kind: str  # folder, site, feed, or web for an address that was never asked what it is
    place: str
    name: str
    topic: str
    last_good: int | None
    last_tried: int | None
    error: str  # why the last reading failed, else empty
    articles: int
    folders: tuple[str, ...] = ()  # around the topic in a list of subscriptions, the outermost first
    every: int | None = None  # minutes between two readings, None as the settings say
    is_paused: bool = False
    is_full_text: bool = False  # whether the pages of its articles are fetched with it
    may_be_private: bool = False  # whether it may be in a private network
    next_attempt: int | None = None  # when it may be asked again after it failed
    failures: int = 0  # in a row, after each of which it was to be left alone
    is_gone: bool = False  # its server said that it is gone for good


class Added(NamedTuple):
    """What a batch brought: articles that are new, and known ones that changed."""

    new: int
    changed: int


class Mute(NamedTuple):
    """Something the reader does not want to see."""

    kind: str  # outlet, topic or word
    value: str


class Change(NamedTuple):
    """A change of state that was made, undone or redone."""

    what: str  # "Marked 42 read"
    stories: tuple[int, ...]
