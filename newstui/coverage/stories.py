"""Which story an article belongs to, from how it compares with the members of several."""

from collections.abc import Collection, Iterable

STRONG = 4.0
"""One member that is so alike is enough to join its story."""
FAIR = 3.0
"""Two such members of a story are enough as well."""


def chosen(scores: Iterable[tuple[int, float]], refused: Collection[int]) -> int | None:
    """The story to join, of pairs of a story and the score of one of its members; None when it founds its own.

    ``refused`` are the stories that the reader took the article out of. Of several the one with the best two members
    is chosen, the second counting half; then the one with the smaller id.
    """
    evidence: dict[int, list[float]] = {}
    for story, score in scores:
        if score >= FAIR and story not in refused:
            evidence.setdefault(story, []).append(score)
    ranked = []
    for story, its_scores in evidence.items():
        best, second, *_ = *sorted(its_scores, reverse=True), 0.0
        if best >= STRONG or second >= FAIR:
            ranked.append((-(best + second / 2), story))
    return min(ranked)[1] if ranked else None
