"""Plans as outlines: sections, focus areas, goals and numbered items, empty headings included.

No IO here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from styrgraf.governance.statements import (
    OpenQuestion,
    Sourced,
    SourcedIri,
    SourcedText,
    Thing,
)
from styrgraf.governance.surroundings import Period, Surroundings, describe_period
from styrgraf.model import Iri, Term
from styrgraf.namespaces import DCTERMS, SG

PLAN_CLASSES = (SG + "Plan",)
OUTLINE_CLASSES = (SG + "PlanSection", SG + "FocusArea", SG + "ExpectedResult")

_WITHIN = (SG + "subResultOf", DCTERMS + "isPartOf")
_LISTED = (SG + "hasExpectedResult", SG + "hasFocusArea", SG + "hasSection")


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A heading or numbered item of a plan, with what stands under it.

    `kind` is what it is read as (None for a heading); `labels` is what the plan prints over it;
    `stated` is the statement that places it.
    """

    iri: Iri
    stated: Sourced[Term]
    ordinal: SourcedText | None
    kind: SourcedIri | None
    labels: tuple[SourcedText, ...]
    goals: tuple[SourcedIri, ...]
    times: tuple[SourcedIri, ...]
    parts: tuple[OutlineItem, ...]
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan: its time, by name (`times`) or by days, goals and purposes, and its outline."""

    iri: Iri
    labels: tuple[SourcedText, ...]
    times: tuple[SourcedIri, ...]
    period: Period
    page_count: SourcedText | None
    goals: tuple[SourcedIri, ...]
    purposes: tuple[SourcedIri, ...]
    related: tuple[SourcedIri, ...]
    established_by: tuple[SourcedIri, ...]
    outline: tuple[OutlineItem, ...]
    open_questions: tuple[OpenQuestion, ...]


def describe_plan(thing: Thing, around: Surroundings) -> PlanRecord:
    """Return what is known of a plan."""
    return PlanRecord(
        iri=thing.iri,
        labels=thing.texts(SG + "sourceLabel"),
        times=thing.iris(DCTERMS + "temporal"),
        period=describe_period(thing),
        page_count=thing.text_of(SG + "pageCount"),
        goals=thing.iris(SG + "hasGoal"),
        purposes=thing.iris(SG + "hasPurpose"),
        related=thing.iris(DCTERMS + "relation"),
        established_by=around.subjects_of(thing.iri, SG + "establishes"),
        outline=_list_items(thing, around, ()),
        open_questions=thing.open_questions,
    )


def _list_items(
    thing: Thing, around: Surroundings, above: tuple[Iri, ...]
) -> tuple[OutlineItem, ...]:
    """Return what stands directly under a plan or item, by its number."""
    line = (*above, thing.iri)
    within = {part.iri: link for part, link in around.pointing_at(thing.iri, *_WITHIN)}
    listed = {
        link.value: link
        for link in thing.iris(*_LISTED)
        if not _find_nearer(link.value, thing.iri, around)
    }
    links = {**within, **listed}
    items = (
        _describe_item(around.things[iri], link, around, line)
        for iri, link in links.items()
        if iri in around.things and iri not in line
    )
    return tuple(sorted(items, key=_order))


def _find_nearer(iri: Iri, whole: Iri, around: Surroundings) -> bool:
    """Tell whether the item says that it is part of something else here than `whole`."""
    thing = around.things.get(iri)
    wholes = {each.value for each in thing.iris(*_WITHIN)} if thing else set()
    return bool((wholes - {whole}) & around.things.keys())


def _describe_item(
    thing: Thing, link: SourcedIri, around: Surroundings, above: tuple[Iri, ...]
) -> OutlineItem:
    ordinal = thing.text_of(SG + "ordinal")
    kinds = (each for each in thing.types_stated if each.value.value == SG + "ExpectedResult")
    return OutlineItem(
        iri=thing.iri,
        stated=ordinal or link,
        ordinal=ordinal,
        kind=next(kinds, None),
        labels=thing.texts(SG + "sourceLabel"),
        goals=thing.iris(SG + "hasGoal"),
        times=thing.iris(DCTERMS + "temporal"),
        parts=_list_items(thing, around, above),
        open_questions=thing.open_questions,
    )


def _order(item: OutlineItem) -> tuple[tuple[int, ...], str]:
    text = item.ordinal.value.value if item.ordinal else ""
    return tuple(int(number) for number in re.findall(r"\d+", text)), item.iri.value
