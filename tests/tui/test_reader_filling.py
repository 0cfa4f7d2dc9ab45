"""An empty library that is filled while one looks."""

from pathlib import Path

from newstui.config import Settings
from newstui.library import Library
from newstui.terminal.surroundings import look
from newstui.tui.app import NewsApp

SURROUNDINGS = look({"TERM": "xterm-256color"}, is_tty=True)
NOW = 1_780_000_000


def write(folder: Path, number: int, topic: str) -> None:
    (folder / f"{number:03}.md").write_text(
        f"---\ntitle: Report {number}\nwebUrl: https://news.example/{number}\ntopics:\n  - {topic}\n---\n"
    )


async def test_topics_are_in_order_of_unread_however_their_articles_arrived(tmp_path: Path) -> None:
    for number in range(90):
        write(tmp_path, number, "Rare" if number >= 70 else "Common")
    with Library.open(None) as library:
        library.subscribe("folder", str(tmp_path), "reports", "")
        app = NewsApp(library, Settings(), SURROUNDINGS, now=lambda: NOW)
        async with app.run_test(size=(120, 36)) as pilot:
            while library.subscriptions()[0].last_good is None or app.main_screen.progress():
                await pilot.pause()
            names = [group.name for group in app.main_screen.rows.groups if not group.is_view]
            assert names == ["All", "Common", "Rare"]
