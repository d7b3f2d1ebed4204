"""The checks of docs/authority.md on one delegation alone: slow and obvious.

Each returns the rules that it finds; none is what holds. Nothing is shared with the engine but the
records, the rule codes and the verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Limit,
    Order,
    OrderDefault,
    PartyKind,
    Precision,
    Standing,
    Window,
)
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict

YES, NOT_TOLD, NO = Verdict.YES, Verdict.NOT_TOLD, Verdict.NO
Rules = frozenset[Rule]
NONE: Rules = frozenset()


def judge(rules: Iterable[Rule]) -> Verdict:
    return min((RULE_TEXTS[rule].verdict for rule in rules), default=YES)


def climb_to_top(above: Mapping[str, tuple[str, ...]], thing: str) -> frozenset[str]:
    """All above a thing, itself included."""
    found = {thing}
    while True:
        wider = found | {upper for each in found for upper in above.get(each, ())}
        if wider == found:
            return frozenset(found)
        found = wider


# Time


def last_day_of_period(first: date, precision: Precision) -> date:
    if precision == Precision.MONTH:
        month_after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        return month_after - timedelta(days=1)
    return first.replace(month=12, day=31)


def has_come(day: date, precision: Precision, on: date) -> Verdict:
    if on < day:
        return NO
    if precision == Precision.DAY or on > last_day_of_period(day, precision):
        return YES
    return NOT_TOLD


def check_window(window: Window, on: date, not_yet: Rule, over: Rule) -> Rules:
    found = set()
    start = NOT_TOLD if window.start is None else has_come(window.start, window.precision, on)
    end = NO if window.end is None else has_come(window.end, window.precision, on)
    if start == NO:
        found.add(not_yet)
    if start == NOT_TOLD:
        found.add(Rule.START_NOT_STATED)
    if end == YES:
        found.add(over)
    if end == NOT_TOLD:
        found.add(Rule.END_NOT_STATED)
    return frozenset(found)


def check_days(window: Window, on: date) -> Rules:
    return check_window(window, on, Rule.NOT_YET, Rule.EXPIRED)


def is_in_force(window: Window, on: date) -> Verdict:
    return judge(check_days(window, on))


def check_order(facts: AuthorityFacts, delegation: Delegation, on: date) -> Rules:
    if delegation.order is None:
        return NONE
    known = [each for each in facts.orders if each.iri == delegation.order]
    order = known[0] if known else Order(delegation.order)
    return check_window(order.window, on, Rule.ORDER_NOT_YET, Rule.ORDER_REPEALED)


def check_time(facts: AuthorityFacts, delegation: Delegation, on: date) -> Rules:
    found = set(check_days(delegation.window, on) | check_order(facts, delegation, on))
    if delegation.standing == Standing.ENDED and delegation.window.end is None:
        found.add(Rule.END_NOT_STATED)
    if delegation.standing == Standing.DRAFT:
        found.add(Rule.DRAFT)
    if any(r.delegation == delegation.iri and r.start <= on for r in facts.recalls):
        found.add(Rule.RECALLED)
    return frozenset(found)


# What an order lets hold


def defaults_of(facts: AuthorityFacts, order: str | None, on: date) -> list[OrderDefault]:
    """The defaults that are not out of force."""
    return [x for x in facts.defaults if x.order == order and is_in_force(x.window, on) != NO]


def what_default_says(facts: AuthorityFacts, order: str | None, name: str, on: date) -> bool | None:
    possible, sure = set(), set()
    for default in defaults_of(facts, order, on):
        value = getattr(default, name)
        if value is not None:
            possible.add(value)
            if is_in_force(default.window, on) == YES:
                sure.add(value)
    return sure.pop() if sure and len(possible) == 1 else None


def may_go_on(facts: AuthorityFacts, source: Delegation, on: date) -> bool | None:
    if source.sub_delegation_allowed is not None:
        return source.sub_delegation_allowed
    return what_default_says(facts, source.order, "sub_delegation_allowed", on)


def is_exclusive(facts: AuthorityFacts, delegation: Delegation, on: date) -> bool:
    if delegation.exclusive is not None:
        return delegation.exclusive
    return bool(what_default_says(facts, delegation.order, "exclusive", on))


def permitted_kinds(
    facts: AuthorityFacts, source: Delegation | None, delegation: Delegation, on: date
) -> frozenset[PartyKind]:
    if source is not None and source.recipient_kinds:
        return source.recipient_kinds
    found: set[PartyKind] = set()
    for default in defaults_of(facts, delegation.order, on):
        if is_in_force(default.window, on) == YES:
            found |= default.recipient_kinds
    return frozenset(found)


# What a delegation covers


def check_amount(limit: Limit | None, question: Question) -> Rules:
    if limit is None or question.amount is None:
        return NONE
    if limit.currency != question.amount.currency:
        return frozenset({Rule.CURRENCY_DIFFERS})
    asked = question.amount.hundredths
    within = asked < limit.hundredths if limit.excluded else asked <= limit.hundredths
    return NONE if within else frozenset({Rule.AMOUNT})


def check_condition(delegation: Delegation, question: Question) -> Rules:
    if not delegation.conditional or question.conditions_met is True:
        return NONE
    if question.conditions_met is False:
        return frozenset({Rule.CONDITION_UNMET})
    return frozenset({Rule.CONDITION_NOT_STATED})


def is_unit_within(facts: AuthorityFacts, unit: str | None, question: Question) -> bool:
    if unit is None:
        return True
    if question.unit is None:
        return False
    return unit in climb_to_top(facts.units_above, question.unit.value)


def check_coverage(facts: AuthorityFacts, delegation: Delegation, question: Question) -> Rules:
    found = set(check_amount(delegation.limit, question) | check_condition(delegation, question))
    if not delegation.matters:
        found.add(Rule.MATTER_NOT_STATED)
    elif not covers_matter(facts, delegation.matters, question):
        found.add(Rule.MATTER)
    if question.kind not in delegation.kinds:
        found.add(Rule.KIND)
    if question.unit is not None and not is_unit_within(facts, delegation.unit, question):
        found.add(Rule.UNIT)
    return frozenset(found)


def covers_matter(facts: AuthorityFacts, matters: tuple[str, ...], question: Question) -> bool:
    return bool(climb_to_top(facts.broader_matters, question.matter.value) & set(matters))


def touches_matter(facts: AuthorityFacts, delegation: Delegation, question: Question) -> bool:
    below = any(
        question.matter.value in climb_to_top(facts.broader_matters, each)
        for each in delegation.matters
    )
    return below or not delegation.matters or covers_matter(facts, delegation.matters, question)


# Parties


def roles_of(facts: AuthorityFacts, post: str) -> frozenset[str]:
    roles = facts.roles_of_posts.get(post, ())
    return frozenset[str]().union(*(climb_to_top(facts.broader_roles, each) for each in roles))


def is_or_has_role(facts: AuthorityFacts, party: str | None, named: str | None) -> bool:
    if party is None or named is None:
        return False
    return party == named or named in roles_of(facts, party)


def has_received(facts: AuthorityFacts, party: str | None, delegation: Delegation) -> bool:
    return is_or_has_role(facts, party, delegation.delegate)
