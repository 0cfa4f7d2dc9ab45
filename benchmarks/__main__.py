"""``python -m benchmarks``: every promise about speed, measured here and now."""

import argparse
import compileall
import tempfile
from pathlib import Path

from benchmarks import feeds, gold, reader, reading, stories
from benchmarks.table import Row, printed

CHECKOUT = Path(__file__).parent.parent
SHARED = CHECKOUT.parent / "shared"
CORPUS, GOLD = SHARED / "corpus" / "articles", SHARED / "coverage"
SAMPLES = CHECKOUT / "samples"
PARTS = ("reading", "feeds", "gold", "stories", "reader")


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all without one")
    parser.add_argument("--runs", type=int, default=5, help="how often each is taken, by turns (5)")
    parser.add_argument(
        "--articles", type=Path, default=CORPUS if CORPUS.is_dir() else SAMPLES, help="a folder to read"
    )
    parser.add_argument(
        "--gold", type=Path, default=GOLD, metavar="FOLDER", help=f"what holds {gold.LABELS} and {gold.SCORER}"
    )
    options = parser.parse_args()
    parts = options.parts or PARTS
    if unknown := set(parts).difference(PARTS):
        parser.error(f"there is no part called {', '.join(sorted(unknown))}")
    for package in ("newstui", "benchmarks"):
        compileall.compile_dir(CHECKOUT / package, quiet=1)  # as an installation does
    folder = Path(tempfile.gettempdir()) / "newstui-benchmarks"
    folder.mkdir(exist_ok=True)
    measured: list[Row] = []
    if "reading" in parts:
        measured += reading.rows(options.articles, options.runs)
    if "feeds" in parts:
        measured += feeds.rows(options.runs)
    if "gold" in parts and options.gold.is_dir():
        measured += gold.rows(options.articles, options.gold)
    if "stories" in parts:
        measured += stories.rows(folder)
    if "reader" in parts:
        measured += reader.rows(folder, options.runs)
    print(printed(measured))


if __name__ == "__main__":
    main()
