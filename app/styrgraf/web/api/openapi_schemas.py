"""The shared parts of the OpenAPI document: schemas of answers, headers, problems. No IO here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import json

from styrgraf.assets import find_schema
from styrgraf.web.negotiation import (
    CSV,
    DOT,
    GRAPHML,
    HTML,
    JSON,
    JSON_LD,
    JSON_RESULTS,
    N_QUADS,
    N_TRIPLES,
    PLAIN,
    RDF_XML,
    SVG,
    TRIG,
    TSV,
    TURTLE,
    XML_RESULTS,
)
from styrgraf.web.problems import PROBLEM_JSON
from styrgraf.web.sheets import XLSX

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_BYTES: Json = {"description": "Binary."}
_TEXTUAL = (
    *(CSV, TSV, HTML, PLAIN, TURTLE, N_TRIPLES, RDF_XML, TRIG, N_QUADS, XML_RESULTS),
    *(SVG, GRAPHML, DOT),
)


def refer(kind: str, name: str) -> Json:
    """Return a reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


CONTENT: Mapping[str, Json] = {
    **{offer.media_type: _TEXT for offer in _TEXTUAL},
    "application/xml": _TEXT,
    "application/sparql-query": _TEXT,
    "application/schema+json": {"type": "object"},
    JSON.media_type: {},
    JSON_RESULTS.media_type: refer("schemas", "SparqlResults"),
    JSON_LD.media_type: {"type": ["object", "array"]},
    XLSX.media_type: _BYTES,
}
"""Schema of each media type, where an endpoint says nothing more exact."""


def describe_content(media_types: tuple[str, ...], schema: Json | None = None) -> Json:
    """Return the content of an answer; `schema` is that of its plain JSON."""
    return {
        media_type: {
            "schema": schema if schema and media_type == JSON.media_type else CONTENT[media_type]
        }
        for media_type in media_types
    }


def list_schemas() -> Json:
    """Return the schemas that answers refer to."""
    return {
        "Problem": _PROBLEM,
        "SparqlResults": _SPARQL_RESULTS,
        "TableAnswer": _TABLE,
        "Cell": {"type": ["string", "number", "boolean", "null"]},
        "StoredQuery": _STORED_QUERY,
        "Health": _HEALTH,
        "AuthorityAnswer": _load_authority(),
    }


def list_responses(titles: Mapping[int, str]) -> Json:
    """Return an answer for each status of a problem."""
    content = {
        media_type: {"schema": refer("schemas", "Problem")}
        for media_type in (PROBLEM_JSON.media_type, JSON.media_type)
    } | {offer.media_type: {"schema": _TEXT} for offer in (HTML, PLAIN)}
    return {
        f"Problem{status}": {"description": title, "content": content}
        for status, title in titles.items()
    }


def _load_authority() -> Json:
    """Return the schema of answers on authority, its references turned to where it stands here."""
    text = find_schema("authority").read_text(encoding="utf-8")
    here = "#/components/schemas/AuthorityAnswer/$defs/"
    schema: Json = json.loads(text.replace('"#/$defs/', f'"{here}'))
    del schema["$schema"], schema["$id"]
    return schema


_PROBLEM: Json = {
    "description": "Problem details (RFC 9457).",
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _TEXT,
        "errors": {
            "description": "Every parameter that is wrong, and what is wrong with it.",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "message"],
                "properties": {"parameter": _TEXT, "message": _TEXT},
            },
        },
    },
}

_TERM: Json = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode", "triple"]},
        "value": {"type": ["string", "object"]},
        "datatype": _TEXT,
        "xml:lang": _TEXT,
    },
}

_SPARQL_RESULTS: Json = {
    "description": "SPARQL 1.1 Query Results JSON Format.",
    "type": "object",
    "required": ["head"],
    "properties": {
        "head": {
            "type": "object",
            "properties": {"vars": {"type": "array", "items": _TEXT}},
        },
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {"type": "object", "additionalProperties": _TERM},
                }
            },
        },
        "boolean": {"type": "boolean"},
    },
    "oneOf": [{"required": ["results"]}, {"required": ["boolean"]}],
}

_COUNT: Json = {"type": "integer", "minimum": 0}

_TABLE: Json = {
    "description": "A table: rows by the names of the columns; null where nothing is stated.",
    "type": "object",
    "required": [
        *("question", "summary", "parameters", "version", "recorded"),
        *("total", "page", "rowsPerPage", "columns", "rows"),
    ],
    "properties": {
        "question": _TEXT,
        "summary": _TEXT,
        "parameters": {"type": "object", "additionalProperties": refer("schemas", "Cell")},
        "version": _COUNT,
        "recorded": {"type": "string", "format": "date-time"},
        "total": _COUNT,
        "page": _COUNT,
        "rowsPerPage": {"type": ["integer", "null"]},
        "columns": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "label"],
                "properties": {"name": _TEXT, "label": _TEXT},
            },
        },
        "rows": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": refer("schemas", "Cell")},
        },
    },
}

_STORED_QUERY: Json = {
    "type": "object",
    "required": ["name", "family", "summary", "parameters", "returns", "formats", "address"],
    "properties": {
        "name": _TEXT,
        "family": _TEXT,
        "summary": _TEXT,
        "question": {"type": ["string", "null"]},
        "parameters": {
            "type": "array",
            "items": {"type": "object", "required": ["name", "type", "required"]},
        },
        "returns": {"type": "array", "items": _TEXT},
        "formats": {"type": "array", "items": _TEXT},
        "example": {"type": "object", "additionalProperties": _TEXT},
        "address": _TEXT,
    },
}

_HEALTH: Json = {
    "type": "object",
    "required": ["status", "release", "version", "triples", "dataset"],
    "properties": {
        "status": {"const": "ok"},
        "release": _TEXT,
        "version": _COUNT,
        "triples": _COUNT,
        "dataset": _TEXT,
    },
}
