"""What an item of a feed says, as the texts of an article: a headline, an excerpt, and Markdown where there is more."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from newstui.document import Document, Paragraph
from newstui.document.hypertext import read
from newstui.document.plain import plain
from newstui.document.writing import written
from newstui.text import matcher

LONGEST_START = 500
"""Characters of an excerpt; what says more has a full text."""
LONGEST_FIRST_WORDS = 80
"""Characters of a headline that is made of the first words of a text."""
_ALL = 2**62


class Part(NamedTuple):
    """A piece of HTML, and the URL from which its links count."""

    html: str
    base: str


def headline(text: str, *, is_html: bool) -> str:
    """A headline without its markup; in a plain text a sign such as ``<`` is part of it."""
    return plain(read(text), _ALL) if "<" in text and (is_html or _looks_like_html(text)) else text


def html_of(text: str, *, is_html: bool) -> str:
    """A text as HTML; it is that already if it looks so, since feeds often call plain text what is none."""
    if is_html or not matcher(_MARK).search(text) or _looks_like_html(text):
        return text
    return "".join(f"<p>{escape(paragraph)}" for paragraph in text.split("\n\n"))


def excerpt_and_text(summary: Part | None, contents: Iterable[Part]) -> dict[str, str]:
    """The start of the summary, or else of the content, in plain text; and as Markdown the one of them that says more,
    or nothing if that is no more than the excerpt."""
    content = max(contents, key=lambda part: len(part.html), default=None)
    short = read(*summary) if summary else Document()
    long = read(*content) if content and content != summary else short
    short_words, long_words = plain(short, _ALL), plain(long, _ALL)
    excerpt = start_of(short_words or long_words, LONGEST_START)
    says_more = len(long_words) >= len(short_words) or (short_words == excerpt and long_words not in short_words)
    full, words = (long, long_words) if says_more else (short, short_words)
    return {"excerpt": excerpt, "text": "" if words == excerpt and _is_one_paragraph(full) else written(full)}


def start_of(text: str, most: int = LONGEST_FIRST_WORDS) -> str:
    """The first words of a text, with an ellipsis where others follow."""
    if len(text) <= most:
        return text
    end = text.rfind(" ", 0, most)
    return f"{text[: end if end > 0 else most - 1].rstrip()}…"


def _looks_like_html(text: str) -> bool:
    """Whether a text that is called plain is HTML: no plain one closes a tag, shows a picture or breaks a line so."""
    return matcher(_TAG).search(text) is not None


def _is_one_paragraph(document: Document) -> bool:
    """Whether a document has nothing but words: no second paragraph, link or picture."""
    blocks = document.blocks
    return not document.links and (not blocks or (len(blocks) == 1 and isinstance(blocks[0], Paragraph)))


_MARK = "[<&]"
_TAG = r"(?i:</[a-z][\w-]*\s*>|<(?:br|embed|iframe|img|object|p|script|style|svg)\b[^<]*>)"
