"""The checks on a delegation, on a link between two, and on an original authority.

Each gives what was found: rules with what they are about, (Rule, thing or -1). Nothing found means
that the check holds. The tables of docs/authority.md, in their order.
"""

from __future__ import annotations

from collections.abc import Iterator

from styrgraf.governance.authority.facts import Standing
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import UNSTATED, DefaultRow, Delegated, Original
from styrgraf.governance.authority.reasoning.asking import Asked
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.governance.authority.windows import judge_window

Found = tuple[tuple[Rule, int], ...]

_VERDICTS = {rule: text.verdict for rule, text in RULE_TEXTS.items()}


def judge(found: Found) -> Verdict:
    """Return YES where nothing was found, else the worst of it."""
    return min((_VERDICTS[rule] for rule, _ in found), default=Verdict.YES)


class Checks:
    """The checks for one question, each made once."""

    def __init__(self, index: Index, asked: Asked) -> None:
        self.index = index
        self.asked = asked
        self._delegations: dict[int, Found] = {}
        self._links: dict[tuple[int, int], Found] = {}
        self._roots: dict[int, tuple[tuple[Original, Found], ...]] = {}

    def check_delegation(self, row: int) -> Found:
        """Return what speaks against a delegation by itself."""
        if row not in self._delegations:
            delegated = self.index.delegation(row)
            self._delegations[row] = (
                *check_time(self.index, delegated, self.asked.on),
                *self._check_reach(delegated),
            )
        return self._delegations[row]

    def _check_reach(self, delegated: Delegated) -> Iterator[tuple[Rule, int]]:
        asked = self.asked
        if not delegated.matters:
            yield Rule.MATTER_NOT_STATED, -1
        elif asked.matters.isdisjoint(delegated.matters):
            yield Rule.MATTER, -1
        if not delegated.kinds & asked.kind:
            yield Rule.KIND, -1
        if asked.units is not None and delegated.unit >= 0 and delegated.unit not in asked.units:
            yield Rule.UNIT, delegated.unit
        amount = judge_amount(asked, delegated)
        if amount is not None:
            yield amount, -1
        if delegated.conditional and not asked.conditions_met:
            unmet = asked.conditions_met is False
            yield Rule.CONDITION_UNMET if unmet else Rule.CONDITION_NOT_STATED, -1

    def check_link(self, source: int, row: int) -> Found:
        """Return what speaks against `row` resting on the delegation `source`."""
        if (source, row) not in self._links:
            above, below = self.index.delegation(source), self.index.delegation(row)
            self._links[source, row] = (
                *self._check_giver(above, below),
                *self._check_permission(above),
                *self._check_recipient(above, below),
                *self._check_kind_permitted(below, above.recipient_kinds),
            )
        return self._links[source, row]

    def _check_giver(self, above: Delegated, below: Delegated) -> Iterator[tuple[Rule, int]]:
        if below.delegator < 0:
            yield Rule.GIVER_NOT_STATED, -1
        elif not self.has_received(below.delegator, above):
            yield Rule.GIVER, -1

    def has_received(self, party: int, delegated: Delegated) -> bool:
        """Return whether `party` is the delegate, or a post with the delegate's role."""
        receiver = delegated.delegate
        return receiver >= 0 and (receiver == party or receiver in self.index.roles_of(party))

    def find_permission(self, above: Delegated) -> int:
        """Return whether a delegation may go on, by itself or by its order: 1, 0, or -1."""
        if above.allowed >= 0 or above.order < 0:
            return above.allowed
        return self._find_default(above.order, "allowed")

    def _check_permission(self, above: Delegated) -> Iterator[tuple[Rule, int]]:
        allowed = self.find_permission(above)
        if allowed < 0:
            yield Rule.PERMISSION_NOT_STATED, -1
        elif not allowed:
            yield Rule.NOT_PERMITTED, above.order if above.allowed < 0 else -1

    def _find_default(self, order: int, name: str) -> int:
        """Return what the defaults of an order say on the day: 1, 0, or -1 where they do not.

        Those that are surely in force say it, unless one that may be says another thing.
        """
        possible, sure = set(), set()
        for default in self.index.defaults(order):
            value = getattr(default, name)
            verdict = judge(tuple((rule, -1) for rule in self._judge_default(default)))
            if value >= 0 and verdict:
                possible.add(value)
                sure |= {value} if verdict is Verdict.YES else set()
        return sure.pop() if sure and len(possible) == 1 else -1

    def _judge_default(self, default: DefaultRow) -> tuple[Rule, ...]:
        return judge_window(self.asked.on, (default.start, default.end, default.precision))

    def _check_recipient(self, above: Delegated, below: Delegated) -> Iterator[tuple[Rule, int]]:
        if not above.recipients:
            return
        receiver = below.delegate
        own = self.index.roles_of(receiver) | self.index.broader_roles(receiver) | {receiver}
        if receiver < 0 or own.isdisjoint(above.recipients):
            yield Rule.RECIPIENT, -1

    def _check_kind_permitted(self, below: Delegated, stated: int) -> Iterator[tuple[Rule, int]]:
        kinds = stated or self._find_default_kinds(below.order)
        if kinds and not kinds & self._find_kind(below.delegate):
            yield Rule.RECIPIENT_KIND, -1 if stated else below.order

    def _find_kind(self, party: int) -> int:
        return 1 << self.index.party_kind(party) if party >= 0 else 0

    def check_kind(self, below: Delegated) -> Found:
        """Return what the defaults of its order say against the kind of the recipient."""
        return tuple(self._check_kind_permitted(below, 0))

    def _find_default_kinds(self, order: int) -> int:
        kinds = 0
        for default in self.index.defaults(order) if order >= 0 else ():
            if not self._judge_default(default):
                kinds |= default.recipient_kinds
        return kinds

    def is_exclusive(self, delegated: Delegated) -> bool:
        """Return whether a delegation is exclusive on the day, by itself or by its order."""
        if delegated.exclusive >= 0 or delegated.order < 0:
            return delegated.exclusive == 1
        return self._find_default(delegated.order, "exclusive") == 1

    def list_roots(self, holder: int) -> tuple[tuple[Original, Found], ...]:
        """Return the original authorities of `holder` that cover the matter and may be in force.

        Each with what speaks against its window.
        """
        return tuple(each for each in self.list_covering(holder) if judge(each[1]))

    def list_covering(self, holder: int) -> tuple[tuple[Original, Found], ...]:
        """Return the original authorities of `holder` that cover the matter, in force or not."""
        if holder not in self._roots:
            self._roots[holder] = tuple(
                (original, (*self._check_original(original), *reserving))
                for original in self._list_originals(holder)
                if (reserving := self._check_cover(original)) is not None
            )
        return self._roots[holder]

    def _list_originals(self, holder: int) -> Iterator[Original]:
        if holder < 0:
            return
        yield from self.index.originals_of(holder)
        for role in sorted(self.index.roles_of(holder)):
            yield from self.index.originals_of(role)

    def _check_original(self, original: Original) -> Found:
        window = (original.start, original.end, original.precision)
        return tuple((rule, -1) for rule in judge_window(self.asked.on, window))

    def _check_cover(self, original: Original) -> Found | None:
        """Return what speaks against an original authority covering the matter, None: it does not.

        Another's authority shuts out a residual one where it is surely in force; where its start or
        end is not stated, neither is that.
        """
        if not self.asked.matters.isdisjoint(original.matters):
            return ()
        reserving = [
            tuple((rule, other.id) for rule, _ in self._check_original(other))
            for other in self.index.originals()
            if other.holder != original.holder and not self.asked.matters.isdisjoint(other.matters)
        ]
        if not original.residual or () in reserving:
            return None
        return tuple(each for found in reserving if judge(found) for each in found)

    def check_first(self, original: Original, row: int) -> Found:
        """Return what speaks against `row` being given from an original authority."""
        below = self.index.delegation(row)
        forbidding = (other for other, _ in self.list_roots(below.delegator) if other.allowed == 0)
        found: list[tuple[Rule, int]] = [(Rule.RESERVED, other.id) for other in forbidding][:1]
        if not found and original.allowed < 0:
            found.append((Rule.PERMISSION_NOT_STATED, original.id))
        return (*found, *self.check_kind(below))


