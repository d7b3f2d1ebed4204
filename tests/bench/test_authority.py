"""What is timed beside the engine decides as the engine does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench import authority_networkx, authority_postgres, authority_sparql
from bench.authority import OURS, choose_questions, name_holders, name_ours
from bench.authority_graphs import AskedOf, make_facts
from bench.authority_measures import Decider, Latency, check_agreement, compare, take_turns
from bench.authority_table import Decided, Measured, Twice, renew, write_report
from bench.postgres_server import find_lack, run_server
from styrgraf.governance.authority.facts import AuthorityFacts
from styrgraf.governance.authority.reasoning.engine import Authority

QUESTIONS = 300


@pytest.fixture(scope="module")
def facts() -> AuthorityFacts:
    return make_facts(1000)


@pytest.fixture(scope="module")
def authority(facts: AuthorityFacts) -> Authority:
    return Authority.of(facts)


@pytest.fixture(scope="module")
def every_question(facts: AuthorityFacts) -> list[AskedOf]:
    walk = authority_networkx.Walk(authority_networkx.build_graph(facts))
    return choose_questions(facts, 1, walk)


@pytest.fixture(scope="module")
def questions(every_question: list[AskedOf]) -> list[AskedOf]:
    return every_question[:QUESTIONS]


@pytest.fixture(scope="module")
def ours(authority: Authority, questions: list[AskedOf]) -> Decider:
    return name_ours(OURS, authority, questions)


def test_half_of_the_questions_have_the_answer_yes(ours: Decider) -> None:
    assert sum(ours.answer_all()) == QUESTIONS // 2


def test_networkx_decides_as_the_engine(
    facts: AuthorityFacts, questions: list[AskedOf], ours: Decider
) -> None:
    check_agreement([ours, authority_networkx.build_decider(facts, questions)])


@pytest.mark.parametrize("on_disk", [False, True], ids=["in memory", "on disk"])
def test_sparql_decides_as_the_engine(
    facts: AuthorityFacts, questions: list[AskedOf], ours: Decider, tmp_path: Path, on_disk: bool
) -> None:
    folder = tmp_path if on_disk else None
    check_agreement([ours, authority_sparql.build_decider(facts, questions, folder)])


def test_postgres_decides_as_the_engine(
    facts: AuthorityFacts, questions: list[AskedOf], ours: Decider
) -> None:
    lack = find_lack()
    if lack:
        pytest.skip(lack)
    with run_server() as connection:
        check_agreement([ours, authority_postgres.build_decider(facts, questions, connection)])


def without_recalls(facts: AuthorityFacts) -> AuthorityFacts:
    return replace(facts, recalls=())


def without_limits(facts: AuthorityFacts) -> AuthorityFacts:
    return replace(facts, delegations=tuple(replace(x, limit=None) for x in facts.delegations))


def without_conditions(facts: AuthorityFacts) -> AuthorityFacts:
    return replace(
        facts, delegations=tuple(replace(x, conditional=False) for x in facts.delegations)
    )


def without_vacancy(facts: AuthorityFacts) -> AuthorityFacts:
    return replace(facts, holdings=())


def without_permission(facts: AuthorityFacts) -> AuthorityFacts:
    return replace(facts, defaults=())


@pytest.mark.parametrize(
    "change",
    [without_recalls, without_limits, without_conditions, without_vacancy, without_permission],
)
def test_the_questions_hang_on_each_rule(
    change: Callable[[AuthorityFacts], AuthorityFacts],
    facts: AuthorityFacts,
    every_question: list[AskedOf],
    authority: Authority,
) -> None:
    ours = name_ours(OURS, authority, every_question)
    with pytest.raises(SystemExit, match="networkx"):
        check_agreement([ours, authority_networkx.build_decider(change(facts), every_question)])


def test_every_decider_is_timed_in_every_round(ours: Decider) -> None:
    times = take_turns([ours, replace(ours, name="other")], rounds=3)
    assert [len(each) for each in times["other"].first] == [QUESTIONS // 3] * 3
    assert [len(each) for each in times[OURS].again] == [2 * (QUESTIONS // 3)] * 3


def test_a_ratio_is_the_median_of_those_of_the_rounds() -> None:
    assert compare([[20, 20], [90, 90], [40, 40]], [[10, 10], [10, 10], [10, 10]]) == 4


def test_holders_are_asked_of_the_same_matters_and_days(
    authority: Authority, questions: list[AskedOf], ours: Decider
) -> None:
    holders = name_holders(authority, questions)
    found = [dict(authority.holders(*each)) for each in holders.arguments]  # type: ignore[arg-type]
    yes = [asked.party in held for asked, held in zip(questions, found, strict=True)]
    assert all(held for held, told in zip(yes, ours.answer_all(), strict=True) if told)


def make_measured(ratio: float) -> Measured:
    latency = Latency(4.0, 9.0)
    decided = (
        Decided(OURS, latency, latency, Twice(1, 1), ""),
        Decided("PostgreSQL 15.0", latency, latency, Twice(ratio, ratio + 1), ""),
    )
    return Measured(1000, 3400, decided, Twice(18, 21), Twice(1, 1.5), 0.4, 160_000, 170_000)


@pytest.mark.parametrize(("ratio", "told"), [(29.9, "not met"), (30.0, "met")])
def test_the_worst_figure_decides_whether_a_target_is_met(ratio: float, told: str) -> None:
    report = write_report([make_measured(50), make_measured(ratio)], None, 1)
    assert f"- at least 30 times as fast as PostgreSQL: {told}, at worst {ratio}" in report
    assert "- all holders within 20 decisions: not met, at worst 21.0" in report
    assert "- under 200 bytes a delegation: met, at worst 170.0" in report


def test_the_report_says_why_postgres_was_left_out() -> None:
    measured = make_measured(1)
    report = write_report([replace(measured, deciders=measured.deciders[:1])], "no server", 1)
    assert "PostgreSQL was left out: no server." in report
    assert "as fast as PostgreSQL" not in report


def test_the_table_is_renewed_between_its_marks() -> None:
    text = "a\n<!-- authority-speed: made -->\nold\n<!-- /authority-speed -->\nb\n"
    assert renew(text, "new\n") == text.replace("old", "new")
