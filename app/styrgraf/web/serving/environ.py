"""The WSGI environment of a request (PEP 3333), from what the server has parsed."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

Environ = dict[str, Any]

_FORWARDED = frozenset(
    (
        b"forwarded",
        b"x-forwarded-by",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-port",
        b"x-forwarded-prefix",
        b"x-forwarded-proto",
    )
)
"""What only a trusted proxy may say."""

_NEVER = frozenset((b"content-length", b"transfer-encoding", b"proxy", b"connection", b"expect"))
"""What belongs to the connection, or would be taken for something else (HTTP_PROXY)."""


def build_environ(
    scope: Mapping[str, Any], body: bytes, length: int | None, *, behind_proxy: bool
) -> Environ:
    """Return the environment; `length` is that of the body, of which `body` may be the beginning.

    A header with an underscore in its name could pass for another, so it is left out.
    """
    server = scope.get("server") or ("", None)
    client = scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": _decode_path(scope["raw_path"]),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0] or "localhost",
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    _add_headers(environ, scope["headers"], behind_proxy)
    return environ


def _add_headers(
    environ: Environ, headers: Iterable[tuple[bytes, bytes]], behind_proxy: bool
) -> None:
    for name, value in headers:
        if name in _NEVER or (not behind_proxy and name in _FORWARDED) or b"_" in name:
            continue
        key = _name_variable(name)
        text = value.decode("latin-1")
        if key in environ:
            separator = "; " if key == "HTTP_COOKIE" else ","
            text = f"{environ[key]}{separator}{text}"
        environ[key] = text


@lru_cache(maxsize=256)
def _name_variable(name: bytes) -> str:
    text = name.decode("latin-1").upper().replace("-", "_")
    return text if text == "CONTENT_TYPE" else f"HTTP_{text}"


@lru_cache(maxsize=1024)
def _decode_path(raw_path: bytes) -> str:
    return unquote_to_bytes(raw_path).decode("latin-1")
