"""The service as programs see it: `/openapi.json` (OpenAPI 3.1), and `/api` to read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, json, render_template

import styrgraf
from styrgraf.graph.queries import load_stored_queries
from styrgraf.language import LANGUAGES, N_
from styrgraf.web.api.openapi_endpoints import ENDPOINTS
from styrgraf.web.api.openapi_listing import TAGS, Endpoint
from styrgraf.web.api.openapi_pages import PAGE_ENDPOINTS
from styrgraf.web.api.openapi_parameters import Given
from styrgraf.web.api.openapi_questions import describe_format, describe_question
from styrgraf.web.api.openapi_schemas import describe_content, list_responses, list_schemas, refer
from styrgraf.web.api.openapi_search import SEARCH_ENDPOINTS, SEARCH_SCHEMAS
from styrgraf.web.languages import gettext
from styrgraf.web.negotiation import HTML, JSON
from styrgraf.web.problems import TITLES
from styrgraf.web.representations import choose_offer
from styrgraf.web.services import current_addresses
from styrgraf.web.stored.question_offers import list_question_offers
from styrgraf.web.stored.question_pages import FAMILIES
from styrgraf.web.stored.question_requests import MOST_ROWS
from styrgraf.web.stored.questions import list_questions

blueprint = Blueprint("openapi", __name__)

Json = dict[str, Any]

_ENDPOINTS = (*ENDPOINTS, *PAGE_ENDPOINTS, *SEARCH_ENDPOINTS)
_STATUSES = {200: N_("The answer."), 204: N_("Done."), 303: N_("See another address.")}


@blueprint.get("/openapi.json")
def show_document() -> Response:
    """Describe every address to programs."""
    offer = choose_offer((JSON,))
    text = json.dumps(write_document(), ensure_ascii=False)
    return Response(text, content_type=offer.content_type)


@blueprint.get("/api")
def show_api() -> str:
    """Describe every address to people who write programs."""
    choose_offer((HTML,))
    groups = [
        (gettext(title), [each for each in _ENDPOINTS if each.tag == tag])
        for tag, title in TAGS.items()
    ]
    questions = [
        (gettext(title), [query for query in list_questions() if query.family == family])
        for family, title in FAMILIES.items()
    ]
    return render_template(
        "api.html",
        groups=groups,
        questions=questions,
        list_offers=list_question_offers,
        root=current_addresses().root,
        most_rows=MOST_ROWS,
    )


def write_document() -> Json:
    """Return the OpenAPI document in the language of the request."""
    paths: Json = {}
    for endpoint in _ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method] = _describe_endpoint(endpoint)
    for query in load_stored_queries().values():
        paths[f"/questions/{query.name}"] = {"get": describe_question(query)}
    tags = TAGS | {f"questions-{family}": title for family, title in FAMILIES.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Styrgraf",
            "version": styrgraf.__version__,
            "summary": gettext("Who may decide what, when, and on whose authority."),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": current_addresses().root.rstrip("/")}],
        "tags": [{"name": name, "description": gettext(title)} for name, title in tags.items()],
        "paths": paths,
        "components": {
            "schemas": list_schemas() | SEARCH_SCHEMAS,
            "responses": list_responses(
                {status: gettext(title) for status, title in TITLES.items()}
            ),
            "parameters": _list_parameters(),
            "headers": _list_headers(),
            "securitySchemes": {"administrator": {"type": "http", "scheme": "bearer"}},
        },
    }


def _describe_endpoint(endpoint: Endpoint) -> Json:
    described: Json = {
        "operationId": f"{endpoint.method} {endpoint.path}",
        "summary": gettext(endpoint.summary),
        "tags": [endpoint.tag],
        "parameters": [_describe_parameter(given) for given in endpoint.takes],
        "responses": _describe_responses(endpoint),
    }
    if HTML.media_type in endpoint.media_types:
        described["parameters"].append(refer("parameters", "lang"))
    if endpoint.formats:
        described["parameters"].append(describe_format(list(endpoint.formats)))
    if endpoint.bodies:
        content = {
            media_type: {"schema": _BODIES.get(media_type, {"type": "string"})}
            for media_type in endpoint.bodies
        }
        described["requestBody"] = {"required": True, "content": content}
    if endpoint.secured:
        described["security"] = [{"administrator": []}]
    return described


_BODIES: Json = {
    "application/x-www-form-urlencoded": {
        "type": "object",
        "additionalProperties": {"type": "string"},
    }
}


def _describe_parameter(given: Given) -> Json:
    described: Json = {
        "name": given.name,
        "in": given.place,
        "description": gettext(given.summary),
        "required": given.required,
        "schema": given.schema,
    }
    if given.example:
        described["example"] = given.example
    return described


def _describe_responses(endpoint: Endpoint) -> Json:
    responses: Json = {}
    for status in endpoint.statuses:
        responses[str(status)] = {"description": gettext(_STATUSES[status])}
        if endpoint.media_types and status != 204:
            content = describe_content(endpoint.media_types, endpoint.schema)
            responses[str(status)]["content"] = content
    for status in endpoint.problems:
        responses[str(status)] = refer("responses", f"Problem{status}")
    return responses


def _list_parameters() -> Json:
    count: Json = {"type": "integer", "minimum": 1}
    told = {
        "lang": (gettext("The language of labels and messages."), {"enum": list(LANGUAGES)}),
        "page": (gettext("The number of the page, from 1."), count | {"maximum": 1_000_000}),
        "rows": (
            gettext("Rows of a page; programs get all rows without it."),
            count | {"maximum": MOST_ROWS},
        ),
    }
    return {
        name: {"name": name, "in": "query", "description": words, "schema": schema}
        for name, (words, schema) in told.items()
    }


def _list_headers() -> Json:
    return {
        "TotalRows": {
            "description": gettext("How many rows there are on all pages."),
            "schema": {"type": "integer", "minimum": 0},
        },
        "Link": {
            "description": gettext("The first, previous, next and last page (RFC 8288)."),
            "schema": {"type": "string"},
        },
    }
