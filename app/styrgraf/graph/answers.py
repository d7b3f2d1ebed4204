"""Serialised answers and what they say: any engine that answers in bytes becomes a reader."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from styrgraf.errors import UnacceptableDataError
from styrgraf.formats import JSON, N_TRIPLES
from styrgraf.graph.terms import to_term
from styrgraf.language import N_
from styrgraf.model import (
    UNION,
    BlankNode,
    Iri,
    Literal,
    QueryAnswer,
    QueryDataset,
    Solutions,
    Term,
    Triple,
    Version,
)
from styrgraf.namespaces import XSD

T = TypeVar("T")


class AnsweringReader(ABC):
    """A reader that answers in bytes; SELECT, ASK and CONSTRUCT read them back as terms."""

    @abstractmethod
    def query(
        self, text: str, media_type: str | None = None, dataset: QueryDataset = UNION
    ) -> QueryAnswer:
        """Answer a SPARQL query serialised in `media_type` (None: JSON, or N-Triples)."""

    @abstractmethod
    def dump(self, media_type: str, graph: str | None = None) -> Iterator[bytes]:
        """Yield the whole dataset (N-Quads, TriG), or one named graph, in parts."""

    @abstractmethod
    def version(self) -> Version:
        """Return the version that answers come from."""

    @abstractmethod
    def open_attachment(self, name: str, version: Version, opener: Callable[[Path], T]) -> T:
        """Return what `opener` makes of a file that is attached to a version."""

    def keep(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes; a reader of published versions keeps it."""
        return make()

    def select(self, text: str, dataset: QueryDataset = UNION) -> Solutions:
        """Answer a SELECT."""
        return parse_solutions(self.query(text, JSON.media_type, dataset).body)

    def ask(self, text: str, dataset: QueryDataset = UNION) -> bool:
        """Answer an ASK."""
        return parse_boolean(self.query(text, JSON.media_type, dataset).body)

    def construct(self, text: str, dataset: QueryDataset = UNION) -> tuple[Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE."""
        return parse_triples(self.query(text, N_TRIPLES.media_type, dataset).body)


def parse_solutions(body: bytes) -> Solutions:
    """Return the solutions of a whole SPARQL 1.1 JSON result."""
    answer = json.loads(body)
    iris: dict[str, Iri] = {}  # the same few stand in most rows
    rows = tuple(
        {name: _parse_term(binding, iris) for name, binding in row.items()}
        for row in answer["results"]["bindings"]
    )
    return Solutions(tuple(answer["head"]["vars"]), rows)


def parse_boolean(body: bytes) -> bool:
    """Return the boolean of a whole SPARQL 1.1 JSON result."""
    return bool(json.loads(body)["boolean"])


def parse_triples(body: bytes) -> tuple[Triple, ...]:
    """Return the triples of a whole N-Triples document."""
    return tuple(
        Triple(to_term(quad.subject), to_term(quad.predicate), to_term(quad.object))
        for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
    )


def _parse_term(binding: dict[str, Any], iris: dict[str, Iri]) -> Term:
    kind, value = binding["type"], binding["value"]
    if kind == "uri":
        return iris.get(value) or iris.setdefault(value, Iri(value))
    if kind == "bnode":
        return BlankNode(value)
    if kind == "triple":
        raise UnacceptableDataError(
            N_("A triple stands where a term should be; that is not taken.")
        )
    if "xml:lang" in binding:
        return Literal.in_language(value, binding["xml:lang"])
    return Literal(value, binding.get("datatype", XSD + "string"))
