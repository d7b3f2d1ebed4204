"""Everything the graph says about one thing, with graph, certainty, facts and source lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from styrgraf.governance.evidence import Key, Note, read_notes
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Solution, Term
from styrgraf.namespaces import DCTERMS, ELI, GRAPH_PATH, OA, RDF, SG, SKOS
from styrgraf.web.addresses import Addresses
from styrgraf.web.evidence import Evidence, show_evidence
from styrgraf.web.labels import load_labels
from styrgraf.web.passages import Passage, Passages
from styrgraf.web.solutions import list_iris_of, read_text
from styrgraf.web.terms import ShownTerm, show_iri, show_term

MOST_STATEMENTS = 500
"""Statements on a page."""
MOST_INCOMING = 200
"""Things shown that point here."""

_FIRST = (
    RDF + "type",
    SKOS + "prefLabel",
    DCTERMS + "title",
    SKOS + "altLabel",
    SKOS + "notation",
    DCTERMS + "description",
    ELI + "date_document",
)
"""Properties shown first, in this order; then ours, then others, by label."""

_CERTAINTIES = {
    "interpretation": "interpreted",
    "inferred": "inferred",
    "external": "external",
}
"""Certainty of what stands in a graph, where it is not simply what a document says."""

_BOOKKEEPING = (
    RDF + "subject",
    RDF + "predicate",
    RDF + "object",
    SG + "statedIn",
    SG + "concerns",
    OA + "hasSource",
)
"""Properties that point at a thing to say where something about it is said."""


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value, the graphs that state it, how certain it is, and why it is there."""

    value: ShownTerm
    graphs: tuple[ShownTerm, ...]
    certainty: str
    evidence: tuple[Evidence, ...]
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class PropertyGroup:
    """A property with its values."""

    name: ShownTerm
    values: tuple[StatedValue, ...]


