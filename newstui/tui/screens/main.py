"""The main screen: it puts the panes side by side, lets one follow the other, and remembers the place."""

import time
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.timer import Timer

from newstui.tui import states
from newstui.tui.commands import Area, bindings, commands_of
from newstui.tui.rows import Group
from newstui.tui.screens.fetching import Fetching
from newstui.tui.screens.filtering import SORTS
from newstui.tui.session import Session

REST = 0.06  # seconds the cursor must rest before the main pane follows, while a key repeats
REPEAT = 0.15  # two moves closer than this are a key that repeats
KEEP_SESSION = 2.0  # seconds of rest after which the place is kept
TWO_LINES_BELOW = 100  # columns; a narrower screen gives a story two lines, since one keeps too little of a headline
MOST_KEYS = 8  # that the footer names; help is always among them
NARROWEST, WIDEST, STEP = 20, 80, 4  # per cent of the screen that the sidebar can take, and one move of the border

NEEDS_ARTICLE = frozenset(
    {"open_original", "open_and_go_on", "copy_url", "copy_details", "links", "details", "picture", "mute", "zoom"}
    | {"full_text", "headlines", "separate"}
)
NEEDS_STORY = frozenset({"toggle_read", "toggle_saved"})
ABOUT_THE_TEXT = NEEDS_ARTICLE | NEEDS_STORY | {
    "read_on", "scroll_text", "page_back", "focus_reports", "show_report", "change_order", "refresh_source",
    "quick_filter",
}  # fmt: skip


WIDTHS = ((0, "-narrow"), (60, "-medium"), (100, "-wide"))
HEIGHTS = ((0, "-low"), (12, "-normal"), (30, "-tall"))
"""From how many columns and lines on the style sheet sees which class."""


def breakpoints(size: Size) -> tuple[str, str]:
    """The classes of a size."""
    width = max(entry for entry in WIDTHS if entry[0] <= size.width)[1]
    height = max(entry for entry in HEIGHTS if entry[0] <= size.height)[1]
    return width, height


