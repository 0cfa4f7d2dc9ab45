"""Lists in OPML as readers write them, as they should not be, and as newstui writes them."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.errors import ParseError
from newstui.links import SafeUrl
from newstui.sources import opml
from newstui.sources.lists import LARGEST_LIST, MOST_ENTRIES, Entry, Subscriptions

CHECKOUT = Path(__file__).parents[2]
FEED = '<outline text="A feed" type="rss" xmlUrl="https://a.example/feed"/>'


def read(outlines: str, *, head: str = "") -> Subscriptions:
    """What a list with these outlines names."""
    return opml.read(f'{head}<opml version="2.0"><body>{outlines}</body></opml>'.encode(), "list.opml")


def reasons(listed: Subscriptions) -> list[str]:
    return [str(problem) for problem in listed.problems]


def feed(number: int) -> str:
    return f'<outline text="{number}" xmlUrl="https://a.example/{number}"/>'


def test_a_feed_has_an_address_a_name_and_the_folders_around_it() -> None:
    listed = read(f'<outline text="Tech">\n<outline title="Linux">\n{FEED}\n</outline></outline>')
    assert listed.entries == (
        Entry("feed", "https://a.example/feed", "A feed", ("Tech", "Linux"), line=3),
    )  # fmt: skip
    assert (listed.where, listed.problems, listed.remarks) == ("list.opml", (), ())


def test_a_feed_without_a_name_is_called_by_its_address() -> None:
    (entry,) = read('<outline text=" " xmlUrl="https://a.example/news/feed.xml"/>').entries
    assert entry.name == "a.example/news/feed.xml"


def test_folders_that_hold_nothing_or_have_no_name_leave_no_trace() -> None:
    listed = read(f'<outline text="Empty"><outline text="Too"/></outline><outline>{FEED}</outline>')
    assert [(entry.name, entry.folders) for entry in listed.entries] == [("A feed", ())]
    assert listed.problems == ()


def test_a_feed_beside_a_folder_is_not_in_it_and_one_inside_a_feed_is_beside_it() -> None:
    inside = '<outline text="Outer" xmlUrl="https://a.example/o">' + feed(1) + "</outline>"
    listed = read(f'<outline text="Folder">{inside}</outline>{feed(2)}')
    assert [(entry.name, entry.folders) for entry in listed.entries] == [
        ("Outer", ("Folder",)), ("1", ("Folder",)), ("2", ()),
    ]  # fmt: skip


def test_a_category_is_a_folder_only_where_there_is_none() -> None:
    outline = '<outline text="A" category="/Tech/Linux,news" xmlUrl="https://a.example/"/>'
    assert read(outline).entries[0].folders == ("Tech", "Linux")
    listed = read(f'<outline text="Mine">{outline}</outline>')
    assert listed.entries[0].folders == ("Mine",)
    assert [str(remark) for remark in listed.remarks] == [
        "list.opml:1: A is kept in Mine, and not in Tech/Linux, news as well"
    ]


def test_a_feed_in_two_folders_is_kept_in_the_first_and_a_remark_says_so() -> None:
    listed = read(f'<outline text="One">{FEED}</outline>\n<outline text="Two">{FEED}</outline>\n{FEED}')
    assert [entry.folders for entry in listed.entries] == [("One",)]
    assert [str(remark) for remark in listed.remarks] == ["list.opml:2: A feed is kept in One, and not in Two as well"]


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ('xmlUrl="exec:touch /tmp/x"', "exec: links are not opened (exec:touch /tmp/x)"),
        ('xmlUrl="filter:cmd:https://a.example/"', "filter: links are not opened (filter:cmd:https://a.example/)"),
        ('xmlUrl="|touch x"', "the link does not begin with http:// or https:// (|touch x)"),
        ('xmlUrl="file:///etc/passwd"', "file: links are not opened (file:///etc/passwd)"),
        ('xmlUrl="JavaScript:alert(1)"', "javascript: links are not opened (JavaScript:alert(1))"),
        ('xmlUrl="mailto:a@b.example"', "mail is no feed (mailto:a@b.example)"),
        ('xmlUrl="https://"', "the link has no readable host"),
        ('xmlUrl="https://me:secret@a.example/"', "the link holds a user name or password (a.example)"),
        ('type="rss" xmlUrl=" "', "it has no address"),
        ('type="link" url="https://a.example/"', "what a list refers to is not read (https://a.example/)"),
        ('type="include"', "what a list refers to is not read (nowhere)"),
        ('htmlUrl="http://a.b/"', "it has no feed, only a page (http://a.b/); newstui add looks for one there"),
        ('type="include" url="https://me:secret@a.b/"',
         "what a list refers to is not read (the link holds a user name or password)"),
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_feed_is_refused_with_its_line_and_the_others_are_read(
    attributes: str, reason: str
) -> None:
    listed = read(f'{FEED}\n<outline text="N" {attributes}/>\n{feed(2)}')
    assert [entry.name for entry in listed.entries] == ["A feed", "2"]
    assert reasons(listed) == [f"list.opml:2: N: {reason}"]
    assert "secret" not in str(listed)


def test_an_outline_of_a_type_that_holds_feeds_is_a_folder() -> None:
    listed = read(f'<outline text="Typed" type="rss">{FEED}</outline>')
    assert (listed.entries[0].folders, listed.problems) == (("Typed",), ())


def test_the_attributes_of_other_programs_are_passed_over() -> None:
    listed = read(
        '<outline xmlns:x="urn:x" x:kind="folder" x:xmlUrl="https://x.example/" x:text="X" TEXT="T" unknown="" '
        'XMLURL="https://a.example/"/>'
    )
    assert [(entry.kind, entry.place, entry.name) for entry in listed.entries] == [("feed", "https://a.example/", "T")]


def test_a_list_in_a_namespace_is_read_too() -> None:
    body = f'<OPML xmlns="http://opml.org/spec2"><body>{FEED}</body></OPML>'
    assert len(opml.read(body.encode()).entries) == 1


def test_what_a_list_calls_a_thing_is_cleaned() -> None:
    name = "a&#10;b&#x9b;31m&#x202e;c&#x200b; &amp;amp; d&#x301;&lt;i&gt;"
    listed = read(f'<outline text="{name}"><outline text="{name}" xmlUrl="https://a.example/"/></outline>')
    assert listed.entries[0][2:4] == ("a b31mc & d\N{COMBINING ACUTE ACCENT}<i>", (listed.entries[0].name,))


def test_a_name_that_is_too_long_is_cut() -> None:
    (entry,) = read(f'<outline text="{"x" * 300}" xmlUrl="https://a.example/"/>').entries
    assert (len(entry.name), entry.name[-1]) == (200, "…")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_list_may_be_in_any_encoding_that_xml_readers_know(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + (
        '<opml><body><outline text="Größe" xmlUrl="https://a.example/"/></body></opml>'
    )
    assert opml.read(text.encode(encoding)).entries[0].name == "Größe"


@pytest.mark.parametrize("encoding", ["gb2312", "no-such", "zip", "rot13", "idna"])
def test_an_encoding_that_is_not_known_is_named(encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><opml><body>{FEED}</body></opml>'.encode()
    with pytest.raises(ParseError, match="encoding"):
        opml.read(body, "list.opml")


DECLARED = {
    "billion laughs": "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10)),
    "quadratic": f'<!ENTITY a0 "{"x" * 50_000}">',
    "external": '<!ENTITY a0 SYSTEM "file:///etc/passwd">',
    "parameter": '<!ENTITY % a0 SYSTEM "http://127.0.0.1:9/x">%a0;',
    "defaults": f'<!ATTLIST outline text CDATA "{"x" * 500_000}">',
    "nothing": "",
}


@pytest.mark.parametrize("declarations", DECLARED.values(), ids=DECLARED)
def test_a_list_that_declares_anything_is_refused(declarations: str) -> None:
    with pytest.raises(ParseError, match="it declares entities or the like"):
        read("&a10;" * 100, head=f"<!DOCTYPE opml [{declarations}]>")


_WATCHED = """
import sys
from newstui.sources import opml

