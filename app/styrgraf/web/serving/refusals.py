"""Answers that the server itself gives, before or in place of the application's.

The application answers problems as pages; here there is only plain text or problem details.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from styrgraf.language import DEFAULT_LANGUAGE, LANGUAGES, N_, translate
from styrgraf.web.endpoint.cors import list_cors_headers
from styrgraf.web.headers import SECURITY_HEADERS
from styrgraf.web.negotiation import PLAIN, negotiate
from styrgraf.web.problems import PROBLEM_AS_JSON, PROBLEM_JSON, TITLES

Header = tuple[bytes, bytes]

_SENTENCES: dict[int, str] = {
    400: N_("The request is not well-formed HTTP."),
    408: N_("The request did not arrive in time; send it again, faster."),
    413: N_(
        "The body of the request is larger than this service takes, "
        "or comes in too many small parts."
    ),
    414: N_("The address is longer than this service takes; send a long query by POST."),
    429: N_("You have too many requests waiting here; wait for their answers."),
    431: N_("The headers of the request are larger than this service takes."),
    500: N_("The fault is ours and has been logged. Other pages may still work."),
    503: N_("Too many requests are waiting; try again in a moment."),
    505: N_("This service speaks HTTP/1.1 and HTTP/1.0."),
}
_RETRY_SECONDS = {429: 1, 503: 1}
_FIXED = SECURITY_HEADERS | {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}


def refuse(
    status: int, headers: Mapping[bytes, bytes], method: str = "GET", path: str = "/"
) -> tuple[list[Header], bytes]:
    """Return headers and body of a refusal in the language and media type of the request."""
    language = _choose_language(headers.get(b"accept-language", b""))
    title = translate(TITLES[status], language) if status in TITLES else HTTPStatus(status).phrase
    detail = translate(_SENTENCES[status], language)
    accept = headers.get(b"accept", b"").decode("latin-1")
    offer = negotiate(accept, (PLAIN, PROBLEM_JSON, PROBLEM_AS_JSON)) or PLAIN
    if offer is PLAIN:
        body = f"{title}\n\n{detail}\n".encode()
    else:
        told = {"title": title, "status": status, "detail": detail}
        body = json.dumps(told, ensure_ascii=False).encode()
    own = [
        (b"Content-Type", (offer.source or offer.content_type).encode()),
        (b"Content-Length", str(len(body)).encode()),
        (b"Content-Language", language.encode()),
    ]
    fixed = _FIXED | dict(list_cors_headers(method, path))
    own += [(name.encode(), value.encode()) for name, value in fixed.items()]
    if seconds := _RETRY_SECONDS.get(status):
        own.append((b"Retry-After", str(seconds).encode()))
    return own, body


def _choose_language(header: bytes) -> str:
    accepted = parse_accept_header(header[:1000].decode("latin-1"), LanguageAccept)
    return accepted.best_match(LANGUAGES) or DEFAULT_LANGUAGE
