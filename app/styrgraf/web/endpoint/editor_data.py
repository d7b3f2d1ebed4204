"""What the editor's scripts ask for: the vocabulary to complete with, labels, stored queries."""

from __future__ import annotations

import re
from contextlib import suppress

from flask import Blueprint, Response, current_app, json, jsonify, request

from styrgraf.errors import LimitError, ParameterError
from styrgraf.governance.query_text import write_query
from styrgraf.graph.queries import StoredQuery, bind_parameters, find_stored_query
from styrgraf.language import LANGUAGES, N_
from styrgraf.model import UNION, Iri
from styrgraf.namespaces import OWL, PREFIXES, RDF, RDFS, SKOS, compact_iri
from styrgraf.web.addresses import is_iri
from styrgraf.web.endpoint.editor import show_editor
from styrgraf.web.endpoint.editor_drawing import draw_answer
from styrgraf.web.endpoint.endpoint_requests import QUERY_TYPE, EndpointRequest
from styrgraf.web.glossary import SD
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, JSON, Offer
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_addresses, current_reader, current_version
from styrgraf.web.solutions import read_text
from styrgraf.web.terms import show_iri

blueprint = Blueprint("editor_data", __name__)

MOST_LABELS = 1_000
"""IRIs whose labels one request may ask for."""
_QUERY = Offer(QUERY_TYPE, "sparql")
_KEPT = "styrgraf.editor.vocabulary"

_KINDS = {
    OWL + "Class": "class",
    RDFS + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
    OWL + "AnnotationProperty": "property",
    RDF + "Property": "property",
    SD + "Function": "function",
    SKOS + "Concept": "concept",
}
_DECLARED = """
SELECT DISTINCT ?term ?type WHERE { VALUES ?type { $things } ?term a ?type } LIMIT 5000
"""
_USED = {
    "class": "SELECT DISTINCT ?term WHERE { ?thing a ?term } LIMIT 5000",
    "property": "SELECT DISTINCT ?term WHERE { ?thing ?term ?value } LIMIT 5000",
    "graph": "SELECT DISTINCT ?term WHERE { GRAPH ?term { ?thing a ?type } } LIMIT 500",
}
_PLAIN_LOCAL = re.compile(r"[\w.-]*:[A-Za-z_][\w-]*", re.ASCII)


@blueprint.get("/vocab.json")
def show_vocabulary() -> Response:
    """Tell what the editor completes with: prefixes, and terms with labels in each language."""
    choose_offer((JSON,))
    version = current_version()
    key = (version.base, version.number, version.recorded)
    kept = current_app.extensions.get(_KEPT)
    if kept is None or kept[0] != key:
        told = {"version": version.number, "prefixes": PREFIXES, "terms": list_terms()}
        kept = (key, json.dumps(told, separators=(",", ":")))
        current_app.extensions[_KEPT] = kept
    return Response(kept[1], content_type=JSON.content_type)


@blueprint.route("/labels", methods=["GET", "POST"])
def show_labels() -> Response:
    """Tell how IRIs are shown: label, its language, and where they lead; at most 1,000."""
    choose_offer((JSON,))
    iris = list(dict.fromkeys(request.values.getlist("iri")))
    if len(iris) > MOST_LABELS:
        raise ParameterError(
            N_("The parameter iri is given {count} times; at most {limit} are taken."),
            count=len(iris),
            limit=MOST_LABELS,
        )
    addresses = current_addresses()
    labels = load_labels(current_reader(), iris, current_language())
    shown = {iri: show_iri(iri, addresses, labels) for iri in iris}
    return jsonify(
        {
            iri: {
                "text": term.text,
                "language": term.language,
                "href": term.href,
                "outward": term.outward,
            }
            for iri, term in shown.items()
        }
    )


@blueprint.get("/sparql/examples/<name>")
def show_example(name: str) -> Response:
    """Show a stored query in the editor, its parameters filled in, or its text alone."""
    offers = (_QUERY, HTML)
    offer = choose_offer(offers)
    text = write_example(find_stored_query(name))
    if offer is HTML:
        text = show_editor(EndpointRequest(text, UNION))
    return link_representations(Response(text, content_type=offer.content_type), offer, offers)


@blueprint.route("/sparql/drawing", methods=["GET", "POST"])
def show_drawing() -> Response:
    """Draw the answer to a query where its columns say what leads to what."""
    return draw_answer()


def list_terms() -> list[dict[str, str]]:
    """Return what is declared or used in the graph, by kind and name, with its labels."""
    kinds = _find_kinds()
    reader = current_reader()
    labels = {code: load_labels(reader, kinds, code) for code in LANGUAGES}
    terms = []
    for iri, kind in sorted(kinds.items()):
        term = {"iri": iri, "name": _name(iri), "kind": kind}
        for code in LANGUAGES:
            label = labels[code].get(iri)
            if label and label.language in {code, ""}:
                term[code] = label.value
        terms.append(term)
    return terms


def _find_kinds() -> dict[str, str]:
    """Return the kind of each term: what is used, and what the ontology declares, which wins."""
    reader = current_reader()
    kinds: dict[str, str] = {}
    for kind, text in _USED.items():
        with suppress(LimitError):  # in a graph too large to look through, what is declared is left
            kinds |= {read_text(row, "term"): kind for row in reader.select(text).rows}
    declared = reader.select(write_query(_DECLARED, map(Iri, _KINDS))).rows
    rank = list(dict.fromkeys(_KINDS.values()))
    for row in sorted(declared, key=lambda row: -rank.index(_KINDS[read_text(row, "type")])):
        kinds[read_text(row, "term")] = _KINDS[read_text(row, "type")]
    return {iri: kind for iri, kind in kinds.items() if is_iri(iri)}


def _name(iri: str) -> str:
    """Return the prefixed name where it needs no escapes, else nothing."""
    name = compact_iri(iri)
    return name if name != iri and _PLAIN_LOCAL.fullmatch(name) else ""


def write_example(query: StoredQuery) -> str:
    """Return the text of a stored query with the values of its example."""
    values = dict(query.example)
    if any(parameter.name == "lang" for parameter in query.params):
        values.setdefault("lang", current_language())
    text = bind_parameters(query, values, current_version().base)
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
