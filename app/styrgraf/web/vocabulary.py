"""The ontology at its namespace: `/ns` is the document, `/ns#...` a term in it."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from styrgraf.namespaces import ONTOLOGY
from styrgraf.web.glossary import load_glossary
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_addresses, current_reader
from styrgraf.web.terms import show_iri

blueprint = Blueprint("vocabulary", __name__)

OFFERS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)


@blueprint.get("/ns/shapes")
def show_shapes() -> AnyResponse:
    """Lead from the namespace of the shapes to their graph."""
    return redirect(url_for("graphs.show", name="shapes"), 303)


@blueprint.get("/ns")
def show() -> Response:
    """Show the whole ontology."""
    addresses, reader, language = current_addresses(), current_reader(), current_language()
    graph = addresses.graph_iri("ontology")
    offer = choose_offer(OFFERS)
    if offer is not HTML:
        body = b"".join(reader.dump(offer.engine_type, graph))
        return link_representations(Response(body, content_type=offer.content_type), offer, OFFERS)
    page = render_template(
        "vocabulary.html",
        name=show_iri(ONTOLOGY, addresses, load_labels(reader, (ONTOLOGY,), language)),
        sections=load_glossary(reader, addresses, graph, language),
        graph=graph,
        offers=[offer for offer in OFFERS if offer is not HTML],
    )
    return link_representations(Response(page, content_type=offer.content_type), offer, OFFERS)
