"""Compression of answers by gzip (RFC 1952), as a whole or part by part.

By the standard library: zlib is all that a library would call, lets go of the interpreter while it
works, and leaves us to say what is compressed. Entity tags are weak, so that one tag is right for
both forms (RFC 9110, section 8.8.3).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache

LEAST_BYTES = 1024
_LEVEL = 5
_GZIP_WINDOW = 31
_TEXTUAL = re.compile(
    r"text/.*|.*\+(json|xml|yaml)|application/(json|xml|javascript|yaml|n-triples|n-quads|trig|"
    r"sparql-query|sparql-update|graphml|openmetrics-text)",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def is_textual(content_type: bytes) -> bool:
    """Tell whether answers of a Content-Type become smaller."""
    media_type = content_type.partition(b";")[0].strip().decode("latin-1")
    return _TEXTUAL.fullmatch(media_type) is not None


@lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: bytes) -> bool:
    """Tell whether a header Accept-Encoding prefers gzip to no coding (RFC 9110, 12.5.3)."""
    qualities: dict[str, float] = {}
    for member in accept_encoding.decode("latin-1").lower().split(","):
        coding, *parameters = (part.strip() for part in member.split(";"))
        qualities[coding.replace("x-gzip", "gzip")] = _read_quality(parameters)
    gzip = qualities.get("gzip", qualities.get("*", 0.0))
    # What is not named is as good as anything, so gzip is preferred to it where it is named.
    return gzip > 0 and gzip >= qualities.get("identity", 0.0)


def _read_quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def compress(body: bytes) -> bytes:
    """Return a whole body compressed; the same each time."""
    return zlib.compress(body, _LEVEL, _GZIP_WINDOW)


def compress_parts(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the parts compressed; none of them is empty."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    for part in parts:
        if compressed := compressor.compress(part):
            yield compressed
    yield compressor.flush()
