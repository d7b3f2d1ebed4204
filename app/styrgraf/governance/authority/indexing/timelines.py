"""What holds on which days: disjoint stretches in order, each YES or NOT_TOLD. No IO here.

A day in no stretch is NO. Days are ordinals; `BEGINNING` is before all days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from styrgraf.governance.authority.facts import Standing
from styrgraf.governance.authority.indexing.records import NEVER, UNSTATED, DefaultRow, Delegated
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.authority.windows import find_certain_day, list_edges

BEGINNING = 0

_NOT_TOLD, _YES = int(Verdict.NOT_TOLD), int(Verdict.YES)

Timeline = tuple[tuple[int, int, int], ...]
"""Stretches (first day, day after the last, verdict)."""

ALWAYS: Timeline = ((BEGINNING, NEVER, _YES),)
NOT_TOLD_EVER: Timeline = ((BEGINNING, NEVER, _NOT_TOLD),)

Window = tuple[int, int, int]


def meet(one: Timeline, other: Timeline) -> Timeline:
    """Return what holds in both: on each day the lower verdict."""
    if one is ALWAYS or other is ALWAYS:
        return other if one is ALWAYS else one
    found = []
    for start, end, verdict in one:
        for begun, ended, told in other:
            first, last = max(start, begun), min(end, ended)
            if first < last:
                found.append((first, last, min(verdict, told)))
    return tuple(found)


@lru_cache(maxsize=4096)
def trace_window(window: Window) -> Timeline:
    """Return when a window (start, end, precision) holds."""
    start, end, precision = window
    begun = NOT_TOLD_EVER
    if start != UNSTATED:
        begun = _drop_empty((start, find_certain_day(start, precision), NEVER), (1, 2))
    if end == UNSTATED:
        return begun
    ended = _drop_empty((BEGINNING, end, find_certain_day(end, precision)), (2, 1))
    return meet(begun, ended)


def _drop_empty(days: Sequence[int], verdicts: Sequence[int]) -> Timeline:
    stretches = zip(pairwise(days), verdicts, strict=True)
    return tuple((*span, verdict) for span, verdict in stretches if span[0] < span[1])


def trace_delegation(delegated: Delegated, order: Timeline) -> Timeline:
    """Return when a delegation is in force by itself; `order`: when its order is."""
    if delegated.standing == Standing.DRAFT:
        return ()
    found = trace_window((delegated.start, delegated.end, delegated.precision))
    if delegated.standing == Standing.ENDED and delegated.end == UNSTATED:
        found = meet(found, NOT_TOLD_EVER)
    for day, _ in delegated.recalls[:1]:
        found = meet(found, ((BEGINNING, day, _YES),))
    return meet(found, order)


def trace_permission(defaults: Iterable[DefaultRow]) -> Timeline:
    """Return when the defaults of an order let a delegation be sub-delegated."""
    rows = tuple(defaults)
    told = ((span, _find_allowed(rows, span[0])) for span in _cut_spans(rows))
    return tuple((*span, verdict) for span, verdict in told if verdict)


def trace_kinds(defaults: Iterable[DefaultRow], kind: int) -> Timeline:
    """Return when the defaults of an order let a recipient of `kind` (a bit of the mask) be."""
    rows = tuple(defaults)
    masks = ((span, _find_kinds(rows, span[0])) for span in _cut_spans(rows))
    return tuple((*span, _YES) for span, mask in masks if not mask or mask & kind)


def _cut_spans(rows: tuple[DefaultRow, ...]) -> list[tuple[int, int]]:
    """Return the spans in which what is known of the windows does not change."""
    edges = {edge for row in rows for edge in list_edges((row.start, row.end, row.precision))}
    days = sorted({BEGINNING, *edges, NEVER})
    return list(pairwise(days))


def judge_window_on(day: int, window: Window) -> int:
    """Return the verdict of a window on a day."""
    stretches = trace_window(window)
    return next((told for start, end, told in stretches if start <= day < end), 0)


def _judge_default(row: DefaultRow, day: int) -> int:
    return judge_window_on(day, (row.start, row.end, row.precision))


def _find_allowed(rows: tuple[DefaultRow, ...], day: int) -> int:
    """Return what those surely in force say, unless one that may be says another thing."""
    stated = [(row.allowed, _judge_default(row, day)) for row in rows if row.allowed != UNSTATED]
    possible = {allowed for allowed, verdict in stated if verdict}
    sure = {allowed for allowed, verdict in stated if verdict == _YES}
    if not sure or len(possible) > 1:
        return _NOT_TOLD
    return _YES if sure == {1} else int(Verdict.NO)


def _find_kinds(rows: tuple[DefaultRow, ...], day: int) -> int:
    mask = 0
    for row in rows:
        if _judge_default(row, day) == _YES:
            mask |= row.recipient_kinds
    return mask
