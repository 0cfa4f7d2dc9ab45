"""The reader as a program: its screens, themes, keys and palette, and a clean end whatever ends it."""

import gc
import time
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from newstui.config import Settings, data_folder
from newstui.library import Library
from newstui.terminal.driver import driver_for
from newstui.terminal.lines import SafeLines
from newstui.terminal.surroundings import Surroundings
from newstui.tui.commands import Area, Command, bindings, commands_of
from newstui.tui.keymap import checked_keymap, shown_keys
from newstui.tui.rows import views_of
from newstui.tui.screens.main import MainScreen
from newstui.tui.themes import THEMES, own_theme, variables_of

STYLES = ("app.tcss", "main.tcss")


class NewsApp(App[int], inherit_bindings=False):
    """The reader over a library."""

    TITLE = "newstui"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        library: Library,
        settings: Settings,
        surroundings: Surroundings,
        *,
        banner: str = "",
        now: Callable[[], int] = lambda: int(time.time()),
    ) -> None:
        styles = data_folder("styles")
        super().__init__(driver_class=driver_for(self.end), css_path=[styles / name for name in STYLES])
        self.library = library
        self.settings = settings
        self.surroundings = surroundings
        self.banner = banner
        self.now = now
        self._safe_lines = SafeLines()
        self.crash: Exception | None = None
        views_of(settings)
        self.keymap = checked_keymap(settings.keys)
        self.set_keymap(self.keymap)
        for theme in (*THEMES, *own_themes(settings)):
            self.register_theme(theme)
        self._start_with(self._chosen_theme())

    def on_ready(self) -> None:
        if not gc.isenabled():  # the start turned it off
            gc.freeze()
            gc.set_threshold(700, 10, 2)  # drawn lines die in cycles; what is frozen makes looking for them cheap
            gc.enable()
        if self.banner:
            self.main_screen.warn(self.banner)

    def _start_with(self, theme: str) -> None:
        """Put a theme on. One in true colour is no change before the style sheet is read, which is then read once."""
        if self.available_themes[theme].ansi:
            self.theme = theme
        else:
            self.set_reactive(NewsApp.theme, theme)
            self.stylesheet.set_variables(self.get_css_variables())

    def _chosen_theme(self) -> str:
        kept = self.library.session().get("theme")
        chosen = kept if isinstance(kept, str) and kept else self.settings.theme
        return chosen if chosen in self.available_themes else "dark"

    def read(self, *, mouse: bool) -> int:
        """Run until the reader leaves, and return the exit status; a crash comes out when the terminal is restored."""
        self.run(mouse=mouse)
        if self.crash is not None:
            raise self.crash
        return self.return_code or 0

    def end(self, status: int) -> None:
        """Leave because a signal asks for it."""
        self.keep_place()
        self.exit(return_code=status)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the traceback with every local variable: articles, and what was typed.
        self.crash = self.crash or error
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def get_keys(self) -> dict[str, str]:
        """Command id → the key that a person presses for it."""
        return shown_keys(self.keymap)

    def get_default_screen(self) -> Screen[None]:
        self.main_screen = MainScreen(self.library, self.settings, self.surroundings, self.get_keys(), self.now)
        return self.main_screen

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_of(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._safe_lines]

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing but ``o`` opens a page, and never through Textual: it would start any program for any URL."""

    async def action_quit(self) -> None:
        self.keep_place()
        self.exit(return_code=0)

    def keep_place(self) -> None:
        """Remember where the reader is, whatever ends the program."""
        self.main_screen.keep_session()

    def action_redraw(self) -> None:
        self.refresh(layout=True)

    def action_help(self) -> None:
        from newstui.tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, MainScreen):
            pane: Area = "main" if screen.main_pane.has_focus else "sidebar"
            works = [
                command
                for command in commands_of("pane", pane, "screen", "app")
                if screen.check_action(command.action.split("(")[0], ())
            ]
            heading = "In the article" if pane == "main" else "In the list of stories"
            self.push_screen(HelpScreen(works, self.get_keys(), heading), self._run_chosen)

    async def _run_chosen(self, command: Command | None) -> None:
        from newstui.tui.palette import target_of

        if command is not None and (target := target_of(command, self.screen)) is not None:
            await self.run_action(command.action, target)

    def action_command_palette(self) -> None:
        from newstui.tui.palette import Palette

        self.push_screen(Palette())

    def action_choose_theme(self) -> None:
        from newstui.tui.screens.menu import Choice, Menu

        names = sorted(self.available_themes, key=lambda name: (name not in _OURS, name))
        choices = [Choice("", name, "", name, name == self.theme) for name in names]
        before = self.theme

        def preview(name: object) -> None:
            if isinstance(name, str):
                self.theme = name

        def chosen(name: object) -> None:
            self.theme = name if isinstance(name, str) else before

        self.push_screen(Menu("Theme", choices, is_searchable=True, preview=preview), chosen)


_OURS = ("dark", "light", "ansi-dark", "ansi-light")


def own_themes(settings: Settings) -> list[Theme]:
    """The themes of the settings, each on top of ``dark`` or ``light``. ConfigError for a colour that is none."""
    return [own_theme(name, colours) for name, colours in settings.themes.items()]
