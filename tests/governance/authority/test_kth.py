"""Who may decide at KTH, as modestly as the two documents and the public pages say it.

The expectations were written from docs/authority.md and the sources before the engine was asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from styrgraf.governance.authority.answers import Amount, Chain, PartyAnswer, Question
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.forms.evidence import LinkEvidence, gather_evidence
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.orders import read_orders
from styrgraf.governance.statements import Certainty
from styrgraf.graph.published import PublishedStore
from styrgraf.model import Iri
from styrgraf.namespaces import SG

TODAY = date(2026, 11, 22)
BEFORE, AFTER = date(2022, 6, 30), date(2022, 7, 1)
YES, NO, NOT_TOLD = Verdict.YES, Verdict.NO, Verdict.NOT_TOLD


def thing(path: str) -> Iri:
    return Iri(f"https://w3id.org/styrgraf/kth/id/{path}")


REKTOR, DIRECTOR = thing("post/rektor"), thing("post/universitetsdirektor")
SUPPORT = thing("matter/verksamhetsstod")
DELEGATION = thing("delegation/rektor-universitetsdirektor")
REKTORS_OWN = thing("original-authority/rektor")
RESEARCH = thing("external-matter/forskningsavtal")
VICE_REKTOR = thing("external-role/vicerektor-forskning")
HEAD_OF_RSO = thing("external-role/chef-rso")
HEAD_OF_SCHOOL = thing("role/skolchef")
PREFEKT_AT_ABE = thing("external-role/prefekt-abe")
INFRASTRUCTURE = thing("agreement-type/forskningsinfrastruktur")
PUBLIC_FUNDER = thing("agreement-type/svensk-offentlig-finansiar")


@pytest.fixture(scope="module")
def kth(shipped_reader: PublishedStore) -> Authority:
    return Authority.of(read_facts(shipped_reader))


def list_parties(kth: Authority, question: Question, verdict: Verdict) -> set[Iri]:
    return {answer.party for answer in kth.who(question).of(verdict)}


def find_answer(kth: Authority, party: Iri, question: Question) -> PartyAnswer:
    (answer,) = kth.may(party, question).answers
    return answer


def list_rules(chains: Iterable[Chain]) -> set[Rule]:
    return {
        finding.rule
        for chain in chains
        for finding in (*chain.findings, *(each for link in chain.links for each in link.findings))
    }


def ask_support(on: date) -> Question:
    return Question(SUPPORT, on)


# The operational support: the documents


@pytest.mark.parametrize(
    ("on", "verdict", "rule"),
    [
        (date(2022, 12, 31), NO, Rule.NOT_YET),
        (date(2023, 1, 1), NOT_TOLD, Rule.START_NOT_STATED),
        (date(2023, 1, 15), NOT_TOLD, Rule.START_NOT_STATED),
        (date(2023, 1, 31), NOT_TOLD, Rule.START_NOT_STATED),
        (date(2023, 2, 1), YES, None),
        (date(2023, 4, 5), YES, None),
        (TODAY, YES, None),
    ],
)
def test_the_university_director_may_decide_on_the_support_once_january_2023_is_over(
    kth: Authority, on: date, verdict: Verdict, rule: Rule | None
) -> None:
    answer = kth.may(DIRECTOR, ask_support(on))
    assert answer.verdict is verdict
    assert list_rules(answer.answers[0].chains) == ({rule} if rule else set())


@pytest.mark.parametrize("on", [date(2022, 12, 31), date(2023, 1, 15), date(2023, 4, 5), TODAY])
def test_nobody_but_the_rektor_and_the_university_director_may_decide_on_the_support(
    kth: Authority, on: date
) -> None:
    told = list_parties(kth, ask_support(on), YES) | list_parties(kth, ask_support(on), NOT_TOLD)
    assert told == ({REKTOR} if on.year == 2022 else {REKTOR, DIRECTOR})
    assert REKTOR in list_parties(kth, ask_support(on), YES)


def test_the_chain_leads_from_the_rektors_own_authority_and_is_a_reading(kth: Authority) -> None:
    answer = find_answer(kth, DIRECTOR, ask_support(date(2023, 4, 5)))
    (chain,) = answer.chains
    assert answer.total == 1
    assert [link.original_authority for link in chain.links if link.delegation is None] == [
        REKTORS_OWN
    ]
    assert [link.delegation for link in chain.links if link.delegation] == [DELEGATION]
    assert not any(link.inferred for link in chain.links)
    assert chain.certainty is Certainty.INTERPRETED
    assert chain.period is not None
    assert (chain.period.start, chain.period.end) == (date(2023, 2, 1), None)
    assert chain.limits == ()


def read_evidence(kth: Authority, reader: PublishedStore, on: date) -> LinkEvidence:
    return gather_evidence(reader, kth.may(DIRECTOR, ask_support(on)))[DELEGATION]


@pytest.mark.parametrize("on", [date(2022, 12, 31), date(2023, 1, 15), date(2023, 4, 5), TODAY])
def test_the_answer_cites_lines_78_to_80_and_the_heading_of_the_slide(
    kth: Authority, shipped_reader: PublishedStore, on: date
) -> None:
    evidence = read_evidence(kth, shipped_reader, on)
    lines = {
        line
        for passage in evidence.passages
        for line in range(passage.source.first_line, passage.source.last_line + 1)
    }
    assert {73, 78, 79, 80} <= lines
    assert {passage.code for passage in evidence.passages} == {"000"}


def test_that_the_start_is_a_reading_of_a_heading_is_part_of_the_answer(
    kth: Authority, shipped_reader: PublishedStore
) -> None:
    evidence = read_evidence(kth, shipped_reader, date(2023, 1, 15))
    assert evidence.start is not None
    assert evidence.start.value.value == "2023-01-01"
    assert evidence.start.certainty is Certainty.INTERPRETED
    assert evidence.precision is not None
    assert evidence.precision.value.value == SG + "precisionMonth"
    assert evidence.end is None


def test_no_sub_delegation_is_stated_and_those_who_may_receive_one_are_listed(
    kth: Authority, shipped_reader: PublishedStore
) -> None:
    evidence = read_evidence(kth, shipped_reader, TODAY)
    assert evidence.sub_delegations == ()
    assert set(evidence.permitted) == {
        thing("role/avdelningschef-gvs"),
        thing("role/administrativ-chef"),
    }
    for role in evidence.permitted:
        assert kth.may(role, ask_support(TODAY)).verdict is NO


def test_the_answer_changes_with_the_rektors_authority_the_rektor_and_january_2023(
    kth: Authority,
) -> None:
    # The order of 2018 and the change of rektor are from public pages, the others a reading.
    assert kth.break_dates(ask_support(TODAY)) == (
        date(2018, 2, 1),
        date(2022, 12, 1),
        date(2023, 1, 1),
        date(2023, 2, 1),
    )


def test_who_holds_the_post_of_rektor_is_told_from_december_2022(kth: Authority) -> None:
    earlier = find_answer(kth, REKTOR, ask_support(date(2022, 11, 30))).holder
    later = find_answer(kth, REKTOR, ask_support(date(2022, 12, 1))).holder
    assert (earlier.persons, earlier.vacant) == ((), False)
    assert later.persons == (thing("person/anders-soderholm"),)


def test_a_former_rektor_may_no_longer_and_whether_before_is_not_told(kth: Authority) -> None:
    person = thing("person/sigbritt-karlsson")
    assert kth.may(person, ask_support(date(2022, 11, 30))).verdict is NOT_TOLD
    assert kth.may(thing("person/anders-soderholm"), ask_support(date(2022, 12, 1))).verdict is YES


# Research agreements: the switch of 1 July 2022, from public pages


def ask_research(on: date, kind: Kind = Kind.SIGN, conditions: bool | None = None) -> Question:
    return Question(RESEARCH, on, kind=kind, conditions_met=conditions)


def test_the_orders_in_force_before_and_after_the_switch_differ(
    shipped_reader: PublishedStore,
) -> None:
    before, after = (
        {order.iri for order in read_orders(shipped_reader, on).standing("in-force")}
        for on in (BEFORE, AFTER)
    )
    assert before - after == {thing("document/delegationsordning-kth-2018")}
    assert after - before == {
        thing("document/delegationsordning-kth-2022-07-01"),
        thing("document/delegationsordning-forskningsavtal-2022-07-01"),
    }


def test_before_the_switch_only_the_vice_rektor_may_have_signed_beside_the_rektor(
    kth: Authority,
) -> None:
    assert list_parties(kth, ask_research(BEFORE), YES) == {REKTOR}
    assert list_parties(kth, ask_research(BEFORE), NOT_TOLD) == {VICE_REKTOR}
    answer = find_answer(kth, VICE_REKTOR, ask_research(BEFORE, conditions=True))
    assert answer.verdict is NOT_TOLD
    assert list_rules(answer.chains) == {Rule.START_NOT_STATED}


def test_from_the_switch_on_three_may_sign_those_agreements_that_the_order_gives_them(
    kth: Authority,
) -> None:
    receivers = {VICE_REKTOR, HEAD_OF_RSO, HEAD_OF_SCHOOL}
    assert list_parties(kth, ask_research(AFTER), YES) == {REKTOR}
    assert list_parties(kth, ask_research(AFTER), NOT_TOLD) == receivers
    assert list_parties(kth, ask_research(AFTER, conditions=True), YES) == {REKTOR} | receivers
    answer = find_answer(kth, HEAD_OF_SCHOOL, ask_research(AFTER))
    assert list_rules(answer.chains) == {Rule.CONDITION_NOT_STATED}


def test_to_sign_is_not_to_decide(kth: Authority) -> None:
    answer = find_answer(kth, HEAD_OF_RSO, ask_research(AFTER, Kind.DECIDE))
    assert answer.verdict is NO
    assert Rule.KIND in list_rules(answer.chains)


# The ABE school's limits


@pytest.mark.parametrize(
    ("matter", "kind", "on", "hundredths", "verdict"),
    [
        # Below five million: the limit itself is not within it.
        (INFRASTRUCTURE, Kind.DECIDE, date(2022, 9, 20), 499_999_999, NO),
        (INFRASTRUCTURE, Kind.DECIDE, date(2022, 9, 21), 499_999_999, NOT_TOLD),
        (INFRASTRUCTURE, Kind.DECIDE, date(2022, 9, 21), 500_000_000, NO),
        (INFRASTRUCTURE, Kind.SIGN, date(2022, 9, 21), 100, NO),
        # Up to five million: it is. Since when, and from whom, no page says.
        (PUBLIC_FUNDER, Kind.SIGN, TODAY, 500_000_000, NOT_TOLD),
        (PUBLIC_FUNDER, Kind.SIGN, TODAY, 500_000_001, NO),
        (PUBLIC_FUNDER, Kind.DECIDE, TODAY, 100, NO),
    ],
)
def test_the_limits_of_a_prefekt_at_the_abe_school_hold_to_the_ore(
    kth: Authority, matter: Iri, kind: Kind, on: date, hundredths: int, verdict: Verdict
) -> None:
    question = Question(matter, on, thing("unit/abe"), Amount(hundredths), kind)
    assert kth.may(PREFEKT_AT_ABE, question).verdict is verdict


def test_that_a_page_names_no_giver_keeps_the_answer_from_being_a_yes(kth: Authority) -> None:
    question = Question(INFRASTRUCTURE, TODAY, amount=Amount(100))
    answer = find_answer(kth, PREFEKT_AT_ABE, question)
    assert answer.verdict is NOT_TOLD
    assert Rule.GIVER_NOT_STATED in list_rules(answer.chains)


@pytest.mark.parametrize("prefekt", ["post/prefekt-matematik", "post/prefekt-fysik"])
def test_the_limits_of_one_school_give_nothing_to_prefekts_of_another(
    kth: Authority, prefekt: str
) -> None:
    assert kth.may(thing(prefekt), Question(INFRASTRUCTURE, TODAY)).verdict is NO


# The board


def test_whether_what_the_board_decides_on_is_the_rektors_cannot_be_told_without_a_start(
    kth: Authority,
) -> None:
    question = Question(thing("external-matter/viktigare-foreskrifter"), TODAY)
    assert kth.may(REKTOR, question).verdict is NOT_TOLD
    assert kth.may(thing("body/styrelsen"), question).verdict is NOT_TOLD
