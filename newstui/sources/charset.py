"""The characters of a page, by what its first bytes, its server or the page itself say they are."""

import codecs

from newstui.text import matcher

LOOKED_AT = 4_096
"""Bytes at the start of a page in which it says its encoding."""


def decoded(body: bytes, content_type: str) -> str:
    """The text of a page, whatever it is in; what can't be read in it becomes a replacement character.

    What is UTF-8 throughout is that, whatever it is called. Else what it says is believed, and last it is Western.
    """
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    named = _codec(content_type) or _codec(body[:LOOKED_AT].decode("latin-1"))
    if matcher(_SEVEN_BITS).match(named):
        return body.decode(named, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode(named or "cp1252", "replace")


def _codec(text: str) -> str:
    """The encoding that a text names, as Python calls it; empty if it names none that pages are in."""
    said = matcher(_CHARSET).search(text)
    try:
        name = codecs.lookup(said[1]).name if said else ""
    except LookupError:
        return ""
    # As in the table of the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
    return _MEANT.get(name, name) if matcher(_OF_PAGES).fullmatch(name) else ""


_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHARSET = r"(?i:(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_:-]{1,40}))"
_OF_PAGES = "(?:utf-(?:8|16)|ascii|iso8859|cp[0-9]|koi8|mac-|gb|big5|euc_|shift_jis|iso2022_jp|hz|johab|tis-620).*"
_SEVEN_BITS = "utf-16|iso2022|hz"
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
