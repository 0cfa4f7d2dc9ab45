"""OPML: the lists of subscriptions that feed readers take from each other.

Feeds are read and written as every reader has them. What only newstui knows of a subscription stands in attributes of
a namespace of its own, which the others pass over. Lists in RDF (FOAF, Yandex) and iGoogle's are not read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.parsers import expat

from newstui.errors import LinkError, ParseError
from newstui.sources.lists import (
    LARGEST_LIST,
    Entry,
    Folders,
    Gathering,
    Subscriptions,
    name_from,
    name_in_list,
    web_address,
)
from newstui.text import clean, cut, decoded, line

NAMESPACE = "urn:newstui:opml"
DEEPEST = 64
"""Folders inside each other."""
LONGEST_CATEGORY = 4_000
MOST_DIGITS = 9

_FEEDS = frozenset(("rss", "atom"))
_LISTS = frozenset(("include", "link", "source"))
_OWN_KINDS = frozenset(("folder", "site", "web"))
_OWN: Final = f"{NAMESPACE} "
"""What an attribute of newstui's own begins with, as the parser gives it."""


def read(body: bytes, where: str = "") -> Subscriptions:
    """What a list names; ``where`` is what to call it. ParseError when it is no OPML, or means harm."""
    if len(body) > LARGEST_LIST:
        raise ParseError(f"the list is larger than {LARGEST_LIST // 2**20} MiB", where=where)
    reading = _Reading(where)
    try:
        reading.parser.Parse(body, True)
    except expat.ExpatError as error:
        what = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
        raise ParseError(what, where=f"{where}:{error.lineno}", advice="export the list once more") from None
    except (LookupError, ValueError):  # an encoding that there is not, or one of several bytes a character
        what = "the list is in an encoding that can't be read"
        raise ParseError(what, where=where, advice="save it in UTF-8") from None
    return reading.list.gathered()


@dataclass(slots=True)
class _Outline:
    """An outline that is not closed yet. ``missing`` is what to say of it if nothing is inside."""

    line: int
    folders: Folders
    missing: str = ""


class _Reading:
    """A list while it is parsed, outline by outline: nothing recurs, and no tree is kept."""

    def __init__(self, where: str) -> None:
        self.list = Gathering(where)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._where = where
        self._is_opml = False
        self._open = [_Outline(0, ())]

    def _doctype(self, name: str, system: str | None, public: str | None, has_declarations: bool) -> None:
        if has_declarations:
            raise self._refused("it declares entities or the like, as attacks do", "take the declarations out")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if not self._is_opml and name != "opml":
            raise self._refused(f"this is no OPML: it begins with “{line(name, 40)}”", "export the list as OPML")
        self._is_opml = True
        if name == "outline":
            self._outline({_said_name(attribute): value for attribute, value in attributes.items()})

    def _end(self, tag: str) -> None:
        if _local(tag) == "outline" and (outline := self._open.pop()).missing:
            self.list.refuse(outline.line, outline.missing)

    def _outline(self, said: Mapping[str, str]) -> None:
        around = self._open[-1]
        around.missing = ""
        outline = _Outline(self.parser.CurrentLineNumber, around.folders)
        self._open.append(outline)
        name = name_in_list(said.get("text", "")) or name_in_list(said.get("title", ""))
        kind, address = _what_it_names(said)
        if kind == "list":
            outline.missing = f"{name or 'a list'}: what a list refers to is not read ({_shown(address) or 'nowhere'})"
        elif address:
            self._add(outline, kind, address, name, said)
        else:
            outline.missing = _missing(said, name)
            self._enter(outline, name)

    def _enter(self, folder: _Outline, name: str) -> None:
        if name:
            folder.folders = (*folder.folders, name)
        if len(folder.folders) > DEEPEST:
            raise self._refused(f"folders lie in each other more than {DEEPEST} deep", "")

    def _add(self, outline: _Outline, kind: str, address: str, name: str, said: Mapping[str, str]) -> None:
        try:
            place = clean(address) if kind == "folder" else web_address(address)
        except LinkError as error:
            self.list.refuse(outline.line, f"{name}: {error}" if name else str(error))
            return
        categories = _categories(said.get("category", ""))
        folders = outline.folders or next(iter(categories), ())
        self.list.add(
            Entry(kind, place, name or name_from(place), folders, _minutes(said), _is_true(said, "paused"),
                  _is_true(said, "fullText"), outline.line),
            categories,
        )  # fmt: skip

    def _refused(self, what: str, advice: str) -> ParseError:
        return ParseError(what, where=f"{self._where}:{self.parser.CurrentLineNumber}", advice=advice)


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()


