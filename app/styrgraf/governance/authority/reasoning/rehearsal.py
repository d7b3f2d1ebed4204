"""Rehearsal: which authority a change would take, give or narrow, and what would lose its basis.

Facts before and after are compiled in memory and asked the same questions on every day, from the
day of the change on, on which an answer may differ. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice, pairwise

from styrgraf.governance.authority.answers import MOST_CHAINS, Period
from styrgraf.governance.authority.facts import AuthorityFacts, Kind, Limit
from styrgraf.governance.authority.indexing.records import NEVER
from styrgraf.governance.authority.reasoning.asking import ask_matter
from styrgraf.governance.authority.reasoning.breaks import list_all_edges
from styrgraf.governance.authority.reasoning.changes import list_changed
from styrgraf.governance.authority.reasoning.checks import Checks
from styrgraf.governance.authority.reasoning.competence import RecordedDecision, judge_decision
from styrgraf.governance.authority.reasoning.describing import find_lowest
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.reasoning.impact import Impact, touches_all
from styrgraf.governance.authority.reasoning.parties import Parties, Standing
from styrgraf.governance.authority.rules import Verdict
from styrgraf.model import Iri


class Effect(StrEnum):
    """What a change does to the authority of a party in a matter."""

    LOST = "lost"
    UNSURE = "unsure"
    NARROWED = "narrowed"
    WIDENED = "widened"
    GAINED = "gained"


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a party may decide: the verdict, and the highest limit (None: none is stated)."""

    verdict: Verdict
    limit: Limit | None = None


_NOTHING = Extent(Verdict.NO)


