"""The answers that are kept in front of the application, each for one version of the graph.

A version never changes, so an answer is right for as long as its key is: version, day in Sweden,
method, target, body, and the headers that an answer may depend on. What the application marks
as one to keep is kept, and only what anybody may have: no request with a token or a cookie is
answered from here.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from styrgraf.errors import StyrgrafError
from styrgraf.web.languages import TIMEZONE
from styrgraf.web.serving.answering import MOST_KEPT_BYTES, Made
from styrgraf.web.serving.heads import Header

MOST_BODY_BYTES = 64 * 1024
_ENTRY_BYTES = 2048
_OK = 200

_IN_KEY = frozenset(
    (
        b"accept",
        b"accept-charset",
        b"accept-language",
        b"content-type",
        b"host",
        b"origin",
        b"prefer",
        b"x-forwarded-host",
        b"x-forwarded-prefix",
        b"x-forwarded-proto",
    )
)
_OWN_HEADERS = b"styrgraf-"
_PASSED_BY = frozenset(
    (
        b"authorization",
        b"cookie",
        b"if-match",
        b"if-modified-since",
        b"if-range",
        b"if-unmodified-since",
        b"pragma",
        b"range",
    )
)
_OF_A_BODY = frozenset(
    (b"content-type", b"content-language", b"content-encoding", b"content-length", b"allow")
)

Key = Hashable


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the cache says of a request: its key, the answer, and the header Cache-Status."""

    key: Key | None
    made: Made | None
    status: bytes


PASSED = Lookup(None, None, b"styrgraf; fwd=bypass")


class ResponseCache:
    """The answers of one process, the longest unused thrown out first. One thread only."""

    def __init__(self, megabytes: int, identify: Callable[[], Hashable]) -> None:
        self._most = megabytes * 1024 * 1024
        self._identify = identify
        self._kept: OrderedDict[Key, Made] = OrderedDict()
        self._size = 0
        self._day: tuple[float, str] = (0.0, "")

    @property
    def size(self) -> int:
        """Return the bytes kept."""
        return self._size

    def look_up(self, scope: Mapping[str, Any], body: bytes) -> Lookup:
        """Return the answer to a request where it is kept, and else the key to keep it by."""
        if not self._most or not may_be_kept(scope, body):
            return PASSED
        named = []
        for name, value in scope["headers"]:
            if name in _IN_KEY or name.startswith(_OWN_HEADERS):
                named.append((name, value))
            elif name in _PASSED_BY:
                return PASSED
            elif name == b"cache-control" and (demand := _read_demand(value)):
                key = self._make_key(scope, body, named) if demand == b"no-cache" else None
                return Lookup(key, None, b"styrgraf; fwd=request")
        key = self._make_key(scope, body, named)
        made = self._kept.get(key) if key is not None else None
        if made is None:
            return Lookup(key, None, b"styrgraf; fwd=miss")
        self._kept.move_to_end(key)
        return Lookup(key, made, b"styrgraf; hit")

    def keep(self, key: Key | None, made: Made) -> bool:
        """Keep an answer that the application has marked; tell whether it was kept."""
        size = len(made.body) + len(made.compressed or b"") + _ENTRY_BYTES
        if key is None or made.status != _OK or made.parts is not None or size > self._most:
            return False
        if len(made.body) > MOST_KEPT_BYTES or key[0] != self._identify_version():  # type: ignore[index]
            return False
        self._drop(key)
        self._kept[key] = made
        self._size += size
        while self._size > self._most:
            self._drop(next(iter(self._kept)))
        return True

    def _drop(self, key: Key) -> None:
        if made := self._kept.pop(key, None):
            self._size -= len(made.body) + len(made.compressed or b"") + _ENTRY_BYTES

    def _make_key(
        self, scope: Mapping[str, Any], body: bytes, named: Iterable[Header]
    ) -> Key | None:
        version = self._identify_version()
        if version is None:
            return None
        target = (scope["method"], scope["raw_path"], scope["query_string"])
        protocol = scope["http_version"]
        return (version, self._today(), protocol, *target, body, tuple(named))

    def _identify_version(self) -> Hashable:
        try:
            return self._identify()
        except StyrgrafError:
            return None

    def _today(self) -> str:
        now = time.monotonic()
        if now >= self._day[0]:
            self._day = (now + 0.5, datetime.now(ZoneInfo(TIMEZONE)).date().isoformat())
        return self._day[1]


def may_be_kept(scope: Mapping[str, Any], body: bytes) -> bool:
    """Tell whether a request is of a kind whose answers are kept."""
    if scope["method"] in {"GET", "HEAD"}:
        return not body
    return (
        scope["method"] == "POST"
        and scope["raw_path"].endswith(b"/sparql")
        and 0 < len(body) <= MOST_BODY_BYTES
    )


def is_held(made: Made, if_none_match: bytes) -> bool:
    """Tell whether the client holds an answer already (RFC 9110, section 13.1.2)."""
    tag = next((value for name, value in made.headers if name == b"etag"), b"")
    held = {member.strip().removeprefix(b"W/") for member in if_none_match.split(b",")}
    return bool(tag) and (b"*" in held or tag.removeprefix(b"W/") in held)


def without_body(headers: Iterable[Header]) -> list[Header]:
    """Return the headers of an answer with status 304."""
    return [header for header in headers if header[0] not in _OF_A_BODY]


def _read_demand(value: bytes) -> bytes:
    demands = {member.strip().lower() for member in value.split(b",")}
    if b"no-store" in demands:
        return b"no-store"
    return b"no-cache" if demands & {b"no-cache", b"max-age=0"} else b""
