"""Decisions: when, by whom, under which number, and what one has to do with another.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.governance.extract import list_page, list_subjects, read_things
from styrgraf.governance.statements import (
    OpenQuestion,
    Page,
    Source,
    SourcedIri,
    SourcedText,
    Thing,
)
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, ELI, SG

PAGE_SIZE = 50

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


@dataclass(frozen=True, slots=True)
class Succession:
    """A programme or assignment, and what it turns into."""

    iri: Iri
    continues_as: tuple[SourcedIri, ...]


_DECISIONS = """
SELECT ?subject (MIN(?day) AS ?first) WHERE {
  GRAPH ?graph { ?subject a sg:Decision }
  FILTER(!STRENDS(STR(?graph), "/graph/external"))
  OPTIONAL { ?subject eli:date_document ?day }
} GROUP BY ?subject ORDER BY (!BOUND(?first)) ?first ?subject
"""

_SUCCESSIONS = """
SELECT DISTINCT ?subject WHERE { ?subject sg:continuesAs ?next } ORDER BY ?subject LIMIT 100
"""


def read_decisions(reader: Reader, page: int = 1) -> Page[DecisionRecord]:
    """Return one page of decisions: dated ones by date, then those without a date."""
    subjects = list_page(reader, _DECISIONS, page, PAGE_SIZE)
    return subjects.with_items(map(describe_decision, read_things(reader, subjects.items)))


def read_successions(reader: Reader) -> tuple[Succession, ...]:
    """Return the programmes and assignments that turn into another."""
    things = read_things(reader, list_subjects(reader, _SUCCESSIONS))
    return tuple(Succession(thing.iri, thing.iris(SG + "continuesAs")) for thing in things)


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
