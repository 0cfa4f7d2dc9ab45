"""The one HTTP client against a real server on loopback that behaves as badly as one can."""

import asyncio
import gzip
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as sampled
from hypothesis import strategies as st

from newstui import __version__
from newstui.errors import FetchError
from newstui.sources.decoding import MOST_PARTS, STEP
from newstui.sources.fetch import (
    LARGEST_PAGE,
    LONGEST_WAIT,
    MOST_OF_A_HOST,
    MOST_REDIRECTS,
    SHORTEST_WAIT,
    Client,
    Fetched,
    pause,
)
from newstui.sources.transport import MOST_CONNECTIONS
from tests.sources.hostile_server import (
    CUT_BODY,
    CUT_CHUNKS,
    CUT_IN_A_CHUNK,
    CUT_PACKED,
    NO_HTTP,
    Answer,
    by_path,
    chunk,
    exploding_twice,
    following,
    heading,
    heading_often,
    hopping,
    redirecting,
    response,
    saying,
    serving,
    silent,
)

NOW = 1_700_000_000


def here(host: str, port: int) -> list[str]:
    """Every host is this machine."""
    return ["127.0.0.1"]


async def fetched(answer: Answer, *, limit: int = LARGEST_PAGE, validators: str = "") -> Fetched:
    async with serving(answer) as url, Client() as client:
        return await client.get(url, limit=limit, validators=validators, may_be_private=True)


async def refused(answer: Answer, reason: str, *, limit: int = LARGEST_PAGE) -> FetchError:
    with pytest.raises(FetchError, match=reason) as error:
        await fetched(answer, limit=limit)
    assert error.value.where.startswith("http://127.0.0.1:")
    return error.value


# What is asked


async def test_a_request_says_who_asks_and_nothing_else() -> None:
    requests: list[list[str]] = []

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        writer.write(response(b"x", Set_Cookie="id=1; Path=/"))

    async with serving(answer) as url, Client() as client:
        await client.get(url, may_be_private=True)
        await client.get(url, may_be_private=True)
    names = [{line.partition(":")[0].lower() for line in request[1:] if line} for request in requests]
    assert names == [{"host", "accept", "accept-encoding", "connection", "user-agent"}] * 2
    assert f"User-Agent: newstui/{__version__} (a news reader for the terminal)" in requests[0]
    assert "Accept-Encoding: gzip" in requests[0]


async def test_a_redirect_learns_nothing_of_where_it_came_from() -> None:
    requests: list[list[str]] = []

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        is_first = request[0] == "GET / HTTP/1.1"
        writer.write(response(status="302 Found", Location="/next", Set_Cookie="id=1") if is_first else response())

    await fetched(answer)
    assert requests[1][1:] == requests[0][1:]


async def test_the_validators_of_an_answer_make_the_next_request_conditional() -> None:
    requests: list[list[str]] = []

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        unchanged = 'If-None-Match: "one"' in request
        first = response(b"x", ETag='"one"', Last_Modified="Fri, 08 May 2020 22:34:00 GMT")
        writer.write(response(status="304 Not Modified") if unchanged else first)

    async with serving(answer) as url, Client() as client:
        first = await client.get(url, may_be_private=True)
        again = await client.get(url, validators=first.validators, may_be_private=True)
    assert (first.body, again.body) == (b"x", None)
    assert "If-Modified-Since: Fri, 08 May 2020 22:34:00 GMT" in requests[1]


async def test_validators_are_told_to_no_other_host() -> None:
    requests: list[list[str]] = []

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        writer.write(response(b"x", ETag='"one"'))

    async with serving(answer) as url, Client(resolve=here) as client:
        first = await client.get(url, may_be_private=True)
        other = url.replace("127.0.0.1", "news.example")
        assert (await client.get(other, validators=first.validators, may_be_private=True)).body == b"x"
    assert not any(line.startswith("If-None-Match") for line in requests[1])


@pytest.mark.parametrize("validators", ["", "{}", "not JSON", "[1]", '{"etag": 3}', '{"other": "x"}', "[" * 100_000])
async def test_validators_that_say_nothing_ask_for_the_page(validators: str) -> None:
    assert (await fetched(saying(response(b"x")), validators=validators)).body == b"x"


async def test_a_validator_may_be_so_long_and_no_longer() -> None:
    for length, is_kept in ((1024, True), (1025, False), (90_000, False)):
        answer = await fetched(saying(response(b"x", ETag="e" * length)))
        assert ("eeee" in answer.validators) is is_kept


