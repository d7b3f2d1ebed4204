"""The terms of the ontology for people: classes, properties and concepts with definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.graph.store import Reader
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import DCTERMS, OWL, RDF, RDFS, SG, SKOS
from styrgraf.web.addresses import Addresses
from styrgraf.web.labels import load_labels
from styrgraf.web.solutions import read_text
from styrgraf.web.terms import ShownTerm, show_iri

SD = "http://www.w3.org/ns/sparql-service-description#"

SECTIONS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("classes", N_("Classes"), frozenset((OWL + "Class", RDFS + "Class"))),
    (
        "properties",
        N_("Properties"),
        frozenset(
            OWL + kind for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
        )
        | {RDF + "Property"},
    ),
    ("functions", N_("SPARQL functions"), frozenset((SD + "Function",))),
    ("schemes", N_("Concept schemes"), frozenset((SKOS + "ConceptScheme",))),
    ("concepts", N_("Concepts"), frozenset((SKOS + "Concept",))),
)
"""Sections of the page: anchor, title, and the types of what stands there."""

_TEXTS = (SKOS + "definition", RDFS + "comment", DCTERMS + "description")
_NOTES = (SKOS + "scopeNote", SKOS + "note", SKOS + "example")
_UNSAID = {RDF + "type", RDFS + "isDefinedBy"}

Properties = Mapping[str, list[Term]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: anchor, label, definition and notes, and how it hangs together with others."""

    anchor: str
    name: str
    label: Literal | None
    definition: Literal | None
    notes: tuple[Literal, ...]
    relations: tuple[tuple[ShownTerm, tuple[ShownTerm, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one kind, by name."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


def load_glossary(
    reader: Reader, addresses: Addresses, graph: str, language: str
) -> tuple[Section, ...]:
    """Load the terms of our namespace from the ontology graph."""
    terms = _load_terms(reader, graph)
    names = {
        iri
        for properties in terms.values()
        for name, values in properties.items()
        for iri in (name, *(value.value for value in values if isinstance(value, Iri)))
    }
    writer = _Writer(addresses, load_labels(reader, names | set(terms), language), language)
    return tuple(
        Section(anchor, title, writer.write_entries(terms, kinds))
        for anchor, title, kinds in SECTIONS
    )


def _load_terms(reader: Reader, graph: str) -> dict[str, Properties]:
    rows = reader.select(f"SELECT * WHERE {{ GRAPH <{graph}> {{ ?term ?property ?value }} }}").rows
    terms: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if read_text(row, "term").startswith(SG):
            terms[read_text(row, "term")][read_text(row, "property")].append(row["value"])
    return {term: _sort_values(terms[term]) for term in sorted(terms)}


def _sort_values(properties: Properties) -> Properties:
    return {
        name: sorted(properties[name], key=lambda value: value.value) for name in sorted(properties)
    }


@dataclass(frozen=True, slots=True)
class _Writer:
    addresses: Addresses
    labels: Mapping[str, Literal]
    language: str

    def write_entries(
        self, terms: Mapping[str, Properties], kinds: frozenset[str]
    ) -> tuple[Entry, ...]:
        """Return the entries of the terms that have one of the types."""
        return tuple(
            self._write_entry(term, properties)
            for term, properties in terms.items()
            if kinds & {value.value for value in properties.get(RDF + "type", ())}
        )

    def _write_entry(self, term: str, properties: Properties) -> Entry:
        return Entry(
            term.removeprefix(SG),
            f"sg:{term.removeprefix(SG)}",
            self.labels.get(term),
            next(iter(self._choose_texts(properties, _TEXTS)), None),
            tuple(self._choose_texts(properties, _NOTES)),
            tuple(
                (show_iri(name, self.addresses, self.labels), self._show_iris(values))
                for name, values in properties.items()
                if name not in _UNSAID and any(isinstance(value, Iri) for value in values)
            ),
        )

    def _choose_texts(self, properties: Properties, names: tuple[str, ...]) -> list[Literal]:
        """Return the texts in the language asked for, or all where there are none."""
        texts = [
            value
            for name in names
            for value in properties.get(name, ())
            if isinstance(value, Literal)
        ]
        return [text for text in texts if text.language == self.language] or texts

    def _show_iris(self, values: list[Term]) -> tuple[ShownTerm, ...]:
        return tuple(
            show_iri(value.value, self.addresses, self.labels)
            for value in values
            if isinstance(value, Iri)
        )
