"""Purposes, goals, principles, initiatives and work items, and the plans that hold them.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.governance.extract import cut_list, list_by_class, list_subjects, read_things
from styrgraf.governance.plans import (
    OUTLINE_CLASSES,
    PLAN_CLASSES,
    PlanRecord,
    describe_plan,
)
from styrgraf.governance.spans import Span, describe_spans
from styrgraf.governance.statements import (
    OpenQuestion,
    Page,
    SourcedIri,
    SourcedText,
    Thing,
)
from styrgraf.governance.surroundings import Surroundings
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, SG, SKOS

PAGE_SIZE = 100

LISTS = {
    "plans": PLAN_CLASSES,
    "purposes": (SG + "Purpose",),
    "goals": (SG + "Goal",),
    "principles": (SG + "Principle",),
    "initiatives": (SG + "Initiative",),
    "actions": (SG + "ActionItem",),
}
"""The lists of the page, and the classes whose things stand in each."""

LASTING = ("plans", "initiatives", "actions")
"""The lists of what goes on for a time."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A purpose or goal: whose it is, and what it consists of."""

    iri: Iri
    labels: tuple[SourcedText, ...]
    description: tuple[SourcedText, ...]
    bearers: tuple[SourcedIri, ...]
    parts: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class PrincipleRecord:
    """A principle with the sub-statements under it; `stated` is what places it."""

    iri: Iri
    stated: SourcedIri | None
    parts: tuple[PrincipleRecord, ...]
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class InitiativeRecord:
    """A programme, assignment, pilot or development effort."""

    iri: Iri
    times: tuple[SourcedIri, ...]
    parallels: tuple[SourcedIri, ...]
    synchronisers: tuple[SourcedIri, ...]
    continues_as: tuple[SourcedIri, ...]
    established_by: tuple[SourcedIri, ...]
    purposes: tuple[SourcedIri, ...]
    actions: tuple[SourcedIri, ...]
    possibly_same: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """A piece of work: under what it stands, when, what for, and its parts."""

    iri: Iri
    owners: tuple[SourcedIri, ...]
    times: tuple[SourcedIri, ...]
    purposes: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class Aims:
    """One page of each list of goals and plans; principles are a forest."""

    plans: Page[PlanRecord]
    purposes: Page[Aim]
    goals: Page[Aim]
    principles: tuple[PrincipleRecord, ...]
    initiatives: Page[InitiativeRecord]
    actions: Page[ActionRecord]
    spans: tuple[Span, ...]
    """When the plans, initiatives and work on these pages last, where a day is stated."""
    untimed: int
    """How many of them have no stated day."""


_ABOUT = """
SELECT DISTINCT ?subject WHERE {
  VALUES ?about { $things }
  ?subject sg:hasPurpose|sg:hasGoal|sg:hasActionItem|sg:synchronisesWith|sg:establishes
           |sg:hasPrinciple|sg:parallelTo ?about
} ORDER BY ?subject
"""


def read_aims(
    reader: Reader, pages: Mapping[str, int], sizes: Mapping[str, int] | None = None
) -> Aims:
    """Return one page of each list; `pages` gives its number by the name of the list.

    With `sizes`, which gives the size of the page as well, lists that it does not name stay empty.
    """
    *found, outline = list_by_class(reader, *LISTS.values(), OUTLINE_CLASSES)
    lists = {
        name: cut_list(iris, pages.get(name, 1), sizes.get(name, 0) if sizes else PAGE_SIZE)
        for name, iris in zip(LISTS, found, strict=True)
    }
    subjects = tuple(dict.fromkeys(iri for page in lists.values() for iri in page.items))
    about = list_subjects(reader, _ABOUT, subjects)
    wanted = tuple(dict.fromkeys((*subjects, *about, *outline[: 5 * lists["plans"].size])))
    around = Surroundings(read_things(reader, wanted))

    def shown(name: str) -> list[Thing]:
        return [around.things[iri] for iri in lists[name].items if iri in around.things]

    lasting = [each for name in LASTING for each in shown(name)]
    spans = describe_spans(lasting, _read_periods(reader, lasting))
    purposes = shown("purposes")
    parts = {part.value for thing in purposes for part in thing.iris(DCTERMS + "hasPart")}
    return Aims(
        lists["plans"].with_items(describe_plan(each, around) for each in shown("plans")),
        lists["purposes"].with_items(
            _describe_aim(each, around, "hasPurpose") for each in purposes if each.iri not in parts
        ),
        lists["goals"].with_items(
            _describe_aim(each, around, "hasGoal") for each in shown("goals")
        ),
        _grow_principles(shown("principles"), around),
        lists["initiatives"].with_items(
            _describe_initiative(each, around) for each in shown("initiatives")
        ),
        lists["actions"].with_items(_describe_action(each, around) for each in shown("actions")),
        spans,
        len(lasting) - len(spans),
    )


def _read_periods(reader: Reader, things: list[Thing]) -> dict[Iri, Thing]:
    named = {each.value for thing in things for each in thing.iris(DCTERMS + "temporal")}
    return {thing.iri: thing for thing in read_things(reader, sorted(named))}


def _describe_aim(thing: Thing, around: Surroundings, link: str) -> Aim:
    return Aim(
        iri=thing.iri,
        labels=thing.texts(SG + "sourceLabel"),
        description=thing.texts(DCTERMS + "description"),
        bearers=around.subjects_of(thing.iri, SG + link),
        parts=thing.iris(DCTERMS + "hasPart"),
        open_questions=thing.open_questions,
    )


def _grow_principles(things: list[Thing], around: Surroundings) -> tuple[PrincipleRecord, ...]:
    """Return the principles as a forest: those without a broader one, with what is under them."""
    tops = [thing for thing in things if not thing.iris(SKOS + "broader")]
    return tuple(
        _describe_principle(
            thing,
            next(iter(around.subjects_of(thing.iri, SG + "hasPrinciple")), None),
            around,
            (),
        )
        for thing in tops
    )


def _describe_principle(
    thing: Thing, stated: SourcedIri | None, around: Surroundings, above: tuple[Iri, ...]
) -> PrincipleRecord:
    line = (*above, thing.iri)
    return PrincipleRecord(
        iri=thing.iri,
        stated=stated,
        parts=tuple(
            _describe_principle(part, link, around, line)
            for part, link in around.pointing_at(thing.iri, SKOS + "broader")
            if part.iri not in line
        ),
        open_questions=thing.open_questions,
    )


def _describe_initiative(thing: Thing, around: Surroundings) -> InitiativeRecord:
    parallels = (
        *thing.iris(SG + "parallelTo"),
        *around.subjects_of(thing.iri, SG + "parallelTo"),
    )
    return InitiativeRecord(
        iri=thing.iri,
        times=thing.iris(DCTERMS + "temporal"),
        parallels=parallels,
        synchronisers=around.subjects_of(thing.iri, SG + "synchronisesWith"),
        continues_as=thing.iris(SG + "continuesAs"),
        established_by=around.subjects_of(thing.iri, SG + "establishes"),
        purposes=thing.iris(SG + "hasPurpose"),
        actions=thing.iris(SG + "hasActionItem"),
        possibly_same=thing.iris(SG + "possiblySameAs"),
        open_questions=thing.open_questions,
    )


def _describe_action(thing: Thing, around: Surroundings) -> ActionRecord:
    return ActionRecord(
        iri=thing.iri,
        owners=around.subjects_of(thing.iri, SG + "hasActionItem"),
        times=thing.iris(DCTERMS + "temporal"),
        purposes=thing.iris(SG + "hasPurpose"),
        open_questions=thing.open_questions,
    )
