"""What hangs on the matter asked: residual authority, and what the giver may not delegate.

No IO here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.layout import Table
from styrgraf.governance.authority.indexing.records import UNSTATED, Original
from styrgraf.governance.authority.indexing.timelines import judge_window_on
from styrgraf.governance.authority.windows import list_edges


class Reserved:
    """The original authorities of an index, which are few."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._originals = index.originals()
        self._roots = Table(index.columns, "roots", 3)
        self._stating: defaultdict[int, list[Original]] = defaultdict(list)
        for original in self._originals:
            for matter in original.matters:
                self._stating[matter].append(original)

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """Return the days on which what is known of an original authority changes."""
        windows = ((each.start, each.end, each.precision) for each in self._originals)
        return tuple(sorted({day for window in windows for day in list_edges(window)}))

    def holder(self, row: int) -> int:
        """Return whose original authority an entry below row zero is."""
        return self._originals[UNSTATED - row].holder

    def original_of(self, root: int) -> Original | None:
        """Return the original authority of a root; None: the first delegator is not stated."""
        place = self._roots[root][0]
        return self._originals[place] if place >= 0 else None

    def judge(self, root: int, above: Iterable[int], day: int) -> int:
        """Return the best verdict of chains from a root on a matter with what is `above` it."""
        place, giver, residual = self._roots[root]
        if giver >= 0 and next(self._list_forbidding(giver, above, day), None) is not None:
            return 0
        return self._judge_residual(self._originals[place], above, day) if residual else 2

    def _judge_residual(self, original: Original, above: Iterable[int], day: int) -> int:
        """Return what is left of a residual authority by those of others, as a verdict."""
        reserving = (
            _judge_original(other, day)
            for matter in above
            for other in self._stating.get(matter, ())
            if other.holder != original.holder
        )
        return 2 - max(reserving, default=0)

    def _list_forbidding(self, giver: int, above: Iterable[int], day: int) -> Iterator[Original]:
        for holder in self._index.received_as(giver):
            for original in self._index.originals_of(holder):
                if (
                    original.allowed == 0
                    and _judge_original(original, day)
                    and self._does_cover(original, above, day)
                ):
                    yield original

    def _does_cover(self, original: Original, above: Iterable[int], day: int) -> bool:
        if any(matter in original.matters for matter in above):
            return True
        return original.residual and self._judge_residual(original, above, day) > 0


def _judge_original(original: Original, day: int) -> int:
    """Return whether an original authority is in force, as a verdict."""
    return judge_window_on(day, (original.start, original.end, original.precision))