async def test_a_validator_that_no_request_can_hold_asks_for_the_page() -> None:
    answer = saying(response(b"x", ETag='"caf\xe9"'))
    first = await fetched(answer)
    assert (await fetched(answer, validators=first.validators)).body == b"x"


async def test_not_modified_without_a_question_is_an_error() -> None:
    await refused(saying(response(status="304 Not Modified")), "answered 304")


async def test_what_the_server_calls_its_answer_is_told_on_one_line() -> None:
    answer = await fetched(saying(response(b"x", Content_Type="text/xml;\t charset=\x9d0;x\x9cutf-8")))
    assert answer.content_type.startswith("text/xml; charset=")
    assert answer.content_type.isprintable()


# Bodies


@pytest.mark.parametrize("size", [0, 1, STEP - 1, STEP, STEP + 1, 5 * STEP])
async def test_a_packed_body_is_unpacked(size: int) -> None:
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    answer = saying(response(gzip.compress(body), Content_Encoding="gzip"))
    assert (await fetched(answer)).body == body
    assert (await fetched(saying(response(gzip.compress(b"\0" * size), Content_Encoding="gzip")))).body == b"\0" * size


async def test_an_empty_body_is_empty_packed_or_not() -> None:
    assert (await fetched(saying(response()))).body == b""
    assert (await fetched(saying(response(Content_Encoding="gzip")))).body == b""


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_body_may_be_as_large_as_the_limit_and_no_larger(encoding: str, is_announced: bool) -> None:
    def sized(size: int) -> Answer:
        body = b"x" * size
        said = response(gzip.compress(body) if encoding == "gzip" else body, Content_Encoding=encoding)
        return saying(said if is_announced else said.replace(b"Content-Length: ", b"X: "))

    assert len((await fetched(sized(100_000), limit=100_000)).body or b"") == 100_000
    for size in (100_001, 10_000_000):
        await refused(sized(size), "larger than 100,000 bytes", limit=100_000)


async def test_a_body_that_will_be_too_large_is_not_waited_for() -> None:
    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")
        await silent(request, writer)

    await refused(answer, "larger than")


async def test_what_follows_a_packed_body_is_ignored() -> None:
    assert (await fetched(following(10_000))).body == b"news"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "zstd"])
async def test_a_packing_that_was_not_asked_for_is_refused(encoding: str) -> None:
    await refused(saying(response(b"x", Content_Encoding=encoding)), "packed in a way")


async def test_a_packing_within_a_packing_is_refused() -> None:
    await refused(exploding_twice(1024 * 1024), "packed in a way")
    twice = response(b"x").replace(b"\r\n", b"\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\n", 1)
    await refused(saying(twice), "packed in a way")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (saying(response(b"not gzip at all", Content_Encoding="gzip")), "damaged"),
        (CUT_PACKED, "cut short"),
        (CUT_BODY, "broke off"),
        (CUT_CHUNKS, "broke off"),
        (CUT_IN_A_CHUNK, "broke off"),
    ],
)
async def test_a_damaged_and_a_cut_body_are_refused(answer: Answer, reason: str) -> None:
    await refused(answer, reason)


async def test_a_body_of_thousands_of_pieces_leaves_others_their_turn() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    body = b"".join([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(b"x") * 100_000, chunk(b"")])
    others = asyncio.create_task(count())
    assert (await fetched(saying(body))).body == b"x" * 100_000
    others.cancel()
    assert turns > 100_000 / MOST_PARTS


async def test_headers_may_be_long_and_many_within_reason() -> None:
    assert (await fetched(heading(90_000))).body == b"news"
    assert (await fetched(heading_often(5_000))).body == b"news"
    for size in (200_000, 1_000_000):
        await refused(heading(size), "broke off")
    await refused(heading_often(100_000), "broke off")


# Redirects


async def test_redirects_are_followed_to_their_limit() -> None:
    there = await fetched(hopping(MOST_REDIRECTS))
    assert (there.body, there.url.rpartition("/")[2]) == (b"there", str(MOST_REDIRECTS))
    for hops in (MOST_REDIRECTS + 1, 100 * MOST_REDIRECTS):
        await refused(hopping(hops), "more than 10 redirects")


