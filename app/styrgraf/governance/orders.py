"""Delegation orders over time: which are in force on a day, what ended and began, and who decides.

An order whose start no source states is neither in force nor not: that cannot be told. No HTTP; a
reader is passed in, and so is every day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from styrgraf.governance.delegations import DelegationRecord, describe_delegation
from styrgraf.governance.extract import list_subjects, read_things
from styrgraf.governance.presence import Presence, judge_presence, parse_iso, read_window
from styrgraf.governance.selecting import select_each
from styrgraf.governance.statements import OpenQuestion, Source, SourcedIri, SourcedText, Thing
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, ELI, SG

MOST_ORDERS = 300
MOST_DELEGATIONS = 10
"""So many delegations of an order are described; their number is always told."""


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """A version of an order, or another governing document; None and () where nothing is stated.

    `entries` are the rows of a change log that tell of it. `delegations` are some of those that
    stand in it; `delegation_count` is their number.
    """

    iri: Iri
    delegates: bool
    works: tuple[SourcedIri, ...]
    case_number: SourcedText | None
    valid_from: SourcedText | None
    valid_to: SourcedText | None
    precision: SourcedIri | None
    replaces: tuple[SourcedIri, ...]
    repeals: tuple[SourcedIri, ...]
    repealed_by: tuple[Iri, ...]
    entries: tuple[Iri, ...]
    provisions: tuple[Iri, ...]
    delegations: tuple[DelegationRecord, ...]
    delegation_count: int
    sources: tuple[Source, ...]
    thing: Thing

    def questions_about(self, *names: str) -> tuple[OpenQuestion, ...]:
        """Return the gaps about one of our properties `names`."""
        return self.thing.questions_about(*(SG + name for name in names))

    def presence(self, on: date) -> Presence:
        """Return whether it is in force on a day."""
        return judge_presence(read_window(self.valid_from, self.valid_to, self.precision), on)

    @property
    def edges(self) -> tuple[str, ...]:
        """Return the days on which it begins and ends, as they are stated."""
        return tuple(day.value.value for day in (self.valid_from, self.valid_to) if day)


@dataclass(frozen=True, slots=True)
class OrdersOnDay:
    """All orders as they stand on a day; `before` is the day before, if the calendar has one."""

    on: date
    before: date | None
    orders: tuple[OrderRecord, ...]

    def standing(self, presence: str, delegates: bool = True) -> tuple[OrderRecord, ...]:
        """Return the orders of one presence on the day; the other documents by themselves."""
        wanted = Presence(presence)
        return tuple(
            order
            for order in self.orders
            if order.delegates is delegates and order.presence(self.on) is wanted
        )

    @property
    def began(self) -> tuple[OrderRecord, ...]:
        """Return what is in force on the day and was not on the day before."""
        return self._turned_into(Presence.IN_FORCE)

    @property
    def ended(self) -> tuple[OrderRecord, ...]:
        """Return what has ended by the day and had not by the day before."""
        return self._turned_into(Presence.ENDED)

    def _turned_into(self, presence: Presence) -> tuple[OrderRecord, ...]:
        if self.before is None:
            return ()
        return tuple(
            order
            for order in self.orders
            if order.presence(self.on) is presence is not order.presence(self.before)
        )

    def successors_of(self, order: OrderRecord) -> tuple[Iri, ...]:
        """Return the versions of the same document that begin on the day on which it ends."""
        works = {each.value for each in order.works}
        return tuple(
            other.iri
            for other in self.orders
            if order.valid_to
            and other.valid_from
            and other.valid_from.value == order.valid_to.value
            and works & {each.value for each in other.works}
        )

    @property
    def turning_days(self) -> tuple[date, ...]:
        """Return the days on which any of them begins or ends, in order."""
        edges = {edge for order in self.orders for edge in order.edges}
        return tuple(sorted(day for edge in edges if (day := parse_iso(edge))))


_ORDERS = f"""
SELECT DISTINCT ?subject WHERE {{
  {{ ?subject a sg:DelegationOrder }}
  UNION {{ ?subject a eli:LegalResource ; sg:validFrom ?day }}
  UNION {{ ?subject a eli:LegalResource ; sg:validTo ?day }}
}} ORDER BY ?subject LIMIT {MOST_ORDERS}
"""

_AROUND = """
SELECT DISTINCT ?order ?relation ?other WHERE {
  { VALUES ?order { $things } ?other eli:repeals ?order BIND("repeal" AS ?relation) }
  UNION { VALUES ?order { $things } ?other schema:object|schema:result ?order ;
    a schema:UpdateAction BIND("entry" AS ?relation) }
  UNION { VALUES ?order { $things } ?other dct:isPartOf ?order ;
    a sg:Provision BIND("provision" AS ?relation) }
} ORDER BY ?order ?other
"""

_COUNTS = """
SELECT ?order (COUNT(DISTINCT ?delegation) AS ?number) WHERE {
  VALUES ?order { $things } ?delegation sg:underOrder ?order
} GROUP BY ?order
"""

_DELEGATIONS = f"""
SELECT DISTINCT ?order ?delegation WHERE {{
  VALUES ?order {{ $things }} ?delegation sg:underOrder ?order
}} ORDER BY ?order ?delegation LIMIT {MOST_ORDERS * MOST_DELEGATIONS}
"""


@dataclass(slots=True)
class _Around:
    """What leads to each order."""

    related: defaultdict[tuple[str, Iri], tuple[Iri, ...]] = field(
        default_factory=lambda: defaultdict(tuple)
    )
    delegations: defaultdict[Iri, list[DelegationRecord]] = field(
        default_factory=lambda: defaultdict(list)
    )
    counts: dict[Iri, int] = field(default_factory=dict)


def read_orders(reader: Reader, on: date) -> OrdersOnDay:
    """Return the orders as they stand on a day, the latest start first, those without one last."""
    subjects = list_subjects(reader, _ORDERS)
    around = _read_around(reader, subjects)
    things = read_things(reader, subjects, with_external=True)
    orders = sorted((_describe(thing, around) for thing in things), key=_start, reverse=True)
    before = on - timedelta(days=1) if on > date.min else None
    return OrdersOnDay(on, before, tuple(orders))


def _read_around(reader: Reader, orders: Sequence[Iri]) -> _Around:
    around = _Around()
    for row in select_each(reader, _AROUND, orders):
        key = row["relation"].value, Iri(row["order"].value)
        around.related[key] += (Iri(row["other"].value),)
    for row in select_each(reader, _COUNTS, orders):
        around.counts[Iri(row["order"].value)] = int(row["number"].value)
    shown = _choose_delegations(reader, orders)
    described = _describe_delegations(reader, [each for some in shown.values() for each in some])
    for order, delegations in shown.items():
        around.delegations[order] = [described[each] for each in delegations if each in described]
    return around


def _choose_delegations(reader: Reader, orders: Sequence[Iri]) -> Mapping[Iri, list[Iri]]:
    found: defaultdict[Iri, list[Iri]] = defaultdict(list)
    for row in select_each(reader, _DELEGATIONS, orders):
        chosen = found[Iri(row["order"].value)]
        if len(chosen) < MOST_DELEGATIONS:
            chosen.append(Iri(row["delegation"].value))
    return found


def _describe_delegations(
    reader: Reader, delegations: Iterable[Iri]
) -> Mapping[Iri, DelegationRecord]:
    things = read_things(reader, tuple(dict.fromkeys(delegations)), with_external=True)
    return {thing.iri: describe_delegation(thing) for thing in things}


def _describe(thing: Thing, around: _Around) -> OrderRecord:
    return OrderRecord(
        iri=thing.iri,
        delegates=SG + "DelegationOrder" in thing.types,
        works=thing.iris(DCTERMS + "isVersionOf"),
        case_number=thing.text_of(SG + "caseNumber"),
        valid_from=thing.text_of(SG + "validFrom"),
        valid_to=thing.text_of(SG + "validTo"),
        precision=thing.iri_of(SG + "datePrecision"),
        replaces=thing.iris(DCTERMS + "replaces"),
        repeals=thing.iris(ELI + "repeals"),
        repealed_by=around.related["repeal", thing.iri],
        entries=around.related["entry", thing.iri],
        provisions=around.related["provision", thing.iri],
        delegations=tuple(around.delegations[thing.iri]),
        delegation_count=around.counts.get(thing.iri, 0),
        sources=thing.sources,
        thing=thing,
    )


def _start(order: OrderRecord) -> str:
    return order.valid_from.value.value if order.valid_from else ""
