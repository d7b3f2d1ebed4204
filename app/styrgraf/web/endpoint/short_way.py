"""The short way to the endpoint: queries of programs, answered without what pages need.

Before Flask routes a request, this looks whether it is a query whose answer is no page. Such a
request needs no session, no language, no menu; it is read, inspected, negotiated and answered by
the same functions as in `sparql`, and what does not go well is left to the long way, with the
error that was met. Tests hold both ways to the same answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from flask import Flask, request
from flask import Request as FlaskRequest
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request

import styrgraf
from styrgraf.errors import StyrgrafError
from styrgraf.graph.asking import Asked, StreamedAnswer
from styrgraf.graph.inspection import Inspection, read_query
from styrgraf.graph.store import TaskReader
from styrgraf.model import Version
from styrgraf.settings import Settings
from styrgraf.web.access import BODY_BYTES, FOREIGN_KEY
from styrgraf.web.answers import MORE_HEADER, list_offers
from styrgraf.web.endpoint.cors import list_cors_headers
from styrgraf.web.endpoint.endpoint_requests import EndpointRequest, read_endpoint_request
from styrgraf.web.headers import EXAMPLE_HEADER, SECURITY_HEADERS
from styrgraf.web.languages import TIMEZONE
from styrgraf.web.layout import read_served_dataset
from styrgraf.web.negotiation import HTML, Offer, negotiate
from styrgraf.web.serving.clients import client_of, departure_of, identifier_of
from styrgraf.web.serving.exchanges import KEEP_KEY, QUERY_KEY, ROUTE_KEY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONG_WAY_KEY = "styrgraf.long_way"
ERROR_KEY = "styrgraf.error"
PATH = "/sparql"

_ROUTES = {"GET": "sparql.ask_by_get", "POST": "sparql.ask_by_post"}
_VARY = ("Vary", "Accept, Accept-Language")
_NO_STORE = ("Cache-Control", "no-store")
_NO_CACHE = ("Cache-Control", "no-cache")
_LONGEST_ACCEPT = 500

Headers = list[tuple[str, str]]


def install_short_way(app: Flask, settings: Settings, reader: TaskReader) -> None:
    """Put the short way before the application, and have the long way raise what it met."""
    app.wsgi_app = ShortWay(app.wsgi_app, settings, reader)  # type: ignore[method-assign]
    app.before_request(_raise_what_was_met)


def _raise_what_was_met() -> None:
    if error := request.environ.get(ERROR_KEY):
        raise error


class ShortWay:
    """A WSGI application that answers queries of programs, and hands on all else."""

    def __init__(
        self, application: WSGIApplication, settings: Settings, reader: TaskReader
    ) -> None:
        self.application = application
        self._settings = settings
        self._reader = reader
        self._fixed: dict[str, Headers] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or leave it to the application."""
        if environ.get("PATH_INFO") == PATH and _may_be_short(environ):
            answered = self._answer(environ, start_response)
            if answered is not None:
                return answered
            environ["wsgi.input"].seek(0)
        return self.application(environ, start_response)

    def _answer(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes] | None:
        try:
            found = read_endpoint_request(cast(FlaskRequest, Request(environ)))
            environ[QUERY_KEY] = found.text
            if not found.text:
                return None
            inspected = read_query(found.text)
            offer = _choose_offer(environ.get("HTTP_ACCEPT", ""), inspected.form)
            if offer is None or offer is HTML:
                return None
            version = self._reader.version()
        except (StyrgrafError, HTTPException):
            return None  # nothing has been asked yet; the long way meets it as well
        own = self._tag(environ, inspected, version, offer)
        if own is None:
            headers = [*self._list_fixed(environ["REQUEST_METHOD"]), _NO_CACHE]
            start_response("304 NOT MODIFIED", [("ETag", _etag(environ, version, offer)), *headers])
            return ()
        try:
            answer = self._reader.stream(_ask(environ, found, offer))
        except StyrgrafError as error:
            environ[ERROR_KEY] = error
            return None
        return self._send(environ, start_response, answer, found, [*own, *_type_of(offer)])

    def _tag(
        self, environ: WSGIEnvironment, inspected: Inspection, version: Version, offer: Offer
    ) -> Headers | None:
        """Return the headers of caching, or None where the client holds the answer."""
        environ[ROUTE_KEY] = _ROUTES[environ["REQUEST_METHOD"]]
        environ[KEEP_KEY] = inspected.is_repeatable
        if environ["REQUEST_METHOD"] != "GET" or not inspected.is_repeatable:
            return [_NO_STORE]
        tag = _etag(environ, version, offer)
        held = environ.get("HTTP_IF_NONE_MATCH", "")
        if held.strip() == "*" or tag.removeprefix("W/") in held:
            return None
        return [("ETag", tag), _NO_CACHE]

    def _send(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        answer: StreamedAnswer,
        found: EndpointRequest,
        own: Headers,
    ) -> Iterable[bytes]:
        headers = [*own, *self._list_fixed(environ["REQUEST_METHOD"])]
        if not answer.complete:
            start_response("200 OK", headers)
            return answer
        with answer:
            body = b"".join(answer)
        headers.append(("Content-Length", str(len(body))))
        if found.preview is not None:
            headers.append((MORE_HEADER, "?1" if answer.more else "?0"))
        start_response("200 OK", headers)
        return (body,)

    def _list_fixed(self, method: str) -> Headers:
        """Return the headers that all answers to a method have."""
        if method not in self._fixed:
            fixed = SECURITY_HEADERS | dict(list_cors_headers(method, PATH))
            if read_served_dataset(self._settings).example:
                fixed[EXAMPLE_HEADER] = "?1"
            self._fixed[method] = [_VARY, *fixed.items()]
        return self._fixed[method]


