"""What the answer to a stored query can be had as, beside what every query can."""

from __future__ import annotations

from styrgraf.graph.query_headers import StoredQuery
from styrgraf.web.answers import ALL_OFFERS, list_offers
from styrgraf.web.negotiation import DRAWING_OFFERS, HTML, JSON, Offer
from styrgraf.web.sheets import TABLE_CSV, XLSX, list_downloads

TABLE_JSON = Offer(JSON.media_type, "table-json")
"""A plain table. The JSON of SPARQL results is `application/sparql-results+json`."""

TABLES = (TABLE_JSON, TABLE_CSV, XLSX)
KNOWN_OFFERS = (
    *(offer for offer in ALL_OFFERS if offer is not HTML),
    *TABLES,
    *DRAWING_OFFERS,
    HTML,
)


def list_question_offers(query: StoredQuery) -> tuple[Offer, ...]:
    """Return what the answer to a stored query can be had as, the page last."""
    plain = [offer for offer in list_offers(query.form) if offer is not HTML]
    if query.form == "select":
        plain = [offer for offer in plain if offer.media_type != JSON.media_type]
        plain += TABLES
    return (*plain, *(DRAWING_OFFERS if query.drawing else ()), HTML)


def list_question_downloads(query: StoredQuery) -> tuple[Offer, ...]:
    """Return what a page offers to download: those for people first, each once."""
    return list_downloads([offer for offer in list_question_offers(query) if not offer.source])
