"""Read, saved, muted, and taking it back."""

from collections.abc import Sequence

from textual.timer import Timer

from newstui.library.rows import Change, StoryRow
from newstui.tui.screens.comparing import Comparing

SHORTEST_REST = 0.01  # seconds; a timer must have a time
COUNT_AFTER = 0.2  # seconds without a change of the filter after which what is folded is counted
COUNT_NEXT = 0.01  # seconds between two counts, for a key that comes meanwhile


class Marking(Comparing):
    """What the reader can do to the state of stories; all of it can be undone."""

    _reading_timer: Timer | None = None
    _counting: Timer | None = None
    _kept_unread: int | None = None
    """The story that the reader marked unread: resting on it must not mark it read again."""

    def await_reading(self) -> None:
        """Count the story as read when the cursor has rested on it long enough."""
        if self._reading_timer is not None:
            self._reading_timer.stop()
            self._reading_timer = None
        story, seconds = self.story, self.settings.mark_read_after
        if story is None or story.id != self._kept_unread:
            self._kept_unread = None
        if story is not None and self._is_to_be_read(story) and seconds != "never":
            self._reading_timer = self.set_timer(max(SHORTEST_REST, float(seconds)), self._rested)

    def _rested(self) -> None:
        if self.is_active:
            self.count_as_read()

    def on_screen_resume(self) -> None:
        """A dialog is closed: what was under it is looked at again."""
        self.await_reading()

    def count_as_read(self) -> None:
        """Mark the selected story read because it was read; asked for nothing, so it says nothing."""
        story = self.story
        if story is not None and self._is_to_be_read(story):
            self.library.mark_read([story.id], True, self.now())
            self.state_changed()

    def _is_to_be_read(self, story: StoryRow) -> bool:
        """Whether reading a story changes anything: it is unread, or has reports that came since it was read."""
        return bool(story.is_unread or story.new_reports) and story.id != self._kept_unread

    def action_toggle_read(self) -> None:
        if story := self.story_in_view:
            self._kept_unread = None if story.is_unread else story.id
            change = self.library.mark_read([story.id], story.is_unread, self.now())
            self.state_changed()
            self.await_reading()
            if self.story is not None and story.id != self.story.id:  # no row shows it
                self.tell_change(change, "Nothing changed")

    def action_toggle_saved(self) -> None:
        if (story := self.story_in_view) is None:
            return
        if not story.is_saved and self._is_only_listed(story):
            self.tell("Known only from a list, so it can't be saved: o opens its page")
            return
        change = self.library.mark_saved([story.id], not story.is_saved, self.now())
        self.state_changed()
        self.count_views_soon()
        self.tell_change(change, "Nothing changed")

    def _is_only_listed(self, story: StoryRow) -> bool:
        """Whether a story is in no list of the sidebar, in which what is saved could be found again."""
        article = self.library.article(story.article)
        return article is not None and article.origin == "listed"

    def action_mark_all_read(self) -> None:
        stories = self.rows.shown_stories(self.sidebar.cursor)
        change = self.library.mark_read(stories, True, self.now()) if stories else None
        self.state_changed()
        self.tell_change(change if change and change.stories else None, "Everything shown here is read")

    def action_undo(self) -> None:
        if change := self.library.undo():
            self._after_undo(change, f"Undone: {change.what}", " · ctrl+r does it again")
        else:
            self.tell("Nothing to undo")

    def action_redo(self) -> None:
        if change := self.library.redo():
            self._after_undo(change, f"Done again: {change.what}", " · u undoes")
        else:
            self.tell("Nothing to redo")

    def _after_undo(self, change: Change, text: str, ending: str) -> None:
        was_on_story = self.story is not None
        self.relaid(self.rows.arrived)
        if was_on_story and self.story is None:
            self._go_to_one_of(change.stories)
        self.show_article_again()
        story = self.story
        self._kept_unread = story.id if story is not None and story.is_unread else None
        self.await_reading()
        self.count_views_soon()
        self.tell(text, ending)

    def _go_to_one_of(self, stories: Sequence[int]) -> None:
        """The selected story is no more: its reports are in another of the stories that changed with it."""
        listing = self.rows.listing_of(self.group) if self.group is not None else None
        for story in stories:
            if self.group is not None and listing is not None and listing.place_of(story) is not None:
                self.sidebar.keep_cursor_on(self.group.key, story)
                return

    def action_mute(self) -> None:
        article = self.article
        if article is None:
            return
        from newstui.tui.screens.menu import Choice, Menu

        topics = [Choice("", topic, "topic", ("topic", topic)) for topic in article.topics]
        choices = [
            Choice("o", article.outlet, "outlet", ("outlet", article.domain or article.outlet)),
            *topics,
            Choice("w", "a word…", "in headlines", ("word", "")),
        ]
        self.app.push_screen(Menu("Mute: show no more stories of", choices), self._mute_chosen)

    def _mute_chosen(self, chosen: object) -> None:
        if not isinstance(chosen, tuple):
            return
        kind, value = chosen
        if value:
            self._mute(kind, value)
            return
        from newstui.tui.screens.prompt import Prompt

        prompt = Prompt("Mute a word", "Stories with this word in the headline are not shown any more.")
        self.app.push_screen(prompt, lambda word: self._mute("word", word) if word else None)

    def _mute(self, kind: str, value: str) -> None:
        change = self.library.mute(kind, value, self.now())
        self.relaid(self.rows.renew)
        self.count_views_soon()
        self.tell_change(change, "Nothing changed")

    def count_views_soon(self) -> None:
        """Count the views, and what the filter finds in folded topics, once the reader has paused."""
        self.rows.count_anew()
        self._count_after(COUNT_AFTER)

    def _count_after(self, seconds: float) -> None:
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(seconds, self._count_next)

    def _count_next(self) -> None:
        if self.rows.count_next():
            self._count_after(COUNT_NEXT)
        else:
            self.rows.refresh_counts()
            self.sidebar.repaint()
            if self.story is None:
                self.show_selected()
            else:
                self.show_bars()
