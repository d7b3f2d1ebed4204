"""Each rule has its cases, on both sides of it, and the engine and the oracle say what we say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from styrgraf.governance.authority.answers import Finding, MayAnswer
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.model import Iri
from tests.governance.authority import cases_of_parties, cases_of_reach, cases_of_time, oracle
from tests.governance.authority.rule_cases import Case

CASES = cases_of_time.CASES + cases_of_reach.CASES + cases_of_parties.CASES
RULES = pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.value)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_oracle_finds_just_what_is_written_by_hand(case: Case) -> None:
    verdict, rules = oracle.may(case.facts, case.party, case.question)
    decisive = frozenset(rule for rule in rules if RULE_TEXTS[rule].verdict == verdict)
    assert (verdict, decisive) == (case.verdict, case.finds)


def list_findings(answer: MayAnswer) -> Iterator[Finding]:
    yield from answer.findings
    for way in answer.answers:
        yield from way.findings
        for chain in way.chains:
            yield from chain.findings
            for link in chain.links:
                yield from link.findings


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engine_finds_just_what_is_written_by_hand(case: Case) -> None:
    answer = Authority.of(case.facts).may(Iri(case.party), case.question)
    found = frozenset(x.rule for x in list_findings(answer) if x.verdict == answer.verdict)
    assert answer.verdict == case.verdict
    assert found >= case.finds
    assert found - case.finds <= {Rule.NO_DELEGATION}


@RULES
def test_every_rule_has_a_case_in_which_it_is_found(rule: Rule) -> None:
    assert any(case.rule == rule and rule in case.finds for case in CASES)


@RULES
def test_every_rule_has_a_case_in_which_nothing_is_found(rule: Rule) -> None:
    assert any(case.rule == rule and case.verdict == Verdict.YES for case in CASES)
