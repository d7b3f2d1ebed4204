"""Reading from pages of other origins (Fetch standard, section 3.3): all but the administrator's.

Everything that may be read here may be read by anybody, so the origin is a wildcard and no
credentials are taken. No route that writes is opened, and none of the administrator's.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, request

ADMINISTRATOR_PATHS = ("/queries/", "/metrics")

_EXPOSED = (
    "Accept-Post",
    "Allow",
    "Cache-Status",
    "Content-Disposition",
    "Content-Location",
    "ETag",
    "Link",
    "Retry-After",
    "Styrgraf-Example",
    "Styrgraf-More",
    "Styrgraf-Total-Rows",
    "X-Request-ID",
)
_READING = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(_EXPOSED),
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-None-Match, X-Request-ID"
    ),
    "Access-Control-Max-Age": "86400",
}
_READ_BY_POST = ("/sparql", "/labels", "/authority/rehearsal")
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


def install_cors(app: Flask) -> None:
    """Let other origins read, after each request."""
    app.after_request(_open_reading)


def list_cors_headers(method: str, path: str) -> Mapping[str, str]:
    """Return the headers that open the answer to a request to other origins; none where closed."""
    if path.startswith(ADMINISTRATOR_PATHS) or method not in _SAFE | _list_methods(path):
        return {}
    if method != "OPTIONS":
        return _READING
    methods = ", ".join(sorted(_SAFE | _list_methods(path)))
    return _READING | _PREFLIGHT | {"Access-Control-Allow-Methods": methods}


def _list_methods(path: str) -> frozenset[str]:
    return frozenset(("POST",)) if path.startswith(_READ_BY_POST) else frozenset()


def _open_reading(response: Response) -> Response:
    for name, value in list_cors_headers(request.method, request.path).items():
        response.headers.setdefault(name, value)
    return response
