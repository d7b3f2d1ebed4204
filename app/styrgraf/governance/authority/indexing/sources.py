"""What a delegation may rest on, for every day at once: delegations and original authorities.

The rules of docs/authority.md, "Where it comes from", as far as they do not hang on the matter
that is asked. No IO here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from styrgraf.governance.authority.facts import Standing
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import Delegated, Original
from styrgraf.governance.authority.indexing.timelines import (
    ALWAYS,
    NOT_TOLD_EVER,
    Timeline,
    meet,
    trace_delegation,
    trace_kinds,
    trace_permission,
    trace_window,
)

_MOST_FETCHED = 100_000


class Sources:
    """The links between the delegations of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.fetch = lru_cache(maxsize=_MOST_FETCHED)(index.delegation)
        self._received: dict[int, Mapping[int, list[int]]] = {}
        self._permissions: dict[int, Timeline] = {}
        self._kinds: dict[tuple[int, int], Timeline] = {}

    def list_sources(self, row: int) -> tuple[int, ...]:
        """Return the sources that are stated, else the candidates."""
        delegated = self.fetch(row)
        return delegated.sources or tuple(sorted(set(self._list_candidates(delegated))))

    def _list_candidates(self, delegated: Delegated) -> Iterator[int]:
        if delegated.delegator < 0:
            return
        above = {each for matter in delegated.matters for each in self.index.matters_above(matter)}
        for party in self.index.received_as(delegated.delegator):
            received = self._list_received(party)
            # The fewer of the two are gone through: a giver may have received very much.
            for matter in above if len(above) < len(received) else received.keys() & above:
                for row in received.get(matter, ()):
                    if row != delegated.row and self.fetch(row).kinds & delegated.kinds:
                        yield row

    def _list_received(self, party: int) -> Mapping[int, list[int]]:
        """Return what a party itself has received and is no draft, by matter."""
        if party not in self._received:
            found: defaultdict[int, list[int]] = defaultdict(list)
            for row in self.index.received(party):
                delegated = self.fetch(row)
                for matter in delegated.matters if delegated.standing != Standing.DRAFT else ():
                    found[matter].append(row)
            self._received[party] = found
        return self._received[party]

    def list_originals(self, row: int) -> tuple[Original, ...]:
        """Return what the delegator may give on by original authority, where no source is stated.

        One that may not be delegated is left out: it bars every delegation that it covers.
        """
        delegated = self.fetch(row)
        if delegated.sources or delegated.delegator < 0:
            return ()
        return tuple(
            original
            for holder in self.index.received_as(delegated.delegator)
            for original in self.index.originals_of(holder)
            if original.allowed != 0
        )

    def has_unknown_origin(self, row: int) -> bool:
        """Return whether neither a source nor a delegator is stated."""
        delegated = self.fetch(row)
        return not delegated.sources and delegated.delegator < 0

    def trace(self, row: int) -> Timeline:
        """Return when a delegation is in force by itself."""
        delegated = self.fetch(row)
        order = ALWAYS
        if delegated.order >= 0:
            order = trace_window(self.index.order_window(delegated.order))
        found = trace_delegation(delegated, order)
        return found if delegated.matters else meet(found, NOT_TOLD_EVER)

    def trace_link(self, source: int, row: int) -> Timeline:
        """Return when `row` may rest on `source`, both taken to be in force."""
        above, below = self.fetch(source), self.fetch(row)
        if not self._is_recipient(above, below):
            return ()
        if below.delegator < 0:
            found = NOT_TOLD_EVER
        elif above.delegate not in self.index.received_as(below.delegator):
            return ()
        else:
            found = ALWAYS
        found = meet(found, self._trace_permission(above))
        return meet(found, self.trace_recipient(row, above.recipient_kinds))

    def _is_recipient(self, above: Delegated, below: Delegated) -> bool:
        if not above.recipients:
            return True
        receiver = below.delegate
        if receiver < 0:
            return False
        own = self.index.roles_of(receiver) | self.index.broader_roles(receiver)
        return not own.isdisjoint(above.recipients)

    def _trace_permission(self, above: Delegated) -> Timeline:
        if above.allowed >= 0:
            return ALWAYS if above.allowed else ()
        if above.order not in self._permissions:
            defaults = self.index.defaults(above.order) if above.order >= 0 else ()
            self._permissions[above.order] = trace_permission(defaults)
        return self._permissions[above.order]

    def trace_recipient(self, row: int, stated: int) -> Timeline:
        """Return when the kind of the delegate is permitted; `stated`: by the source, a mask."""
        below = self.fetch(row)
        kind = 1 << self.index.party_kind(below.delegate) if below.delegate >= 0 else 0
        if stated or below.order < 0:
            return ALWAYS if not stated or stated & kind else ()
        key = (below.order, kind)
        if key not in self._kinds:
            self._kinds[key] = trace_kinds(self.index.defaults(below.order), kind)
        return self._kinds[key]
