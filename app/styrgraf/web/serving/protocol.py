"""The connection: uvicorn's HTTP/1.1 protocol with the limits that it does not set itself.

What arrives is bounded in time and in bytes before the application hears of it, what is ambiguous
is refused, and nobody may keep a connection by not reading.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from styrgraf.web.access import BODY_BYTES
from styrgraf.web.serving.heads import Header, write_head
from styrgraf.web.serving.refusals import refuse

CONNECTIONS = 2000
"""Most connections of one process."""
HEAD_BYTES = 128 * 1024
"""Most bytes of target and headers together; httptools itself has no limit."""
TARGET_BYTES = 96 * 1024
MOST_BODY_BYTES = 8 * BODY_BYTES
"""Up to here the application refuses a body, as a problem like any other; beyond, we do."""
MOST_BODY_PARTS = 4096
"""Most chunks of a body, however small: each takes time in which nobody else is answered."""

_BYTES_OF_A_PART = 64  # with so many bytes each, as with a line a chunk, there may be more
_MOST_HEADERS = 100
_MOST_PIPELINED = 32
_MOST_STRAY_BYTES = 64  # empty lines before a request (RFC 9112, section 2.2)
_READING_SECONDS = 30.0
_LINGER_SECONDS = 2.0
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)
_LENGTH_OF_LINE = 4  # ": " and the end of line


class _Phase(Enum):
    IDLE = auto()
    HEAD = auto()
    BODY = auto()


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds in which the head of a request must be here, and again its body."""

    arrival_seconds: float = 20.0


