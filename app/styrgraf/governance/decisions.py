"""Decisions: when, by whom, under which number, and which of them are asked for.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from styrgraf.governance.extract import read_things
from styrgraf.governance.query_text import write_query
from styrgraf.governance.statements import (
    OpenQuestion,
    Source,
    SourcedIri,
    SourcedText,
    Thing,
)
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, ELI, SG

_RELATIONS = (
    Iri(SG + "elaborates"),
    Iri(SG + "establishes"),
    Iri(SG + "ends"),
    Iri(SG + "assignsTaskTo"),
    Iri(SG + "hasPurpose"),
    Iri(SG + "hasActionItem"),
    Iri(DCTERMS + "subject"),
    Iri(DCTERMS + "relation"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a thing has to do with others by one property."""

    property: Iri
    objects: tuple[SourcedIri, ...]


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision as it is recorded; None and () where nothing is stated."""

    iri: Iri
    title: SourcedText | None
    date: SourcedText | None
    deciders: tuple[SourcedIri, ...]
    written_number: SourcedText | None
    case_number: SourcedText | None
    document_number: SourcedText | None
    status: SourcedIri | None
    recurrence_month: SourcedText | None
    source_labels: tuple[SourcedText, ...]
    relations: tuple[Relation, ...]
    sources: tuple[Source, ...]
    open_questions: tuple[OpenQuestion, ...]

    @property
    def year(self) -> str:
        """Return the year of its date, empty without one."""
        return self.date.value.value[:4] if self.date else ""

    @property
    def passages(self) -> tuple[Source, ...]:
        """Return where something of it is said, each passage once."""
        told = (self.date, self.title, self.written_number, self.document_number, self.status)
        stated = (*(each for each in told if each), *self.deciders)
        found = (*self.sources, *(source for each in stated for source in each.sources))
        return tuple({source.locator: source for source in found}.values())


class Facet(StrEnum):
    """What decisions are told apart by."""

    DECIDER = "decider"
    YEAR = "year"
    KIND = "kind"
    CASE = "case"
    STATUS = "status"


class Kind(StrEnum):
    """What a decision does, as far as it is stated; one decision may do several of these."""

    ESTABLISHES = "establishes"
    ENDS = "ends"
    DELEGATES = "delegates"
    ORDERS = "orders"
    RECALLS = "recalls"
    ASSIGNS = "assigns"
    ELABORATES = "elaborates"
    SETTLES = "settles"


NOT_STATED = "not-stated"
"""Value of a facet for the decisions that state nothing of it."""

Chosen = Mapping[Facet, str]


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A decision with its values by facet; `numbers` are its case numbers in small letters."""

    iri: Iri
    day: str
    values: Mapping[Facet, frozenset[str]]
    numbers: frozenset[str] = frozenset()

    def matches(self, chosen: Chosen) -> bool:
        """Tell whether it has all values that are chosen."""
        return all(self._has(facet, value) for facet, value in chosen.items())

    def _has(self, facet: Facet, value: str) -> bool:
        held = self.values.get(facet, frozenset())
        if facet is Facet.CASE and value.lower() in self.numbers:
            return True
        return value in held if held else value == NOT_STATED


_KINDS = {
    SG + "establishes": Kind.ESTABLISHES,
    SG + "ends": Kind.ENDS,
    SG + "assignsTaskTo": Kind.ASSIGNS,
    SG + "hasActionItem": Kind.ASSIGNS,
    SG + "elaborates": Kind.ELABORATES,
    SG + "decidesMatter": Kind.SETTLES,
    SG + "DelegationOfAuthority": Kind.DELEGATES,
    SG + "DelegationOrder": Kind.ORDERS,
    SG + "Recall": Kind.RECALLS,
}
"""By what the decision states, or by the class of what is granted by it."""
_DAY, _NUMBER, _WRITTEN = ELI + "date_document", SG + "caseNumber", SG + "caseNumberAsWritten"
_FACETS = {SG + "decidedBy": Facet.DECIDER, SG + "status": Facet.STATUS, _NUMBER: Facet.CASE}

_READ = (*_FACETS, *(name for name in _KINDS if name[len(SG)].islower()), _DAY, _WRITTEN)

