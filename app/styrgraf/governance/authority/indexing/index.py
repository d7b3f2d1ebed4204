"""The index of one version: all facts of authority in one immutable file that processes share.

A thing is a number: those below `delegation_count` are delegations, which are the rows; the
parties, matters and all others follow. Bytes for a delegation, measured on generated
organisations (`bench/authority_graphs.py`): see `compiling`.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from styrgraf.governance.authority.facts import PartyKind, Precision
from styrgraf.governance.authority.indexing.layout import IndexFile, Relation, Table, index_problem
from styrgraf.governance.authority.indexing.names import Names
from styrgraf.governance.authority.indexing.records import (
    CERTAINTIES,
    KIND,
    NEVER,
    UNSTATED,
    DefaultRow,
    Delegated,
    HoldingRow,
    Original,
    SubstitutionRow,
    unpack_flags,
)

__all__ = [
    "CERTAINTIES",
    "NEVER",
    "UNSTATED",
    "DefaultRow",
    "Delegated",
    "HoldingRow",
    "Index",
    "Original",
    "SubstitutionRow",
]

_MOST_CACHED = 10_000
"""So many sets of things above or below, and delegations, are kept; then each begins anew."""


class Index:
    """Reads an index; safe for threads."""

    def __init__(self, file: IndexFile) -> None:
        columns = file.columns
        self.columns = columns
        self.names = Names(file)
        self.delegation_count = len(columns["delegation.flags"])
        self._currencies = columns["currencies"].tobytes().decode().split("\n")
        self.traits = columns["party_traits"]
        self._without_matter = columns["without_matter"]
        self._recalls = Table(columns, "recalls", 3)
        self._originals = Table(columns, "originals", 8)
        self._orders = Table(columns, "orders", 4)
        self._defaults = Table(columns, "defaults", 8)
        self._holdings = Table(columns, "holdings", 7)
        self._substitutions = Table(columns, "substitutions", 7)
        self.relations = {
            name: Relation(columns, name)
            for name, end in (each.rsplit(".", 1) for each in columns if "." in each)
            if end == "offsets"
        }
        self._sets: dict[tuple[str, int], frozenset[int]] = {}
        self._delegations: dict[int, Delegated] = {}

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map an index file. Raises StoreUnusableError."""
        try:
            with path.open("rb") as file:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # an empty file cannot be mapped: ValueError
            raise index_problem(path, error) from error
        return cls(IndexFile(content, path))

    @classmethod
    def over(cls, content: bytes) -> Self:
        """Return the index that `compile_index` wrote. Raises StoreUnusableError."""
        return cls(IndexFile(content, ""))

    def __len__(self) -> int:
        """Return the number of things."""
        return len(self.names)

    def find(self, iri: str) -> int:
        """Return the number of a thing, -1 if there is none of that name."""
        return self.names.find(iri)

    def iri(self, thing: int) -> str:
        """Return the name of a thing."""
        return self.names.encoded(thing).decode()

    def delegation(self, row: int) -> Delegated:
        """Return a delegation."""
        found = self._delegations.get(row)
        if found is None:
            if len(self._delegations) >= _MOST_CACHED:
                self._delegations.clear()
            found = self._delegations[row] = self._read_delegation(row)
        return found

    def _read_delegation(self, row: int) -> Delegated:
        columns, relations = self.columns, self.relations
        flags = unpack_flags(columns["delegation.flags"][row])
        return Delegated(
            row=row,
            delegator=columns["delegation.delegator"][row],
            delegate=columns["delegation.delegate"][row],
            matters=tuple(relations["matters"].of(row)),
            start=columns["delegation.start"][row],
            end=columns["delegation.end"][row],
            precision=flags.precision,
            kinds=flags.kinds,
            standing=flags.standing,
            hundredths=columns["delegation.hundredths"][row],
            currency=self._currencies[flags.currency - 1] if flags.currency else "",
            excluded=bool(flags.excluded),
            unit=columns["delegation.unit"][row],
            conditional=bool(flags.conditional),
            exclusive=flags.exclusive,
            allowed=flags.allowed,
            recipients=tuple(relations["recipients"].of(row)),
            recipient_kinds=flags.recipient_kinds,
            sources=tuple(relations["sources"].of(row)),
            order=columns["delegation.order"][row],
            certainty=flags.certainty,
            recalls=tuple(self._recalls_of(row)),
        )

    def _recalls_of(self, row: int) -> Iterator[tuple[int, int]]:
        for place in self.relations["recalls_of"].of(row):
            _, day, recall = self._recalls[place]
            yield day, recall

    def ends(self, row: int) -> tuple[int, int]:
        """Return delegator and delegate of a delegation, without reading the rest of it."""
        columns = self.columns
        return columns["delegation.delegator"][row], columns["delegation.delegate"][row]

    def is_plainly_in_force(self, row: int, day: int) -> bool:
        """Return whether a delegation is in force by its own window, with nothing else to look at.

        That is: adopted, its window known to the day, under no order, never recalled.
        """
        columns = self.columns
        start, end = columns["delegation.start"][row], columns["delegation.end"][row]
        flags = unpack_flags(columns["delegation.flags"][row])
        return (
            UNSTATED < start <= day
            and (end == UNSTATED or day < end)
            and columns["delegation.order"][row] < 0
            and not (flags.precision or flags.standing)
            and not self.relations["recalls_of"].of(row)
        )

    def recall_days(self) -> Iterator[int]:
        """Yield each day on which a delegation is recalled."""
        return (self._recalls[place][1] for place in range(len(self._recalls)))

    def received(self, party: int) -> Sequence[int]:
        """Return the delegations whose stated delegate is exactly `party`."""
        return self.relations["received"].of(party)

    def given(self, party: int) -> Sequence[int]:
        """Return the delegations whose delegator is `party`."""
        return self.relations["given"].of(party)

    def of_matter(self, matter: int) -> Sequence[int]:
        """Return the delegations that state exactly `matter`."""
        return self.relations["of_matter"].of(matter)

    def without_matter(self) -> Sequence[int]:
        """Return the delegations that state no matter."""
        return self._without_matter

    def sub_delegations(self, row: int) -> Sequence[int]:
        """Return the delegations that state `row` as their source."""
        return self.relations["sub_delegations"].of(row)

    def matters_above(self, matter: int) -> frozenset[int]:
        """Return a matter and all that are broader."""
        return self._closure("broader_matters", matter)

    def matters_below(self, matter: int) -> frozenset[int]:
        """Return a matter and all that are narrower."""
        return self._closure("narrower_matters", matter)

    def units_above(self, unit: int) -> frozenset[int]:
        """Return a unit and all that it is part of."""
        return self._closure("units_above", unit)

    def broader_roles(self, role: int) -> frozenset[int]:
        """Return a role and all that are broader."""
        return self._closure("broader_roles", role)

    def narrower_roles(self, role: int) -> frozenset[int]:
        """Return a role and all that are narrower."""
        return self._closure("narrower_roles", role)

    def roles_of(self, post: int) -> frozenset[int]:
        """Return the roles that a post has, and all that are broader."""
        direct = self.relations["roles_of"].of(post)
        return frozenset().union(*map(self.broader_roles, direct))

    def received_as(self, party: int) -> tuple[int, ...]:
        """Return what a party receives delegations as: itself, and each of its roles."""
        return (party, *sorted(self.roles_of(party)))

    def posts_of(self, role: int) -> Sequence[int]:
        """Return the posts that have a role or a narrower one, in order."""
        posts = self.relations["posts_of"]
        return sorted({post for each in self.narrower_roles(role) for post in posts.of(each)})

    def party_kind(self, party: int) -> PartyKind:
        """Return what a party is."""
        return PartyKind(self.traits[party] & KIND)

    def originals(self) -> tuple[Original, ...]:
        """Return all original authorities."""
        return tuple(map(self._original, range(len(self._originals))))

    def originals_of(self, holder: int) -> tuple[Original, ...]:
        """Return the original authorities of exactly `holder`."""
        return tuple(map(self._original, self.relations["originals_of"].of(holder)))

    def _original(self, place: int) -> Original:
        thing, holder, residual, *rest = self._originals[place]
        matters = tuple(self.relations["original_matters"].of(place))
        return Original(thing, holder, matters, bool(residual), *rest)

    def order_window(self, order: int) -> tuple[int, int, int]:
        """Return start, end and precision; of an order that nothing is stated of, all unstated."""
        for place in self.relations["order_places"].of(order):
            _, start, end, precision = self._orders[place]
            return start, end, precision
        return UNSTATED, UNSTATED, Precision.DAY

    def defaults(self, order: int) -> tuple[DefaultRow, ...]:
        """Return the defaults of an order."""
        return tuple(
            DefaultRow(thing, *rest)
            for thing, _, *rest in map(
                self._defaults.__getitem__, self.relations["defaults_of"].of(order)
            )
        )

    def holdings(self, post: int) -> tuple[HoldingRow, ...]:
        """Return who holds a post, at any time."""
        return tuple(map(self._holding, self.relations["holdings_of_post"].of(post)))

    def holdings_of(self, person: int) -> tuple[HoldingRow, ...]:
        """Return which posts a person holds, at any time."""
        return tuple(map(self._holding, self.relations["holdings_of_person"].of(person)))

    def all_holdings(self) -> Iterator[HoldingRow]:
        """Yield who holds which post, at any time."""
        return map(self._holding, range(len(self._holdings)))

    def _holding(self, place: int) -> HoldingRow:
        row = HoldingRow._make(self._holdings[place])
        return row._replace(acting=bool(row.acting))

    def substitutions_for(self, post: int) -> tuple[SubstitutionRow, ...]:
        """Return the posts that step in for `post`, at any time."""
        return tuple(map(self._substitution, self.relations["substitutions_for"].of(post)))

    def substitutions_by(self, substitute: int) -> tuple[SubstitutionRow, ...]:
        """Return the posts that `substitute` steps in for, at any time."""
        return tuple(map(self._substitution, self.relations["substitutions_by"].of(substitute)))

    def _substitution(self, place: int) -> SubstitutionRow:
        row = SubstitutionRow._make(self._substitutions[place])
        return row._replace(by_law=bool(row.by_law))

    def _closure(self, relation: str, thing: int) -> frozenset[int]:
        key = (relation, thing)
        found = self._sets.get(key)
        if found is None:
            if len(self._sets) >= _MOST_CACHED:
                self._sets.clear()
            found = self._sets[key] = self._follow(self.relations[relation], thing)
        return found

    @staticmethod
    def _follow(relation: Relation, thing: int) -> frozenset[int]:
        reached, waiting = {thing}, [thing]
        while waiting:
            further = set(relation.of(waiting.pop())) - reached
            reached |= further
            waiting.extend(further)
        return frozenset(reached)
