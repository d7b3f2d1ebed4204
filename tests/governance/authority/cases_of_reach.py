"""Named cases: what a delegation covers, and how one rests on another."""

from __future__ import annotations

from datetime import date
from typing import Any

from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Kind,
    Order,
    OrderDefault,
    PartyKind,
    Standing,
    Window,
)
from styrgraf.governance.authority.rules import Rule
from tests.governance.authority.building import (
    ALWAYS,
    DAY,
    FIRST,
    LAST,
    LONG_AGO,
    SPRING_AND_SUMMER,
    UNSTATED,
    ask,
    build,
    delegation,
    first,
    limit,
    second,
    statute,
)
from tests.governance.authority.rule_cases import days_round_window, found, instead, kept

PLAIN = build(statute(), first(), second())
FOR_SCHOOL = build(statute(), first(), second(unit="school"))
TO_100 = build(statute(), first(limit=limit(100)), second())
BELOW_100 = build(statute(), first(limit=limit(100, excluded=True)), second())
ON_CONDITION = build(statute(), first(), second(conditional=True))
ORDER = Order("order", ALWAYS)
SILENT = first(order="order", sub_delegation_allowed=None)
POSTS, BODIES = frozenset({PartyKind.POST}), frozenset({PartyKind.BODY})
ROLES_OF_HEAD = {"head": ("heads",)}


def under_default(*defaults: OrderDefault) -> AuthorityFacts:
    return build(statute(), SILENT, second(), ORDER, *defaults)


def default(iri: str = "default", window: Window = ALWAYS, **stated: Any) -> OrderDefault:
    return OrderDefault(iri, "order", window, **stated)


COVERAGE = [
    found(Rule.MATTER, "a broader matter", PLAIN, question=ask("economy")),
    found(
        Rule.MATTER,
        "a matter the upper link lacks",
        build(statute(), first(matters=("travel",)), second()),
    ),
    kept(Rule.MATTER, "the matter itself", PLAIN),
    kept(Rule.MATTER, "a narrower matter", PLAIN, question=ask("equipment")),
    instead(Rule.MATTER, "beside it", Rule.NO_DELEGATION, PLAIN, question=ask("travel")),
    kept(
        Rule.MATTER,
        "one of several",
        build(statute(), first(), second(matters=("travel", "purchases"))),
    ),
    found(Rule.MATTER_NOT_STATED, "none", build(statute(), first(), second(matters=()))),
    kept(Rule.MATTER_NOT_STATED, "stated", PLAIN),
    found(Rule.KIND, "to decide is not to sign", PLAIN, question=ask(kind=Kind.SIGN)),
    found(
        Rule.KIND,
        "to sign is not to decide",
        build(statute(), first(), second(kinds=frozenset({Kind.SIGN}))),
    ),
    kept(
        Rule.KIND,
        "both",
        build(
            statute(),
            first(kinds=frozenset(Kind)),
            second(kinds=frozenset(Kind)),
        ),
        question=ask(kind=Kind.SIGN),
    ),
    kept(Rule.KIND, "authority of its own", PLAIN, "rektor", ask(kind=Kind.SIGN)),
    found(Rule.UNIT, "another unit", FOR_SCHOOL, question=ask(unit="library")),
    found(Rule.UNIT, "the unit above", FOR_SCHOOL, question=ask(unit="university")),
    kept(Rule.UNIT, "the unit", FOR_SCHOOL, question=ask(unit="school")),
    kept(Rule.UNIT, "a unit below", FOR_SCHOOL, question=ask(unit="department")),
    kept(Rule.UNIT, "no unit asked", FOR_SCHOOL),
    kept(Rule.AMOUNT, "below", TO_100, question=ask(kronor=99)),
    kept(Rule.AMOUNT, "at the limit", TO_100, question=ask(kronor=100)),
    found(Rule.AMOUNT, "above", TO_100, question=ask(kronor=101)),
    kept(Rule.AMOUNT, "below one that is excluded", BELOW_100, question=ask(kronor=99)),
    found(Rule.AMOUNT, "at one that is excluded", BELOW_100, question=ask(kronor=100)),
    kept(Rule.AMOUNT, "no amount asked", BELOW_100),
    found(
        Rule.CURRENCY_DIFFERS,
        "euro asked",
        TO_100,
        question=ask(kronor=1, currency="EUR"),
    ),
    kept(Rule.CURRENCY_DIFFERS, "no amount asked", TO_100),
    found(Rule.CONDITION_UNMET, "unmet", ON_CONDITION, question=ask(conditions_met=False)),
    kept(Rule.CONDITION_UNMET, "met", ON_CONDITION, question=ask(conditions_met=True)),
    kept(Rule.CONDITION_UNMET, "none", PLAIN, question=ask(conditions_met=False)),
    found(Rule.CONDITION_NOT_STATED, "not said", ON_CONDITION),
    kept(Rule.CONDITION_NOT_STATED, "met", ON_CONDITION, question=ask(conditions_met=True)),
]

