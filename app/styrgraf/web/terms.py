"""RDF terms as pages show them: text, where it leads, in what language, cut where too long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.model import BlankNode, Iri, Literal, Term
from styrgraf.namespaces import RDF, XSD, compact_iri
from styrgraf.web.addresses import Addresses

MOST_CHARACTERS = 2_000
"""A longer text is cut; the whole of it is in the data that the page links to."""

_PLAIN = {XSD + "string", RDF + "langString"}


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """One term: `kind` is iri, literal or blank; `href` is None where nothing can be followed.

    `name` is the whole IRI; `datatype` is empty for strings; `cut` tells that text is missing.
    """

    kind: str
    text: str
    href: str | None = None
    outward: bool = False
    language: str = ""
    datatype: str = ""
    name: str = ""
    cut: bool = False


NO_LABELS: Mapping[str, Literal] = {}


def show_term(
    term: Term, addresses: Addresses, labels: Mapping[str, Literal] = NO_LABELS
) -> ShownTerm:
    """Return how a page shows the term."""
    if isinstance(term, Iri):
        return show_iri(term.value, addresses, labels)
    if isinstance(term, BlankNode):
        return ShownTerm("blank", f"_:{term.value}"[:MOST_CHARACTERS])
    text, cut = cut_text(term.value)
    datatype = "" if term.datatype in _PLAIN else compact_iri(term.datatype)
    return ShownTerm("literal", text, language=term.language, datatype=datatype, cut=cut)


def show_iri(
    iri: str, addresses: Addresses, labels: Mapping[str, Literal] = NO_LABELS
) -> ShownTerm:
    """Return an IRI under its label, or in short form where it has none."""
    label = labels.get(iri)
    text, cut = cut_text(label.value if label else shorten_iri(iri, addresses.base))
    local = addresses.local_address(iri)
    return ShownTerm(
        "iri",
        text,
        href=local or addresses.outward_address(iri),
        outward=local is None,
        language=label.language if label else "",
        name=iri,
        cut=cut,
    )


def shorten_iri(iri: str, base: str) -> str:
    """Return the IRI without our base, or as a prefixed name, or as it is."""
    return iri.removeprefix(base) if iri.startswith(base) and iri != base else compact_iri(iri)


def cut_text(text: str, most: int = MOST_CHARACTERS) -> tuple[str, bool]:
    """Return the text, cut to `most` characters, and whether it was cut."""
    return (text, False) if len(text) <= most else (text[: most - 1] + "…", True)
