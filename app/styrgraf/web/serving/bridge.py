"""The bridge from ASGI to the WSGI application: body first, then a thread, then the answer.

It is our own, and not a2wsgi or asgiref, for what those do not do: no thread is used before the
body is here whole, so that slow bodies cost no threads; the application is told when the client
leaves, so that its query ends; no thread waits for a client to read; and a fault in the midst of
an answer breaks the connection instead of ending the answer in order.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import tempfile
from collections.abc import Awaitable, Callable, Hashable, Iterable, MutableMapping
from functools import partial
from typing import TYPE_CHECKING, Any

from styrgraf.errors import StyrgrafError
from styrgraf.settings import Settings
from styrgraf.web.access import BODY_BYTES
from styrgraf.web.serving.answering import (
    Made,
    answer_at_once,
    answer_whole_or_begin,
    encode,
    take_part,
)
from styrgraf.web.serving.cache import Lookup, ResponseCache, is_held, without_body
from styrgraf.web.serving.clients import CLIENT_KEY, DEPARTURE_KEY, IDENTIFIER_KEY, ClientNames
from styrgraf.web.serving.compression import LEAST_BYTES, accepts_gzip, compress, is_textual
from styrgraf.web.serving.environ import Environ, build_environ
from styrgraf.web.serving.exchanges import KEEP_KEY, Exchange, Observer
from styrgraf.web.serving.heads import Header, write_head
from styrgraf.web.serving.refusals import refuse
from styrgraf.web.serving.threads import LineFullError, Threads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_logger = logging.getLogger(__name__)

_MOST_THREADS = 256
_MOST_HELD_BYTES = 128 * 1024 * 1024
_LIGHT_BYTES = 4 * 1024
"""Longer ones are not compressed by the event loop."""
_SLICE_BYTES = 256 * 1024
_SPOOL_BYTES = 1024 * 1024


class _ClientGoneError(Exception):
    """Nobody waits for the answer."""


class Bridge:
    """An ASGI application that answers by a WSGI application."""

    def __init__(
        self,
        application: WSGIApplication,
        settings: Settings,
        identify: Callable[[], Hashable],
        observers: Iterable[Observer] = (),
        may_be_at_once: Callable[[Environ], bool] | None = None,
    ) -> None:
        """Answer by `application`; `may_be_at_once` tells what it may be asked without a thread."""
        self._application = application
        self._names = ClientNames(settings)
        self._behind_proxy = settings.trusted_proxies > 0
        # One more than a client's queries, so that it is told when it has too many of them.
        per_client = settings.client_slots + settings.client_queue + 2
        self.threads = Threads(_MOST_THREADS, per_client)
        self.cache = ResponseCache(settings.cache_megabytes, identify)
        self._observers = tuple(observers)
        self._may_be_at_once = may_be_at_once
        self._held_bytes = 0

    def find_kept(self, scope: Scope) -> bytes | None:
        """Return the whole answer to a GET, all but its first lines, where it is kept.

        So that the connection need not start a task for it. What was looked up is left in the
        scope, for `__call__` not to do it again.
        """
        found = self.cache.look_up(scope, b"")
        scope["styrgraf.lookup"] = found
        if found.made is None:
            return None
        exchange = Exchange.begin(scope, self._names)
        if exchange.find(b"if-none-match") or exchange.find(b"accept-encoding"):
            return None
        return self._write_kept(exchange, found)

    def _write_kept(self, exchange: Exchange, found: Lookup) -> bytes | None:
        made = found.made
        if made is None or len(made.body) > _SLICE_BYTES:
            return None
        if not made.head:
            made.head = write_head([*made.headers, (b"content-length", b"%d" % len(made.body))])
        exchange.status, exchange.started, exchange.sent = made.status, True, len(made.body)
        exchange.cache = found.status
        for observe in self._observers:
            observe(exchange)
        return b"%sx-request-id: %s\r\ncache-status: %s\r\n\r\n%s" % (
            made.head,
            exchange.identifier.encode(),
            found.status,
            made.body,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = Exchange.begin(scope, self._names)
        connection = scope["styrgraf.connection"]
        connection.watch(id(exchange), exchange.departure.leave)
        try:
            await self._answer(exchange, receive, send)
        except _ClientGoneError:
            exchange.reason = exchange.reason or "departed"
        except asyncio.CancelledError:  # the service ends, and has waited long enough
            exchange.reason = "ended"
            connection.break_off()
        except Exception as error:
            if exchange.departure.has_left():  # what cannot be sent to nobody is no fault
                exchange.reason = exchange.reason or "departed"
            else:
                await self._break_or_refuse(exchange, error, send)
        finally:
            connection.unwatch(id(exchange))
            for observe in self._observers:
                observe(exchange)

    def note_refusal(self, peer: str, status: int) -> None:
        """Tell the observers of a request that the connection has refused."""
        for observe in self._observers:
            observe(Exchange.refused(peer, status))

    async def _answer(self, exchange: Exchange, receive: Receive, send: Send) -> None:
        scope = exchange.scope
        body, length = b"", None
        try:
            if exchange.has_body:
                body, length = await self._take_body(receive)
            found = scope.pop("styrgraf.lookup", None) or self.cache.look_up(scope, body)
            exchange.cache = found.status
            if found.made is not None:
                await self._send_kept(exchange, found.made, send)
                return
            environ = build_environ(scope, body, length, behind_proxy=self._behind_proxy)
            environ[CLIENT_KEY] = exchange.client
            environ[IDENTIFIER_KEY] = exchange.identifier
            environ[DEPARTURE_KEY] = exchange.departure
            exchange.environ = environ
            made, context = await self._make(exchange, environ)
        except LineFullError as full:
            await self._refuse(exchange, 429 if full.own else 503, send)
            return
        finally:
            self._held_bytes -= len(body)
        if made.parts is None and environ.get(KEEP_KEY) and self.cache.keep(found.key, made):
            exchange.cache += b"; stored"
        await self._send(exchange, made, context, send)
        if (collected := made.collect()) is not None:
            self.cache.keep(found.key, collected)

    async def _take_body(self, receive: Receive) -> tuple[bytes, int]:
        """Return the body, or as much of it as the application may want to see, and its length."""
        parts: list[bytes] = []
        length = 0
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _ClientGoneError
            part = message.get("body", b"")
            more = message.get("more_body", False)
            if length <= BODY_BYTES:
                parts.append(part)
            length += len(part)
        body = b"".join(parts)
        if self._held_bytes + len(body) > _MOST_HELD_BYTES:
            raise LineFullError(own=False)
        self._held_bytes += len(body)
        return body, length

    async def _make(self, exchange: Exchange, environ: Environ) -> tuple[Made, contextvars.Context]:
        """Have the application answer, in a thread where it needs one."""
        context = contextvars.Context()
        gzip = exchange.method != "HEAD" and accepts_gzip(exchange.find(b"accept-encoding"))
        made = None
        if self._may_be_at_once is not None and self._may_be_at_once(environ):
            made = await answer_at_once(self._application, environ)
        if made is None:
            work = partial(answer_whole_or_begin, self._application, environ, gzip=gzip)
        elif gzip and len(made.body) > _LIGHT_BYTES:
            work = partial(encode, made, environ, gzip=gzip)
        else:
            return encode(made, environ, gzip=gzip), context
        return await self.threads.run(exchange.client, partial(context.run, work)), context

    async def _send_kept(self, exchange: Exchange, made: Made, send: Send) -> None:
        held = exchange.find(b"if-none-match")
        if held and is_held(made, held):
            await self._send_whole(exchange, 304, without_body(made.headers), b"", send)
            return
        headers, body = made.headers, made.body
        if (
            len(body) >= LEAST_BYTES
            and accepts_gzip(exchange.find(b"accept-encoding"))
            and any(name == b"content-type" and is_textual(value) for name, value in headers)
        ):
            if made.compressed is None:
                made.compressed = compress(body)
            headers, body = [*headers, (b"content-encoding", b"gzip")], made.compressed
        await self._send_whole(exchange, made.status, headers, body, send)

    async def _send(
        self, exchange: Exchange, made: Made, context: contextvars.Context, send: Send
    ) -> None:
        headers, body = made.headers, made.body
        if made.compressed is not None:
            body = made.compressed
        if made.coded or made.compressed is not None:
            headers = [*headers, (b"content-encoding", b"gzip")]
        if made.parts is None:
            await self._send_whole(exchange, made.status, headers, body, send)
        elif exchange.scope["http_version"] == "1.0" and not _has_length(headers):
            await self._send_collected(exchange, made, headers, context, send)
        else:
            await self._send_parts(exchange, made, headers, context, send)

    async def _send_whole(
        self, exchange: Exchange, status: int, headers: list[Header], body: bytes, send: Send
    ) -> None:
        if body or (status not in {204, 304} and exchange.method != "HEAD"):
            headers = [*headers, (b"content-length", b"%d" % len(body))]
        exchange.sent += len(body)
        if len(body) <= _SLICE_BYTES and self._send_at_once(exchange, status, headers, body):
            return
        await self._start(exchange, status, headers, send)
        first = 0
        while len(body) - first > _SLICE_BYTES:
            part = body[first : first + _SLICE_BYTES]
            await send({"type": "http.response.body", "body": part, "more_body": True})
            first += _SLICE_BYTES
        rest = body[first:] if first else body
        await send({"type": "http.response.body", "body": rest, "more_body": False})

    def _send_at_once(
        self, exchange: Exchange, status: int, headers: list[Header], body: bytes
    ) -> bool:
        """Send a whole answer in one piece; tell whether the connection could take it."""
        scope, own = exchange.scope, self._list_own_headers(exchange)
        connection, cycle = scope["styrgraf.connection"], scope["styrgraf.cycle"]
        sent = b"" if exchange.method == "HEAD" else body
        exchange.started = connection.send_whole(cycle, status, headers + own, sent)
        exchange.status = status
        return exchange.started

    async def _send_parts(
        self,
        exchange: Exchange,
        made: Made,
        headers: list[Header],
        context: contextvars.Context,
        send: Send,
    ) -> None:
        """Send part by part; the next is asked for when the client has read most of the last."""
        await self._start(exchange, made.status, headers, send)
        part: bytes | None = made.body
        try:
            while part is not None and not exchange.departure.has_left():
                for first in range(0, len(part), _SLICE_BYTES):
                    body = part[first : first + _SLICE_BYTES]
                    await send({"type": "http.response.body", "body": body, "more_body": True})
                exchange.sent += len(part)
                part = await self._take_part(exchange, made, context)
        finally:
            await self._close(exchange, made, context)
        if exchange.departure.has_left():
            raise _ClientGoneError
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_collected(
        self,
        exchange: Exchange,
        made: Made,
        headers: list[Header],
        context: contextvars.Context,
        send: Send,
    ) -> None:
        """Collect an answer for HTTP/1.0, where only the length tells the end."""
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as spool:
            part: bytes | None = made.body
            try:
                while part is not None and not exchange.departure.has_left():
                    spool.write(part)
                    part = await self._take_part(exchange, made, context)
            finally:
                await self._close(exchange, made, context)
            exchange.sent = spool.tell()
            length = (b"content-length", str(exchange.sent).encode())
            await self._start(exchange, made.status, [*headers, length], send)
            spool.seek(0)
            while part := spool.read(_SLICE_BYTES):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _take_part(
        self, exchange: Exchange, made: Made, context: contextvars.Context
    ) -> bytes | None:
        work = partial(take_part, made.parts, context)  # type: ignore[arg-type]
        return await self.threads.run(exchange.client, work)

    async def _close(self, exchange: Exchange, made: Made, context: contextvars.Context) -> None:
        await self.threads.run(exchange.client, partial(context.run, made.close))

    async def _start(
        self, exchange: Exchange, status: int, headers: list[Header], send: Send
    ) -> None:
        exchange.status = status
        exchange.started = True
        own = self._list_own_headers(exchange)
        message = {"type": "http.response.start", "status": status, "headers": headers + own}
        await send(message)

    def _list_own_headers(self, exchange: Exchange) -> list[Header]:
        return [
            (b"x-request-id", exchange.identifier.encode()),
            (b"cache-status", exchange.cache or b"styrgraf; fwd=bypass"),
        ]

    async def _refuse(self, exchange: Exchange, status: int, send: Send) -> None:
        headers, body = refuse(status, exchange.headers, exchange.method, exchange.path)
        exchange.reason = "line full" if status != 500 else "fault"
        await self._start(exchange, status, headers, send)
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def _break_or_refuse(self, exchange: Exchange, error: Exception, send: Send) -> None:
        """Answer a fault; where the answer has begun, break the connection off."""
        exchange.reason = type(error).__name__
        if isinstance(error, StyrgrafError):
            _logger.warning("Broken off: %s: %s", type(error).__name__, error)
        else:
            _logger.error("Unhandled in the bridge", exc_info=error)
        if exchange.started:
            exchange.scope["styrgraf.connection"].break_off()
        else:
            await self._refuse(exchange, 500, send)


def _has_length(headers: list[Header]) -> bool:
    return any(name == b"content-length" for name, _ in headers)
