"""The oracle is held to what can be counted by hand, so that it is not just another error."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Holding,
    Order,
    OrderDefault,
    Recall,
    Substitution,
    Window,
)
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.statements import Certainty
from tests.governance.authority import oracle
from tests.governance.authority.building import (
    ALWAYS,
    DAY,
    FIRST,
    LAST,
    LONG_AGO,
    SPRING_AND_SUMMER,
    ask,
    build,
    delegation,
    first,
    limit,
    second,
    statute,
)
from tests.governance.authority.strategies import asked

DIAMOND = build(
    statute(),
    delegation("left", "rektor", "dean", limit=limit(100)),
    delegation("right", "rektor", "board", limit=limit(50), certainty=Certainty.UNCERTAIN),
    delegation("last", "dean", "head", sources=("left", "right"), limit=limit(70)),
)


def ways(facts: AuthorityFacts, party: str) -> set[tuple[str, ...]]:
    return {chain.delegations for chain in oracle.chains(facts, party, ask())}


def test_each_source_is_a_chain_of_its_own() -> None:
    assert ways(DIAMOND, "head") == {("left", "last"), ("right", "last")}


def test_a_source_that_another_received_fails_by_its_giver_alone() -> None:
    verdicts = {x.delegations[0]: x.all_rules for x in oracle.chains(DIAMOND, "head", ask())}
    assert verdicts == {"left": set(), "right": {Rule.GIVER}}


def test_the_lowest_limit_and_certainty_of_a_chain_are_its_links() -> None:
    found = {x.delegations[0]: x for x in oracle.chains(DIAMOND, "head", ask())}
    assert found["left"].limits == {limit(70)}
    assert found["right"].limits == {limit(50)}
    assert found["left"].certainty == Certainty.ASSERTED
    assert found["right"].certainty == Certainty.UNCERTAIN


def test_at_equal_amounts_the_limit_that_is_excluded_is_the_lower() -> None:
    facts = build(statute(), first(limit=limit(70)), second(limit=limit(70, excluded=True)))
    (chain,) = oracle.chains(facts, "head", ask())
    assert chain.limits == {limit(70, excluded=True)}


def test_unstated_sources_are_sought_by_giver_matter_and_kind() -> None:
    facts = build(
        statute(),
        delegation("broader", "rektor", "dean", matters=("economy",)),
        delegation("equal", "rektor", "dean"),
        delegation("narrower", "rektor", "dean", matters=("equipment",)),
        delegation("elsewhere", "rektor", "other"),
        delegation("last", "dean", "head"),
    )
    assert ways(facts, "head") == {("broader", "last"), ("equal", "last")}
    assert {x.certainty for x in oracle.chains(facts, "head", ask())} == {Certainty.INFERRED}


def test_several_original_authorities_are_a_chain_each() -> None:
    law = statute(iri="law", residual=False, matters=("economy",))
    chains = oracle.chains(build(statute(), law, first()), "dean", ask())
    assert {chain.original_authority for chain in chains} == {"statute", "law"}


def test_a_circle_ends_where_it_would_close() -> None:
    facts = build(
        delegation("there", "dean", "head", sources=("back",)),
        delegation("back", "head", "dean", sources=("there",)),
    )
    (chain,) = oracle.chains(facts, "head", ask())
    assert chain.delegations == ("back", "there")
    assert chain.deciding_rules == {Rule.CYCLE}


def test_an_exclusive_delegation_bars_by_the_default_of_its_order_while_it_holds() -> None:
    facts = build(
        statute(),
        first(),
        delegation("only", "rektor", "other", order="order"),
        Order("order", ALWAYS),
        OrderDefault("default", "order", SPRING_AND_SUMMER, exclusive=True),
    )
    barred = [
        oracle.may(facts, "dean", ask(on=on))[0] == Verdict.NO
        for on in (FIRST - DAY, FIRST, LAST, LAST + DAY)
    ]
    assert barred == [False, True, True, False]


def test_who_lists_the_posts_of_a_role_and_not_the_role() -> None:
    facts = build(statute(), first(delegate="managers"), roles={"head": ("heads",)})
    answers = {party for party, verdict in oracle.who(facts, ask()).items() if verdict}
    assert answers == {"rektor", "head"}


def test_the_holder_is_held_vacant_or_not_stated() -> None:
    facts = build(
        Holding("one", "head", "ada", SPRING_AND_SUMMER),
        Holding("two", "dean", "bo", Window()),
        Substitution("steps in", "head", "deputy", ALWAYS, by_law=True),
    )
    held = oracle.holder_state(facts, "head", LAST)
    assert (held.persons, held.vacant) == (frozenset({"ada"}), False)
    assert held.substitutes == {("deputy", frozenset({Rule.ABSENCE_NOT_STATED}))}
    vacant = oracle.holder_state(facts, "head", LAST + DAY)
    assert (vacant.persons, vacant.vacant) == (frozenset(), True)
    assert vacant.substitutes == {("deputy", frozenset())}
    for unstated in ("dean", "rektor", "board"):
        assert oracle.holder_state(facts, unstated, LAST) == oracle.OracleHolder()


def test_break_dates_are_the_first_days_of_new_answers_and_holders() -> None:
    facts = build(
        statute(),
        first(),
        second(window=Window(date(2022, 1, 1), date(2023, 1, 1))),
        Recall("recall", "first", date(2022, 9, 1)),
        Holding("one", "head", "ada", Window(LONG_AGO, date(2022, 3, 1))),
        Holding("two", "head", "bo", Window(date(2022, 3, 1))),
    )
    assert oracle.break_dates(facts, ask()) == (
        LONG_AGO,
        date(2022, 1, 1),
        date(2022, 3, 1),
        date(2022, 9, 1),
    )


@settings(max_examples=15)
@given(asked(most=4))
def test_between_break_dates_nothing_changes(example: tuple[AuthorityFacts, Question]) -> None:
    facts, question = example
    days = [date(2021, 12, 1) + timedelta(days=number) for number in range(130)]
    answers = [oracle.snapshot(facts, replace(question, on=day)) for day in days]
    changes = [day for i, day in enumerate(days) if i and answers[i] != answers[i - 1]]
    breaks = oracle.break_dates(facts, question)
    assert changes == [day for day in breaks if days[0] < day <= days[-1]]
