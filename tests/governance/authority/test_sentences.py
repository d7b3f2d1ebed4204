"""Answers as sentences: the three answers apart, a reading never a fact, reasons by their rules."""

from __future__ import annotations

from datetime import date

import pytest

from styrgraf.governance.authority.answers import (
    Amount,
    Chain,
    Finding,
    HolderState,
    Link,
    MayAnswer,
    PartyAnswer,
    Period,
    Question,
    WhoAnswer,
)
from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.forms.sentences import Words, tell_may, tell_who
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri

DAY = date(2023, 4, 5)
MATTER = Iri("purchases")
WORDS = Words(
    "en",
    name=lambda iri: iri.value,
    day=lambda day: day.isoformat(),
    amount=lambda amount: f"{amount.hundredths // 100} {amount.currency}",
    limit=lambda limit: f"at most {limit.hundredths // 100} {limit.currency}",
)
BODY = HolderState(is_post=False)


def ask(**parts: object) -> Question:
    return Question(MATTER, DAY, **parts)  # type: ignore[arg-type]


def make_chain(
    *findings: Finding,
    certainty: Certainty = Certainty.ASSERTED,
    limits: tuple[Limit, ...] = (),
    unit: Iri | None = None,
) -> Chain:
    link = Link(
        delegation=Iri("delegation"),
        original_authority=None,
        giver=Iri("rektor"),
        receiver=Iri("dean"),
        matters=(MATTER,),
        period=Period(None, None),
        limit=limits[0] if limits else None,
        unit=unit,
        conditional=False,
        inferred=False,
        certainty=certainty,
        findings=findings,
    )
    return Chain((link,), link.verdict, None, limits, certainty)


def make_party(name: str, chain: Chain, holder: HolderState = BODY) -> PartyAnswer:
    return PartyAnswer(Iri(name), chain.verdict, holder, (chain,), 1)


def tell(*parties: PartyAnswer, **asked: object) -> tuple[str, ...]:
    return tell_who(WhoAnswer(ask(**asked), parties, 1), WORDS)


def test_one_who_may_is_named() -> None:
    assert tell(make_party("the board", make_chain())) == (
        "On 2023-04-05, the board may decide on “purchases”.",
    )


def test_a_reading_is_told_as_one() -> None:
    chain = make_chain(certainty=Certainty.INTERPRETED)
    assert tell(make_party("dean", chain)) == (
        "On 2023-04-05, dean may decide on “purchases”, by a reading of the sources.",
    )


def test_parties_of_different_certainty_have_each_their_own() -> None:
    parties = (
        make_party("board", make_chain()),
        make_party("dean", make_chain(certainty=Certainty.INFERRED)),
    )
    assert tell(*parties) == (
        "On 2023-04-05, board and dean (as can be derived from the sources) may decide on"
        " “purchases”.",
    )


def test_of_many_the_number_and_the_first_are_told() -> None:
    parties = [make_party(f"dean {number}", make_chain()) for number in range(9)]
    (sentence,) = tell(*parties)
    assert "9 posts and bodies (dean 0, dean 1, dean 2, dean 3 and others) may" in sentence


def test_amount_unit_kind_and_conditions_stand_in_the_sentence() -> None:
    (sentence,) = tell(
        make_party("dean", make_chain()),
        amount=Amount(40_000_000),
        unit=Iri("school"),
        kind=Kind.SIGN,
        conditions_met=True,
    )
    assert sentence == (
        "On 2023-04-05, dean may sign in “purchases” for 400000 SEK in school where the conditions"
        " are met."
    )


def test_limits_and_units_are_told_where_the_question_names_none() -> None:
    chain = make_chain(limits=(Limit(500_000_00, "SEK"),), unit=Iri("school"))
    assert tell(make_party("dean", chain))[1] == (
        "Within these bounds: at most 500000 SEK, only within school."
    )
    parties = (make_party("dean", chain), make_party("board", make_chain()))
    assert tell(*parties, unit=Iri("school"))[1] == (
        "Within these bounds: dean: at most 500000 SEK."
    )


def test_a_chain_without_a_limit_leaves_the_party_without_one() -> None:
    limited, free = make_chain(limits=(Limit(100, "SEK"),)), make_chain()
    party = PartyAnswer(Iri("dean"), Verdict.YES, BODY, (limited, free), 2)
    assert len(tell(party)) == 1


