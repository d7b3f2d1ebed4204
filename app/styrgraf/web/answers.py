"""Answers to queries: which representations each query form has, and the answer in one of them."""

from __future__ import annotations

from flask import Response

from styrgraf.model import UNION, QueryDataset
from styrgraf.web.negotiation import (
    CSV,
    HTML,
    JSON,
    JSON_LD,
    JSON_RESULTS,
    N_TRIPLES,
    RDF_XML,
    TSV,
    TURTLE,
    XML_RESULTS,
    Offer,
)
from styrgraf.web.services import current_reader

_PLAIN_JSON = Offer(JSON.media_type, JSON.name, source=JSON_RESULTS.media_type)
_PLAIN_XML = Offer("application/xml", "xml", source=XML_RESULTS.media_type)

RESULT_OFFERS = (JSON_RESULTS, XML_RESULTS, CSV, TSV, _PLAIN_JSON, _PLAIN_XML, HTML)
GRAPH_OFFERS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, HTML)
ALL_OFFERS = RESULT_OFFERS + GRAPH_OFFERS


def list_offers(form: str) -> tuple[Offer, ...]:
    """Return what the answer to a query of this form can be had as."""
    return RESULT_OFFERS if form in {"select", "ask"} else GRAPH_OFFERS


def list_downloads(form: str) -> tuple[Offer, ...]:
    """Return what a page offers to download: each format once, under its own media type."""
    return tuple(offer for offer in list_offers(form) if offer is not HTML and not offer.source)


def answer_query(text: str, offer: Offer, dataset: QueryDataset = UNION) -> Response:
    """Answer a query in the representation chosen, which is not a page."""
    answer = current_reader().query(text, offer.engine_type, dataset)
    return Response(answer.body, content_type=offer.content_type)
