"""The reports of a story beside each other: why they are together, how each puts it, and which does not belong."""

from newstui.library.rows import Change, Coverage, Report
from newstui.tui.screens.story_screen import StoryScreen

ALONE = "This report is alone: there is no story to take it out of"
BY_ITSELF = "This report is a story by itself already: those beside it are in others"
NO_REPORT = "Only a report of this story can be taken out of it"


class Comparing(StoryScreen):
    """What the reader can ask about the reports beside an article, and say about them."""

    def action_details(self) -> None:
        if (shown := self.article) and (article := self.library.article(shown.id)):  # its state is that of now
            from newstui.tui.screens.details import DetailsScreen
            from newstui.tui.why_text import reasons

            coverage = self.library.coverage(article.id)
            told = reasons(coverage, article.id, self._chosen(coverage), self.library.why)
            self.app.push_screen(DetailsScreen(article, told))

    def action_headlines(self) -> None:
        if (article := self.article) is None:
            return
        coverage = self.library.coverage(article.id)
        if len(coverage.reports) < 2:
            self.tell("No other report to compare the headline with")
            return
        from newstui.tui.screens.headlines import HeadlinesScreen

        self.app.push_screen(HeadlinesScreen(coverage, article.id), self._headline_chosen)

    def _headline_chosen(self, report: int | None) -> None:
        if report is not None:
            self.show_report(report)

    def action_separate(self) -> None:
        """Take the report under the cursor, or the one that is shown, out of its story."""
        if (article := self.article) is None:
            return
        coverage, chosen = self.library.coverage(article.id), None
        if self._has_cursor_on_row() and (chosen := self._chosen(coverage)) is None:
            self.tell(NO_REPORT)
        elif chosen is not None and not chosen.is_member:
            self._set_apart(self.library.keep_out(chosen.article, coverage.story, self.now()))
        elif coverage.articles < 2:
            self.tell(BY_ITSELF if len(coverage.reports) > 1 else ALONE)
        else:
            self._set_apart(self.library.separate(chosen.article if chosen else article.id, self.now()))

    def _set_apart(self, change: Change) -> None:
        self.relaid(self.rows.arrived)
        self.show_article_again()
        self.count_views_soon()
        self.tell_change(change, "Nothing changed")

    def _chosen(self, coverage: Coverage) -> Report | None:
        """The report under the cursor, if it is one of the coverage."""
        chosen = self.main_pane.report if self._has_cursor_on_row() else None
        return next((report for report in coverage.reports if report.article == chosen), None)

    def _has_cursor_on_row(self) -> bool:
        return self.main_pane.has_focus and self.main_pane.row is not None

    def show_report(self, article: int) -> None:
        """Show another report in place; ``q`` comes back."""
        raise NotImplementedError

    def show_article_again(self) -> None:
        """Show the article with what stands beside it now, at the place where the reader is."""
        raise NotImplementedError

    def count_views_soon(self) -> None:
        """Count the views, and what the filter finds in folded topics, once the reader has paused."""
        raise NotImplementedError
