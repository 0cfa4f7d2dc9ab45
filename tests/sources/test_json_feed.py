"""JSON Feed, versions 1 and 1.1, read as feeds of any other kind are."""

import json
from typing import Any

import pytest

from newstui.errors import ParseError
from newstui.sources.feed_reading import read
from newstui.sources.long_feeds import MOST_ITEMS

FEED = "https://paper.example/feed.json"


def feed(*items: object, **more: object) -> dict[str, Any]:
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Paper",
        "home_page_url": "https://paper.example/",
        "items": [*items],
    }
    return read(json.dumps(said | more).encode(), {"url": FEED, "content_type": "application/feed+json"})


def item(**said: object) -> dict[str, Any]:
    (fields,) = feed(said)["items"]
    assert isinstance(fields, dict)
    return fields


def test_a_feed_has_a_title_and_a_page() -> None:
    assert feed() == {"title": "Paper", "home": "https://paper.example/", "items": [], "problems": []}


def test_an_item_is_read_in_full() -> None:
    assert item(
        id="1",
        url="https://paper.example/1",
        external_url="https://elsewhere.example/x",
        title="One",
        summary="In short.",
        content_html="<p>At <em>length</em>, with <a href='/more'>more</a>.</p>",
        image="/1.png",
        banner_image="https://paper.example/wide.png",
        date_published="2026-11-14T12:30:00+01:00",
        tags=["Sea", "Tides"],
        attachments=[{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12_345_678}],
    ) == {
        "url": "https://paper.example/1",
        "original": "https://elsewhere.example/x",
        "guid": "1",
        "title": "One",
        "published": 1_794_655_800,
        "is_day_only": False,
        "outlet": {"name": "Paper", "domain": "paper.example"},
        "topics": ["Sea", "Tides"],
        "excerpt": "In short.",
        "text": "At *length*, with [more](https://paper.example/more).",
        "images": [
            {"url": "https://paper.example/1.png", "width": None, "height": None},
            {"url": "https://paper.example/wide.png", "width": None, "height": None},
        ],
        "links": [{"label": "audio, 12 MB", "url": "https://paper.example/a.mp3"}],
    }


def test_plain_text_keeps_its_paragraphs_and_its_signs() -> None:
    fields = item(id="1", content_text="1 < 2 & so on\n\nNext *one*")
    assert fields["title"] == fields["excerpt"] == "1 < 2 & so on Next *one*"
    assert fields["text"] == "1 < 2 & so on\n\nNext \\*one\\*"


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ({"url": "/1"}, "https://paper.example/1"),
        ({"external_url": "https://elsewhere.example/x"}, "https://elsewhere.example/x"),
        ({"id": "https://paper.example/2"}, "https://paper.example/2"),
        ({"id": "2"}, ""),
        ({"url": "javascript:alert(1)", "id": "2"}, ""),
        ({"url": 17}, ""),
    ],
)
def test_the_page_of_an_item_is_its_url_or_the_next_best(said: dict[str, object], url: str) -> None:
    assert item(**said)["url"] == url


@pytest.mark.parametrize(("said", "guid"), [("a", "a"), (17, "17"), (1.5, "1.5"), (None, ""), ([1], "")])
def test_an_id_may_be_a_number(said: object, guid: str) -> None:
    assert item(id=said)["guid"] == guid


def test_an_attachment_is_called_by_its_title() -> None:
    attachment = {"url": "https://paper.example/a.mp3", "mime_type": "audio/mpeg", "title": "Listen"}
    assert item(attachments=[attachment])["links"] == [{"label": "Listen", "url": "https://paper.example/a.mp3"}]


def test_when_an_item_was_changed_stands_for_when_it_was_published() -> None:
    assert item(date_modified="2026-11-14T11:30:00Z")["published"] == 1_794_655_800


def test_parts_of_the_wrong_kind_are_left_out() -> None:
    odd = {"nothing": "here"}
    fields = item(title=odd, summary=[], content_html=7, tags="Sea", image=odd, attachments=[7, {"url": 7}], id="1")
    assert (fields["title"], fields["text"], fields["topics"]) == ("", "", [])
    assert (fields["images"], fields["links"]) == ([], [])


def test_items_of_the_wrong_kind_are_passed_over() -> None:
    assert [fields["title"] for fields in feed(7, None, {"title": "One"}, [])["items"]] == ["One"]


def test_as_many_items_are_read_as_are_kept() -> None:
    said = feed(*({"id": str(number)} for number in range(MOST_ITEMS + 1)))
    assert len(said["items"]) == MOST_ITEMS
    assert said["problems"] == ["the first 5,000 of 5,001 items are read"]


def test_a_mark_of_the_byte_order_does_no_harm() -> None:
    body = b"\xef\xbb\xbf" + b'{"version": "https://jsonfeed.org/version/1", "title": "P", "items": []}'
    assert read(body, {"url": FEED})["title"] == "P"


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b'{"version": "https://jsonfeed.org/version/1"}',
        b'{"version": 1, "items": []}',
        b'{"items": [{"id": "1"}]}',
        b'{"version": "https://jsonfeed.org/version/1", "items": {}}',
    ],
)
def test_json_of_another_kind_is_no_feed(body: bytes) -> None:
    with pytest.raises(ParseError, match="JSON of another kind"):
        read(body, {"url": FEED})


@pytest.mark.parametrize(
    "body", [b"{", b'{"a": NaN}', b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}", b'{"a": "\xff"}']
)
def test_what_is_hardly_json_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        read(body, {"url": FEED})
