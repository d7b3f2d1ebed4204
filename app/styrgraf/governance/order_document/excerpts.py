"""The part of a delegation order that is about one thing, and what beside it bears on that thing.

The part of a matter is what is delegated in it and in narrower ones. That of a post, body or role
is what it receives, as one of its roles too. That of a unit is what the unit, the posts and bodies
in it and in units below receive, as one of their roles too: whom a head answers for. Where a
delegation holds is not who receives it, so one that is only limited to a unit is told beside.
No IO but through the reader that is passed in.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import NEVER
from styrgraf.governance.authority.reasoning.checks import check_time, judge
from styrgraf.governance.authority.reasoning.in_force import InForce
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.order_document.sections import Arrangement
from styrgraf.governance.query_text import write_query
from styrgraf.governance.units import UNIT_CLASSES
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import FOAF, ORG, SG

MOST_NAMED = 5
"""So many posts that receive as a role are named, and so many of what stands beside."""
_MOST_TRIED = 200

_SIGNS = """
SELECT DISTINCT ?sign WHERE {
  VALUES ?thing { $things }
  { ?thing a ?sign }
  UNION {
    VALUES ?sign { sg:delegatesMatter org:postIn org:unitOf org:subOrganizationOf }
    ?other ?sign ?thing
  }
}
"""
_SIGNS_OF = (
    (Arrangement.MATTER, {SG + "MatterType", SG + "delegatesMatter"}),
    (Arrangement.POST, {ORG + "Post", SG + "Body", ORG + "Role", FOAF + "Person"}),
    (
        Arrangement.UNIT,
        {*UNIT_CLASSES, ORG + "postIn", ORG + "unitOf", ORG + "subOrganizationOf"},
    ),
)
"""By what is stated of a thing, or with it, of which arrangement it is a section."""

_INSIDE = """
SELECT DISTINCT ?party WHERE {
  VALUES ?unit { $things }
  ?party (org:postIn|org:unitOf|org:subOrganizationOf)/(org:unitOf|org:subOrganizationOf)* ?unit
}
"""
_PLACED = """
SELECT DISTINCT ?party WHERE { ?party org:postIn|org:unitOf|org:subOrganizationOf ?unit }
"""


class Some(NamedTuple):
    """The first of some things, and how many there are."""

    first: tuple[Iri, ...]
    total: int


class Beside(NamedTuple):
    """What of an order bears on a thing, or may, and does not stand in its part.

    `broader` counts the delegations of `broader_matters`; `limited` are those to others that hold
    only within the unit or one below; `untold` counts those of which matter, receiver or unit is
    not stated.
    """

    broader: int
    broader_matters: tuple[Iri, ...]
    limited: Some
    untold: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of an order that is about a thing: its delegations, of `whole` in the order.

    The thing is a section where the order is arranged by `kind`. `posts` are those that receive
    here, by each role to which something is delegated. `other_day` is one on which some
    delegation of an empty part is in force.
    """

    about: Iri
    kind: Arrangement
    in_force: InForce
    whole: int
    beside: Beside
    posts: Mapping[Iri, Some]
    other_day: date | None


def take_excerpt(reader: Reader, index: Index, on: date, in_force: InForce, about: Iri) -> Excerpt:
    """Return the part of an order that is about a thing; nothing is, of one that nobody names."""
    return _Taking(reader, index, about).take(on, in_force)


