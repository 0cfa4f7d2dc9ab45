"""URLs from outside: which of them may be opened, and when two of them name the same page."""

import re
from contextlib import suppress
from functools import lru_cache
from typing import Self
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from newstui.errors import LinkError
from newstui.text import clean, exact_line, line, matcher

LONGEST_URL = 2_083
LONGEST_HOST = 253
LONGEST_KEY = 4_096
TRACKING = (
    "utm_[a-z0-9_]*|dclid|dicbo|fbclid|gbraid|gclid|gclsrc|igshid|mc_cid|mc_eid|mkt_tok|msclkid|oly_anon_id|oly_enc_id"
    "|twclid|vero_conv|vero_id|wbraid|yclid|_hsenc|_hsmi"
)
"""Query fields that say how a reader came to a page, not which page it is; a pattern."""


class SafeUrl(str):
    """The one kind of URL that may be opened: http, https or mailto, taken apart and put together again.

    Pure ASCII, without controls, spaces or credentials, at most ``LONGEST_URL`` characters.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The URL that ``text`` means; LinkError says why it must not be opened."""
        if len(text) <= LONGEST_HOST and text[-1:] != "?" and matcher(_PLAIN_URL).fullmatch(text):
            return cls(text)  # it would be put together again as it is
        return cls(_rebuilt(written(text)))


def web_url(text: str) -> str:
    """The URL of a page as its source wrote it, proved to be one that may be opened; else LinkError's words
    as a ValueError."""
    if len(text) <= LONGEST_URL and matcher(_PLAIN_URL).fullmatch(text):
        return text
    text = written(text)
    try:
        url = _rebuilt(text)
    except LinkError as error:
        raise ValueError(error.what) from None
    if not url.startswith("http"):
        raise ValueError("only http and https name a page")
    return text


def written(text: str) -> str:
    """A URL as it was written, without what cannot be seen or printed."""
    return text.strip() if text.isascii() and text.isprintable() else matcher(_LINE_ENDS).sub("", clean(text)).strip()


@lru_cache(maxsize=4_096)
def canonical(url: str) -> str:
    """What two URLs of the same page have in common: it compares equal, and is not for opening.

    http is https; the host is in lower case, without a default port; fragment, tracking fields, an empty query and
    the slash at the end of the path are dropped; escapes are written in one way (RFC 3986, section 6.2.2).
    """
    if not url.isascii() or matcher(_UNUSUAL).search(url):
        url = _escaped(written(url))
    parts = matcher(_PARTS).match(url)
    if not parts:
        return url
    scheme, place, path, query = parts.groups()
    place = _without_port(scheme, place.lower())
    kept = f"?{query}" if query and (query := _without_tracking(query)) else ""
    return f"https://{place}{path.rstrip('/')}{kept}"


def item_key(feed: str, guid: str) -> str:
    """What tells an item of a feed from all articles where its page does not, as ``canonical`` does elsewhere."""
    return exact_line(f"{feed} {guid}", LONGEST_KEY)


def host(url: str) -> str:
    """The host of a URL in lower case, as it is written; empty when there is none."""
    parts = matcher(_PARTS).match(url)
    place = parts[2].rpartition("@")[2] if parts else ""
    name = place[: place.find("]") + 1] if place.startswith("[") else place.partition(":")[0]
    return name.lower().rstrip(".")


def shown_host(url: str) -> str:
    """The host of a URL for people to read: international names as they are, but in punycode when they mix scripts
    that can be taken for each other."""
    name = host(url)
    return name if name.isascii() and name.isprintable() and "xn--" not in name else _shown(name[:LONGEST_HOST])


def _rebuilt(text: str) -> str:
    url = _mail(text) if text[:7].lower() == "mailto:" else _page(text)
    if len(url) > LONGEST_URL:
        raise LinkError("the link is too long", where=f"{len(url):,} characters")
    return url


def _page(text: str) -> str:
    parts = _split(text)
    path = quote(parts.path, safe=_IN_PATH)
    query = f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe=_IN_QUERY)}" if parts.fragment else ""
    return f"{parts.scheme}://{_place(parts)}{path}{query}{fragment}"


def _split(text: str) -> SplitResult:
    if len(text) > LONGEST_URL:
        raise LinkError("the link is too long", where=f"{len(text):,} characters")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise LinkError("the link has no readable host", where=_excerpt(text)) from None
    if parts.scheme in ("http", "https"):
        return parts
    if parts.scheme:
        raise LinkError(f"{line(parts.scheme, 20)}: links are not opened", where=_excerpt(text))
    raise LinkError("the link does not begin with http:// or https://", where=_excerpt(text))


def _place(parts: SplitResult) -> str:
    try:
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise LinkError("the link has no readable port", where=_excerpt(parts.netloc)) from None
    if "@" in parts.netloc:
        raise LinkError("the link holds a user name or password", where=_excerpt(name))
    name = _checked_v6(name) if "[" in parts.netloc else _checked_host(name)
    return name if port is None else f"{name}:{port}"


