"""Units, groups of units, and reorganisations.

No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
from styrgraf.model import Iri, Literal
from styrgraf.namespaces import DCTERMS, M8G, ORG, PROV, SG, SKOS, XSD

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
    period: Period
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


def describe_unit(thing: Thing, around: Surroundings, on: date | None = None) -> UnitRecord:
    """Return what is known of a unit or group of units, on a day where one is given."""
    classified = around.pointing_at(thing.iri, SG + "classifies")
    return UnitRecord(
        iri=thing.iri,
        is_group=SG + "UnitGroup" in thing.types,
        codes=thing.texts(SKOS + "notation"),
        expansions=thing.texts(SG + "expands"),
        count=thing.text_of(SG + "unitCount"),
        parents=thing.iris(*_PARENTS),
        belonged_to=describe_memberships(thing.iri, around, ORG + "member", on),
        classifications=tuple(
            Classification(each.iri, each.iris(SG + "classifiedAs"), describe_period(each))
            for each, _ in classified
            if describe_period(each).may_hold(on)
        ),
        tasks=describe_tasks(thing, around),
        period=describe_period(thing),
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
        day=find_day(thing),
        companions=tuple(
            Sourced(group.iri, stated.certainty, stated.sources) for group, stated in companions
        ),
        open_questions=thing.open_questions,
    )


def find_day(thing: Thing) -> SourcedText | None:
    """Return the day of a reorganisation, without the time of day."""
    stated = thing.text_of(DCTERMS + "date", PROV + "startedAtTime")
    if stated is None:
        return None
    day = Literal(stated.value.value[:10], XSD + "date")
    return Sourced(day, stated.certainty, stated.sources)