@dataclass(frozen=True, slots=True)
class IncomingGroup:
    """A property by which other things point here."""

    name: ShownTerm
    things: tuple[ShownTerm, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """One page of what is said about a thing."""

    groups: tuple[PropertyGroup, ...]
    incoming: tuple[IncomingGroup, ...]
    incoming_cut: bool
    more: bool

    @property
    def kinds(self) -> tuple[ShownTerm, ...]:
        """Return the classes of the thing that the page states."""
        return tuple(
            stated.value
            for group in self.groups
            if group.name.name == RDF + "type"
            for stated in group.values
        )


def load_statements(
    reader: Reader, addresses: Addresses, passages: Passages, iri: str, page: int, language: str
) -> Statements:
    """Load the statements of page `page` (from 1) about the thing, and what points at it."""
    rows, more = _select_statements(reader, iri, page)
    notes = read_notes(reader, Iri(iri))
    incoming = _select_incoming(reader, iri)
    names = list_iris_of((*rows, *incoming), "predicate", "object", "graph", "subject")
    view = _View(
        addresses,
        load_labels(reader, names, language),
        passages.load(list_iris_of(rows, "object") | _list_locators(notes)),
        language,
    )
    return Statements(
        view.group_values(rows, {key[1:]: found for key, found in notes.items()}),
        view.group_incoming(incoming[:MOST_INCOMING]),
        len(incoming) > MOST_INCOMING,
        more,
    )


def _list_locators(notes: Mapping[Key, tuple[Note, ...]]) -> set[str]:
    return {each.value for found in notes.values() for note in found for each in note.locators}


def _write_page(iri: str, page: int) -> str:
    offset = (page - 1) * MOST_STATEMENTS
    return f"""{{
      SELECT DISTINCT ?subject ?predicate ?object WHERE {{
        VALUES ?subject {{ <{iri}> }} GRAPH ?graph {{ ?subject ?predicate ?object }}
      }} ORDER BY ?predicate ?object OFFSET {offset} LIMIT {MOST_STATEMENTS}
    }}"""


def _select_statements(reader: Reader, iri: str, page: int) -> tuple[tuple[Solution, ...], bool]:
    text = f"""
      SELECT ?predicate ?object ?graph WHERE {{
        {_write_page(iri, page)}
        GRAPH ?graph {{ ?subject ?predicate ?object }}
      }} ORDER BY ?predicate ?object ?graph"""
    rows = reader.select(text).rows
    shown = {(row["predicate"], row["object"]) for row in rows}
    return rows, len(shown) == MOST_STATEMENTS


def _select_incoming(reader: Reader, iri: str) -> tuple[Solution, ...]:
    bookkeeping = ", ".join(f"<{name}>" for name in _BOOKKEEPING)
    return reader.select(f"""
      SELECT DISTINCT ?predicate ?subject WHERE {{
        ?subject ?predicate <{iri}> FILTER (?predicate NOT IN ({bookkeeping}))
      }} ORDER BY ?predicate ?subject LIMIT {MOST_INCOMING + 1}""").rows


@dataclass(frozen=True, slots=True)
class _View:
    """What is needed to show terms of one page."""

    addresses: Addresses
    labels: Mapping[str, Literal]
    passages: Mapping[str, Passage]
    language: str

    def group_values(
        self, rows: Iterable[Solution], notes: Mapping[tuple[str, Term], tuple[Note, ...]]
    ) -> tuple[PropertyGroup, ...]:
        """Return the rows by property, each value once with all the graphs that state it.

        `notes` are those behind a property and a value.
        """
        graphs: dict[str, dict[Term, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            graphs[read_text(row, "predicate")][row["object"]].append(read_text(row, "graph"))
        groups = [
            PropertyGroup(
                self._show(name),
                tuple(
                    self._state(value, stated_in, notes.get((name, value), ()))
                    for value, stated_in in sorted(values.items(), key=self._order_value)
                ),
            )
            for name, values in graphs.items()
        ]
        return tuple(sorted(groups, key=_order_group))

    def group_incoming(self, rows: Iterable[Solution]) -> tuple[IncomingGroup, ...]:
        """Return the things that point here, by property."""
        things: dict[str, list[ShownTerm]] = defaultdict(list)
        for row in rows:
            thing = show_term(row["subject"], self.addresses, self.labels)
            things[read_text(row, "predicate")].append(thing)
        groups = [
            IncomingGroup(self._show(name), tuple(sorted(found, key=lambda term: term.text)))
            for name, found in things.items()
        ]
        return tuple(sorted(groups, key=lambda group: group.name.text))

    def _state(self, value: Term, graphs: list[str], notes: tuple[Note, ...]) -> StatedValue:
        evidence = show_evidence(notes, self.addresses, self.passages, self.language)
        return StatedValue(
            show_term(value, self.addresses, self.labels),
            tuple(self._show(graph) for graph in graphs),
            rate_certainty(graphs, evidence, self.addresses.base),
            evidence,
            self.passages.get(value.value) if isinstance(value, Iri) else None,
        )

    def _show(self, iri: str) -> ShownTerm:
        return show_iri(iri, self.addresses, self.labels)

    def _order_value(self, item: tuple[Term, list[str]]) -> tuple[bool, str]:
        value = item[0]
        foreign = isinstance(value, Literal) and value.language not in {"", self.language}
        label = self.labels.get(value.value)
        return foreign, label.value if label else value.value


def rate_certainty(graphs: Iterable[str], evidence: Iterable[Evidence], base: str) -> str:
    """Return how certain a statement is: what any document says outright is asserted.

    Empty where neither a graph nor a reading says anything about it.
    """
    names = [graph.removeprefix(base + GRAPH_PATH) for graph in graphs]
    if any(name.startswith("source/") for name in names):
        return "asserted"
    told = [found.certainty for found in evidence if found.certainty]
    if told:
        return told[0]
    return next((_CERTAINTIES[name] for name in names if name in _CERTAINTIES), "")


def _order_group(group: PropertyGroup) -> tuple[int, bool, str]:
    name = group.name.name
    rank = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return rank, not name.startswith(SG), group.name.text.lower()
