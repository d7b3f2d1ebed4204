"""The delegation order of a day, arranged: what stands in it, and in which order.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.reasoning.in_force import InForce, list_in_force
from styrgraf.governance.labels import load_labels
from styrgraf.governance.order_document.excerpts import Excerpt, take_excerpt
from styrgraf.governance.order_document.sections import (
    Arrangement,
    Part,
    Section,
    Wholes,
    arrange_parties,
    cut_out,
    grow_tree,
    number_sections,
    order_name,
)
from styrgraf.governance.selecting import select_each
from styrgraf.graph.keeping import keep_each
from styrgraf.graph.store import Reader
from styrgraf.model import Iri

_MOST_KEPT = 20_000

_UNITS = """
SELECT DISTINCT ?party ?unit WHERE {
  VALUES ?party { $things } ?party org:postIn|org:unitOf|org:subOrganizationOf ?unit
} ORDER BY ?party ?unit
"""


@dataclass(frozen=True, slots=True)
class OrderDocument:
    """The sections of a document, all pages of it; `sure` and `open` count its delegations.

    `names` are what the things in it are called, in the language that it is ordered by; `excerpt`
    tells what it is about, where that is not all.
    """

    on: date
    arrangement: Arrangement
    sections: tuple[Section, ...]
    sure: int
    open: int
    names: Mapping[Iri, str]
    excerpt: Excerpt | None = None

    @property
    def total(self) -> int:
        """Return the number of delegations in it."""
        return self.sure + self.open


def arrange_document(
    reader: Reader,
    index: Index,
    on: date,
    arrangement: Arrangement,
    language: str,
    about: Iri | None = None,
) -> OrderDocument:
    """Return the document of a day, or the part of it that is about a thing.

    What is perhaps in force stands in its last section.
    """
    in_force = list_in_force(index, on)
    excerpt = take_excerpt(reader, index, on, in_force, about) if about else None
    return _Arranging(reader, index, language, excerpt).arrange(
        on, arrangement, excerpt.in_force if excerpt else in_force
    )


class _Arranging:
    def __init__(
        self, reader: Reader, index: Index, language: str, excerpt: Excerpt | None
    ) -> None:
        self._reader = reader
        self._index = index
        self._language = language
        self._excerpt = excerpt
        self._names: dict[Iri, str] = {}
        self._iris: dict[int, Iri] = {}

    def arrange(self, on: date, arrangement: Arrangement, rows: InForce) -> OrderDocument:
        given = [self._index.delegation(row) for row in (*rows.sure, *rows.open)]
        self._load_names({thing for each in given for thing in (each.delegate, each.delegator)})
        by_thing, by_part = self._group(arrangement, rows.sure)
        if rows.open:
            by_part[Part.OPEN] = list(rows.open)
        sections = [*self._grow(arrangement, by_thing)]
        sections += [
            Section(part, 1, rows=tuple(by_part[part])) for part in Part if part in by_part
        ]
        return OrderDocument(
            on,
            arrangement,
            number_sections(sections, self._order_row),
            len(rows.sure),
            len(rows.open),
            self._names,
            self._excerpt,
        )

    def _group(
        self, arrangement: Arrangement, rows: Sequence[int]
    ) -> tuple[dict[Iri, list[int]], dict[Part, list[int]]]:
        """Return the delegations by what their sections are about, and those without it."""
        places = self._find_units(rows) if arrangement is Arrangement.UNIT else {}
        by_thing: defaultdict[Iri, list[int]] = defaultdict(list)
        by_part: defaultdict[Part, list[int]] = defaultdict(list)
        for row in rows:
            things = self._list_things(arrangement, row, places)
            for thing in things:
                by_thing[thing].append(row)
            if not things:
                by_part[self._choose_part(arrangement, row)].append(row)
        return dict(by_thing), dict(by_part)

    def _choose_part(self, arrangement: Arrangement, row: int) -> Part:
        """Return where a delegation stands that is about nothing; a role is of no unit."""
        receiver = self._index.delegation(row).delegate
        is_role = receiver >= 0 and self._index.party_kind(receiver) is PartyKind.ROLE
        return Part.ROLES if arrangement is Arrangement.UNIT and is_role else Part.NOT_STATED

    def _list_things(
        self, arrangement: Arrangement, row: int, places: Mapping[Iri, Sequence[Iri]]
    ) -> Sequence[Iri]:
        delegated = self._index.delegation(row)
        if arrangement is Arrangement.MATTER:
            return [self._name(matter) for matter in delegated.matters]
        if delegated.delegate < 0:
            return []
        receiver = self._name(delegated.delegate)
        return [receiver] if arrangement is Arrangement.POST else places.get(receiver, ())

    def _grow(
        self, arrangement: Arrangement, rows: Mapping[Iri, Sequence[int]]
    ) -> tuple[Section, ...]:
        if arrangement is Arrangement.POST:
            return arrange_parties(rows, self._find_kind, self._names)
        relation = "broader_matters" if arrangement is Arrangement.MATTER else "units_above"
        wholes: Wholes = self._climb(relation, rows)
        if self._excerpt and self._excerpt.about in wholes:
            rows, wholes = cut_out(rows, wholes, self._excerpt.about)
        self._load_names(self._index.find(thing.value) for thing in wholes)
        self._names |= self._read_names(thing for thing in wholes if thing not in self._names)
        return grow_tree(rows, lambda thing: wholes[thing], self._names)

    def _climb(self, relation: str, things: Iterable[Iri]) -> dict[Iri, tuple[Iri, ...]]:
        """Return each thing and all above it, each with those right above it."""
        found: dict[Iri, tuple[Iri, ...]] = {}
        waiting = list(things)
        while waiting:
            thing = waiting.pop()
            if thing not in found:
                number = self._index.find(thing.value)
                above = self._index.relations[relation].of(number) if number >= 0 else ()
                found[thing] = tuple(map(self._name, above))
                waiting.extend(found[thing])
        return found

    def _find_units(self, rows: Sequence[int]) -> Mapping[Iri, Sequence[Iri]]:
        """Return the units of those that receive, as far as they are stated."""
        receivers = {self._index.delegation(row).delegate for row in rows} - {-1}
        parties = sorted(map(self._name, receivers))
        return keep_each(self._reader, "units of parties", parties, self._read_units, _MOST_KEPT)

    def _read_units(self, parties: Sequence[Iri]) -> Mapping[Iri, Sequence[Iri]]:
        found: defaultdict[Iri, list[Iri]] = defaultdict(list)
        for row in select_each(self._reader, _UNITS, parties):
            if isinstance(row["unit"], Iri):
                found[Iri(row["party"].value)].append(row["unit"])
        return found

    def _find_kind(self, party: Iri) -> PartyKind:
        return self._index.party_kind(self._index.find(party.value))

    def _order_row(self, row: int) -> tuple[str, ...]:
        delegated = self._index.delegation(row)
        parties = (delegated.delegate, delegated.delegator)
        names = (self._names.get(self._name(each), "") if each >= 0 else "" for each in parties)
        return (*map(order_name, names), self._index.iri(row))

    def _name(self, thing: int) -> Iri:
        if thing not in self._iris:
            self._iris[thing] = Iri(self._index.iri(thing))
        return self._iris[thing]

    def _load_names(self, things: Iterable[int]) -> None:
        self._names |= self._read_names({self._name(thing) for thing in things if thing >= 0})

    def _read_names(self, things: Iterable[Iri]) -> dict[Iri, str]:
        wanted = {thing.value for thing in things if thing not in self._names}
        labels = load_labels(self._reader, wanted, self._language)
        return {Iri(iri): label.value for iri, label in labels.items()}
