"""The stories of newstui against labelled ones: by the command line, and with the scorer that came with the labels."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.table import Row
from newstui.links import canonical

LABELS, SCORER = "gold_dev.json", "score_gold.py"

Fields = dict[str, Any]


def rows(articles: Path, gold: Path) -> Iterator[Row]:
    """What the scorer says of the articles' stories, beside what is accepted."""
    labels = json.loads((gold / LABELS).read_text())
    spellings = [article["url"] for week in labels for article in week["articles"]]
    scored = _scored(gold, predictions(_listed(articles), spellings))
    for what, promised, pattern in _FIGURES:
        found = re.search(pattern, scored)
        yield Row(what, found[1] if found else "?", promised)


_FIGURES = (
    ("labelled articles that were not read", "", r"without prediction (\d+)"),
    ("lists: precision", "", r"list .* P (\S+)"),
    ("lists: recall", "", r"list .* R (\S+)"),
    ("lists: F1", "≥ .85", r"list .* F1 (\S+)"),
    ("lists: precision of the first three", "≥ .95", r"P@3 (\S+)"),
    ("articles that nobody else reports and that have a list", "≤ .05", r"false lists .* = (\S+)"),
    ("stories: B-cubed precision", "", r"B-cubed .* P (\S+)"),
    ("stories: B-cubed recall", "", r"B-cubed .* R (\S+)"),
    ("stories: B-cubed F1", "≥ .84", r"B-cubed .* F1 (\S+)"),
)


def predictions(listed: Iterable[Fields], spellings: Iterable[str]) -> dict[str, Fields]:
    """Articles of ``list --json`` in the scorer's form, with each URL spelled as the labels do."""
    spelled = {canonical(url): url for url in spellings}
    return {_spelled(it["url"], spelled): _prediction(it, spelled) for it in listed}


def _prediction(article: Fields, spelled: Mapping[str, str]) -> Fields:
    return {"story": article["story"], "related": [_spelled(url, spelled) for url in article["coverage"]]}


def _spelled(url: str, spelled: Mapping[str, str]) -> str:
    return spelled.get(canonical(url), url)


def _listed(articles: Path) -> Iterator[Fields]:
    command = [sys.executable, "-m", "newstui", "list", "--from", str(articles), "--json"]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return map(json.loads, printed.splitlines())


def _scored(gold: Path, predicted: dict[str, Fields]) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(predicted, file)
        file.flush()
        command = [sys.executable, str(gold / SCORER), str(gold / LABELS), file.name]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout
