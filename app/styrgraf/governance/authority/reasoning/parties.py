"""What one party may: by its own delegations and authority, as substitute, or as a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.governance.authority.indexing.records import Original
from styrgraf.governance.authority.reasoning.chains import Way, Ways, list_starts
from styrgraf.governance.authority.reasoning.checks import Checks, Found, judge
from styrgraf.governance.authority.reasoning.holders import (
    check_vacancy,
    find_holder,
    judge_row,
    list_substitutions,
)
from styrgraf.governance.authority.rules import Rule, Verdict


class Standing(NamedTuple):
    """How a party may decide: `bearer` is the one whose delegations these are.

    That is the party itself, or the post that it substitutes for or holds. `found` speaks against
    the party, whatever the way; `level` is the verdict of all together.
    """

    party: int
    bearer: int
    starts: tuple[int, ...]
    originals: tuple[tuple[Original, Found], ...]
    barring: frozenset[int]
    found: Found
    level: Verdict


class Parties:
    """The parties of one question."""

    def __init__(self, checks: Checks) -> None:
        self.checks = checks
        self.index = checks.index
        self.ways = Ways(checks)
        self._ways_of_bearers: dict[int, tuple[frozenset[int], Verdict]] = {}

    def list_standings(self, party: int) -> tuple[Standing, ...]:
        """Return the ways in which a post, body or role might decide, the best first."""
        own = self.describe(party, party, check_vacancy(self.index, party, self.checks.asked.on))
        others = self._list_substituted(party)
        return tuple(sorted((own, *others), key=lambda each: (-each.level, each.bearer != party)))

    def _list_substituted(self, party: int) -> Iterator[Standing]:
        on = self.checks.asked.on
        for row in self.index.substitutions_by(party) if party >= 0 else ():
            for substitution, found in list_substitutions(self.index, row.post, on):
                if substitution.id == row.id:
                    vacant = find_holder(self.index, party, on).vacant
                    vacancy = ((Rule.VACANT, party),) if vacant else ()
                    yield self.describe(party, row.post, (*found, *vacancy))

    def describe(self, party: int, bearer: int, found: Found) -> Standing:
        """Return how `party` may decide by what `bearer` has, with what speaks against it."""
        starts = list_starts(self.checks, bearer)
        originals = self.checks.list_covering(bearer)
        barring, best = self._find_best(bearer)
        if not starts and not originals:
            found = (*found, (Rule.NO_DELEGATION, -1))
        return Standing(party, bearer, starts, originals, barring, found, min(best, judge(found)))

    def _find_best(self, bearer: int) -> tuple[frozenset[int], Verdict]:
        if bearer not in self._ways_of_bearers:
            barring = self._list_barring(bearer)
            own = [judge(found) for _, found in self.checks.list_roots(bearer)]
            best = max(own, default=Verdict.NO)
            if best is not Verdict.YES:
                starts = list_starts(self.checks, bearer)
                best = max(best, self.find_best_way(starts, barring))
            self._ways_of_bearers[bearer] = barring, best
        return self._ways_of_bearers[bearer]

    def find_best_way(self, starts: tuple[int, ...], barring: frozenset[int]) -> Verdict:
        """Return the verdict of the best way up from any of the delegations `starts`."""
        for wanted in (Verdict.YES, Verdict.NOT_TOLD):
            if next(self.ways.search(starts, barring, wanted), None) is not None:
                return wanted
        return Verdict.NO

    def _list_barring(self, bearer: int) -> frozenset[int]:
        return frozenset(
            row
            for row in self.ways.find_barring()
            if not self.checks.has_received(bearer, self.index.delegation(row))
        )

    def list_persons_standings(self, person: int) -> tuple[Standing, ...]:
        """Return the ways in which a person might decide, the best first."""
        on = self.checks.asked.on
        found: list[Standing] = []
        for row in self.index.holdings_of(person) if person >= 0 else ():
            held = judge_row(row, on)
            if not judge(held):
                continue
            weak = ((Rule.HOLDER_NOT_STATED, row.post),) if held else ()
            for standing in self.list_standings(row.post):
                level = min(standing.level, judge(weak))
                found.append(standing._replace(found=(*standing.found, *weak), level=level))
        return tuple(sorted(found, key=lambda each: -each.level))

    def check_person(self, standings: tuple[Standing, ...]) -> Found:
        """Return what speaks against a person who holds no post that may, or may be told to."""
        if any(each.level for each in standings):
            return ()
        on = self.checks.asked.on
        for post in self.list_candidates():
            held = find_holder(self.index, post, on)
            if held.is_post and not held.is_stated and self.list_standings(post)[0].level:
                return ((Rule.HOLDER_NOT_STATED, post),)
        return ((Rule.NO_POST, -1),)

    def list_all_standings(self, party: int) -> tuple[Standing, ...]:
        """Return the ways in which any party, also a person, might decide, the best first."""
        by_posts = self.list_persons_standings(party)
        if not self.is_person(party):
            return tuple(
                sorted((*self.list_standings(party), *by_posts), key=lambda each: -each.level)
            )
        return by_posts

    def is_person(self, party: int) -> bool:
        """Return whether a party can only be a person: it can hold posts and nothing else."""
        if party < 0:
            return True
        known = self.index.received(party) or self.index.originals_of(party)
        return self.index.party_kind(party) == PartyKind.OTHER and not known

    def may_hold_posts(self, party: int) -> bool:
        """Return whether a party is, or can be, a person."""
        if party < 0 or self.index.holdings_of(party):
            return True
        return self.index.party_kind(party) == PartyKind.OTHER

    def list_bearers(self) -> frozenset[int]:
        """Return all that have a delegation that touches the matter, or an original authority."""
        index, asked = self.index, self.checks.asked
        matters = asked.matters | index.matters_below(asked.matter) if asked.matter >= 0 else ()
        rows = {row for matter in matters for row in index.of_matter(matter)}
        rows.update(index.without_matter())
        receivers = {index.delegation(row).delegate for row in rows} - {-1}
        receivers.update(original.holder for original in index.originals())
        bearers = {party for receiver in receivers for party in self.expand(receiver)}
        return frozenset(bearers)

    def list_candidates(self) -> tuple[int, ...]:
        """Return all posts, bodies and roles without posts that might decide, or nearly."""
        bearers = self.list_bearers()
        steps_in = {
            row.substitute for party in bearers for row in self.index.substitutions_for(party)
        }
        return tuple(sorted(bearers | steps_in))

    def expand(self, receiver: int) -> tuple[int, ...]:
        """Return the posts that a role stands for; any other party, or a role without, itself."""
        return tuple(self.index.posts_of(receiver)) or (receiver,)

    def list_delegations_above(self, bearers: Iterable[int]) -> frozenset[int]:
        """Return the delegations that all ways up from those of `bearers` pass, on any day."""
        waiting = [row for party in bearers for row in list_starts(self.checks, party)]
        passed: set[int] = set()
        while waiting:
            row = waiting.pop()
            if row not in passed:
                passed.add(row)
                steps = self.ways.list_steps(row)
                waiting.extend(step.source for step in steps if step.source >= 0)
        return frozenset(passed)

    def count_ways(self, standing: Standing, wanted: Verdict) -> int:
        """Return the number of ways of at least the verdict `wanted`."""
        count = self.ways.count_ways if wanted else self.ways.count_one_by_one
        return count(standing.starts, standing.barring, wanted)

    def find_ways(self, standing: Standing, wanted: Verdict) -> Iterator[Way]:
        """Yield the ways of at least the verdict `wanted`, the best first."""
        return self.ways.search(standing.starts, standing.barring, wanted)