def _said_name(attribute: str) -> str:
    """An attribute's name: newstui's own are told from the others, which readers spell in capitals as they like."""
    return attribute if " " in attribute else attribute.lower()


def _what_it_names(said: Mapping[str, str]) -> tuple[str, str]:
    """The kind of place that an outline names, or "list", and its address; none for a folder."""
    kind, xml_url, url = said.get("type", "").strip().lower(), said.get("xmlurl", "").strip(), said.get("url", "")
    own = said.get(_OWN + "kind", "")
    if own in _OWN_KINDS:
        return own, said.get(_OWN + "place", "")
    if kind in _LISTS and not (kind == "link" and xml_url):  # WordPress calls feeds links
        return "list", url or xml_url
    return "feed", xml_url or (url.strip() if kind in _FEEDS else "")


def _missing(said: Mapping[str, str], name: str) -> str:
    """What to say of an outline that names no feed and holds nothing; nothing where it does not claim to."""
    if page := _shown(said.get("htmlurl", "")):
        return f"{name or 'an entry'}: it has no feed, only a page ({page}); newstui add looks for one there"
    return f"{name or 'an entry'}: it has no address" if said.get("type", "").strip() else ""


def _shown(address: str) -> str:
    """An address that is only told, without a password in it."""
    try:
        return cut(web_address(address), 200) if address.strip() else ""
    except LinkError as error:
        return error.what


def _categories(said: str) -> list[Folders]:
    """Where the ``category`` attribute files an entry: ``/Tech/Linux,news`` is in two places."""
    paths = (category.split("/") for category in said[:LONGEST_CATEGORY].split(","))
    folders = (tuple(filter(None, map(name_in_list, path)))[:DEEPEST] for path in paths)
    return list(filter(None, folders))


def _minutes(said: Mapping[str, str]) -> int | None:
    digits = said.get(_OWN + "every", "")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    return int(digits) or None if is_number else None


def _is_true(said: Mapping[str, str], name: str) -> bool:
    return said.get(_OWN + name) == "true"


def written(entries: Iterable[Entry], now: int) -> bytes:
    """A list that every feed reader can read, and from which ``read`` gets the same entries."""
    opml = Element("opml", {"version": "2.0", "xmlns:newstui": NAMESPACE})
    head = SubElement(opml, "head")
    SubElement(head, "title").text = "Subscriptions of newstui"
    SubElement(head, "dateCreated").text = format_datetime(datetime.fromtimestamp(now, UTC), usegmt=True)
    folders: dict[Folders, Element] = {(): SubElement(opml, "body")}
    for entry in entries:
        SubElement(_folder(folders, entry.folders), "outline", _attributes(entry))
    indent(opml)
    xml: bytes = tostring(opml, "utf-8", xml_declaration=True)
    return xml + b"\n"


def _folder(known: dict[Folders, Element], folders: Folders) -> Element:
    """The outline of a folder, made with those around it if need be."""
    named = tuple(filter(None, map(_plain, folders)))[:DEEPEST]
    for depth in range(1, len(named) + 1):
        path = named[:depth]
        if path not in known:
            known[path] = SubElement(known[path[:-1]], "outline", {"text": path[-1], "title": path[-1]})
    return known[named]


def _attributes(entry: Entry) -> dict[str, str]:
    name = _plain(entry.name)
    own = {
        "kind": "" if entry.kind == "feed" else entry.kind,
        "place": "" if entry.kind == "feed" else clean(entry.place),
        "every": str(entry.every or ""),
        "paused": "true" if entry.is_paused else "",
        "fullText": "true" if entry.is_full_text else "",
    }
    known = {"type": "rss", "xmlUrl": clean(entry.place)} if entry.kind == "feed" else {"type": "newstui"}
    return {"text": name, "title": name, **known} | {f"newstui:{key}": value for key, value in own.items() if value}


def _plain(name: str) -> str:
    """A name as ``read`` gives it back: what looks like an entity of HTML is decoded there once."""
    name = " ".join(clean(name).split())
    return name if decoded(name) == name else name.replace("&", "&amp;")
