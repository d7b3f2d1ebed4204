"""The lists of goals and plans for spreadsheets; what stands in plans as a list of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.goals import (
    ActionRecord,
    Aim,
    Aims,
    InitiativeRecord,
    PrincipleRecord,
)
from styrgraf.governance.plans import OutlineItem, PlanRecord
from styrgraf.governance.statements import SourcedIri, SourcedText
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.cells import join_names, join_texts, list_days, read_stated, tell_names
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame, gather_frame
from styrgraf.web.sheets import Layout, Table, lay_out

OUTLINE = "outline"


def tabulate_aims(aims: Aims, name: str) -> Table:
    """Return one of the lists as a table."""
    frame = gather_frame({"aims": aims})
    if name == "principles":
        principles = tuple(_walk_principles(aims.principles, None))
        return lay_out(LAYOUTS[name], name, principles, frame, total=len(principles))
    if name == OUTLINE:
        placed = [each for plan in aims.plans.items for each in _walk_outline(plan)]
        return lay_out(LAYOUTS[name], name, placed, frame, total=len(placed))
    page = getattr(aims, name)
    # Where a plan says something, not where all that stands in it does.
    items = [replace(each, outline=()) for each in page.items] if name == "plans" else page.items
    total = page.total if page.last_number > 1 else len(items)
    return lay_out(LAYOUTS[name], name, items, frame, total=total)


@dataclass(frozen=True, slots=True)
class _PlacedPrinciple:
    """A principle, and the one that it stands under."""

    iri: Iri
    above: Iri | None
    stated: SourcedIri | None


@dataclass(frozen=True, slots=True)
class _PlacedItem:
    """A heading or item of a plan, what it stands under, how deep, and what is printed below."""

    iri: Iri
    plan: Iri
    above: Iri | None
    depth: int
    item: OutlineItem
    printed: tuple[SourcedText, ...]


def _walk_principles(
    principles: Iterable[PrincipleRecord], above: Iri | None
) -> Iterator[_PlacedPrinciple]:
    for each in principles:
        yield _PlacedPrinciple(each.iri, above, each.stated)
        yield from _walk_principles(each.parts, each.iri)


def _walk_outline(plan: PlanRecord) -> Iterator[_PlacedItem]:
    def walk(items: Iterable[OutlineItem], above: Iri | None, depth: int) -> Iterator[_PlacedItem]:
        for each in items:
            printed = each.parts[0].labels if each.parts else ()
            item = replace(each, parts=())
            yield _PlacedItem(each.iri, plan.iri, above, depth, item, printed)
            yield from walk(each.parts, each.iri, depth + 1)

    return walk(plan.outline, None, 1)


def _make_aim(aim: Aim, frame: Frame) -> Row:
    return (
        frame.label(aim.iri),
        join_texts(aim.description),
        tell_names(aim.bearers, frame),
        join_names(aim.parts, frame),
    )


def _make_principle(placed: _PlacedPrinciple, frame: Frame) -> Row:
    return (
        frame.label(placed.iri),
        frame.label(placed.above) if placed.above else None,
        frame.label(placed.stated.value) if placed.stated else None,
    )


def _make_initiative(initiative: InitiativeRecord, frame: Frame) -> Row:
    return (
        frame.label(initiative.iri),
        tell_names(initiative.times, frame),
        tell_names(initiative.established_by, frame),
        join_names(initiative.continues_as, frame),
        join_names(initiative.parallels, frame),
        join_names(initiative.synchronisers, frame),
        join_names(initiative.purposes, frame),
        join_names(initiative.actions, frame),
    )


def _make_action(action: ActionRecord, frame: Frame) -> Row:
    return (
        frame.label(action.iri),
        tell_names(action.owners, frame),
        tell_names(action.times, frame),
        join_names(action.purposes, frame),
    )


def _tell_time(plan: PlanRecord, frame: Frame) -> str:
    """Return the period that a plan names, else its first and last day."""
    days = list_days(plan.period)
    if plan.times or not any(days):
        return tell_names(plan.times, frame)
    return " – ".join(str(day or "") for day in days).strip()


def _make_plan(plan: PlanRecord, frame: Frame) -> Row:
    return (
        frame.label(plan.iri),
        join_texts(plan.labels),
        _tell_time(plan, frame),
        tell_names(plan.established_by, frame),
        read_stated(plan.page_count),
        join_names(plan.goals, frame),
        join_names(plan.purposes, frame),
        join_names(plan.related, frame),
    )


def _make_item(placed: _PlacedItem, frame: Frame) -> Row:
    item = placed.item
    return (
        frame.label(placed.plan),
        placed.depth,
        item.ordinal.value.value if item.ordinal else None,
        frame.label(placed.iri),
        frame.label(placed.above) if placed.above else None,
        frame.label(item.kind.value) if item.kind else gettext("heading"),
        join_names(item.goals, frame),
        join_names(item.times, frame),
        join_texts(placed.printed),
    )


LAYOUTS: Mapping[str, Layout] = {
    "purposes": Layout(
        N_("Purposes"),
        (N_("Purpose"), N_("Description"), N_("Purpose of"), N_("Parts")),
        _make_aim,
    ),
    "goals": Layout(
        N_("Goals"), (N_("Goal"), N_("Description"), N_("Goal of"), N_("Parts")), _make_aim
    ),
    "principles": Layout(
        N_("Principles"), (N_("Principle"), N_("Stands under"), N_("For")), _make_principle
    ),
    "initiatives": Layout(
        N_("Initiatives"),
        (
            *(N_("Initiative"), N_("When"), N_("Set up by"), N_("Turns into")),
            *(N_("In parallel with"), N_("Kept in step by"), N_("Purposes"), N_("Work")),
        ),
        _make_initiative,
    ),
    "actions": Layout(
        N_("Work"),
        (N_("Work item"), N_("Stands under"), N_("When"), N_("Purposes")),
        _make_action,
    ),
    "plans": Layout(
        N_("Plans"),
        (
            *(N_("Plan"), N_("Calls itself"), N_("Period"), N_("Adopted by"), N_("Pages")),
            *(N_("Goals"), N_("Purposes"), N_("Has to do with")),
        ),
        _make_plan,
    ),
    OUTLINE: Layout(
        N_("What stands in the plans"),
        (
            *(N_("Plan"), N_("Level"), N_("Ordinal"), N_("Heading or item"), N_("Stands under")),
            *(N_("Kind"), N_("Goals"), N_("When"), N_("Printed over the items")),
        ),
        _make_item,
    ),
}
"""The lists by their names, as `table=` gives them."""
