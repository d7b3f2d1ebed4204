"""The SPARQL endpoint: queries by GET and POST, the service description, a form for browsers."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from styrgraf.graph.inspection import read_query_form
from styrgraf.graph.tokens import tokenize_meaning
from styrgraf.model import UNION
from styrgraf.web.answers import (
    ALL_OFFERS,
    GRAPH_OFFERS,
    answer_query,
    list_downloads,
    list_offers,
)
from styrgraf.web.endpoint_requests import (
    FORM_TYPE,
    QUERY_TYPE,
    EndpointRequest,
    read_endpoint_request,
)
from styrgraf.web.negotiation import HTML, TURTLE
from styrgraf.web.questions import list_examples
from styrgraf.web.representations import choose_offer, forbid_caching
from styrgraf.web.results import lay_out_table
from styrgraf.web.service_description import write_service_description
from styrgraf.web.services import current_addresses, current_reader
from styrgraf.web.terms import cut_text

blueprint = Blueprint("sparql", __name__)

MOST_TURTLE = 200_000
"""Characters of a graph on a page; downloads hold all of it."""

_CHANGING = frozenset(("now", "rand", "uuid", "struuid", "bnode"))
"""Functions that answer differently each time (SPARQL 1.1, section 17.4)."""


@blueprint.get("/sparql")
def ask_by_get() -> Response | str:
    """Answer a query in the address, or show the endpoint where there is none."""
    found = read_endpoint_request(request)
    return _answer_query(found) if found.text.strip() else _show_endpoint()


@blueprint.post("/sparql")
def ask_by_post() -> Response | str:
    """Answer a query in a form or in the body."""
    return _answer_query(read_endpoint_request(request))


def _answer_query(found: EndpointRequest) -> Response | str:
    form = read_query_form(found.text)
    if not _is_repeatable(found.text):
        forbid_caching()
    offer = choose_offer(list_offers(form), known=ALL_OFFERS)
    if offer is HTML:
        return _show_answer(found, form)
    return answer_query(found.text, offer, found.dataset)


def _is_repeatable(text: str) -> bool:
    return not any(
        token.kind == "word" and token.text.lower() in _CHANGING for token in tokenize_meaning(text)
    )


def _show_answer(found: EndpointRequest, form: str) -> str:
    """Answer a browser: a table, a yes or no, or Turtle."""
    reader = current_reader()
    if form == "select":
        solutions = reader.select(found.text, found.dataset)
        return _render(found, form, table=lay_out_table(solutions, current_addresses()))
    if form == "ask":
        return _render(found, form, truth=reader.ask(found.text, found.dataset))
    answer = reader.query(found.text, TURTLE.media_type, found.dataset)
    text, cut = cut_text(answer.body.decode(), MOST_TURTLE)
    return _render(found, form, turtle=text, cut=cut)


def _show_endpoint() -> Response | str:
    """Describe the service to machines, and show the form to people."""
    offer = choose_offer(GRAPH_OFFERS, known=ALL_OFFERS)
    if offer is HTML:
        return _render(EndpointRequest("", UNION), "")
    endpoint = current_addresses().absolute(url_for("sparql.ask_by_get", lang=None))
    return answer_query(write_service_description(endpoint), offer)


def _render(found: EndpointRequest, form: str, **shown: object) -> str:
    dataset = {
        "default-graph-uri": found.dataset.default_graphs,
        "named-graph-uri": found.dataset.named_graphs,
    }
    return render_template(
        "sparql.html",
        query=found.text,
        form=form,
        downloads=list_downloads(form),
        dataset=dataset,
        examples=list_examples(),
        **shown,
    )


@blueprint.after_request
def _name_accepted_types(response: Response) -> Response:
    if response.status_code in {405, 415} or request.method == "OPTIONS":
        response.headers["Accept-Post"] = f"{FORM_TYPE}, {QUERY_TYPE}"
    return response
