"""The header fields of an answer as they are sent (RFC 9112, section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

Header = tuple[bytes, bytes]

_CHANGING = frozenset((b"cache-status", b"content-length", b"date", b"etag", b"x-request-id"))
"""Differ from answer to answer; the others come again and again."""
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


def write_head(headers: Iterable[Header]) -> bytes:
    """Return the lines of header fields. Raises ValueError for what is none."""
    same: list[Header] = []
    lines: list[bytes] = []
    for header in headers:
        if header[0] in _CHANGING:
            lines.append(_write_line(*header))
        else:
            same.append(header)
    return _write_known(tuple(same)) + b"".join(lines)


@lru_cache(maxsize=512)
def _write_known(headers: tuple[Header, ...]) -> bytes:
    return b"".join(_write_line(*header) for header in headers)


def _write_line(name: bytes, value: bytes) -> bytes:
    if not _NAME.fullmatch(name) or _FORBIDDEN.search(value):
        raise ValueError(f"no header field: {name!r}")
    return b"%s: %s\r\n" % (name, value)
