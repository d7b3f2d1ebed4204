"""A page per IRI: the thing at `/id/...` leads by 303 to the document about it at `/doc/...`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from styrgraf.errors import UnknownNameError
from styrgraf.exchange.drawings import Drawing
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.decisions import read_decisions
from styrgraf.governance.effects import Effects, read_effects
from styrgraf.governance.histories import History, read_history
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.namespaces import SG
from styrgraf.web.addresses import Addresses, is_iri
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.authority.authority_links import list_links
from styrgraf.web.change_words import CAUSE_WORDS
from styrgraf.web.charts.chart_words import write_state
from styrgraf.web.drawings import answer_drawing
from styrgraf.web.extracts import write_extract_query
from styrgraf.web.histories import PAGE_PARAMETER, PAGE_SIZE, draw_history, tabulate_history
from styrgraf.web.history_words import tell_links
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import (
    DRAWING_OFFERS,
    HTML,
    JSON,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    Offer,
)
from styrgraf.web.neighbourhood import draw_neighbourhood
from styrgraf.web.notes import load_noted_passages, load_said
from styrgraf.web.open_points import load_open_points
from styrgraf.web.pages import gather_frame
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.passages import Passages
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import (
    current_addresses,
    current_reader,
    current_settings,
    current_version,
)
from styrgraf.web.sheets import SHEET_OFFERS, answer_table
from styrgraf.web.source_lines import stamp_folder
from styrgraf.web.statements import Statements, load_statements
from styrgraf.web.terms import ShownTerm, show_iri
from styrgraf.web.time_axes import tell_span

blueprint = Blueprint("resources", __name__)

DATA_OFFERS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
_PLAIN_JSON = Offer(JSON.media_type, JSON_LD.name, source=JSON_LD.media_type)
_LINKED = (*DATA_OFFERS, HTML, *DRAWING_OFFERS, *SHEET_OFFERS)
"""What a document names as other forms of itself: plain JSON is its JSON-LD."""
OFFERS = (*DATA_OFFERS, HTML, _PLAIN_JSON, *DRAWING_OFFERS, *SHEET_OFFERS)


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
    elif offer in DRAWING_OFFERS:
        answer = _answer_drawing(iri, addresses, offer)
    elif offer in SHEET_OFFERS:
        answer = _answer_history(iri, addresses, offer)
    else:
        query = write_extract_query(iri, addresses.absolute(_plain_address()))
        body = current_reader().query(query, offer.engine_type).body
        answer = Response(body, content_type=offer.content_type)
    return link_representations(answer, offer, _LINKED)


def _answer_drawing(iri: str, addresses: Addresses, offer: Offer) -> Response:
    """Answer with the neighbourhood, or with what happened where `drawing=` asks for that."""
    document, history = _load(iri, addresses), _read_history(iri)
    axis = draw_history(history, gather_frame({"history": history}), document.name.text)
    return answer_drawing(offer, [document.drawing, axis])


def _read_history(iri: str) -> History:
    number = read_page_number(PAGE_PARAMETER)
    return read_history(current_reader(), Iri(iri), number, PAGE_SIZE)


def _answer_history(iri: str, addresses: Addresses, offer: Offer) -> Response:
    history = read_history(current_reader(), Iri(iri))
    labels = load_labels(current_reader(), (iri,), current_language())
    frame = gather_frame({"history": history})
    name = show_iri(iri, addresses, labels).text
    return answer_table(tabulate_history(history, frame, name), offer)


def _plain_address() -> str:
    """Return the address of the document, whatever language and format it was asked for in."""
    identity: dict[str, Any] = dict(request.view_args or {})
    if request.endpoint == "resources.describe":
        identity["iri"] = request.args["iri"]
    return url_for(request.endpoint or "", lang=None, **identity)


@dataclass(frozen=True, slots=True)
class _Document:
    """What a document says about a thing, and the drawing of it."""

    name: ShownTerm
    passages: Passages
    statements: Statements
    drawing: Drawing


def _load(iri: str, addresses: Addresses) -> _Document:
    reader, language = current_reader(), current_language()
    passages = Passages(reader, addresses, language, current_settings().source_dir)
    page = read_page_number()
    name = show_iri(iri, addresses, load_labels(reader, (iri,), language))
    statements = load_statements(reader, addresses, passages, iri, page, language)
    return _Document(name, passages, statements, draw_neighbourhood(name, statements))


def _render(iri: str, addresses: Addresses) -> str:
    document = _load(iri, addresses)
    is_decision = any(kind.name == SG + "Decision" for kind in document.statements.kinds)
    effects = _load_effects(iri) if is_decision else None
    decision = next(read_decisions(current_reader(), [Iri(iri)]), None) if is_decision else None
    history = _read_history(iri)
    frame = gather_frame({"effects": effects, "decision": decision, "history": history})
    return render_template(
        "resource.html",
        iri=iri,
        name=document.name,
        statements=document.statements,
        drawing=document.drawing,
        effects=effects,
        decision=decision,
        history=history,
        axis=draw_history(history, frame, document.name.text),
        frame=frame,
        cause_words=CAUSE_WORDS,
        tell_links=tell_links,
        tell_span=tell_span,
        state_words=write_state,
        today=find_today().isoformat(),
        address=addresses.absolute(_plain_address()),
        questions=list_links(iri),
        open_points=load_open_points(document.passages, iri),
        said=load_said(document.passages, iri),
        passages=load_noted_passages(document.passages, iri),
        page=read_page_number(),
        page_address=page_address,
        offers=DATA_OFFERS,
    )


def _load_effects(iri: str) -> Effects:
    """Return what came of a decision as of today."""
    index = open_authority(current_reader(), current_version()).index
    return read_effects(current_reader(), index, Iri(iri), find_today())
