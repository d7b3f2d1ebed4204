"""Ways and findings in the numbers of an index, put into the values of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from styrgraf.governance.authority.answers import (
    MOST_CHAINS,
    Chain,
    Finding,
    HolderState,
    Link,
    PartyAnswer,
    Period,
)
from styrgraf.governance.authority.facts import Limit
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import (
    CERTAINTIES,
    NEVER,
    UNSTATED,
    Delegated,
    Original,
)
from styrgraf.governance.authority.reasoning.chains import Way
from styrgraf.governance.authority.reasoning.checks import Found, judge
from styrgraf.governance.authority.reasoning.holders import find_holder, list_substitutions
from styrgraf.governance.authority.reasoning.parties import Parties, Standing
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.authority.windows import find_certain_day
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri

_INFERRED = CERTAINTIES.index(Certainty.INFERRED)


class Describer:
    """Describes what was found for one question."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._index: Index = parties.index
        self._on = parties.checks.asked.on

    def describe_party(self, standing: Standing, most: int = MOST_CHAINS) -> PartyAnswer:
        """Return the answer for a party by one way of standing, with its best chains."""
        direct = [Way((), (), (), original, found, ()) for original, found in standing.originals]
        best = max((way.verdict for way in direct), default=Verdict.NO)
        first = next(self._parties.find_ways(standing, Verdict.YES), None)
        if first is None and best is not Verdict.YES:
            first = next(self._parties.find_ways(standing, Verdict.NOT_TOLD), None)
        best = max(best, first.verdict if first else best)
        ways = [way for way in direct if way.verdict is best]
        total = len(ways) + self._parties.count_ways(standing, best)
        ways += islice(self._parties.find_ways(standing, best), most)
        return PartyAnswer(
            party=self.name(standing.party),
            verdict=standing.level,
            holder=self.describe_holder(standing.party),
            chains=tuple(self.describe_chain(way) for way in ways[:most]),
            total=total,
            findings=self.describe_found(standing.found),
            through=None if standing.bearer == standing.party else self.name(standing.bearer),
        )

    def describe_holder(self, party: int) -> HolderState:
        """Return who holds a party on the day, and who steps in."""
        held = find_holder(self._index, party, self._on)
        substitutions = list_substitutions(self._index, party, self._on) if held.is_post else ()
        return HolderState(
            is_post=held.is_post,
            persons=self._names(held.persons),
            acting=held.acting,
            vacant=held.vacant,
            substitutes=tuple(
                (self.name(row.substitute), next(iter(self.describe_found(found)), None))
                for row, found in substitutions
            ),
        )

    def describe_chain(self, way: Way) -> Chain:
        """Return a way as a chain, its original authority first."""
        links = [
            self.describe_delegation(row, found, inferred)
            for row, found, inferred in zip(way.rows, way.found, way.inferred, strict=True)
        ]
        if way.original is not None:
            links.append(self._describe_original(way.original, way.top_found))
        certainty = max(CERTAINTIES.index(link.certainty) for link in links)
        return Chain(
            links=tuple(reversed(links)),
            verdict=way.verdict,
            period=self._intersect(way) if way.verdict else None,
            limits=find_lowest(self._index, way.rows),
            certainty=CERTAINTIES[certainty],
            findings=self.describe_found(way.barred),
        )

    def describe_delegation(self, row: int, found: Found, inferred: bool) -> Link:
        """Return a delegation as a link, with what was found against it."""
        delegated = self._index.delegation(row)
        start, end = self._cut_window(delegated)
        certainty = max(delegated.certainty, _INFERRED if inferred else 0)
        return Link(
            delegation=self.name(row),
            original_authority=None,
            giver=self._name_stated(delegated.delegator),
            receiver=self._name_stated(delegated.delegate),
            matters=self._names(delegated.matters),
            period=_make_period(start, end),
            limit=find_limit(delegated),
            unit=self._name_stated(delegated.unit),
            conditional=delegated.conditional,
            inferred=inferred,
            certainty=CERTAINTIES[certainty],
            findings=self.describe_found(found),
        )

    def _describe_original(self, original: Original, found: Found) -> Link:
        return Link(
            delegation=None,
            original_authority=self.name(original.id),
            giver=None,
            receiver=self.name(original.holder),
            matters=self._names(original.matters),
            period=_make_period(original.start, original.end),
            limit=None,
            unit=None,
            conditional=False,
            inferred=False,
            certainty=CERTAINTIES[original.certainty],
            findings=self.describe_found(found),
        )

    def _cut_window(self, delegated: Delegated) -> tuple[int, int]:
        """Return start and end of a delegation, cut by its recall and its order."""
        starts, ends = [delegated.start], [delegated.end]
        ends += [day for day, _ in delegated.recalls]
        if delegated.order >= 0:
            start, end, _ = self._index.order_window(delegated.order)
            starts.append(start)
            ends.append(end)
        stated_ends = [day for day in ends if day != UNSTATED]
        return UNSTATED if UNSTATED in starts else max(starts), min(stated_ends, default=NEVER)

    def _intersect(self, way: Way) -> Period | None:
        """Return the days on which all windows of a way surely hold, if the day asked is one."""
        windows = [self._find_sure_window(self._index.delegation(row)) for row in way.rows]
        if way.original is not None:
            top = way.original
            windows.append(_make_sure(top.start, top.end, top.precision))
        start = max(window[0] for window in windows)
        end = min(window[1] for window in windows)
        return _make_period(start, end) if start <= self._on < end else None

    def _find_sure_window(self, delegated: Delegated) -> tuple[int, int]:
        start, end = _make_sure(delegated.start, delegated.end, delegated.precision)
        end = min([end, *(day for day, _ in delegated.recalls)])
        if delegated.order < 0:
            return start, end
        order_start, order_end = _make_sure(*self._index.order_window(delegated.order))
        return max(start, order_start), min(end, order_end)

    def describe_found(self, found: Found) -> tuple[Finding, ...]:
        """Return what was found, the failing before the not stated."""
        ordered = sorted(dict.fromkeys(found), key=lambda each: judge((each,)))
        return tuple(Finding(rule, self._name_stated(other)) for rule, other in ordered)

    def name(self, thing: int) -> Iri:
        """Return the IRI of a thing."""
        return Iri(self._index.iri(thing))

    def _name_stated(self, thing: int) -> Iri | None:
        return self.name(thing) if thing >= 0 else None

    def _names(self, things: Iterable[int]) -> tuple[Iri, ...]:
        return tuple(self.name(thing) for thing in things)


