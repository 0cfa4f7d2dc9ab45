"""Everything a reader can do: one row is a command's key, its place in the footer, its palette entry and its help."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Area = Literal["pane", "sidebar", "main", "screen", "app"]
"""Where a command's key works: in both panes, in one of them, on the main screen, or everywhere."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a reader can do. ``keys`` are separated by commas and empty for what only the palette offers."""

    id: str
    area: Area
    keys: str
    action: str
    title: str
    help: str
    footer: str = ""

    def binding(self) -> Binding:
        """The command as Textual knows it."""
        return Binding(self.keys, self.action, self.title, show=bool(self.footer), tooltip=self.help, id=self.id)


def _reports() -> Iterator[Command]:
    for number in range(1, 10):
        yield Command(
            f"report.{number}",
            "screen",
            str(number),
            f"show_report({number})",
            f"Show report {number}",
            f"Show the report numbered {number} in place; q comes back",
        )


COMMANDS: tuple[Command, ...] = (
    Command("pane.down", "pane", "j,down", "move(1)", "Down", "Move one row down"),
    Command("pane.up", "pane", "k,up", "move(-1)", "Up", "Move one row up"),
    Command("pane.half_down", "pane", "ctrl+d", "page(0.5)", "Half a page down", "Move half a page down"),
    Command("pane.half_up", "pane", "ctrl+u", "page(-0.5)", "Half a page up", "Move half a page up"),
    Command("pane.page_down", "pane", "pagedown", "page(1)", "Page down", "Move a page down"),
    Command("pane.page_up", "pane", "pageup", "page(-1)", "Page up", "Move a page up"),
    Command("pane.first", "pane", "g,home", "edge(-1)", "To the beginning", "Go to the first row"),
    Command("pane.last", "pane", "G,end", "edge(1)", "To the end", "Go to the last row"),
    Command("topic.fold", "sidebar", "h,left", "fold", "Fold the topic", "Fold the topic that the cursor is in"),
    Command("topic.unfold", "sidebar", "l,right", "unfold", "Unfold", "Unfold a topic, or go into the story"),
    Command("story.enter", "sidebar", "enter", "enter", "Read", "Unfold a topic, or go into the story", "read"),
    Command("pane.leave", "main", "h,left", "leave", "Back to the list", "Go back to the list of stories"),
    Command("report.enter", "main", "enter", "enter", "Show the report", "Show the report under the cursor in place", "show"),
    Command("pane.other", "screen", "tab,shift+tab", "other_pane", "Other pane", "Go to the other pane"),
    Command("story.open", "screen", "o", "open_original", "Open", "Open the original page", "open"),
    Command(
        "story.open_next", "screen", "O", "open_and_go_on", "Open and go on",
        "Open the original page, mark the story read and go to the next unread",
    ),
    Command("story.copy", "screen", "y", "copy_url", "Copy the link", "Copy the URL of the original page", "copy"),
    Command("story.copy_details", "screen", "Y", "copy_details", "Copy with details", "Copy headline, outlet, date and URL"),
    Command("story.save", "screen", "s", "toggle_saved", "Save", "Save the story for later, or take it back", "save"),
    Command("story.toggle_read", "screen", "m", "toggle_read", "Read or unread", "Mark the story read, or unread again", "mark"),
    Command("list.filter", "screen", "/", "filter", "Filter", "Show only stories with these words, as you type", "filter"),
    Command("story.read_on", "screen", "space", "read_on", "Read on", "Page the text, then go to the next unread story"),
    Command("story.page_back", "screen", "b", "page_back", "Page back", "Page the text back"),
    Command("text.down", "screen", "J", "scroll_text(1)", "Scroll the text down", "Scroll the text and keep the cursor"),
    Command("text.up", "screen", "K", "scroll_text(-1)", "Scroll the text up", "Scroll the text and keep the cursor"),
    Command("story.next", "screen", "n", "next_story(1)", "Next unread", "Go to the next unread story; with a filter on, the next found one"),
    Command("story.previous", "screen", "p", "next_story(-1)", "Previous unread", "Go to the previous unread story; with a filter on, the previous found one"),
    Command("list.mark_read", "screen", "A", "mark_all_read", "Mark all read", "Mark everything shown in this topic read; u undoes"),
    Command("state.undo", "screen", "u", "undo", "Undo", "Undo the last change, such as read, saved, muted or taken out of a story"),
    Command("state.redo", "screen", "ctrl+r", "redo", "Redo", "Do again what was undone"),
    Command("list.clear", "screen", "escape", "clear", "Clear the filter", "Close what is open, or clear the filter"),
    Command("list.quick_filter", "screen", "f", "quick_filter", "Quick filters", "Unread, saved, today, hot, several outlets and more; they combine"),
    Command("list.query", "screen", "F", "query_line", "Query", "Filter by a query: outlet:cnet.com -azure is:unread"),
    Command("list.unit", "screen", "v", "toggle_unit", "Stories or articles", "Show articles, each by itself, or stories again"),
    Command("list.sort", "screen", "S", "sort_menu", "Sort", "Choose the order of the stories"),
    Command("topic.jump", "screen", "t", "jump_to_topic", "Jump to a topic", "Go to a topic by typing its name"),
    Command("topic.previous", "screen", "[", "next_topic(-1)", "Previous topic", "Go to the previous topic"),
    Command("topic.next", "screen", "]", "next_topic(1)", "Next topic", "Go to the next topic"),
    Command("story.reports", "screen", "c", "focus_reports", "Coverage", "Go to the coverage: who else reports it, each with a number", "coverage"),
    Command("coverage.order", "screen", "C", "change_order", "Order of the coverage", "The coverage in order of time, or the best reports first"),
    Command("story.headlines", "screen", "=", "headlines", "Compare headlines", "All headlines of the story under one another, to compare"),
    *_reports(),
    Command("report.back", "screen", "backspace", "back_to_report", "Back to the report before", "Go back to the report that was shown before, or to the list"),
    Command("article.details", "screen", "i", "details", "Details", "Everything known about this article, and why other reports are in its story"),
    Command("article.full_text", "screen", "x", "full_text", "Full text", "Fetch the full text of the page, or show what came with the article again"),
    Command("article.picture", "screen", "I", "picture", "Picture", "Show the picture of this article, or fold it away"),
    Command("article.links", "screen", "U", "links", "Links", "Every link of the article, to open or copy"),
    Command("source.refresh", "screen", "r", "refresh_source", "Refresh the source", "Read the source of this story again"),
    Command("library.refresh", "screen", "R", "refresh_all", "Refresh all", "Read all sources again"),
    Command("library.stop", "screen", "", "stop_refreshing", "Stop refreshing", "Stop reading the sources; what was read stays"),
    Command("story.mute", "screen", "M", "mute", "Mute", "Hide this outlet, topic or word; u undoes"),
    Command("story.separate", "screen", "X", "separate", "Not the same story", "Not the same story: take this report out of it; u undoes"),
    Command("view.zoom", "screen", "z", "zoom", "Text alone", "Show the text alone, or both panes again"),
    Command("border.left", "screen", "<", "move_border(-1)", "Border left", "Make the list narrower"),
    Command("border.right", "screen", ">", "move_border(1)", "Border right", "Make the list wider"),
    Command("view.density", "screen", "", "toggle_density", "One or two lines a story", "Show a story in one line or in two"),
    Command("view.keep", "screen", "", "keep_view", "Save this filter as a view", "Keep what is filtered now under a name, below the topics"),
    Command("view.drop", "screen", "", "drop_view", "Remove a view", "Take a view of your own out of the list"),
    Command("sources.show", "screen", "", "sources", "Sources", "What newstui reads, how that goes, how often and how; and what is muted"),
    Command("sources.add", "screen", "", "add_source", "Add a feed, site or folder", "Subscribe to a feed, a news site or a folder of articles"),
    Command("sources.import", "screen", "", "import_list", "Import subscriptions", "Subscribe to what another reader reads: OPML, or newsboat's urls"),
    Command("sources.export", "screen", "", "export_list", "Export subscriptions", "Write what you read into a file, as OPML"),
    Command("theme.choose", "app", "T", "choose_theme", "Theme", "Choose the colours"),
    Command("app.palette", "app", ":,ctrl+p", "command_palette", "Commands", "Find a command by typing", "commands"),
    Command("app.help", "app", "?,f1", "help", "Help", "The keys that work here", "help"),
    Command("app.back", "screen", "q", "back", "Back", "Go back; at the beginning, quit"),
    Command("app.quit", "app", "Q,ctrl+c", "quit", "Quit", "Quit now; newstui starts again at the same place"),
    Command("app.suspend", "app", "ctrl+z", "suspend_process", "Suspend", "Put newstui in the background; fg comes back"),
    Command("app.redraw", "app", "ctrl+l", "redraw", "Redraw", "Draw the screen again"),
)  # fmt: skip


def commands_of(*areas: Area) -> Iterator[Command]:
    """The commands of some areas, in the order of the table."""
    return (command for command in COMMANDS if command.area in areas)


def bindings(*areas: Area) -> Iterable[Binding]:
    """The bindings of some areas, for a widget's ``BINDINGS``."""
    return [command.binding() for command in commands_of(*areas) if command.keys]