class MainScreen(Fetching):
    """Stories by topic, and the selected one beside them."""

    AUTO_FOCUS = "#sidebar"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("screen")]

    _moved_at = 0.0
    _is_resting = False
    _shown: tuple[object, ...] = ()
    _border = 0
    _density = 0
    _keep_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Everything is in its place before the first paint: each change after it would paint the screen again."""
        self._fit(self.app.size)
        self.restore(Session.read(self.library.session()))
        self.show_selected()
        yield self.header
        with Horizontal(id="panes"):
            yield self.sidebar
            yield self.main_pane
        yield self.footer

    def on_mount(self) -> None:
        self.watch(self.sidebar, "moves", self.follow_cursor, init=False)
        if self.has_class("-alone"):
            self.main_pane.focus()  # the list can't have the focus while it is hidden
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """What the first paint did not have to wait for: counts of views, sources that are due, what others do."""
        self.count_views_soon()
        self.watch_elsewhere()
        if not self.library.subscriptions(is_counted=False) and not self.rows.groups[0].stories:
            self.welcome()
        else:
            self.refresh_due()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)
        self.show_bars()

    def _fit(self, size: Size) -> None:
        """Tell the style sheet the size, and give stories the lines that suit it unless the reader chose."""
        self.update_classes({name: name in breakpoints(size) for _, name in (*WIDTHS, *HEIGHTS)})
        width = size.width
        chosen = self._density or {"one": 1, "two": 2}.get(self.settings.rows, 0)
        lines = chosen or (2 if width < TWO_LINES_BELOW else 1)
        if lines != self.rows.lines_a_story:
            key, story, _ = self.selected()
            self.rows.lines_a_story = lines
            self.rows.arrange()
            self.sidebar.keep_cursor_on(key, story)

    def follow_cursor(self) -> None:
        """Follow the cursor at once, or when it rests if a key repeats."""
        now = time.monotonic()
        repeats, self._moved_at = now - self._moved_at < REPEAT, now
        if repeats:
            if not self._is_resting:
                self._is_resting = True
                self.set_timer(REST, self._rest)
        elif not self._is_resting:
            self.show_selected()

    def _rest(self) -> None:
        left = self._moved_at + REST - time.monotonic()
        if left > 0.002:
            self.set_timer(left, self._rest)
            return
        self._is_resting = False
        self.show_selected()

    def show_selected(self) -> None:
        story, group = self.story, self.group
        state = (group, self.rows.filter, group and self.rows.matches_in(group))
        # A report that comes to a story or leaves it must not take away the text that is being read.
        selected = state if story is None else (story.id, self.rows.is_by_article and story.article)
        if selected != self._shown or self._is_shown_gone():
            self._shown = selected
            self.forget_trail()
            self._show_story_or_state()
        self.await_reading()
        self.keep_session_soon()
        self.show_bars()

    def _is_shown_gone(self) -> bool:
        """Whether the library no longer has the article that is shown, though its story goes on without it."""
        return self.article is not None and self.library.article(self.article.id) is None

    def _show_story_or_state(self) -> None:
        story, group = self.story, self.group
        article = self.library.article(story.article) if story is not None else None
        if article is not None:
            self.show_article(article)
        elif group is None or not (group.stories or group.is_view):
            self.main_pane.show_text(list(states.nothing_yet(self.refresher.is_running)))
        else:
            found = self.rows.matches_in(group)
            self.main_pane.show_text(list(states.group_state(group, self.rows.filter, found)))

    def show_bars(self) -> None:
        group = self.group
        name = group.name if group is not None and not self.names_place() else ""
        note = self.filter_note() or self._unread_and_order(group)
        self.header.show(name, f"{note} · each article" if self.rows.is_by_article else note, self.freshness())
        if not self.message:
            self._show_keys_or_progress()
        self._show_position()

    def _unread_and_order(self, group: Group | None) -> str:
        order = SORTS[self.rows.filter.sort or self.rows.sort][1]
        if group is None or group.is_view:
            return order
        return f"{group.unread:,} unread{' stories' if self.rows.is_by_article else ''} · {order}"

    def _show_keys_or_progress(self) -> None:
        if progress := self.progress():
            self.footer.show_progress(progress)
        else:
            self.footer.show_keys(self._hints())

    def _show_position(self) -> None:
        group = self.group
        listing = self.rows.listing_of(group) if group is not None and self.story is not None else None
        place = self.rows.number_at(self.sidebar.cursor) + 1 if listing is not None else 0
        self.footer.show_position(place, len(listing) if listing is not None else 0)

    def _hints(self) -> list[tuple[str, str]]:
        in_text = self.main_pane.has_focus
        pane: Area = "main" if in_text and self.main_pane.reports else "screen" if in_text else "sidebar"
        has_coverage = self.main_pane.has_other_reports
        commands = [command for command in commands_of(pane, "screen", "app") if command.footer]
        hints = [
            (self.shown_keys[command.id], command.footer)
            for command in commands
            if has_coverage or command.action != "focus_reports"
        ]
        return hints if len(hints) <= MOST_KEYS else [*hints[: MOST_KEYS - 1], hints[-1]]

    def on_descendant_focus(self) -> None:
        self.call_later(self.show_bars)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self._is_resting and action in ABOUT_THE_TEXT:
            self.show_selected()  # a key that comes before the cursor has rested is about where the cursor is
        if action in NEEDS_ARTICLE:
            return self.article is not None
        if action in NEEDS_STORY:
            return self.story is not None
        if action == "stop_refreshing":
            return self.is_refreshing
        return True

    def action_zoom(self) -> None:
        if self.has_class("-alone"):
            self.leave_main_pane()
        else:
            self.add_class("-alone")
            self.main_pane.focus()

    def action_move_border(self, by: int) -> None:
        current = self._border or 100 * self.sidebar.outer_size.width // max(1, self.size.width)
        self._put_border(min(WIDEST, max(NARROWEST, current + by * STEP)))

    def _put_border(self, share: int) -> None:
        self._border = share
        if share:
            self.sidebar.styles.width = f"{share}%"
            self.sidebar.styles.max_width = "100%"

    def action_toggle_density(self) -> None:
        self._density = 1 if self.rows.lines_a_story == 2 else 2
        self._fit(self.size)

    def restore(self, session: Session) -> None:
        """Go back to the place of the last session; where that is gone, to the first story."""
        self._density, is_known = session.lines_a_story, bool(session.unfolded or session.group)
        self.rows.sort = session.sort or self.rows.sort
        self.rows.filter, self.rows.is_by_article = session.filter(), session.is_by_article
        if is_known:
            self.rows.unfolded = set(session.unfolded)
        self.rows.renew()
        self._put_border(session.border)
        self.set_class(session.is_alone, "-alone")
        line = self.rows.line_of(session.group, session.story or None) if is_known else None
        if line is None:
            self.select_first()
        else:
            self.sidebar.cursor = line

    def place(self) -> Session:
        """Where the reader is. What is as the settings have it is not kept: changing them must change it."""
        key, story, offset = self.selected()
        session = Session(key, story or 0, offset, sorted(self.rows.unfolded))
        session.sort = self.rows.sort if self.rows.sort != self.settings.sort else ""
        session.theme = self.app.theme if self.app.theme != self.settings.theme else ""
        session.lines_a_story, session.border = self._density, self._border
        session.is_alone, session.is_by_article = self.has_class("-alone"), self.rows.is_by_article
        session.keep_filter(self.rows.filter)
        return session

    def keep_session(self) -> None:
        """Remember where the reader is."""
        if self.is_mounted and self.filter_line is None:
            self.library.keep_session(self.place().stored())

    def keep_session_soon(self) -> None:
        """Remember the place once the reader has rested: a connection can be lost without a word."""
        if self._keep_timer is not None:
            self._keep_timer.stop()
        self._keep_timer = self.set_timer(KEEP_SESSION, self.keep_session)
