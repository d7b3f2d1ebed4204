"""Named cases: exclusive grants, holders, substitutes, persons."""

from __future__ import annotations

from typing import Any

from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Holding,
    Order,
    OrderDefault,
    Substitution,
    Window,
)
from styrgraf.governance.authority.rules import Rule
from tests.governance.authority.building import (
    ALWAYS,
    DAY,
    FIRST,
    LAST,
    LONG_AGO,
    SOME_DAY_OF_MARCH,
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

CHAIN = (statute(), first(), second())
PLAIN = build(*CHAIN)


def only_other(**stated: Any) -> AuthorityFacts:
    """Beside the chain, an exclusive delegation from rektor to another."""
    return build(*CHAIN, delegation("only", "rektor", "other", **{"exclusive": True, **stated}))


def held(window: Window = ALWAYS, post: str = "head", person: str = "ada") -> Holding:
    return Holding(f"{person}-{post}-{window.start}", post, person, window)


def stands_in(window: Window = ALWAYS, *, by_law: bool = False) -> Substitution:
    return Substitution("substitution", "head", "deputy", window, by_law)


GONE = held(Window(LONG_AGO, FIRST), person="bo")
VACANT_IN_WINDOW = build(*CHAIN, GONE, held(Window(LAST + DAY)))

EXCLUSIVE = [
    found(Rule.EXCLUSIVE, "another has it", only_other()),
    found(
        Rule.EXCLUSIVE,
        "by the default of its order",
        build(
            *CHAIN,
            delegation("only", "rektor", "other", order="order"),
            Order("order", ALWAYS),
            OrderDefault("default", "order", ALWAYS, exclusive=True),
        ),
    ),
    kept(
        Rule.EXCLUSIVE,
        "two defaults disagree",
        build(
            *CHAIN,
            delegation("only", "rektor", "other", order="order"),
            Order("order", ALWAYS),
            OrderDefault("one", "order", ALWAYS, exclusive=True),
            OrderDefault("two", "order", ALWAYS, exclusive=False),
        ),
    ),
    kept(Rule.EXCLUSIVE, "it has it", only_other(), "other"),
    kept(Rule.EXCLUSIVE, "original authority stays", only_other(), "rektor"),
    kept(Rule.EXCLUSIVE, "from it", build(statute(), first(exclusive=True), second())),
    kept(Rule.EXCLUSIVE, "for a unit, none asked", only_other(unit="school")),
    kept(
        Rule.EXCLUSIVE, "for another unit", only_other(unit="school"), "head", ask(unit="library")
    ),
    found(
        Rule.EXCLUSIVE, "for the unit", only_other(unit="school"), "head", ask(unit="department")
    ),
    kept(Rule.EXCLUSIVE, "up to an amount, none asked", only_other(limit=limit(100))),
    found(Rule.EXCLUSIVE, "at its limit", only_other(limit=limit(100)), "head", ask(kronor=100)),
    kept(Rule.EXCLUSIVE, "above its limit", only_other(limit=limit(100)), "head", ask(kronor=101)),
    kept(Rule.EXCLUSIVE, "in a narrower matter", only_other(matters=("equipment",))),
    found(
        Rule.EXCLUSIVE,
        "in the narrower matter",
        only_other(matters=("equipment",)),
        "head",
        ask("equipment"),
    ),
    kept(Rule.EXCLUSIVE, "without root", only_other(delegator="board")),
    kept(
        Rule.EXCLUSIVE,
        "to its role",
        build(
            *CHAIN,
            delegation("only", "rektor", "managers", exclusive=True),
            roles={"head": ("heads",), "dean": ("managers",)},
        ),
    ),
    kept(
        Rule.EXCLUSIVE,
        "the day before",
        only_other(window=SPRING_AND_SUMMER),
        question=ask(on=FIRST - DAY),
    ),
    *(
        found(Rule.EXCLUSIVE, name, only_other(window=SPRING_AND_SUMMER), question=ask(on=on))
        for name, on in (("its first day", FIRST), ("its last day", LAST))
    ),
    kept(
        Rule.EXCLUSIVE,
        "the day after",
        only_other(window=SPRING_AND_SUMMER),
        question=ask(on=LAST + DAY),
    ),
    found(
        Rule.EXCLUSIVE,
        "to a vacant post",
        build(
            *CHAIN,
            delegation("only", "rektor", "other", exclusive=True),
            held(Window(LONG_AGO, FIRST), post="other"),
        ),
    ),
    found(
        Rule.EXCLUSIVE,
        "the giver is not stated",
        build(
            statute(),
            delegation("given", None, "head"),
            delegation("only", "rektor", "other", exclusive=True),
        ),
    ),
    found(Rule.EXCLUSIVE_NOT_STATED, "no start", only_other(window=UNSTATED)),
    found(Rule.EXCLUSIVE_NOT_STATED, "no matter", only_other(matters=())),
    found(Rule.EXCLUSIVE_NOT_STATED, "on condition", only_other(conditional=True)),
    instead(Rule.EXCLUSIVE_NOT_STATED, "certain", Rule.EXCLUSIVE, only_other()),
    kept(
        Rule.EXCLUSIVE_NOT_STATED,
        "condition unmet",
        only_other(conditional=True),
        question=ask(conditions_met=False),
    ),
]

HOLDERS = [
    *(
        found(Rule.VACANT, name, VACANT_IN_WINDOW, question=ask(on=on))
        for name, on in (("its first day", FIRST), ("its last day", LAST))
    ),
    *(
        kept(Rule.VACANT, name, VACANT_IN_WINDOW, question=ask(on=on))
        for name, on in (("the day before", FIRST - DAY), ("the day after", LAST + DAY))
    ),
    found(
        Rule.VACANT,
        "original authority of a vacant post",
        build(statute(), held(Window(LONG_AGO, FIRST), "rektor")),
        "rektor",
    ),
    kept(
        Rule.VACANT,
        "a vacant post further up",
        build(*CHAIN, held(Window(LONG_AGO, FIRST), "dean")),
    ),
    kept(Rule.VACANT, "no holding recorded", PLAIN),
    kept(Rule.VACANT, "one may have begun", build(*CHAIN, GONE, held(UNSTATED))),
    kept(Rule.VACANT, "a substitute by decision", build(*CHAIN, GONE, stands_in())),
    kept(Rule.VACANT, "a substitute by law", build(*CHAIN, GONE, stands_in(by_law=True))),
    instead(
        Rule.VACANT,
        "a substitute from nobody says when",
        Rule.START_NOT_STATED,
        build(*CHAIN, GONE, stands_in(UNSTATED)),
    ),
    found(
        Rule.VACANT,
        "a substitute no longer",
        build(*CHAIN, GONE, stands_in(Window(LONG_AGO, FIRST))),
    ),
    found(
        Rule.VACANT,
        "the substitute's post is vacant",
        build(*CHAIN, stands_in(), held(Window(LONG_AGO, FIRST), "deputy")),
        "deputy",
    ),
    found(
        Rule.VACANT,
        "a substitute's substitute is not followed",
        build(
            *CHAIN,
            stands_in(),
            held(Window(LONG_AGO, FIRST), "deputy"),
            Substitution("next", "deputy", "other", ALWAYS),
        ),
        "deputy",
    ),
]

SUBSTITUTES = [
    kept(Rule.ABSENCE_NOT_STATED, "by decision", build(*CHAIN, stands_in()), "deputy"),
    kept(
        Rule.ABSENCE_NOT_STATED,
        "by law, and vacant",
        build(*CHAIN, GONE, stands_in(by_law=True)),
        "deputy",
    ),
    found(
        Rule.ABSENCE_NOT_STATED,
        "by law, and held",
        build(*CHAIN, held(), stands_in(by_law=True)),
        "deputy",
    ),
    found(
        Rule.ABSENCE_NOT_STATED,
        "by law, and nobody says who holds it",
        build(*CHAIN, stands_in(by_law=True)),
        "deputy",
    ),
    found(
        Rule.START_NOT_STATED,
        "a substitution without start",
        build(*CHAIN, stands_in(UNSTATED)),
        "deputy",
    ),
    *(
        kept(
            Rule.NO_DELEGATION,
            f"substitute, {name}",
            build(*CHAIN, stands_in(SPRING_AND_SUMMER)),
            "deputy",
            ask(on=on),
        )
        for name, on in (("its first day", FIRST), ("its last day", LAST))
    ),
    *(
        found(
            Rule.NO_DELEGATION,
            f"substitute, {name}",
            build(*CHAIN, stands_in(SPRING_AND_SUMMER)),
            "deputy",
            ask(on=on),
        )
        for name, on in (("the day before", FIRST - DAY), ("the day after", LAST + DAY))
    ),
    found(
        Rule.NO_DELEGATION,
        "a substitute's substitute",
        build(*CHAIN, stands_in(), Substitution("next", "deputy", "other", ALWAYS)),
        "other",
    ),
    found(Rule.NO_DELEGATION, "nothing received", PLAIN, "other"),
    kept(
        Rule.NO_DELEGATION,
        "received by role",
        build(statute(), first(), second(delegate="managers"), roles={"head": ("heads",)}),
    ),
    found(
        Rule.NO_DELEGATION,
        "a role does not receive what a broader one does",
        build(statute(), first(), second(delegate="managers")),
        "heads",
    ),
]

HELD = build(
    *CHAIN,
    held(SPRING_AND_SUMMER),
    held(post="other", person="bo"),
    held(post="dean", person="cia"),
    held(post="rektor", person="dag"),
)
PERSONS = [
    *days_round_window(HELD, Rule.NO_POST, Rule.NO_POST, "ada"),
    found(Rule.NO_POST, "holds another post", HELD, "bo"),
    kept(Rule.NO_POST, "by original authority", HELD, "dag"),
    kept(
        Rule.NO_POST,
        "holds a post that may, and has a delegation that has ended",
        build(*CHAIN, held(), delegation("old", "rektor", "ada", window=Window(LONG_AGO, FIRST))),
        "ada",
    ),
    kept(
        Rule.NO_POST,
        "holds another post, and has a delegation in person",
        build(*CHAIN, held(post="other", person="bo"), delegation("own", "rektor", "bo")),
        "bo",
    ),
    kept(
        Rule.NO_POST,
        "holds the substitute's post",
        build(*CHAIN, held(), held(post="deputy", person="bo"), stands_in()),
        "bo",
    ),
    found(
        Rule.HOLDER_NOT_STATED,
        "may hold the post",
        build(*CHAIN, held(), held(SOME_DAY_OF_MARCH, person="bo")),
        "bo",
        ask(on=FIRST),
    ),
    instead(
        Rule.HOLDER_NOT_STATED,
        "does not yet hold the post",
        Rule.NO_POST,
        build(
            *CHAIN,
            held(),
            held(SOME_DAY_OF_MARCH, person="bo"),
            held(post="dean"),
            held(post="rektor"),
        ),
        "bo",
        ask(on=FIRST - DAY),
    ),
    found(
        Rule.HOLDER_NOT_STATED,
        "nobody says who holds it",
        build(*CHAIN, held(post="other", person="bo")),
        "bo",
    ),
    instead(
        Rule.HOLDER_NOT_STATED,
        "vacant posts are nobody's",
        Rule.NO_POST,
        build(
            *CHAIN,
            GONE,
            held(post="dean", person="cia"),
            held(post="rektor", person="dag"),
        ),
        "bo",
    ),
    kept(Rule.HOLDER_NOT_STATED, "holds it", HELD, "ada"),
]

CASES = EXCLUSIVE + HOLDERS + SUBSTITUTES + PERSONS
