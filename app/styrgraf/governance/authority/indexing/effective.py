"""What delegations come to, for those who ask without an engine.

One record stands for each delegation, root, reach and unbroken window. Told are the chains by
themselves, with what is reserved of the record's own matter left out. Not told is what hangs on the
question: exclusive grants, vacancy, substitution, and what is reserved of narrower matters. No IO
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.indexing.entries import (
    CERTAINTY_SHIFT,
    CONDITIONAL,
    DEPTH_SHIFT,
    TO_BE_CHECKED,
    TOLD,
)
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.layout import Column
from styrgraf.governance.authority.indexing.records import CERTAINTIES, NEVER
from styrgraf.governance.authority.indexing.reserved import Reserved
from styrgraf.governance.authority.indexing.timelines import BEGINNING
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.statements import Certainty

_NOT_TOLD, _YES = int(Verdict.NOT_TOLD), int(Verdict.YES)

_Span = tuple[int, int, int]
"""First day, first day after, and the best verdict in between."""


class Derived(NamedTuple):
    """What a delegation comes to, from one original authority (`root`), in an unbroken window.

    `matter` is None where no matter is stated; a question must lie within all of `units`; `limits`
    are the lowest, one for each currency; `depth` is the number of delegations in the shortest
    chain, `certainty` the lowest that the window rests on. `start` is None where it is not stated.
    """

    delegation: str
    root: str
    party: str
    matter: str | None
    kinds: frozenset[Kind]
    units: tuple[str, ...]
    limits: tuple[Limit, ...]
    conditional: bool
    depth: int
    start: date | None
    end: date | None
    verdict: Verdict
    certainty: Certainty


def derive_entries(index: Index) -> Iterator[Derived]:
    """Yield what the delegations of an index come to, in order of party and delegation."""
    table = _Table(index)
    for place, row in enumerate(index.columns["entry.row"]):
        if row >= 0:
            yield from table.derive(place, row)


class _Table:
    """Reads entries back as records."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._columns = index.columns
        self._reserved = Reserved(index)
        self._currencies = index.columns["limits.currencies"].tobytes().decode().split("\n")

    def derive(self, place: int, row: int) -> Iterator[Derived]:
        """Yield the records of an entry: none without a root, several where days are left out."""
        columns, name = self._columns, self._index.iri
        original = self._reserved.original_of(columns["entry.root"][place])
        if original is None:
            return
        matter, flags = columns["entry.matter"][place], columns["entry.flags"][place]
        for start, end, level in self._list_windows(place, matter, flags):
            yield Derived(
                delegation=name(row),
                root=name(original.id),
                party=name(columns["delegation.delegate"][row]),
                matter=name(matter) if matter >= 0 else None,
                kinds=frozenset(kind for kind in Kind if flags & 1 << kind),
                units=tuple(map(name, self._cut("units", place, "units.units"))),
                limits=tuple(self._list_limits(place)),
                conditional=bool(flags & CONDITIONAL),
                depth=flags >> DEPTH_SHIFT,
                start=date.fromordinal(start) if start > BEGINNING else None,
                end=date.fromordinal(end) if end < NEVER else None,
                verdict=Verdict(min(level, _YES if flags & TOLD else _NOT_TOLD)),
                certainty=CERTAINTIES[flags >> CERTAINTY_SHIFT & 3],
            )

    def _cut(self, name: str, place: int, values: str) -> Column:
        """Return what a combination of units or limits is made of."""
        cuts, combination = self._columns[name + ".cuts"], self._columns["entry." + name][place]
        return self._columns[values][cuts[combination] : cuts[combination + 1]]

    def _list_limits(self, place: int) -> Iterator[Limit]:
        flags = self._cut("limits", place, "limits.flags")
        for flag, hundredths in zip(
            flags, self._cut("limits", place, "limits.hundredths"), strict=True
        ):
            yield Limit(hundredths, self._currencies[flag >> 1], bool(flag & 1))

    def _list_windows(self, place: int, matter: int, flags: int) -> Iterator[_Span]:
        """Yield the unbroken windows in which the matter of an entry is not surely reserved."""
        start, end = self._columns["entry.start"][place], self._columns["entry.end"][place]
        if not flags & TO_BE_CHECKED:
            yield start, end, _YES
            return
        root = self._columns["entry.root"][place]
        above = self._index.matters_above(matter) if matter >= 0 else frozenset[int]()
        days = (start, *(day for day in self._reserved.edges if start < day < end), end)
        spans = (
            (first, after, self._reserved.judge(root, above, first))
            for first, after in pairwise(days)
        )
        yield from _join(span for span in spans if span[2])


def _join(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Yield spans in order, those that meet with the same verdict as one."""
    joined: _Span | None = None
    for start, end, level in spans:
        if joined and (joined[1], joined[2]) == (start, level):
            joined = joined[0], end, level
            continue
        if joined:
            yield joined
        joined = start, end, level
    if joined:
        yield joined
