"""Units, groups of units, and reorganisations.

No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.governance.statements import OpenQuestion, Sourced, SourcedIri, SourcedText, Thing
from styrgraf.governance.surroundings import (
    MembershipRecord,
    Period,
    Surroundings,
    Task,
    describe_memberships,
    describe_period,
    describe_tasks,
)
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, M8G, ORG, PROV, SG, SKOS

UNIT_CLASSES = (
    M8G + "PublicOrganisation",
    ORG + "FormalOrganization",
    ORG + "OrganizationalUnit",
    SG + "UnitGroup",
    ORG + "Organization",
)
CHANGE_CLASSES = (ORG + "ChangeEvent",)

_PARENTS = (
    ORG + "subOrganizationOf",
    DCTERMS + "isPartOf",
    ORG + "unitOf",
    SG + "unitsOf",
)
"""From the nearest whole to the farthest."""


@dataclass(frozen=True, slots=True)
class Classification:
    """What a unit is classified as, and when."""

    iri: Iri
    kinds: tuple[SourcedIri, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit, or a group of units that a document speaks of together."""

    iri: Iri
    is_group: bool
    codes: tuple[SourcedText, ...]
    expansions: tuple[SourcedText, ...]
    count: SourcedText | None
    parents: tuple[SourcedIri, ...]
    belonged_to: tuple[MembershipRecord, ...]
    classifications: tuple[Classification, ...]
    tasks: tuple[Task, ...]
    possibly_same: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A reorganisation: what was before, what came of it, who comes along."""

    iri: Iri
    originals: tuple[SourcedIri, ...]
    results: tuple[SourcedIri, ...]
    times: tuple[SourcedIri, ...]
    day: SourcedText | None
    companions: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]


def describe_unit(thing: Thing, around: Surroundings) -> UnitRecord:
    """Return what is known of a unit or group of units."""
    classified = around.pointing_at(thing.iri, SG + "classifies")
    return UnitRecord(
        iri=thing.iri,
        is_group=SG + "UnitGroup" in thing.types,
        codes=thing.texts(SKOS + "notation"),
        expansions=thing.texts(SG + "expands"),
        count=thing.text_of(SG + "unitCount"),
        parents=thing.iris(*_PARENTS),
        belonged_to=describe_memberships(thing.iri, around, ORG + "member"),
        classifications=tuple(
            Classification(each.iri, each.iris(SG + "classifiedAs"), describe_period(each))
            for each, _ in classified
        ),
        tasks=describe_tasks(thing, around),
        possibly_same=thing.iris(SG + "possiblySameAs"),
        open_questions=thing.open_questions,
    )


def describe_change(thing: Thing, around: Surroundings) -> ChangeRecord:
    """Return what is known of a reorganisation."""
    companions = around.pointing_at(thing.iri, SG + "comesAlongIn")
    return ChangeRecord(
        iri=thing.iri,
        originals=thing.iris(ORG + "originalOrganization"),
        results=thing.iris(ORG + "resultingOrganization"),
        times=thing.iris(DCTERMS + "temporal"),
        day=thing.text_of(DCTERMS + "date", PROV + "startedAtTime"),
        companions=tuple(
            Sourced(group.iri, stated.certainty, stated.sources) for group, stated in companions
        ),
        open_questions=thing.open_questions,
    )
