"""Search and suggestions, for the OpenAPI document: addresses, parameters, schemas. No IO here."""

from __future__ import annotations

from styrgraf.governance.search.kinds import CODES
from styrgraf.language import N_
from styrgraf.web.api.openapi_listing import DATA, Endpoint
from styrgraf.web.api.openapi_parameters import PAGE, Given, Json
from styrgraf.web.api.openapi_schemas import refer
from styrgraf.web.negotiation import JSON
from styrgraf.web.searching import search

_SOUGHT = Given(
    "q",
    N_("What to look for: words, a number, or a question such as “who may decide on …”."),
    {"type": "string", "maxLength": search.MOST_CHARACTERS},
    example="rektor",
)
_KIND = Given("kind", N_("The kind of thing to look among."), {"enum": list(CODES)})
_PROBLEMS = (400, 406, 503, 504)

SEARCH_ENDPOINTS = (
    Endpoint(
        "/search",
        N_("What is found by words, numbers or a question."),
        DATA,
        tuple(offer.media_type for offer in search.OFFERS),
        (_SOUGHT, _KIND, PAGE),
        _PROBLEMS,
        schema=refer("schemas", "SearchAnswer"),
        formats=tuple(offer.name for offer in search.OFFERS),
    ),
    Endpoint(
        "/suggest",
        N_("The first things that are found by what has been typed so far."),
        DATA,
        (JSON.media_type,),
        (_SOUGHT, _KIND),
        _PROBLEMS,
        schema=refer("schemas", "Suggestions"),
        formats=("json",),
    ),
)

_TEXT: Json = {"type": "string"}
_OR_NULL: Json = {"type": ["string", "null"]}
_DAY: Json = {"type": ["string", "null"], "description": "A day, as it is stated."}
_COUNT: Json = {"type": "integer", "minimum": 0}
_LINKS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["question", "address"],
        "properties": {"question": _TEXT, "address": _TEXT},
    },
}
_FOUND = {
    "iri": _TEXT,
    "name": _TEXT,
    "language": _OR_NULL,
    "address": _TEXT,
    "kind": {"enum": list(CODES)},
    "type": _TEXT,
    "numbers": {"type": "array", "items": _TEXT},
    "date": _DAY,
    "validFrom": _DAY,
    "validTo": {**_DAY, "description": "The first day on which it no longer holds."},
    "matched": {**_OR_NULL, "description": "The name, number or text that was found."},
}
_SUGGESTED = {
    "name": _TEXT,
    "language": _OR_NULL,
    "kind": {**_TEXT, "description": "What it is, in words."},
    "number": _OR_NULL,
    "address": _TEXT,
    "iri": _TEXT,
}

SEARCH_SCHEMAS: Json = {
    "SearchAnswer": {
        "description": "One page of what was found, the nearest first.",
        "type": "object",
        "required": ["q", "total", "listed", "page", "resultsPerPage", "kinds", "results"],
        "properties": {
            "q": _TEXT,
            "kind": {"enum": [*CODES, None]},
            "way": {
                "description": "The farthest way that was needed: whole words and beginnings, "
                "parts of words, near spellings, some of the words.",
                "enum": ["words", "parts", "spelling", "some", None],
            },
            "corrected": {**_OR_NULL, "description": "A spelling that something has."},
            "question": {
                "description": "What was asked, where it was understood.",
                "type": ["object", "null"],
                "required": ["answers", "notes", "nearest"],
                "properties": {
                    "answers": _LINKS,
                    "notes": {"type": "array", "items": _TEXT},
                    "nearest": _LINKS,
                },
            },
            "total": {**_COUNT, "description": "Found of all kinds."},
            "listed": {**_COUNT, "description": "On all pages of this answer."},
            "page": _COUNT,
            "resultsPerPage": _COUNT,
            "kinds": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["kind", "label", "count"],
                    "properties": {"kind": _TEXT, "label": _TEXT, "count": _COUNT},
                },
            },
            "results": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": list(_FOUND),
                    "properties": _FOUND,
                },
            },
        },
    },
    "Suggestions": {
        "description": "Answers to a question that was understood, then the first things found.",
        "type": "object",
        "required": ["q", "suggestions"],
        "properties": {
            "q": _TEXT,
            "suggestions": {
                "type": "array",
                "maxItems": search.MOST_SUGGESTIONS,
                "items": {
                    "type": "object",
                    "required": ["name", "kind", "address"],
                    "properties": _SUGGESTED,
                },
            },
        },
    },
}
