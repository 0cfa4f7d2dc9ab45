"""The sidebar as one long list, of which only what is looked at is held."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from newstui.config import Settings
from newstui.errors import ConfigError, QueryError
from newstui.library import Library
from newstui.library.listings import MOST, Listing
from newstui.library.rows import ALL, StoryRow, View
from newstui.query import Query, parse
from newstui.tui.filters import Filter

PAGE = 64  # stories fetched at once
PAGES_KEPT = 6
MOST_TYPED = 500  # stories that a filter finds while it is typed; the others are found once the reader pauses


def views_of(settings: Settings) -> list[View]:
    """The views of the settings. ConfigError for a query that can't be understood."""
    for name, query in settings.views.items():
        try:
            parse(query)
        except QueryError as error:
            raise ConfigError(str(error), where=f"[views] {name}") from error
    return [View(name, query, False) for name, query in settings.views.items()]


class Group(NamedTuple):
    """Something that unfolds into stories: a topic, or a view of the reader's."""

    key: str  # "topic:3" or "view:Saved"
    name: str
    topic: int
    query: Query
    is_view: bool
    stories: int | None  # None while a view has not been counted
    unread: int


@dataclass(slots=True)
class Block:
    """Some lines of the sidebar: a gap, a heading, a group, or the stories of an unfolded group."""

    kind: Literal["gap", "heading", "group", "stories"]
    lines: int
    group: Group | None = None
    listing: Listing | None = None


class Place(NamedTuple):
    """What is on a line: its block, the story where it is one, and which of the story's lines."""

    block: Block
    story: StoryRow | None
    part: int


