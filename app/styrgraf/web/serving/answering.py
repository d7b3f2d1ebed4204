"""One call of the WSGI application: what comes back, whole or in parts.

It is made in a thread. An application that says so may also be called by the event loop, where it
must not wait: what it answers then comes `Later`.
"""

from __future__ import annotations

import contextvars
import itertools
from collections.abc import Callable, Coroutine, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from styrgraf.web.serving.compression import LEAST_BYTES, compress, compress_parts, is_textual
from styrgraf.web.serving.environ import Environ
from styrgraf.web.serving.exchanges import ERROR_KEY, KEEP_KEY, QUERY_KEY, ROUTE_KEY
from styrgraf.web.serving.heads import Header

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

AT_ONCE_KEY = "styrgraf.at_once"
"""Set in the environment where the application must not wait, but return what comes `Later`.

Among the extensions of a Flask application: what tells whether it may be called so.
"""

Parts = Generator[bytes, None, None]

MOST_KEPT_BYTES = 1024 * 1024
"""Longer answers are not kept for others."""
WHOLE_BYTES = 64 * 1024
"""An answer that is not over after so many bytes is sent in parts."""
_NOTED = frozenset((ERROR_KEY, KEEP_KEY, QUERY_KEY, ROUTE_KEY))
_WITHOUT_BODY = frozenset((204, 304))
_PARTIAL = 206
_THE_SERVERS = frozenset(("Date", "Server", "Connection"))


@dataclass(slots=True)
class Recorded:
    """What has passed of an answer in parts, to be kept where it ends in order and is not long."""

    most: int
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    ended: bool = False

    def record(self, parts: Iterable[bytes]) -> Parts:
        """Pass the parts on, and remember them up to a size."""
        for part in parts:
            self.size += len(part)
            if self.size <= self.most:
                self.parts.append(part)
            else:
                self.parts.clear()
            yield part
        self.ended = self.size <= self.most


@dataclass(slots=True)
class Made:
    """An answer: `body` is all of it, or its beginning where there are `parts` still to come.

    `compressed` is the same body, compressed; `coded`: body and parts are compressed already.
    `headers` hold neither Content-Length (but for HEAD and parts) nor Content-Encoding of ours;
    `head` is how they are sent, once that has been written.
    """

    status: int
    headers: list[Header]
    body: bytes
    parts: Parts | None = None
    compressed: bytes | None = None
    coded: bool = False
    head: bytes = b""
    recorded: Recorded | None = None

    def close(self) -> None:
        """Let go of what the parts come from."""
        if self.parts is not None:
            self.parts.close()

    def collect(self) -> Made | None:
        """Return the answer whole, where all of its parts have passed and been recorded."""
        if self.recorded is None or not self.recorded.ended:
            return None
        headers = _drop(self.headers, b"content-length")
        return Made(self.status, headers, b"".join(self.recorded.parts))


@dataclass(frozen=True, slots=True)
class Later:
    """What the application returns where it must not wait: its parts, or None from a coroutine.

    None: it needs a thread, and is to be called again.
    """

    parts: Coroutine[Any, Any, Iterable[bytes] | None]

    def __iter__(self) -> Iterator[bytes]:
        raise TypeError("this is to be awaited")


def answer_whole_or_begin(application: WSGIApplication, environ: Environ, *, gzip: bool) -> Made:
    """Call the application and return its answer, compressed where `gzip` says so."""
    response = _Response()
    parts = application(environ, response.start)
    return encode(response.make(parts, environ), environ, gzip=gzip)


async def answer_at_once(application: WSGIApplication, environ: Environ) -> Made | None:
    """Call the application where it must not wait. None: it needs a thread.

    The environment is as before, but for what the application has noted in it.
    """
    response = _Response()
    trial = {**environ, AT_ONCE_KEY: True}
    later = application(trial, response.start)
    assert isinstance(later, Later)  # noqa: S101 -- or it had not said that it may be called so
    parts = await later.parts
    environ |= {key: trial[key] for key in _NOTED & trial.keys()}
    # Of what comes in parts only the first is here; the next is waited for in a thread.
    return None if parts is None else response.make(parts, environ, whole_bytes=0)


