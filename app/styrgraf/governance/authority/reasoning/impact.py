"""What a change bears on: the delegations that rest on what it touches, and the parties of these.

Whatever it does not bear on stays as it is, and need not be asked. No IO here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from styrgraf.governance.authority.facts import AuthorityFacts
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import Delegated
from styrgraf.governance.authority.indexing.sources import Sources
from styrgraf.governance.authority.reasoning.asking import Asked
from styrgraf.governance.authority.reasoning.parties import Parties

_SHARED = (
    "original_authorities",
    "broader_matters",
    "units_above",
    "roles_of_posts",
    "broader_roles",
    "party_kinds",
)
"""What all delegations may hang on, so that a change of it may bear on all."""


def touches_all(before: AuthorityFacts, after: AuthorityFacts) -> bool:
    """Return whether two states differ in something that every answer may hang on."""
    return any(getattr(before, name) != getattr(after, name) for name in _SHARED)


class Impact:
    """What a change bears on in one state; `changed` are the names of what differs at once."""

    def __init__(self, index: Index, changed: Collection[str], *, of_all: bool) -> None:
        self._index = index
        self._of_all = of_all
        self._changed = frozenset(index.find(iri) for iri in changed) - {-1}
        self.rows = frozenset(range(index.delegation_count)) if of_all else self._list_resting()

    def _list_resting(self) -> frozenset[int]:
        """Return the delegations that have changed, and those that rest on them."""
        sources = Sources(self._index)
        below: defaultdict[int, list[int]] = defaultdict(list)
        for row in range(self._index.delegation_count):
            for source in sources.list_sources(row):
                below[source].append(row)
        reached: set[int] = set()
        waiting = [thing for thing in self._changed if thing < self._index.delegation_count]
        while waiting:
            row = waiting.pop()
            if row not in reached:
                reached.add(row)
                waiting.extend(below[row])
        return frozenset(reached)

    def list_concerned(self, parties: Parties) -> frozenset[int]:
        """Return the parties whose answer to one question may differ."""
        candidates = parties.list_candidates()
        rows = frozenset(self._list_rows(parties.checks.asked))
        if self._of_all or any(self._may_bar(row, parties.checks.asked) for row in rows):
            return frozenset(candidates)
        bearers = self._changed.union(
            party for row in rows for party in parties.expand(self._index.delegation(row).delegate)
        )
        steps_in = {
            row.substitute for party in bearers for row in self._index.substitutions_for(party)
        }
        return frozenset(candidates) & (bearers | steps_in)

    def _list_rows(self, asked: Asked) -> Iterator[int]:
        touching = asked.matters | self._index.matters_below(asked.matter)
        for row in self.rows:
            delegated = self._index.delegation(row)
            matters = delegated.matters
            if delegated.delegate >= 0 and (not matters or not touching.isdisjoint(matters)):
                yield row

    def _may_bar(self, row: int, asked: Asked) -> bool:
        """Return whether a delegation may on some day bar all others from the question."""
        delegated = self._index.delegation(row)
        covers = not delegated.matters or not asked.matters.isdisjoint(delegated.matters)
        return covers and self._is_exclusive(delegated)

    def _is_exclusive(self, delegated: Delegated) -> bool:
        if delegated.exclusive >= 0 or delegated.order < 0:
            return delegated.exclusive == 1
        return any(default.exclusive == 1 for default in self._index.defaults(delegated.order))
