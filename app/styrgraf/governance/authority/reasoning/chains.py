"""The ways from a delegation up to an original authority: their best verdict, number, and the best.

A state is a delegation together with the barring delegations that the way has not passed yet (see
"Exclusive grants" in docs/authority.md). No recursion: chains may be long, and run in circles.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import count, islice
from typing import NamedTuple

from styrgraf.governance.authority.facts import Standing
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import Delegated, Original
from styrgraf.governance.authority.reasoning.checks import Checks, Found, judge, judge_amount
from styrgraf.governance.authority.rules import Rule, Verdict

_MOST_STEPS = 20_000
"""So many steps are followed where all that fails is looked through for what fails least."""

_MOST_COUNTED = 10_000
"""Among circles, where ways can only be counted one by one, counting ends here."""

State = tuple[int, frozenset[int]]


class Step(NamedTuple):
    """One way on from a delegation: to a source, or to its top (`source` -1).

    `found` speaks against the link, `top_found` against the original authority.
    """

    source: int
    found: Found
    inferred: bool = False
    original: Original | None = None
    top_found: Found = ()


class Way(NamedTuple):
    """A whole way, its delegations from the party's up; `found` stands beside `rows`.

    `barred`: what exclusive grants elsewhere say against it. `original` is None where it is broken.
    """

    rows: tuple[int, ...]
    found: tuple[Found, ...]
    inferred: tuple[bool, ...]
    original: Original | None
    top_found: Found
    barred: Found

    @property
    def verdict(self) -> Verdict:
        """Return the worst of all that was found."""
        return min(judge(part) for part in (*self.found, self.top_found, self.barred, ()))


class Ways:
    """The ways up for one question."""

    def __init__(self, checks: Checks) -> None:
        self.checks = checks
        self._index = checks.index
        self._steps: dict[int, tuple[Step, ...]] = {}
        self._levels: dict[State, Verdict] = {}
        self._barring: dict[int, Verdict] | None = None

    def list_steps(self, row: int) -> tuple[Step, ...]:
        """Return the ways on from a delegation; where there is none, one that says so."""
        if row not in self._steps:
            delegated = self._index.delegation(row)
            stated = tuple(
                Step(source, self.checks.check_link(source, row)) for source in delegated.sources
            )
            steps = stated or tuple(self._find_steps(delegated))
            self._steps[row] = steps or (self._break_off(delegated),)
        return self._steps[row]

    def _find_steps(self, delegated: Delegated) -> Iterator[Step]:
        """Yield the ways on where no source is stated: original authorities, then candidates."""
        checks, row = self.checks, delegated.row
        for original, top_found in checks.list_roots(delegated.delegator):
            found = checks.check_first(original, row)
            yield Step(-1, found, original=original, top_found=top_found)
        for source in list_received(self._index, delegated.delegator):
            if source != row and self._is_candidate(self._index.delegation(source), delegated):
                yield Step(source, checks.check_link(source, row), inferred=True)

    def _is_candidate(self, above: Delegated, below: Delegated) -> bool:
        if above.standing == Standing.DRAFT or not above.kinds & below.kinds:
            return False
        return any(
            not self._index.matters_above(matter).isdisjoint(above.matters)
            for matter in below.matters
        )

    def _break_off(self, delegated: Delegated) -> Step:
        rule = Rule.NO_ROOT if delegated.delegator >= 0 else Rule.GIVER_NOT_STATED
        kind = self.checks.check_kind(delegated)
        return Step(-1, ((rule, -1), *kind))

    def list_above(self, row: int) -> frozenset[int]:
        """Return the delegations that a delegation rests on, whether or not the ways hold."""
        passed: set[int] = set()
        waiting = [step.source for step in self.list_steps(row)]
        while waiting:
            above = waiting.pop()
            if above >= 0 and above not in passed:
                passed.add(above)
                waiting.extend(step.source for step in self.list_steps(above))
        return frozenset(passed)

    def runs_in_circle(self, row: int) -> bool:
        """Return whether a delegation rests on itself."""
        return row in self.list_above(row)

    def reaches_root(self, row: int) -> bool:
        """Return whether any way up, holding or not, ends at an original authority."""
        return any(
            step.original is not None
            for above in (row, *self.list_above(row))
            for step in self.list_steps(above)
        )

    def lacks_giver(self, row: int) -> bool:
        """Return whether some way up breaks off where it is not stated who has delegated."""
        return any(
            (Rule.GIVER_NOT_STATED, -1) in step.found
            for above in (row, *self.list_above(row))
            for step in self.list_steps(above)
        )

    def find_barring(self) -> dict[int, Verdict]:
        """Return the delegations that bar others from the question, with how sure that is."""
        if self._barring is None:
            index, asked = self._index, self.checks.asked
            stated = (row for matter in asked.matters for row in index.of_matter(matter))
            rows = {*stated, *index.without_matter()}
            levels = {
                row: self.find_level(row, frozenset())
                for row in sorted(rows)
                if self._bars_whole_question(index.delegation(row))
            }
            self._barring = {row: level for row, level in levels.items() if level}
        return self._barring

    def _bars_whole_question(self, delegated: Delegated) -> bool:
        asked = self.checks.asked
        if delegated.delegate < 0 or not self.checks.is_exclusive(delegated):
            return False
        if delegated.unit >= 0 and (asked.units is None or delegated.unit not in asked.units):
            return False
        amount_asked = delegated.hundredths < 0 or asked.hundredths >= 0
        return amount_asked and judge_amount(asked, delegated) is None

    def find_level(self, row: int, barring: frozenset[int]) -> Verdict:
        """Return the best verdict of the ways up from a delegation, itself included.

        Where ways run in circles it may be better than that of any single way.
        """
        start = (row, barring - {row})
        if start not in self._levels:
            self._spread_levels(start)
        return self._levels[start]

    def _spread_levels(self, start: State) -> None:
        """Find the levels of all states above `start`: downwards from the tops, the best first."""
        below: defaultdict[State, list[tuple[State, Verdict]]] = defaultdict(list)
        levels: dict[State, Verdict] = {}
        waiting = [start]
        while waiting:
            state = waiting.pop()
            if state in levels:
                continue
            levels[state] = Verdict.NO
            for verdict, above in self._list_onward(state):
                if above is None:
                    levels[state] = max(levels[state], verdict)
                else:
                    below[above].append((state, verdict))
                    waiting.append(above)
        changed = deque(state for state, level in levels.items() if level)
        while changed:
            state = changed.popleft()
            for lower, verdict in below[state]:
                if (level := min(levels[state], verdict)) > levels[lower]:
                    levels[lower] = level
                    changed.append(lower)
        self._levels.update(levels)

    def _list_onward(self, state: State) -> Iterator[tuple[Verdict, State | None]]:
        """Yield the ways on that do not fail: the verdict of the step, and where it leads."""
        row, barring = state
        own = judge(self.checks.check_delegation(row))
        if not own:
            return
        for step in self.list_steps(row):
            verdict = min(own, judge(step.found))
            if step.source < 0:
                verdict = min(verdict, judge(step.top_found), judge(self._bar(barring)))
                above = None
            else:
                above = (step.source, barring - {step.source})
            if verdict:
                yield verdict, above

    def _bar(self, barring: Iterable[int]) -> Found:
        sure = self.find_barring() if barring else {}
        return tuple(
            (Rule.EXCLUSIVE if sure[row] is Verdict.YES else Rule.EXCLUSIVE_NOT_STATED, row)
            for row in sorted(barring)
        )

    def search(
        self, starts: Sequence[int], barring: frozenset[int], wanted: Verdict
    ) -> Iterator[Way]:
        """Yield the ways of at least the verdict `wanted`, by failing links and then by length."""
        order = count()
        heap: list[tuple[int, int, tuple[int, ...], int, _Partial]] = []
        for row in starts:
            if not wanted or self.find_level(row, barring) >= wanted:
                first = _Partial((row,), (), (), barring - {row})
                heapq.heappush(heap, (0, 1, first.key, next(order), first))
        for _ in range(_MOST_STEPS if not wanted else 100 * _MOST_STEPS):
            if not heap:
                return
            failing, *_, partial = heapq.heappop(heap)
            if partial.whole is not None:
                yield partial.whole
                continue
            for longer in self._lengthen(partial, wanted):
                cost = failing + longer.count_new_failing()
                heapq.heappush(heap, (cost, len(longer.rows), longer.key, next(order), longer))

    def _lengthen(self, partial: _Partial, wanted: Verdict) -> Iterator[_Partial]:
        row = partial.rows[-1]
        own = self.checks.check_delegation(row)
        for step in self.list_steps(row):
            circle = step.source in partial.rows
            found = (*own, *(self._close_circle(row, step.source) if circle else step.found))
            longer = partial.pass_on(step, found)
            if step.source < 0 or circle:
                top_found = step.top_found
                barred = self._bar(partial.barring)
                way = Way(
                    longer.rows, longer.found, longer.inferred, step.original, top_found, barred
                )
                if way.verdict >= wanted:
                    yield longer.finish(way)
            elif not wanted or self._reaches(step.source, partial.barring, found, wanted):
                yield longer.go_up(step.source)

    def _close_circle(self, row: int, source: int) -> Found:
        kind = self.checks.check_kind(self._index.delegation(row))
        return ((Rule.CYCLE, source), *kind)

    def _reaches(self, source: int, barring: frozenset[int], found: Found, wanted: Verdict) -> bool:
        return min(judge(found), self.find_level(source, barring)) >= wanted

    def count_ways(self, starts: Sequence[int], barring: frozenset[int], wanted: Verdict) -> int:
        """Return the number of ways of at least the verdict `wanted` (greater than NO)."""
        firsts = [
            (row, barring - {row}) for row in starts if self.find_level(row, barring) >= wanted
        ]
        onward: dict[State, list[State | None]] = {}
        waiting = list(firsts)
        while waiting:
            state = waiting.pop()
            if state not in onward:
                onward[state] = [
                    above for verdict, above in self._list_onward(state) if verdict >= wanted
                ]
                waiting.extend(above for above in onward[state] if above)
        try:
            order = TopologicalSorter(
                {state: [above for above in after if above] for state, after in onward.items()}
            ).static_order()
            numbers: dict[State, int] = {}
            for state in order:
                numbers[state] = sum(numbers[above] if above else 1 for above in onward[state])
        except CycleError:
            return self.count_one_by_one(starts, barring, wanted)
        return sum(numbers[first] for first in firsts)

    def count_one_by_one(
        self, starts: Sequence[int], barring: frozenset[int], wanted: Verdict
    ) -> int:
        """Return the number of ways of at least the verdict `wanted`, up to 10,000."""
        return sum(1 for _ in islice(self.search(starts, barring, wanted), _MOST_COUNTED))


class _Partial(NamedTuple):
    """A way that has come up to its last delegation; `whole` once it is finished."""

    rows: tuple[int, ...]
    found: tuple[Found, ...]
    inferred: tuple[bool, ...]
    barring: frozenset[int]
    whole: Way | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """Return what orders ways of the same cost: whole ones first."""
        top = self.whole.original.id if self.whole and self.whole.original else -1
        return (self.whole is None, *self.rows, top)

    def pass_on(self, step: Step, found: Found) -> _Partial:
        return self._replace(found=(*self.found, found), inferred=(*self.inferred, step.inferred))

    def go_up(self, source: int) -> _Partial:
        return self._replace(rows=(*self.rows, source), barring=self.barring - {source})

    def finish(self, way: Way) -> _Partial:
        return self._replace(whole=way)

    def count_new_failing(self) -> int:
        """Return how many of what was passed last fail: the link, the top, the grants elsewhere."""
        last = [judge(self.found[-1])]
        if self.whole is not None:
            last += [judge(self.whole.top_found), judge(self.whole.barred)]
        return sum(1 for verdict in last if not verdict)


def list_starts(checks: Checks, party: int) -> tuple[int, ...]:
    """Return the delegations of a party that touch the matter: equal, broader, narrower, none."""
    index, asked = checks.index, checks.asked
    below = index.matters_below(asked.matter) if asked.matter >= 0 else frozenset()
    touching = asked.matters | below
    return tuple(
        row
        for row in list_received(index, party)
        if not (matters := index.delegation(row).matters) or not touching.isdisjoint(matters)
    )


def list_received(index: Index, party: int) -> tuple[int, ...]:
    """Return the delegations that a party has received: by itself and by its roles."""
    if party < 0:
        return ()
    receivers = (party, *sorted(index.roles_of(party)))
    return tuple(dict.fromkeys(row for each in receivers for row in index.received(each)))
