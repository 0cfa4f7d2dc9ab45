"""A folder of documents: what is read, what is passed over with a reason, and what a second look costs."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from newstui.article import Article, Batch
from newstui.errors import SourceError
from newstui.links import canonical
from newstui.sources import folder as folder_source
from newstui.sources import open_source, place_of
from newstui.sources.folder import DOCUMENTS_A_BATCH, LARGEST_DOCUMENT
from newstui.sources.scan import Scan
from newstui.sources.web import Web
from newstui.text import line

GOOD = "---\ntitle: Good\nwebUrl: https://a.example/good\n---\n"


async def batches(place: Path, known: Mapping[str, str] | None = None) -> list[Batch]:
    return [batch async for batch in open_source(place_of(str(place)), Web()).batches(known or {}, lambda key: False)]


async def articles(place: Path) -> list[Article]:
    return [article for batch in await batches(place) for article in batch.articles]


async def reasons(place: Path) -> dict[str, str]:
    """What is wrong, by the name of the file."""
    problems = [problem for batch in await batches(place) for problem in batch.problems]
    return {problem.place.rpartition("/")[2]: problem.reason for problem in problems}


def stamps(read: list[Batch]) -> dict[str, str]:
    return {place: stamp for batch in read for place, stamp in batch.stamps.items()}


def document(url: str, title: str = "A title", more: str = "") -> str:
    return f"---\ntitle: {title}\nwebUrl: {url}\n{more}---\n"


async def test_a_real_collection_says_what_a_plain_yaml_load_says(shared: Path) -> None:
    read = {article.place: article for article in await articles(shared / "corpus/articles")}
    assert len(read) == 812
    for place, article in read.items():
        said = yaml.load(Path(place).read_bytes().split(b"\n---\n")[0], yaml.CSafeLoader)
        assert (article.url, article.quality) == (said["webUrl"].replace("\u2028", ""), said["quality"])
        assert (article.original or "") == said.get("originalUrl", "").replace("\u2028", "")
        assert (article.title, article.excerpt) == (line(said["title"], 500), line(said["excerpt"], 4_000))
        assert (article.outlet.name, article.outlet.domain) == (
            line(said["provider"]["name"], 200),
            said["provider"]["domain"],
        )
        assert article.published == int(said["publishedDateTime"].timestamp())
        assert article.topics == tuple(said["topics"])
        assert article.heat == (None if said["heat"] == -1 else said["heat"])
        assert article.is_current is said["published"]
        assert [image.url for image in article.images] == [image["url"] for image in said.get("images", ())]


async def test_each_related_report_is_given_once_and_kept_in_order(shared: Path) -> None:
    read = await batches(shared / "corpus/articles")
    listed = {canonical(article.url) for batch in read for article in batch.listed}
    related = {key: keys for batch in read for key, keys in batch.related.items()}
    assert sum(len(batch.listed) for batch in read) == 2_568
    assert all(key in listed for keys in related.values() for key in keys)
    seed = await batches(shared / "seed-article.md")
    assert [article.outlet.name for article in seed[0].listed] == ["syracuse.com", "Detroit News", "Boston.com"]
    assert [*seed[0].related.values()] == [tuple(canonical(article.url) for article in seed[0].listed)]
    assert {article.origin for article in seed[0].listed} == {"listed"}


async def test_the_newest_names_come_first_a_batch_at_a_time(tmp_path: Path) -> None:
    first, second, _ = DOCUMENTS_A_BATCH
    for number in range(first + second + 1):
        (tmp_path / f"2020-{number:04}.md").write_text(document(f"https://a.example/{number}"))
    read = await batches(tmp_path)
    assert [len(batch.articles) for batch in read] == [first, second, 1]
    assert [batch.done for batch in read] == [first, first + second, first + second + 1]
    assert {batch.total for batch in read} == {first + second + 1}
    assert read[0].articles[0].url == f"https://a.example/{first + second}"


async def test_what_looks_as_it_did_is_not_read_again(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(document(f"https://a.example/{name}"))
    known = stamps(await batches(tmp_path))
    assert len(known) == 2
    assert await batches(tmp_path, known) == []
    (tmp_path / "b.md").write_text(document("https://a.example/b", "Changed now"))
    assert [article.title for batch in await batches(tmp_path, known) for article in batch.articles] == ["Changed now"]


async def test_a_second_look_opens_no_file_that_has_its_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(document("https://a.example/a", "Told once"))
    known, before = stamps(await batches(tmp_path)), path.stat()
    path.write_text(document("https://a.example/a", "Not heard"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert await batches(tmp_path, known) == []


async def test_folders_are_read_to_their_depth_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for path in (
        "one.md",
        "deep/deeper/two.markdown",
        "THREE.MD",
        "notes.txt",
        ".git/four.md",
        ".five.md",
        "six.md/seven.md",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(document(f"https://a.example/{path}"))
    read = {article.url.rpartition("/")[2] for article in await articles(tmp_path)}
    assert read == {"one.md", "two.markdown", "THREE.MD", "seven.md"}
    assert await reasons(tmp_path) == {}


async def test_broken_files_are_named_with_a_reason_and_the_others_are_read(tmp_path: Path) -> None:
    broken = {
        "alias-bomb.md": "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: A\n---\n",
        "binary.md": "\0\1\2",
        "empty.md": "",
        "no-front-matter.md": "# A heading\n",
        "no-title.md": "---\nwebUrl: https://a.example/\n---\n",
        "no-url.md": "---\ntitle: A\n---\n",
        "script-url.md": document("'javascript:alert(1)'"),
        "blank-title.md": document("https://a.example/b", "'&nbsp;'"),
        "large.md": document("https://a.example/l") + "x" * LARGEST_DOCUMENT,
    }
    for name, text in broken.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "year-0.md").write_text(
        document("https://a.example/0", more="publishedDateTime: 0000-05-08T10:00:00Z\n")
    )
    said = await reasons(tmp_path)
    assert {article.place.rpartition("/")[2] for article in await articles(tmp_path)} == {"good.md", "year-0.md"}
    assert said.keys() == {*broken, "year-0.md"}
    assert said["alias-bomb.md"] == "YAML anchors and aliases are not followed"
    assert said["script-url.md"].startswith("its page can't be opened: ")
    assert said["year-0.md"] == "publishedDateTime is no date: when it was published is unknown"
    assert stamps(await batches(tmp_path)).keys() == {str(tmp_path / "good.md")}


async def test_a_problem_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\nexcerpt: *x\n---\n")
    [batch] = await batches(tmp_path)
    assert [(problem.line, problem.place) for problem in batch.problems] == [(3, str(tmp_path / "a.md"))]


async def test_pipes_sockets_and_links_that_lead_out_are_passed_over_at_once(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text(document("https://a.example/secret"))
    (inside / "good.md").write_text(GOOD)
    (inside / "link.md").symlink_to(outside / "secret.md")
    (inside / "folder-link").symlink_to(outside)
    (inside / "again.md").symlink_to(inside / "good.md")
    (inside / "loop").symlink_to(inside)
    (inside / "picture.png").symlink_to(outside / "secret.md")
    os.mkfifo(inside / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(inside / "socket.md"))
        assert [article.url for article in await articles(inside)] == ["https://a.example/good"]  # a pipe would wait
    assert await reasons(inside) == {
        "link.md": "skipped: it is a link that leads out of the folder",
        "folder-link": "skipped: it is a link that leads out of the folder",
        "pipe.md": "skipped: it is a device, a pipe or a socket",
        "socket.md": "skipped: it is a device, a pipe or a socket",
    }


@pytest.mark.parametrize("kind", ["pipe", "link"])
async def test_what_took_the_place_of_a_file_after_the_look_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    changed = tmp_path / "a.md"
    monkeypatch.setattr(Scan, "changed", lambda scan, known: [str(changed)])
    if kind == "pipe":
        os.mkfifo(changed)
    else:
        changed.symlink_to("/dev/zero")
    [batch] = await batches(tmp_path)
    assert batch.articles == ()
    assert len(batch.problems) == 1


async def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "a.md").chmod(0)
    if os.access(tmp_path / "a.md", os.R_OK):
        pytest.skip("this user may read everything")
    assert await reasons(tmp_path) == {"a.md": "it can't be read: Permission denied"}


async def test_a_name_that_cannot_be_printed_is_shown_without_its_controls(tmp_path: Path) -> None:
    for name in ("bad\x1b]52;c;eA==\x07.md", "line\nend.md", os.fsdecode(b"\xff.md")):
        (tmp_path / name).write_text("nothing")
    problems = [problem for batch in await batches(tmp_path) for problem in batch.problems]
    assert len(problems) == 3
    assert all(problem.place.isprintable() and problem.place.encode() for problem in problems)


async def test_a_file_is_a_source_by_itself_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(GOOD)
    read = await batches(tmp_path / "article.txt")
    assert [article.title for article in read[0].articles] == ["Good"]
    assert await batches(tmp_path / "article.txt", stamps(read)) == []


async def test_a_folder_that_went_away_is_an_error_of_the_source(tmp_path: Path) -> None:
    source = open_source(place_of(str(tmp_path)), Web())
    tmp_path.rmdir()
    with pytest.raises(SourceError, match="No such file"):
        await anext(source.batches({}, lambda key: False))


async def test_articles_without_topics_are_filed_under_that_of_the_source(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "b.md").write_text(document("https://a.example/b", more="topics: [Own]\n"))
    read = [
        batch
        async for batch in open_source(place_of(str(tmp_path)), Web(), topic="Given").batches({}, lambda key: False)
    ]
    assert [article.topics for article in read[0].articles] == [("Own",), ("Given",)]


async def test_a_related_entry_that_cannot_be_used_is_a_warning_on_its_document(tmp_path: Path) -> None:
    entries = "related:\n  - title: No page\n  - title: B\n    webUrl: https://b.example/\n  - title: Self\n    webUrl: http://a.example/a\n"
    (tmp_path / "a.md").write_text(document("https://a.example/a", more=entries))
    [batch] = await batches(tmp_path)
    assert batch.articles[0].warnings == ("1 of the related entries can't be used",)
    assert [*batch.related.values()] == [(canonical("https://b.example/"),)]
    assert batch.stamps == {}


async def test_memory_of_related_entries_is_bounded_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_source, "REMEMBERED", 10)
    for name in "abc":
        entry = "related:\n  - title: B\n    webUrl: https://b.example/\n"
        (tmp_path / f"{name}.md").write_text(document(f"https://a.example/{name}", more=entry))
    [batch] = await batches(tmp_path)
    assert len(batch.related) == 3
