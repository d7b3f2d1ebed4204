"""The short way to the endpoint: queries of programs, answered without what pages need.

Before Flask routes a request, this looks whether it is a query whose answer is no page. Such a
request needs no session, no language, no menu; it is read, inspected, negotiated and answered by
the same functions as in `sparql`, and what does not go well is left to the long way, with the
error that was met. Tests hold both ways to the same answers.

Short texts are read by the event loop itself, which then waits for the answer without a thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
from styrgraf.graph.inspection import read_query
from styrgraf.graph.store import TaskReader
from styrgraf.model import Version
from styrgraf.settings import Settings
from styrgraf.web.access import BODY_BYTES, FOREIGN_KEY
from styrgraf.web.answers import MORE_HEADER, list_offers
from styrgraf.web.endpoint.cors import list_cors_headers
from styrgraf.web.endpoint.endpoint_requests import (
    EndpointRequest,
    read_address,
    read_endpoint_request,
)
from styrgraf.web.headers import EXAMPLE_HEADER, SECURITY_HEADERS
from styrgraf.web.languages import TIMEZONE
from styrgraf.web.layout import read_served_dataset
from styrgraf.web.negotiation import HTML, Offer, negotiate
from styrgraf.web.serving.answering import AT_ONCE_KEY, Later
from styrgraf.web.serving.clients import client_of, departure_of, identifier_of
from styrgraf.web.serving.environ import Environ
from styrgraf.web.serving.exchanges import ERROR_KEY, KEEP_KEY, QUERY_KEY, ROUTE_KEY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONG_WAY_KEY = "styrgraf.long_way"
PATH = "/sparql"

_MOST_AT_ONCE_BYTES = 2000
"""Of a query: the event loop reads no longer ones, as it reads for all."""

_ROUTES = {"GET": "sparql.ask_by_get", "POST": "sparql.ask_by_post"}
_VARY = ("Vary", "Accept, Accept-Language")
_NO_STORE = ("Cache-Control", "no-store")
_NO_CACHE = ("Cache-Control", "no-cache")
_LONGEST_ACCEPT = 500
_ZONE = ZoneInfo(TIMEZONE)

Headers = list[tuple[str, str]]


def install_short_way(app: Flask, settings: Settings, reader: TaskReader) -> None:
    """Put the short way before the application, and have the long way raise what it met."""
    app.wsgi_app = ShortWay(app.wsgi_app, settings, reader)  # type: ignore[method-assign]
    app.extensions[AT_ONCE_KEY] = _may_be_at_once
    app.before_request(_raise_what_was_met)


def _raise_what_was_met() -> None:
    if error := request.environ.get(ERROR_KEY):
        raise error


@dataclass(frozen=True, slots=True)
class _Question:
    """What is to be asked, and the headers of its answer; None: the client holds the answer."""

    asked: Asked | None
    headers: Headers


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
        if AT_ONCE_KEY in environ:
            return Later(self._answer_soon(environ, start_response))
        question = self._read(environ) if ERROR_KEY not in environ else None
        if question is not None:
            try:
                answer = self._reader.stream(question.asked) if question.asked else None
                return self._send(environ, start_response, question, answer)
            except StyrgrafError as error:
                environ[ERROR_KEY] = error
        return self.application(environ, start_response)

    async def _answer_soon(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes] | None:
        question = self._read(environ)
        if question is None:
            return None
        try:
            answer = await self._reader.stream_soon(question.asked) if question.asked else None
        except StyrgrafError as error:
            environ[ERROR_KEY] = error
            return None
        return self._send(environ, start_response, question, answer)

    def _read(self, environ: WSGIEnvironment) -> _Question | None:
        """Return what is asked, where the answer is no page and nothing is wrong so far."""
        if environ.get("PATH_INFO") != PATH or not _may_be_short(environ):
            return None
        try:
            found = _read_request(environ)
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
        finally:
            environ["wsgi.input"].seek(0)
        environ[ROUTE_KEY] = _ROUTES[environ["REQUEST_METHOD"]]
        environ[KEEP_KEY] = inspected.is_repeatable
        asked = _ask(environ, found, offer)
        if environ["REQUEST_METHOD"] != "GET" or not inspected.is_repeatable:
            return _Question(asked, [_NO_STORE, *_type_of(offer)])
        tag = _etag(environ, version, offer)
        own = [("ETag", tag), _NO_CACHE]
        held = environ.get("HTTP_IF_NONE_MATCH", "")
        if held.strip() == "*" or tag.removeprefix("W/") in held:
            return _Question(None, own)
        return _Question(asked, [*own, *_type_of(offer)])

    def _send(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        question: _Question,
        answer: StreamedAnswer | None,
    ) -> Iterable[bytes]:
        headers = [*question.headers, *self._list_fixed(environ["REQUEST_METHOD"])]
        if answer is None:
            start_response("304 NOT MODIFIED", headers)
            return ()
        if not answer.complete:
            start_response("200 OK", headers)
            return answer
        with answer:
            body = b"".join(answer)
        headers.append(("Content-Length", str(len(body))))
        if question.asked and question.asked.preview is not None:
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


def _may_be_at_once(environ: Environ) -> bool:
    """Tell whether a request may be answered by the event loop: a short query, from a program."""
    size = len(environ["QUERY_STRING"]) + int(environ.get("CONTENT_LENGTH", 0))
    return size <= _MOST_AT_ONCE_BYTES and str(environ["PATH_INFO"]).endswith(PATH)


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


def _read_request(environ: WSGIEnvironment) -> EndpointRequest:
    if environ["REQUEST_METHOD"] == "GET":
        return read_address(environ["QUERY_STRING"].encode("latin-1"))
    return read_endpoint_request(cast(FlaskRequest, Request(environ)))


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
    day = datetime.now(_ZONE).date()
    told = _tell_basis(version, environ.get("SCRIPT_NAME", ""), day, offer.media_type)
    digest = hashlib.sha256(f"{told}\n{environ['QUERY_STRING']}".encode()).hexdigest()
    return f'W/"{digest[:32]}"'


@lru_cache(maxsize=64)
def _tell_basis(version: Version, prefix: str, day: date, media_type: str) -> str:
    """Return what the answers to all queries depend on."""
    recorded = version.recorded.isoformat()
    return "\n".join(
        (
            styrgraf.__version__,
            version.base,
            str(version.number),
            recorded,
            prefix,
            day.isoformat(),
            media_type,
        )
    )
