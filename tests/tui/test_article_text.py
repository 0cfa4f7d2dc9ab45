"""What the main pane says about an article, line by line."""

import itertools
import time

import pytest
from rich.cells import cell_len

from newstui.library.rows import ArticleRow, ImageRow, LinkRow, ListedRow, PageRow
from newstui.text import line
from newstui.tui.article_text import article_lines, is_start_of
from newstui.tui.body_text import documents, links_of
from newstui.tui.coverage_rows import Beside, ReportRows
from newstui.tui.screens.details import details_lines
from newstui.tui.screens.links import all_links, links_lines
from newstui.tui.text_lines import GrowingLines, TextLine, flowing, heading, wrapped
from tests.tui.told import alone, covered, told

MAY_8 = 1_588_977_240  # Fri 8 May 2020, 22:34 UTC
NOW = MAY_8 + 86_400
URL = "https://breakingdefense.example/2020/05/jedi/"

ARTICLE = ArticleRow(
    id=1, story=1, story_key=URL, outlets=1, url=URL, original=URL,
    headline="JEDI: Inside Amazon’s Nesting-Doll Protest", former_headline="",
    excerpt="It is really a signal to the judge.", text="", published=MAY_8, is_date_known=True, is_day_only=False,
    outlet="Breaking Defense", domain="breakingdefense.example", topics=("Azure", "Security"), quality=42, heat=None,
    category="", kind="", is_current=True, origin="document", source="samples", place="jedi.md", images=(), links=(),
    warnings=(), is_read=False, is_saved=False,
)  # fmt: skip
LISTED = (
    ListedRow(11, MAY_8 - 3_600, True, "Nextgov", "Amazon Files Another Protest Over the JEDI Contract", False),
    ListedRow(12, MAY_8 - 400 * 86_400, True, "CNBC", "Amazon says the award is flawed", True),
    ListedRow(13, MAY_8, False, "微软中国", "微软 Azure 中国北部区域新增可用区，客户可以部署更多工作负载", False),  # noqa: RUF001
)
HOSTILE = (
    "[@click=app.quit]x[/]", "[/]", "[BREAKING] news", "\x1b]52;c;AAAA\x07", "\x1b[2J", "x" * 10_000, "微" * 10_000,
    "e" + "\u0301" * 500, "👩‍👩‍👧" * 200, "[" * 5_000, " ", "",
)  # fmt: skip
WIDTHS = (1, 2, 20, 33, 40, 58, 84, 120, 200)


def shown(lines: object) -> list[str]:
    assert hasattr(lines, "__iter__")
    return ["".join(text for text, _ in found.parts).rstrip() for found in lines]


def rows(listed: tuple[ListedRow, ...] = ()) -> ReportRows:
    return ReportRows(1, alone(1, MAY_8, listed))


def text_of(article: ArticleRow, width: int = 84, listed: tuple[ListedRow, ...] = ()) -> list[str]:
    return shown(article_lines(article, rows(listed), width, NOW))


def looks(lines: list[TextLine], words: str) -> set[str]:
    return {look for found in lines for text, look in found.parts if words in text}


def test_an_article_is_told_in_reading_order() -> None:
    article = ARTICLE._replace(
        former_headline="JEDI: Amazon protests",
        heat=806,
        images=(ImageRow("https://pictures.example/a.jpg", 1024, 659),),
        links=(LinkRow("AMP", "https://amp.example/jedi"),),
        warnings=("line 3: quality is no number",),
        text="Full text.",
    )
    lines = [words for words in text_of(article, listed=LISTED[:1]) if words]
    assert [words.rstrip("─ ") for words in lines] == [
        "JEDI: Inside Amazon’s Nesting-Doll Protest",
        "Headline was: JEDI: Amazon protests",
        "Breaking Defense  breakingdefense.example",
        "Fri 8 May 2020, 22:34",
        "Azure  Security  quality 42  heat 806",
        "! line 3: quality is no number",
        "[image 1024×659 · pictures.example]",
        "It is really a signal to the judge.",
        "Full text.",
        "Coverage  no other outlet in your library",
        " ▸ Similar",
        "Also listed by the publisher  1",
        " 1 8 May Nextgov  Amazon Files Another Protest Over the JEDI Contract",
        "Links  1",
        "AMP  amp.example",
    ]


