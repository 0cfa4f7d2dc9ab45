"""Articles found on the pages of Mozilla's Readability suite, against the texts that it expects.

The score is F1 on runs of four words, of our document's text against the text of ``expected.html``. What pictures show
is no text in either.
"""

import re
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html

from newstui.document import Picture, parse
from newstui.sources.page_reading import read
from tests.test_document import texts

PAGE = {"url": "http://fakehost/test/page.html", "content_type": "text/html"}
RUN = 4
BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr",
    "ul",
)  # fmt: skip


class Score(NamedTuple):
    """How well an article was found; the lowest come first."""

    f1: float
    precision: float
    recall: float
    name: str
    seconds: float


def expected_text(path: Path) -> str:
    """The text of a page of the suite, with a space around each block."""
    page = html.fromstring(path.read_text(encoding="utf-8"))
    for block in page.iter(*BLOCKS):
        block.text = f" {block.text or ''}"
        block.tail = f" {block.tail or ''}"
    return "".join(map(str, page.itertext()))


def runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of words of a text; one that is shorter is a run of its own."""
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1)))


def score(case: Path) -> Score:
    """How well the article of a case is found."""
    body, expected = (case / "source.html").read_bytes(), runs(expected_text(case / "expected.html"))
    began = time.process_time()
    said = read(body, PAGE)
    seconds = time.process_time() - began
    blocks = [block for block in parse(said["text"]).blocks if not isinstance(block, Picture)]
    found = runs(" ".join(texts(blocks)))
    shared = (found & expected).total()
    precision, recall = shared / found.total(), shared / expected.total()
    return Score(2 * precision * recall / ((precision + recall) or 1), precision, recall, case.name, seconds)


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    """The cases of the suite, the worst first."""
    suite = Path(__file__).resolve().parents[3] / "shared" / "suites" / "mozilla-readability"
    if not suite.is_dir():
        pytest.skip("the shared test input (../shared/suites, beside the checkout) is not here")
    return sorted(map(score, filter(Path.is_dir, suite.iterdir())))


def test_articles_are_found_as_readers_of_the_page_would(scores: list[Score]) -> None:
    assert len(scores) == 87
    mean = sum(score.f1 for score in scores) / len(scores)
    assert mean >= 0.97, "\n".join([f"mean {mean:.4f}, and the worst are", *map(str, scores[:10])])
    assert scores[0].f1 >= 0.6, scores[0]


def test_no_page_takes_a_second(scores: list[Score]) -> None:
    slowest = max(scores, key=lambda score: score.seconds)
    assert slowest.seconds < 1, slowest