def encode(made: Made, environ: Environ, *, gzip: bool) -> Made:
    """Return an answer as it is sent, compressed where `gzip` says so."""
    if made.parts is not None and environ.get(KEEP_KEY):
        made.recorded = Recorded(MOST_KEPT_BYTES - len(made.body), [made.body])
        made.parts = _closing(made.recorded.record(made.parts), made.parts.close)
    textual = is_textual(_find(made.headers, b"content-type"))
    coded = bool(_find(made.headers, b"content-encoding"))
    if not textual or coded or made.status in _WITHOUT_BODY or made.status == _PARTIAL:
        return made
    _vary_by_coding(made.headers)
    if made.parts is not None and gzip:
        made.headers = _drop(made.headers, b"content-length")
        whole = itertools.chain((made.body,), made.parts)
        made.parts = _closing(compress_parts(whole), made.parts.close)
        made.body, made.coded = b"", True
    elif gzip and len(made.body) >= LEAST_BYTES:
        made.compressed = compress(made.body)
    return made


class _Response:
    """What an application tells by `start` and returns as parts (PEP 3333)."""

    def __init__(self) -> None:
        self._told: list[Any] = []
        self._written: list[bytes] = []

    def start(self, status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Any:
        """Be the application's start_response."""
        self._told = [int(status[:3]), headers]
        return self._written.append

    def make(
        self, parts: Iterable[bytes], environ: Environ, whole_bytes: int = WHOLE_BYTES
    ) -> Made:
        """Return the answer: whole, or where it is not over after so many bytes, its beginning."""
        close: Callable[[], None] = getattr(parts, "close", _do_nothing)
        try:
            gathered, rest = _gather(parts, self._written, self._told, whole_bytes)
        except BaseException:
            close()
            raise
        headers = [
            (_encode(name.lower()), _encode(value))
            for name, value in self._told[1]
            if name not in _THE_SERVERS
        ]
        if rest is not None:
            return Made(self._told[0], headers, gathered, _closing(rest, close))
        close()
        if environ["REQUEST_METHOD"] != "HEAD":
            headers = _drop(headers, b"content-length")
        return Made(self._told[0], headers, gathered)


def _do_nothing() -> None:
    """Stand for closing what need not be closed."""


@lru_cache(maxsize=1024)
def _encode(text: str) -> bytes:
    return text.encode("latin-1")


def _gather(
    parts: Iterable[bytes], written: list[bytes], told: list[Any], whole_bytes: int
) -> tuple[bytes, Iterator[bytes] | None]:
    """Return the body, or what comes of it at once and an iterator over the rest."""
    rest = iter(parts)
    size = 0
    for part in rest:
        written.append(part)
        size += len(part)
        if size >= whole_bytes and str(size) != _declared_length(told[1]):
            return b"".join(written), rest
    return b"".join(written), None


def _declared_length(headers: list[tuple[str, str]]) -> str:
    return next((value for name, value in headers if name.lower() == "content-length"), "")


def _closing(parts: Iterable[bytes], close: Callable[[], None]) -> Parts:
    try:
        yield from parts
    finally:
        close()


def _find(headers: list[Header], wanted: bytes) -> bytes:
    return next((value for name, value in headers if name == wanted), b"")


def _drop(headers: list[Header], unwanted: bytes) -> list[Header]:
    return [header for header in headers if header[0] != unwanted]


def _vary_by_coding(headers: list[Header]) -> None:
    """Note that the answer depends on Accept-Encoding, and make a strong tag weak."""
    for index, (name, value) in enumerate(headers):
        if name == b"vary":
            headers[index] = (name, value + b", Accept-Encoding")
            break
    else:
        headers.append((b"vary", b"Accept-Encoding"))
    for index, (name, value) in enumerate(headers):
        if name == b"etag" and value.startswith(b'"'):
            headers[index] = (name, b"W/" + value)


def take_part(parts: Iterator[bytes], context: contextvars.Context) -> bytes | None:
    """Return the next part, or None after the last."""
    return context.run(next, parts, None)