def _checked_host(name: str) -> str:
    name = _punycode(name) if not name.isascii() else name.rstrip(".")
    if len(name) > LONGEST_HOST or not matcher(_HOST).fullmatch(name):
        raise LinkError("the link has no readable host", where=_excerpt(name))
    return name


def _checked_v6(name: str) -> str:
    from ipaddress import AddressValueError, IPv6Address

    try:
        return f"[{IPv6Address(name.partition('%')[0])}]"
    except AddressValueError:
        raise LinkError("the link has no readable host", where=_excerpt(name)) from None


def _punycode(name: str) -> str:
    import idna

    try:
        return idna.encode(name[: LONGEST_HOST + 1], uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError:
        raise LinkError("the link has no readable host", where=_excerpt(name)) from None


def _mail(text: str) -> str:
    """A mail address, with a subject and a text at most: other fields can attach files or add readers."""
    address, _, query = text[7:].partition("?")
    if not matcher(_ADDRESS).fullmatch(address):
        raise LinkError("the link has no readable mail address", where=_excerpt(text))
    fields = [field for field in query.partition("#")[0].split("&") if matcher(_MAIL_FIELD).match(field)]
    query = "&".join(quote(field, safe=_IN_QUERY) for field in fields if not matcher(_ESCAPED_CONTROL).search(field))
    return f"mailto:{address}{'?' + query if query else ''}"


def _excerpt(text: str) -> str:
    """The start of a link for a message, which may end up in a log: without a password."""
    return line(matcher(_CREDENTIALS).sub("", text[:LONGEST_URL]), 80)


def _escaped(url: str) -> str:
    """Escapes in one spelling, and an international host in punycode."""
    parts = matcher(_START).match(url)
    if not parts:
        return url
    name, colon, port = parts[2].partition(":")
    with suppress(LinkError):
        name = name if name.isascii() else _punycode(name)
    path = matcher(_ESCAPE).sub(_one_spelling, quote(url[parts.end() :], safe=_IN_QUERY + "#"))
    return f"{parts[1]}{name}{colon}{port}{path}"


def _one_spelling(escape: re.Match[str]) -> str:
    character = unquote_to_bytes(escape[0]).decode("latin-1")
    return character if matcher(_UNRESERVED).match(character) else escape[0].upper()


def _without_port(scheme: str, place: str) -> str:
    name, colon, port = place.rpartition(":")
    if not colon or place.endswith("]"):
        return place.rstrip(".")
    port = port.lstrip("0")
    is_default = port in ("", "80" if len(scheme) == 4 else "443")
    return name.rstrip(".") if is_default else f"{name.rstrip('.')}:{port}"


def _without_tracking(query: str) -> str:
    tracked = matcher(_TRACKED).match
    return "&".join(field for field in query.split("&") if not tracked(field))


@lru_cache(maxsize=4096)
def _shown(name: str) -> str:
    import idna

    try:
        coded = name if name.isascii() else _punycode(name)
        shown = idna.decode(coded)
    except (idna.IDNAError, LinkError):
        return quote(clean(name), safe="[]:")
    return coded if _is_mixed(shown) or clean(shown) != shown else shown


def _is_mixed(name: str) -> bool:
    """Whether a name uses scripts that do not belong together; those of East Asia go with each other and Latin."""
    from unicodedata import name as title

    scripts = {title(character, "?").split()[0] for character in name if character.isalpha()}
    return len(scripts) > 1 and not scripts <= _EAST_ASIA


_PLAIN_URL = (
    r"https?://[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,4}"
    r"(?:/[A-Za-z0-9/._~!$&'()*+,;=:@%?-]*)?"
)
_PARTS = r"(?i:(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?)"
_START = r"((?i:https?)://)([^/?#]*)"
_CREDENTIALS = r"(?<=/)[^/]*@|^[^/]*:[^/]*@"
_LINE_ENDS = r"[\n\t]+"
_UNUSUAL = r"[^!#$&-;=?-Z_a-z~]"  # also "%": an escape has two spellings
_HOST = r"(?!-)[a-z0-9_-]*[a-z0-9_](?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*"
_ADDRESS = r"[A-Za-z0-9][A-Za-z0-9._+=~-]*@[A-Za-z0-9][A-Za-z0-9.-]*"
_MAIL_FIELD = "(?i:subject|body)="
_ESCAPED_CONTROL = "(?i:%(?:[01][0-9a-f]|7f))"
_IN_PATH = "/:@!$&'()*+,;=~%"
_IN_QUERY = _IN_PATH + "?"
_ESCAPE = "%[0-9A-Fa-f]{2}"
_UNRESERVED = "[A-Za-z0-9._~-]"
_TRACKED = rf"(?i:(?:{TRACKING})(?:=|&|\Z)|&|\Z)"
_EAST_ASIA = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "HANGUL"})
