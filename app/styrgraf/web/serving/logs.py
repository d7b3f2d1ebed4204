"""The access log and the log of slow queries: JSON lines, one per request.

They hold no token, no header but the client's own identifier, and no query text but that of slow
queries. What a client sends cannot break out of its line: JSON escapes it, all in ASCII.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from styrgraf.settings import Settings
from styrgraf.web.serving.exchanges import QUERY_KEY, ROUTE_KEY, Exchange

MOST_QUERY_CHARACTERS = 2000
_MOST_PATH_CHARACTERS = 500
_STANDARD_ERROR = "-"


class Logs:
    """Both logs, as the settings say; an observer of exchanges."""

    def __init__(self, settings: Settings) -> None:
        self._access = _open_log("access", settings.access_log)
        self._slow = _open_log("slow", settings.slow_log)
        self._slow_seconds = settings.slow_seconds

    def __call__(self, exchange: Exchange) -> None:
        """Write what is to be written of an exchange that has ended."""
        if self._access is not None:
            _write(self._access, _describe_access(exchange))
        if self._slow is not None and exchange.environ is not None:
            seconds = exchange.seconds
            if seconds > self._slow_seconds and exchange.noted(QUERY_KEY):
                _write(self._slow, _describe_slow(exchange, seconds))

    def close(self) -> None:
        """Close the files."""
        for log in (self._access, self._slow):
            for handler in log.handlers if log is not None else ():
                handler.close()


def _describe_access(exchange: Exchange) -> dict[str, object]:
    return {
        "time": _now(),
        "client": exchange.client,
        "method": exchange.method,
        "path": exchange.path[:_MOST_PATH_CHARACTERS],
        "status": exchange.status,
        "ms": round(exchange.seconds * 1000, 1),
        "bytes": exchange.sent,
        "request": exchange.identifier,
        "route": exchange.noted(ROUTE_KEY),
        "cache": exchange.cache.decode("ascii"),
        "reason": exchange.reason,
    }


def _describe_slow(exchange: Exchange, seconds: float) -> dict[str, object]:
    return {
        "time": _now(),
        "client": exchange.client,
        "path": exchange.path[:_MOST_PATH_CHARACTERS],
        "request": exchange.identifier,
        "status": exchange.status,
        "seconds": round(seconds, 3),
        "reason": exchange.reason,
        "query": exchange.noted(QUERY_KEY)[:MOST_QUERY_CHARACTERS],
    }


def _open_log(name: str, target: str) -> logging.Logger | None:
    """Return a logger of its own that nobody else configures; files are appended to."""
    if not target:
        return None
    handler: logging.Handler = (
        logging.StreamHandler(sys.stderr)
        if target == _STANDARD_ERROR
        else logging.FileHandler(target, encoding="ascii", delay=True)
    )
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.Logger(f"styrgraf.{name}", logging.INFO)
    log.addHandler(handler)
    return log


def _write(log: logging.Logger, facts: Mapping[str, object]) -> None:
    kept = {name: value for name, value in facts.items() if value not in {"", None}}
    log.info("%s", json.dumps(kept))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
