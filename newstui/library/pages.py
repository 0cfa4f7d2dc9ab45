"""The full texts that were fetched from the pages of articles: kept for reading offline, and searched."""

from newstui.library.arrivals import MOST_PAIRED_CHARACTERS, paired
from newstui.library.filing import index, unindex
from newstui.library.store import Store


def keep(store: Store, article: int, text: str, now: int, error: str) -> None:
    """Keep the text of an article's page, or why there is none; that does not take the place of an earlier text."""
    values = {"article": article, "now": now, "error": error, "text": text}
    values["pairs"] = paired(text[:MOST_PAIRED_CHARACTERS])
    with store.writing():
        if store.value(_MAY_BE_KEPT, (article, error)) is None:
            return
        unindex(store, str([article]))
        store.execute(_KEEP, values)
        index(store, str([article]))


_MAY_BE_KEPT = """
SELECT 1 FROM article a LEFT JOIN page p ON p.article = a.id WHERE a.id = ? AND (? = '' OR coalesce(p.text, '') = '')
"""
_KEEP = """
INSERT OR REPLACE INTO page (article, fetched, error, pairs, text) VALUES (:article, :now, :error, :pairs, :text)
"""


def wanted(store: Store, limit: int, *, is_always: bool) -> list[tuple[int, str]]:
    """Articles whose pages are to be fetched, and where these are, the newest first.

    They are of the sources that are read with full texts, or of every feed, and unread or saved. No page is asked for
    twice, and none where an article has no page of its own.
    """
    return store.execute(_WANTED, {"is_always": is_always, "limit": limit}).fetchall()


_WANTED = """
SELECT a.id, a.original FROM source s CROSS JOIN article a ON a.source = s.id AND a.origin <> 'listed'
LEFT JOIN state x ON x.article = a.id
WHERE (s.is_full_text OR (:is_always AND s.kind = 'feed')) AND (x.read_at IS NULL OR x.saved_at IS NOT NULL)
AND NOT EXISTS (SELECT 1 FROM page p WHERE p.article = a.id) AND instr(a.key, ' ') = 0
ORDER BY a.id DESC LIMIT :limit
"""
