"""Graph Store HTTP Protocol, for reading: a graph by its name, or the default graph.

`/graph-store?graph=IRI` and `/graph-store?default` name a graph indirectly (section 4.2); directly
(section 4.1) a graph stands at its own address, which is `graphs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request

from styrgraf.errors import ParameterError, UnknownNameError
from styrgraf.language import N_
from styrgraf.web.addresses import is_iri
from styrgraf.web.endpoint.form_encoding import (
    Parameters,
    find_value,
    list_values,
    parse_parameters,
)
from styrgraf.web.negotiation import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Offer
from styrgraf.web.representations import choose_offer
from styrgraf.web.services import current_reader

blueprint = Blueprint("graph_store", __name__)

OFFERS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)


@blueprint.get("/graph-store")
def read_graph() -> Response:
    """Answer with the graph that the parameters name."""
    parameters = parse_parameters(request.query_string)
    name = _read_name(parameters)
    if name and not current_reader().ask(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"):
        raise UnknownNameError(
            N_("There is no named graph {iri}. The list at /graphs shows those that there are."),
            iri=name[:300],
        )
    offer = choose_offer(OFFERS)
    parts = _dump(offer, name) if request.method == "GET" else iter(())
    return Response(parts, content_type=offer.content_type, direct_passthrough=True)


def _read_name(parameters: Parameters) -> str:
    """Return the IRI of the graph asked for; empty: the default graph."""
    name = find_value(parameters, "graph")
    default = bool(list_values(parameters, "default"))
    if default == (name is not None):
        raise ParameterError(
            N_("Name one graph: either graph=IRI or default, not both and not neither."),
            parameter="graph",
        )
    if name is not None and not is_iri(name):
        raise ParameterError(
            N_("The parameter {parameter} holds “{value}”, which is no absolute IRI."),
            parameter="graph",
            value=name[:200],
        )
    return name or ""


def _dump(offer: Offer, name: str) -> Iterator[bytes]:
    return current_reader().dump(offer.engine_type, name)
