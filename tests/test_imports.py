"""What an import may bring with it: the part of the import rules that a static look cannot see."""

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
_SHOW = "\nimport sys; print('\\n' + ' '.join(sys.modules))"
_HEAVY = {"asyncio", "concurrent", "ctypes", "multiprocessing", "sqlite3", "ssl", "tomllib", "urllib"}


def packages_loaded_by(code: str, *, quietly: bool = False) -> set[str]:
    """The top-level packages that a new Python holds after running ``code``; ``quietly``: without ``site``."""
    return {module.partition(".")[0] for module in modules_loaded_by(code, quietly=quietly)}


def modules_loaded_by(code: str, *, quietly: bool = False) -> set[str]:
    """All that a new Python holds after running ``code``."""
    flags = ["-S"] if quietly else []
    command = [sys.executable, *flags, "-c", code + _SHOW]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, check=True)
    return set(done.stdout.splitlines()[-1].split())


def foreign(packages: set[str]) -> set[str]:
    """Those of the packages that neither Python nor newstui brings."""
    return {name for name in packages if not name.startswith("_")} - sys.stdlib_module_names - {"newstui"}


def test_the_library_loads_nothing_but_python() -> None:
    before = foreign(packages_loaded_by(""))
    assert foreign(packages_loaded_by("import newstui.library")) - before <= {"platformdirs"}


def test_opening_and_asking_the_library_loads_nothing_but_python() -> None:
    code = """
from newstui.library import Library
from newstui.query import parse
with Library.open(None) as library:
    library.topics()
    list(library.articles(parse("is:unread"), "newest", 0, None))
"""
    assert not foreign(packages_loaded_by(code)) & {"textual", "rich", "pydantic", "httpx", "yaml", "markdown_it"}


def test_asking_for_the_version_loads_argparse_and_nothing_heavier() -> None:
    code = """
import sys
sys.argv = ["newstui", "--version"]
try:
    from newstui.cli import main
    main()
except SystemExit as end:
    assert not end.code, end.code
"""
    # Without site no third-party package can be found, so that loading one fails with its name.
    loaded = packages_loaded_by(code, quietly=True)
    assert "argparse" in loaded
    assert not loaded & _HEAVY


_FIRST_SCREEN = """
import asyncio
import newstui.cli.reader
from newstui.config import Settings
from newstui.library import Library
from newstui.terminal.surroundings import here
from newstui.tui.app import NewsApp

async def show(library):
    async with NewsApp(library, Settings(refresh_every="never"), here()).run_test() as pilot:
        await pilot.pause()

with Library.open(None) as library:
    source = library.subscribe("folder", "/nowhere", "Nowhere")
    library.finish(source.id, 0)
    asyncio.run(show(library))
"""


def test_the_first_screen_loads_only_what_it_draws() -> None:
    loaded = modules_loaded_by(_FIRST_SCREEN)
    assert "newstui.tui.screens.main" in loaded
    assert not {module.partition(".")[0] for module in loaded} & {"pydantic", "httpx", "yaml", "markdown_it"}
    later = ("newstui.document", "newstui.sources", "newstui.refresh", "newstui.article", "newstui.library.articles")
    assert not loaded & {*later, "newstui.tui.palette", "newstui.tui.body_text", "newstui.terminal.opener"}


def test_the_first_screen_needs_no_widgets_but_those_that_textual_brings() -> None:
    ours, always = modules_loaded_by(_FIRST_SCREEN), modules_loaded_by("import textual.app, textual.pilot")
    assert {module for module in ours - always if module.startswith("textual.widgets.")} <= {"textual.widgets._static"}