class LimitedProtocol(HttpToolsProtocol):
    """One connection. `on_lost` tells when it has ended; `break_off` ends it in the midst."""

    def __init__(self, *args: Any, limits: Limits | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limits = limits or Limits()
        self._phase = _Phase.IDLE
        self._arrived = 0
        self._stray = 0
        self._body_bytes = self._body_parts = 0
        self._deaf = self._answered = False
        self._arrival: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None
        self._watchers: dict[int, Callable[[], None]] = {}

    # What the bridge uses

    def watch(self, key: int, callback: Callable[[], None]) -> None:
        """Have `callback` called when the connection ends; `unwatch` with the same key."""
        if self.transport.is_closing():
            callback()
        else:
            self._watchers[key] = callback

    def unwatch(self, key: int) -> None:
        """Forget a callback."""
        self._watchers.pop(key, None)

    def send_whole(
        self, cycle: RequestResponseCycle, status: int, headers: list[Header], body: bytes
    ) -> bool:
        """Send an answer as `cycle.send` would, in one piece; tell whether that could be done.

        The headers tell the length of the body, unless there is none.
        """
        if cycle.disconnected or cycle.response_started or self.flow.write_paused:
            return False
        lines = write_head([*cycle.default_headers, *headers])
        end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
        cycle.waiting_for_100_continue = False
        cycle.response_started = cycle.response_complete = True
        self.transport.write(b"%s%s%s%s" % (STATUS_LINE[status], lines, end, body))
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()
        return True

    def break_off(self) -> None:
        """End the connection at once, so that nobody takes what was sent for whole."""
        self._deaf = True
        self.transport.abort()

    # What the transport calls

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse it where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            self._refuse(503)
        else:
            self._expect_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell all who wait that nobody does any more."""
        self._deaf = True
        self._stop_timers()
        if exc is not None:
            self._unset_keepalive_if_required()
        super().connection_lost(exc)
        watchers, self._watchers = self._watchers, {}
        for callback in watchers.values():
            callback()

    def data_received(self, data: bytes) -> None:
        """Read on, and see to it that the rest is neither too long nor too late."""
        if self._deaf:
            return
        if self._phase is _Phase.IDLE:
            self._arrived = 0
            self._stray += len(data)
        self._arrived += len(data)
        super().data_received(data)
        if self._deaf:
            return
        if self._phase is _Phase.IDLE and not self._stray:
            self._stop_arrival()
        elif self._stray > _MOST_STRAY_BYTES:
            self._refuse(400)
        elif self._phase is _Phase.HEAD and self._arrived > HEAD_BYTES:
            self._refuse(414 if len(self.url) > TARGET_BYTES else 431)
        elif self._phase is _Phase.BODY and self._arrived > HEAD_BYTES + 2 * MOST_BODY_BYTES:
            self._refuse(413)
        elif self._arrival is None:
            self._expect_more()

    def pause_writing(self) -> None:
        """Give the client some time to read what has been sent."""
        super().pause_writing()
        if self._reading is None:
            self._reading = self.loop.call_later(_READING_SECONDS, self.break_off)

    def resume_writing(self) -> None:
        """Note that the client has read."""
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection; one that leaves its answer unread is broken off."""
        super().timeout_keep_alive_handler()
        if self._reading is None:
            self._reading = self.loop.call_later(_READING_SECONDS, self.transport.abort)

    # What the parser calls

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._phase = _Phase.HEAD
        self._body_bytes = self._body_parts = self._stray = 0
        self._answered = False
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; trailers are nobody's (RFC 9110, section 6.5.1)."""
        if self._phase is _Phase.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Judge the head; hand the request on where it is sound."""
        if self._deaf:
            return
        if status := self._judge_head():
            self._refuse(status)
            return
        if len(self.pipeline) >= _MOST_PIPELINED:
            self._close_after_answers()
            return
        self._stop_arrival()
        self._phase = _Phase.BODY
        if self._answer_from_cache():
            return
        self.scope["styrgraf.connection"] = self  # type: ignore[typeddict-unknown-key]
        scope = self.scope
        super().on_headers_complete()
        scope["styrgraf.cycle"] = self.cycle  # type: ignore[typeddict-unknown-key]
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False  # the parser reads no further; nothing is upgraded to

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        if self._deaf:
            return
        self._body_bytes += len(body)
        self._body_parts += 1
        most_parts = MOST_BODY_PARTS + self._body_bytes // _BYTES_OF_A_PART
        if self._body_bytes > MOST_BODY_BYTES or self._body_parts > most_parts:
            self._refuse(413)
        else:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the request is here."""
        if self._deaf:
            return
        self._phase = _Phase.IDLE
        self._arrived = 0
        if not self._answered:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(400)

    # Judgement

    def _judge_head(self) -> int | None:
        """Return the status of a refusal, or None."""
        if self.parser.get_http_version() not in {"1.1", "1.0"}:
            return 505
        if len(self.url) > TARGET_BYTES:
            return 414
        size = sum(len(name) + len(value) + _LENGTH_OF_LINE for name, value in self.headers)
        if size + len(self.url) > HEAD_BYTES or len(self.headers) > _MOST_HEADERS:
            return 431
        named: dict[bytes, bytes] = {}
        for name, value in self.headers:
            if name in _ONCE and name in named:
                return 400
            named[name] = value
        return _judge_framing(named, self.parser.get_http_version()) or _judge_target(
            self.url, named.get(b"host")
        )

    def _answer_from_cache(self) -> bool:
        """Answer a plain GET at once where its answer is kept; tell whether that was done."""
        if self.parser.get_method() != b"GET" or self._is_answering() or self.flow.write_paused:
            return False
        if self.parser.should_upgrade() or not self.url.startswith(b"/") or b"#" in self.url:
            return False
        if any(name in _OF_BODIES for name, _ in self.headers):
            return False
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]
        scope["method"] = "GET"
        scope["http_version"] = self.parser.get_http_version()
        scope["raw_path"], _, scope["query_string"] = self.url.partition(b"?")
        answer = self.app.find_kept(scope)
        if answer is None:
            return False
        self._answered = True
        self.server_state.total_requests += 1
        lines = write_head(self.server_state.default_headers)
        if scope["http_version"] == "1.1" and self.parser.should_keep_alive():
            self.transport.write(STATUS_LINE[200] + lines + answer)
            self._unset_keepalive_if_required()
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        else:
            self._deaf = True
            self.transport.write(STATUS_LINE[200] + lines + b"connection: close\r\n" + answer)
            self.transport.close()
        return True

    # Ends

    def _expect_more(self) -> None:
        self._arrival = self.loop.call_later(self._limits.arrival_seconds, self._end_late_request)

    def _end_late_request(self) -> None:
        """Refuse what has not arrived; an answer that is under way is not disturbed by it."""
        self._arrival = None
        if self._deaf or self.transport.is_closing():
            return
        if self.pipeline or (self._phase is not _Phase.BODY and self._is_answering()):
            self._expect_more()
        elif self._phase is _Phase.IDLE:
            self.transport.abort()
        else:
            self._refuse(408)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self, status: int) -> None:
        """Answer and close; where an earlier answer is under way, only close after it."""
        if self._deaf:  # refused already; the parser stumbles over what follows
            return
        in_body = self._phase is _Phase.BODY
        if self.pipeline or (not in_body and self._is_answering()):
            self._close_after_answers()
            return
        self._deaf = True
        self._stop_timers()
        if self.transport.is_closing():
            return
        if in_body and self._is_answering():
            self.cycle.disconnected = True
            self.cycle.waiting_for_100_continue = False
            self.cycle.message_event.set()
            if self.cycle.response_started:
                self.break_off()
                return
        self.app.note_refusal((self.client or ("",))[0], status)
        headers, body = refuse(status, dict(self.headers or ()))
        lines = [*self.server_state.default_headers, *headers, (b"Connection", b"close")]
        head = write_head((name.lower(), value) for name, value in lines)
        self.transport.write(STATUS_LINE[status] + head + b"\r\n" + body)
        self._linger()

    def _linger(self) -> None:
        """Close in a way that lets the client read the answer though it is still sending."""
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._reading = self.loop.call_later(_LINGER_SECONDS, self.transport.abort)

    def _close_after_answers(self) -> None:
        self._deaf = True
        self._stop_arrival()
        self.cycle.keep_alive = False

    def _stop_arrival(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _stop_timers(self) -> None:
        self._stop_arrival()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None


_OF_BODIES = frozenset((b"content-length", b"transfer-encoding"))
_ONCE = frozenset((b"host", b"content-length", b"transfer-encoding", b"content-type", b"expect"))
"""Headers of which two would be read differently by different readers."""


def _judge_framing(named: dict[bytes, bytes], version: str) -> int | None:
    """Refuse bodies of which two readers could see different ends (RFC 9112, section 6.3)."""
    coding = named.get(b"transfer-encoding")
    length = named.get(b"content-length")
    if coding is not None and (
        length is not None or coding.lower() != b"chunked" or version != "1.1"
    ):
        return 400
    if length is not None:
        if not length.isdigit():
            return 400
        if len(length) > 18 or int(length) > MOST_BODY_BYTES:
            return 413
    return None


def _judge_target(target: bytes, host: bytes | None) -> int | None:
    """Take a path, or a whole address of the same host as the header says."""
    if target.startswith(b"/"):
        return None
    found = _ABSOLUTE.match(target)
    return None if found and host is not None and found[1].lower() == host.lower() else 400
