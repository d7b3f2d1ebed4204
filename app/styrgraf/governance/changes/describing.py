"""Changes with all that is told of them: values, what differs, by which decision, where it says so.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from styrgraf.governance.changes.kinds import (
    BEGINNING,
    BODIES,
    DECISIONS,
    ENDING,
    GRANTING,
    KINDS,
    RELATED,
)
from styrgraf.governance.changes.turns import Change, Edge, Sort, Turn
from styrgraf.governance.extract import list_subjects, read_things
from styrgraf.governance.presence import number_text
from styrgraf.governance.statements import Source, Sourced, SourcedIri, SourcedText, Thing
from styrgraf.governance.succession import Successor, find_successors
from styrgraf.governance.surroundings import Surroundings
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Term
from styrgraf.namespaces import DCTERMS, ELI, PROV, SG

_STARTS = (SG + "validFrom", ELI + "date_document", DCTERMS + "date", PROV + "startedAtTime")
_NUMBERS = (SG + "caseNumber", SG + "caseNumberAsWritten")

_BATCH = 200
"""So many changes are read at a time."""

_CAUSES = """
SELECT DISTINCT ?subject WHERE {
  { VALUES ?thing { $things } ?subject @causing ?thing }
  UNION { VALUES ?thing { $things } ?thing sg:underOrder ?order . ?subject eli:repeals ?order }
  UNION { VALUES ?thing { $things } ?thing @granting ?subject }
} ORDER BY ?subject
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What is stated of a thing by one property."""

    property: Iri
    values: tuple[Sourced[Term], ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """By what something began or ended; `property` is the one that says so.

    `numbers` are its case numbers.
    """

    property: Iri
    stated: SourcedIri
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A thing that began or ended: its span, what is told of it, by what, and where."""

    iri: Iri
    start: Edge | None
    end: Edge | None
    stated_start: SourcedText | None
    stated_end: SourcedText | None
    told: tuple[Told, ...]
    causes: tuple[Cause, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class DescribedChange:
    """A change; `before` went, `after` came; `differing` are the properties that differ.

    `replaced`: that one took the place of the other is stated. `successors` follow a body.
    """

    kind: str
    sort: Sort
    before: Side | None
    after: Side | None
    differing: tuple[Iri, ...]
    replaced: bool
    successors: tuple[Successor, ...] = ()

    @property
    def sides(self) -> tuple[Side, ...]:
        """Return its sides, each thing once."""
        both = tuple(side for side in (self.before, self.after) if side)
        return both[:1] if self.sort is Sort.PASSED else both

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Return by what it changed, each decision, order or provision once."""
        found = {(each.stated.value, each.property): each for s in self.sides for each in s.causes}
        return tuple(found.values())

    @property
    def is_only_related(self) -> bool:
        """Return whether nothing is stated to have made it, and a decision is named with it."""
        return bool(self.causes) and all(each.property.value in RELATED for each in self.causes)


def describe_changes(reader: Reader, changes: Sequence[Change]) -> tuple[DescribedChange, ...]:
    """Return the changes with all that is told of them; many are read in parts."""
    parts = (changes[start : start + _BATCH] for start in range(0, len(changes), _BATCH))
    return tuple(each for part in parts for each in _describe_some(reader, part))


def _describe_some(reader: Reader, changes: Sequence[Change]) -> tuple[DescribedChange, ...]:
    things = [turn.dated.iri for change in changes for turn in change.turns]
    around = Surroundings(_read_around(reader, list(dict.fromkeys(things))))
    successors = find_successors(
        reader,
        (
            turn.dated.iri
            for change in changes
            for turn in change.turns
            if change.kind == BODIES and turn.ended
        ),
    )
    return tuple(_describe(change, around, successors) for change in changes)


def _read_around(reader: Reader, things: Sequence[Iri]) -> Iterable[Thing]:
    if not things:
        return ()
    names = (*BEGINNING, *ENDING, SG + "recalls", *RELATED)
    causing = "|".join(f"<{name}>" for name in names)
    granting = "|".join(f"<{name}>" for name in GRANTING)
    text = _CAUSES.replace("@causing", causing).replace("@granting", granting)
    causes = list_subjects(reader, text, things)
    return read_things(reader, tuple(dict.fromkeys((*things, *causes))), with_external=True)


def _describe(
    change: Change, around: Surroundings, successors: Mapping[Iri, tuple[Successor, ...]]
) -> DescribedChange:
    before = _describe_side(change.before, around) if change.before else None
    after = _describe_side(change.after, around) if change.after else None
    return DescribedChange(
        kind=change.kind,
        sort=change.sort,
        before=before,
        after=after,
        differing=_compare(before, after) if change.sort is Sort.CHANGED else (),
        replaced=change.stated,
        successors=successors.get(before.iri, ()) if before else (),
    )


def _compare(before: Side | None, after: Side | None) -> tuple[Iri, ...]:
    """Return the properties whose values differ, in the order in which they are told."""
    values = [
        {
            told.property: {each.value for each in told.values}
            for told in (side.told if side else ())
        }
        for side in (before, after)
    ]
    names = dict.fromkeys(name for side in values for name in side)
    return tuple(name for name in names if values[0].get(name) != values[1].get(name))


def _describe_side(turn: Turn, around: Surroundings) -> Side:
    iri, span = turn.dated.iri, turn.dated.span
    thing = around.things.get(iri, Thing(iri))
    kind = KINDS[turn.dated.kind]
    told = (Told(Iri(name), thing.statements.get(name, ())) for name in kind.told)
    return Side(
        iri=iri,
        start=span.start,
        end=span.end,
        stated_start=_keep_stated(thing.text_of(*_STARTS), span.start),
        stated_end=_keep_stated(thing.text_of(SG + "validTo"), span.end),
        told=tuple(each for each in told if each.values),
        causes=tuple(_list_causes(turn, thing, around)) or tuple(_list_related(turn, around)),
        sources=_list_sources(thing, kind.told),
    )


def _keep_stated(stated: SourcedText | None, edge: Edge | None) -> SourcedText | None:
    """Return a statement if it is the one that an edge comes from, and not an order or a recall."""
    return stated if edge and number_text(stated) == edge.first else None


def _list_sources(thing: Thing, told: Iterable[str]) -> tuple[Source, ...]:
    """Return the lines that say what is told of a thing or when it holds, each passage once."""
    names = (*told, *_STARTS, SG + "validTo")
    stated = (each for name in names for each in thing.statements.get(name, ()))
    sources = (*thing.sources, *(source for each in stated for source in each.sources))
    return tuple({source.locator: source for source in sources}.values())


def _list_causes(turn: Turn, thing: Thing, around: Surroundings) -> Iterator[Cause]:
    if turn.began:
        for name in GRANTING:
            for stated in thing.iris(name):
                yield _make_cause(name, stated, around)
        yield from _list_causing(thing.iri, BEGINNING, around)
    if turn.ended:
        yield from _list_causing(thing.iri, ENDING, around)
        yield from _list_ending_with(turn, thing, around)


def _list_ending_with(turn: Turn, thing: Thing, around: Surroundings) -> Iterator[Cause]:
    """Yield the recall, or what repealed the order, if a delegation ended on just that day."""
    end = turn.dated.span.end
    for recall, stated in around.pointing_at(thing.iri, SG + "recalls"):
        if _keep_stated(recall.text_of(SG + "validFrom"), end):
            said = Sourced(recall.iri, stated.certainty, stated.sources)
            yield _make_cause(SG + "recalls", said, around)
    for order in thing.iris(SG + "underOrder"):
        whole = around.things.get(order.value, Thing(order.value))
        if _keep_stated(whole.text_of(SG + "validTo"), end):
            yield from _list_causing(order.value, ENDING, around)


def _list_related(turn: Turn, around: Surroundings) -> Iterator[Cause]:
    """Yield the decisions that are said to have to do with a thing; a decision is its own cause."""
    if turn.dated.kind != DECISIONS:
        yield from _list_causing(turn.dated.iri, RELATED, around)


def _list_causing(iri: Iri, names: Iterable[str], around: Surroundings) -> Iterator[Cause]:
    for name in names:
        for stated in around.subjects_of(iri, name):
            if name not in RELATED or _is_decision(stated.value, around):
                yield _make_cause(name, stated, around)


def _is_decision(iri: Iri, around: Surroundings) -> bool:
    return SG + "Decision" in around.things[iri].types


def _make_cause(name: str, stated: SourcedIri, around: Surroundings) -> Cause:
    thing = around.things.get(stated.value, Thing(stated.value))
    numbers = dict.fromkeys(text.value.value for text in thing.texts(*_NUMBERS))
    return Cause(Iri(name), stated, tuple(numbers))
