"""The named graphs: a list of them, and a document for each at `/graph/...`."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from styrgraf.errors import UnknownNameError
from styrgraf.governance.datasheet import read_graphs
from styrgraf.language import N_
from styrgraf.web.addresses import is_iri
from styrgraf.web.datasheets import tabulate_graphs, tell_graph
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from styrgraf.web.pages import render_page
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.results import list_iris
from styrgraf.web.services import current_addresses, current_reader
from styrgraf.web.sheets import SHEET_OFFERS, answer_table
from styrgraf.web.solutions import read_number
from styrgraf.web.statements import MOST_STATEMENTS
from styrgraf.web.terms import show_iri, show_term

blueprint = Blueprint("graphs", __name__)

MOST_SORTED = 50_000
"""Statements of a graph that a page sorts; more take longer than a page may."""

LIST_OFFERS = (HTML, *SHEET_OFFERS)
OFFERS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)


@blueprint.get("/graphs")
def list_graphs() -> Response:
    """List the named graphs with their sizes."""
    offer = choose_offer(LIST_OFFERS)
    graphs = read_graphs(current_reader())
    if offer is HTML:
        page = render_page("graphs.html", graphs=graphs, tell_graph=tell_graph)
        answer = Response(page, content_type=HTML.content_type)
    else:
        answer = answer_table(tabulate_graphs(graphs), offer)
    return link_representations(answer, offer, LIST_OFFERS)


@blueprint.get("/graph/<path:name>")
def show(name: str) -> Response:
    """Show a named graph: its statements for people, all of it for machines."""
    iri = current_addresses().graph_iri(name)
    if not is_iri(iri) or not current_reader().ask(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"):
        raise UnknownNameError(
            N_("There is no named graph {iri}. The list at /graphs shows those that there are."),
            iri=iri[:300],
        )
    offer = choose_offer(OFFERS)
    if offer is HTML:
        body: str | bytes = _render(iri)
    else:
        body = b"".join(current_reader().dump(offer.engine_type, iri))
    return link_representations(Response(body, content_type=offer.content_type), offer, OFFERS)


def _render(iri: str) -> str:
    addresses, reader, page = current_addresses(), current_reader(), read_page_number()
    size = _count_statements(iri)
    # The engine's own order is the same on every page of a version, and costs nothing.
    order = "ORDER BY ?subject ?predicate ?object" if size <= MOST_SORTED else ""
    found = reader.select(f"""
      SELECT ?subject ?predicate ?object WHERE {{
        GRAPH <{iri}> {{ ?subject ?predicate ?object }}
      }} {order} OFFSET {(page - 1) * MOST_STATEMENTS} LIMIT {MOST_STATEMENTS}""")
    labels = load_labels(reader, list_iris(found) | {iri}, current_language())
    triples = [
        tuple(show_term(row[name], addresses, labels) for name in found.variables)
        for row in found.rows
    ]
    return render_template(
        "graph.html",
        iri=iri,
        name=show_iri(iri, addresses, labels),
        triples=triples,
        size=size,
        more=size > page * MOST_STATEMENTS,
        page=page,
        page_address=page_address,
        offers=[offer for offer in OFFERS if offer is not HTML],
    )


def _count_statements(iri: str) -> int:
    text = f"SELECT (COUNT(*) AS ?size) WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
    return read_number(current_reader().select(text).rows[0], "size")
