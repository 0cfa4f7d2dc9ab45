"""Getting about: from pane to pane, from topic to topic, to the next unread story, to a numbered report and back."""

from newstui.library.listings import Listing
from newstui.library.rows import ALL, ArticleRow
from newstui.tui.coverage_rows import Beside
from newstui.tui.rows import Group
from newstui.tui.screens.exchanging import Exchanging
from newstui.tui.screens.story_screen import TEXT_ALONE
from newstui.tui.widgets.main_pane import MainPane, Spot
from newstui.tui.widgets.sidebar import Sidebar

CHUNK = 500  # stories looked through at once for an unread one


class Moving(Exchanging):
    """What moves the cursor, the focus and the text."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self._trail: list[tuple[ArticleRow, Spot]] = []
        """The articles that one came from by a numbered report, each with the place where one was in it."""
        self._with_similar: set[int] = set()
        """The articles whose similar ones are unfolded, as long as there is a way back to them."""

    def enter_main_pane(self) -> None:
        """Go into the text of the story under the cursor, also where the cursor has only just come to it."""
        self.show_selected()
        if self.article is not None:
            self.add_class("-reading")
            self.main_pane.focus()
            self.show_bars()

    def leave_main_pane(self) -> None:
        """Go back to the list."""
        self.remove_class(*TEXT_ALONE)
        self.sidebar.focus()
        self.show_bars()

    def on_sidebar_opened(self, event: Sidebar.Opened) -> None:
        event.stop()
        self.enter_main_pane()
        self.count_as_read()

    def on_main_pane_left(self, event: MainPane.Left) -> None:
        event.stop()
        self.leave_main_pane()

    def on_main_pane_shown(self, event: MainPane.Shown) -> None:
        event.stop()
        self.show_report(event.article)

    def on_main_pane_similar_turned(self, event: MainPane.SimilarTurned) -> None:
        event.stop()
        self._with_similar ^= {event.article}
        self.show_article_again()

    def action_other_pane(self) -> None:
        if self.main_pane.has_focus:
            self.leave_main_pane()
        else:
            self.enter_main_pane()

    def action_focus_reports(self) -> None:
        pane = self.main_pane
        if self.article is None or not pane.focus_reports():
            self.tell("No other report beside this article")
            return
        self.enter_main_pane()
        if not pane.size.width:  # it was hidden, and nothing of it was made
            self.call_after_refresh(pane.focus_reports)

    def action_show_report(self, number: int) -> None:
        article, shown = self.main_pane.number_at(number), self.article
        if shown is not None and article == shown.id:
            self.tell("This report is shown already")
        elif article is not None:
            self.show_report(article)
        else:
            self.tell(f"There is no report {number} here")

    def action_change_order(self) -> None:
        """Put the reports in the order of time, or the best ones first."""
        if self.main_pane.has_other_reports:
            self.main_pane.change_order()
            self.tell("The best reports first" if self.main_pane.is_best_first else "The reports in order of time")
        else:
            self.tell("No other report beside this article")

    def show_article(self, article: ArticleRow) -> None:
        """Show an article from its beginning, with what stands beside it."""
        self.main_pane.show(article, self._beside(article.id))

    def show_article_again(self) -> None:
        """Show the article with what stands beside it now, at the place where the reader is."""
        if self.article is not None:
            self.main_pane.show_again(self._beside(self.article.id))

    def _beside(self, article: int) -> Beside:
        similar = self.library.similar(article) if article in self._with_similar else None
        return Beside(self.library.coverage(article), self.library.listed(article), similar)

    def show_report(self, article: int) -> None:
        """Show another report in place, which reads its story; ``q`` comes back."""
        shown, report = self.article, self.library.article(article)
        if report is None or shown is None or report.id == shown.id:
            return
        self._trail.append((shown, self.main_pane.spot))
        self.show_article(report)
        self.library.mark_read([report.story], True, self.now())
        self.state_changed()

    def forget_trail(self) -> None:
        """The cursor went on: there is no way back to keep."""
        self._trail.clear()
        self._with_similar.clear()

    def _back_on_trail(self) -> bool:
        if not self._trail:
            return False
        article, spot = self._trail.pop()
        self.show_article(self.library.article(article.id) or article)
        self.main_pane.come_back(spot)
        self.show_bars()
        return True

    def action_back_to_report(self) -> None:
        """Go back as far as one came into the text; never out of the program."""
        if self._back_on_trail():
            return
        if self.is_text_alone or self.main_pane.has_focus:
            self.leave_main_pane()
        else:
            self.tell("There is no report to go back to")

    def action_back(self) -> None:
        if self._back_on_trail():
            return
        if self.is_text_alone or self.main_pane.has_focus:
            self.leave_main_pane()
        elif self.rows.filter or self.filter_line is not None:
            self.action_clear()
        else:
            self.run_worker(self.app.run_action("quit"), group="quitting")

    def action_scroll_text(self, by: int) -> None:
        self.main_pane.scroll_by(by)

    def action_page_back(self) -> None:
        self.main_pane.page(-1)

    def action_read_on(self) -> None:
        """Page the text; at its end the story is read, and the next unread one comes."""
        if self.article is not None and not self.main_pane.at_end:
            self.main_pane.page(1)
            return
        self.count_as_read()
        if not self.go_to_unread(1):
            self._tell_no_unread(1)

    def action_next_story(self, by: int) -> None:
        if self.rows.filter.words:
            self._step_in_found(by)
        elif not self.go_to_unread(by):
            self._tell_no_unread(by)

    def _step_in_found(self, by: int) -> None:
        line = self.sidebar.cursor + (self.rows.height_at(self.sidebar.cursor) if by > 0 else -1)
        if 0 <= line < len(self.rows) and self.rows.block_at(line)[0].kind == "stories":
            self.sidebar.put_cursor(line, by)
        else:
            self.tell(f"No match {'after' if by > 0 else 'before'} this one")

    def go_to_unread(self, by: int) -> bool:
        """Go to the next or previous unread story, unfolding its topic if need be; False if there is none."""
        place = self._unread_here(by) or self._unread_elsewhere(by)
        if place is None:
            return False
        if place[0] not in self.rows.unfolded:
            self.rows.unfolded.add(place[0])
            self.rows.arrange()
        self.sidebar.keep_cursor_on(*place)
        return True

    def _unread_here(self, by: int) -> tuple[str, int] | None:
        """The next unread story of the topic that the cursor is in."""
        line, group = self.sidebar.cursor, self.group
        listing = self.rows.listing_of(group) if group is not None else None
        if group is None or listing is None:
            return None
        if self.rows.block_at(line)[0].listing is None:
            return self._unread_of(group, listing, 0, by) if by > 0 else None
        return self._unread_of(group, listing, self.rows.number_at(line) + by, by)

    def _unread_elsewhere(self, by: int) -> tuple[str, int] | None:
        for group in self._topics_onward(by):
            if group.unread:
                listing = self.rows.stories_of(group)
                if place := self._unread_of(group, listing, 0 if by > 0 else len(listing) - 1, by):
                    return place
        return None

    def _topics_onward(self, by: int) -> list[Group]:
        """The topics that follow, or precede; not a folded ``All``, whose stories are in the others."""
        groups, unfolded = self.rows.groups, self.rows.unfolded
        here = groups.index(self.group) if self.group in groups else 0
        is_folded = self.group is not None and self.group.key not in unfolded
        onward = groups[here + (not is_folded) :] if by > 0 else groups[:here][::-1]
        has_topics = any(not group.is_view and group.topic != ALL for group in groups)
        return [
            group
            for group in onward
            if not group.is_view and (group.topic != ALL or group.key in unfolded or not has_topics)
        ]

    def _unread_of(self, group: Group, listing: Listing, start: int, by: int) -> tuple[str, int] | None:
        numbers = range(start, len(listing)) if by > 0 else range(start, -1, -1)
        for first in range(0, len(numbers), CHUNK):
            part = numbers[first : first + CHUNK]
            stories = listing[min(part) : max(part) + 1][::by]
            if (story := self.rows.first_unread(stories)) is not None:
                return group.key, story
        return None

    def _tell_no_unread(self, by: int) -> None:
        if not any(group.unread for group in self.rows.groups):
            self.tell("Everything is read")
        else:
            self.tell(f"No unread story {'after' if by > 0 else 'before'} this one")

    def action_next_topic(self, by: int) -> None:
        keys = [group.key for group in self.rows.groups]
        if self.group is None or not keys:
            return
        self.show_list()
        number = keys.index(self.group.key) + by
        if by < 0 and self.story is not None:
            number += 1
        self.sidebar.keep_cursor_on(keys[min(len(keys) - 1, max(0, number))], None)

    def action_jump_to_topic(self) -> None:
        from newstui.tui.screens.menu import Choice, Menu

        choices = [Choice("", group.name, _count(group.unread), group.key) for group in self.rows.groups]
        self.app.push_screen(Menu("Jump to a topic", choices, is_searchable=True), self._topic_chosen)

    def _topic_chosen(self, key: object) -> None:
        if isinstance(key, str):
            self.show_list()
            self.rows.unfolded.add(key)
            self.rows.arrange()
            self.sidebar.keep_cursor_on(key, None)
            if self.group is not None and len(self.rows.stories_of(self.group)):
                self.sidebar.action_move(1)

    def show_view(self, name: str) -> None:
        """Go to a view."""
        self._topic_chosen(f"view:{name}")

    def select_first(self) -> None:
        """Go to the first story of the first unfolded topic."""
        for line in range(len(self.rows)):
            if self.rows.at(line).story is not None:
                self.sidebar.put_cursor(line)
                return
            if self.rows.block_at(line)[0].kind == "stories":
                return


def _count(unread: int) -> str:
    return f"{unread:,} unread" if unread else ""