# VALUES in place of IN would have each property looked up by itself: twice the time.
_LISTED = f"""
SELECT DISTINCT ?subject ?property ?value WHERE {{
  GRAPH ?typed {{ ?subject a sg:Decision }}
  FILTER(!STRENDS(STR(?typed), "/graph/external"))
  GRAPH ?graph {{ ?subject ?property ?value }}
  FILTER(?property IN (rdf:type, {", ".join(f"<{name}>" for name in _READ)}))
  FILTER(!STRENDS(STR(?graph), "/graph/external"))
}}
"""

_GRANTED = """
SELECT DISTINCT ?subject ?class WHERE {
  VALUES ?class { $things }
  GRAPH ?graph { ?granted sg:grantedBy ?subject }
  FILTER(!STRENDS(STR(?graph), "/graph/external"))
  ?granted a ?class
}
"""


def list_decisions(reader: Reader) -> tuple[ListedDecision, ...]:
    """Return all decisions: dated ones by date, then those without a date."""
    return reader.keep("decisions", lambda: _list_all(reader))


def _list_all(reader: Reader) -> tuple[ListedDecision, ...]:
    found: defaultdict[Iri, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in reader.select(write_query(_LISTED)).rows:
        if isinstance(subject := row["subject"], Iri):
            found[subject][row["property"].value].add(row["value"].value)
    classes = [Iri(name) for name in _KINDS if name[len(SG)].isupper()]
    for row in reader.select(write_query(_GRANTED, classes)).rows:
        if isinstance(subject := row["subject"], Iri) and subject in found:
            found[subject][row["class"].value].add("")
    listed = (_list(iri, stated) for iri, stated in found.items())
    return tuple(sorted(listed, key=lambda each: (not each.day, each.day, each.iri.value)))


def _list(iri: Iri, stated: Mapping[str, set[str]]) -> ListedDecision:
    day = min(stated.get(_DAY, ()), default="")
    values = {facet: frozenset(stated.get(name, ())) for name, facet in _FACETS.items()}
    written = frozenset(stated.get(_WRITTEN, ()))
    values[Facet.CASE] = values[Facet.CASE] or written
    values[Facet.YEAR] = frozenset({day[:4]} if day else ())
    values[Facet.KIND] = frozenset(kind for name, kind in _KINDS.items() if name in stated)
    numbers = frozenset(each.lower() for each in values[Facet.CASE] | written)
    return ListedDecision(iri, day, values, numbers)


def count_values(decisions: Iterable[ListedDecision], facet: Facet, chosen: Chosen) -> Counter[str]:
    """Return how many decisions have each value of a facet, among those the others leave."""
    others = {name: value for name, value in chosen.items() if name is not facet}
    nothing = frozenset({NOT_STATED})
    return Counter(
        value
        for decision in decisions
        if not others or decision.matches(others)
        for value in decision.values[facet] or nothing
    )


def read_decisions(reader: Reader, subjects: Sequence[Iri]) -> Iterator[DecisionRecord]:
    """Return what is known of decisions, in their order."""
    return map(describe_decision, read_things(reader, subjects))


def describe_decision(thing: Thing) -> DecisionRecord:
    """Return what is known of a decision."""
    return DecisionRecord(
        iri=thing.iri,
        title=thing.text_of(DCTERMS + "title"),
        date=thing.text_of(ELI + "date_document"),
        deciders=thing.iris(SG + "decidedBy"),
        written_number=thing.text_of(SG + "caseNumberAsWritten"),
        case_number=thing.text_of(SG + "caseNumber"),
        document_number=thing.text_of(SG + "documentNumber"),
        status=thing.iri_of(SG + "status"),
        recurrence_month=thing.text_of(SG + "recurrenceMonth"),
        source_labels=thing.texts(SG + "sourceLabel"),
        relations=describe_relations(thing, _RELATIONS),
        sources=thing.sources,
        open_questions=thing.open_questions,
    )


def describe_relations(thing: Thing, properties: tuple[Iri, ...]) -> tuple[Relation, ...]:
    """Return what `thing` points at, by property, leaving out properties that say nothing."""
    return tuple(
        Relation(each, objects) for each in properties if (objects := thing.iris(each.value))
    )
