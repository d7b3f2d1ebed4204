"""The difference between two days: all changes by kind, and how many there are.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.changes.delegations import list_delegations
from styrgraf.governance.changes.kinds import EVENTS, KINDS
from styrgraf.governance.changes.reading import count_undated, read_events, read_windowed
from styrgraf.governance.changes.turns import Change, Sort, list_changes
from styrgraf.graph.store import Reader


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed after `first` and up to `last`; events and kinds without a change are absent.

    `undated` counts, by kind, what takes no part since no date is stated.
    """

    first: date
    last: date
    changes: Mapping[str, tuple[Change, ...]]
    undated: Mapping[str, int]

    def count(self, sort: Sort) -> int:
        """Return how many things changed in one way; events are counted by `count_events`."""
        return self._counts[sort]

    @property
    def _counts(self) -> Counter[Sort]:
        events = {kind.name for kind in EVENTS}
        return Counter(
            change.sort
            for name, found in self.changes.items()
            for change in found
            if name not in events or change.sort is Sort.PERHAPS
        )

    def count_events(self, kind: str) -> int:
        """Return how many events of a kind surely took place."""
        return sum(1 for each in self.changes.get(kind, ()) if each.sort is Sort.CAME)


def compare_days(reader: Reader, index: Index, first: date, last: date) -> Difference:
    """Return what changed between two days, `first` before `last`."""
    after, until = first.toordinal(), last.toordinal()
    things = [
        *read_events(reader, first, last),
        *list_delegations(index, after, until),
        *read_windowed(reader, first, last),
    ]
    changes = list_changes(things, after, until)
    by_kind = {name: tuple(each for each in changes if each.kind == name) for name in KINDS}
    found = {name: each for name, each in by_kind.items() if each}
    return Difference(first, last, found, count_undated(reader))