class Rows:
    """Groups and their stories, as lines. A group's stories keep their order until ``renew``."""

    def __init__(
        self, library: Library, now: Callable[[], int], sort: str = "newest", views: Sequence[View] = ()
    ) -> None:
        self._library = library
        self._now = now
        self._own_views = views
        self.sort = sort
        self.lines_a_story = 1
        self.is_by_article = False
        self.unfolded: set[str] = set()
        self.filter = Filter()
        self.found: dict[str, int] = {}
        self._uncounted: list[str] = []
        self._listings: dict[str, Listing] = {}
        self._pages: OrderedDict[tuple[str, int], list[StoryRow | None]] = OrderedDict()
        self._order: list[str] = []
        self._groups: dict[str, Group] = {}
        self.blocks: list[Block] = []
        self._starts = [0]
        self.refresh_counts()
        self.unfold_first()
        self.arrange()

    def unfold_first(self) -> None:
        """Unfold the first topic with unread stories, or the first one; ``All`` only where there is no other."""
        groups = [group for group in self.groups if not group.is_view and group.stories]
        topics = [group for group in groups if group.topic != ALL] or groups
        if topics:
            self.unfolded.add(next((group for group in topics if group.unread), topics[0]).key)

    @property
    def groups(self) -> list[Group]:
        """Topics in the order that they had first, then the views."""
        return [self._groups[key] for key in self._order]

    def __len__(self) -> int:
        return self._starts[-1]

    def arrange(self) -> None:
        """Lay the blocks out again, after a fold, a filter or a change of the counts."""
        self.blocks = list(self._blocks())
        self._starts = [0]
        for block in self.blocks:
            self._starts.append(self._starts[-1] + block.lines)

    def renew(self) -> None:
        """Ask for every list again: the filter or the order is another one."""
        self._listings.clear()
        self.found.clear()
        self.forget()
        self.refresh_counts()
        self.arrange()

    def arrived(self, *, is_filling: bool = False) -> None:
        """Take in what a refresh brought; filtered lists stay as they are until the view changes.

        While an empty library is filled the topics find their order; later it stays.
        """
        if is_filling:
            self._order.clear()
        for key in [key for key in self._listings if not self._query_of(self._groups[key])]:
            del self._listings[key]
        self.forget()
        self.refresh_counts()
        self.arrange()

    def forget(self) -> None:
        """Drop the stories that are held: what they say may have changed."""
        self._pages.clear()

    def refresh_counts(self) -> None:
        """Read the counts again; groups that are new come last, those that are gone go."""
        counted = {group.key: group.stories for group in self._groups.values() if group.is_view}
        now_there = list(self._groups_now(counted))
        self._groups = {group.key: group for group in now_there}
        topics = [key for key in self._order if key in self._groups and not self._groups[key].is_view]
        new = [group.key for group in now_there if not group.is_view and group.key not in topics]
        self._order = [*topics, *new, *(group.key for group in now_there if group.is_view)]
        for block in self.blocks:
            if block.group is not None:
                block.group = self._groups.get(block.group.key, block.group)

    def count_anew(self) -> None:
        """Let the views, and what folded groups hold of the filter, be counted again."""
        self._uncounted = [group.key for group in self.groups if group.is_view or self.filter.query_for(group.key)]

    def count_next(self) -> bool:
        """Count one of them; False when all are counted. One at a time, since a key must not wait for all."""
        if not self._uncounted:
            return False
        if (group := self._groups.get(self._uncounted.pop(0))) is not None:
            if group.is_view:
                stories = self._library.count(ALL, group.query, self._now())
                self._groups[group.key] = group._replace(stories=stories)
            if self.filter.query_for(group.key):
                self._find_all_of(group)
        return True

    def _find_all_of(self, group: Group) -> None:
        """Find what typing left out of an unfolded group; count what a folded one holds."""
        listing = self.listing_of(group)
        if listing is None:
            self.found[group.key] = self._count(group)
        elif listing.is_capped and len(listing) < MOST:
            self._listings[group.key] = self._found_in(group, MOST)
            self.arrange()

    def _count(self, group: Group) -> int:
        if self.is_by_article:
            return len(self._found_in(group, MOST))
        return self._library.count(group.topic, self._query_of(group), self._now())

    def _groups_now(self, counted: dict[str, int | None]) -> Iterator[Group]:
        topics = [topic for topic in self._library.topics() if topic.stories or topic.id == ALL]
        everything = next((topic.stories for topic in topics if topic.id == ALL), 0)
        holds_all = any(topic.stories == everything for topic in topics if topic.id != ALL)
        for topic in topics:
            if topic.id != ALL or not holds_all:
                key = f"topic:{topic.id}"
                yield Group(key, topic.name, topic.id, Query(), False, topic.stories, topic.unread)
        named = {view.name: view for view in (*self._library.views(), *self._own_views)}
        for view in named.values():
            key = f"view:{view.name}"
            yield Group(key, view.name, ALL, parse(view.query), True, counted.get(key), 0)

    def _blocks(self) -> Iterator[Block]:
        was_open, was_view = False, False
        for number, group in enumerate(self.groups):
            if group.is_view and not was_view:
                yield Block("gap", 1)
                yield Block("heading", 1)
            elif was_open and number:
                yield Block("gap", 1)
            yield Block("group", 1, group)
            was_view, was_open = group.is_view, group.key in self.unfolded
            if was_open:
                listing = self._listing(group)
                yield Block("stories", len(listing) * self.lines_a_story, group, listing)

    def fold(self, group: Group) -> None:
        """Fold a group; how many stories the filter lets through is known from the list that it had."""
        listing = self.listing_of(group)
        self.unfolded.discard(group.key)
        if listing is not None and (len(listing) >= MOST or not listing.is_capped):
            self.found[group.key] = len(listing)
        self.arrange()

    def listing_of(self, group: Group) -> Listing | None:
        """The stories of an unfolded group."""
        return self._listings.get(group.key) if group.key in self.unfolded else None

    def matches_in(self, group: Group) -> int | None:
        """How many stories of a group the filter lets through; None without a filter, or while it is not known."""
        if not self.filter.query_for(group.key):
            return None
        listing = self.listing_of(group)
        return len(listing) if listing is not None else self.found.get(group.key)

    def stories_of(self, group: Group) -> Listing:
        """The stories of a group, unfolded or not, as far as the filter lets them through."""
        return self._listing(group)

    def _query_of(self, group: Group) -> Query:
        return group.query & self.filter.query_for(group.key)

    def _listing(self, group: Group) -> Listing:
        if (listing := self._listings.get(group.key)) is None:
            listing = self._listings[group.key] = self._found_in(group, MOST_TYPED if self.filter.is_typing else MOST)
        return listing

    def _found_in(self, group: Group, most: int) -> Listing:
        sort = self.filter.sort or group.query.sort or self.sort
        list_ = self._library.article_listing if self.is_by_article else self._library.listing
        return list_(group.topic, self._query_of(group), sort, self._now(), most)

    def entry(self, row: StoryRow) -> int:
        """What a row is in its list: its story, or its article where each stands by itself."""
        return row.article if self.is_by_article else row.id

    def block_at(self, line: int) -> tuple[Block, int]:
        """The block that holds a line, and the line's place in it."""
        number = bisect_right(self._starts, line) - 1
        return self.blocks[number], line - self._starts[number]

    def at(self, line: int) -> Place:
        """What is on a line."""
        block, place = self.block_at(line)
        if block.listing is None:
            return Place(block, None, 0)
        number, part = divmod(place, self.lines_a_story)
        return Place(block, self._story(block, number), part)

    def number_at(self, line: int) -> int:
        """Which of its group's stories is on a line, counted from 0."""
        return self.block_at(line)[1] // self.lines_a_story

    def start_of_row(self, line: int) -> int:
        """The first line of the row that a line belongs to."""
        block, place = self.block_at(line)
        return line - place % self.lines_a_story if block.listing is not None else line

    def height_at(self, line: int) -> int:
        """How many lines the row on a line has."""
        return self.lines_a_story if self.block_at(line)[0].listing is not None else 1

    def holds_cursor(self, line: int) -> bool:
        """Whether the cursor can stand on a line."""
        return self.block_at(line)[0].kind in ("group", "stories")

    def line_of(self, key: str, story: int | None = None) -> int | None:
        """Where a story of a group stands now; the group itself if the story is not shown; None if neither is."""
        for block, start in zip(self.blocks, self._starts, strict=False):
            if block.group is None or block.group.key != key:
                continue
            if block.listing is None:
                line = start
                if story is None or key not in self.unfolded:
                    return line
            elif story is not None and (number := block.listing.place_of(story)) is not None:
                return start + number * self.lines_a_story
            else:
                return line
        return None

    def _story(self, block: Block, number: int) -> StoryRow | None:
        assert block.group is not None
        page, place = divmod(number, PAGE)
        stories = self._page(block.group.key, block.listing, page)
        return stories[place] if place < len(stories) else None

    def _page(self, key: str, listing: Listing | None, page: int) -> list[StoryRow | None]:
        if (stories := self._pages.get((key, page))) is not None:
            self._pages.move_to_end((key, page))
            return stories
        assert listing is not None
        end = min(len(listing), (page + 1) * PAGE)
        ids = listing[page * PAGE : end]  # fewer than that, where stories moved up while the list was being found
        rows = self._library.article_lines(ids) if self.is_by_article else self._library.story_rows(ids)
        by_id = {self.entry(row): row for row in rows}
        self._pages[key, page] = stories = [by_id.get(story) for story in ids]
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return stories

    def shown_stories(self, line: int) -> list[int]:
        """Every story of the group that a line belongs to, as far as the filter lets it through."""
        group = self.block_at(line)[0].group
        if group is None:
            return []
        entries = list(self._listing(group))
        return self._library.stories_of(entries) if self.is_by_article else entries

    def first_unread(self, entries: Sequence[int]) -> int | None:
        """The first of some entries of a list that is unread."""
        find = self._library.first_unread_article if self.is_by_article else self._library.first_unread
        return find(entries)