def test_the_domain_is_left_out_where_it_says_what_the_outlet_says() -> None:
    same = ARTICLE._replace(outlet="Nextgov.example", domain="www.nextgov.example")
    assert text_of(same)[1] == "Nextgov.example"
    assert text_of(ARTICLE._replace(outlet=""))[1] == "breakingdefense.example"
    assert text_of(ARTICLE._replace(outlet="", domain=""))[1] == "outlet unknown"


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata"])
def test_a_day_without_a_clock_is_that_day_in_every_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    midnight = MAY_8 - MAY_8 % 86_400
    article = ARTICLE._replace(published=midnight, is_day_only=True)
    listed = LISTED[0]._replace(published=midnight)
    lines = text_of(article, listed=(listed,))
    assert lines[2] == "Fri 8 May 2020"
    assert any(words.startswith(" 1 8 May Nextgov") for words in lines)


def test_an_unknown_date_is_said_and_when_the_article_was_first_seen() -> None:
    lines = text_of(ARTICLE._replace(is_date_known=False))
    assert lines[2] == "date unknown  ·  first seen Fri 8 May 2020"
    assert text_of(ARTICLE._replace(is_date_known=False), 30)[4:6] == ["date unknown", "first seen Fri 8 May 2020"]


def test_the_time_after_the_first_report_is_said_from_an_hour_on() -> None:
    def head(after: int) -> str:
        coverage = covered(told(2, "Nextgov", 0, published=MAY_8 - after), told(1, "Fox", 0, published=MAY_8))
        return shown(article_lines(ARTICLE, ReportRows(1, Beside(coverage, ())), 84, NOW))[2]

    assert head(19 * 3600) == "Fri 8 May 2020, 22:34  ·  19 h after the first report"
    assert head(600) == head(0) == "Fri 8 May 2020, 22:34"


def test_an_unknown_heat_is_never_shown() -> None:
    assert not any("heat" in words for words in text_of(ARTICLE))


def test_an_article_without_any_text_says_so_and_what_helps() -> None:
    assert "No text came with this article. x fetches its page, o opens it." in text_of(ARTICLE._replace(excerpt=""))


def test_a_full_text_says_that_it_was_taken_from_a_page_and_stands_in_the_place_of_what_came_along() -> None:
    page = PageRow("## The protest\n\nIt is [a signal](https://court.example/).", MAY_8, "")
    article = ARTICLE._replace(text="What came with the article.", page=page)
    lines = text_of(article)
    place = lines.index("Full text from breakingdefense.example, fetched Fri 8 May 2020")
    assert lines[place - 1 : place + 5] == ["", lines[place], "", "The protest", "", "It is a signal[1]."]
    assert "What came with the article." not in lines
    assert "[1] a signal  court.example" in lines


def test_why_there_is_no_full_text_is_said_on_one_line_above_what_there_is() -> None:
    page = PageRow("", MAY_8, "the server answered 404")
    lines = text_of(ARTICLE._replace(text="What came with the article.", page=page), 120)
    place = lines.index("No full text: the server answered 404; x tries again")
    assert lines[place + 1 : place + 3] == ["", "What came with the article."]
    assert "No full text: the server answered 404; x tries again" in text_of(ARTICLE._replace(page=page), 120)


def test_an_excerpt_is_not_repeated_where_the_text_begins_with_it() -> None:
    article = ARTICLE._replace(excerpt="It is really a signal...", text="It is *really* a signal to the judge.")
    assert sum("signal" in words for words in text_of(article)) == 1
    assert is_start_of("It is…", "It  is\nso")
    assert not is_start_of("It was", "It is so")


def test_a_report_takes_one_line_where_its_headline_keeps_32_cells_and_else_two() -> None:
    wide, narrow = text_of(ARTICLE, 84, LISTED), text_of(ARTICLE, 50, LISTED)
    assert " 2 4 Apr 2019 CNBC      Amazon says the award is flawed" in wide
    at = narrow.index(" 2 4 Apr 2019 CNBC")
    assert narrow[at + 1] == "   Amazon says the award is flawed"
    assert any(words.startswith(" 3 undated    微软中国") for words in narrow)


