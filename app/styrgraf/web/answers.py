"""Answers to queries: which representations each query form has, and the answer in one of them."""

from __future__ import annotations

from flask import Response

from styrgraf.graph.asking import Asked
from styrgraf.model import UNION, QueryDataset
from styrgraf.web.negotiation import (
    CSV,
    HTML,
    JSON,
    JSON_LD,
    JSON_RESULTS,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TSV,
    TURTLE,
    XML_RESULTS,
    Offer,
)
from styrgraf.web.services import current_reader

_PLAIN_JSON = Offer(JSON.media_type, JSON.name, source=JSON_RESULTS.media_type)
_PLAIN_XML = Offer("application/xml", "xml", source=XML_RESULTS.media_type)

RESULT_OFFERS = (JSON_RESULTS, XML_RESULTS, CSV, TSV, _PLAIN_JSON, _PLAIN_XML, HTML)
GRAPH_OFFERS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS, HTML)
ALL_OFFERS = RESULT_OFFERS + GRAPH_OFFERS

MORE_HEADER = "Styrgraf-More"
"""Tells of a preview whether rows were left out; a Structured Field boolean (RFC 9651)."""


def list_offers(form: str) -> tuple[Offer, ...]:
    """Return what the answer to a query of this form can be had as."""
    return RESULT_OFFERS if form in {"select", "ask"} else GRAPH_OFFERS


def list_downloads(form: str) -> tuple[Offer, ...]:
    """Return what a page offers to download: each format once, under its own media type."""
    return tuple(offer for offer in list_offers(form) if offer is not HTML and not offer.source)


def answer_query(text: str, offer: Offer, dataset: QueryDataset = UNION) -> Response:
    """Answer a query of the service's own in the representation chosen, which is not a page."""
    return answer_asked(Asked(text, offer.engine_type, dataset), offer)


def answer_asked(asked: Asked, offer: Offer) -> Response:
    """Answer a query: whole and of known size where it is short, else in parts as they come.

    An error in the midst of the parts is raised to the server, which breaks off the connection.
    """
    answer = current_reader().stream(asked)
    if not answer.complete:
        # Passed through as it is, or the headers' rules would read it all into memory first.
        return Response(answer, content_type=offer.content_type, direct_passthrough=True)
    with answer:
        response = Response(b"".join(answer), content_type=offer.content_type)
    if asked.preview is not None:
        response.headers[MORE_HEADER] = "?1" if answer.more else "?0"
    return response
