"""Bodies: who sits in them, what they are to do, what set them up and what ended them.

No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from styrgraf.governance.statements import OpenQuestion, SourcedIri, SourcedText, Thing
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
from styrgraf.namespaces import DCTERMS, ORG, SG

BODY_CLASSES = (SG + "Body",)


@dataclass(frozen=True, slots=True)
class Event:
    """A decision that sets up or ends a body."""

    decision: Iri
    property: Iri
    stated: SourcedIri


@dataclass(frozen=True, slots=True)
class BodyRecord:
    """A body: composition, tasks, what set it up and what ended it."""

    iri: Iri
    written: tuple[SourcedText, ...]
    chairs: tuple[SourcedIri, ...]
    members: tuple[SourcedIri, ...]
    seats: SourcedText | None
    seats_per: SourcedIri | None
    closed_list: SourcedText | None
    memberships: tuple[MembershipRecord, ...]
    tasks: tuple[Task, ...]
    matters: tuple[SourcedIri, ...]
    advises: tuple[SourcedIri, ...]
    parts_of: tuple[SourcedIri, ...]
    events: tuple[Event, ...]
    period: Period
    possibly_same: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]

    @property
    def has_ended(self) -> bool:
        """Return whether a decision has ended it, or an end is stated."""
        ended = any(event.property.value == SG + "ends" for event in self.events)
        return ended or self.period.valid_to is not None


def describe_body(thing: Thing, around: Surroundings, on: date | None = None) -> BodyRecord:
    """Return what is known of a body, on a day where one is given."""
    events = [
        Event(decision.iri, Iri(SG + name), stated)
        for name in ("establishes", "ends")
        for decision, stated in around.pointing_at(thing.iri, SG + name)
    ]
    return BodyRecord(
        iri=thing.iri,
        written=thing.texts(SG + "asWritten"),
        chairs=thing.iris(SG + "chairedBy"),
        members=thing.iris(SG + "memberCategory"),
        seats=thing.text_of(SG + "seatsPerUnit"),
        seats_per=thing.iri_of(SG + "seatsPerUnitOf"),
        closed_list=thing.text_of(SG + "compositionComplete"),
        memberships=describe_memberships(thing.iri, around, ORG + "organization", on),
        tasks=describe_tasks(thing, around),
        matters=thing.iris(SG + "handlesMatter"),
        advises=thing.iris(SG + "advises"),
        parts_of=thing.iris(DCTERMS + "isPartOf"),
        events=tuple(events),
        period=describe_period(thing),
        possibly_same=thing.iris(SG + "possiblySameAs"),
        open_questions=thing.open_questions,
    )
