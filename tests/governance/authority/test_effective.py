"""The effective entries say what the full engine says, or nothing at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.compiling import compile_index
from styrgraf.governance.authority.facts import AuthorityFacts
from styrgraf.governance.authority.fast import FastPath
from styrgraf.governance.authority.index import Index
from tests.governance.authority import oracle
from tests.governance.authority.strategies import asked

Asked = tuple[AuthorityFacts, Question]


def open_path(facts: AuthorityFacts) -> FastPath:
    return FastPath(Index.over(compile_index(facts)))


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