happened = []
sys.addaudithook(lambda event, _: happened.append(event) if event.split(".")[0] in ("open", "socket", "os") else None)
listed = opml.read(sys.argv[1].encode())
sys.exit(str(happened or len(listed.entries)))
"""


def test_a_plain_document_type_may_stand_there_and_is_not_fetched() -> None:
    head = '<!DOCTYPE opml PUBLIC "-//X//Y" "http://127.0.0.1:9/opml.dtd">'
    body = f"{head}<opml><body>{FEED}<outline text='&made-up;'/></body></opml>"
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, body], cwd=CHECKOUT, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == "1\n"


@pytest.mark.parametrize(
    ("body", "what", "where"),
    [
        (b"", "this is not well-formed XML: no element found", "list.opml:1"),
        (b"<opml>\n<body>", "this is not well-formed XML: no element found", "list.opml:2"),
        (b"<opml>\n<body>&nbsp;", "this is not well-formed XML: undefined entity", "list.opml:2"),
        (b"\0\1\2", "this is not well-formed XML: not well-formed (invalid token)", "list.opml:1"),
        (b"<rss><outline xmlUrl='https://a.example/'/></rss>", "this is no OPML: it begins with “rss”", "list.opml:1"),
        (b"<!DOCTYPE html><html></html>", "this is no OPML: it begins with “html”", "list.opml:1"),
    ],
)
def test_what_is_no_list_is_refused_with_its_line(body: bytes, what: str, where: str) -> None:
    with pytest.raises(ParseError) as refused:
        opml.read(body, "list.opml")
    assert (refused.value.what, refused.value.where) == (what, where)


def test_a_list_may_be_as_large_as_the_limit_and_no_larger() -> None:
    body = f"<opml><body>{FEED}</body></opml>".encode()
    assert len(opml.read(body.ljust(LARGEST_LIST)).entries) == 1
    for size in (LARGEST_LIST + 1, LARGEST_LIST * 100):
        with pytest.raises(ParseError, match="larger than 2 MiB"):
            opml.read(body.ljust(size))


def test_folders_may_be_as_deep_as_the_limit_and_no_deeper() -> None:
    def nested(depth: int, name: str = "f") -> str:
        return f'<outline text="{name}">' * depth + FEED + "</outline>" * depth

    assert len(read(nested(opml.DEEPEST)).entries[0].folders) == opml.DEEPEST
    for depth in (opml.DEEPEST + 1, opml.DEEPEST * 100):
        with pytest.raises(ParseError, match="more than 64 deep"):
            read(nested(depth))
    assert read(nested(opml.DEEPEST * 100, name="")).entries[0].folders == ()
    deep = "/".join(["f"] * opml.DEEPEST * 100)
    assert len(read(f'<outline category="{deep}" xmlUrl="https://a.example/"/>').entries[0].folders) == opml.DEEPEST


def test_a_list_may_have_as_many_entries_as_the_limit_and_the_rest_is_told() -> None:
    many = "".join(map(feed, range(MOST_ENTRIES)))
    assert len(read(many).entries) == MOST_ENTRIES
    assert read(many).problems == ()
    listed = read(f'{many}\n{feed(-1)}{feed(0)}<outline xmlUrl="exec:x"/>')
    assert len(listed.entries) == MOST_ENTRIES
    assert reasons(listed) == ["list.opml:2: only the first 10,000 entries are read"]


WRITTEN = """\
<?xml version='1.0' encoding='utf-8'?>
<opml version="2.0" xmlns:newstui="urn:newstui:opml">
  <head>
    <title>Subscriptions of newstui</title>
    <dateCreated>Fri, 08 May 2020 22:34:00 GMT</dateCreated>
  </head>
  <body>
    <outline text="Tech" title="Tech">
      <outline text="Linux" title="Linux">
        <outline text="A &amp; B" title="A &amp; B" type="rss" xmlUrl="https://a.example/feed?a=1&amp;b=2" />
      </outline>
      <outline text="Mine" title="Mine" type="newstui" newstui:kind="folder" newstui:place="/home/me/articles" />
    </outline>
    <outline text="B" title="B" type="rss" xmlUrl="https://b.example/"\
 newstui:every="30" newstui:paused="true" newstui:fullText="true" />
  </body>
