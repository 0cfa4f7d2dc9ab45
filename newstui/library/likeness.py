"""What makes two articles alike, in words, and which others are nearly so."""

import json

from newstui.coverage.figures import shown_figure
from newstui.coverage.scoring import SIMILAR
from newstui.coverage.terms import words_of_terms
from newstui.library.grouping import FIGURE_MARK, Grouping
from newstui.library.reading import listed_rows
from newstui.library.reports import coverage
from newstui.library.rows import ListedRow, Why
from newstui.library.store import Store


def similar(store: Store, article: int) -> list[ListedRow]:
    """Articles on a similar topic that are no coverage, the most alike first."""
    told = coverage(store, article)
    shown = {report.article for report in told.reports}
    matches = Grouping(store).similar(article)
    found = [(-match.score, other) for other, match in matches if match.score >= SIMILAR]
    return listed_rows(store, [other for _, other in sorted(found) if other not in shown])


def why(store: Store, article: int, other: int) -> Why:
    """Why two reports are taken for one story, in the words of the first."""
    texts = {id: rest for id, *rest in store.execute(_TEXTS, (json.dumps([article, other]),))}
    if texts.keys() < {article, other}:
        return Why((), (), None, False)
    seconds = None
    if all(is_known for *_, is_known in texts.values()):
        seconds = abs(texts[article][2] - texts[other][2])
    shared = store.value("SELECT shared FROM link WHERE (article, other) = (?, ?)", (article, other))
    title, excerpt, *_ = texts[article]
    return Why(*_in_words(shared or "", f"{title}\n{excerpt}"), seconds, shared is not None)


def _in_words(shared: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Terms as the words of a text, and figures as people write them."""
    written: dict[str, str] = {}
    for term, word in words_of_terms(text):
        written.setdefault(term, word)
    terms = shared.split()
    figures = tuple(shown_figure(term[1:]) for term in terms if term.startswith(FIGURE_MARK))
    words = dict.fromkeys(written.get(term, term) for term in terms if not term.startswith(FIGURE_MARK))
    return tuple(words), figures


_TEXTS = """
SELECT id, title, excerpt, published, is_date_known FROM article WHERE id IN (SELECT value FROM json_each(?))
"""