def check_time(index: Index, delegated: Delegated, on: int) -> Iterator[tuple[Rule, int]]:
    """Yield what speaks against a delegation by status, window, recall and order on a day."""
    if delegated.standing == Standing.DRAFT:
        yield Rule.DRAFT, -1
    window = (delegated.start, delegated.end, delegated.precision)
    for rule in judge_window(on, window):
        yield rule, -1
    if delegated.standing == Standing.ENDED and delegated.end == UNSTATED:
        yield Rule.END_NOT_STATED, -1
    for day, recall in delegated.recalls[:1]:
        if day <= on:
            yield Rule.RECALLED, recall
    if delegated.order >= 0:
        order = index.order_window(delegated.order)
        for rule in judge_window(on, order, Rule.ORDER_NOT_YET, Rule.ORDER_REPEALED):
            yield rule, delegated.order


def judge_amount(asked: Asked, delegated: Delegated) -> Rule | None:
    """Return the rule that the amount asked meets with at the limit of a delegation, if any."""
    if asked.hundredths < 0 or delegated.hundredths < 0:
        return None
    if asked.currency != delegated.currency:
        return Rule.CURRENCY_DIFFERS
    if asked.hundredths < delegated.hundredths:
        return None
    within = asked.hundredths == delegated.hundredths and not delegated.excluded
    return None if within else Rule.AMOUNT
