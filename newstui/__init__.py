"""newstui: a news reader for the terminal in which the unit is the story, not the item."""

__version__ = "0.1.0"
