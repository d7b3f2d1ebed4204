"""Content negotiation (RFC 9110, section 12.5): a list of offers and what a client accepts.

No IO here; `representations.py` brings the request.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from styrgraf import formats
from styrgraf.formats import Format

MOST_RANGES = 64
"""Ranges beyond these are not looked at; no honest client sends as many."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A representation that can be had: media type, its short name in `format=`, and what makes it.

    `source` is the media type asked of the engine where it differs from the one sent, as for
    `application/json` in place of `application/sparql-results+json`.
    """

    media_type: str
    name: str
    source: str = ""

    @property
    def engine_type(self) -> str:
        """Return the media type that the engine serialises."""
        return self.source or self.media_type

    @property
    def content_type(self) -> str:
        """Return the Content-Type of the answer."""
        textual = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if textual else self.media_type


def offer_format(known: Format) -> Offer:
    """Return the offer of a format that the engine writes."""
    return Offer(known.media_type, known.name)


HTML = Offer("text/html", "html")
PLAIN = Offer("text/plain", "text")
JSON = Offer("application/json", "json")
TURTLE = offer_format(formats.TURTLE)
N_TRIPLES = offer_format(formats.N_TRIPLES)
JSON_LD = offer_format(formats.JSON_LD)
RDF_XML = offer_format(formats.RDF_XML)
TRIG = offer_format(formats.TRIG)
N_QUADS = offer_format(formats.N_QUADS)
CSV = offer_format(formats.CSV)
TSV = offer_format(formats.TSV)
JSON_RESULTS = offer_format(formats.JSON)
XML_RESULTS = offer_format(formats.XML)
SVG = Offer("image/svg+xml", "svg")
GRAPHML = Offer("application/graphml+xml", "graphml")
DOT = Offer("text/vnd.graphviz", "dot")
GRAPH_JSON = Offer(JSON.media_type, "graph-json")
"""Nodes and edges. Where there is other JSON, `application/json` in Accept is that."""
DRAWING_OFFERS = (SVG, GRAPHML, DOT, GRAPH_JSON)


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One member of an Accept header: type, subtype, parameters, quality in thousandths."""

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    quality: int

    def match(self, media_type: str) -> int:
        """Return how exactly `media_type` is meant, from 1 (`*/*`) up, or 0 where it is not."""
        kind, _, subtype = media_type.partition("/")
        if self.type not in {"*", kind} or self.subtype not in {"*", subtype}:
            return 0
        if self.parameters - {("charset", "utf-8")}:
            return 0
        return 1 + (self.type != "*") + (self.subtype != "*") + bool(self.parameters)


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Parse an Accept header; members that are not media ranges are left out."""
    parts = _split_outside_quotes(header, ",")[:MOST_RANGES]
    ranges = (_parse_range(part) for part in parts)
    return tuple(found for found in ranges if found is not None)


def negotiate(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer of highest quality, the earlier of equals; None where none is acceptable.

    A missing or empty header accepts anything.
    """
    ranges = parse_accept(accept or "")
    if not ranges:
        return offers[0] if not (accept or "").strip() else None
    best, best_quality = None, 0
    for offer in offers:
        quality = _rate(offer.media_type, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def find_offer(word: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer of a short name, a media type or a file ending, as `format=` gives it."""
    known = formats.find_format(word)
    asked = word.strip().lower()
    for name in (asked, known.name if known else "", _OTHER_NAMES.get(asked, "")):
        for offer in offers:
            if name in {offer.name, offer.media_type}:
                return offer
    return None


_OTHER_NAMES = {
    "json": "jsonld",
    "json-ld": "jsonld",
    "xml": "rdfxml",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "n3": "turtle",
}
"""Names that clients send whatever the query form is; SPARQLWrapper asks a graph as `xml`."""


def _rate(media_type: str, ranges: Sequence[MediaRange]) -> int:
    """Return the quality that the most specific range gives; of equally specific, the highest."""
    matches = [(found.match(media_type), found.quality) for found in ranges]
    precision, quality = max(matches)
    return quality if precision else 0


def _parse_range(text: str) -> MediaRange | None:
    head, *parameters = _split_outside_quotes(text, ";") or [""]
    kind, slash, subtype = head.lower().partition("/")
    if not kind or not slash or not subtype or (kind == "*" and subtype != "*"):
        return None
    pairs = [_parse_parameter(parameter) for parameter in parameters if parameter]
    quality = next((value for name, value in pairs if name == "q"), "1")
    thousandths = _parse_quality(quality)
    if thousandths is None:
        return None
    kept = frozenset(pair for pair in pairs if pair[0] != "q")
    return MediaRange(kind, subtype, kept, thousandths)


def _parse_parameter(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip().strip('"').lower()


def _parse_quality(text: str) -> int | None:
    """Return a qvalue in thousandths: 0 to 1 with at most three decimals (section 12.4.2)."""
    whole, _, decimals = text.partition(".")
    if whole not in {"0", "1"} or len(decimals) > 3 or not f"0{decimals}".isdecimal():
        return None
    thousandths = int(whole) * 1000 + int(decimals.ljust(3, "0"))
    return thousandths if thousandths <= 1000 else None


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    parts = re.findall(rf'(?:[^{separator}"]|"[^"]*"?)+', text)
    return [part for part in (part.strip() for part in parts) if part]