async def test_a_redirect_to_itself_is_followed_no_longer() -> None:
    await refused(redirecting("/"), "more than 10 redirects")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "no web page: file: links are not opened"),
        ("javascript:x", "no web page"),
        ("gopher://127.0.0.1/", "no web page"),
        ("mailto:a@news.example", "no web page"),
        ("http://user:pw@127.0.0.1/", "no web page: the link holds a user name or password"),
        ("http://[/", "no web page"),
        ("http://", "more than 10 redirects"),
        ("http://a b/", "no web page"),
        ("http://127.0.0.1:99999/", "no web page"),
        ("/" + "x" * 70_000, "no web page"),
        ("", "does not say where to"),
    ],
)
async def test_a_redirect_to_no_web_page_is_refused(location: str, reason: str) -> None:
    error = await refused(redirecting(location), reason)
    assert "pw" not in str(error)


@pytest.mark.parametrize(
    ("first", "second", "moved_to"),
    [
        ("301 Moved", "308 Moved", "/2"),
        ("308 Moved", "302 Found", "/1"),
        ("302 Found", "301 Moved", ""),
        ("307 Found", "307 Found", ""),
        ("303 Found", "308 Moved", ""),
    ],
)
async def test_an_answer_tells_how_far_redirects_for_good_alone_led(first: str, second: str, moved_to: str) -> None:
    answer = by_path(
        {
            "/": redirecting("/1", first),
            "/1": redirecting("/2#part", second),
            "/2": saying(response(b"there", ETag='"one"')),
        }
    )
    async with serving(answer) as url, Client() as client:
        there = await client.get(url, may_be_private=True)
    assert there.url == f"{url}2"
    assert there.moved_to == (url + moved_to[1:] if moved_to else "")


async def test_an_unchanged_page_tells_that_it_moved() -> None:
    async def there(request: list[str], writer: asyncio.StreamWriter) -> None:
        is_known = 'If-None-Match: "one"' in request
        writer.write(response(status="304 Not Modified") if is_known else response(b"there", ETag='"one"'))

    async with serving(by_path({"/": redirecting("/1", "301 Moved"), "/1": there})) as url, Client() as client:
        first = await client.get(url, may_be_private=True)
        again = await client.get(url, validators=first.validators, may_be_private=True)
    assert (again.body, again.moved_to) == (None, f"{url}1")


# Failures


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        ("404 Not Found", "check the address"),
        ("403 Forbidden", "let newstui in"),
        ("500 Oh", "later"),
        ("503 Busy", "later"),
        ("429 Slow", "often"),
        ("410 Gone", "remove"),
        ("401 Who", "login"),
        ("206 Part", "check the address"),
    ],
)
async def test_a_refusal_says_what_to_do(status: str, advice: str) -> None:
    error = await refused(saying(response(status=status)), f"the server answered {status}")
    assert advice in error.advice
    assert error.retry_after is None
    assert error.is_gone is (status == "410 Gone")


async def test_a_server_that_wants_a_pause_is_understood() -> None:
    date, until = "Tue, 14 Nov 2023 22:13:20 GMT", "Tue, 14 Nov 2023 23:13:20 GMT"
    for status in ("429 Slow", "503 Busy"):
        assert (await refused(saying(response(status=status, Retry_After="120")), "answered")).retry_after == 120
        assert (
            await refused(saying(response(status=status, Date=date, Retry_After=until)), "answered")
        ).retry_after == 3600
    assert (await refused(saying(response(status="404 No", Retry_After="120")), "answered")).retry_after is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("61", 61),
        ("0", SHORTEST_WAIT),
        ("59", SHORTEST_WAIT),
        (str(LONGEST_WAIT), LONGEST_WAIT),
        (str(LONGEST_WAIT + 1), LONGEST_WAIT),
        ("9" * 5_000, LONGEST_WAIT),
        ("Tue, 14 Nov 2023 22:15:20 GMT", 120),
        ("Tue, 14 Nov 2023 22:15:20 -0000", 120),
        ("Wed, 14 Nov 1990 22:15:20 GMT", SHORTEST_WAIT),
        ("Fri, 14 Nov 2098 22:15:20 GMT", LONGEST_WAIT),
        *[(said, None) for said in ("", "soon", "-5", "1.5", "²", "١٢", "Tue, 99 Nov 2023 22:15:20 GMT")],
        ("Tue, 14 Nov 0000 22:15:20 GMT", SHORTEST_WAIT),
        ("Tue, 14 Nov 99999999999999999999 22:15:20 GMT", None),
    ],
)
def test_a_pause_is_a_minute_at_least_and_a_week_at_most(said: str, seconds: int | None) -> None:
    assert pause(said, NOW) == seconds