def test_a_headline_is_wrapped_where_the_pane_is_too_narrow_to_cut_it() -> None:
    lines = text_of(ARTICLE, 24, LISTED[:1])
    assert lines[-3:] == ["   Amazon Files Another", "   Protest Over the JEDI", "   Contract"]


def test_unread_reports_are_strong_and_read_ones_are_not() -> None:
    lines = list(article_lines(ARTICLE, rows(LISTED), 84, NOW))
    assert looks(lines, "Amazon Files Another") == {"strong"}
    assert looks(lines, "Amazon says") == {"text"}


def test_every_line_of_a_report_belongs_to_its_row() -> None:
    lines = GrowingLines(article_lines(ARTICLE, rows(LISTED), 50, NOW))
    lines.reach_end()
    assert list(lines.places) == [0, 1, 2, 3]
    assert [last - first for first, last in lines.places.values()] == [0, 1, 1, 1]


BODY = """# Layers

Amazon’s **new protest** is [a signal](https://one.example/a) to the `judge()`, *perhaps*.

- first
  - nested [link](https://two.example/b)
- second

1. one

> quoted words

```
def protest():
    pass
```

| Outlet | Reports |
| --- | --- |
| Fox | 3 |

![A gavel](https://pictures.example/gavel.jpg)

---
"""


def test_a_body_keeps_its_shape() -> None:
    lines = text_of(ARTICLE._replace(text=BODY, excerpt=""), 60)
    start, end = lines.index("Layers"), next(n for n, words in enumerate(lines) if words.startswith("Coverage"))
    assert lines[start : end - 1] == [
        "Layers",
        "",
        "Amazon’s new protest is a signal[1] to the judge(), perhaps.",
        "",
        "• first",
        "  • nested link[2]",
        "• second",
        "",
        "1. one",
        "",
        "▎ quoted words",
        "",
        "  def protest():",
        "      pass",
        "",
        "Outlet  Reports",
        "───────────────",
        "Fox     3",
        "",
        "[image · A gavel]",
        "",
        "─" * 60,
    ]
    assert lines[-2:] == ["[1] a signal  one.example", "[2] link  two.example"]


def test_the_looks_of_a_body_are_parts_of_the_style_sheet() -> None:
    lines = list(article_lines(ARTICLE._replace(text=BODY, excerpt=""), rows(), 60, NOW))
    assert looks(lines, "new protest") == {"strong"}
    assert "link" in looks(lines, "a signal")
    assert looks(lines, "judge()") == {"code"}
    assert looks(lines, "perhaps") == {"emphasis"}


def test_a_table_that_does_not_fit_is_told_row_by_row() -> None:
    table = "| Outlet | What it said |\n| - | - |\n| Fox | first to say that it was not so at all |\n"
    lines = text_of(ARTICLE._replace(text=table, excerpt=""), 14)
    at = lines.index("Outlet: Fox")
    assert lines[at + 1 : at + 3] == ["What it", "  said: first"]


def test_links_are_numbered_through_the_pieces_of_a_long_text() -> None:
    paragraph = "Words about a [thing](https://one.example/{0}) and more words. " + "word " * 200 + "\n\n"
    text = "".join(paragraph.format(number) for number in range(40))
    assert len(list(documents(text))) > 1
    marks = [words for words in text_of(ARTICLE._replace(text=text)) if words.startswith("Words about")]
    assert [words.split("[")[1].split("]")[0] for words in marks] == [str(number) for number in range(1, 41)]
    assert [link.url for link in links_of(text)] == [f"https://one.example/{number}" for number in range(40)]


def test_code_is_still_code_where_a_long_text_is_cut_in_it() -> None:
    text = "Start.\n\n```\n" + "x = 1  # a line of code\n\n" * 2_000 + "```\n\nThe end.\n"
    lines = list(article_lines(ARTICLE._replace(text=text, excerpt=""), rows(), 60, NOW))
    assert len(list(documents(text))) > 1
    assert looks(lines, "x = 1") == {"code"}
    assert looks(lines, "The end.") == {"text"}


