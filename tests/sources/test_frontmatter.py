"""The cut of a document says what a parse of the whole says, and every limit holds."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newstui.sources.frontmatter import (
    LARGEST_ENTRY,
    LARGEST_FRONT,
    LARGEST_HEAD,
    MOST_RELATED,
    DocumentError,
    FrontMatter,
    cut,
    read,
    split,
    whole,
)
from newstui.sources.yaml_lines import plain_values
from newstui.sources.yaml_values import DEEPEST, Value, YamlError, parsed


def entries(matter: FrontMatter) -> list[Value]:
    return [matter.fresh[block] for block in matter.related]


def same(one: FrontMatter, other: FrontMatter) -> bool:
    return one.fields == other.fields and entries(one) == entries(other)


def document(yaml: str, body: str = "") -> bytes:
    return f"---\n{yaml}---\n{body}".encode()


# Cut and whole


def test_the_cut_of_every_document_of_a_real_collection_says_what_the_whole_says(shared: Path) -> None:
    documents = sorted((shared / "corpus/articles").glob("*.md"))
    for path in [*documents, shared / "seed-article.md"]:
        front, _ = split(path.read_bytes())
        pieces = cut(front)
        assert pieces is not None, path.name
        assert same(pieces, whole(front)), path.name
    assert len(documents) == 812


SCALARS = [
    "word", "two words", "1", "-1", "2020-05-08T10:00:00Z", "null", "~", "true", "a: b", "a #b", "a:",
    "http://x.example/a?b=c",
    '"quoted"', '"a \\"b\\" \\n c"', '"\\u263a"', '""', "'single'", "'it''s'", '"open',
    "'open", '"two\n  lines"', '"two\nlines"',
    "'two\n  lines'", "|\n  text\n  more", "|+\n  text\n\n", ">-\n  text", "[a, b]", "[a", "{a: b}", "&x a",
    "*x", "!!str 1",
    "", "  spaced  ", "@at", "`tick", "é", "微软", "\u2028", "\x85", "- a", "? a", "# c", '"\nrelated:\n  - title: no"',
    '"\nsecured: "', "'\nsecured: \"abc=\"\n'", "|\n  related:\n    - a", "plain\n  continued", "%a", ",", "a\tb",
]  # fmt: skip
KEYS = ["title", "excerpt", "related", "secured", "topics", '"title"', "a b", "1", "x-y", "", "?", "- title", "<<"]
LINES = [
    "related:\n", "related: \n", "related: []\n", "related:\n  - title: a\n    excerpt: b\n", "related:\n- title: a\n",
    "related:\n    - title: a\n      excerpt: b\n", "related:\n  -   title: a\n      excerpt: b\n", "  - title: c\n",
    "    excerpt: |\n      text\n", "    excerpt: |+\n      text\n\n", 
    "    provider:\n      name: x\n      domain: y\n",
    "    images:\n      - url: u\n        width: 1\n", "\n", "   \n", "# comment\n", "  # comment\n",
    "...\n", "--- x\n", "%TAG\n",
    'secured: "abc+/=;"\n', "secured: 'x\n", "\t\n", "  stray\n", "topics:\n  - A\n  - B\n", "topics:\n- A\n",
    "}\n", "  - \n", "  -\n",
]  # fmt: skip

pairs = st.builds(
    lambda indent, key, scalar: f"{indent}{key}: {scalar}\n",
    st.sampled_from(["", "", "", "  ", "    "]),
    st.sampled_from(KEYS),
    st.sampled_from(SCALARS),
)
odd_yaml = st.lists(pairs | st.sampled_from(LINES), max_size=9).map("".join)
likely_yaml = st.builds(
    lambda head, items, tail: (
        "".join(f"k{n}: {scalar}\n" for n, scalar in enumerate(head))
        + "related:\n"
        + "".join(f"  - title: {one}\n    excerpt: {two}\n" for one, two in items)
        + tail
    ),
    st.lists(st.sampled_from(SCALARS), max_size=3),
    st.lists(st.tuples(st.sampled_from(SCALARS), st.sampled_from(SCALARS)), max_size=4),
    st.sampled_from(
        [
            "",
            "\n",
            'secured: "ab=="\n',
            "quality: 1\n",
            "x: '\n",
            'secured: "a"\nheat: 2\n',
            "\n\n",
            "related:\n  - b\n",
        ]
    ),
)


@settings(max_examples=1500, deadline=None)
@given(odd_yaml | likely_yaml)
@example('excerpt: "foo\nrelated:\n  - title: bar"\ntitle: x\n')
@example("excerpt: 'foo\nsecured: \"abc\"\nbar'\n")
@example("title: a\nrelated:\n  - title: b\n# c\n  indented: x\n")
@example("related:\n  - title: b\n")
@example("  title: a\nrelated:\n  - title: b\n")
@example("title: a\nrelated:\n  - title: |+\n      b\n\n\n  - title: |+\n      b\n")
def test_the_cut_of_odd_yaml_says_what_the_whole_says_or_nothing(yaml: str) -> None:
    front = yaml.encode()
    pieces = cut(front)
    if pieces is not None:
        assert same(pieces, whole(front))


@settings(max_examples=1500, deadline=None)
@given(odd_yaml | likely_yaml)
def test_plain_lines_say_what_the_parser_says_or_nothing(yaml: str) -> None:
    said = plain_values(yaml)
    if said is not None:
        assert said == parsed(yaml.encode())


def test_most_lines_of_a_real_collection_are_plain(shared: Path) -> None:
    heads = [path.read_bytes()[4:].partition(b"related:\n")[0] for path in (shared / "corpus/articles").glob("*.md")]
    plain = sum(plain_values(head.partition(b"secured: ")[0].decode()) is not None for head in heads)
    assert plain > 0.9 * len(heads)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | odd_yaml.map(str.encode))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    for written in (data, b"---\n" + data + b"\n---\n"):
        with suppress(DocumentError):
            read(written)


# Where it begins and ends


def test_the_body_is_what_follows_the_second_mark() -> None:
    matter, body = read(document("title: A\n", "\nText\n---\nmore\n"))
    assert (matter.fields, body) == ({"title": "A"}, "Text\n---\nmore")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems_and_a_byte_order_mark_change_nothing(ends: str) -> None:
    plain = document("title: A\nrelated:\n  - title: B\n  - title: C\n", "One\nTwo\n")
    other = b"\xef\xbb\xbf" + plain.replace(b"\n", ends.encode())
    assert read(other)[1] == "One\nTwo"
    assert same(read(other)[0], read(plain)[0])


@pytest.mark.parametrize(
    ("data", "what", "line"),
    [
        (b"", "empty", None),
        (b"\n \n", "empty", None),
        (b"\x89PNG\r\n\0\0", "not text", None),
        (b"# Heading\n", "no front matter", 1),
        (b"---\ntitle: A\n", "no end", 1),
        (b"---\n- a\n---\n", "not keys and values", 2),
        (b"---\ntitle: A\nexcerpt: [\n---\n", "not valid YAML", 4),
        (b"---\ntitle: A\na: &x 1\nb: *x\n---\n", "anchors", 3),
        (b"---\n[a, b]: c\n---\n", "key", 2),
        (b"---\na: 1\n...\nb: 2\n---\n", "YAML", 3),
    ],
)
def test_what_is_no_document_is_refused_with_its_line(data: bytes, what: str, line: int | None) -> None:
    with pytest.raises(DocumentError, match=what) as refused:
        read(data)
    assert refused.value.line == line


def test_control_characters_are_left_out_with_a_warning() -> None:
    matter, _ = read(document('title: "A\x1b]52;c;eA==\x07 B"\n'))
    assert matter.fields == {"title": "A B"}
    assert matter.warnings == ["characters that no text may hold were left out"]


def test_a_text_in_another_encoding_is_read_as_far_as_it_goes() -> None:
    matter, body = read("---\ntitle: Café\n---\nÀ\n".encode("latin-1"))
    assert (matter.fields, body) == ({"title": "Caf\ufffd"}, "\ufffd")
    assert matter.warnings


# Values


def test_values_are_texts_as_written_but_a_plain_null() -> None:
    yaml = "a: no\nb: 1:30\nc: 0x1F\nd: 2020-01-01\ne: ~\nf: null\ng: 'null'\nh:\ni: \"\"\n"
    said = {
        "a": "no",
        "b": "1:30",
        "c": "0x1F",
        "d": "2020-01-01",
        "e": None,
        "f": None,
        "g": "null",
        "h": None,
        "i": "",
    }
    assert read(document(yaml))[0].fields == said


def test_the_sealed_part_is_never_kept() -> None:
    for yaml in ('secured: "abc="\ntitle: A\n', "title: A\nsecured: [a, b]\n", "title: A\nsecured: |\n  x\n"):
        assert read(document(yaml))[0].fields == {"title": "A"}


def test_a_known_entry_is_named_and_not_parsed_again() -> None:
    data = document("title: A\nrelated:\n  - title: B\n  - title: C\n  - title: B\n")
    first, _ = read(data)
    assert entries(first) == [{"title": "B"}, {"title": "C"}, {"title": "B"}]
    again, _ = read(data, first.fresh)
    assert (again.related, again.fresh) == (first.related, {})


def test_the_same_bytes_in_another_column_are_another_entry() -> None:
    first, _ = read(document("title: A\nrelated:\n  - title: B\n    excerpt: C\n"))
    with pytest.raises(DocumentError):
        read(document("title: A\nrelated:\n    - title: B\n    excerpt: C\n"), first.fresh)


def test_a_related_that_is_no_list_is_a_warning() -> None:
    matter, _ = read(document("title: A\nrelated: yes\n"))
    assert (matter.fields, matter.related) == ({"title": "A"}, [])
    assert matter.warnings == ["related is not a list"]


# Limits


def nested(depth: int) -> bytes:
    return document("a: " + "[" * (depth - 1) + "]" * (depth - 1) + "\n")


def test_lists_may_lie_as_deep_as_the_limit_and_no_deeper() -> None:
    assert read(nested(DEEPEST))[0].fields
    for depth in (DEEPEST + 1, 100 * DEEPEST):
        with pytest.raises(DocumentError, match=r"deeper than 16|nesting depth"):
            read(nested(depth))


def test_depth_counts_the_same_in_a_cut_entry() -> None:
    def listing(depth: int) -> bytes:
        return f"title: A\nrelated:\n  - a: {'[' * (depth - 3)}{']' * (depth - 3)}\n".encode()

    assert cut(listing(DEEPEST)) is not None
    assert cut(listing(DEEPEST + 1)) is None


def test_half_a_million_brackets_and_an_alias_bomb_cost_nothing() -> None:
    bomb = "".join(
        f"{'abcdefghi'[n]}: &{'abcdefghi'[n]} [{'*' + 'abcdefghi'[n - 1] if n else 'x'}]\n" for n in range(9)
    )
    began = time.process_time()
    for yaml in ("a: " + "[" * 500_000 + "\n", bomb):
        with pytest.raises(DocumentError):
            read(document(yaml))
    assert time.process_time() - began < 1


def test_front_matter_may_be_as_large_as_the_limit_and_no_larger() -> None:
    def sized(size: int) -> bytes:
        return document("title: A\nsecured: " + '"' + "x" * (size - len('title: A\nsecured: ""\n')) + '"\n')

    assert read(sized(LARGEST_FRONT))[0].fields == {"title": "A"}
    for size in (LARGEST_FRONT + 1, 2 * LARGEST_FRONT):
        with pytest.raises(DocumentError, match="larger than 1 MiB"):
            read(sized(size))


def test_a_head_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert read(document("a: " + "x" * (LARGEST_HEAD - 4) + "\n"))[0].fields
    with pytest.raises(DocumentError, match="larger than 64 KiB"):
        read(document("a: " + "x" * (LARGEST_HEAD - 3) + "\n"))


def test_an_entry_larger_than_the_limit_is_none() -> None:
    def listing(size: int) -> FrontMatter:
        return read(document(f"title: A\nrelated:\n  - title: {'x' * (size - 7)}\n  - title: B\n"))[0]

    assert entries(listing(LARGEST_ENTRY))[0] is not None
    assert entries(listing(LARGEST_ENTRY + 1)) == [None, {"title": "B"}]


def test_the_first_related_entries_are_kept_and_it_is_said() -> None:
    def listing(count: int) -> FrontMatter:
        return read(document("title: A\nrelated:\n" + "".join(f"  - title: {n}\n" for n in range(count))))[0]

    assert (len(listing(MOST_RELATED).related), listing(MOST_RELATED).warnings) == (MOST_RELATED, [])
    for count in (MOST_RELATED + 1, 100 * MOST_RELATED):
        assert len(listing(count).related) == MOST_RELATED
        assert listing(count).warnings == ["only the first 500 related entries are kept"]


def test_a_yaml_error_names_its_line_in_the_yaml() -> None:
    with pytest.raises(YamlError) as refused:
        whole(b"a: 1\nb: [\n")
    assert refused.value.line == 3
