"""``python -m benchmarks.feed_server FEEDS ITEMS``: made feeds over HTTP on loopback, with validators.

It prints its port, and ends with its input.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from benchmarks.made_feeds import feed


def main() -> None:
    """Make the feeds, and serve them."""
    feeds, items = map(int, sys.argv[1:])
    bodies = [feed(number, items) for number in range(feeds)]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(self.path.strip("/"))
            is_known = self.headers.get("If-None-Match") == f'"{number}"'
            body = b"" if is_known else bodies[number]
            self.send_response(304 if is_known else 200)
            self.send_header("ETag", f'"{number}"')
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