def test_what_cannot_be_told_is_no_no_and_says_what_is_not_stated() -> None:
    chain = make_chain(Finding(Rule.START_NOT_STATED), Finding(Rule.PERMISSION_NOT_STATED))
    assert tell(make_party("dean", chain)) == (
        "On 2023-04-05, it cannot be told whether dean may decide on “purchases”.",
        RULE_TEXTS[Rule.START_NOT_STATED].sentence,
        RULE_TEXTS[Rule.PERMISSION_NOT_STATED].sentence,
    )


def test_beside_those_who_may_stand_those_for_whom_it_cannot_be_told() -> None:
    parties = (
        make_party("board", make_chain()),
        make_party("dean", make_chain(Finding(Rule.CONDITION_NOT_STATED))),
    )
    assert tell(*parties)[1:] == (
        "For dean it cannot be told. " + RULE_TEXTS[Rule.CONDITION_NOT_STATED].sentence,
    )


def test_parties_of_different_reasons_have_each_their_own() -> None:
    start, giver = Finding(Rule.START_NOT_STATED), Finding(Rule.GIVER_NOT_STATED)
    parties = [
        make_party("dean", make_chain(start)),
        make_party("head", make_chain(giver)),
        make_party("board", make_chain(start)),
    ]
    start_told, giver_told = RULE_TEXTS[start.rule].sentence, RULE_TEXTS[giver.rule].sentence
    assert tell(*parties)[1:] == (f"dean and board: {start_told}", f"head: {giver_told}")
    assert tell(make_party("rektor", make_chain()), *parties)[1:] == (
        f"For dean and board it cannot be told. {start_told}",
        f"For head it cannot be told. {giver_told}",
    )


def test_where_nobody_may_the_nearest_and_its_rule_are_told() -> None:
    parties = (make_party("dean", make_chain(Finding(Rule.AMOUNT))),)
    assert tell(*parties) == (
        "On 2023-04-05, nobody may decide on “purchases”, as far as the graph shows.",
        "Nearest is dean. " + RULE_TEXTS[Rule.AMOUNT].sentence,
    )
    assert len(tell()) == 1


@pytest.mark.parametrize(
    ("holder", "sentence"),
    [
        (HolderState(True, (Iri("Anna"), Iri("Bo"))), "The post is held by Anna and Bo."),
        (
            HolderState(True, (Iri("Anna"),), acting=True),
            "The post is held by Anna as acting holder.",
        ),
        (HolderState(True), "Who holds the post that day is not stated."),
        (HolderState(True, vacant=True), "The post is vacant."),
        (
            HolderState(True, vacant=True, substitutes=((Iri("prorektor"), None),)),
            "The post is vacant; prorektor steps in.",
        ),
    ],
)
def test_the_holder_of_the_one_post_is_told(holder: HolderState, sentence: str) -> None:
    assert tell(make_party("dean", make_chain(), holder))[-1] == sentence


@pytest.mark.parametrize(
    ("findings", "verdict", "sentences"),
    [
        ((), Verdict.YES, ("On 2023-04-05, dean may decide on “purchases”.",)),
        (
            (Finding(Rule.EXPIRED),),
            Verdict.NO,
            (
                "On 2023-04-05, dean may not decide on “purchases”.",
                RULE_TEXTS[Rule.EXPIRED].sentence,
            ),
        ),
        (
            (Finding(Rule.START_NOT_STATED),),
            Verdict.NOT_TOLD,
            (
                "On 2023-04-05, it cannot be told whether dean may decide on “purchases”.",
                RULE_TEXTS[Rule.START_NOT_STATED].sentence,
            ),
        ),
    ],
)
def test_whether_a_party_may_has_three_answers(
    findings: tuple[Finding, ...], verdict: Verdict, sentences: tuple[str, ...]
) -> None:
    party = make_party("dean", make_chain(*findings))
    answer = MayAnswer(ask(), Iri("dean"), verdict, (party,), (), 1)
    assert tell_may(answer, WORDS) == sentences


def test_a_party_without_any_way_fails_by_its_own_rule() -> None:
    findings = (Finding(Rule.NO_DELEGATION),)
    answer = MayAnswer(ask(), Iri("dean"), Verdict.NO, (), findings, 1)
    assert tell_may(answer, WORDS)[1] == RULE_TEXTS[Rule.NO_DELEGATION].sentence


def test_a_person_may_by_way_of_a_post_and_a_substitute_for_another() -> None:
    party = PartyAnswer(Iri("dean"), Verdict.YES, BODY, (make_chain(),), 1, through=Iri("rektor"))
    answer = MayAnswer(ask(), Iri("Anna"), Verdict.YES, (party,), (), 1)
    assert tell_may(answer, WORDS)[1:] == (
        "That is by way of the post dean.",
        "dean steps in for rektor.",
    )
