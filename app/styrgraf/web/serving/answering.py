"""One call of the WSGI application, in a thread: what comes back, whole or in parts."""

from __future__ import annotations

import contextvars
import itertools
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from styrgraf.web.serving.compression import LEAST_BYTES, compress, compress_parts, is_textual
from styrgraf.web.serving.environ import Environ
from styrgraf.web.serving.exchanges import KEEP_KEY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Header = tuple[bytes, bytes]
Parts = Generator[bytes, None, None]

MOST_KEPT_BYTES = 1024 * 1024
"""Longer answers are not kept for others."""
WHOLE_BYTES = 64 * 1024
"""An answer that is not over after so many bytes is sent in parts."""
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


def answer_whole_or_begin(application: WSGIApplication, environ: Environ, *, gzip: bool) -> Made:
    """Call the application and return its answer, compressed where `gzip` says so."""
    made = _call(application, environ)
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


def _call(application: WSGIApplication, environ: Environ) -> Made:
    told: list[Any] = []
    written: list[bytes] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Any:
        told[:] = (int(status[:3]), headers)
        return written.append

    parts = application(environ, start_response)
    close: Callable[[], None] = getattr(parts, "close", lambda: None)
    try:
        gathered, rest = _gather(parts, written, told)
    except BaseException:
        close()
        raise
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in told[1]
        if name not in _THE_SERVERS
    ]
    if rest is not None:
        return Made(told[0], headers, gathered, _closing(rest, close))
    close()
    if environ["REQUEST_METHOD"] != "HEAD":
        headers = _drop(headers, b"content-length")
    return Made(told[0], headers, gathered)


def _gather(
    parts: Iterable[bytes], written: list[bytes], told: list[Any]
) -> tuple[bytes, Iterator[bytes] | None]:
    """Return the body, or what comes of it at once and an iterator over the rest."""
    rest = iter(parts)
    size = 0
    for part in rest:
        written.append(part)
        size += len(part)
        if size >= WHOLE_BYTES and str(size) != _declared_length(told[1]):
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
