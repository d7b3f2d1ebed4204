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

MOST_POSTS = 5
"""So many posts are named that receive as a role."""
_MOST_TRIED = 200
_BATCH = 300

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
SELECT DISTINCT ?party WHERE {
  VALUES ?party { $things }
  ?party ((^skos:broader)*/^org:role)?/(org:postIn|org:unitOf|org:subOrganizationOf) ?unit
}
"""


class Beside(NamedTuple):
    """What of an order bears on a thing, or may, and does not stand in its part.

    `broader` are delegations of `broader_matters`, `limited` those to others that hold only within
    the unit or one below; of `untold` it is not stated whom, what or which unit they are about.
    """

    broader: tuple[Iri, ...]
    broader_matters: tuple[Iri, ...]
    limited: tuple[Iri, ...]
    untold: int


class RolePosts(NamedTuple):
    """The posts in a part that have a role: the first of them, and how many there are."""

    first: tuple[Iri, ...]
    total: int


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
    posts: Mapping[Iri, RolePosts]
    other_day: date | None


def take_excerpt(reader: Reader, index: Index, on: date, in_force: InForce, about: Iri) -> Excerpt:
    """Return the part of an order that is about a thing; nothing is, of one that nobody names."""
    return _Taking(reader, index, about).take(on, in_force)


class _Taking:
    def __init__(self, reader: Reader, index: Index, about: Iri) -> None:
        self._reader = reader
        self._index = index
        self._about = about
        self._number = index.find(about.value)
        self._matters = index.matters_below(self._number) - {-1}
        self._parties = self._find_parties()
        self._receivers = index.broader_roles(self._number).union(
            *map(index.received_as, self._parties)
        ) - {-1}

    def take(self, on: date, in_force: InForce) -> Excerpt:
        sure, open_ = (tuple(filter(self._is_in, rows)) for rows in in_force)
        kind = self._find_kind()
        others = sorted({*in_force.sure, *in_force.open}.difference(sure, open_))
        return Excerpt(
            about=self._about,
            kind=kind,
            in_force=InForce(sure, open_),
            whole=sum(map(len, in_force)),
            beside=self._find_beside(others, kind),
            posts=dict(self._list_posts({*sure, *open_})),
            other_day=None if sure or open_ else self._find_other_day(on.toordinal()),
        )

    def _is_in(self, row: int) -> bool:
        delegated = self._index.delegation(row)
        return delegated.delegate in self._receivers or not self._matters.isdisjoint(
            delegated.matters
        )

    def _find_other_day(self, day: int) -> date | None:
        """Return the nearest first or last day of a delegation that is in force on it."""
        index = self._index
        received = chain.from_iterable(map(index.received, self._receivers))
        rows = {*received, *chain.from_iterable(map(index.of_matter, self._matters))}
        ends = [
            (abs(edge - day), edge, row)
            for row in rows
            for edge in (index.delegation(row).start, index.delegation(row).end - 1)
            if 0 < edge < NEVER - 1
        ]
        for _, edge, row in heapq.nsmallest(_MOST_TRIED, ends):
            if judge(tuple(check_time(index, index.delegation(row), edge))) is Verdict.YES:
                return date.fromordinal(edge)
        return None

    def _list_posts(self, rows: Iterable[int]) -> Iterator[tuple[Iri, RolePosts]]:
        receivers = {self._index.delegation(row).delegate for row in rows} - {-1, self._number}
        for receiver in receivers:
            if self._index.party_kind(receiver) is PartyKind.ROLE:
                posts = [post for post in self._index.posts_of(receiver) if post in self._parties]
                yield (
                    Iri(self._index.iri(receiver)),
                    RolePosts(self._name(posts[:MOST_POSTS]), len(posts)),
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

    def _find_beside(self, others: Sequence[int], kind: Arrangement) -> Beside:
        index, number = self._index, self._number
        above = index.matters_above(number) - {number}
        broader = [row for row in others if not above.isdisjoint(index.delegation(row).matters)]
        stated = {matter for row in broader for matter in index.delegation(row).matters}
        limited = [row for row in others if index.delegation(row).unit >= 0]
        return Beside(
            self._name(broader),
            self._name(sorted(above & stated)),
            self._name(each for each in limited if number in self._list_units(each)),
            self._count_untold(others, kind),
        )

    def _list_units(self, row: int) -> frozenset[int]:
        """Return the unit that a delegation is limited to, and all that it is part of."""
        return self._index.units_above(self._index.delegation(row).unit)

    def _count_untold(self, others: Sequence[int], kind: Arrangement) -> int:
        """Count the delegations that might be of the part, were more stated of them."""
        given = list(map(self._index.delegation, others))
        if kind is Arrangement.MATTER:
            return sum(not each.matters for each in given)
        if kind is Arrangement.POST:
            return sum(each.delegate < 0 for each in given)
        placed = self._list_placed({each.delegate for each in given} - {-1})
        return sum(each.delegate not in placed for each in given)

    def _list_placed(self, parties: Iterable[int]) -> set[int]:
        """Return the parties of which a unit is stated, or of a post that is one of them."""
        listed = self._name(sorted(parties))
        found = set()
        for start in range(0, len(listed), _BATCH):
            query = write_query(_PLACED, listed[start : start + _BATCH])
            rows = self._reader.select(query).rows
            found |= {self._index.find(row["party"].value) for row in rows}
        return found

    def _name(self, things: Iterable[int]) -> tuple[Iri, ...]:
        return tuple(Iri(self._index.iri(thing)) for thing in things)
