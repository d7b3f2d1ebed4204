"""Combinations of units, and of limits, that chains have: each kept once, at a place. No IO here.

Most chains have none or one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sized
from itertools import accumulate
from typing import Generic, TypeVar

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.layout import Section

NO_UNITS = 0
NO_LIMITS = 0

Limit = tuple[str, int, bool]
"""Currency, hundredths, and whether the amount itself is excluded."""

Limits = tuple[Limit, ...]
"""The lowest limit in each currency."""


Item = TypeVar("Item")


class Kept(Generic[Item]):
    """Items by the place at which each is kept once; the first is the empty one."""

    def __init__(self, empty: Item) -> None:
        self.items = [empty]
        self._places = {empty: 0}

    def place(self, item: Item) -> int:
        """Return the place of an item, kept from now on."""
        found = self._places.setdefault(item, len(self.items))
        if found == len(self.items):
            self.items.append(item)
        return found


class Combinations:
    """The combinations of units, and of limits, that chains have."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._units = Kept[tuple[int, ...]](())
        self._limits = Kept[Limits](())
        self._more_units: dict[tuple[int, int], int] = {}
        self._more_limits: dict[tuple[int, Limit], int] = {}

    def add_unit(self, place: int, unit: int) -> int:
        """Return the place of a combination with one more unit, without those above another."""
        key = (place, unit)
        if key not in self._more_units:
            every = {*self._units.items[place], unit}
            above = self._list_above(every, strictly=True)
            # Units above each other in a circle would all be left out.
            self._more_units[key] = self._units.place(tuple(sorted(every - above or every)))
        return self._more_units[key]

    def add_limit(self, place: int, limit: Limit) -> int:
        """Return the place of a combination with one more limit."""
        key = (place, limit)
        if key not in self._more_limits:
            lowest: dict[str, Limit] = {}
            for each in (*self._limits.items[place], limit):
                lowest[each[0]] = min(lowest.get(each[0], each), each, key=_rank_limit)
            self._more_limits[key] = self._limits.place(tuple(sorted(lowest.values())))
        return self._more_limits[key]

    def has_wider_units(self, one: int, other: int) -> bool:
        """Return whether a question within the units `other` is always within `one`."""
        if one in (other, NO_UNITS):
            return True
        above = self._list_above(self._units.items[other], strictly=False)
        return above.issuperset(self._units.items[one])

    def has_higher_limits(self, one: int, other: int) -> bool:
        """Return whether an amount within the limits `other` is always within `one`."""
        if one in (other, NO_LIMITS):
            return True
        lowest = {limit[0]: limit for limit in self._limits.items[other]}
        return all(
            limit[0] in lowest and _rank_limit(lowest[limit[0]]) <= _rank_limit(limit)
            for limit in self._limits.items[one]
        )

    def write(self) -> dict[str, Section]:
        """Return the sections."""
        currencies = sorted({limit[0] for limits in self._limits.items for limit in limits})
        places = {currency: place for place, currency in enumerate(currencies)}
        limits = [limit for limits in self._limits.items for limit in limits]
        return {
            "limits.currencies": array("B", "\n".join(currencies).encode()),
            "limits.cuts": _sum_sizes(self._limits.items),
            "limits.hundredths": array("q", (limit[1] for limit in limits)),
            "limits.flags": array("i", (places[limit[0]] << 1 | limit[2] for limit in limits)),
            "units.cuts": _sum_sizes(self._units.items),
            "units.units": array("i", (unit for units in self._units.items for unit in units)),
        }

    def _list_above(self, units: Iterable[int], *, strictly: bool) -> set[int]:
        """Return the units above `units`, and (if not `strictly`) themselves."""
        above = self._index.units_above
        return {every for unit in units for every in above(unit) if every != unit or not strictly}


def _rank_limit(limit: Limit) -> tuple[int, bool]:
    """Return what orders limits of one currency: one that is itself excluded is lower."""
    _, hundredths, excluded = limit
    return hundredths, not excluded


def _sum_sizes(items: Iterable[Sized]) -> Section:
    return array("i", accumulate(map(len, items), initial=0))
