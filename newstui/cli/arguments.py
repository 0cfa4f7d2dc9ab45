"""What a command line asks for: the verbs, their arguments, and where the words of a query are among them."""

import argparse
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple, NoReturn

from newstui import __version__
from newstui.errors import NewsError, QueryError

LARGEST_NUMBER = 2**63 - 1
"""What the library can count to."""


class UsageError(NewsError):
    """The command line asks for something that there is not."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for; ``family`` and ``verb`` name the function that does it."""
    unsaid = argparse.Namespace(library=None, config=None)
    place = _place_of_verb(argv)
    if place is None and not {"-h", "--help"} & set(argv):
        return _reader().parse_args(argv, unsaid)
    if place is not None and _QUERY in VERBS[argv[place]].arguments:
        argv = [*argv[: place + 1], *_query_last(argv[place + 1 :])]
    return _verbs().parse_args(argv, unsaid)


def _place_of_verb(argv: Sequence[str]) -> int | None:
    """Where the verb is: the first word that is no option and no value of one."""
    for place, (before, word) in enumerate(zip(("", *argv), argv, strict=False)):
        if word == "--":
            return None
        if not word.startswith("-") and before not in _WITH_VALUE:
            return place if word in VERBS else None
    return None


def _query_last(words: Sequence[str]) -> list[str]:
    """The same words with those of the query behind ``--``: there ``-word`` is no option, wherever it was written."""
    options: list[str] = []
    query: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            query += rest
        elif word in _WITH_VALUE:
            options += [word, *islice(rest, 1)]
        elif word == "-h" or word.startswith("--"):
            options.append(word)
        else:
            query.append(word)
    return [*options, "--", *query]


_WITH_VALUE = ("--library", "--config", "--sort", "--limit", "--from")


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, as every error of newstui is."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, advice=f"{self.prog} --help says how it is used")


def _common() -> _Parser:
    """What may stand before the verb and behind it; without a default, so that one doesn't undo the other."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--library", metavar="FILE", help="another library; :memory: for one that is not kept")
    common.add_argument("--config", metavar="FILE", help="another settings file")
    return common


def _reader() -> _Parser:
    parser = _Parser("newstui", parents=[_common()], add_help=False, allow_abbrev=False)
    parser.add_argument("places", nargs="*", metavar="PLACE")
    _add_reader_options(parser)
    parser.set_defaults(family="reader", verb="read")
    return parser


def _add_reader_options(parser: _Parser) -> None:
    parser.add_argument("--version", action="version", version=f"newstui {__version__}")
    mouse = parser.add_mutually_exclusive_group()
    mouse.add_argument("--mouse", action="store_true", help="use the mouse, over SSH too")
    mouse.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")


def _verbs() -> _Parser:
    common = _common()
    parser = _Parser(
        "newstui",
        usage="newstui [PLACE ...]  or  newstui VERB ...",
        description="A news reader for the terminal in which the unit is the story, not the item.",
        epilog=EPILOG,
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_reader_options(parser)
    verbs = parser.add_subparsers(metavar="VERB", required=True, prog="newstui")
    for name, verb in VERBS.items():
        of_verb = verbs.add_parser(
            name, help=verb.about, description=verb.about, parents=[common], epilog=verb.note, allow_abbrev=False
        )
        for flags, settings in verb.arguments:
            of_verb.add_argument(*flags, **settings)
        of_verb.set_defaults(family=verb.family, verb=verb.function)
    return parser


EPILOG = """\
newstui alone opens the reader on your library; newstui PLACE ... opens it on these folders, files or sites only,
and keeps nothing. A folder that is called like a verb is written ./list"""

QUERY_NOTE = """\
A query as one argument is taken as it is: newstui list 'is:unread -azure "exact phrase"'. Of several arguments, each
with a space in it is a phrase: newstui list is:unread topic:"machine learning" -azure. Words that begin with -- stand
behind a -- of their own."""


STORIES_NOTE = f"""\
Reports are taken for one story by the words and figures that they share within a week. How often that is right was
measured for English only; reports in two languages share little but names, and seldom meet. {QUERY_NOTE}"""


def _count(text: str) -> int:
    """A number of things, for argparse."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError("it must be a whole number, 0 or more")
    return int(text) if len(text) < len(str(LARGEST_NUMBER)) else LARGEST_NUMBER


