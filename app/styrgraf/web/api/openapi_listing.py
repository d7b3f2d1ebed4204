"""How an address stands in the OpenAPI document: its record, and short forms of the usual ones.

No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.language import N_
from styrgraf.web.api.openapi_parameters import Given, Json
from styrgraf.web.api.openapi_schemas import refer
from styrgraf.web.drawings import DRAWN_PAGE
from styrgraf.web.negotiation import HTML, Offer


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What stands at an address: for people, for programs, or for the administrator.

    `schema` is that of its plain JSON; `bodies` are the media types that a POST takes.
    """

    path: str
    summary: str
    tag: str
    media_types: tuple[str, ...]
    takes: tuple[Given, ...] = ()
    problems: tuple[int, ...] = (400, 406)
    method: str = "get"
    schema: Json | None = None
    bodies: tuple[str, ...] = ()
    statuses: tuple[int, ...] = (200,)
    secured: bool = False
    formats: tuple[str, ...] = ()


PAGES, DATA, AUTHORITY, QUERIES = "pages", "data", "authority", "queries"
ADMINISTRATION, EDITOR = "administration", "editor"
TAGS = {
    QUERIES: N_("SPARQL"),
    AUTHORITY: N_("Who may decide"),
    DATA: N_("Graphs, things and vocabulary"),
    PAGES: N_("Pages for people"),
    EDITOR: N_("What the editor asks for"),
    ADMINISTRATION: N_("Health and administration"),
}

BUSY = (422, 429, 503, 504)
ASKING = (400, 406, *BUSY)
OF_THINGS = (400, 404, 406, *BUSY)
ANSWER = refer("schemas", "AuthorityAnswer")


def list_media_types(offers: tuple[Offer, ...]) -> tuple[str, ...]:
    """Return the media types of offers, each once."""
    return tuple(dict.fromkeys(offer.media_type for offer in offers))


def page(path: str, summary: str, *takes: Given, problems: tuple[int, ...] = ASKING) -> Endpoint:
    """Return a page without data of its own."""
    return Endpoint(path, summary, PAGES, (HTML.media_type,), takes, problems)


def drawn_page(
    path: str, summary: str, *takes: Given, offers: tuple[Offer, ...] = DRAWN_PAGE
) -> Endpoint:
    """Return a page whose drawing or tables can be had by themselves."""
    names = tuple(offer.name for offer in offers)
    media_types = list_media_types(offers)
    return Endpoint(path, summary, PAGES, media_types, takes, OF_THINGS, formats=names)


def authority_answer(path: str, summary: str, offers: tuple[Offer, ...], *takes: Given) -> Endpoint:
    """Return an answer on authority, which has one JSON Schema."""
    return Endpoint(
        path,
        summary,
        AUTHORITY,
        list_media_types(offers),
        takes,
        (400, 404, 406, *BUSY),
        schema=ANSWER,
        formats=tuple(offer.name for offer in offers),
    )


def data_answer(path: str, summary: str, offers: tuple[Offer, ...], *takes: Given) -> Endpoint:
    """Return what stands in the graph about something."""
    return Endpoint(
        path,
        summary,
        DATA,
        list_media_types(offers),
        takes,
        OF_THINGS,
        formats=tuple(dict.fromkeys(offer.name for offer in offers)),
    )
