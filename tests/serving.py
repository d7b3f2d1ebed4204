"""Real servers for tests, and a client that shows answers as they come."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from styrgraf.graph.store import Reader
from styrgraf.settings import Settings
from styrgraf.web import create_app
from styrgraf.web.serving.server import WebServer

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: header names in lower case, repeated ones joined by commas."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Service:
    """A running server."""

    address: str
    settings: Settings

    def get(self, path: str, accept: str | None = None, **parameters: str) -> Answer:
        """Send a GET; redirects are not followed."""
        query = f"{'&' if '?' in path else '?'}{urlencode(parameters)}" if parameters else ""
        return self.ask("GET", path + query, {"Accept": accept} if accept else {})

    def browse(self, path: str, **parameters: str) -> Answer:
        """Send a GET as a browser does."""
        return self.get(path, BROWSER, **parameters)

    def post(self, path: str, body: bytes | str, media_type: str, accept: str = "*/*") -> Answer:
        """Send a POST."""
        return self.ask("POST", path, {"Content-Type": media_type, "Accept": accept}, body)

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
    ) -> Answer:
        """Send any request."""
        content = body.encode() if isinstance(body, str) else body
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            connection.request(method, path, content, dict(headers or {}))
            answer = connection.getresponse()
            names = {name.lower() for name in answer.headers}
            joined = {name: ", ".join(answer.headers.get_all(name) or ()) for name in names}
            return Answer(answer.status, joined, answer.read())
        finally:
            connection.close()


@contextmanager
def run_service(settings: Settings, reader: Reader) -> Iterator[Service]:
    """Serve on a free port of loopback until the block ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        settings = replace(settings, port=listener.getsockname()[1])
        server = WebServer(create_app(settings, reader), reader, listener, settings)
        thread = threading.Thread(target=server.serve_until_stopped, daemon=True)
        thread.start()
        try:
            yield Service(f"http://127.0.0.1:{settings.port}", settings)
        finally:
            server.stop()
            thread.join(timeout=10)
