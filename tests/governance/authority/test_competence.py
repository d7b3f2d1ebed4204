"""Was it competently decided: yes, no, or not shown; by the day of the decision alone."""

from __future__ import annotations

from datetime import date

import pytest

from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.facts import Recall
from styrgraf.governance.authority.forms.competence_forms import (
    list_grounds,
    tell_competence,
    write_competence,
    write_competence_csv,
)
from styrgraf.governance.authority.forms.wording import make_words
from styrgraf.governance.authority.reasoning.competence import (
    CompetenceAnswer,
    RecordedDecision,
    judge_decision,
    read_decisions,
)
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.graph.published import PublishedStore
from styrgraf.model import Iri
from tests.governance.authority.building import DAY, build, first, limit, statute

ON = date(2022, 6, 1)
NAMES: dict[str, dict[Iri, str]] = {"sv": {}, "en": {Iri("dean"): "the dean"}}


def judge(*things: object, by: str = "dean", **stated: object) -> CompetenceAnswer:
    known = {"deciders": (Iri(by),), "day": ON, "matters": (Iri("purchases"),), **stated}
    decision = RecordedDecision(Iri("decision"), **known)  # type: ignore[arg-type]
    return judge_decision(Authority.of(build(*things)), decision)


def test_support_on_the_day_is_shown() -> None:
    assert judge(statute(), first()).verdict is Verdict.YES


def test_no_support_is_told_with_the_rule_that_says_so() -> None:
    found = judge(statute(), first(limit=limit(100)), amount=Amount(10_100))
    assert found.verdict is Verdict.NO
    assert list_grounds(found.answers[0]) == (Rule.AMOUNT,)


def test_all_who_decide_and_all_matters_need_support() -> None:
    assert judge(statute(), first(), deciders=(Iri("dean"), Iri("head"))).verdict is Verdict.NO
    both = (Iri("purchases"), Iri("travel"))
    assert judge(statute(), first(), matters=both).verdict is Verdict.NO


def test_a_recall_after_the_decision_does_not_touch_it() -> None:
    assert judge(statute(), first(), Recall("r", "first", ON + DAY)).verdict is Verdict.YES
    assert judge(statute(), first(), Recall("r", "first", ON)).verdict is Verdict.NO


@pytest.mark.parametrize(
    ("stated", "missing"),
    [({"deciders": ()}, "decider"), ({"day": None}, "date"), ({"matters": ()}, "matter")],
)
def test_what_is_not_stated_is_named_and_makes_it_not_shown(
    stated: dict[str, object], missing: str
) -> None:
    found = judge(statute(), first(), **stated)
    assert (found.verdict, found.decision.missing) == (Verdict.NOT_TOLD, (missing,))


def test_the_sentences_count_and_say_that_this_is_no_legal_verdict() -> None:
    found = [judge(statute(), first()), judge(statute()), judge(statute(), day=None)]
    first_sentence, note = tell_competence(found, make_words("en", {}))
    assert first_sentence == (
        "Of the 3 decisions here, support in delegation is shown for 1, "
        "not shown for 1, and for 1 it does not appear."
    )
    assert "no legal verdict" in note


def test_json_and_csv_tell_support_missing_parts_and_rules() -> None:
    found = [judge(statute()), judge(statute(), day=None)]
    value = write_competence(found, NAMES, 3)
    assert [each["support"] for each in value["decisions"]] == ["no", "not-told"]
    assert value["decisions"][0]["answers"][0]["rules"] == ["no-delegation"]
    rows = write_competence_csv(found, NAMES, "en").splitlines()[1:]
    assert rows[0].endswith("the dean,purchases,,,,no,no-delegation")
    assert "date" in rows[1]


def test_the_decisions_of_the_example_come_by_day(example_reader: PublishedStore) -> None:
    days = [each.day or date.max for each in read_decisions(example_reader)]
    assert days == sorted(days)
    assert date.max in days
