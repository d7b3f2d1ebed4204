"""Terms of the engine and terms of ours. No IO here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from styrgraf.errors import UnacceptableDataError
from styrgraf.language import N_
from styrgraf.model import BlankNode, Iri, Literal, Quad, Term
from styrgraf.namespaces import RDF

EngineTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def to_term(term: EngineTerm) -> Term:
    """Return our form of an engine's term. Raises UnacceptableDataError for a triple as a term."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    if isinstance(term, ox.BlankNode):
        return BlankNode(term.value)
    raise UnacceptableDataError(N_("A triple stands where a term should be; that is not taken."))


def to_engine(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return the engine's form of a term."""
    if isinstance(term, Iri):
        return ox.NamedNode(term.value)
    if isinstance(term, BlankNode):
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype or RDF + "langString"))


def to_engine_quads(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    """Yield the engine's form of quads."""
    for subject, predicate, value, graph in quads:
        yield ox.Quad(
            to_engine(subject),  # type: ignore[arg-type]
            to_engine(predicate),  # type: ignore[arg-type]
            to_engine(value),
            ox.NamedNode(graph.value),
        )


def to_quad(quad: ox.Quad, graph: Iri) -> Quad:
    """Return our form of a triple of the engine as a quad of `graph`."""
    return Quad(to_term(quad.subject), to_term(quad.predicate), to_term(quad.object), graph)


def serialize_term(term: Term) -> str:
    """Return a term as SPARQL 1.1 writes it (section 4.1)."""
    return str(to_engine(term))