def test_a_link_by_name_is_found_although_its_address_stands_at_the_far_end() -> None:
    text = "See [the note][n].\n\n" + "word " * 20_000 + "\n\n[n]: https://far.example/note\n"
    assert [link.url for link in links_of(text)] == ["https://far.example/note"]


def test_the_first_screen_of_a_long_text_needs_only_its_first_words() -> None:
    drawn = itertools.count()
    lines = GrowingLines(
        line for line in article_lines(ARTICLE._replace(text="word " * 200_000), rows(), 80, NOW) if next(drawn) >= 0
    )
    lines.reach(40)
    assert len(lines.made) == 40
    assert next(drawn) <= 42
    lines.reach_end()
    assert shown(lines.made)[-3].startswith("Coverage")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    article = ARTICLE._replace(
        text=BODY, former_headline="微软 Azure 中国北部区域新增可用区。", links=(LinkRow("AMP", URL),)
    )
    for line_ in article_lines(article, rows(LISTED), width, NOW):
        assert sum(cell_len(text) for text, _ in line_.parts) <= max(width, 20), line_


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("is_cleaned", [True, False])
def test_hostile_text_is_only_text(raw: str, is_cleaned: bool) -> None:
    said = line(raw, 500) if is_cleaned else raw
    article = ARTICLE._replace(
        headline=said, former_headline=said, excerpt=said, text=said, outlet=said, domain=said, topics=(said,) * 3,
        category=said, source=said, place=said, warnings=(said,), links=(LinkRow(said, URL),),
    )  # fmt: skip
    listed = (LISTED[0]._replace(outlet=said, headline=said),)
    for width in (20, 50, 120):
        made = list(article_lines(article, rows(listed), width, NOW))
        made += [*details_lines(article, width), *links_lines(all_links(article), width)]
        for line_ in made:
            cells = sum(cell_len(text) for text, _ in line_.parts)
            assert cells <= width, (width, cells, line_)
            assert not is_cleaned or "\x1b" not in str(line_.parts)


def test_markup_of_a_headline_is_shown_as_it_is() -> None:
    assert text_of(ARTICLE._replace(headline="[@click=app.quit]x[/]"))[0] == "[@click=app.quit]x[/]"


def test_wrapping_loses_no_word_and_breaks_between_ideographs() -> None:
    assert shown(map(TextLine, wrapped([("微软云，服务。", "text")], 6))) == ["微软", "云，服", "务。"]  # noqa: RUF001
    assert shown(map(TextLine, wrapped([("see “云” now", "text")], 8))) == ["see “云”", "now"]
    assert shown(map(TextLine, wrapped([("a", "text"), ("bold", "strong"), (", then", "text")], 6))) == [
        "abold,",
        "then",
    ]
    words = "The quick brown fox; jumps – over " * 3
    for width in (5, 9, 20):
        lines = shown(map(TextLine, wrapped([(words, "text")], width)))
        assert " ".join(lines).replace(" ", "") == words.replace(" ", "")


def test_a_word_wider_than_the_line_is_broken_and_no_other() -> None:
    assert shown(map(TextLine, wrapped([("to https://one.example/long end", "link")], 12))) == [
        "to", "https://one.", "example/long", "end",
    ]  # fmt: skip
    assert shown(map(TextLine, wrapped([("über https://one.example/long end", "link")], 12))) == [
        "über", "https://one.", "example/long", "end",
    ]  # fmt: skip


def test_short_texts_flow_side_by_side_without_being_cut() -> None:
    items = [("Azure", "text"), ("Security", "text"), ("quality 42", "muted")]
    assert shown(map(TextLine, flowing(items, 20))) == ["Azure  Security", "quality 42"]
    assert shown(map(TextLine, flowing([("Fri 8 May 2020, 22:34", "text")], 16))) == ["Fri 8 May 2020,", "22:34"]


def test_a_heading_fills_its_line_and_gives_up_its_rule_first() -> None:
    assert shown([TextLine(heading("Links", "3", 20))]) == ["Links  3 ───────────"]
    assert shown([TextLine(heading("Links", "a note", 13))]) == ["Links  a note"]
    assert shown([TextLine(heading("Links", "a note", 9))]) == ["Links  a…"]
