"""What each delegation comes to: how far and when its chains reach, for every day at once.

An entry gathers all chains of a delegation from one original authority that reach equally far, in
one unbroken window of one verdict. Folded in are all rules but those that hang on the question:
what others reserve of residual authority, what the giver may not delegate, exclusive grants,
vacancy, substitution and persons; `fast` looks at these. No IO here.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.reach import EVERYTHING, NO_ROOT, Reach, Root, Scope
from styrgraf.governance.authority.indexing.records import CERTAINTIES, UNSTATED, Original
from styrgraf.governance.authority.indexing.sources import Sources
from styrgraf.governance.authority.indexing.stretches import (
    Stretch,
    Stretches,
    begin,
    outshine,
    pass_on,
    settle,
)
from styrgraf.governance.authority.indexing.timelines import (
    NOT_TOLD_EVER,
    Timeline,
    meet,
    trace_window,
)
from styrgraf.governance.statements import Certainty

_INFERRED = CERTAINTIES.index(Certainty.INFERRED)

Reached = tuple[tuple[Scope, Stretches], ...]
"""How far a delegation reaches, and when."""

Gathered = defaultdict[Scope, list[Stretch]]


class Effects:
    """Follows chains from the top down."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.reach = Reach(index)
        self._sources = Sources(index)
        self._places = {each.id: place for place, each in enumerate(index.originals())}
        self._inferred: dict[int, Sequence[int]] = {}
        self._following: defaultdict[int, list[int]] = defaultdict(list)
        self._reached: dict[int, Reached] = {}

    def list_all(self) -> Iterator[tuple[int, Reached]]:
        """Yield every delegation with how far it reaches.

        One is settled when all its sources are. What is left over has a circle above it and is
        gone through until nothing changes: a chain that comes back to where it has been reaches
        no further than it did there.
        """
        missing = array("i", map(len, map(self._list_sources, range(self.index.delegation_count))))
        ready = deque(row for row, number in enumerate(missing) if not number)
        while ready:
            row = ready.popleft()
            found = self._reach_from(row)
            below = self._list_below(row)
            if below:
                self._reached[row] = found
            for each in below:
                missing[each] -= 1
                if not missing[each]:
                    ready.append(each)
            yield row, found
        yield from self._go_round([row for row, number in enumerate(missing) if number])

    def _list_sources(self, row: int) -> Sequence[int]:
        sources = self._sources.list_sources(row)
        if not self._sources.fetch(row).sources:
            self._inferred |= {row: sources} if sources else {}
            for source in sources:
                self._following[source].append(row)
        return sources

    def _list_below(self, row: int) -> list[int]:
        return [*self.index.sub_delegations(row), *self._following.get(row, ())]

    def _go_round(self, rows: Sequence[int]) -> Iterator[tuple[int, Reached]]:
        waiting = dict.fromkeys(rows)
        while waiting:
            row = next(iter(waiting))
            del waiting[row]
            found = self._reach_from(row)
            if found != self._reached.get(row, ()):
                self._reached[row] = found
                waiting |= dict.fromkeys(self._list_below(row))
        yield from ((row, self._reached.get(row, ())) for row in rows)

    def _reach_from(self, row: int) -> Reached:
        """Return how far a delegation reaches, from what is known of its sources."""
        own = self._sources.trace(row)
        gathered: Gathered = defaultdict(list)
        if own:
            self._gather_sources(row, own, gathered)
            self._gather_originals(row, own, gathered)
        found = [(scope, settle(stretches)) for scope, stretches in gathered.items()]
        return tuple(sorted(self._drop_outshone(found))) if len(found) > 1 else tuple(found)

    def _gather_sources(self, row: int, own: Timeline, gathered: Gathered) -> None:
        delegated = self._sources.fetch(row)
        least = 0 if delegated.sources else _INFERRED
        certainty = max(delegated.certainty, least)
        for source in delegated.sources or self._inferred.get(row, ()):
            reached = self._reached.get(source)
            timeline = meet(own, self._sources.trace_link(source, row)) if reached else ()
            for scope, stretches in reached if reached and timeline else ():
                passed = pass_on(stretches, timeline, certainty)
                for narrowed in self.reach.narrow(scope, delegated) if passed else ():
                    gathered[narrowed] += passed

    def _gather_originals(self, row: int, own: Timeline, gathered: Gathered) -> None:
        delegated = self._sources.fetch(row)
        timeline = meet(own, self._sources.trace_recipient(row, stated=0))
        for scope, stretches in self._list_firsts(row) if timeline else ():
            passed = pass_on(stretches, timeline, delegated.certainty)
            for narrowed in self.reach.narrow(scope, delegated) if passed else ():
                gathered[narrowed] += passed

    def _list_firsts(self, row: int) -> Iterator[tuple[Scope, Stretches]]:
        """Yield what a first delegation is given from."""
        if self._sources.has_unknown_origin(row):
            yield Scope(NO_ROOT, EVERYTHING), begin(NOT_TOLD_EVER, 0)
        giver = self._sources.fetch(row).delegator
        for original in self._sources.list_originals(row):
            timeline = trace_window((original.start, original.end, original.precision))
            if original.allowed == UNSTATED:
                timeline = meet(timeline, NOT_TOLD_EVER)
            for scope in self._list_scopes(original, giver):
                yield scope, begin(timeline, original.certainty)

    def _list_scopes(self, original: Original, giver: int) -> Iterator[Scope]:
        """Yield the scopes of an original authority: its matters, and the rest if residual."""
        place = self._places[original.id]
        for matter in original.matters:
            yield self.reach.begin(Root(place, giver, residual=False), matter)
        if original.residual:
            yield self.reach.begin(Root(place, giver, residual=True), EVERYTHING)

    def list_own(self) -> Iterator[tuple[Original, Reached]]:
        """Yield every original authority with how far its holder may decide by it alone."""
        for original in self.index.originals():
            timeline = trace_window((original.start, original.end, original.precision))
            stretches = begin(timeline, original.certainty)
            scopes = self._list_scopes(original, UNSTATED)
            yield original, tuple((scope, stretches) for scope in scopes)

    def _drop_outshone(self, found: list[tuple[Scope, Stretches]]) -> list[tuple[Scope, Stretches]]:
        """Return the scopes without the days on which a wider one is as good."""
        left = dict(found)
        for scope in list(left):
            for other, better in left.items():
                if other is not scope and self.reach.is_wider(other, scope):
                    left[scope] = outshine(left[scope], better)
        return [(scope, stretches) for scope, stretches in left.items() if stretches]
