"""How much of the CPU that adding takes goes into finding stories."""

import time
from collections.abc import Iterable
from typing import Self

from newstui.library import Library
from newstui.library.grouping import Grouping, Newcomer
from newstui.library.store import Store


class TimedGrouping(Grouping):
    """Grouping that notes how many articles came together, and the seconds that they took."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.taken: list[tuple[int, float]] = []

    @classmethod
    def of(cls, library: Library) -> Self:
        """What finds the stories of this library from now on."""
        timed = cls(library._store)
        library._store.grouping = timed
        return timed

    def group(self, newcomers: Iterable[Newcomer]) -> dict[int, int]:
        start = time.process_time()
        together = list(newcomers)
        stories = super().group(together)
        self.taken.append((len(together), time.process_time() - start))
        return stories

    @property
    def articles(self) -> int:
        """How many articles found their story."""
        return sum(articles for articles, _ in self.taken)

    @property
    def seconds(self) -> float:
        """How long all of them took."""
        return sum(seconds for _, seconds in self.taken)

    @property
    def per_article(self) -> float:
        """Seconds an article."""
        return self.seconds / max(1, self.articles)
