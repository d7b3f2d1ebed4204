"""What other things say about a thing, among the things that were read.

No IO here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from styrgraf.governance.presence import Presence, judge_presence, read_window
from styrgraf.governance.statements import Sourced, SourcedIri, SourcedText, Thing
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, ORG, SG


class Surroundings:
    """Things by IRI, and by what they point at."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things = {thing.iri: thing for thing in things}
        self._by_object: defaultdict[tuple[str, Iri], list[tuple[Thing, SourcedIri]]]
        self._by_object = defaultdict(list)
        for thing in self.things.values():
            for name in thing.statements:
                for stated in thing.iris(name):
                    self._by_object[name, stated.value].append((thing, stated))

    def pointing_at(self, iri: Iri, *properties: str) -> list[tuple[Thing, SourcedIri]]:
        """Return the things that point at `iri` by `properties`, with the statement that does."""
        return [pair for name in properties for pair in self._by_object.get((name, iri), ())]

    def subjects_of(self, iri: Iri, *properties: str) -> tuple[SourcedIri, ...]:
        """Return what points at `iri` by `properties`, each with the proof of its statement."""
        return tuple(
            Sourced(thing.iri, link.certainty, link.sources)
            for thing, link in self.pointing_at(iri, *properties)
        )


@dataclass(frozen=True, slots=True)
class Period:
    """From when (inclusive) and until when (exclusive); None where nothing is stated."""

    valid_from: SourcedText | None
    valid_to: SourcedText | None
    precision: SourcedIri | None = None

    @property
    def is_stated(self) -> bool:
        """Return whether any of it is stated."""
        return self.valid_from is not None or self.valid_to is not None

    def presence(self, on: date) -> Presence:
        """Return whether it holds on a day."""
        return judge_presence(read_window(self.valid_from, self.valid_to, self.precision), on)

    def may_hold(self, on: date | None) -> bool:
        """Return whether it holds on a day or that cannot be told; without a day all does."""
        if on is None:
            return True
        return self.presence(on) in (Presence.IN_FORCE, Presence.NOT_TOLD)


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """A member of a body or unit: as what, for whom, when."""

    iri: Iri
    members: tuple[SourcedIri, ...]
    organizations: tuple[SourcedIri, ...]
    roles: tuple[SourcedIri, ...]
    represents: tuple[SourcedIri, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Task:
    """A task with its kinds and the tasks that are part of it."""

    iri: Iri
    given: SourcedIri
    kinds: tuple[SourcedIri, ...]
    purposes: tuple[SourcedIri, ...]
    parts: tuple[Task, ...]


def describe_period(thing: Thing) -> Period:
    """Return from when and until when the thing holds."""
    return Period(
        thing.text_of(SG + "validFrom"),
        thing.text_of(SG + "validTo"),
        thing.iri_of(SG + "datePrecision"),
    )


def describe_memberships(
    iri: Iri, around: Surroundings, link: str, on: date | None = None
) -> tuple[MembershipRecord, ...]:
    """Return the memberships that point at `iri` by `link` (org:member, org:organization).

    With a day, those that hold on it, or of which that cannot be told.
    """
    return tuple(
        MembershipRecord(
            iri=each.iri,
            members=each.iris(ORG + "member"),
            organizations=each.iris(ORG + "organization"),
            roles=each.iris(ORG + "role"),
            represents=each.iris(SG + "represents"),
            period=describe_period(each),
        )
        for each, _ in around.pointing_at(iri, link)
        if describe_period(each).may_hold(on)
    )


def describe_tasks(thing: Thing, around: Surroundings) -> tuple[Task, ...]:
    """Return the tasks of a unit, body or post; a task that is part of another stands under it."""
    given = {each.value: each for each in thing.iris(SG + "hasTask")}
    tasks = [_describe_task(each, around, given, ()) for each in given.values()]
    within = {part.iri for task in tasks for part in task.parts}
    return tuple(task for task in tasks if task.iri not in within)


def _describe_task(
    stated: SourcedIri,
    around: Surroundings,
    given: dict[Iri, SourcedIri],
    above: tuple[Iri, ...],
) -> Task:
    iri = stated.value
    thing = around.things.get(iri) or Thing(iri)
    line = (*above, iri)
    parts = (
        given.get(part.iri) or Sourced(part.iri, link.certainty, link.sources)
        for part, link in around.pointing_at(iri, DCTERMS + "isPartOf")
        if part.iri not in line and SG + "Task" in part.types
    )
    return Task(
        iri=iri,
        given=stated,
        kinds=thing.iris(SG + "taskKind"),
        purposes=thing.iris(SG + "hasPurpose"),
        parts=tuple(_describe_task(part, around, given, line) for part in parts),
    )
