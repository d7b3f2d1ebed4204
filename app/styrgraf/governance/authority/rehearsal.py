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
from styrgraf.governance.authority.asking import ask_matter
from styrgraf.governance.authority.breaks import list_all_edges
from styrgraf.governance.authority.changes import REHEARSED, list_changed
from styrgraf.governance.authority.checks import Checks
from styrgraf.governance.authority.competence import RecordedDecision, judge_decision
from styrgraf.governance.authority.describing import find_lowest
from styrgraf.governance.authority.engine import Authority
from styrgraf.governance.authority.facts import AuthorityFacts, Kind, Limit
from styrgraf.governance.authority.parties import Parties, Standing
from styrgraf.governance.authority.records import NEVER
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

    `fallen`: delegations, not recalled themselves, that hold on that day before the change and not
    after it. `authority` by party, matter and day; `decisions` from that day on.
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
    now, then = Authority.of(before), Authority.of(after)
    later = [each for each in decisions if each.day is not None and each.day >= on]
    return Rehearsal(
        on=on,
        authority=tuple(_compare_authority(now, then, before, after, on)),
        fallen=tuple(_list_fallen(now, then, before, on)),
        decisions=tuple(_compare_decisions(now, then, later)),
    )


def _compare_authority(
    now: Authority, then: Authority, before: AuthorityFacts, after: AuthorityFacts, on: date
) -> Iterator[AuthorityChange]:
    changed = list_changed(before, after)
    matters = sorted({*_list_matters(before), *_list_matters(after)})
    found = [
        change
        for matter in matters
        for kind in Kind
        if _bears_on(now, changed, matter, kind) or _bears_on(then, changed, matter, kind)
        for change in _compare_matter(now, then, matter, kind, on)
    ]
    order = list(Effect)
    yield from sorted(
        found, key=lambda each: (order.index(each.effect), each.party, each.matter, each.kind)
    )


def _list_matters(facts: AuthorityFacts) -> set[str]:
    stated = {matter for each in facts.delegations for matter in each.matters}
    return stated | {matter for each in facts.original_authorities for matter in each.matters}


def _compare_matter(
    now: Authority, then: Authority, matter: str, kind: Kind, on: date
) -> Iterator[AuthorityChange]:
    days = sorted({on.toordinal(), *_list_days(now, matter, on), *_list_days(then, matter, on)})
    earlier = [_measure(now, matter, kind, day) for day in days]
    later = [_measure(then, matter, kind, day) for day in days]
    if earlier == later:
        return
    nothing = Extent(Verdict.NO)
    for party in sorted({party for extents in (*earlier, *later) for party in extents}):
        pairs = [
            (first.get(party, nothing), second.get(party, nothing))
            for first, second in zip(earlier, later, strict=True)
        ]
        for start, end, (first, second) in _join_days(days, pairs):
            if first != second:
                period = Period(date.fromordinal(start), date.fromordinal(end) if end else None)
                effect = _name_effect(first, second)
                yield AuthorityChange(effect, Iri(party), Iri(matter), kind, period, first, second)


def _join_days(
    days: list[int], pairs: list[tuple[Extent, Extent]]
) -> Iterator[tuple[int, int | None, tuple[Extent, Extent]]]:
    """Yield the longest stretches of days with the same pair: first day, first day after."""
    starts = [0, *(i + 1 for i, (one, two) in enumerate(pairwise(pairs)) if one != two)]
    for position, index in enumerate(starts):
        end = days[starts[position + 1]] if position + 1 < len(starts) else None
        yield days[index], end, pairs[index]


def _bears_on(authority: Authority, changed: frozenset[str], matter: str, kind: Kind) -> bool:
    """Return whether anything of what has changed can bear on who may decide a matter."""
    thing = authority.index.find(matter)
    if thing < 0:
        return False
    things = frozenset(authority.index.find(iri) for iri in changed)
    asked = ask_matter(authority.index, thing, date.max, kind)
    parties = Parties(Checks(authority.index, asked))
    rows = parties.list_delegations_above(parties.list_bearers())
    return not things.isdisjoint(rows) or not things.isdisjoint(parties.list_candidates())


def _list_days(authority: Authority, matter: str, on: date) -> Iterator[int]:
    thing = authority.index.find(matter)
    if thing >= 0:
        edges = list_all_edges(authority.index, ask_matter(authority.index, thing, on))
        yield from (edge for edge in edges if on.toordinal() < edge < NEVER)


def _measure(authority: Authority, matter: str, kind: Kind, day: int) -> dict[str, Extent]:
    """Return how far each party may decide on a day; who may not is left out."""
    thing = authority.index.find(matter)
    if thing < 0:
        return {}
    asked = ask_matter(authority.index, thing, date.fromordinal(day), kind)
    parties = Parties(Checks(authority.index, asked))
    standings = (parties.list_standings(party)[0] for party in parties.list_candidates())
    return {
        authority.index.iri(each.party): Extent(each.level, _find_highest(parties, each))
        for each in standings
        if each.level
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


def _list_fallen(
    now: Authority, then: Authority, before: AuthorityFacts, on: date
) -> Iterator[Iri]:
    for delegation in sorted(before.delegations, key=lambda each: each.iri):
        if delegation.iri != REHEARSED and any(
            _find_level(now, delegation.iri, matter, on)
            > _find_level(then, delegation.iri, matter, on)
            for matter in delegation.matters
        ):
            yield Iri(delegation.iri)


def _find_level(authority: Authority, delegation: str, matter: str, on: date) -> Verdict:
    row = authority.index.find(delegation)
    if not 0 <= row < authority.index.delegation_count:
        return Verdict.NO
    thing = authority.index.find(matter)
    kinds = authority.index.delegation(row).kinds
    kind = Kind.DECIDE if kinds & 1 << Kind.DECIDE else Kind.SIGN
    parties = Parties(Checks(authority.index, ask_matter(authority.index, thing, on, kind)))
    return parties.ways.find_level(row, frozenset())


def _compare_decisions(
    now: Authority, then: Authority, decisions: Iterable[RecordedDecision]
) -> Iterator[DecisionChange]:
    for decision in decisions:
        before = judge_decision(now, decision).verdict
        after = judge_decision(then, decision).verdict
        if before != after:
            yield DecisionChange(decision.iri, before, after)
