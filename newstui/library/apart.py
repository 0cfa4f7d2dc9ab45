"""What the reader keeps apart, for reports that arrive: neither side joins the other, whichever comes first."""

from collections.abc import Mapping
from typing import NamedTuple

from newstui.library.store import Store


class Apart(NamedTuple):
    """The stories that a report is kept out of, by its key, and the reports that are kept out of a story."""

    stories: dict[str, list[int]]
    reports: dict[int, list[int]]

    @classmethod
    def of(cls, store: Store, newcomers: Mapping[str, int]) -> "Apart":
        """All that is kept apart of what is here and of newcomers, whose ids by key these are."""
        apart = cls({}, {})
        for key, story, article in store.execute(_SEPARATED):
            apart.stories.setdefault(key, []).append(story)
            apart.reports.setdefault(story, []).append(article or newcomers.get(key, 0))
        return apart


_SEPARATED = "SELECT s.key, s.story, a.id FROM separated s LEFT JOIN article a ON a.key = s.key"
