"""Which representation a request is answered with, and whether the client has it already."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, abort, g, request
from werkzeug.exceptions import NotAcceptable

import styrgraf
from styrgraf.errors import ParameterError
from styrgraf.language import N_
from styrgraf.web.addresses import this_address
from styrgraf.web.languages import TIMEZONE, current_language
from styrgraf.web.negotiation import Offer, find_offer, negotiate
from styrgraf.web.services import current_version

FORMAT_PARAMETER = "format"


class NothingAcceptable(NotAcceptable):
    """None of what can be had is what the client accepts; carries the offers."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self.offers = tuple(offers)


def choose_offer(
    offers: Sequence[Offer], known: Sequence[Offer] = (), parts: Sequence[str] = ()
) -> Offer:
    """Return the offer to answer with: by `format=`, else by the Accept header.

    `known` are formats that exist elsewhere: naming one is 406, naming any other is 400.
    `parts` are what the answer depends on beside the graph and the request; what is kept in front
    of the application knows nothing of them, so such an answer is not kept there.
    Ends the request with 304 where the client holds this representation already.
    """
    offer = _choose_by_name(offers, known) or negotiate(request.headers.get("Accept"), offers)
    if offer is None:
        raise NothingAcceptable(offers)
    g.depends_on_more = any(parts)
    _remember_representation(offer.media_type, *parts)
    return offer


def forbid_caching() -> None:
    """Note that the answer to this request differs each time it is asked for."""
    g.uncacheable = True
    g.pop("entity_tag", None)


def link_representations(answer: Response, chosen: Offer, offers: Sequence[Offer]) -> Response:
    """Name the chosen representation and the others in the headers (RFC 9110, 8.7; RFC 8288)."""
    answer.headers["Content-Location"] = _address(chosen)
    for offer in offers:
        if offer is not chosen:
            link = f'<{_address(offer)}>; rel="alternate"; type="{offer.media_type}"'
            answer.headers.add("Link", link)
    return answer


def _address(offer: Offer) -> str:
    return this_address(**{FORMAT_PARAMETER: offer.name})


def _remember_representation(media_type: str, *parts: str) -> None:
    """Note the entity tag of the answer to come; end the request with 304 where it is known."""
    if request.method not in {"GET", "HEAD"} or g.get("uncacheable"):
        return
    g.entity_tag = make_entity_tag(media_type, *parts)
    if request.if_none_match.contains_weak(g.entity_tag):
        abort(Response(status=304))


def _choose_by_name(offers: Sequence[Offer], known: Sequence[Offer]) -> Offer | None:
    name = request.values.get(FORMAT_PARAMETER)
    if not name:
        return None
    offer = find_offer(name, offers)
    if offer is None and find_offer(name, known):
        raise NothingAcceptable(offers)
    if offer is None:
        raise ParameterError(
            N_("“{value}” is no format of this address; it has {offers}."),
            parameter=FORMAT_PARAMETER,
            value=name[:80],
            offers=", ".join(dict.fromkeys(offer.name for offer in offers)),
        )
    return offer


def make_entity_tag(*parts: str) -> str:
    """Hash what an answer depends on.

    The date in Sweden stands in it because “today” is a default.
    """
    version = current_version()
    key = (
        styrgraf.__version__,
        version.base,
        str(version.number),
        version.recorded.isoformat(),
        request.full_path,
        current_language(),
        datetime.now(ZoneInfo(TIMEZONE)).date().isoformat(),
        *parts,
    )
    return hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
