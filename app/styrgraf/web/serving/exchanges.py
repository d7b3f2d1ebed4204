"""One request and its answer, as the server sees them: who, what, and how it went."""

from __future__ import annotations

import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from flask import has_request_context, request

from styrgraf.web.serving.clients import (
    ClientNames,
    ConnectionDeparture,
    choose_identifier,
    name_address,
)
from styrgraf.web.serving.environ import Environ

ERROR_KEY = "styrgraf.error"
KEEP_KEY = "styrgraf.keep"
ROUTE_KEY = "styrgraf.route"
QUERY_KEY = "styrgraf.query"
REASON_KEY = "styrgraf.reason"


@dataclass(slots=True, eq=False)
class Exchange:
    """What is known of a request when it comes, and what is noted until it has been answered."""

    scope: MutableMapping[str, Any]
    headers: dict[bytes, bytes]
    client: str
    identifier: str
    begun: float = field(default_factory=time.perf_counter)
    departure: ConnectionDeparture = field(default_factory=ConnectionDeparture)
    environ: Environ | None = None
    status: int = 0
    started: bool = False
    sent: int = 0
    cache: bytes = b""
    reason: str = ""

    @classmethod
    def begin(cls, scope: MutableMapping[str, Any], names: ClientNames) -> Exchange:
        """Return the exchange of a request that has come."""
        headers = dict(scope["headers"])
        forwarded = b""
        if b"x-forwarded-for" in headers:
            forwarded = b",".join(v for n, v in scope["headers"] if n == b"x-forwarded-for")
        peer = (scope.get("client") or ("",))[0]
        client = names.name(headers, forwarded, peer)
        return cls(scope, headers, client, choose_identifier(headers.get(b"x-request-id")))

    @property
    def method(self) -> str:
        """Return the method."""
        return str(self.scope["method"])

    @property
    def path(self) -> str:
        """Return the path as it was sent, without the query."""
        return str(self.scope["raw_path"].decode("ascii", "replace"))

    @property
    def has_body(self) -> bool:
        """Tell whether the request has a body."""
        return b"content-length" in self.headers or b"transfer-encoding" in self.headers

    @property
    def seconds(self) -> float:
        """Return the seconds since the request came."""
        return time.perf_counter() - self.begun

    def find(self, name: bytes) -> bytes:
        """Return a header, empty where it was not sent."""
        return self.headers.get(name, b"")

    @classmethod
    def refused(cls, peer: str, status: int) -> Exchange:
        """Return what is known of a request that the connection itself has refused."""
        scope: dict[str, Any] = {"method": "", "raw_path": b"", "headers": ()}
        return cls(scope, {}, name_address(peer), "", status=status, reason="refused")

    def noted(self, key: str) -> str:
        """Return what the application has noted in the environment."""
        return str(self.environ.get(key) or "") if self.environ else ""


Observer = Callable[[Exchange], None]


def note_query(text: str) -> None:
    """Note the query that this request asks, for the slow log and for what is counted."""
    if has_request_context():
        request.environ[QUERY_KEY] = text
