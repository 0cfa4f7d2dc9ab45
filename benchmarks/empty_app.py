"""The yardstick for the reader's start and memory: a Textual app that shows one line."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """One line, and nothing else."""

    BINDINGS = [("Q", "quit", "Quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static("ready")


if __name__ == "__main__":
    EmptyApp().run(mouse=False)
