"""A page per IRI: the thing at `/id/...` leads by 303 to the document about it at `/doc/...`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from styrgraf.errors import UnknownNameError
from styrgraf.language import N_
from styrgraf.web.addresses import Addresses, is_iri
from styrgraf.web.authority.authority_links import list_links
from styrgraf.web.extracts import write_extract_query
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from styrgraf.web.notes import load_noted_passages, load_said
from styrgraf.web.open_points import load_open_points
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.passages import Passages
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_addresses, current_reader, current_settings
from styrgraf.web.source_lines import stamp_folder
from styrgraf.web.statements import load_statements
from styrgraf.web.terms import show_iri

blueprint = Blueprint("resources", __name__)

OFFERS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)


@blueprint.get("/id/<kind>/<path:slug>")
def show_thing(kind: str, slug: str) -> AnyResponse:
    """Lead from a thing to the document about it (303, “See Other”)."""
    _check_known(current_addresses().thing_iri(kind, slug))
    return _see_other("resources.show_document", kind=kind, slug=slug)


@blueprint.get("/.well-known/genid/<path:name>")
def show_node(name: str) -> AnyResponse:
    """Lead from a node that came in blank to the document about it."""
    _check_known(current_addresses().node_iri(name))
    return _see_other("resources.show_node_document", name=name)


@blueprint.get("/doc/<kind>/<path:slug>")
def show_document(kind: str, slug: str) -> Response:
    """Show the document about a thing."""
    addresses = current_addresses()
    return _show(addresses.thing_iri(kind, slug), addresses)


@blueprint.get("/doc/.well-known/genid/<path:name>")
def show_node_document(name: str) -> Response:
    """Show the document about a node that came in blank."""
    addresses = current_addresses()
    return _show(addresses.node_iri(name), addresses)


@blueprint.get("/describe")
def describe() -> Response:
    """Show what the graph says about any IRI in it, given as `iri=`."""
    return _show(request.args.get("iri", ""), current_addresses())


def _see_other(endpoint: str, **values: Any) -> AnyResponse:
    for name in {"format", "lang"} & set(request.args):
        values[name] = request.args[name]
    answer = redirect(url_for(endpoint, **values), 303)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _check_known(iri: str) -> None:
    """Raise UnknownNameError where the graph says nothing about the IRI."""
    pattern = f"{{ <{iri}> ?property ?value }} UNION {{ ?thing ?link <{iri}> }}"
    if not is_iri(iri) or not current_reader().ask(f"ASK {{ {pattern} }}"):
        raise UnknownNameError(
            N_(
                "The graph says nothing about {iri}. Look for it among the decisions, the "
                "organisation and the delegations, or ask at /sparql."
            ),
            iri=iri[:300],
        )


def _show(iri: str, addresses: Addresses) -> Response:
    _check_known(iri)
    offer = choose_offer(OFFERS, parts=(stamp_folder(current_settings().source_dir),))
    if offer is HTML:
        answer = Response(_render(iri, addresses), content_type=offer.content_type)
    else:
        query = write_extract_query(iri, addresses.absolute(_plain_address()))
        body = current_reader().query(query, offer.engine_type).body
        answer = Response(body, content_type=offer.content_type)
    return link_representations(answer, offer, OFFERS)


def _plain_address() -> str:
    """Return the address of the document, whatever language and format it was asked for in."""
    identity: dict[str, Any] = dict(request.view_args or {})
    if request.endpoint == "resources.describe":
        identity["iri"] = request.args["iri"]
    return url_for(request.endpoint or "", lang=None, **identity)


def _render(iri: str, addresses: Addresses) -> str:
    reader, language, page = current_reader(), current_language(), read_page_number()
    passages = Passages(reader, addresses, language, current_settings().source_dir)
    labels = load_labels(reader, (iri,), language)
    return render_template(
        "resource.html",
        iri=iri,
        name=show_iri(iri, addresses, labels),
        statements=load_statements(reader, addresses, passages, iri, page, language),
        questions=list_links(iri),
        open_points=load_open_points(passages, iri),
        said=load_said(passages, iri),
        passages=load_noted_passages(passages, iri),
        page=page,
        page_address=page_address,
        offers=[offer for offer in OFFERS if offer is not HTML],
    )
