"""The full text of an article: fetched from its page by a key, kept, and shown in the place of what came with it."""

from typing import TYPE_CHECKING

from newstui.library.rows import ArticleRow
from newstui.tui.screens.picturing import Picturing

if TYPE_CHECKING:
    from newstui.tui.errands import Errand
    from newstui.tui.full_texts import FullTextCame


class Fetching(Picturing):
    """What fetches full texts. One that comes while another article is read is kept, and disturbs nobody."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self._full_texts: dict[int, Errand] = {}
        """What is on its way, by its article."""

    def action_full_text(self) -> None:
        """Fetch the full text of the article that is read, or turn between it and what came with the article."""
        article = self.library.article(self.article.id) if self.article is not None else None
        if article is None:
            return
        if (errand := self._full_texts.pop(article.id, None)) is not None:
            errand.stop()
            self.tell("The full text is not fetched any more")
        elif article.page is not None and article.page.text:
            is_own = self.main_pane.turn_text(article)
            self.tell("What came with the article" if is_own else "The full text of its page", " · x turns back")
        else:
            self._fetch_full_text(article)

    def _fetch_full_text(self, article: ArticleRow) -> None:
        from newstui.tui.full_texts import fetch_full_text

        if not self.main_pane.size.width:
            self.enter_main_pane()
        self._full_texts[article.id] = fetch_full_text(
            article, self.library, self.settings, self.now(), self.post_message
        )
        self.show_bars()

    def on_full_text_came(self, event: "FullTextCame") -> None:
        """Show the text that came, or why none did, where its article is still the one that is read."""
        self._full_texts.pop(event.article, None)
        article = self.library.article(event.article)
        if article is None or self.article is None or self.article.id != article.id:
            return
        self.main_pane.show_changed(article)
        if event.error:
            self.tell(f"No full text: {event.error}", is_error=True)
        else:
            self.tell("The full text of its page", " · x shows what came with the article")

    def progress(self) -> str:
        if self.article is not None and self.article.id in self._full_texts:
            return "Fetching the full text…"
        return super().progress()
