"""What is here, in one look: the first of each kind of thing, and how many there are.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.governance.decisions import DecisionRecord, describe_decision
from styrgraf.governance.delegations import Link, chain_delegations, describe_delegation
from styrgraf.governance.extract import read_things
from styrgraf.governance.plans import PlanRecord, describe_plan
from styrgraf.governance.query_text import write_query
from styrgraf.governance.statements import SourcedText, Thing
from styrgraf.governance.support_areas import AreaRecord, describe_area
from styrgraf.governance.surroundings import Surroundings
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import SG

KINDS = ("Decision", "DelegationOfAuthority", "SupportArea", "Plan", "SourceDocument")
COUNTED = (*KINDS, "Gap", "Fact", "Reading")


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A source document: its file and how many lines it has."""

    iri: Iri
    file_name: SourcedText | None
    line_count: SourcedText | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The first things of each kind; `counts` gives how many there are, by class name."""

    decisions: tuple[DecisionRecord, ...]
    chains: tuple[Link, ...]
    areas: tuple[AreaRecord, ...]
    plans: tuple[PlanRecord, ...]
    documents: tuple[DocumentRecord, ...]
    counts: Mapping[str, int]


_FIRST = """
SELECT ?kind ?subject WHERE {
  {
    SELECT ("Decision" AS ?kind) ?subject ?order WHERE {
      GRAPH ?graph { ?subject a sg:Decision ; eli:date_document ?order }
      FILTER(!STRENDS(STR(?graph), "/graph/external"))
    } ORDER BY ?order ?subject LIMIT 8
  } UNION {
    SELECT ("DelegationOfAuthority" AS ?kind) ?subject WHERE {
      GRAPH ?graph { ?subject a sg:DelegationOfAuthority }
      FILTER(!STRENDS(STR(?graph), "/graph/external"))
    } ORDER BY ?subject LIMIT 8
  } UNION {
    SELECT ("SupportArea" AS ?kind) ?subject WHERE { ?subject a sg:SupportArea }
    ORDER BY ?subject LIMIT 12
  } UNION {
    SELECT ("Around" AS ?kind) ?subject WHERE {
      { SELECT DISTINCT ?area WHERE { ?area a sg:SupportArea } ORDER BY ?area LIMIT 12 }
      ?subject sg:forArea ?area ; a sg:AreaResponsibility
    } ORDER BY ?subject LIMIT 100
  } UNION {
    SELECT DISTINCT ("Plan" AS ?kind) ?subject WHERE {
      ?subject a sg:Plan ; sg:hasFocusArea ?area
    } ORDER BY ?subject LIMIT 3
  } UNION {
    SELECT DISTINCT ("Around" AS ?kind) ?subject WHERE {
      { SELECT DISTINCT ?plan WHERE { ?plan a sg:Plan ; sg:hasFocusArea ?any }
        ORDER BY ?plan LIMIT 3 }
      { ?plan sg:hasFocusArea ?subject } UNION {
        ?plan sg:hasFocusArea/sg:hasExpectedResult ?subject
      } UNION { ?plan sg:hasFocusArea/^dct:isPartOf ?subject }
    } ORDER BY ?subject LIMIT 200
  } UNION {
    SELECT ("SourceDocument" AS ?kind) ?subject WHERE { ?subject a sg:SourceDocument }
    ORDER BY ?subject LIMIT 12
  }
} ORDER BY ?order ?subject
"""

_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?number) WHERE {
  VALUES ?class { $things }
  GRAPH ?graph { ?thing a ?class }
  FILTER(!STRENDS(STR(?graph), "/graph/external"))
} GROUP BY ?class
"""


def read_overview(reader: Reader) -> Overview:
    """Return the first of each kind of thing, and the counts."""
    first: defaultdict[str, list[Iri]] = defaultdict(list)
    for row in reader.select(write_query(_FIRST)).rows:
        if isinstance(subject := row["subject"], Iri):
            first[row["kind"].value].append(subject)
    subjects = tuple(dict.fromkeys(iri for iris in first.values() for iri in iris))
    around = Surroundings(read_things(reader, subjects))

    def shown(kind: str) -> list[Thing]:
        iris = dict.fromkeys(first[kind])
        return [around.things[iri] for iri in iris if iri in around.things]

    return Overview(
        tuple(map(describe_decision, shown("Decision"))),
        chain_delegations(map(describe_delegation, shown("DelegationOfAuthority"))),
        tuple(describe_area(each, around) for each in shown("SupportArea")),
        tuple(describe_plan(each, around) for each in shown("Plan")),
        tuple(map(_describe_document, shown("SourceDocument"))),
        _read_counts(reader),
    )


def _read_counts(reader: Reader) -> dict[str, int]:
    rows = reader.select(write_query(_COUNTS, [Iri(SG + name) for name in COUNTED])).rows
    found = {row["class"].value.removeprefix(SG): int(row["number"].value) for row in rows}
    return {name: found.get(name, 0) for name in COUNTED}


def _describe_document(thing: Thing) -> DocumentRecord:
    return DocumentRecord(
        thing.iri, thing.text_of(SG + "fileName"), thing.text_of(SG + "lineCount")
    )
