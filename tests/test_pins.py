"""The pins: whole, hashed, and without the address of any index."""

import re
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
PINS = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8")


def test_everything_that_newstui_asks_for_is_pinned() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", PINS, re.MULTILINE))
    assert {re.split(r"[^A-Za-z0-9-]", requirement)[0].lower() for requirement in asked} <= pinned


def test_every_pin_has_its_hashes() -> None:
    pins = re.split(r"\n(?=[a-z])", PINS.strip())
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_pins_name_no_place() -> None:
    assert not re.search(r"://|\bfile:|index-url|find-links", PINS)