class _Taking:
    """Reads columns and relations rather than whole delegations: there may be very many."""

    def __init__(self, reader: Reader, index: Index, about: Iri) -> None:
        self._reader = reader
        self._index = index
        self._about = about
        self._number = index.find(about.value)
        self._parties = self._find_parties()
        receivers = index.broader_roles(self._number).union(*map(index.received_as, self._parties))
        received = chain.from_iterable(map(index.received, receivers))
        self._rows = frozenset(received) | self._list_rows(index.matters_below(self._number))

    def take(self, on: date, in_force: InForce) -> Excerpt:
        sure, open_ = (tuple(row for row in rows if row in self._rows) for rows in in_force)
        kind = self._find_kind()
        others = frozenset(chain.from_iterable(in_force)) - self._rows
        return Excerpt(
            about=self._about,
            kind=kind,
            in_force=InForce(sure, open_),
            whole=sum(map(len, in_force)),
            beside=self._find_beside(others, kind),
            posts=dict(self._list_posts((*sure, *open_))),
            other_day=None if sure or open_ else self._find_other_day(on.toordinal()),
        )

    def _find_parties(self) -> frozenset[int]:
        rows = self._reader.select(write_query(_INSIDE, [self._about])).rows
        found = {self._index.find(row["party"].value) for row in rows}
        return frozenset(found | {self._number}) - {-1}

    def _find_kind(self) -> Arrangement:
        rows = self._reader.select(write_query(_SIGNS, [self._about])).rows
        signs = {row["sign"].value for row in rows}
        fitting = (kind for kind, known in _SIGNS_OF if signs & known)
        return next(fitting, Arrangement.POST)

    def _list_rows(self, matters: Iterable[int]) -> frozenset[int]:
        return frozenset(chain.from_iterable(map(self._index.of_matter, matters)))

    def _list_posts(self, rows: Iterable[int]) -> Iterator[tuple[Iri, Some]]:
        receivers = {self._index.ends(row)[1] for row in rows} - {-1, self._number}
        for receiver in receivers:
            if self._index.party_kind(receiver) is PartyKind.ROLE:
                posts = [post for post in self._index.posts_of(receiver) if post in self._parties]
                yield Iri(self._index.iri(receiver)), self._name_some(posts)

    def _find_other_day(self, day: int) -> date | None:
        """Return the nearest first or last day of a delegation that is in force on it."""
        given = map(self._index.delegation, self._rows)
        ends = [
            (abs(edge - day), edge, each.row)
            for each in given
            for edge in (each.start, each.end - 1)
            if 0 < edge < NEVER - 1
        ]
        for _, edge, row in heapq.nsmallest(_MOST_TRIED, ends):
            found = check_time(self._index, self._index.delegation(row), edge)
            if judge(tuple(found)) is Verdict.YES:
                return date.fromordinal(edge)
        return None

    def _find_beside(self, others: frozenset[int], kind: Arrangement) -> Beside:
        above = self._index.matters_above(self._number) - {self._number}
        return Beside(
            len(self._list_rows(above) & others),
            self._name(sorted(each for each in above if self._list_rows([each]) & others)),
            self._name_some(list(self._list_limited(others))),
            self._count_untold(others, kind),
        )

    def _list_limited(self, others: frozenset[int]) -> Iterator[int]:
        """Yield the delegations that hold only within the thing, or what is part of it."""
        units = self._index.columns["delegation.unit"]
        for row in sorted(others):
            if units[row] >= 0 and self._number in self._index.units_above(units[row]):
                yield row

    def _count_untold(self, others: frozenset[int], kind: Arrangement) -> int:
        """Count the delegations that might be of the part, were more stated of them."""
        if kind is Arrangement.MATTER:
            return len(others.intersection(self._index.without_matter()))
        receivers = [self._index.ends(row)[1] for row in others]
        if kind is Arrangement.POST:
            return receivers.count(-1)
        placed = self._reader.keep("parties of units", self._read_placed)
        untold = {each for each in set(receivers) if not self._is_in(placed, each)}
        return sum(each in untold for each in receivers)

    def _is_in(self, placed: frozenset[int], receiver: int) -> bool:
        """Return whether a receiver is among `placed`, or a post that has it as a role."""
        return receiver in placed or not placed.isdisjoint(self._index.posts_of(receiver))

    def _read_placed(self) -> frozenset[int]:
        rows = self._reader.select(write_query(_PLACED)).rows
        return frozenset(self._index.find(row["party"].value) for row in rows) - {-1}

    def _name_some(self, things: Sequence[int]) -> Some:
        return Some(self._name(things[:MOST_NAMED]), len(things))

    def _name(self, things: Iterable[int]) -> tuple[Iri, ...]:
        return tuple(Iri(self._index.iri(thing)) for thing in things)