LINKS = [
    found(
        Rule.GIVER,
        "received by another",
        build(statute(), first(delegate="other"), second()),
    ),
    kept(Rule.GIVER, "received", PLAIN),
    kept(
        Rule.GIVER,
        "received by role",
        build(statute(), first(delegate="managers"), second(), roles={"dean": ("heads",)}),
    ),
    found(
        Rule.GIVER_NOT_STATED,
        "no giver, but a source",
        build(statute(), first(), second(delegator=None)),
    ),
    found(
        Rule.GIVER_NOT_STATED,
        "no giver, no source",
        build(statute(), first(), second(delegator=None, sources=())),
    ),
    kept(Rule.GIVER_NOT_STATED, "stated", PLAIN),
    found(
        Rule.NOT_PERMITTED,
        "it says no",
        build(statute(), first(sub_delegation_allowed=False), second()),
    ),
    found(
        Rule.NOT_PERMITTED,
        "its order says no",
        under_default(default(sub_delegation_allowed=False)),
    ),
    kept(
        Rule.NOT_PERMITTED,
        "its order says yes",
        under_default(default(sub_delegation_allowed=True)),
    ),
    kept(
        Rule.NOT_PERMITTED,
        "it says yes, its order no",
        build(
            statute(),
            first(order="order"),
            second(),
            ORDER,
            default(sub_delegation_allowed=False),
        ),
    ),
    found(Rule.PERMISSION_NOT_STATED, "neither says", under_default()),
    found(
        Rule.PERMISSION_NOT_STATED,
        "two defaults disagree",
        under_default(
            default("no", sub_delegation_allowed=False), default("yes", sub_delegation_allowed=True)
        ),
    ),
    kept(
        Rule.PERMISSION_NOT_STATED,
        "two defaults agree",
        under_default(
            default("one", sub_delegation_allowed=True), default("two", sub_delegation_allowed=True)
        ),
    ),
    found(
        Rule.PERMISSION_NOT_STATED,
        "a default without start",
        under_default(default(window=UNSTATED, sub_delegation_allowed=True)),
    ),
    found(
        Rule.PERMISSION_NOT_STATED,
        "one default says yes, another without start may say no",
        under_default(
            default("yes", sub_delegation_allowed=True),
            default("no", UNSTATED, sub_delegation_allowed=False),
        ),
    ),
    kept(
        Rule.PERMISSION_NOT_STATED,
        "one default says yes, another that is over said no",
        under_default(
            default("yes", sub_delegation_allowed=True),
            default("no", Window(LONG_AGO, FIRST), sub_delegation_allowed=False),
        ),
    ),
    found(
        Rule.PERMISSION_NOT_STATED,
        "from original authority",
        build(statute(delegation_allowed=None), first()),
        "dean",
    ),
    *days_round_window(
        under_default(default(window=SPRING_AND_SUMMER, sub_delegation_allowed=True)),
        Rule.PERMISSION_NOT_STATED,
        Rule.PERMISSION_NOT_STATED,
    ),
    *(
        instead(
            Rule.PERMISSION_NOT_STATED,
            f"the default changes, {name}",
            Rule.NOT_PERMITTED,
            under_default(
                default("no", Window(LONG_AGO, FIRST), sub_delegation_allowed=False),
                default("yes", Window(FIRST), sub_delegation_allowed=True),
            ),
            question=ask(on=on),
        )
        for name, on in (("the day before", FIRST - DAY), ("long before", date(2001, 1, 1)))
    ),
    found(
        Rule.RECIPIENT,
        "only to another",
        build(statute(), first(recipients=("other",)), second()),
    ),
    kept(Rule.RECIPIENT, "to it", build(statute(), first(recipients=("head",)), second())),
    kept(
        Rule.RECIPIENT,
        "to its role",
        build(statute(), first(recipients=("managers",)), second(), roles=ROLES_OF_HEAD),
    ),
    kept(
        Rule.RECIPIENT,
        "to a narrower role",
        build(statute(), first(recipients=("managers",)), second(delegate="heads")),
        "heads",
    ),
    found(
        Rule.RECIPIENT,
        "to a broader role",
        build(statute(), first(recipients=("heads",)), second(delegate="managers")),
        "managers",
    ),
    found(
        Rule.RECIPIENT_KIND,
        "only to bodies",
        build(statute(), first(recipient_kinds=BODIES), second()),
    ),
    found(
        Rule.RECIPIENT_KIND,
        "only to bodies, says its order",
        build(statute(), first(order="order"), ORDER, default(recipient_kinds=BODIES)),
        "dean",
    ),
    kept(
        Rule.RECIPIENT_KIND,
        "to posts, says the source, and not its order",
        build(
            statute(),
            first(recipient_kinds=POSTS),
            second(order="order"),
            ORDER,
            default(recipient_kinds=BODIES),
        ),
    ),
    kept(
        Rule.RECIPIENT_KIND,
        "the order of the source does not matter",
        build(statute(), first(order="order"), second(), ORDER, default(recipient_kinds=POSTS)),
    ),
    kept(
        Rule.RECIPIENT_KIND,
        "to bodies",
        build(statute(), first(recipient_kinds=BODIES), second(delegate="board")),
        "board",
    ),
    kept(
        Rule.RECIPIENT_KIND,
        "only to bodies, by a default without start",
        build(
            statute(),
            first(),
            second(order="order"),
            ORDER,
            default(window=UNSTATED, recipient_kinds=BODIES),
        ),
    ),
    *days_round_window(
        build(
            statute(),
            first(),
            second(order="order"),
            ORDER,
            default("before", Window(LONG_AGO, FIRST), recipient_kinds=BODIES),
            default("after", Window(LAST + DAY), recipient_kinds=BODIES),
        ),
        Rule.RECIPIENT_KIND,
        Rule.RECIPIENT_KIND,
    ),
]

