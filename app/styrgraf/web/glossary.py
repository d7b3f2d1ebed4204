"""The terms of the ontology for people: what each means, what hangs on it, where it is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.governance.query_text import write_query
from styrgraf.graph.shipped import SHAPES_GRAPH
from styrgraf.graph.store import Reader
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SG, SKOS
from styrgraf.web.addresses import Addresses
from styrgraf.web.labels import load_labels
from styrgraf.web.solutions import read_number, read_text
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

_BACKWARD: Mapping[str, str] = {
    RDFS + "subClassOf": N_("subclasses"),
    RDFS + "subPropertyOf": N_("subproperties"),
    SCHEMA + "domainIncludes": N_("properties of it"),
    SCHEMA + "rangeIncludes": N_("properties that lead to it"),
    SKOS + "inScheme": N_("concepts in it"),
    SKOS + "broader": N_("narrower concepts"),
}
"""What a term is called by those that say something of it, by the property that says it."""

_RULES = """
SELECT DISTINCT ?term ?shape WHERE {
  GRAPH $graph {
    { ?shape sh:targetClass ?term } UNION { ?shape sh:targetSubjectsOf ?term }
    UNION { ?shape sh:path ?term FILTER(ISIRI(?term)) }
  }
} ORDER BY ?term ?shape
"""

_USES = """
SELECT ?term (COUNT(*) AS ?number) WHERE {
  GRAPH ?graph { $pattern }
  FILTER(!STRENDS(STR(?graph), "/graph/ontology") && !STRENDS(STR(?graph), "/graph/shapes"))
} GROUP BY ?term
"""
# Both at once, or the terms listed, takes the engine a hundred times as long.
_PATTERNS = ("?thing a ?term", "?thing ?term ?value")

Properties = Mapping[str, list[Term]]
Terms = Mapping[str, Properties]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: anchor, label, definition and notes, and how it hangs together with others.

    `relations` are what it says itself, `backward` what others say of it, under words of ours;
    `uses` is how often the data use it.
    """

    anchor: str
    name: str
    label: Literal | None
    definition: Literal | None
    notes: tuple[Literal, ...]
    relations: tuple[tuple[ShownTerm, tuple[ShownTerm, ...]], ...]
    backward: tuple[tuple[str, tuple[ShownTerm, ...]], ...]
    uses: int
    iri: str


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
    shapes = addresses.graph_iri(SHAPES_GRAPH)
    known = reader.keep(("glossary", graph), lambda: _read_known(reader, graph, shapes))
    writer = _Writer(addresses, load_labels(reader, known.names, language), language, known)
    return tuple(
        Section(anchor, title, writer.write_entries(kinds)) for anchor, title, kinds in SECTIONS
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the terms in a version; `names` is all that the page names."""

    terms: Terms
    backward: Mapping[str, Mapping[str, list[str]]]
    uses: Mapping[str, int]
    names: frozenset[str]


def _read_known(reader: Reader, graph: str, shapes: str) -> _Known:
    terms = _load_terms(reader, graph)
    backward = _turn_round(terms)
    for term, rules in _load_rules(reader, shapes).items():
        backward[term][N_("rules")] = rules
    named = {
        iri
        for properties in terms.values()
        for name, values in properties.items()
        for iri in (name, *(value.value for value in values if isinstance(value, Iri)))
    }
    saying = {other for said in backward.values() for each in said.values() for other in each}
    return _Known(terms, backward, _count_uses(reader), frozenset({*named, *terms, *saying}))


def _turn_round(terms: Terms) -> defaultdict[str, dict[str, list[str]]]:
    """Return what is said of terms by others: by term, then by our words for it."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for name, words in _BACKWARD.items():
        for term, properties in terms.items():
            for value in properties.get(name, ()):
                if value.value in terms:
                    found[value.value].setdefault(words, []).append(term)
    return found


def _load_rules(reader: Reader, graph: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in reader.select(write_query(_RULES.replace("$graph", f"<{graph}>"))).rows:
        found[read_text(row, "term")].append(read_text(row, "shape"))
    return found


def _count_uses(reader: Reader) -> Mapping[str, int]:
    """Return how many things a class has, and how many statements a property."""
    texts = (write_query(_USES.replace("$pattern", pattern)) for pattern in _PATTERNS)
    return {
        read_text(row, "term"): read_number(row, "number")
        for text in texts
        for row in reader.select(text).rows
    }


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
    known: _Known

    def write_entries(self, kinds: frozenset[str]) -> tuple[Entry, ...]:
        """Return the entries of the terms that have one of the types."""
        return tuple(
            self._write_entry(term, properties)
            for term, properties in self.known.terms.items()
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
            tuple(
                (words, tuple(show_iri(each, self.addresses, self.labels) for each in others))
                for words, others in self.known.backward.get(term, {}).items()
            ),
            self.known.uses.get(term, 0),
            term,
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