def _may_be_short(environ: WSGIEnvironment) -> bool:
    """Tell whether a request to the endpoint may be a query whose answer is no page."""
    if environ.get(FOREIGN_KEY) or environ.get(LONG_WAY_KEY):
        return False
    if "format=" in environ["QUERY_STRING"] or not hasattr(environ["wsgi.input"], "getvalue"):
        return False
    if environ["REQUEST_METHOD"] == "GET":
        return "query=" in environ["QUERY_STRING"]
    if environ["REQUEST_METHOD"] != "POST":
        return False
    body = environ["wsgi.input"].getvalue()
    return len(body) <= BODY_BYTES and b"format=" not in body


def _ask(environ: WSGIEnvironment, found: EndpointRequest, offer: Offer) -> Asked:
    return Asked(
        found.text,
        offer.engine_type,
        found.dataset,
        client=client_of(environ),
        identifier=identifier_of(environ),
        seconds=found.seconds,
        preview=found.preview,
        departure=departure_of(environ),
    )


def _choose_offer(accept: str, form: str) -> Offer | None:
    if len(accept) > _LONGEST_ACCEPT:
        return negotiate(accept, list_offers(form))
    return _choose_known_offer(accept, form)


@lru_cache(maxsize=256)
def _choose_known_offer(accept: str, form: str) -> Offer | None:
    return negotiate(accept, list_offers(form))


@lru_cache(maxsize=64)
def _type_of(offer: Offer) -> tuple[tuple[str, str]]:
    return (("Content-Type", offer.content_type),)


def _etag(environ: Mapping[str, Any], version: Version, offer: Offer) -> str:
    """Return the entity tag: of what the answer depends on, which language is not."""
    key = (
        styrgraf.__version__,
        version.base,
        str(version.number),
        version.recorded.isoformat(),
        environ.get("SCRIPT_NAME", ""),
        environ["QUERY_STRING"],
        datetime.now(ZoneInfo(TIMEZONE)).date().isoformat(),
        offer.media_type,
    )
    digest = hashlib.sha256("\n".join(key).encode()).hexdigest()
    return f'W/"{digest[:32]}"'
