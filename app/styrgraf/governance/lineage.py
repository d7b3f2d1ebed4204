"""Lineage: what decisions set up, end, elaborate and grant, and what has taken whose place.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from styrgraf.governance.extract import list_subjects, read_things
from styrgraf.governance.statements import SourcedIri
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, ELI, SG

TIES = (
    SG + "elaborates",
    SG + "establishes",
    SG + "ends",
    SG + "grantedBy",
    SG + "legalBasis",
    SG + "recalls",
    SG + "continuesAs",
    DCTERMS + "replaces",
    ELI + "repeals",
)
"""Properties by which one thing has come of another, or has taken its place."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A statement that ties a thing to another."""

    start: Iri
    relation: Iri
    stated: SourcedIri

    @property
    def end(self) -> Iri:
        """Return the thing that it is tied to."""
        return self.stated.value


@dataclass(frozen=True, slots=True)
class Lineage:
    """The ties of some decisions; what among the tied is what; the decisions without a tie."""

    ties: tuple[Tie, ...]
    decisions: frozenset[Iri]
    delegations: frozenset[Iri]
    alone: tuple[Iri, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """A programme or assignment, and what it turns into."""

    iri: Iri
    continues_as: tuple[SourcedIri, ...]


_TIED = """
SELECT DISTINCT ?subject WHERE {
  { VALUES ?subject { $things } }
  UNION { VALUES ?decision { $things }
          ?subject sg:elaborates|sg:grantedBy|dct:replaces|eli:repeals ?decision }
  UNION { VALUES ?decision { $things } ?decision sg:establishes|sg:ends ?subject }
  UNION { VALUES ?decision { $things } ?decision sg:establishes|sg:ends ?made .
          ?subject sg:continuesAs|dct:replaces ?made }
  UNION { VALUES ?decision { $things } ?made sg:grantedBy ?decision .
          ?subject dct:replaces|eli:repeals|sg:recalls ?made }
} ORDER BY ?subject
"""

_SUCCESSIONS = """
SELECT DISTINCT ?subject WHERE { ?subject sg:continuesAs ?next } ORDER BY ?subject LIMIT 100
"""


def read_lineage(reader: Reader, decisions: Sequence[Iri]) -> Lineage:
    """Return what `decisions` have to do with one another and with what they set up or ended."""
    tied = list_subjects(reader, _TIED, decisions) if decisions else ()
    place = {iri: number for number, iri in enumerate(decisions)}
    things = read_things(reader, sorted(tied, key=lambda iri: place.get(iri, len(place))))
    ties = tuple(
        Tie(thing.iri, Iri(name), stated)
        for thing in things
        for name in TIES
        for stated in thing.iris(name)
    )
    touched = {iri for tie in ties for iri in (tie.start, tie.end)}
    return Lineage(
        ties,
        frozenset(decisions) | {each.iri for each in things if SG + "Decision" in each.types},
        frozenset(each.iri for each in things if SG + "DelegationOfAuthority" in each.types),
        tuple(iri for iri in decisions if iri not in touched),
    )


def read_successions(reader: Reader) -> tuple[Succession, ...]:
    """Return the programmes and assignments that turn into another."""
    return reader.keep("successions", lambda: _read_successions(reader))


def _read_successions(reader: Reader) -> tuple[Succession, ...]:
    things = read_things(reader, list_subjects(reader, _SUCCESSIONS))
    return tuple(Succession(thing.iri, thing.iris(SG + "continuesAs")) for thing in things)
