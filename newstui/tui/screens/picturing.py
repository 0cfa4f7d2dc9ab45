"""The picture of an article, in the colours and the size that the terminal has: unfolded in its text by a key."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from newstui.library.rows import ArticleRow
from newstui.tui.article_text import MEASURE
from newstui.tui.screens.moving import Moving

if TYPE_CHECKING:
    from newstui.tui.pictures import PictureCame, Pictures, Wanted

SHARE_OF_HEIGHT = 2 / 3
"""Of the pane, that a picture may take: some of the text is in view with it."""

SHOWN_AFTER = 0.5  # seconds of rest on an article after which its picture comes by itself, if the settings say so


class Picturing(Moving):
    """What shows pictures. None is fetched that was not asked for: by the key, or once and for all by the settings."""

    _pictures: "Pictures | None" = None
    _awaiting: int | None = None
    """The article whose picture is on its way."""
    _is_asked = False
    """Whether the reader pressed the key for it, and wants to hear how it went."""
    _picture_timer: Timer | None = None

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self._no_more: set[int] = set()
        """The articles whose picture does not come by itself again: it was folded away, or there was none."""

    @property
    def pictures(self) -> "Pictures":
        """What fetches the pictures of this screen."""
        if self._pictures is None:
            from newstui.tui.pictures import Pictures

            self._pictures = Pictures(self, self.settings)
        return self._pictures

    def action_picture(self) -> None:
        """Unfold the picture of the article that is read, or fold it away."""
        if (article := self.article) is None:
            return
        is_in_view = self.main_pane.size.width > 0
        if self.main_pane.picture is not None and is_in_view:
            self._no_more.add(article.id)
            self.main_pane.unfold_picture(None)
        elif self._awaiting == article.id and self._is_asked:
            self._awaiting = None
            self.pictures.give_up()
            self.tell("The picture is not fetched any more")
        elif reason := self._why_none(article):
            self.tell(reason)
        elif is_in_view:
            self._ask_for_picture()
        else:
            self.enter_main_pane()
            self.call_after_refresh(self._ask_for_picture)  # once the text has a size

    def _why_none(self, article: ArticleRow) -> str:
        """What keeps the picture of an article from being shown; empty if nothing does."""
        if self.settings.images == "off":
            return "Pictures are off in your settings"
        if not article.images:
            return "No picture came with this article"
        if self.surroundings.colours in ("none", "16"):
            few = "no colours" if self.surroundings.colours == "none" else "too few colours for a picture"
            return f"This terminal shows {few}"
        if not self.surroundings.is_utf8:
            return "This terminal shows no half blocks: its locale is not UTF-8"
        if self.app.current_theme.ansi:
            return "This theme's colours are too few for a picture: T chooses another"
        return ""

    def _ask_for_picture(self) -> None:
        if (article := self.article) is None:
            return
        self.main_pane.reveal_picture()
        if self.main_pane.picture is None:
            self._is_asked = True
            self._bring_picture(article)

    def _bring_picture(self, article: ArticleRow) -> None:
        """Unfold the picture of an article at once if it is at hand, else when it comes."""
        wanted = self._wanted(article)
        if (picture := self.pictures.kept(wanted)) is not None:
            self.main_pane.unfold_picture(picture)
            return
        self._awaiting = article.id
        self.pictures.fetch(wanted)
        if self._is_asked:
            self.tell("Fetching the picture…")

    def _wanted(self, article: ArticleRow) -> "Wanted":
        from newstui.tui.pictures import Wanted

        pane = self.main_pane
        columns = max(1, min(pane.size.width, MEASURE))
        rows = max(1, int(pane.size.height * SHARE_OF_HEIGHT))
        return Wanted(article.images[0].url, columns, rows, pane.background_colors[1].hex6)

    def on_picture_came(self, event: "PictureCame") -> None:
        """Unfold what came, unless the reader is elsewhere by now."""
        if not self.pictures.take(event):
            return
        awaiting, self._awaiting = self._awaiting, None
        if self.article is None or self.article.id != awaiting:
            return
        if event.picture is not None:
            self.main_pane.unfold_picture(event.picture)
        else:
            self._no_more.add(self.article.id)
        if self._is_asked:
            self._tell_how_it_went(event)

    def _tell_how_it_went(self, event: "PictureCame") -> None:
        if event.picture is None:
            self.tell(f"No picture: {event.error}", is_error=True)
        else:
            width, height = event.picture.of
            self.tell(f"{width:,}×{height:,}", " · I folds it away")

    def show_article(self, article: ArticleRow) -> None:
        super().show_article(article)
        if self._picture_timer is not None:
            self._picture_timer.stop()
        if self.settings.images == "auto" and not self.surroundings.is_ssh:
            self._picture_timer = self.set_timer(SHOWN_AFTER, self._picture_by_itself)

    def _picture_by_itself(self) -> None:
        article, pane = self.article, self.main_pane
        if article is None or article.id in self._no_more or pane.picture is not None or not pane.size.width:
            return
        if self._awaiting != article.id and not self._why_none(article):
            self._is_asked = False
            self._bring_picture(article)