@dataclass(frozen=True, slots=True)
class AuthorityChange:
    """What changes for a party in a matter during a period (end exclusive, None: open)."""

    effect: Effect
    party: Iri
    matter: Iri
    kind: Kind
    period: Period
    before: Extent
    after: Extent


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """A recorded decision whose support in delegation changes."""

    decision: Iri
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a change from the day `on` would do.

    `fallen`: delegations that hold on that day before the change, and after it do not, or cannot be
    told to; one that is recalled itself is among them. `authority` by party, matter and day;
    `decisions` from that day on.
    """

    on: date
    authority: tuple[AuthorityChange, ...]
    fallen: tuple[Iri, ...]
    decisions: tuple[DecisionChange, ...]


def rehearse(
    before: AuthorityFacts,
    after: AuthorityFacts,
    on: date,
    decisions: Iterable[RecordedDecision] = (),
) -> Rehearsal:
    """Return what differs between two states of the facts from the day `on`."""
    states = _States(before, after, on)
    later = [each for each in decisions if each.day is not None and each.day >= on]
    return Rehearsal(
        on=on,
        authority=tuple(_compare_authority(states, before, after)),
        fallen=tuple(_list_fallen(states)),
        decisions=tuple(_compare_decisions(states.now, states.then, later)),
    )


class _States:
    """The states before and after a change, and what it bears on in each."""

    def __init__(self, before: AuthorityFacts, after: AuthorityFacts, on: date) -> None:
        self.on = on
        self.now, self.then = Authority.of(before), Authority.of(after)
        changed, of_all = list_changed(before, after), touches_all(before, after)
        self._impacts = [
            (state, Impact(state.index, changed, of_all=of_all)) for state in (self.now, self.then)
        ]

    def list_resting(self) -> Iterator[str]:
        """Yield the delegations before the change that it bears on, in order."""
        authority, impact = self._impacts[0]
        yield from sorted(map(authority.index.iri, impact.rows))

    def compare(self, matter: str, kind: Kind) -> Iterator[AuthorityChange]:
        """Yield what differs for parties in a matter, on all days from that of the change."""
        concerned = self._list_concerned(matter, kind)
        if not concerned:
            return
        days = sorted({self.on.toordinal(), *self._list_days(matter)})
        earlier = [_measure(self.now, concerned, matter, kind, day) for day in days]
        later = [_measure(self.then, concerned, matter, kind, day) for day in days]
        for party in sorted({party for extents in (*earlier, *later) for party in extents}):
            pairs = [
                (first.get(party, _NOTHING), second.get(party, _NOTHING))
                for first, second in zip(earlier, later, strict=True)
            ]
            for start, end, (first, second) in _join_days(days, pairs):
                if first != second:
                    period = Period(date.fromordinal(start), date.fromordinal(end) if end else None)
                    yield AuthorityChange(
                        _name_effect(first, second),
                        Iri(party),
                        Iri(matter),
                        kind,
                        period,
                        first,
                        second,
                    )

    def _list_concerned(self, matter: str, kind: Kind) -> frozenset[str]:
        return frozenset(
            state.index.iri(party)
            for state, impact in self._impacts
            if (parties := _ask(state, matter, self.on, kind))
            for party in impact.list_concerned(parties)
        )

    def _list_days(self, matter: str) -> Iterator[int]:
        for state, _ in self._impacts:
            if (parties := _ask(state, matter, self.on, Kind.DECIDE)) is not None:
                edges = list_all_edges(state.index, parties.checks.asked)
                yield from (edge for edge in edges if self.on.toordinal() < edge < NEVER)


def _compare_authority(
    states: _States, before: AuthorityFacts, after: AuthorityFacts
) -> Iterator[AuthorityChange]:
    matters = sorted({*_list_matters(before), *_list_matters(after)})
    found = [
        change for matter in matters for kind in Kind for change in states.compare(matter, kind)
    ]
    order = list(Effect)
    yield from sorted(
        found, key=lambda each: (order.index(each.effect), each.party, each.matter, each.kind)
    )


def _list_matters(facts: AuthorityFacts) -> set[str]:
    stated = {matter for each in facts.delegations for matter in each.matters}
    return stated | {matter for each in facts.original_authorities for matter in each.matters}


def _ask(authority: Authority, matter: str, on: date, kind: Kind) -> Parties | None:
    """Return the parties of the question who may decide a matter; None where it is unknown."""
    thing = authority.index.find(matter)
    if thing < 0:
        return None
    return Parties(Checks(authority.index, ask_matter(authority.index, thing, on, kind)))


def _join_days(
    days: list[int], pairs: list[tuple[Extent, Extent]]
) -> Iterator[tuple[int, int | None, tuple[Extent, Extent]]]:
    """Yield the longest stretches of days with the same pair: first day, first day after."""
    starts = [0, *(i + 1 for i, (one, two) in enumerate(pairwise(pairs)) if one != two)]
    for position, index in enumerate(starts):
        end = days[starts[position + 1]] if position + 1 < len(starts) else None
        yield days[index], end, pairs[index]


def _measure(
    authority: Authority, concerned: frozenset[str], matter: str, kind: Kind, day: int
) -> dict[str, Extent]:
    """Return how far each party concerned may decide on a day; who may not is left out."""
    parties = _ask(authority, matter, date.fromordinal(day), kind)
    if parties is None:
        return {}
    names = {authority.index.iri(party): party for party in parties.list_candidates()}
    standings = {
        name: parties.list_standings(party)[0] for name, party in names.items() if name in concerned
    }
    return {
        name: Extent(standing.level, _find_highest(parties, standing))
        for name, standing in standings.items()
        if standing.level
    }


def _find_highest(parties: Parties, standing: Standing) -> Limit | None:
    """Return the highest limit that the best chains reach, None where one of them has none."""
    if any(not found for _, found in standing.originals):
        return None
    best = parties.find_best_way(standing.starts, standing.barring)
    ways = islice(parties.find_ways(standing, best), MOST_CHAINS)
    lowest = [find_lowest(parties.index, way.rows) for way in ways]
    limits = [each[0] for each in lowest if each]
    if len(limits) < len(lowest) or not limits:
        return None
    return max(limits, key=lambda limit: (limit.hundredths, not limit.excluded))


def _name_effect(before: Extent, after: Extent) -> Effect:
    if after.verdict is Verdict.NO:
        return Effect.LOST
    if before.verdict is Verdict.NO:
        return Effect.GAINED
    if after.verdict < before.verdict:
        return Effect.UNSURE
    if after.verdict > before.verdict:
        return Effect.GAINED
    return Effect.NARROWED if _reach(after.limit) < _reach(before.limit) else Effect.WIDENED


def _reach(limit: Limit | None) -> tuple[float, bool]:
    return (limit.hundredths, not limit.excluded) if limit else (float("inf"), True)


def _list_fallen(states: _States) -> Iterator[Iri]:
    index = states.now.index
    for delegation in states.list_resting():
        matters = index.delegation(index.find(delegation)).matters
        if any(
            _find_level(states.now, delegation, matter, states.on)
            > _find_level(states.then, delegation, matter, states.on)
            for matter in map(index.iri, matters)
        ):
            yield Iri(delegation)


def _find_level(authority: Authority, delegation: str, matter: str, on: date) -> Verdict:
    row = authority.index.find(delegation)
    if not 0 <= row < authority.index.delegation_count:
        return Verdict.NO
    kinds = authority.index.delegation(row).kinds
    kind = Kind.DECIDE if kinds & 1 << Kind.DECIDE else Kind.SIGN
    parties = _ask(authority, matter, on, kind)
    return parties.ways.find_level(row, frozenset()) if parties else Verdict.NO


def _compare_decisions(
    now: Authority, then: Authority, decisions: Iterable[RecordedDecision]
) -> Iterator[DecisionChange]:
    for decision in decisions:
        before = judge_decision(now, decision).verdict
        after = judge_decision(then, decision).verdict
        if before != after:
            yield DecisionChange(decision.iri, before, after)
