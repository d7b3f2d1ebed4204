"""How far chains reach: a scope narrowed by one more delegation, and which of two is wider.

No IO here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from styrgraf.governance.authority.indexing.combinations import (
    NO_LIMITS,
    NO_UNITS,
    Combinations,
    Kept,
)
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.layout import Section, write_table
from styrgraf.governance.authority.indexing.records import UNSTATED, Delegated

EVERYTHING = -1
"""The matter of a scope that no matter narrows."""

EVERY_KIND = 0b11


class Root(NamedTuple):
    """Where chains begin: the place of an original authority, and who gives by it.

    `giver` is UNSTATED where the holder decides itself, `original` where the first delegator is
    not stated. `residual`: by what no other reserves, not by a matter of its own.
    """

    original: int
    giver: int
    residual: bool


NO_ROOT = 0
"""The place of the root of chains whose first delegator is not stated."""


class Scope(NamedTuple):
    """The reach of chains: `root`, `units` and `limits` are places of what is kept once."""

    root: int
    matter: int
    kinds: int = EVERY_KIND
    units: int = NO_UNITS
    limits: int = NO_LIMITS
    conditional: bool = False


class Reach:
    """The scopes of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._roots = Kept(Root(UNSTATED, UNSTATED, residual=False))
        self._combinations = Combinations(index)
        broader = index.relations["broader_matters"]
        self._is_tree = all(len(broader.of(matter)) < 2 for matter in broader.list_keys())
        self._common: dict[tuple[int, int], tuple[int, ...]] = {}

    def begin(self, root: Root, matter: int) -> Scope:
        """Return the scope of a chain without delegations."""
        return Scope(self._roots.place(root), matter)

    def root(self, place: int) -> Root:
        """Return the root at a place."""
        return self._roots.items[place]

    def narrow(self, scope: Scope, delegated: Delegated) -> list[Scope]:
        """Return what is left of a scope after one more delegation."""
        root, matter, kinds, units, limits, conditional = scope
        kinds &= delegated.kinds
        if not kinds:
            return []
        if delegated.unit >= 0:
            units = self._combinations.add_unit(units, delegated.unit)
        if delegated.hundredths >= 0:
            limit = (delegated.currency, delegated.hundredths, delegated.excluded)
            limits = self._combinations.add_limit(limits, limit)
        conditional = conditional or delegated.conditional
        return [
            Scope(root, each, kinds, units, limits, conditional)
            for each in self._narrow_matter(matter, delegated.matters)
        ]

    def _narrow_matter(self, matter: int, stated: tuple[int, ...]) -> Iterable[int]:
        if not stated:
            return (matter,)
        if matter == EVERYTHING:
            return stated
        if len(stated) == 1:
            return self._meet(matter, stated[0])
        return {common for each in stated for common in self._meet(matter, each)}

    def _meet(self, one: int, other: int) -> tuple[int, ...]:
        """Return the broadest matters that are under both."""
        if one == other:
            return (one,)
        key = (one, other)
        if key not in self._common:
            self._common[key] = self._find_common(one, other)
        return self._common[key]

    def _find_common(self, one: int, other: int) -> tuple[int, ...]:
        above = self._index.matters_above
        if one in above(other):
            return (other,)
        if other in above(one):
            return (one,)
        if self._is_tree:
            return ()
        common = self._index.matters_below(one) & self._index.matters_below(other)
        # Matters above each other in a circle are one; the first of them stands for all.
        return tuple(
            sorted(
                each
                for each in common
                if not any(
                    wider != each and (each not in above(wider) or wider < each)
                    for wider in above(each) & common
                )
            )
        )

    def is_wider(self, one: Scope, other: Scope) -> bool:
        """Return whether `one` reaches all that `other` does, from the same root."""
        return (
            self._is_same_root(one.root, other.root)
            and one.kinds & other.kinds == other.kinds
            and one.conditional <= other.conditional
            and self._is_broader(one.matter, other.matter)
            and self._combinations.has_higher_limits(one.limits, other.limits)
            and self._combinations.has_wider_units(one.units, other.units)
        )

    def _is_same_root(self, one: int, other: int) -> bool:
        """Return whether the roots are one; by a matter of its own goes before residual."""
        if one == other:
            return True
        first, second = self._roots.items[one], self._roots.items[other]
        return first[:2] == second[:2] and first.residual <= second.residual

    def _is_broader(self, one: int, other: int) -> bool:
        if one in (EVERYTHING, other):
            return True
        return other != EVERYTHING and one in self._index.matters_above(other)

    def write(self) -> dict[str, Section]:
        """Return the sections of what is kept once."""
        return {"roots": write_table(self._roots.items), **self._combinations.write()}
