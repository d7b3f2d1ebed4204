"""What went wrong, told over HTTP: one table from exception to status, one shape everywhere.

A problem is answered as a page, as RFC 9457 problem details, or as plain text, by negotiation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from styrgraf import errors
from styrgraf.language import N_
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import HTML, PLAIN, Offer, negotiate
from styrgraf.web.representations import NothingAcceptable
from styrgraf.web.serving.clients import current_departure
from styrgraf.web.serving.exchanges import REASON_KEY

STATUSES: dict[type[BaseException], HTTPStatus] = {
    errors.UsageError: HTTPStatus.BAD_REQUEST,
    errors.SettingError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.UnknownNameError: HTTPStatus.NOT_FOUND,
    errors.UnofferedQueryError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.RefusedError: HTTPStatus.FORBIDDEN,
    errors.DataError: HTTPStatus.UNPROCESSABLE_ENTITY,
    # The request is well formed, and its own content makes it more than is given to anybody:
    # asking again does not help, asking for less does.
    errors.LimitError: HTTPStatus.UNPROCESSABLE_ENTITY,
    # We stand as a gateway before a query process that did not answer in time. Not 503: that
    # invites to send the same query again.
    errors.QueryTimeoutError: HTTPStatus.GATEWAY_TIMEOUT,
    errors.RemoteServiceError: HTTPStatus.BAD_GATEWAY,
    errors.TooManyQueriesError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.QueryStoppedError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""Status of an exception: that of the nearest class in its line of ancestors."""

_RETRY_SECONDS: dict[type[BaseException], int] = {errors.BusyError: 1, errors.StoreError: 5}

TITLES: dict[int, str] = {
    400: N_("The request cannot be understood"),
    403: N_("This is not allowed"),
    404: N_("Not found"),
    405: N_("This address does not take that method"),
    406: N_("No such representation"),
    408: N_("The request took too long"),
    413: N_("The request is too large"),
    414: N_("The address is too long"),
    415: N_("This media type is not taken here"),
    422: N_("The request cannot be carried out as it stands"),
    429: N_("Too many requests at a time"),
    431: N_("The headers are too large"),
    500: N_("Something went wrong here"),
    502: N_("Another service did not answer as it should"),
    503: N_("The service cannot answer right now"),
    504: N_("The query took too long"),
    505: N_("This version of HTTP is not spoken here"),
}

_SENTENCES: dict[int, str] = {
    400: N_("The request is malformed, or names a host that this service does not answer for."),
    404: N_("There is nothing at this address. The start page shows what can be reached."),
    405: N_("Use one of the methods that the header Allow lists."),
    413: N_("The body of the request is larger than this service takes."),
    415: N_("Send the body as one of the media types that the header Accept-Post lists."),
    500: N_("The fault is ours and has been logged. Other pages may still work."),
}

PROBLEM_JSON = Offer("application/problem+json", "json")
PROBLEM_AS_JSON = Offer("application/json", "json", source="application/problem+json")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in the user's language: status, title, detail, and facts for machines."""

    status: int
    title: str
    detail: str
    facts: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the members of RFC 9457, section 3.1; the facts are its extension members."""
        return self.facts | {"title": self.title, "status": self.status, "detail": self.detail}

    def as_text(self) -> str:
        """Return title and detail as plain text."""
        return f"{self.title}\n\n{self.detail}\n"


def install_problems(app: Flask) -> None:
    """Answer every exception by the table."""
    app.register_error_handler(errors.StyrgrafError, _answer_error)
    app.register_error_handler(HTTPException, _answer_http_exception)
    app.register_error_handler(Exception, _answer_fault)


def find_status(kind: type[BaseException]) -> HTTPStatus:
    """Return the status of an exception class."""
    return next(STATUSES[ancestor] for ancestor in kind.__mro__ if ancestor in STATUSES)


def find_retry_seconds(error: errors.StyrgrafError) -> int:
    """Return after how many seconds it makes sense to ask again; 0 where it does not."""
    told = error.facts.get("retry")
    if isinstance(told, int | float):
        return max(1, round(told))
    return next((seconds for kind, seconds in _RETRY_SECONDS.items() if isinstance(error, kind)), 0)


def describe_error(error: errors.StyrgrafError) -> Problem:
    """Return one of our own errors as a problem."""
    status = find_status(type(error))
    facts = {name: _as_fact(value) for name, value in error.facts.items()}
    if isinstance(error, errors.ParametersError):
        facts["errors"] = [_describe_fault(fault) for fault in error.faults]
    return Problem(status, _title(status), error.describe(current_language()), facts)


def _describe_fault(fault: errors.ParameterError) -> dict[str, str]:
    """Return the parameter that is wrong, and what is wrong with it."""
    return {
        "parameter": str(fault.facts.get("name", "")),
        "message": fault.describe(current_language()),
    }


def describe_http_exception(error: HTTPException) -> Problem:
    """Return an error of the HTTP layer as a problem."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, NothingAcceptable):
        types = [offer.media_type for offer in error.offers]
        detail = gettext(
            "This address answers with %(types)s; say one of these in Accept.",
            types=", ".join(types),
        )
        return Problem(status, _title(status), detail, {"offers": types})
    sentence = _SENTENCES.get(status)
    detail = gettext(sentence) if sentence else (error.description or "")
    return Problem(status, _title(status), detail)


def _answer_error(error: errors.StyrgrafError) -> Response:
    problem = describe_error(error)
    departure = current_departure()
    is_heard = departure is None or not departure.has_left()
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR and is_heard:
        current_app.logger.warning("%s: %s", type(error).__name__, error)
    request.environ[REASON_KEY] = type(error).__name__
    answer = _answer(problem)
    if seconds := find_retry_seconds(error):
        answer.headers["Retry-After"] = str(seconds)
    return answer


def _answer_http_exception(error: HTTPException) -> Response:
    problem = describe_http_exception(error)
    if isinstance(error, InternalServerError):
        # Telling of a fault has failed, so the page that tells of it may be what is broken.
        return Response(problem.as_text(), problem.status, content_type=PLAIN.content_type)
    answer = _answer(problem)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _answer_fault(error: Exception) -> Response:
    current_app.logger.error("Unhandled: %s %s", request.method, request.path, exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _answer(Problem(status, _title(status), gettext(_SENTENCES[status])))


def _answer(problem: Problem) -> Response:
    # Clients of the endpoint ask for result formats, in which no problem can be told.
    first = PLAIN if request.path.startswith("/sparql") else PROBLEM_JSON
    offers = (first, PROBLEM_JSON, PROBLEM_AS_JSON, HTML, PLAIN)
    offer = negotiate(request.headers.get("Accept"), offers) or first
    answer = Response(_render(problem, offer), problem.status, content_type=_type_of(offer))
    answer.headers["Cache-Control"] = "no-store"
    answer.content_language.add(current_language())
    return answer


def _render(problem: Problem, offer: Offer) -> str:
    if offer is HTML:
        return render_template("problem.html", problem=problem)
    if offer is PLAIN:
        return problem.as_text()
    return json.dumps(problem.as_json(), ensure_ascii=False)


def _type_of(offer: Offer) -> str:
    return offer.engine_type if offer.source else offer.content_type


def _title(status: int) -> str:
    title = TITLES.get(status)
    return gettext(title) if title else HTTPStatus(status).phrase


def _as_fact(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) else str(value)
