"""URLs from outside: what may be opened, what is refused and why, and when two are the same page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui import links
from newstui.errors import LinkError
from newstui.links import LONGEST_URL, SafeUrl, canonical, host, shown_host, web_url
from newstui.text import line

HOSTILE = "\x1b\x07\0\r\n\t \u202e\u200b\u2028\ud800\"'<>\\^`{|}é–中%@:/?#[]&;=$-_.~xnh8"
AWKWARD = st.one_of(
    st.text(),
    st.builds(
        "{}://{}{}".format, st.sampled_from(["http", "HTTPS", "mailto", "file"]), st.text(HOSTILE), st.text(HOSTILE)
    ),
    st.builds("https://a.example/{}".format, st.text(st.one_of(st.characters(), st.sampled_from(HOSTILE)))),
)


@pytest.mark.parametrize(
    ("outside", "opened"),
    [
        ("https://a.example/news?id=1#top", "https://a.example/news?id=1#top"),
        (" HTTP://A.Example:8080/X ", "http://a.example:8080/X"),
        ("https://a.example/Business Wire/é", "https://a.example/Business%20Wire/%C3%A9"),
        ("https://a.example/%C3%A9?q=50%25", "https://a.example/%C3%A9?q=50%25"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://a.example./", "https://a.example/"),
        ("https://[::1]:80/x", "https://[::1]:80/x"),
        ("https://a.example/?x=\"'<>`{}|\\^", "https://a.example/?x=%22'%3C%3E%60%7B%7D%7C%5C%5E"),
        ("https://a.example/\x1b]8;;\x07b\u202e\u2028c", "https://a.example/bc"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        (
            "MAILTO:desk@news.example?subject=A b&attach=/etc/passwd&cc=x@y.z&body=%0d%0aBcc:x",
            "mailto:desk@news.example?subject=A%20b",
        ),
    ],
    ids=ascii,
)
def test_a_safe_url_is_rebuilt_from_its_parts(outside: str, opened: str) -> None:
    assert SafeUrl.parse(outside) == opened


@pytest.mark.parametrize(
    ("outside", "reason"),
    [
        ("javascript:alert(1)", "javascript: links are not opened"),
        ("java\nscript:alert(1)", "javascript: links are not opened"),
        ("JaVaScRiPt://a.example/%0aalert(1)", "javascript: links are not opened"),
        ("file:///etc/passwd", "file: links are not opened"),
        ("data:text/html,<script>", "data: links are not opened"),
        ("ftp://a.example/", "ftp: links are not opened"),
        ("\\\\server\\share", "the link does not begin with http:// or https://"),
        ("//a.example/x", "the link does not begin with http:// or https://"),
        ("--help", "the link does not begin with http:// or https://"),
        ("", "the link does not begin with http:// or https://"),
        ("https://", "the link has no readable host"),
        ("https:///path", "the link has no readable host"),
        ("https:a.example", "the link has no readable host"),
        ("https://-x.example/", "the link has no readable host"),
        ("https://a..example/", "the link has no readable host"),
        ("https://a b.example/", "the link has no readable host"),
        ("https://a.example\\@b.example/", "the link holds a user name or password"),
        ("https://good.example\\.bad.example/", "the link has no readable host"),
        ("https://[::1", "the link has no readable host"),
        ("https://[a.example]/", "the link has no readable host"),
        ("https://\u2488com/", "the link has no readable host"),
        ("https://a.example:99999/", "the link has no readable port"),
        ("https://a.example:x/", "the link has no readable port"),
        ("https://user:secret@a.example/", "the link holds a user name or password"),
        ("https://paypal.example@bad.example/", "the link holds a user name or password"),
        ("mailto:", "the link has no readable mail address"),
        ("mailto:-x@a.example", "the link has no readable mail address"),
        ("mailto:a@b.example,c@d.example", "the link has no readable mail address"),
    ],
    ids=ascii,
)
def test_what_must_not_be_opened_is_refused_with_the_reason(outside: str, reason: str) -> None:
    with pytest.raises(LinkError) as refusal:
        SafeUrl.parse(outside)
    assert refusal.value.what == reason


@pytest.mark.parametrize("rest", ["a.example/", "a.example:x/", "a.example:99999/", "[::1/", "", "-x/"])
@pytest.mark.parametrize("scheme", ["https://", "ftp://", "//", "x:", ""])
def test_no_secret_of_a_refused_link_is_repeated(scheme: str, rest: str) -> None:
    with pytest.raises(LinkError) as refusal:
        SafeUrl.parse(f"{scheme}user:secret@{rest}")
    assert "secret" not in str(refusal.value)


def parsed(outside: str) -> tuple[str, str]:
    """The URL, or the reason why it is refused."""
    try:
        return SafeUrl.parse(outside), ""
    except LinkError as error:
        return "", str(error)


@given(AWKWARD)
def test_whatever_is_parsed_is_refused_or_plain(outside: str) -> None:
    url, refusal = parsed(outside)
    assert line(refusal, 500) == refusal
    if not url:
        return
    assert url.isascii()
    assert url.isprintable()
    assert not set(url) & set(' "<>\\^`{|}')
    assert url.startswith(("http://", "https://", "mailto:"))
    assert len(url) <= LONGEST_URL
    assert SafeUrl.parse(url) == url


@given(AWKWARD)
def test_the_url_of_a_page_is_refused_or_clean_and_safe(outside: str) -> None:
    try:
        url = web_url(outside)
    except ValueError:
        return
    assert url.isprintable() or "\xa0" in url or not url.isascii()
    assert "\x1b" not in url
    assert "\n" not in url
    assert web_url(url) == url
    assert SafeUrl.parse(url).startswith("http")


@given(st.from_regex(links._PLAIN_URL, fullmatch=True))
def test_a_plain_url_is_opened_as_it_would_be_if_it_were_put_together_again(text: str) -> None:
    try:
        rebuilt = links._rebuilt(text)
    except LinkError:
        with pytest.raises(LinkError):
            SafeUrl.parse(text)
    else:
        assert SafeUrl.parse(text) == rebuilt


@given(st.from_regex(links._PLAIN_URL, fullmatch=True))
def test_the_short_way_lets_through_nothing_that_the_long_way_refuses(outside: str) -> None:
    if len(outside) <= LONGEST_URL:
        assert SafeUrl.parse(outside) in {outside, outside.removesuffix("?")}  # an empty query goes
        assert web_url(outside) == outside


@pytest.mark.parametrize("length", [LONGEST_URL + 1, 100 * LONGEST_URL])
@pytest.mark.parametrize("door", [SafeUrl.parse, web_url])
def test_a_url_has_at_most_so_many_characters(door: Callable[[str], str], length: int) -> None:
    start = "https://a.example/"
    assert door(start.ljust(LONGEST_URL, "x"))
    with pytest.raises((LinkError, ValueError), match="too long"):
        door(start.ljust(length, "x"))


def test_a_url_that_grows_too_long_when_it_is_escaped_is_refused() -> None:
    with pytest.raises(LinkError, match="too long"):
        SafeUrl.parse("https://a.example/" + "é" * 1_000)


def test_a_host_has_at_most_so_many_characters() -> None:
    name = ".".join(["x" * 50] * 5)[: links.LONGEST_HOST - 8].ljust(links.LONGEST_HOST - 8, "y") + ".example"
    assert len(name) == links.LONGEST_HOST
    assert SafeUrl.parse(f"https://{name}/")
    for longer in (f"x{name}", f"{'x.' * 10_000}{name}"[-2_000:]):
        with pytest.raises(LinkError, match="host"):
            SafeUrl.parse(f"https://{longer}/")


def test_the_url_of_a_page_stays_as_its_source_wrote_it() -> None:
    assert web_url("https://a.example/PR Newswire/River’s®") == "https://a.example/PR Newswire/River’s®"
    assert web_url(" HTTPS://A.example/\u2028x\n") == "HTTPS://A.example/x"
    with pytest.raises(ValueError, match="javascript: links are not opened"):
        web_url("javascript:alert(1)")
    with pytest.raises(ValueError, match="only http"):
        web_url("mailto:a@b.example")


SAME = [
    "https://a.example/news/1?id=2",
    "http://a.example/news/1?id=2",
    "HTTPS://A.Example/news/1?id=2",
    "https://a.example:443/news/1?id=2",
    "http://a.example:80/news/1/?id=2",
    "https://a.example./news/1/?id=2#comments",
    "https://a.example/news/1?utm_source=x&id=2&utm_medium=y",
    "https://a.example/news/1?fbclid=IwAR0&id=2&&gclid=1",
    "https://a.example/%6eews/1?id=2&UTM_Campaign=z",
    " https://a.example/ne\x07ws/1?id=2 ",
]


@pytest.mark.parametrize("url", SAME, ids=ascii)
def test_spellings_of_one_page_are_the_same(url: str) -> None:
    assert canonical(url) == SAME[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("https://a.example/é", "https://a.example/%c3%a9"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://bücher.example:8080/x", "https://xn--bcher-kva.example:8080/x"),
        ("https://a.example", "https://a.example/?#"),
    ],
)
def test_escapes_and_international_hosts_have_one_spelling(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://www.a.example/x"),
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x?a=1&b=2", "https://a.example/x?b=2&a=1"),
        ("https://a.example/x", "https://a.example:8080/x"),
        ("https://a.example/x?utm=1", "https://a.example/x"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/x?ref=1", "https://a.example/x"),
    ],
)
def test_pages_that_may_differ_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(AWKWARD)
def test_the_canonical_form_never_fails_and_is_final_for_a_url(outside: str) -> None:
    same = canonical(outside)
    assert not parsed(outside)[0] or canonical(same) == same


@given(AWKWARD)
def test_a_page_is_the_same_before_and_after_the_door(outside: str) -> None:
    try:
        url = web_url(outside)
    except ValueError:
        return
    assert canonical(url) == canonical(outside) == canonical(SafeUrl.parse(outside))


def corpus_urls(shared: Path) -> list[str]:
    files = sorted((shared / "corpus/articles").rglob("*.md"))
    lines = (line for file in files for line in file.read_text("utf-8").split("\n") if line.startswith("webUrl: "))
    return [line.removeprefix("webUrl: ").strip("\"'") for line in lines]


def test_the_pages_of_a_real_collection_stay_distinct_and_find_each_other(shared: Path) -> None:
    urls = set(corpus_urls(shared))
    assert len(urls) == len({canonical(url) for url in urls}) == 809
    for url in urls:
        spelled = (
            url.replace("https://", "HTTP://").replace("\\L", "") + ("&" if "?" in url else "?") + "utm_source=x#y"
        )
        assert canonical(spelled) == canonical(url) == canonical(web_url(url) if "\\" not in url else url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://A.Example:8080/x", "a.example"),
        ("https://user@a.example./x", "a.example"),
        ("http://[::1]:80/", "[::1]"),
        ("https://bücher.example?x", "bücher.example"),
        ("mailto:a@b.example", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_url(url: str, name: str) -> None:
    assert host(url) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.example", "a.example"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("bücher.example", "bücher.example"),
        ("例え.jp", "例え.jp"),
        ("xn--r8jz45g.jp", "例え.jp"),
        ("правда.рф", "правда.рф"),
        ("\u0430pple.com", "xn--pple-43d.com"),
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),
        ("xn--zzzzzz999999.com", "xn--zzzzzz999999.com"),
        ("\u2488com.example", "%E2%92%88com.example"),
    ],
    ids=ascii,
)
def test_a_host_that_mixes_scripts_is_shown_in_punycode(name: str, shown: str) -> None:
    assert shown_host(f"https://{name}/path") == shown


@given(AWKWARD)
def test_a_shown_host_is_always_plain(outside: str) -> None:
    assert shown_host(outside).isprintable()
