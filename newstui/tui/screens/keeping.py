"""Keeping what is filtered as a view, and taking a view out of the list."""

from newstui.errors import LibraryError, NewsError
from newstui.tui.screens.filtering import Filtering


class Keeping(Filtering):
    """What the reader can do about views."""

    def action_keep_view(self) -> None:
        from newstui.tui.screens.prompt import Prompt

        text = self.rows.filter.text
        if not text:
            self.tell("There is no filter to keep: / or F makes one", is_error=True)
            return
        self.app.push_screen(Prompt("Keep as a view", f"What shall “{text}” be called?"), self._view_named)

    def _view_named(self, name: str | None) -> None:
        if not name:
            return
        try:
            self._keep(name)
        except NewsError as error:
            self.tell(str(error), is_error=True)
            return
        self.relaid(self.rows.renew)
        self.count_views_soon()
        self.tell(f"Kept as the view “{name}”, below the topics")

    def _keep(self, name: str) -> None:
        if name in self.settings.views:
            raise LibraryError(f"your settings have a view “{name}” already", advice="choose another name")
        self.library.keep_view(name, self.rows.filter.text, self.now())

    def action_drop_view(self) -> None:
        from newstui.tui.screens.menu import Choice, Menu

        choices = [Choice("", view.name, view.query, view.name) for view in self.library.views() if not view.is_builtin]
        if not choices:
            self.tell("There is no view of your own to remove")
            return
        self.app.push_screen(Menu("Remove a view", choices, is_searchable=True), self._view_dropped)

    def _view_dropped(self, name: object) -> None:
        if isinstance(name, str):
            self.library.drop_view(name)
            self.relaid(self.rows.renew)
            self.tell(f"The view “{name}” is gone")