def find_lowest(index: Index, rows: Iterable[int]) -> tuple[Limit, ...]:
    """Return the lowest limit of delegations in each currency."""
    lowest: dict[str, Limit] = {}
    for row in rows:
        limit = find_limit(index.delegation(row))
        if limit is not None:
            known = lowest.setdefault(limit.currency, limit)
            lowest[limit.currency] = min(known, limit, key=_order_limit)
    return tuple(lowest[currency] for currency in sorted(lowest))


def find_limit(delegated: Delegated) -> Limit | None:
    """Return the limit of a delegation, None where none is stated."""
    if delegated.hundredths < 0:
        return None
    return Limit(delegated.hundredths, delegated.currency, delegated.excluded)


def _order_limit(limit: Limit) -> tuple[int, bool]:
    return limit.hundredths, not limit.excluded


def _make_sure(start: int, end: int, precision: int) -> tuple[int, int]:
    """Return the days on which a window surely holds."""
    sure_start = NEVER if start == UNSTATED else find_certain_day(start, precision)
    return sure_start, NEVER if end == UNSTATED else end


def _make_period(start: int, end: int) -> Period:
    return Period(
        date.fromordinal(start) if start != UNSTATED else None,
        date.fromordinal(end) if end not in (UNSTATED, NEVER) else None,
    )
