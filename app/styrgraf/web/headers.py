"""The headers of every answer: security, caching, language."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, g, request

from styrgraf.errors import StyrgrafError
from styrgraf.web.languages import current_language
from styrgraf.web.layout import read_served_dataset
from styrgraf.web.representations import make_entity_tag
from styrgraf.web.services import current_settings
from styrgraf.web.serving.exchanges import KEEP_KEY, ROUTE_KEY

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
EXAMPLE_HEADER = "Styrgraf-Example"
"""Marks every answer about a dataset that is made up; a Structured Field boolean (RFC 9651)."""
_QUERIES = "sparql.ask_by_post"
_IN_A_LANGUAGE = {"text/html", "application/problem+json"}


def install_headers(app: Flask) -> None:
    """Set the headers after each request."""
    app.after_request(_set_caching)
    app.after_request(_set_languages)
    app.after_request(_set_security)
    app.after_request(_mark_example)


def _set_security(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _mark_example(response: Response) -> Response:
    if read_served_dataset(current_settings()).example:
        response.headers[EXAMPLE_HEADER] = "?1"
    return response


def _set_languages(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code >= HTTPStatus.BAD_REQUEST:
        response.vary.update(("Accept", "Accept-Language"))
    if response.mimetype in _IN_A_LANGUAGE:
        response.content_language.add(current_language())
    return response


def _set_caching(response: Response) -> Response:
    """Give an answer its entity tag: its view's, or that of a page with nothing of its own."""
    request.environ[ROUTE_KEY] = request.endpoint
    if request.endpoint == "static" or response.status_code not in {200, 304}:
        return response
    if g.get("uncacheable") or request.method not in {"GET", "HEAD"}:
        response.headers.setdefault("Cache-Control", "no-store")
        # Not for others to keep, but the same question may be answered the same here.
        request.environ[KEEP_KEY] = request.endpoint == _QUERIES and not g.get("uncacheable")
        return response
    if tag := g.get("entity_tag") or _tag_page(response.mimetype or ""):
        response.set_etag(tag, weak=True)
        request.environ[KEEP_KEY] = not g.get("depends_on_more")
        response.headers.setdefault("Cache-Control", "no-cache")
    return response.make_conditional(request)  # type: ignore[return-value]


def _tag_page(media_type: str) -> str | None:
    try:
        return make_entity_tag(media_type)
    except StyrgrafError:
        return None  # a page that stands without a store may change as soon as there is one
