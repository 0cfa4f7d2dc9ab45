"""The samples are the first thing a newcomer reads, and show every part of the document format."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from newstui.article import Article, Batch
from newstui.document import parse
from newstui.library import Library
from newstui.library.rows import ALL, StoryTold
from newstui.links import canonical
from newstui.query import Query
from newstui.sources import open_source, place_of
from newstui.sources.web import Web

SAMPLES = Path(__file__).parent.parent / "samples"
FILES = sorted(SAMPLES.glob("*.md"))
DAY = 86_400
NOW = 1_795_600_000  # two days after the last of them
STORIES = {
    "https://kestrelwire.example/2026/11/14/magpie-capsule-lands-corran": [
        "2026-11-14-kestrel-wire-magpie-lands.md",
        "2026-11-14-perihelion-magpie-brings-ice-home.md",
        "2026-11-14-saltmere-courier-students-watch-magpie.md",
        "2026-11-14-far-meridian-comet-ice-reaches-earth.md",
        "2026-11-15-radio-skerry-morning-after-magpie.md",
        "2026-11-19-perihelion-first-scan-of-magpie-ice.md",
    ],
    "https://kestrelwire.example/2026/11/17/strandholm-barrier-ottilie": [
        "2026-11-17-kestrel-wire-strandholm-closes-barrier.md",
        "2026-11-18-ebb-and-flow-strandholm-barrier-holds.md",
        "2026-11-18-dunmarrow-chronicle-dry-streets.md",
    ],
    "https://newsdeskdirect.example/releases/20261116-brambleford": [
        "2026-11-16-newsdesk-direct-brambleford-manuals.md",
        "2026-11-16-copperwire-brambleford-manuals.md",
        "2026-11-17-semicolon-hearing-aid-with-a-coin.md",
    ],
}
"""The stories of several reports; all other samples are alone."""


@pytest.fixture
async def samples() -> dict[str, Article]:
    """The samples as the folder source reads them, by file name."""
    source = open_source(place_of(str(SAMPLES)), Web())
    batches = [batch async for batch in source.batches({}, lambda key: False)]
    assert [problem for batch in batches for problem in batch.problems] == []
    return {Path(article.place).name: article for batch in batches for article in batch.articles}


@pytest.fixture
async def listed() -> tuple[Article, ...]:
    """What the samples list without having a document for it."""
    source = open_source(place_of(str(SAMPLES)), Web())
    return tuple([article async for batch in source.batches({}, lambda key: False) for article in batch.listed])


def front_matter(path: Path) -> dict[str, Any]:
    """The head of a document as PyYAML understands it, every scalar a string."""
    head = path.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n")
    keys: dict[str, Any] = yaml.load(head, yaml.BaseLoader)
    return keys


def head_of(article: Article) -> list[object]:
    """What a front matter says, as the article has it."""
    numbers = [str(article.quality), "-1" if article.heat is None else str(article.heat)]
    outlet = [article.outlet.name, article.outlet.domain]
    return [article.title, article.excerpt, article.url, *outlet, list(article.topics), *numbers]


def head_of_yaml(path: Path) -> list[object]:
    """The same, as PyYAML has it."""
    keys = front_matter(path)
    outlet = [keys["provider"]["name"], keys["provider"]["domain"]]
    return [html.unescape(keys["title"]), keys["excerpt"], keys["webUrl"], *outlet, keys["topics"], keys["quality"],
            keys["heat"]]  # fmt: skip


def test_every_sample_is_read_without_a_word_of_complaint(samples: dict[str, Article]) -> None:
    assert sorted(samples) == [path.name for path in FILES]
    assert [article.title for article in samples.values() if article.warnings] == []


def test_the_samples_say_what_plain_yaml_says(samples: dict[str, Article]) -> None:
    assert {name: head_of(article) for name, article in samples.items()} == {
        path.name: head_of_yaml(path) for path in FILES
    }


def test_the_samples_are_as_many_and_as_varied_as_a_real_morning(samples: dict[str, Article]) -> None:
    articles = samples.values()
    assert len(articles) >= 24
    assert len({topic for article in articles for topic in article.topics}) >= 6
    assert len({article.outlet.domain for article in articles}) >= 12
    assert any(article.heat is None for article in articles)
    assert {article.is_current for article in articles} == {True, False}


def test_every_address_in_the_samples_is_an_example() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    hosts = re.findall(r"(?:https?://|domain: *|mailto:[^@]*@)([^\s/\"'?#)},]+)", text)
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_the_samples_are_of_ten_days_and_one_knows_only_its_day(samples: dict[str, Article]) -> None:
    times = [article.published for article in samples.values() if article.published is not None]
    assert len(times) == len(FILES)
    assert 9 * DAY <= max(times) - min(times) <= 11 * DAY
    assert sum(article.is_day_only for article in samples.values()) == 1


def test_one_press_text_is_carried_word_for_word_by_two_outlets(samples: dict[str, Article]) -> None:
    texts = Counter((article.title, article.excerpt) for article in samples.values())
    assert [count for count in texts.values() if count > 1] == [2]


@pytest.mark.parametrize(("name", "reports"), [("Magpie", 6), ("Strandholm", 3), ("Brambleford", 3)])
def test_an_event_is_reported_by_several_outlets(name: str, reports: int, samples: dict[str, Article]) -> None:
    telling = [article for article in samples.values() if name in article.title and name in article.excerpt + name]
    assert len(telling) == reports
    assert len({article.outlet.domain for article in telling}) >= 3


def told(batches: Iterable[Batch]) -> list[StoryTold]:
    """The stories of a library that took in these batches, those of most outlets first."""
    with Library.open(None) as library:
        source = library.subscribe("folder", str(SAMPLES), "Samples").id
        for batch in batches:
            library.add(source, batch, NOW)
        return library.told(library.listing(ALL, Query(), "outlets", NOW))


@pytest.mark.parametrize("is_listed_first", [False, True])
def test_reports_of_an_event_are_one_story_and_nothing_else_is(
    is_listed_first: bool, samples: dict[str, Article], listed: tuple[Article, ...]
) -> None:
    documents, related = Batch(articles=tuple(samples.values())), Batch(listed=listed)
    stories = told([related, documents] if is_listed_first else [documents, related])
    places = {article.url: name for name, article in samples.items()}
    several = {story.key: [places[report.url] for report in story.reports] for story in stories if story.outlets > 1}
    assert several == STORIES
    assert sum(len(story.reports) for story in stories) == len(FILES)
    assert len(stories) == len(STORIES) + len(FILES) - sum(map(len, STORIES.values()))


def test_the_press_text_that_two_outlets_carry_is_one_report_and_its_copy(samples: dict[str, Article]) -> None:
    stories = told([Batch(articles=tuple(samples.values()))])
    copies = {(report.outlet, report.copy_of) for story in stories for report in story.reports if report.copy_of}
    press_text = next(report for story in stories for report in story.reports if report.outlet == "Newsdesk Direct")
    assert copies == {("The Copperwire", press_text.article)}


def test_some_samples_have_text_with_all_that_markdown_has(samples: dict[str, Article]) -> None:
    documents = [parse(article.text) for article in samples.values() if article.text]
    shapes = {type(block).__name__ for document in documents for block in document.blocks}
    assert len(documents) >= 4
    assert shapes >= {"Paragraph", "Heading", "Bullet", "Quote", "Code", "Table", "Rule"}
    assert any(document.links for document in documents)


def test_some_samples_have_a_picture(samples: dict[str, Article]) -> None:
    assert sum(bool(article.images) for article in samples.values()) >= 2


@pytest.mark.parametrize("script", ["[\u0430-\u044f]{4}", "[\u3040-\u30ff]{2}"], ids=["Cyrillic", "Kana"])
def test_some_samples_are_in_other_scripts(script: str, samples: dict[str, Article]) -> None:
    assert sum(bool(re.search(script, article.title)) for article in samples.values()) == 1


def test_what_a_sample_lists_is_another_sample_or_known_from_the_list_alone(
    samples: dict[str, Article], listed: tuple[Article, ...]
) -> None:
    documents = {canonical(article.url) for article in samples.values()}
    only_listed = {canonical(article.url) for article in listed} - documents
    related = [entry for path in FILES for entry in front_matter(path).get("related", [])]
    keys = [canonical(entry["webUrl"]) for entry in related]
    assert len(only_listed) == 3
    assert sum(key in documents for key in keys) == 3
    assert set(keys) <= documents | only_listed


def test_an_awkward_head_is_read_to_the_letter(samples: dict[str, Article]) -> None:
    article = samples["2026-11-19-furrow-and-orchard-frost-on-time.md"]
    assert article.title == "Frost, on time: the growers' “five-past-five” clock was right & nobody can say why"
    assert article.excerpt.endswith("""We are #1 in frost," said its owner, and then: 'Don't print that.'""")
    assert (article.outlet.name, article.quality, article.heat) == ("Furrow & Orchard", 68, None)
    assert article.topics == ("Climate", "Science", "Culture")
    assert "title: still only a sentence with a colon in it" in article.text
