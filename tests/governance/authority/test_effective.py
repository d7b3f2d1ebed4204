"""The effective entries say what the full engine says, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given

from styrgraf.governance.authority.answers import Finding, Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Holding,
    Kind,
    Substitution,
    Window,
)
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.indexing.effective import Derived, derive_entries
from styrgraf.governance.authority.indexing.fast import FastPath
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri
from tests.governance.authority import oracle
from tests.governance.authority.building import (
    ALWAYS,
    FIRST,
    LAST,
    LONG_AGO,
    SOME_DAY_OF_MARCH,
    build,
    delegation,
    first,
    limit,
    second,
    statute,
)
from tests.governance.authority.oracle_chains import OracleChain, ways_up
from tests.governance.authority.oracle_checks import climb_to_top
from tests.governance.authority.strategies import asked, slow

Asked = tuple[AuthorityFacts, Question]


def open_path(facts: AuthorityFacts) -> FastPath:
    return FastPath(Index.over(compile_index(facts)))


@slow
@given(asked())
def test_a_verdict_of_the_fast_path_is_that_of_the_oracle(example: Asked) -> None:
    facts, question = example
    question = replace(question, conditions_met=None)
    path, unit = open_path(facts), question.unit.value if question.unit else None
    for party in facts.party_kinds:
        verdict = path.verdict(
            party, question.matter.value, question.on, question.amount, question.kind, unit
        )
        if verdict is not None:
            assert (party, verdict) == (party, oracle.may(facts, party, question)[0])


@slow
@given(asked())
def test_the_holders_of_the_fast_path_are_those_of_the_oracle(example: Asked) -> None:
    facts, question = example
    question = replace(question, conditions_met=None)
    unit = question.unit.value if question.unit else None
    holders = open_path(facts).holders(
        question.matter.value, question.on, question.amount, question.kind, unit
    )
    if holders is not None:
        expected = oracle.who(facts, question)
        assert dict(holders) == {party: told for party, told in expected.items() if told}


def best_of_ways(facts: AuthorityFacts, delegation: Delegation, question: Question) -> Verdict:
    """The best chain down to a delegation that begins with an original authority."""
    chains = map(OracleChain, ways_up(facts, question, delegation))
    return oracle.verdict_of([chain for chain in chains if chain.original_authority])


def told_by(records: list[Derived], matters: frozenset[str], question: Question) -> Verdict:
    """The best of the records on `matters` that hold on the day, as plain SPARQL would ask."""
    return max(
        (
            Verdict.NOT_TOLD if each.conditional else each.verdict
            for each in records
            if (each.matter is None or each.matter in matters)
            and question.kind in each.kinds
            and (each.start is None or each.start <= question.on)
            and (each.end is None or question.on < each.end)
        ),
        default=Verdict.NO,
    )


@slow
@given(asked())
def test_what_is_derived_is_what_the_chains_of_a_delegation_come_to(example: Asked) -> None:
    facts, asked_question = example
    question = replace(asked_question, conditions_met=None, unit=None, amount=None)
    above = climb_to_top(facts.broader_matters, question.matter.value)
    derived = list(derive_entries(Index.over(compile_index(facts))))
    for each in facts.delegations:
        records = of(each.iri, derived)
        if each.delegate is None:
            assert records == []
            continue
        expected = best_of_ways(facts, each, question)
        # What is reserved of a matter is left out of the records on it, not of those above it.
        exact = [record for record in records if record.matter == question.matter.value]
        assert told_by(exact, above, question) <= expected <= told_by(records, above, question)


def derive(*things: object) -> list[Derived]:
    return list(derive_entries(Index.over(compile_index(build(*things)))))


def of(delegation_iri: str, records: list[Derived]) -> list[Derived]:
    return [each for each in records if each.delegation == delegation_iri]


def test_a_record_has_the_narrowest_of_its_chain() -> None:
    records = derive(
        statute(certainty=Certainty.INTERPRETED),
        first(window=Window(FIRST), limit=limit(500), unit="school", kinds=frozenset(Kind)),
        second(
            window=Window(LONG_AGO, LAST),
            limit=limit(900),
            unit="department",
            matters=("economy",),
            conditional=True,
        ),
    )
    assert of("second", records) == [
        Derived(
            delegation="second",
            root="statute",
            party="head",
            matter="purchases",
            kinds=frozenset({Kind.DECIDE}),
            units=("department",),
            limits=(limit(500),),
            conditional=True,
            depth=2,
            start=FIRST,
            end=LAST,
            verdict=Verdict.YES,
            certainty=Certainty.INTERPRETED,
        )
    ]


def test_two_sources_that_follow_on_each_other_make_one_window() -> None:
    records = derive(
        statute(),
        delegation("early", "rektor", "dean", window=Window(LONG_AGO, FIRST)),
        delegation("late", "rektor", "dean", window=Window(FIRST, LAST)),
        second(sources=("early", "late")),
    )
    (record,) = of("second", records)
    assert (record.start, record.end, record.depth) == (LONG_AGO, LAST, 2)


def test_a_window_that_only_may_hold_is_told_apart() -> None:
    records = derive(statute(), first(window=SOME_DAY_OF_MARCH), second())
    assert [(each.start, each.end, each.verdict) for each in of("second", records)] == [
        (FIRST, date(2022, 4, 1), Verdict.NOT_TOLD),
        (date(2022, 4, 1), None, Verdict.YES),
    ]


def test_the_shortest_chain_of_the_same_reach_gives_depth_and_certainty() -> None:
    records = derive(
        statute(),
        first(),
        delegation("aside", "dean", "dean", sources=("first",), certainty=Certainty.UNCERTAIN),
        second(sources=("first", "aside")),
    )
    (record,) = of("second", records)
    assert (record.depth, record.certainty) == (2, Certainty.ASSERTED)


def test_a_source_that_is_not_stated_makes_the_record_inferred() -> None:
    (record,) = of("second", derive(statute(), first(), second(sources=())))
    assert record.certainty is Certainty.INFERRED


def test_what_a_wider_chain_gives_as_well_is_left_out() -> None:
    narrow = delegation("narrow", "rektor", "dean", limit=limit(100), matters=("equipment",))
    records = derive(
        statute(), first(limit=limit(500)), narrow, second(sources=("first", "narrow"))
    )
    (record,) = of("second", records)
    assert (record.matter, record.limits) == ("purchases", (limit(500),))


def test_a_narrower_chain_keeps_the_days_on_which_it_stands_alone() -> None:
    narrow = delegation("narrow", "rektor", "dean", matters=("equipment",))
    records = derive(
        statute(), first(window=Window(FIRST, LAST)), narrow, second(sources=("first", "narrow"))
    )
    assert {(each.matter, each.start, each.end) for each in of("second", records)} == {
        ("purchases", FIRST, LAST),
        ("equipment", LONG_AGO, FIRST),
        ("equipment", LAST, None),
    }


def test_a_circle_gives_nothing_that_does_not_come_from_outside_it() -> None:
    one = delegation("one", "dean", "head", sources=("two", "first"))
    two = delegation("two", "head", "dean", sources=("one",), limit=limit(100))
    alone = [
        delegation("x", "dean", "head", sources=("y",)),
        delegation("y", "head", "dean", sources=("x",)),
        delegation("z", "dean", "head", sources=("z",)),
    ]
    records = derive(statute(), first(), one, two, *alone)
    assert [(each.depth, each.limits) for each in of("one", records)] == [(2, ())]
    assert [(each.depth, each.limits) for each in of("two", records)] == [(3, (limit(100),))]
    assert {each.delegation for each in records} == {"first", "one", "two"}


def test_what_another_reserves_of_the_matter_itself_is_left_out() -> None:
    board = statute(
        iri="board's",
        holder="board",
        residual=False,
        matters=("economy",),
        window=Window(FIRST, LAST),
    )
    records = of("first", derive(statute(), board, first()))
    assert [(each.start, each.end) for each in records] == [(LONG_AGO, FIRST), (LAST, None)]


def test_what_another_may_reserve_from_a_day_that_is_not_stated_is_told_by_nobody() -> None:
    board = statute(
        iri="board's", holder="board", residual=False, matters=("economy",), window=Window()
    )
    facts = build(statute(), board, first())
    (record,) = of("first", derive(statute(), board, first()))
    assert record.verdict == Verdict.NOT_TOLD
    authority = Authority.of(facts)
    question = Question(Iri("purchases"), FIRST)
    for party in ("rektor", "dean"):
        answer = authority.may(Iri(party), question)
        root = answer.answers[0].chains[0].links[0]
        assert answer.verdict == Verdict.NOT_TOLD
        assert root.findings == (Finding(Rule.START_NOT_STATED, Iri("board's")),)
        assert authority.verdict(party, "purchases", FIRST) == Verdict.NOT_TOLD


def test_a_matter_that_may_not_be_delegated_is_not_derived() -> None:
    kept = statute(iri="kept", residual=False, matters=("purchases",), delegation_allowed=False)
    assert derive(statute(), kept, first(matters=("equipment",))) == []
    assert [each.delegation for each in derive(statute(), kept, first(matters=("travel",)))] == [
        "first"
    ]


def test_units_that_lie_beside_each_other_and_currencies_are_all_told() -> None:
    records = derive(
        statute(),
        first(unit="library", limit=limit(100, "EUR")),
        second(unit="school", limit=limit(500)),
    )
    (record,) = of("second", records)
    assert set(record.units) == {"library", "school"}
    assert set(record.limits) == {limit(100, "EUR"), limit(500)}


def test_nothing_is_derived_where_no_root_is_known() -> None:
    assert derive(statute(), delegation("loose", None, "head")) == []
    assert derive(first(), second()) == []


DAY = date(2022, 6, 1)


def test_a_party_that_may_be_excluded_is_left_to_the_full_engine() -> None:
    others = delegation("theirs", "rektor", "other", exclusive=True)
    path = open_path(build(statute(), first(), others))
    assert path.verdict("dean", "purchases", DAY) is None
    assert path.holders("purchases", DAY) is None
    assert path.verdict("other", "purchases", DAY) is Verdict.YES
    assert path.verdict("dean", "travel", DAY) is Verdict.NO
    assert path.verdict("dean", "purchases", date(1999, 1, 1)) is Verdict.NO


def test_persons_and_unknown_names_are_left_to_the_full_engine() -> None:
    path = open_path(build(statute(), first(), Holding("h", "dean", "anna", ALWAYS)))
    assert path.verdict("anna", "purchases", DAY) is None
    assert path.verdict("nobody", "purchases", DAY) is None
    assert path.verdict("dean", "nothing", DAY) is None
    assert path.holders("nothing", DAY) is None


def test_a_vacant_post_may_not_and_its_substitute_may() -> None:
    facts = build(
        statute(),
        first(),
        Holding("h", "dean", "anna", Window(LONG_AGO, FIRST)),
        Substitution("s", "dean", "deputy", Window(DAY), by_law=True),
    )
    path = open_path(facts)
    told = {
        day: (path.verdict("dean", "purchases", day), path.verdict("deputy", "purchases", day))
        for day in (date(2022, 2, 28), FIRST, DAY)
    }
    assert told == {
        date(2022, 2, 28): (Verdict.YES, Verdict.NO),
        FIRST: (Verdict.NO, Verdict.NO),
        DAY: (Verdict.YES, Verdict.YES),
    }
    assert dict(path.holders("purchases", DAY) or ()) == {
        "rektor": Verdict.YES,
        "dean": Verdict.YES,
        "deputy": Verdict.YES,
    }
