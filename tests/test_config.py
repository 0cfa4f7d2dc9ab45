"""Settings: what is refused and how, where values come from, and where files live."""

import os
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import newstui
from newstui import config
from newstui.config import DEFAULT, Settings, describe, load_settings
from newstui.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def loaded(file: Path, text: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load_settings(file).settings


def refusal(file: Path, text: str) -> str:
    with pytest.raises(ConfigError) as refused:
        loaded(file, text)
    assert "\n" not in str(refused.value)
    return str(refused.value).replace(str(file), "FILE")


def modules_loaded_by(code: str, file: Path) -> str:
    script = f"import sys\nfrom pathlib import Path\nfrom newstui.config import *\n{code}\nprint(*sys.modules)"
    folder = Path(newstui.__file__).parents[1]
    return subprocess.run([sys.executable, "-c", script, str(file)], cwd=folder, capture_output=True, text=True).stdout


def test_without_a_file_everything_is_as_it_comes() -> None:
    done = load_settings(None)
    assert done.settings == Settings()
    assert set(done.origins.values()) == {DEFAULT}
    assert set(done.origins) == {one.name for one in fields(Settings)}


def test_the_usual_file_is_read_without_being_named() -> None:
    place = config.config_file()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text('theme = "light"\n')
    done = load_settings(None)
    assert (done.settings.theme, done.origins["theme"], done.origins["rows"]) == ("light", str(place), DEFAULT)


def test_a_file_that_is_named_must_exist(file: Path) -> None:
    with pytest.raises(ConfigError, match="there are no settings"):
        load_settings(file)


def test_every_setting_can_be_set(file: Path) -> None:
    text = """
        theme = "own"
        rows = "two"
        sort = "heat"
        mark_read_after = 0.5
        mouse = "off"
        refresh_every = "never"
        copy_command = ["xclip", "-i"]
        proxy = "http://localhost:8080"
        [keys]
        "story.open" = "enter"
        "story.next" = ["j", "down"]
        [views]
        "AI & me" = "topic:ai is:unread"
        [themes.own]
        primary = "#123456"
        dark = true
    """
    assert loaded(file, text) == Settings(
        theme="own",
        rows="two",
        sort="heat",
        mark_read_after=0.5,
        mouse="off",
        refresh_every="never",
        copy_command=("xclip", "-i"),
        proxy="http://localhost:8080",
        keys={"story.open": "enter", "story.next": ["j", "down"]},
        views={"AI & me": "topic:ai is:unread"},
        themes={"own": {"primary": "#123456", "dark": True}},
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('\nthem = "dark"', "there is no setting 'them' (FILE, line 2): did you mean 'theme'?"),
        ('theme = "drak"', "there is no theme 'drak' (FILE, line 1): did you mean 'dark'?"),
        ('[kyes]\na = "b"', "there is no setting 'kyes' (FILE, line 1): did you mean 'keys'?"),
        ('rows = "three"', "rows must be 'auto', 'one' or 'two' (FILE, line 1)"),
        ("mark_read_after = true", "mark_read_after must be a number or 'never' (FILE, line 1)"),
        ('mark_read_after = "2"', "mark_read_after must be a number or 'never' (FILE, line 1)"),
        ("mark_read_after = nan", "mark_read_after must be from 0 to 3600 seconds, or 'never' (FILE, line 1)"),
        ("refresh_every = 1.5", "refresh_every must be a whole number or 'never' (FILE, line 1)"),
        ("refresh_every = 0", "refresh_every must be from 1 to 10080 minutes, or 'never' (FILE, line 1)"),
        ('copy_command = "xclip"', "copy_command must be a list (FILE, line 1)"),
        ('copy_command = ["xclip", 1]', "copy_command must be a string (FILE, line 1)"),
        ('copy_command = [""]', "copy_command must not have an empty word (FILE, line 1)"),
        ('proxy = "socks://x"', "proxy must be an address as http://host:port, or empty (FILE, line 1)"),
        ("[keys]\n\na = 1", "keys.a must be a string or a list (FILE, line 3)"),
        ("[themes]\nx = 1", "themes.x must be a table (FILE, line 2)"),
        ('theme = "dark"\nrows = \n', "the settings are not TOML: invalid value (FILE, line 2)"),
        ("x = [1,", "the settings are not TOML: invalid value (FILE, at its end)"),
        ("theme = " + "[" * 5000, "the settings are nested too deeply (FILE)"),
    ],
)
def test_a_mistake_is_told_in_one_line_with_its_place(file: Path, text: str, line: str) -> None:
    assert refusal(file, text) == line


