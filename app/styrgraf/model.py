"""Frozen values of RDF and of the domain that all floors exchange. No IO here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from styrgraf.namespaces import RDF, XSD


@dataclass(frozen=True, slots=True, order=True)
class Iri:
    """An IRI (RDF 1.1 Concepts, section 3.2)."""

    value: str


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A literal (RDF 1.1 Concepts, section 3.3): lexical form, datatype IRI, language tag or ''."""

    value: str
    datatype: str = XSD + "string"
    language: str = ""

    @classmethod
    def in_language(cls, value: str, language: str) -> Literal:
        """Return a language-tagged string."""
        return cls(value, RDF + "langString", language)


@dataclass(frozen=True, slots=True, order=True)
class BlankNode:
    """A blank node; stored data has none, answers of CONSTRUCT and BNODE() may."""

    value: str


Term = Iri | Literal | BlankNode
Solution = Mapping[str, Term]
"""One solution: variable name (without `?`) to term; unbound variables are absent."""


class Triple(NamedTuple):
    """A triple of terms."""

    subject: Term
    predicate: Term
    object: Term


class Quad(NamedTuple):
    """A triple in a named graph."""

    subject: Term
    predicate: Term
    object: Term
    graph: Iri


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: its variables in order, and its solutions in order."""

    variables: tuple[str, ...]
    rows: tuple[Solution, ...]


@dataclass(frozen=True, slots=True)
class QueryDataset:
    """The RDF dataset of a query (SPARQL 1.1 Protocol, section 2.1.4).

    Both empty: the store's own dataset, whose default graph is the union of all named graphs.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


UNION = QueryDataset()


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """A serialised answer, complete: query form, media type, body, and the version it is from.

    The form is one of select, ask, construct, describe.
    """

    form: str
    media_type: str
    body: bytes
    version: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: number from 1, time recorded (UTC), quads, digest of shipped files."""

    number: int
    recorded: datetime
    quads: int
    shipped_digest: str
    dataset: str
    base: str