</opml>
"""


def test_a_list_of_newstui_is_one_that_other_readers_read() -> None:
    entries = [
        Entry("feed", "https://a.example/feed?a=1&b=2", "A & B", ("Tech", "Linux")),
        Entry("folder", "/home/me/articles", "Mine", ("Tech",)),
        Entry("feed", "https://b.example/", "B", every=30, is_paused=True, is_full_text=True),
    ]
    assert opml.written(entries, 1_588_977_240).decode() == WRITTEN


NAMES = st.text(max_size=40) | st.sampled_from(["&lt;", "&amp;amp;", "A &", "a  b", "&#x9;", "<![CDATA[", "]]>", "é"])
HOSTS = st.sampled_from(["a.example", "b.example", "127.0.0.1:8000", "[::1]", "xn--bcher-kva.example"])
PATHS = st.text("abc/?&=;%20#", max_size=20)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Whatever a library may hold."""
    kind = draw(st.sampled_from(["feed", "site", "web", "folder"]))
    path = f"/{draw(PATHS)}"
    return Entry(
        kind, path if kind == "folder" else SafeUrl.parse(f"https://{draw(HOSTS)}{path}"), draw(NAMES),
        tuple(draw(st.lists(NAMES, max_size=4))), draw(st.none() | st.integers(1, 10**6)),
        draw(st.booleans()), draw(st.booleans()),
    )  # fmt: skip


@given(st.lists(entries(), max_size=8, unique_by=lambda entry: entry.place))
def test_a_list_that_was_read_once_is_written_and_read_without_loss(listed: list[Entry]) -> None:
    body = opml.written(listed, 0)
    ElementTree.fromstring(body)
    once = opml.read(body)
    again = opml.read(opml.written(once.entries, 0))
    assert {entry._replace(line=None) for entry in once.entries} == {
        entry._replace(line=None) for entry in again.entries
    }
    assert (once.problems, once.remarks, again.remarks) == ((), (), ())
    assert {entry.place for entry in listed} == {entry.place for entry in once.entries}


@given(st.text(max_size=60))
def test_a_clean_name_is_read_as_it_was_written(text: str) -> None:
    (first,) = opml.read(opml.written([Entry("feed", "https://a.example/", text)], 0)).entries
    (again,) = opml.read(opml.written([first], 0)).entries
    assert again.name == first.name