def test_a_setting_that_resembles_none_is_answered_with_all(file: Path) -> None:
    assert "use one of ca_bundle, copy_command" in refusal(file, "zzz = 1")


def test_a_file_that_is_not_text_is_refused_with_its_line(file: Path) -> None:
    file.write_bytes(b'theme = "dark"\n# \xff\n')
    with pytest.raises(ConfigError, match=r"not UTF-8 text \(.*, line 2\)"):
        load_settings(file)


def test_a_folder_is_not_a_settings_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"can't be read: Is a directory"):
        load_settings(tmp_path)


def test_a_good_file_is_checked_once(file: Path) -> None:
    file.write_text('theme = "light"\n')
    assert "pydantic" in modules_loaded_by("load_settings(Path(sys.argv[1]))", file)
    second = modules_loaded_by("assert load_settings(Path(sys.argv[1])).settings.theme == 'light'", file)
    assert "newstui.config" in second
    assert "pydantic" not in second


def test_a_changed_file_is_checked_again(file: Path) -> None:
    assert loaded(file, 'theme = "light"').theme == "light"
    assert "there is no theme" in refusal(file, 'theme = "lihgt"')
    assert "there is no theme" in refusal(file, 'theme = "lihgt"')


def test_the_module_alone_loads_next_to_nothing(file: Path) -> None:
    loaded_modules = modules_loaded_by("", file).split()
    assert not {"pydantic", "platformdirs", "tomllib", "textual", "difflib"} & set(loaded_modules)


def test_settings_are_described_as_a_settings_file(file: Path) -> None:
    text = (
        'theme = "light"\nmark_read_after = 1.5\ncopy_command = ["a", "b\\"\\\\ \\u009b"]\n'
        '[keys]\n"a.b" = ["x", "y"]\n[themes.own]\ndark = false\n[views]\n"à b" = "is:unread"\n'
    )
    settings = loaded(file, text)
    lines = list(describe(load_settings(file)))
    assert all(line.isprintable() for line in lines)
    again = file.with_name("again.toml")
    assert loaded(again, "\n".join(lines)) == settings
    at = lines.index('theme = "light"')
    assert lines[at - 1] == f"# ({file})"
    assert lines[lines.index('rows = "auto"') - 1] == "# (default)"


def test_every_setting_has_a_sentence() -> None:
    lines = list(describe(load_settings(None)))
    names = [one.name for one in fields(Settings)]
    assert set(tomllib.loads("\n".join(lines))) == set(names)
    sentences = [line for line in lines if line.startswith("# ") and not line.startswith("# (")]
    assert len(sentences) == len(names)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_the_password_of_a_proxy_is_not_shown(file: Path) -> None:
    loaded(file, 'proxy = "http://me:secret@localhost:8080"')
    assert 'proxy = "http://***@localhost:8080"' in describe(load_settings(file))


def test_files_live_where_xdg_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    assert config.config_file() == tmp_path / "config" / "newstui" / "config.toml"
    assert config.library_file() == tmp_path / "data" / "newstui" / "library.db"
    assert config.cache_folder() == tmp_path / "cache" / "newstui"


def test_asking_for_a_place_makes_nothing(surroundings: Path) -> None:
    before = sorted(surroundings.rglob("*"))
    config.config_file(), config.library_file(), config.cache_folder()
    assert sorted(surroundings.rglob("*")) == before


def test_without_a_home_places_are_still_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert config.library_file().is_absolute()


def test_a_home_that_can_not_be_found_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)  # a container's user without an entry
    assert config.library_file() == Path(os.devnull, "newstui", "library.db")
    assert load_settings(None).settings == Settings()


def test_a_cache_that_can_not_be_written_is_done_without(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert loaded(file, 'theme = "light"').theme == "light"


@pytest.mark.parametrize("name", ["styles", "samples"])
def test_files_that_come_with_newstui_are_found(name: str) -> None:
    assert config.data_folder(name).is_dir()
