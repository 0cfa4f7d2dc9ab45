"""Opening the original page and copying its link, with no claim that can't be kept."""

import os

from newstui.errors import LinkError
from newstui.library.rows import ArticleRow
from newstui.links import SafeUrl
from newstui.text import long_date
from newstui.tui.screens.keeping import Keeping


class Opening(Keeping):
    """What leads out of newstui: the browser, the clipboard, and every link of an article."""

    def action_open_original(self) -> None:
        if article := self.article:
            self.run_worker(self._open(article, article.original), group="opening")

    def action_open_and_go_on(self) -> None:
        if article := self.article:
            self.run_worker(self._open_and_go_on(article), group="opening")

    async def _open_and_go_on(self, article: ArticleRow) -> None:
        if await self._open(article, article.original):
            self.go_to_unread(1)

    async def _open(self, article: ArticleRow, url: str) -> bool:
        """Open a page; where nothing can open it, show it whole and say what was done instead."""
        from newstui.terminal.opener import NotOpened, open_link

        try:
            safe = SafeUrl.parse(url)
        except LinkError as error:
            self.tell(f"Not opened: {error}", is_error=True)
            return False
        opened = await open_link(safe, self.surroundings, os.environ)
        if isinstance(opened, NotOpened):
            await self._show_link_card(article, safe, opened.reason)
            return False
        self.count_as_read()
        self.tell(f"Handed to {opened.program}")
        if complaint := await opened.result:
            self.tell(f"{opened.program} could not open it: {complaint}", is_error=True)
        return True

    async def _show_link_card(self, article: ArticleRow, url: SafeUrl, reason: str) -> None:
        from newstui.tui.screens.link_card import LinkCard

        how = await self._sent(url)
        self.app.push_screen(LinkCard(article.headline, url, f"Not opened: {reason}. The address was {how}."))

    def action_copy_url(self) -> None:
        if article := self.article:
            self.run_worker(self._copy(article.original), group="copying")

    def action_copy_details(self) -> None:
        if article := self.article:
            date = long_date(article.published) if article.is_date_known else "date unknown"
            text = f"{article.headline}, {article.outlet}, {date}, {article.original}"
            self.run_worker(self._copy(text), group="copying")

    async def _copy(self, text: str) -> None:
        how = await self._sent(text)
        self.tell(f"{how[0].upper()}{how[1:]}: {text}")

    async def _sent(self, text: str) -> str:
        """Put a text on the clipboard; how that went, in words."""
        from newstui.terminal.clipboard import copy

        return await copy(
            text,
            command=self.settings.copy_command,
            surroundings=self.surroundings,
            environ=os.environ,
            send=self.app.copy_to_clipboard,
        )

    def action_links(self) -> None:
        if article := self.article:
            from newstui.tui.screens.links import LinksScreen

            self.app.push_screen(LinksScreen(article), self._link_chosen)

    def _link_chosen(self, chosen: object) -> None:
        from newstui.tui.screens.links import Chosen

        if isinstance(chosen, Chosen) and self.article is not None:
            work = self._open(self.article, chosen.url) if chosen.verb == "open" else self._copy(chosen.url)
            self.run_worker(work, group="opening")

    def go_to_unread(self, by: int) -> bool:
        """Go to the next or previous unread story; False if there is none."""
        raise NotImplementedError
