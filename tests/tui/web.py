"""A web of a test's own: one real server, which the settings name as the proxy of every host."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from newstui.config import Settings


class Web:
    """Every host of the web, and the server's own address: what was asked for, and what is answered."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.pages: dict[str, tuple[str, bytes]] = {}
        """By address, or by path alone where the server itself is asked: the type and the body."""
        self.gate = threading.Event()
        """Answers come while it is open."""
        self.gate.set()
        self.url = ""

    def through(self, settings: Settings) -> Settings:
        """Settings that lead every request here."""
        return replace(settings, proxy=self.url)

    def put(self, address: str, body: str, content_type: str = "text/html; charset=utf-8") -> None:
        """Let there be a page."""
        self.pages[address] = (content_type, body.encode())


@contextmanager
def serving() -> Iterator[Web]:
    """A web as long as it is needed."""
    web = Web()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            web.gate.wait()
            content_type, body = web.pages.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who asked may have gone
        threading.Thread(target=server.serve_forever).start()
        web.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield web
        finally:
            web.gate.set()
            server.shutdown()
