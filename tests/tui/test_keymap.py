"""The reader's own keys."""

import pytest

from newstui.errors import ConfigError
from newstui.tui.commands import COMMANDS
from newstui.tui.keymap import checked_keymap, shown_keys


def test_the_table_of_commands_has_each_id_and_in_each_pane_each_key_once() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert checked_keymap({}) == {}


def test_a_command_takes_the_keys_of_the_settings() -> None:
    keymap = checked_keymap({"story.save": "e", "story.open": ["w", "f2"]})
    assert keymap == {"story.save": "e", "story.open": "w,f2"}
    assert shown_keys(keymap)["story.open"] == "w"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"story.sav": "e"}, "did you mean story.save?"),
        ({"story.save": ""}, "must not be empty"),
        ({"story.save": "o"}, "o is the key of both story.open and story.save"),
        ({"story.save": "ctrl+s"}, "means something else to terminals"),
        ({"nonsense": "e"}, "newstui keys lists them"),
    ],
)
def test_a_key_that_can_not_work_is_refused_with_what_to_do(keys: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        checked_keymap(keys)
    assert said in str(refused.value)


def test_keys_of_two_commands_can_be_swapped() -> None:
    assert checked_keymap({"story.save": "o", "story.open": "s"})