ROOTS = [
    found(Rule.NO_ROOT, "no authority", build(first(), second())),
    found(
        Rule.NO_ROOT,
        "authority in another matter",
        build(statute(residual=False, matters=("travel",)), first(), second()),
    ),
    found(
        Rule.NO_ROOT,
        "another's matter",
        build(statute(), statute(iri="law", holder="board", matters=("economy",)), first()),
        "dean",
    ),
    *days_round_window(
        build(statute(window=SPRING_AND_SUMMER), first(), second()), Rule.NO_ROOT, Rule.NO_ROOT
    ),
    kept(
        Rule.NO_ROOT,
        "no longer another's matter",
        build(
            statute(),
            statute(
                iri="law",
                holder="board",
                residual=False,
                matters=("economy",),
                window=Window(LONG_AGO, FIRST),
            ),
            first(),
        ),
        "dean",
    ),
    kept(Rule.NO_ROOT, "the source is found", build(statute(), first(), second(sources=()))),
    found(
        Rule.NO_ROOT,
        "what the giver has received is narrower",
        build(statute(), first(matters=("equipment",)), second(sources=())),
    ),
    found(
        Rule.NO_ROOT,
        "what the giver has received is another kind of right",
        build(statute(), first(kinds=frozenset({Kind.SIGN})), second(sources=())),
    ),
    found(
        Rule.NO_ROOT,
        "what the giver has received is a draft",
        build(statute(), first(standing=Standing.DRAFT), second(sources=())),
    ),
    kept(
        Rule.NO_ROOT,
        "stated authority",
        build(statute(residual=False, matters=("economy",)), first()),
        "dean",
    ),
    kept(
        Rule.NO_ROOT,
        "authority by role",
        build(statute(holder="managers"), first(), roles={"rektor": ("heads",)}),
        "dean",
    ),
    found(
        Rule.RESERVED,
        "it says no",
        build(statute(delegation_allowed=False), first(), second()),
    ),
    found(
        Rule.RESERVED,
        "a narrower one says no",
        build(
            statute(),
            statute(iri="law", residual=False, matters=("purchases",), delegation_allowed=False),
            first(),
        ),
        "dean",
    ),
    kept(
        Rule.RESERVED,
        "another matter is reserved",
        build(
            statute(),
            statute(iri="law", residual=False, matters=("travel",), delegation_allowed=False),
            first(),
        ),
        "dean",
    ),
    kept(Rule.RESERVED, "used directly", build(statute(delegation_allowed=False)), "rektor"),
    found(Rule.CYCLE, "its own source", build(statute(), second(sources=("second",))), "head"),
    found(
        Rule.CYCLE,
        "two in a circle",
        build(
            statute(),
            delegation("first", "head", "dean", sources=("second",)),
            second(),
        ),
    ),
    kept(
        Rule.CYCLE,
        "another way up",
        build(
            statute(),
            first(),
            delegation("back", "head", "dean", sources=("second",)),
            second(sources=("first", "back")),
        ),
    ),
]

CASES = COVERAGE + LINKS + ROOTS
