"""What a request to the endpoint asks for (SPARQL 1.1 Protocol, sections 2.1 and 2.2).

Parameters that the protocol and this service do not know are ignored: clients in use send some
(`output`, `results`), and the protocol names no fault for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Request
from werkzeug.exceptions import UnsupportedMediaType

from styrgraf.errors import ParameterError, ReadOnlyError
from styrgraf.language import N_
from styrgraf.model import UNION, QueryDataset
from styrgraf.web.addresses import is_iri
from styrgraf.web.endpoint.form_encoding import (
    Parameters,
    find_value,
    list_values,
    parse_parameters,
)

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"

DEFAULT_GRAPHS = "default-graph-uri"
NAMED_GRAPHS = "named-graph-uri"
_OF_UPDATES = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
_OF_QUERIES = (DEFAULT_GRAPHS, NAMED_GRAPHS, "timeout", "limit")

_SECONDS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?", re.ASCII)
_ROWS = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EndpointRequest:
    """A query, its dataset and limits of the client's own; the text is empty where none was sent.

    `preview` cuts the answer after so many rows.
    """

    text: str = ""
    dataset: QueryDataset = UNION
    seconds: float | None = None
    preview: int | None = None


def read_endpoint_request(request: Request) -> EndpointRequest:
    """Read what a GET or POST asks, or raise for what is no query."""
    if request.method != "POST":
        return read_address(request.query_string)
    address = parse_parameters(request.query_string)
    _check_body_type(request)
    if request.mimetype == QUERY_TYPE:
        _refuse_second_query(address)
        return _read_limits(_read_body(request), address)
    _refuse_second_query(address)
    form = parse_parameters(request.get_data(cache=True))
    _refuse_update(form)
    return _read_limits(find_value(form, "query"), address + form)


def read_address(encoded: bytes) -> EndpointRequest:
    """Read what a GET asks by the query of its address, or raise for what is no query."""
    address = parse_parameters(encoded)
    _refuse_update(address)
    text = find_value(address, "query")
    if text is None and not any(name in _OF_QUERIES for name, _ in address):
        return EndpointRequest()
    return _read_limits(text, address)


def refuse_update() -> ReadOnlyError:
    """Return the refusal of every update."""
    return ReadOnlyError(
        N_("This address only answers queries; changes are made with the command styrgraf load.")
    )


def _refuse_update(parameters: Parameters) -> None:
    if any(name in _OF_UPDATES for name, _ in parameters):
        raise refuse_update()


def _refuse_second_query(address: Parameters) -> None:
    """Refuse a query in the address of a POST, which has its query in the body."""
    _refuse_update(address)
    if list_values(address, "query"):
        raise ParameterError(
            N_("The parameter {parameter} is in the address of a POST; send it in the body."),
            parameter="query",
        )


def _check_body_type(request: Request) -> None:
    coding = request.headers.get("Content-Encoding", "identity")
    if coding.lower() != "identity":
        raise ParameterError(
            N_("The body is compressed as {value}; send it as it is."),
            parameter="Content-Encoding",
            value=coding[:80],
        )
    if request.mimetype == UPDATE_TYPE:
        raise refuse_update()
    if request.mimetype not in {FORM_TYPE, QUERY_TYPE}:
        raise UnsupportedMediaType
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8"}:
        raise ParameterError(
            N_("The body says it is written in {value}; queries are taken in UTF-8 only."),
            parameter="charset",
            value=charset[:80],
        )


def _read_limits(text: str | None, parameters: Parameters) -> EndpointRequest:
    if text is None:
        raise ParameterError(
            N_("There is no query in the request; send it as the parameter query."),
            parameter="query",
        )
    if not text.strip():
        raise ParameterError(N_("The parameter {parameter} is empty."), parameter="query")
    return EndpointRequest(
        text,
        QueryDataset(
            _read_graphs(parameters, DEFAULT_GRAPHS), _read_graphs(parameters, NAMED_GRAPHS)
        ),
        _read_seconds(find_value(parameters, "timeout")),
        _read_preview(find_value(parameters, "limit")),
    )


def _read_graphs(parameters: Parameters, name: str) -> tuple[str, ...]:
    graphs = tuple(dict.fromkeys(list_values(parameters, name)))
    for graph in graphs:
        if not is_iri(graph):
            raise ParameterError(
                N_("The parameter {parameter} holds “{value}”, which is no absolute IRI."),
                parameter=name,
                value=graph[:200],
            )
    return graphs


def _read_seconds(value: str | None) -> float | None:
    if value is None:
        return None
    if not _SECONDS.fullmatch(value) or not float(value):
        raise ParameterError(
            N_("The parameter {parameter} holds “{value}”; it is a number of seconds above 0."),
            parameter="timeout",
            value=value[:80],
        )
    return float(value)


def _read_preview(value: str | None) -> int | None:
    if value is None:
        return None
    if not _ROWS.fullmatch(value) or not int(value):
        raise ParameterError(
            N_("The parameter {parameter} holds “{value}”; it is a number of rows from 1 up."),
            parameter="limit",
            value=value[:80],
        )
    return int(value)


def _read_body(request: Request) -> str:
    try:
        return request.get_data().decode()
    except UnicodeDecodeError as error:
        raise ParameterError(
            N_("The query is not valid UTF-8: byte {position} cannot be read."),
            parameter="query",
            position=error.start + 1,
        ) from None
