"""The command line: what was asked, who does it, and the exit status."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from newstui import __version__
from newstui.errors import LibraryError, NewsError, SourceError

FAILED, WRONG, CRASHED, INTERRUPTED = 1, 2, 70, 130

EPILOG = """\
newstui alone opens the reader on your library; newstui PLACE … opens it on these folders, files or sites only,
and keeps nothing. A folder that is called like a verb is written ./list"""

QUERY_HELP = 'such as: is:unread topic:ai -opinion "exact phrase" since:3d'


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line, do as it says, and return the exit status."""
    options = parse(sys.argv[1:] if argv is None else argv)
    try:
        family = import_module(f"newstui.cli.{options.family}")
        return int(getattr(family, options.verb)(options))
    except NewsError as error:
        return _refused(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # the last place where a crash can still become one line
        from newstui.cli.crash import report

        print(f"newstui: {report(error)}", file=sys.stderr)
        return CRASHED


def _refused(error: NewsError) -> int:
    print(f"newstui: {error}", file=sys.stderr)
    return FAILED if isinstance(error, SourceError) and not isinstance(error, LibraryError) else WRONG


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for; ``family`` and ``verb`` name the function that does it."""
    common = _common()
    first = next((word for word in _without_values(argv) if not word.startswith("-")), "")
    if first not in VERBS and not {"-h", "--help"} & set(argv):
        return _reader(common).parse_args(argv)
    return _verbs(common).parse_args(argv)


def _without_values(argv: Sequence[str]) -> list[str]:
    """The words of a command line but for those that belong to ``--library`` and ``--config``."""
    before = ("", *argv)
    return [word for last, word in zip(before, argv, strict=False) if last not in ("--library", "--config")]


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--library", metavar="FILE", default=argparse.SUPPRESS, help="another library; :memory: for none"
    )
    common.add_argument("--config", metavar="FILE", default=argparse.SUPPRESS, help="another settings file")
    return common


def _reader(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("newstui", parents=[common], add_help=False)
    parser.add_argument("places", nargs="*", metavar="PLACE")
    _add_reader_options(parser)
    parser.set_defaults(family="reader", verb="read", library=None, config=None)
    return parser


def _add_reader_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--version", action="version", version=f"newstui {__version__}")
    mouse = parser.add_mutually_exclusive_group()
    mouse.add_argument("--mouse", action="store_true", help="use the mouse, over SSH too")
    mouse.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")


def _verbs(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "newstui",
        usage="newstui [PLACE ...]  or  newstui VERB ...",
        description="A news reader for the terminal in which the unit is the story, not the item.",
        epilog=EPILOG,
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_reader_options(parser)
    parser.set_defaults(library=None, config=None)
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for name, (family, about, arguments) in VERBS.items():
        verb = verbs.add_parser(name, help=about, description=about, parents=[common])
        for flags, settings in arguments:
            verb.add_argument(*flags, **settings)  # type: ignore[arg-type]
        verb.set_defaults(family=family, verb=name.replace("list", "list_articles").replace("open", "open_original"))
    return parser


_Argument = tuple[tuple[str, ...], dict[str, object]]

_FROM: _Argument = (
    ("--from",),
    {
        "dest": "places",
        "metavar": "PLACE",
        "action": "append",
        "default": [],
        "help": "read this place first, into a throwaway library",
    },
)
_JSON: _Argument = (("--json",), {"action": "store_true", "help": "one JSON object a line"})
_ARTICLE: _Argument = (("article",), {"metavar": "ID-or-URL", "help": "as list prints them"})
_QUERY: _Argument = (("query",), {"nargs": "*", "metavar": "QUERY", "help": QUERY_HELP})
_SORTS = ("newest", "oldest", "outlets", "heat", "quality", "outlet")

VERBS: dict[str, tuple[str, str, list[_Argument]]] = {
    "add": ("subscribing", "subscribe to a folder of articles or a news site", [
        (("place",), {"metavar": "PLACE", "help": "a folder, a file, or the address of a site"}),
        (("--name",), {"default": "", "help": "what to call it"}),
        (("--topic",), {"default": "", "help": "the topic of its articles that name none"}),
    ]),
    "sources": ("subscribing", "list subscriptions and how their last reading went", [_JSON]),
    "remove": ("subscribing", "end a subscription; its saved articles stay", [(("name",), {"metavar": "NAME"})]),
    "refresh": ("subscribing", "read all sources again, or these", [(("names",), {"nargs": "*", "metavar": "NAME"})]),
    "list": ("articles", "list the articles that match, newest first", [
        _QUERY,
        (("--sort",), {"choices": _SORTS, "default": None}),
        (("--limit",), {"type": int, "default": None, "metavar": "N"}),
        _JSON,
        _FROM,
    ]),
    "show": ("articles", "show one article and the reports beside it", [_ARTICLE, _JSON, _FROM]),
    "open": ("articles", "open the original page of an article", [_ARTICLE, _FROM]),
    "mark": ("articles", "mark the articles that match", [
        (("state",), {"choices": ("read", "unread", "saved", "unsaved")}),
        (("query",), {"nargs": "+", "metavar": "QUERY", "help": QUERY_HELP}),
    ]),
    "keys": ("settings", "print the keys as they stand", []),
    "config": ("settings", "print the settings as they stand, and where each came from", []),
}  # fmt: skip
