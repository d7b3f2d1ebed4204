"""The engine answers what the slow and obvious oracle answers, on random facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given

from styrgraf.governance.authority.answers import (
    MOST_CHAINS,
    Chain,
    MayAnswer,
    PartyAnswer,
    Question,
)
from styrgraf.governance.authority.facts import AuthorityFacts, Limit, PartyKind
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri
from tests.governance.authority import oracle
from tests.governance.authority.building import DAY
from tests.governance.authority.oracle_chains import OracleChain, own_chains
from tests.governance.authority.oracle_checks import check_days, check_time, judge
from tests.governance.authority.strategies import asked, slow

Asked = tuple[AuthorityFacts, Question]
ChainKey = tuple[frozenset[str], str | None, frozenset[Rule], frozenset[Limit], Certainty]


def key_of_engine(chain: Chain) -> ChainKey:
    findings = [*chain.findings, *(each for link in chain.links for each in link.findings)]
    originals = [link.original_authority for link in chain.links if link.original_authority]
    return (
        frozenset(link.delegation.value for link in chain.links if link.delegation),
        originals[0].value if originals else None,
        frozenset(each.rule for each in findings if each.verdict == chain.verdict),
        frozenset(chain.limits),
        chain.certainty,
    )


def key_of_oracle(chain: OracleChain) -> ChainKey:
    return (
        frozenset(chain.delegations),
        chain.original_authority,
        chain.deciding_rules,
        chain.limits,
        chain.certainty,
    )


def check_chains(answer: PartyAnswer, expected: list[OracleChain]) -> None:
    """Check the number of the best chains, and each of them where all are shown."""
    verdict = oracle.verdict_of(expected)
    best = [chain for chain in expected if chain.verdict == verdict]
    assert answer.total == len(best)
    assert {chain.verdict for chain in answer.chains} <= {verdict}
    assert len(answer.chains) == min(len(best), MOST_CHAINS)
    shown = Counter(key_of_engine(chain) for chain in answer.chains)
    if len(best) <= MOST_CHAINS:
        assert shown == Counter(key_of_oracle(chain) for chain in best)
    else:
        assert set(shown) <= {key_of_oracle(chain) for chain in best}


def rules_of(answer: PartyAnswer) -> frozenset[Rule]:
    """What is found against the party, whatever the chain."""
    return frozenset(each.rule for each in answer.findings) - {Rule.NO_DELEGATION}


def ways_of(answer: MayAnswer) -> dict[str, list[PartyAnswer]]:
    """The answers by the post that is substituted for; those of the party itself by ''."""
    found: dict[str, list[PartyAnswer]] = {}
    for each in answer.answers:
        found.setdefault(each.through.value if each.through else "", []).append(each)
    return found


def persons_of(facts: AuthorityFacts) -> set[str]:
    """Those who hold posts, and one of whom nothing is known."""
    return {each.person for each in facts.holdings} | {"eve"}


def posts_and_others(facts: AuthorityFacts) -> list[str]:
    """The parties that are no persons."""
    return [name for name, kind in facts.party_kinds.items() if kind != PartyKind.OTHER]


@slow
@given(asked())
def test_who_may_is_the_same(example: Asked) -> None:
    facts, question = example
    answer = Authority.of(facts).who(question)
    expected = oracle.who(facts, question)
    verdicts = {each.party.value: each.verdict for each in answer.parties}
    assert {party: verdict for party, verdict in verdicts.items() if verdict} == {
        party: verdict for party, verdict in expected.items() if verdict
    }
    assert all(expected[party] == Verdict.NO for party, verdict in verdicts.items() if not verdict)
    order = [each.verdict for each in answer.parties]
    assert order == sorted(order, reverse=True)
    assert len(verdicts) == len(order)


@slow
@given(asked())
def test_whether_each_party_and_person_may_is_the_same(example: Asked) -> None:
    facts, question = example
    authority = Authority.of(facts)
    for party in oracle.parties_of(facts) | persons_of(facts):
        answer = authority.may(Iri(party), question)
        verdict, rules = oracle.may(facts, party, question)
        assert (party, answer.verdict) == (party, verdict)
        if rules and rules <= {Rule.NO_POST, Rule.NO_DELEGATION}:
            own = [each for way in answer.answers for each in way.findings]
            assert {each.rule for each in (*answer.findings, *own)} & rules


@slow
@given(asked())
def test_the_chains_of_each_party_are_the_same(example: Asked) -> None:
    facts, question = example
    authority = Authority.of(facts)
    for party in posts_and_others(facts):
        (own,) = ways_of(authority.may(Iri(party), question))[""]
        expected = own_chains(facts, party, question)
        vacancy = oracle.check_vacancy(facts, party, question.on)
        check_chains(own, expected)
        assert rules_of(own) == vacancy
        assert own.verdict == min(oracle.verdict_of(expected), judge(vacancy))


@slow
@given(asked())
def test_the_chains_of_those_that_are_substituted_are_the_same(example: Asked) -> None:
    facts, question = example
    authority = Authority.of(facts)
    for party in posts_and_others(facts):
        ways = ways_of(authority.may(Iri(party), question))
        expected = oracle.ways_of_substitute(facts, party, question.on)
        assert set(ways) == {"", *(post for post, _ in expected)}
        for post in set(ways) - {""}:
            rules = [found for name, found in expected if name == post]
            assert Counter(rules_of(each) for each in ways[post]) == Counter(rules)
            for each in ways[post]:
                check_chains(each, own_chains(facts, post, question))


@slow
@given(asked())
def test_the_nearest_chains_come_first(example: Asked) -> None:
    facts, question = example
    authority = Authority.of(facts)
    for party in posts_and_others(facts):
        (own,) = ways_of(authority.may(Iri(party), question))[""]
        expected = own_chains(facts, party, question)
        if own.chains and oracle.verdict_of(expected) == Verdict.NO:
            first = key_of_engine(own.chains[0])
            assert first in {key_of_oracle(chain) for chain in oracle.nearest(expected)}


@slow
@given(asked())
def test_who_holds_each_post_and_steps_in_is_the_same(example: Asked) -> None:
    facts, question = example
    authority = Authority.of(facts)
    for party in posts_and_others(facts):
        holder = ways_of(authority.may(Iri(party), question))[""][0].holder
        expected = oracle.holder_state(facts, party, question.on)
        assert holder.is_post == oracle.is_post(facts, party)
        assert {person.value for person in holder.persons} == expected.persons
        assert holder.vacant == expected.vacant
        assert {(post.value, finding is None) for post, finding in holder.substitutes} == {
            (post, not rules) for post, rules in expected.substitutes
        }


@slow
@given(asked())
def test_a_chain_that_holds_tells_on_which_days_its_links_hold(example: Asked) -> None:
    facts, question = example
    for answer in Authority.of(facts).who(question).of(Verdict.YES):
        for chain in answer.chains:
            if chain.verdict == Verdict.YES:
                check_period(facts, chain, question.on)


def check_period(facts: AuthorityFacts, chain: Chain, on: date) -> None:
    """Check that all links surely hold in the period, and not right before and after it."""
    passed = {x.delegation.value for x in chain.links if x.delegation}
    rested = {x.original_authority.value for x in chain.links if x.original_authority}

    def hold(day: date) -> bool:
        rules = [check_time(facts, x, day) for x in facts.delegations if x.iri in passed]
        rules += [check_days(x.window, day) for x in facts.original_authorities if x.iri in rested]
        return not any(rules)

    assert chain.period is not None
    start, end = chain.period.start, chain.period.end
    assert start is not None
    assert hold(start) and hold(on) and not hold(start - DAY)
    if end is not None:
        assert start <= on < end
        assert hold(end - DAY) and not hold(end)


@slow
@given(asked(most=6))
def test_the_break_dates_are_the_same(example: Asked) -> None:
    facts, question = example
    assert Authority.of(facts).break_dates(question) == oracle.break_dates(facts, question)


@slow
@given(asked())
def test_the_fast_path_says_what_the_whole_answer_says(example: Asked) -> None:
    facts, question = example
    authority = Authority.of(facts)
    plain = replace(question, conditions_met=None)
    unit = plain.unit.value if plain.unit else None
    terms = (plain.matter.value, plain.on, plain.amount, plain.kind, unit)
    expected = oracle.who(facts, plain)
    for party in oracle.parties_of(facts) | persons_of(facts):
        assert authority.verdict(party, *terms) == oracle.may(facts, party, plain)[0]
    assert dict(authority.holders(*terms)) == {
        party: verdict for party, verdict in expected.items() if verdict
    }


def test_the_random_facts_are_neither_too_kind_nor_too_strict() -> None:
    seen: Counter[Verdict] = Counter()
    examples: list[date] = []

    @slow
    @given(asked())
    def count(example: Asked) -> None:
        seen.update(set(oracle.who(*example).values()))
        examples.append(example[1].on)

    count()
    assert min(seen[verdict] for verdict in Verdict) >= len(examples) / 10
