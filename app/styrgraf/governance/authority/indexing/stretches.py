"""When chains hold, with their length and certainty: disjoint stretches of days. No IO here.

Of two chains of the same reach that hold on a day the better verdict counts, then the shorter,
then the surer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from styrgraf.governance.authority.indexing.timelines import Timeline


class Stretch(NamedTuple):
    """From `start` to before `end`; `depth` is the number of delegations in the chain."""

    start: int
    end: int
    verdict: int
    depth: int
    certainty: int


Stretches = tuple[Stretch, ...]


def begin(timeline: Timeline, certainty: int) -> Stretches:
    """Return chains without delegations that hold in `timeline`."""
    return tuple(Stretch(start, end, verdict, 0, certainty) for start, end, verdict in timeline)


def pass_on(stretches: Stretches, timeline: Timeline, certainty: int) -> list[Stretch]:
    """Return what is left of chains after one more delegation in force in `timeline`."""
    return [
        Stretch(first, last, min(verdict, told), depth + 1, max(sure, certainty))
        for start, end, verdict, depth, sure in stretches
        for begun, ended, told in timeline
        if (first := max(start, begun)) < (last := min(end, ended))
    ]


def settle(stretches: Sequence[Stretch]) -> Stretches:
    """Return the best on each day."""
    if len(stretches) < 2:
        return tuple(stretches)
    days = sorted({day for each in stretches for day in each[:2]})
    found: list[Stretch] = []
    for start, end in pairwise(days):
        covering = [each for each in stretches if each.start <= start and end <= each.end]
        if covering:
            best = min(covering, key=lambda each: (-each.verdict, each.depth, each.certainty))
            _append(found, best._replace(start=start, end=end))
    return tuple(found)


def _append(found: list[Stretch], stretch: Stretch) -> None:
    if found and found[-1].end == stretch.start and found[-1][2:] == stretch[2:]:
        stretch = stretch._replace(start=found.pop().start)
    found.append(stretch)


def outshine(stretches: Stretches, better: Stretches) -> Stretches:
    """Return what is left where `better` has no verdict as good."""
    left = list(stretches)
    for other in better:
        left = [part for each in left for part in _cut(each, other)]
    return tuple(left)


def _cut(stretch: Stretch, other: Stretch) -> Iterable[Stretch]:
    start, end = max(stretch.start, other.start), min(stretch.end, other.end)
    if start >= end or other.verdict < stretch.verdict:
        return (stretch,)
    before, after = stretch._replace(end=start), stretch._replace(start=end)
    return [part for part in (before, after) if part.start < part.end]


def join(stretches: Stretches) -> Stretches:
    """Return unbroken windows of one verdict: the shortest depth, and the lowest certainty."""
    found: list[Stretch] = []
    for each in stretches:
        if found and found[-1].end == each.start and found[-1].verdict == each.verdict:
            last = found.pop()
            depth, certainty = min(last.depth, each.depth), max(last.certainty, each.certainty)
            found.append(Stretch(last.start, each.end, each.verdict, depth, certainty))
        else:
            found.append(each)
    return tuple(found)
