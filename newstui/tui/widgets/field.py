"""One line to type into."""

from textual.widgets import Input

from newstui.text import clean


class Field(Input):
    """One line to type into. What is pasted is made safe to print; nothing blinks, so nothing is sent while idle."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """The value on one line, without what a terminal would obey."""
        return clean(value).replace("\n", " ").replace("\t", " ")
