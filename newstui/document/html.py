"""HTML inside Markdown: its text stays, its tags and what is not for reading go. Nothing is interpreted."""

from newstui.text import clean, decoded, matcher


def html_lines(html: str) -> list[str]:
    """The text of a piece of HTML, a line for each of its blocks. Linear time, whatever is left open."""
    text = matcher(_INLINE_TAG).sub("", _without_hidden(_without_comments(html)))
    text = clean(decoded(matcher(_TAG).sub("\n", text)))
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def hidden_element(tag: str) -> str:
    """The name of a tag's element if what it holds is not for reading, else nothing."""
    found = matcher(_HIDDEN_NAME).match(tag)
    return found[1].lower() if found else ""


def is_line_break(tag: str) -> bool:
    """Whether the tag is a ``<br>``."""
    return matcher(_LINE_BREAK).match(tag) is not None


def _without_comments(html: str) -> str:
    start, *rest = html.split("<!--")
    return start + "".join(part.partition("-->")[2] for part in rest)


def _without_hidden(html: str) -> str:
    start, *rest = matcher(_HIDDEN_START).split(html)
    ends = (matcher(_HIDDEN_END).search(part) for part in rest)
    return start + "".join(part[end.end() :] for part, end in zip(rest, ends, strict=True) if end)


_HIDDEN = "script|style|template"
_HIDDEN_NAME = rf"(?i:</?({_HIDDEN})\b)"
_HIDDEN_START = rf"(?i:<(?:{_HIDDEN})\b)"
_HIDDEN_END = rf"(?i:</(?:{_HIDDEN})\b[^<>]*>?)"
_LINE_BREAK = r"(?i:</?br\b)"
# A tag that is never closed ends where the next one starts, so that no piece of it is taken for text.
_TAG_REST = r"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'|[\"'])*>?"
_INLINE = "a|abbr|b|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u"
_INLINE_TAG = rf"(?i:</?(?:{_INLINE})\b{_TAG_REST})"
_TAG = rf"<[/!?A-Za-z]{_TAG_REST}"
