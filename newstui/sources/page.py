"""The full text of an article, from its page on the web."""

from newstui.article import LONGEST_TEXT
from newstui.errors import ParseError
from newstui.sources.fetch import LARGEST_WEB_PAGE, Client
from newstui.sources.sandbox import Sandbox
from newstui.text import prose


async def full_text(url: str, client: Client, sandbox: Sandbox) -> str:
    """The article of a page in Markdown, cleaned; FetchError or ParseError say why there is none."""
    answer = await client.get(url, limit=LARGEST_WEB_PAGE)
    about = {"url": answer.url, "content_type": answer.content_type}
    said = await sandbox.run("page", answer.body or b"", about)
    text = said.get("text") if isinstance(said, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise ParseError("no article text was found on this page")
    return prose(text, LONGEST_TEXT)
