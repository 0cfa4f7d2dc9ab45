"""Feeds as sites serve them, of made articles: each item has a page, a date, a summary and some HTML."""

from email.utils import formatdate
from html import escape

from benchmarks.made_articles import batches
from newstui.article import Article

PARAGRAPHS = 5
"""Paragraphs of an item's content, each as long as its excerpt."""


def feed(number: int, items: int) -> bytes:
    """The RSS of the feed with a number, its newest item first."""
    (batch,) = batches(number * items, (number + 1) * items, items)
    said = "\n".join(_item(article) for article in reversed(batch.articles))
    return _FEED.format(number=number, items=said).encode()


def _item(article: Article) -> str:
    paragraphs = "".join(f"<p>{_linked(article, number)}</p>" for number in range(PARAGRAPHS))
    content = f'<img src="/{article.quality}.jpg" alt="A view" width="640" height="480">{paragraphs}'
    return _ITEM.format(
        title=escape(article.title),
        url=article.url,
        date=formatdate(article.published),
        topic=article.topics[0],
        summary=escape(f"<p>{article.excerpt}</p>"),
        content=content,
    )


def _linked(article: Article, number: int) -> str:
    words = article.excerpt.split()
    words[number] = f'<a href="{article.url}/{number}">{words[number]}</a>'
    words[-number - 2] = f"<strong>{words[-number - 2]}</strong>"
    return " ".join(words)


_FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Feed {number}</title><link>https://feed{number}.example/</link>
<description>What happens around {number}</description>
{items}
</channel></rss>
"""
_ITEM = """<item><title>{title}</title><link>{url}</link><guid isPermaLink="true">{url}</guid><pubDate>{date}</pubDate>
<category>{topic}</category><description>{summary}</description>
<content:encoded><![CDATA[{content}]]></content:encoded></item>"""
