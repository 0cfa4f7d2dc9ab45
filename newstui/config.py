"""Settings, what each is for, and where the files of newstui live.

Each sentence under a field of ``Settings`` is its documentation: ``newstui config`` prints it.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_type_hints

from newstui import __version__
from newstui.errors import ConfigError

THEMES = ("dark", "light", "ansi-dark", "ansi-light")
DEFAULT = "default"
"""The origin of a value that no file sets."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reader may choose."""

    theme: str = "dark"
    """The colours: dark, light, ansi-dark, ansi-light (the terminal's own), or a theme of yours from [themes]."""

    rows: Literal["auto", "one", "two"] = "auto"
    """Lines that a story takes in the list; auto takes two where the window is narrow."""

    sort: Literal["newest", "oldest", "outlets", "heat", "quality", "outlet"] = "newest"
    """The order of stories at the start: newest, oldest, outlets, heat, quality or outlet."""

    mark_read_after: float | Literal["never"] = 2
    """Seconds of rest on a story that make it read, or never."""

    mouse: Literal["auto", "on", "off"] = "auto"
    """Whether the reader takes the mouse; auto leaves it to the terminal over SSH, for selecting text."""

    refresh_every: int | Literal["never"] = 30
    """Minutes between two refreshes while the reader is open, or never."""

    full_text: Literal["key", "always"] = "key"
    """Whether the page of a new article is fetched for its full text: by the key x, or always."""

    images: Literal["key", "auto", "off"] = "key"
    """Pictures: by the key I, auto with each article (never over SSH), or off."""

    copy_command: tuple[str, ...] = ()
    """The program that copies, with its arguments; it gets the text on its standard input."""

    proxy: str = ""
    """The address of the proxy for every fetch, as http://host:port; empty goes directly."""

    ca_bundle: str = ""
    """The path of a file of certificates to trust instead of the usual ones, for a network with its own."""

    keys: dict[str, str | list[str]] = field(default_factory=dict)
    """Keys of your own: the name of a command (see newstui keys), and its key or a list of keys."""

    views: dict[str, str] = field(default_factory=dict)
    """Views of your own in the sidebar: a name, and the query that fills it."""

    themes: dict[str, dict[str, str | bool | float]] = field(default_factory=dict)
    """Themes of your own: a table for each, with primary, background, surface and other colours, and dark."""


class Loaded(NamedTuple):
    """Settings as they stand, and for each by its name what set it: the path of a file, or ``DEFAULT``."""

    settings: Settings
    origins: Mapping[str, str]


def load_settings(path: Path | None) -> Loaded:
    """The settings of a file, or of the usual one, which need not exist; ConfigError says what is wrong and where."""
    place = config_file() if path is None else path
    data = _content(place, may_be_missing=path is None)
    table = _parsed(data, place)
    if not _was_good(data):
        _check(table, data.decode(), place)
        _remember_good(data)
    settings = Settings(**{key: _plain(value) for key, value in table.items()})
    return Loaded(settings, {one.name: str(place) if one.name in table else DEFAULT for one in fields(Settings)})


def describe(loaded: Loaded) -> Iterator[str]:
    """The settings as the lines of a settings file: where each value is from, what it is for, and the value."""
    values = asdict(loaded.settings)
    values["proxy"] = re.sub("//[^/@]*@", "//***@", values["proxy"])
    for name, sentence in _sentences().items():
        yield f"# {sentence}"
        yield f"# ({loaded.origins[name]})"
        yield from _table(name, values[name]) if isinstance(values[name], dict) else [_assigned(name, values[name])]
        yield ""


# --- where files live


def config_file() -> Path:
    """Where the settings are, if there are any."""
    return _folder("config") / "config.toml"


def library_file() -> Path:
    """Where articles and what became of them are kept."""
    return _folder("data") / "library.db"


def cache_folder() -> Path:
    """A folder for what can be made again."""
    return _folder("cache")


def data_folder(name: str) -> Path:
    """Files that come with newstui, "styles" or "samples": inside the package when installed, beside it else."""
    package = Path(__file__).parent
    installed = package / name
    return installed if installed.is_dir() else package.parent / name


def _folder(kind: Literal["config", "data", "cache"]) -> Path:
    """A folder of the reader's own; where there is no home it is one that can't be made, and so keeps nothing."""
    import platformdirs  # costs 10 ms, and Textual or a network client may have paid them

    find = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
    }
    try:
        folder = find[kind]("newstui", appauthor=False)
    except RuntimeError:  # neither HOME nor an entry for this user
        return Path(os.devnull, "newstui")
    return folder if folder.is_absolute() else Path(os.devnull, "newstui")


# --- reading and checking


def _content(place: Path, *, may_be_missing: bool) -> bytes:
    try:
        return place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if may_be_missing:
            return b""
        raise ConfigError("there are no settings", where=str(place), advice="name a file that exists") from None
    except OSError as error:
        raise ConfigError(f"the settings can't be read: {error.strerror}", where=str(place)) from None


