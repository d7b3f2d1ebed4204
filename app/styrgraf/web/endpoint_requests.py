"""What a request to the endpoint asks for (SPARQL 1.1 Protocol, sections 2.1 and 2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from styrgraf.errors import ParameterError, ReadOnlyError
from styrgraf.language import N_
from styrgraf.model import QueryDataset
from styrgraf.web.addresses import is_iri

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class EndpointRequest:
    """A query and its dataset; the text is empty where none was sent."""

    text: str
    dataset: QueryDataset


def read_endpoint_request(request: Request) -> EndpointRequest:
    """Read query and dataset from a GET or POST, or raise for what is no query."""
    if request.method != "POST":
        return _read_parameters(request.args)
    if request.mimetype == FORM_TYPE:
        return _required(_read_parameters(request.form))
    if request.mimetype == QUERY_TYPE:
        return _required(EndpointRequest(_read_body(request), _read_dataset(request.args)))
    if request.mimetype == UPDATE_TYPE:
        raise refuse_update()
    raise UnsupportedMediaType


def refuse_update() -> ReadOnlyError:
    """Return the refusal of every update."""
    return ReadOnlyError(
        N_("This address only answers queries; changes are made with the command styrgraf load.")
    )


def _read_parameters(values: MultiDict[str, str]) -> EndpointRequest:
    if "update" in values:
        raise refuse_update()
    texts = values.getlist("query")
    if len(texts) > 1:
        raise ParameterError(
            N_("The parameter query is given {count} times; give it once."), count=len(texts)
        )
    return EndpointRequest(texts[0] if texts else "", _read_dataset(values))


def _required(found: EndpointRequest) -> EndpointRequest:
    if not found.text.strip():
        raise ParameterError(N_("There is no query in the request; send it as query."))
    return found


def _read_dataset(values: MultiDict[str, str]) -> QueryDataset:
    return QueryDataset(
        _read_graphs(values, "default-graph-uri"), _read_graphs(values, "named-graph-uri")
    )


def _read_graphs(values: MultiDict[str, str], name: str) -> tuple[str, ...]:
    graphs = tuple(values.getlist(name))
    for graph in graphs:
        if not is_iri(graph):
            raise ParameterError(
                N_("The parameter {parameter} holds “{value}”, which is no absolute IRI."),
                parameter=name,
                value=graph[:200],
            )
    return graphs


def _read_body(request: Request) -> str:
    try:
        return request.get_data().decode()
    except UnicodeDecodeError as error:
        raise ParameterError(
            N_("The query is not valid UTF-8: byte {position} cannot be read."),
            position=error.start,
        ) from None
