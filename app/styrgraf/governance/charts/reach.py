"""Which delegations belong together: those of a matter, those above one, and those that rest on it.

A delegation rests on the source that it states; where it states none, on what its delegator has
received in a matter that covers its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.charts.states import STANDING, State, Supports, judge_state


class Reach:
    """The delegations of one graph that are asked for: by matter, and by how they stand."""

    def __init__(self, index: Index, on: date, matter: int | None, *, everything: bool) -> None:
        self.index = index
        self.on = on
        self._everything = everything
        self._matters = (
            index.matters_above(matter) | index.matters_below(matter)
            if matter is not None
            else None
        )
        self._states: dict[int, State] = {}
        self._judged: dict[int, State] = {}
        self._supports = Supports(index, on)

    def state(self, row: int) -> State:
        """Return how a delegation stands on the day."""
        if row not in self._states:
            self._states[row] = judge_state(self.index, row, self.on)
        return self._states[row]

    def judge(self, row: int) -> State:
        """Return how a delegation stands, with what it rests on."""
        if row not in self._judged:
            own = self.state(row)
            supported = self._supports.judge(row) if own in STANDING else own
            self._judged[row] = own if supported is State.IN_FORCE else supported
            if own is State.UNDATED and supported is State.NOT_TOLD:
                self._judged[row] = own
        return self._judged[row]

    def keeps(self, row: int) -> bool:
        """Return whether a delegation is asked for."""
        return self.touches(row) and (self._everything or self.state(row) in STANDING)

    def touches(self, row: int) -> bool:
        """Return whether a delegation is of the matter asked for, a broader or a narrower one."""
        if self._matters is None:  # without reading it, of which there may be very many
            return True
        return not self._matters.isdisjoint(self.index.delegation(row).matters)

    def list_rows(self) -> list[int]:
        """Return all delegations that are asked for."""
        rows: Iterable[int] = range(self.index.delegation_count)
        if self._matters is not None:
            rows = sorted({row for each in self._matters for row in self.index.of_matter(each)})
        return [row for row in rows if self.keeps(row)]

    def list_received(self, party: int) -> list[int]:
        """Return what a party has received, itself or by its roles."""
        roles = self.index.received_as(party)
        return [row for role in roles for row in self.index.received(role) if self.keeps(row)]

    def list_given(self, party: int) -> list[int]:
        """Return what a party has given, or, of a role, the posts that have it."""
        index = self.index
        is_role = index.party_kind(party) is PartyKind.ROLE
        givers = (party, *(index.posts_of(party) if is_role else ()))
        return [row for giver in givers for row in index.given(giver) if self.keeps(row)]

    def list_sources(self, row: int) -> list[int]:
        """Return what a delegation rests on; what it states itself, whether it holds or not."""
        delegated = self.index.delegation(row)
        if delegated.sources or delegated.delegator < 0:
            return list(delegated.sources)
        return [
            source
            for source in self.list_received(delegated.delegator)
            if source != row and self._covers(source, row)
        ]

    def list_resting(self, party: int, rows: Iterable[int]) -> list[int]:
        """Return what a party has given that rests on one of `rows`, which it has received."""
        known = frozenset(rows)
        return [
            row for row in self.list_given(party) if not known.isdisjoint(self.list_sources(row))
        ]

    def list_unused(self, row: int) -> Iterator[int]:
        """Yield to whom a delegation may go on, and to whom no delegation shows that it has."""
        delegated = self.index.delegation(row)
        if self.state(row) not in STANDING or delegated.delegate < 0:
            return
        received = {
            self.index.delegation(each).delegate
            for each in self.list_resting(delegated.delegate, (row,))
        }
        for recipient in delegated.recipients:
            if received.isdisjoint((recipient, *self.index.posts_of(recipient))):
                yield recipient

    def _covers(self, source: int, row: int) -> bool:
        above, below = self.index.delegation(source).matters, self.index.delegation(row).matters
        if not above or not below:
            return True
        return any(not self.index.matters_above(each).isdisjoint(above) for each in below)
