"""The SPARQL endpoint: queries by GET and POST, its description, the editor for browsers."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from styrgraf.errors import RefusedError, UsageError
from styrgraf.graph.asking import Asked
from styrgraf.graph.inspection import Inspection, read_query
from styrgraf.web.answers import (
    ALL_OFFERS,
    GRAPH_OFFERS,
    answer_asked,
    answer_query,
    list_offers,
)
from styrgraf.web.endpoint.editor import answer_in_editor, refuse_in_editor, show_editor
from styrgraf.web.endpoint.endpoint_requests import (
    FORM_TYPE,
    QUERY_TYPE,
    EndpointRequest,
    read_endpoint_request,
)
from styrgraf.web.endpoint.service_description import write_service_description
from styrgraf.web.negotiation import HTML, Offer, negotiate
from styrgraf.web.representations import choose_offer, forbid_caching
from styrgraf.web.services import current_addresses, current_settings
from styrgraf.web.serving.clients import current_client, current_departure, request_identifier

blueprint = Blueprint("sparql", __name__)


@blueprint.get("/sparql")
def ask_by_get() -> Response | str:
    """Answer a query in the address, or describe the endpoint where there is none."""
    found = read_endpoint_request(request)
    return _answer(found) if found.text else _describe_endpoint()


@blueprint.post("/sparql")
def ask_by_post() -> Response:
    """Answer a query in a form or in the body."""
    return _answer(read_endpoint_request(request))


def _answer(found: EndpointRequest) -> Response:
    try:
        inspected = read_query(found.text)
    except (UsageError, RefusedError) as error:
        if negotiate(request.headers.get("Accept"), ALL_OFFERS) is not HTML:
            raise
        return refuse_in_editor(found, error)
    offer = _choose_offer(inspected)
    if offer is HTML:
        return answer_in_editor(found, inspected.form)
    return answer_asked(_ask(found, offer), offer)


def _choose_offer(inspected: Inspection) -> Offer:
    if not inspected.is_repeatable:
        forbid_caching()
    return choose_offer(list_offers(inspected.form), known=ALL_OFFERS)


def _ask(found: EndpointRequest, offer: Offer) -> Asked:
    return Asked(
        found.text,
        offer.engine_type,
        found.dataset,
        client=current_client(),
        identifier=request_identifier(),
        seconds=found.seconds,
        preview=found.preview,
        departure=current_departure(),
    )


def _describe_endpoint() -> Response | str:
    """Describe the service to machines, and show the editor to people."""
    offer = choose_offer(GRAPH_OFFERS, known=ALL_OFFERS)
    if offer is HTML:
        return show_editor()
    endpoint = current_addresses().absolute(url_for("sparql.ask_by_get", lang=None))
    return answer_query(write_service_description(endpoint, current_settings()), offer)


@blueprint.after_request
def _name_accepted_types(response: Response) -> Response:
    if response.status_code == 415 or request.method == "OPTIONS":
        response.headers["Accept-Post"] = f"{FORM_TYPE}, {QUERY_TYPE}"
    return response
