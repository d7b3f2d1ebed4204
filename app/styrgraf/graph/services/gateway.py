"""The gateway between query processes and the few servers that SERVICE may ask.

It stands in the parent process and listens where query processes can reach it: on loopback, in
their own network where they have one. It takes requests that carry the secret of a query which
runs, to origins of the settings, and answers with what the other server answered, or with 502.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from styrgraf.closing import Closing
from styrgraf.errors import RemoteServiceError, StyrgrafError
from styrgraf.graph.limits import MEBIBYTE
from styrgraf.graph.services.federation import read_origin, read_origins, read_target
from styrgraf.graph.services.gateway_fetching import Incoming, Outgoing, fetch
from styrgraf.language import N_
from styrgraf.settings import Settings

MOST_REQUESTS = 100
"""Requests of one query."""

_MOST_AT_ONCE = 16
_MOST_QUERY = 1024 * 1024
_SHARE = 0.9  # of the query's own time: so its end is an answer, not a process that is killed

_TOO_MANY = N_("The query asked other servers more than {limit} times.")


class Session(Closing):
    """What one query may have fetched, while it runs."""

    def __init__(self, gateway: Gateway, seconds: float) -> None:
        self.secret = secrets.token_urlsafe(32)
        self.failure: StyrgrafError | None = None
        """Why the first request that failed did so."""
        self._gateway = gateway
        self._end = time.monotonic() + seconds * _SHARE
        self._lock = threading.Lock()
        self._requests = 0

    def describe(self) -> dict[str, Any]:
        """Return what a query process has to know, for its job."""
        return {"origins": self._gateway.origins, "secret": self.secret}

    def fetch(self, request: Outgoing) -> Incoming:
        """Ask another server. Raises RemoteServiceError, and remembers the first."""
        try:
            return self._fetch(request)
        except RemoteServiceError as error:
            with self._lock:
                self.failure = self.failure or error
            raise

    def _fetch(self, request: Outgoing) -> Incoming:
        with self._lock:
            self._requests += 1
            if self._requests > MOST_REQUESTS:
                raise RemoteServiceError(_TOO_MANY, limit=MOST_REQUESTS)
        seconds = min(self._gateway.seconds, max(self._end - time.monotonic(), 0.01))
        return fetch(request, seconds, self._gateway.most_bytes)

    def close(self) -> None:
        """Let the secret no longer hold."""
        self._gateway.forget(self)


@contextmanager
def told_by(session: Session | None) -> Iterator[None]:
    """Have what a session knows of a failure told in place of the little that the query knows."""
    try:
        yield
    except BaseException as error:
        if session is None:
            raise
        session.close()
        if isinstance(error, RemoteServiceError) and session.failure is not None:
            raise session.failure from error
        raise


class Gateway:
    """Answers query processes that ask for other servers."""

    def __init__(self, settings: Settings) -> None:
        self.origins = read_origins(settings.service_origins)
        self.seconds = settings.service_seconds
        self.most_bytes = settings.service_megabytes * MEBIBYTE
        self._sessions: dict[str, Session] = {}
        self._slots = threading.BoundedSemaphore(_MOST_AT_ONCE)

    def open_session(self, seconds: float) -> Session:
        """Let a query that runs for at most `seconds` ask others; close it when it has ended."""
        session = Session(self, seconds)
        self._sessions[session.secret] = session
        return session

    def forget(self, session: Session) -> None:
        """Let no request come in the name of a session."""
        self._sessions.pop(session.secret, None)

    def find_session(self, secret: str) -> Session | None:
        """Return the session of a secret that holds."""
        return self._sessions.get(secret)

    def attach(self, listener: socket.socket) -> Callable[[], None]:
        """Answer those who come to a listener; return what ends that."""
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

        def detach() -> None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept
            listener.close()

        return detach

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            if not self._slots.acquire(blocking=False):
                connection.close()
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, suppress(OSError):
                connection.settimeout(self.seconds + 1)
                _Exchange(connection, ("", 0), self)  # type: ignore[arg-type]
        finally:
            self._slots.release()


class _Exchange(BaseHTTPRequestHandler):
    """One request of the engine."""

    server: Gateway  # type: ignore[assignment]

    def handle(self) -> None:
        """Take one request, no more."""
        self.handle_one_request()

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent: the secret is in the address."""

    def _pass_on(self) -> None:
        found = read_target(self.path)
        session = self.server.find_session(found[0]) if found else None
        if found is None or session is None:
            return self._answer(HTTPStatus.FORBIDDEN)
        address = found[1]
        told = self.headers.get("Content-Length") or "0"
        size = int(told) if told.isdecimal() else _MOST_QUERY + 1
        if read_origin(address) not in self.server.origins or size > _MOST_QUERY:
            return self._answer(HTTPStatus.FORBIDDEN)
        request = Outgoing(
            address,
            self.command,
            self.rfile.read(size),
            self.headers.get("Content-Type") or "",
            self.headers.get("Accept") or "*/*",
        )
        try:
            answer = session.fetch(request)
        except RemoteServiceError:
            return self._answer(HTTPStatus.BAD_GATEWAY)
        return self._answer(HTTPStatus.OK, answer)

    do_POST = do_GET = _pass_on  # noqa: N815 -- as http.server calls them

    def _answer(self, status: HTTPStatus, answer: Incoming | None = None) -> None:
        body = answer.body if answer else b""
        self.send_response(status)
        self.send_header("Content-Type", answer.media_type if answer else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