async def test_a_reason_of_the_server_cannot_speak_to_the_terminal() -> None:
    error = await refused(saying(b"HTTP/1.1 500 \x9d52;c;eA==\x9c\r\nContent-Length: 0\r\n\r\n"), "answered 500")
    assert str(error).isprintable()


@pytest.mark.parametrize("answer", [saying(b""), NO_HTTP, saying(b"HTTP/1.1 200 OK\r\nno header\r\n\r\n")])
async def test_what_is_no_http_is_a_broken_connection(answer: Answer) -> None:
    await refused(answer, "broke off")


async def test_no_server_is_said_plainly() -> None:
    async with serving(saying()) as url:
        pass
    async with Client() as client:
        with pytest.raises(FetchError, match="nothing answers there"):
            await client.get(url, may_be_private=True)


@pytest.mark.parametrize(
    "url", ["", "news", "file:///etc/passwd", "mailto:a@b.example", "http://", "http://u:p@news.example/"]
)
async def test_what_is_no_page_is_not_asked_for(url: str) -> None:
    async with Client(resolve=here) as client:
        with pytest.raises(FetchError) as error:
            await client.get(url, may_be_private=True)
    assert "u:p" not in str(error.value)


@sampled(max_examples=25)
@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_whatever_is_written_as_an_address_is_refused_in_words(texts: list[tuple[str, str]]) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("there is no such host")

    async def ask() -> None:
        async with Client(resolve=nowhere) as client:
            for name, path in texts:
                with pytest.raises(FetchError):
                    await client.get(f"http://{name}.invalid/{path}")

    asyncio.run(ask())


# Politeness


class Counting:
    """A server that answers when so many ask at once, and counts how many did."""

    def __init__(self, expected: int) -> None:
        self.most = 0
        self._expected = expected
        self._now = 0
        self._all_here = asyncio.Event()

    async def answer(self, request: list[str], writer: asyncio.StreamWriter) -> None:
        self._now += 1
        self.most = max(self.most, self._now)
        if self._now == self._expected:
            self._all_here.set()
        await self._all_here.wait()
        for _ in range(200):  # time for one more to come, which must not
            await asyncio.sleep(0)
        self._now -= 1
        writer.write(response(b"x"))


ONE_HOST: Callable[[int], str] = "one.example".format
MANY_HOSTS: Callable[[int], str] = "{}.example".format


@pytest.mark.parametrize(("host", "most"), [(ONE_HOST, MOST_OF_A_HOST), (MANY_HOSTS, MOST_CONNECTIONS)])
async def test_so_many_are_asked_at_once_and_fewer_of_one_host(host: Callable[[int], str], most: int) -> None:
    counting = Counting(most)
    async with serving(counting.answer) as url, Client(resolve=here) as client:
        places = [url.replace("127.0.0.1", host(number)) for number in range(3 * most)]
        answers = await asyncio.gather(*(client.get(place, may_be_private=True) for place in places))
    assert Counter(answer.body for answer in answers) == {b"x": 3 * most}
    assert counting.most == most


@pytest.mark.parametrize(("host", "most"), [(ONE_HOST, MOST_OF_A_HOST), (MANY_HOSTS, MOST_CONNECTIONS)])
async def test_waiting_for_others_takes_none_of_the_time_for_an_answer(host: Callable[[int], str], most: int) -> None:
    answer = by_path({"/silent": silent, "/": saying(response(b"x"))})
    async with serving(answer) as url, Client(seconds=1.5, resolve=here) as client:
        busy = [url.replace("127.0.0.1", host(number)) + "silent" for number in range(most)]
        places = [*busy, url.replace("127.0.0.1", host(most))]
        asked = (client.get(place, may_be_private=True) for place in places)
        *silences, last = await asyncio.gather(*asked, return_exceptions=True)
    assert ["no whole answer" in str(silence) for silence in silences] == [True] * most
    assert isinstance(last, Fetched)


async def test_a_connection_is_used_again_also_when_nothing_changed() -> None:
    ports = set()

    async def answer(request: list[str], writer: asyncio.StreamWriter) -> None:
        ports.add(writer.get_extra_info("peername")[1])
        is_known = 'If-None-Match: "one"' in request
        status, body = ("304 Not Modified", b"") if is_known else ("200 OK", b"x")
        writer.write(response(body, status, Connection="keep-alive", ETag='"one"'))

    async with serving(answer, is_kept_open=True) as url, Client() as client:
        first = await client.get(url, may_be_private=True)
        for _ in range(2):
            assert (await client.get(url, validators=first.validators, may_be_private=True)).body is None
        await client.get(url, may_be_private=True)
    assert len(ports) == 1
