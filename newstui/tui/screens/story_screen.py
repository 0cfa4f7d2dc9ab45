"""What every part of the main screen stands on: the library, the two panes, and what is selected."""

from collections.abc import Callable, Mapping

from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from newstui.config import Settings
from newstui.library import Library
from newstui.library.rows import ArticleRow, Change, StoryRow
from newstui.terminal.surroundings import Surroundings
from newstui.tui.rows import Group, Rows, views_of
from newstui.tui.widgets.bars import Footer, Header
from newstui.tui.widgets.main_pane import MainPane
from newstui.tui.widgets.sidebar import Sidebar

MESSAGE_SHOWN, TROUBLE_SHOWN = 4.0, 10.0
"""Seconds that a message, or an error, is shown."""

TEXT_ALONE = ("-reading", "-alone")
"""The classes of a screen that shows the text without the list: a narrow one in which one reads, and any by ``z``."""


class StoryScreen(Screen[None]):
    """A screen with stories at the left and an article at the right; its parts add what one can do with them."""

    def __init__(
        self,
        library: Library,
        settings: Settings,
        surroundings: Surroundings,
        keys: Mapping[str, str],
        now: Callable[[], int],
    ) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.surroundings = surroundings
        self.shown_keys = keys
        self.now = now
        self.rows = Rows(library, now, settings.sort, views_of(settings))
        self.sidebar = Sidebar(self.rows, now())
        self.main_pane = MainPane(id="main-pane", now=now)
        self.header = Header(id="header")
        self.footer = Footer(id="footer")
        self.message = ""
        """What was said last, while it is shown."""
        self._telling: Timer | None = None
        self.reminder = ""
        self._paintings = 0

    def _compositor_refresh(self) -> None:
        """Paint the first layout and, once at rest, the whole screen; Textual would paint between these, twice."""
        is_between = self._paintings == 1 and self._repaint_required
        if not is_between:
            self._paintings += 1
            super()._compositor_refresh()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No toasts and tooltips of Textual's: the first thing they do is to lay the screen out once more."""

    @property
    def group(self) -> Group | None:
        """The topic or view that the cursor is in."""
        return self.sidebar.group

    @property
    def story(self) -> StoryRow | None:
        """The story that the cursor is on."""
        return self.sidebar.story

    @property
    def article(self) -> ArticleRow | None:
        """The article that the main pane shows."""
        return self.main_pane.article

    @property
    def story_in_view(self) -> StoryRow | None:
        """The story that is being read: the cursor's, or that of another story's report which is shown in place."""
        article = self.library.article(self.article.id) if self.article is not None else None
        if self.story is None or article is None or article.story == self.story.id:
            return self.story
        return next(iter(self.library.story_rows([article.story])), self.story)

    def show_selected(self) -> None:
        """Draw what the cursor stands on, in the main pane and in the bars."""
        raise NotImplementedError

    def show_bars(self) -> None:
        """Draw header and footer as things stand."""
        raise NotImplementedError

    def tell(self, text: str, ending: str = "", *, is_error: bool = False) -> None:
        """Say what was done, for a moment, in the place of the keys; the ending, too, where it is narrow.

        A toast would lay the screen out again and send all of it, twice.
        """
        if self._telling is not None:
            self._telling.stop()
        self._telling = self.set_timer(TROUBLE_SHOWN if is_error else MESSAGE_SHOWN, self._told)
        self.message = text + ending
        self.footer.show_message(text, ending, is_error=is_error)
        self.add_class("-telling")

    def warn(self, banner: str) -> None:
        """Say what the reader must know, and keep a reminder of it in the header."""
        self.reminder = "nothing is kept"
        self.tell(banner, is_error=True)
        self.show_bars()

    def _told(self) -> None:
        self._telling, self.message = None, ""
        self.remove_class("-telling")
        self.show_bars()

    def tell_change(self, change: Change | None, otherwise: str) -> None:
        """Say what changed and which key takes it back."""
        if change is None:
            self.tell(otherwise)
        else:
            self.tell(change.what, " · u undoes")

    def state_changed(self) -> None:
        """Draw read, saved and the counts anew; rows and cursor stay where they are."""
        self.rows.forget()
        self.rows.refresh_counts()
        self.sidebar.repaint()
        self.show_bars()

    def selected(self) -> tuple[str, int | None, int]:
        """Where the cursor is: its group, its story, and how far below the top of the pane."""
        group, story = self.group, self.story
        return group.key if group else "", self.rows.entry(story) if story else None, self.sidebar.rows_above

    @property
    def is_text_alone(self) -> bool:
        """Whether the text takes the place of the list."""
        return self.has_class("-alone") or self.has_class("-narrow", "-reading")

    def show_list(self) -> None:
        """Show the list where the text stands alone: what was asked for is to be seen there."""
        if self.is_text_alone:
            self.remove_class(*TEXT_ALONE)
            self.sidebar.focus()

    def relaid(self, lay_out: Callable[[], None], *, keeps_height: bool = True) -> None:
        """Lay the rows out again and keep the cursor on its story, at its height in the pane."""
        key, story, offset = self.selected()
        lay_out()
        self.sidebar.keep_cursor_on(key, story, offset if keeps_height else None)
        self.show_selected()