def _span(text: str) -> int:
    """Seconds of a span of time as queries write it, for argparse."""
    from newstui.query import Since, Term, parse

    try:
        terms = parse(f"since:{text}").terms
    except QueryError:
        terms = ()
    match terms:
        case (Term(Since(seconds)),):
            return seconds
        case _:
            raise argparse.ArgumentTypeError("it must be a span of time: 12h, 3d, 2w or 6m")


def _time(text: str) -> int:
    """A moment, for argparse."""
    from newstui.text import parse_time

    if (moment := parse_time(text)) is None:
        raise argparse.ArgumentTypeError("it must be a time such as 2020-05-08T18:00:00Z")
    return moment[0]


class Argument(NamedTuple):
    """An argument as argparse takes it."""

    flags: tuple[str, ...]
    settings: dict[str, Any]


class Verb(NamedTuple):
    """Something the command line does: a function in a module of this package, and what it is told."""

    family: str
    function: str
    about: str
    arguments: tuple[Argument, ...] = ()
    note: str | None = None


def _argument(*flags: str, **settings: object) -> Argument:
    return Argument(flags, settings)


_SORTS = ("newest", "oldest", "outlets", "heat", "quality", "outlet")
_QUERY = _argument("query", nargs="*", metavar="QUERY", help="words and terms such as is:unread topic:ai -opinion")
_FROM = _argument(
    "--from", dest="places", metavar="PLACE", action="append", default=[],
    help="read this place first, into a throwaway library",
)  # fmt: skip
_LIMIT = _argument("--limit", type=_count, metavar="N", help="so many at most")
_JSON = _argument("--json", action="store_true", help="one JSON object a line")
_ARTICLE = _argument("article", metavar="ID-or-URL", help="as list prints them")

VERBS: dict[str, Verb] = {
    "add": Verb("subscribing", "add", "subscribe to a folder of articles or a news site", (
        _argument("place", metavar="PLACE", help="a folder, a file, or the address of a site"),
        _argument("--name", metavar="N", default="", help="what to call it"),
        _argument("--topic", metavar="T", default="", help="the topic of its articles that name none"),
    )),
    "sources": Verb("subscribing", "sources", "list subscriptions and how their last reading went", (_JSON,)),
    "remove": Verb("subscribing", "remove", "end a subscription; its saved articles stay", (
        _argument("name", metavar="NAME"),
    )),
    "refresh": Verb("subscribing", "refresh", "read all sources again, or these", (
        _argument("names", nargs="*", metavar="NAME"),
    )),
    "list": Verb("articles", "list_articles", "list the articles that match, newest first", (
        _QUERY,
        _argument("--sort", choices=_SORTS, default="newest", help="the order: " + ", ".join(_SORTS), metavar="S"),
        _LIMIT,
        _JSON,
        _FROM,
    ), QUERY_NOTE),
    "show": Verb("articles", "show", "show one article, and who else reports it", (_ARTICLE, _JSON, _FROM)),
    "stories": Verb("stories", "stories", "list the stories that match, those of most outlets first", (
        _QUERY, _LIMIT, _JSON, _FROM,
    ), STORIES_NOTE),
    "digest": Verb("stories", "digest", "print what was reported lately, for a mail or the message of the day", (
        _argument("--since", type=_span, metavar="SPAN", default="1d",
                  help="as far back: 12h, 3d, 2w or 6m; a day if not said"),
        _argument("--limit", type=_count, metavar="N", default=20, help="so many stories at most, 20 if not said"),
        _argument("--now", type=_time, metavar="TIME", help=argparse.SUPPRESS),
        _FROM,
    )),
    "open": Verb("articles", "open_original", "open the original page of an article", (_ARTICLE, _FROM)),
    "mark": Verb("articles", "mark", "mark the articles that match, and say how many", (
        _argument("state", choices=("read", "unread", "saved", "unsaved"), metavar="STATE",
                  help="read, unread, saved or unsaved"),
        _QUERY,
    ), QUERY_NOTE),
    "import": Verb("exchange", "import_list", "subscribe to what another reader's list names", (
        _argument("list", metavar="FILE", help="OPML, or newsboat's urls"),
        _argument("--read-state", metavar="FILE", help="newsboat's cache.db: what is read there is read here"),
    )),
    "export": Verb("exchange", "export", "print all subscriptions as OPML, for another reader or to keep", (
        _argument("--opml", action="store_true", help="OPML, which it is anyway"),
    )),
    "keys": Verb("settings", "keys", "print the keys as they stand"),
    "config": Verb("settings", "config", "print the settings as they stand, and where each came from"),
}  # fmt: skip
