"""What a hostile request is: what is sent, which answers are allowed, and how soon they come.

A request is bytes, so that nothing between the table and the wire tidies it. The marker TRAP
stands for the port of a listener on loopback that nobody may reach; it has as many characters as
a port, so lengths stay right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

TRAP = "@@@@@"
JSON = "application/sparql-results+json"
DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
BROWSER = "text/html"
ANYTHING = f"{JSON}, */*;q=0.1"

Status = int | str
"""A status code, or what happened to the connection instead."""

CLOSED = "closed"
"""The connection was closed without an answer."""
BROKEN = "broken off"
"""An answer began, and the connection was closed before its end."""
HELD = "held"
"""Nothing was asked for yet; the connection was left open."""

BUSY = frozenset({429, 503})
"""Told to come back later, with Retry-After."""
ENDLESS = frozenset({422, 504, BROKEN}) | BUSY
"""Stopped: at a limit of the query, or because others wait; before the first byte or after it."""
MALFORMED = frozenset({400})
REFUSED = frozenset({403})


@dataclass(frozen=True, slots=True)
class Repeated:
    """A part that is sent again and again, with a pause before each time."""

    content: bytes
    times: int
    pause: float = 0.0


Part = bytes | Repeated


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile request, or many alike at once (`count`)."""

    name: str
    family: str
    parts: tuple[Part, ...]
    statuses: frozenset[Status]
    seconds: float = 10.0
    count: int = 1
    method: str = "GET"


def write_request(
    method: str,
    target: str,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
) -> bytes:
    """Return a request that is well formed but for what the caller put into it."""
    lines = [f"{method} {target} HTTP/1.1"]
    names = {"Host": "127.0.0.1", "Connection": "close"} | dict(headers or {})
    if body or method in {"POST", "PUT", "PATCH"}:
        names.setdefault("Content-Length", str(len(body)))
    lines += [f"{name}: {value}" for name, value in names.items() if value is not None]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body


def query(
    name: str,
    family: str,
    text: str | bytes,
    statuses: frozenset[Status],
    seconds: float = 10.0,
    accept: str = ANYTHING,
) -> Hostile:
    """Return a query in the body of a POST."""
    body = text.encode() if isinstance(text, str) else text
    headers = {"Content-Type": DIRECT, "Accept": accept}
    request = write_request("POST", "/sparql", headers, body)
    return Hostile(name, family, (request,), statuses, seconds, method="POST")


def query_by_get(
    name: str,
    family: str,
    text: str,
    statuses: frozenset[Status],
    accept: str = BROWSER,
    **parameters: str,
) -> Hostile:
    """Return a query in the address, as a browser sends it."""
    target = f"/sparql?{urlencode({'query': text, **parameters})}"
    return get(name, family, target, statuses, {"Accept": accept})


def get(
    name: str,
    family: str,
    target: str,
    statuses: frozenset[Status],
    headers: Mapping[str, str] | None = None,
) -> Hostile:
    """Return a GET of a target as it stands."""
    request = write_request("GET", target, {"Accept": BROWSER} | dict(headers or {}))
    return Hostile(name, family, (request,), statuses)


def send(
    name: str,
    family: str,
    method: str,
    target: str,
    statuses: frozenset[Status],
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
) -> Hostile:
    """Return a request by any method."""
    request = write_request(method, target, headers, body)
    return Hostile(name, family, (request,), statuses, method=method)


def raw(
    name: str,
    family: str,
    parts: Part | Sequence[Part],
    statuses: frozenset[Status],
    seconds: float = 10.0,
    count: int = 1,
) -> Hostile:
    """Return bytes as they are to go over the wire."""
    whole = (parts,) if isinstance(parts, bytes | Repeated) else tuple(parts)
    return Hostile(name, family, whole, statuses, seconds, count)