def _parsed(data: bytes, place: Path) -> dict[str, Any]:
    if not data:
        return {}
    import tomllib

    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("the settings are not UTF-8 text", where=f"{place}, line {line}") from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), place) from None
    except RecursionError:
        raise ConfigError("the settings are nested too deeply", where=str(place)) from None


def _not_toml(message: str, place: Path) -> ConfigError:
    what, _, position = message.partition(" (at ")
    found = re.match(r"line (\d+)", position)
    where = f"{place}, line {found[1]}" if found else f"{place}, at its end"
    return ConfigError(f"the settings are not TOML: {what[:1].lower()}{what[1:]}", where=where)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _check(table: Mapping[str, Any], text: str, place: Path) -> None:
    """Raise ConfigError for the first thing that is wrong in a settings file."""
    names = [one.name for one in fields(Settings)]
    for key in table:
        if key not in names:
            raise _refused(f"there is no setting {key!r}", key, text, place, advice=_nearest(key, names))
    for key, fault in (*_type_faults(table), *_value_faults(table)):
        raise _refused(f"{key} {fault}", key, text, place)
    known = [*THEMES, *table.get("themes", ())]
    theme = table.get("theme", THEMES[0])
    if theme not in known:
        raise _refused(f"there is no theme {theme!r}", "theme", text, place, advice=_nearest(theme, known))


def _type_faults(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from pydantic import TypeAdapter, ValidationError

    hints = get_type_hints(Settings)
    for key, value in table.items():
        try:
            TypeAdapter(hints[key]).validate_python(_plain(value), strict=True)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            wanted = dict.fromkeys(_wanted(fault["msg"]) for fault in faults)
            yield ".".join([key, *_names(faults[0]["loc"], value)]), f"must be {' or '.join(wanted)}"


def _names(path: Sequence[int | str], value: Any) -> Iterator[str]:
    """The part of a fault's path that a reader would know: names of entries, not of types."""
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return
        yield str(name)
        value = value[name]


def _wanted(message: str) -> str:
    wanted = message.removeprefix("Input should be ").replace("a valid ", "a ")
    return wanted.replace("a integer", "a whole number").replace("a tuple", "a list").replace("a dictionary", "a table")


def _value_faults(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seconds, minutes = table.get("mark_read_after"), table.get("refresh_every")
    if isinstance(seconds, int | float) and not 0 <= seconds <= 3_600:
        yield "mark_read_after", "must be from 0 to 3600 seconds, or 'never'"
    if isinstance(minutes, int) and not 1 <= minutes <= 10_080:
        yield "refresh_every", "must be from 1 to 10080 minutes, or 'never'"
    if not re.fullmatch(r"(?:https?://[!-~]+)?", table.get("proxy", "")):
        yield "proxy", "must be an address as http://host:port, or empty"
    if "copy_command" in table and not all(table["copy_command"]):
        yield "copy_command", "must not have an empty word"


def _refused(what: str, key: str, text: str, place: Path, *, advice: str = "") -> ConfigError:
    quoted = re.escape(key.rpartition(".")[2])
    found = re.search(rf"""^[ \t]*(?:\[+[ \t]*)?["']?{quoted}["']?[ \t]*[=\].]""", text, re.MULTILINE)
    line = f", line {text.count(chr(10), 0, found.start()) + 1}" if found else ""
    return ConfigError(what, where=f"{place}{line}", advice=advice)


def _nearest(word: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(sorted(known))}"


# --- a file that was good is not checked again


def _was_good(data: bytes) -> bool:
    try:
        return not data or _good_file().read_text() == _stamp(data)
    except (OSError, UnicodeDecodeError):
        return False


def _remember_good(data: bytes) -> None:
    file = _good_file()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(_stamp(data))
    except OSError:
        return  # it is checked again the next time


def _good_file() -> Path:
    return cache_folder() / "settings-checked"


def _stamp(data: bytes) -> str:
    from zlib import crc32

    return f"{__version__} {len(data)} {crc32(data)}"


# --- writing settings


def _sentences() -> dict[str, str]:
    """The docstring under each field of ``Settings``, by the field's name."""
    import ast
    import inspect
    from itertools import pairwise

    (settings,) = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(settings, ast.ClassDef)
    return {
        name.id: str(sentence.value)
        for one, below in pairwise(settings.body)
        if isinstance(one, ast.AnnAssign)
        and isinstance(name := one.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(sentence := below.value, ast.Constant)
    }


def _assigned(name: str, value: object) -> str:
    return f"{_key(name)} = {_toml(value)}"


def _table(name: str, values: Mapping[str, object]) -> Iterator[str]:
    yield f"[{name}]"
    for key, value in values.items():
        yield _assigned(key, value)


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{"".join(map(_escaped, value))}"'
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            pairs = ", ".join(_assigned(key, one) for key, one in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
    return str(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08X}"
