"""The stored queries in the OpenAPI document: an address each, with typed parameters."""

from __future__ import annotations

from typing import Any

from flask import url_for

from styrgraf.graph.parameters import Parameter
from styrgraf.graph.query_headers import StoredQuery
from styrgraf.web.api.openapi_schemas import describe_content, refer
from styrgraf.web.column_words import name_column
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.sheets import TOTAL_HEADER
from styrgraf.web.stored.question_offers import list_question_offers
from styrgraf.web.stored.question_requests import LANGUAGE

Json = dict[str, Any]

PROBLEMS = (400, 406, 422, 429, 503, 504)

_IRI = r"^([a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*|[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/._~#?&=%:@-]+)$"
"""Things as `type/name`, and the IRIs that clients will name: without letters beyond ASCII."""
_SCHEMAS: dict[str, Json] = {
    "iri": {"type": "string", "pattern": _IRI},
    "date": {"anyOf": [{"type": "string", "format": "date"}, {"const": "today"}]},
    "string": {"type": "string", "minLength": 1},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
}


def describe_question(query: StoredQuery) -> Json:
    """Return the operation of a stored query."""
    offers = list_question_offers(query)
    names = list(dict.fromkeys(offer.name for offer in offers))
    is_table = query.form == "select"
    parameters = [describe_parameter(each, query) for each in query.params if each.name != LANGUAGE]
    parameters.append(refer("parameters", LANGUAGE))
    parameters.append(describe_format(names))
    if is_table:
        parameters += [refer("parameters", "page"), refer("parameters", "rows")]
    types = tuple(dict.fromkeys(offer.media_type for offer in offers))
    answer: Json = {
        "description": gettext("The answer."),
        "content": describe_content(types, _describe_rows(query) if is_table else None),
    }
    if is_table:
        answer["headers"] = {
            TOTAL_HEADER: refer("headers", "TotalRows"),
            "Link": refer("headers", "Link"),
        }
    return {
        "operationId": query.name,
        "summary": query.summary[current_language()],
        "tags": [f"questions-{query.family}"],
        "parameters": parameters,
        "responses": {
            "200": answer,
            **{str(status): refer("responses", f"Problem{status}") for status in PROBLEMS},
        },
    }


def describe_parameter(parameter: Parameter, query: StoredQuery) -> Json:
    """Return a parameter with its type, range, default and example."""
    schema = dict(_SCHEMAS[parameter.kind])
    if parameter.kind in {"number", "integer", "decimal"}:
        ends = {"minimum": parameter.least, "maximum": parameter.most}
        schema |= {name: float(end) for name, end in ends.items() if end is not None}
    if parameter.default is not None:
        schema["default"] = parameter.default
    if parameter.unit:
        schema["x-unit"] = parameter.unit
    if parameter.decimals is not None:
        schema["x-decimals"] = parameter.decimals
    if parameter.choices:
        schema["x-choices"] = url_for("questions.show_question", name=parameter.choices, lang=None)
    described: Json = {
        "name": parameter.name,
        "in": "query",
        "description": _describe(parameter),
        "required": parameter.required,
        "schema": schema,
    }
    if parameter.name in query.example:
        value: object = query.example[parameter.name]
        described["example"] = float(str(value)) if schema.get("type") == "number" else value
    return described


def _describe(parameter: Parameter) -> str:
    words = name_column(parameter.name)
    told = {
        "iri": gettext("An IRI in full, with a known prefix, or as type/name."),
        "date": gettext("A day as YYYY-MM-DD, or today."),
        "number": gettext("A number, as 4000000 or 4 000 000,50."),
    }.get(parameter.kind, "")
    unit = f" ({parameter.unit})" if parameter.unit else ""
    return f"{words[:1].upper()}{words[1:]}{unit}. {told}".strip()


def describe_format(names: list[str]) -> Json:
    """Return the parameter that names a representation."""
    return {
        "name": "format",
        "in": "query",
        "description": gettext("The representation, where the header Accept does not say it."),
        "schema": {"type": "string", "enum": names},
    }


def _describe_rows(query: StoredQuery) -> Json:
    """Return the schema of the table: its rows have the columns of the query."""
    columns = {name: refer("schemas", "Cell") for name in query.columns}
    row = {"required": list(columns), "properties": columns, "additionalProperties": False}
    return {
        "allOf": [
            refer("schemas", "TableAnswer"),
            {"properties": {"rows": {"items": row}, "question": {"const": query.name}}},
        ]
    }
