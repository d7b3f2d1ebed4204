"""What a party has on a day: its own authority and delegations, and what it gave on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from styrgraf.governance.authority import facts
from styrgraf.governance.authority.answers import HeldDelegation
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.reasoning.asking import ask_matter
from styrgraf.governance.authority.reasoning.chains import list_received
from styrgraf.governance.authority.reasoning.checks import Checks, judge
from styrgraf.governance.authority.reasoning.describing import Describer
from styrgraf.governance.authority.reasoning.holders import judge_row
from styrgraf.governance.authority.reasoning.parties import Parties, Standing
from styrgraf.governance.authority.rules import Verdict

_DRAFT = facts.Standing.DRAFT


def list_held(index: Index, party: int, on: date) -> tuple[HeldDelegation, ...]:
    """Return each delegation and original authority by which `party` may decide, or may be able to.

    One for each matter, decided or signed; those that surely do not hold on the day are left out.
    """
    if party < 0:
        return ()
    return tuple(
        held
        for row, matter, kind in _list_rights(index, party, on)
        for held in _judge_right(index, party, row, matter, kind, on)
    )


def _list_bearers(index: Index, party: int, on: date) -> tuple[int, ...]:
    """Return the party, the posts it holds or may hold, and those it is a substitute for."""
    day = on.toordinal()
    posts = [row.post for row in index.holdings_of(party) if judge(judge_row(row, day))]
    own = (party, *posts)
    steps_in = [row.post for each in own for row in index.substitutions_by(each)]
    return tuple(dict.fromkeys((*own, *steps_in)))


def _list_rights(index: Index, party: int, on: date) -> Iterator[tuple[int, int, int]]:
    """Yield (delegation or original authority, matter, kind of right)."""
    for bearer in _list_bearers(index, party, on):
        for original in index.originals_of(bearer):
            for matter in original.matters:
                yield original.id, matter, 0
        for row in list_received(index, bearer):
            delegated = index.delegation(row)
            kinds = [kind for kind in (0, 1) if delegated.kinds & 1 << kind]
            yield from ((row, matter, kind) for matter in delegated.matters for kind in kinds)


def _judge_right(
    index: Index, party: int, right: int, matter: int, kind: int, on: date
) -> Iterator[HeldDelegation]:
    parties = Parties(Checks(index, ask_matter(index, matter, on, kind)))
    standings = parties.list_all_standings(party)
    narrowed = (_narrow(parties, standing, right) for standing in standings)
    best = max((each for each in narrowed if each), key=lambda each: each.level, default=None)
    if best is not None and best.level:
        describer = Describer(parties)
        yield HeldDelegation(
            delegation=describer.name(right),
            matter=describer.name(matter),
            answer=describer.describe_party(best),
            given_on=tuple(describer.name(row) for row in _list_given_on(parties, best, right)),
            kind=Kind(kind),
        )


def _narrow(parties: Parties, standing: Standing, right: int) -> Standing | None:
    """Return the standing by one right alone, None where it is not among its rights."""
    starts = tuple(row for row in standing.starts if row == right)
    originals = tuple(each for each in standing.originals if each[0].id == right)
    if not starts and not originals:
        return None
    narrowed = standing._replace(starts=starts, originals=originals)
    own = max((judge(found) for _, found in originals), default=Verdict.NO)
    best = max(own, parties.find_best_way(starts, standing.barring))
    return narrowed._replace(level=min(best, judge(standing.found)))


def _list_given_on(parties: Parties, standing: Standing, right: int) -> tuple[int, ...]:
    """Return the delegations that the party gave and that rest on `right`, stated or inferred.

    Those not adopted are left out, and of those on original authority those of other matters.
    """
    index, asked = parties.index, parties.checks.asked
    touching = asked.matters | index.matters_below(asked.matter)
    return tuple(
        row
        for row in index.given(standing.party)
        if index.delegation(row).standing != _DRAFT
        and any(
            step.source == right
            or (step.original and step.original.id == right and _touches(index, row, touching))
            for step in parties.ways.list_steps(row)
        )
    )


def _touches(index: Index, row: int, matters: frozenset[int]) -> bool:
    stated = index.delegation(row).matters
    return not stated or not matters.isdisjoint(stated)
