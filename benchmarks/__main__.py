"""``python -m benchmarks``: every promise about speed, measured here and now."""

import argparse
import compileall
import tempfile
from pathlib import Path

from benchmarks import reader, reading
from benchmarks.table import Row, printed

CHECKOUT = Path(__file__).parent.parent
SHARED = CHECKOUT.parent / "shared" / "corpus" / "articles"
SAMPLES = CHECKOUT / "samples"


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="reader, reading; all without one")
    parser.add_argument("--runs", type=int, default=5, help="how often each is taken, by turns (5)")
    parser.add_argument(
        "--articles", type=Path, default=SHARED if SHARED.is_dir() else SAMPLES, help="a folder to read"
    )
    options = parser.parse_args()
    for package in ("newstui", "benchmarks"):
        compileall.compile_dir(CHECKOUT / package, quiet=1)  # as an installation does
    measured: list[Row] = []
    if not options.parts or "reading" in options.parts:
        measured += reading.rows(options.articles, options.runs)
    if not options.parts or "reader" in options.parts:
        folder = Path(tempfile.gettempdir()) / "newstui-benchmarks"
        folder.mkdir(exist_ok=True)
        measured += reader.rows(folder, options.runs)
    print(printed(measured))


if __name__ == "__main__":
    main()
