"""The health register, the part that the engine tells: what is odd on a day among delegations.

What SHACL can say of the graph comes from the validation report (`register.py` joins the two).
Nothing is repaired here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from styrgraf.governance.authority.facts import PartyKind, Standing
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import UNSTATED, Delegated
from styrgraf.governance.authority.reasoning.asking import ask_matter
from styrgraf.governance.authority.reasoning.chains import Ways
from styrgraf.governance.authority.reasoning.checks import Checks
from styrgraf.governance.authority.reasoning.holders import find_holder, list_substitutions
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.model import Iri

Oddity = tuple["HealthCode", int, int]


class HealthCode(StrEnum):
    """What the register tells of a delegation, order, post, holding or substitution."""

    SOURCE_ENDED = "source-ended"
    NOT_PERMITTED = "not-permitted"
    RECIPIENT = "recipient"
    RECIPIENT_KIND = "recipient-kind"
    RESERVED = "reserved"
    GIVER = "giver"
    WIDER_MATTER = "wider-matter"
    WIDER_AMOUNT = "wider-amount"
    WIDER_TIME = "wider-time"
    WIDER_UNIT = "wider-unit"
    VACANT_POST = "vacant-post"
    NUMBER_MISSING = "number-missing"
    CYCLE = "cycle"
    NO_ROOT = "no-root"
    GIVER_NOT_STATED = "giver-not-stated"
    EXCLUSIVE_CONFLICT = "exclusive-conflict"
    ORDER_REPEALED = "order-repealed"
    ENDING_SOON = "ending-soon"
    START_NOT_STATED = "start-not-stated"


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """One line of the register: what, of which thing, and beside which other (or on which day)."""

    code: HealthCode
    subject: Iri
    other: Iri | None = None
    day: date | None = None


_OF_LINKS = {
    Rule.NOT_PERMITTED: HealthCode.NOT_PERMITTED,
    Rule.RECIPIENT: HealthCode.RECIPIENT,
    Rule.RECIPIENT_KIND: HealthCode.RECIPIENT_KIND,
    Rule.RESERVED: HealthCode.RESERVED,
    Rule.GIVER: HealthCode.GIVER,
}
_ENDED = frozenset({Rule.EXPIRED, Rule.RECALLED, Rule.ORDER_REPEALED})
_TIME = frozenset(
    {Rule.NOT_YET, Rule.EXPIRED, Rule.RECALLED, Rule.ORDER_NOT_YET, Rule.ORDER_REPEALED, Rule.DRAFT}
)


def check_health(index: Index, on: date, days: int) -> tuple[HealthFinding, ...]:
    """Return what is odd on the day `on`, and what ends within `days` days from it."""
    found: dict[Oddity, None] = {}
    by_matter: defaultdict[int, list[int]] = defaultdict(list)
    for row in range(index.delegation_count):
        for matter in index.delegation(row).matters:
            by_matter[matter].append(row)
    for matter, rows in sorted(by_matter.items()):
        ways = Ways(Checks(index, ask_matter(index, matter, on)))
        found |= dict.fromkeys(_check_matter(index, ways, rows))
    findings = [_tell(index, *oddity) for oddity in found]
    findings += _list_ending(index, on, days)
    return tuple(sorted(findings, key=lambda each: (each.code, each.subject, str(each.other))))


def _tell(index: Index, code: HealthCode, subject: int, other: int) -> HealthFinding:
    named = Iri(index.iri(other)) if other >= 0 else None
    return HealthFinding(code, Iri(index.iri(subject)), named)


def _check_matter(index: Index, ways: Ways, rows: list[int]) -> Iterator[Oddity]:
    checks = ways.checks
    for row in rows:
        delegated = index.delegation(row)
        rules = {rule for rule, _ in checks.check_delegation(row)}
        if delegated.standing == Standing.DRAFT:
            continue
        if Rule.ORDER_REPEALED in rules and not rules & {Rule.EXPIRED, Rule.RECALLED}:
            yield HealthCode.ORDER_REPEALED, row, delegated.order
        if rules & _TIME:
            continue
        if delegated.start == UNSTATED:
            yield HealthCode.START_NOT_STATED, row, -1
        yield from _check_post(index, checks.asked.on, row, delegated)
        yield from _check_steps(index, ways, row, delegated)
    yield from _find_conflicts(index, ways)


def _check_post(index: Index, on: int, row: int, delegated: Delegated) -> Iterator[Oddity]:
    party = delegated.delegate
    if party < 0 or index.party_kind(party) != PartyKind.POST:
        return
    if find_holder(index, party, on).vacant and not list_substitutions(index, party, on):
        yield HealthCode.VACANT_POST, row, party


def _check_steps(index: Index, ways: Ways, row: int, delegated: Delegated) -> Iterator[Oddity]:
    for step in ways.list_steps(row):
        for rule, _ in step.found:
            if rule in _OF_LINKS:
                yield _OF_LINKS[rule], row, step.source
        if step.source >= 0 and not step.inferred:
            source = index.delegation(step.source)
            ended = {rule for rule, _ in ways.checks.check_delegation(step.source)} & _ENDED
            if ended:
                yield HealthCode.SOURCE_ENDED, row, step.source
            yield from _compare(index, row, delegated, source)
    if ways.runs_in_circle(row):
        yield HealthCode.CYCLE, row, -1
    elif not ways.reaches_root(row):
        untold = ways.lacks_giver(row)
        yield HealthCode.GIVER_NOT_STATED if untold else HealthCode.NO_ROOT, row, -1


def _compare(index: Index, row: int, below: Delegated, above: Delegated) -> Iterator[Oddity]:
    """Yield in what a sub-delegation is wider than its source."""
    for matter in below.matters:
        if above.matters and index.matters_above(matter).isdisjoint(above.matters):
            yield HealthCode.WIDER_MATTER, row, above.row
    if _is_higher(below, above):
        yield HealthCode.WIDER_AMOUNT, row, above.row
    starts_before = UNSTATED not in (below.start, above.start) and below.start < above.start
    ends_after = above.end != UNSTATED and not UNSTATED < below.end <= above.end
    if starts_before or ends_after:
        yield HealthCode.WIDER_TIME, row, above.row
    if above.unit >= 0 and (below.unit < 0 or above.unit not in index.units_above(below.unit)):
        yield HealthCode.WIDER_UNIT, row, above.row


def _is_higher(below: Delegated, above: Delegated) -> bool:
    if above.hundredths < 0:
        return False
    if below.hundredths < 0:
        return True
    if below.currency != above.currency:
        return False
    return (below.hundredths, not below.excluded) > (above.hundredths, not above.excluded)


def _find_conflicts(index: Index, ways: Ways) -> Iterator[Oddity]:
    """Yield exclusive delegations of which neither rests on the other, to different delegates."""
    barring = [row for row, level in ways.find_barring().items() if level is Verdict.YES]
    for first in barring:
        for second in barring:
            apart = index.delegation(first).delegate != index.delegation(second).delegate
            if first < second and apart and not _are_linked(ways, first, second):
                yield HealthCode.EXCLUSIVE_CONFLICT, first, second


def _are_linked(ways: Ways, first: int, second: int) -> bool:
    return second in ways.list_above(first) or first in ways.list_above(second)


def _list_ending(index: Index, on: date, days: int) -> Iterator[HealthFinding]:
    first, last = on.toordinal(), on.toordinal() + days
    for thing, end in _list_ends(index):
        if first < end <= last:
            subject = Iri(index.iri(thing))
            yield HealthFinding(HealthCode.ENDING_SOON, subject, day=date.fromordinal(end))


def _list_ends(index: Index) -> Iterable[tuple[int, int]]:
    """Yield things and the first day on which they no longer hold."""
    orders, posts = set(), set()
    for row in range(index.delegation_count):
        delegated = index.delegation(row)
        orders.add(delegated.order)
        posts |= {delegated.delegate, delegated.delegator}
        recalls = [day for day, _ in delegated.recalls]
        stated = [delegated.end] if delegated.end != UNSTATED else []
        if delegated.standing != Standing.DRAFT and (ends := [*recalls, *stated]):
            yield row, min(ends)
    for order in sorted(orders - {UNSTATED}):
        yield order, index.order_window(order)[1]
    for post in sorted(posts - {UNSTATED}):
        for holding in index.holdings(post):
            yield holding.id, holding.end
        for substitution in index.substitutions_for(post):
            yield substitution.id, substitution.end
