"""What a change would do is what the engine answers before and after it; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from styrgraf.governance.authority.answers import Period, Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Holding,
    Kind,
    Order,
    PartyKind,
    Recall,
    Standing,
    Substitution,
    Window,
)
from styrgraf.governance.authority.forms.trial_forms import (
    parse_trial,
    serialize_trial,
    write_trial_csv,
)
from styrgraf.governance.authority.forms.trial_sentences import make_trial_words, tell_trial
from styrgraf.governance.authority.reasoning.changes import (
    Change,
    RecallOf,
    RepealOf,
    VacancyOf,
    adopt,
    apply_change,
)
from styrgraf.governance.authority.reasoning.competence import RecordedDecision
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.reasoning.rehearsal import Effect, Extent, Rehearsal, rehearse
from styrgraf.governance.authority.reasoning.trials import (
    TASK,
    Draft,
    GoalAtStake,
    Trial,
    try_out,
    write_arguments,
)
from styrgraf.governance.authority.rules import Verdict
from styrgraf.graph.published import PublishedStore
from styrgraf.model import Iri
from tests.governance.authority.building import (
    ALWAYS,
    DAY,
    build,
    delegation,
    first,
    limit,
    second,
    statute,
)
from tests.governance.authority.strategies import DAYS, facts, mostly, slow

ON = date(2022, 6, 1)
YES, NO, NOT_TOLD = Verdict.YES, Verdict.NO, Verdict.NOT_TOLD


def try_change(change: Change, *things: object, on: date = ON) -> Rehearsal:
    before = build(*things)
    return rehearse(before, apply_change(before, change, on), on)


def list_effects(found: Rehearsal) -> list[tuple[str, str, str]]:
    """Return effect, party and matter of what is decided (not signed)."""
    return [
        (each.effect.value, each.party.value, each.matter.value)
        for each in found.authority
        if each.kind == Kind.DECIDE
    ]


# Each change


def test_a_recall_takes_what_rests_on_the_delegation() -> None:
    found = try_change(RecallOf("first"), statute(), first(), second())
    assert list_effects(found) == [("lost", "dean", "purchases"), ("lost", "head", "purchases")]
    assert found.fallen == (Iri("first"), Iri("second"))
    assert {each.period for each in found.authority} == {Period(ON, None)}


def test_a_recall_that_comes_after_the_end_changes_nothing() -> None:
    over = first(window=Window(date(2020, 1, 1), date(2021, 1, 1)))
    found = try_change(RecallOf("first"), statute(), over)
    assert (found.authority, found.fallen) == ((), ())


def test_what_another_chain_still_carries_is_not_lost() -> None:
    found = try_change(RecallOf("first"), statute(), first(), delegation("twin", "rektor", "dean"))
    assert found.authority == ()
    assert found.fallen == (Iri("first"),)


def test_a_chain_with_a_lower_limit_that_is_left_narrows() -> None:
    lower = delegation("lower", "rektor", "dean", limit=limit(100))
    found = try_change(RecallOf("first"), statute(), first(limit=limit(500)), lower)
    (change,) = found.authority
    assert change.effect is Effect.NARROWED
    assert (change.before, change.after) == (Extent(YES, limit(500)), Extent(YES, limit(100)))


def test_a_chain_that_cannot_be_told_and_is_left_makes_unsure() -> None:
    vague = delegation("vague", "rektor", "dean", conditional=True)
    found = try_change(RecallOf("first"), statute(), first(), vague)
    assert list_effects(found) == [("unsure", "dean", "purchases")]


def test_a_repeal_takes_all_that_stands_in_the_order() -> None:
    found = try_change(
        RepealOf("order"), statute(), Order("order", ALWAYS), first(order="order"), second()
    )
    assert list_effects(found) == [("lost", "dean", "purchases"), ("lost", "head", "purchases")]


def test_a_vacancy_takes_from_the_post_and_leaves_what_it_gave_on() -> None:
    found = try_change(VacancyOf("dean"), statute(), first(), second())
    assert list_effects(found) == [("lost", "dean", "purchases")]
    assert found.fallen == ()


def test_a_vacancy_gives_to_the_substitute_by_law() -> None:
    steps_in = Substitution("s", "dean", "deputy", ALWAYS, by_law=True)
    found = try_change(
        VacancyOf("dean"), statute(), first(), Holding("h", "dean", "ada", ALWAYS), steps_in
    )
    assert list_effects(found) == [("gained", "deputy", "purchases")]


def test_an_exclusive_grant_that_falls_gives_back_to_others() -> None:
    alone = delegation("alone", "rektor", "other", exclusive=True)
    found = try_change(RecallOf("alone"), statute(), first(), alone)
    assert ("gained", "dean", "purchases") in list_effects(found)


def test_a_change_is_told_for_the_days_on_which_it_shows() -> None:
    later = first(window=Window(date(2023, 1, 1), date(2024, 1, 1)))
    found = try_change(RecallOf("first"), statute(), later)
    assert [each.period for each in found.authority] == [Period(date(2023, 1, 1), date(2024, 1, 1))]


def test_an_adopted_draft_begins_on_the_day_at_the_earliest() -> None:
    before = build(statute())
    draft = replace(before, delegations=(first(standing=Standing.DRAFT),))
    found = rehearse(before, adopt(draft, {"first"}, ON), ON)
    assert list_effects(found) == [("gained", "dean", "purchases")]
    assert {each.period.start for each in found.authority} == {ON}


def test_a_role_that_a_draft_gives_a_post_bears_on_what_the_role_has() -> None:
    of_role = delegation("of-role", "rektor", "heads")
    before = build(statute(), of_role, roles={"head": ()})
    after = build(statute(), of_role, roles={"head": ("heads",)})
    assert ("gained", "head", "purchases") in list_effects(rehearse(before, after, ON))


def test_only_decisions_from_the_day_on_lose_their_basis() -> None:
    before = build(statute(), first())
    after = apply_change(before, RecallOf("first"), ON)
    made = [
        RecordedDecision(Iri(f"made-{day}"), (Iri("dean"),), day, (Iri("purchases"),))
        for day in (ON - DAY, ON)
    ]
    found = rehearse(before, after, ON, made).decisions
    assert [(each.decision.value, each.before, each.after) for each in found] == [
        (f"made-{ON}", YES, NO)
    ]


# Against the engine


@st.composite
def changes(draw: st.DrawFn) -> tuple[AuthorityFacts, AuthorityFacts, date]:
    """Random facts before and after a random change, and its day."""
    before = draw(facts())
    on = draw(st.sampled_from(DAYS))
    posts = [name for name, kind in before.party_kinds.items() if kind == PartyKind.POST]
    possible: list[Change] = [RecallOf(each.iri) for each in before.delegations]
    possible += [RepealOf(each.iri) for each in before.orders]
    possible += [VacancyOf(post) for post in posts]
    assume(possible)
    if draw(mostly(True, False, times=4)):
        return before, apply_change(before, draw(st.sampled_from(possible)), on), on
    # What a draft may do: the whole of other facts about the same things.
    other = draw(facts())
    after = replace(other, broader_matters={**other.broader_matters, **before.broader_matters})
    return before, adopt(after, {each.iri for each in other.delegations}, on), on


@slow
@given(changes(), st.data())
def test_lost_and_gained_are_what_who_answers_before_and_after(
    example: tuple[AuthorityFacts, AuthorityFacts, date], data: st.DataObject
) -> None:
    before, after, on = example
    found = rehearse(before, after, on)
    day = data.draw(
        st.sampled_from([on + timedelta(each) for each in (0, 1, 2, 29, 30, 31, 59, 60, 400)])
    )
    stated = {matter for state in (before, after) for matter in list_stated(state)}
    assume(stated)
    matter = data.draw(st.sampled_from(sorted(stated)))
    kind = data.draw(st.sampled_from(Kind))
    now, then = (list_able(state, matter, day, kind) for state in (before, after))
    expected = {
        party: (now.get(party, NO), then.get(party, NO))
        for party in now.keys() | then.keys()
        if now.get(party, NO) != then.get(party, NO)
    }
    told = {
        each.party.value: (each.before.verdict, each.after.verdict)
        for each in found.authority
        if (each.matter.value, each.kind) == (matter, kind)
        and covers(each.period, day)
        and each.before.verdict != each.after.verdict
    }
    assert told == expected


def list_stated(state: AuthorityFacts) -> set[str]:
    records = (*state.delegations, *state.original_authorities)
    return {matter for each in records for matter in each.matters}


def list_able(state: AuthorityFacts, matter: str, day: date, kind: Kind) -> dict[str, Verdict]:
    answer = Authority.of(state).who(Question(Iri(matter), day, kind=kind))
    return {each.party.value: each.verdict for each in answer.parties if each.verdict}


def covers(period: Period, day: date) -> bool:
    started = period.start is None or period.start <= day
    return started and (period.end is None or day < period.end)


@slow
@given(facts(), st.sampled_from(DAYS))
def test_a_state_compared_with_itself_has_no_difference(state: AuthorityFacts, on: date) -> None:
    found = rehearse(state, state, on)
    assert (found.authority, found.fallen, found.decisions) == ((), (), ())


def test_a_recall_that_is_there_already_is_no_difference() -> None:
    before = build(statute(), first(), Recall("recall", "first", ON))
    found = rehearse(before, apply_change(before, RecallOf("first"), ON), ON)
    assert found.authority == ()


# The forms


def make_trial() -> Trial:
    found = try_change(RecallOf("first"), statute(), first(limit=limit(500)), second())
    names = {"sv": {Iri("dean"): "dekan"}, "en": {Iri("dean"): "the dean"}}
    goals = (GoalAtStake(Iri("goal"), Iri("decision")),)
    return Trial("recall", Iri("first"), found, goals, (), frozenset(), names, 7)


def test_a_trial_comes_back_from_its_process_as_it_was() -> None:
    assert parse_trial(serialize_trial(make_trial())) == make_trial()


def test_the_csv_has_a_row_for_each_thing_that_changes() -> None:
    rows = write_trial_csv(make_trial(), "en").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [
        *["lost"] * 2,
        *["fallen-delegation"] * 2,
        "goal",
    ]
    assert "the dean" in rows[1]


def test_the_first_sentence_counts_and_the_last_says_that_nothing_is_written() -> None:
    told = tell_trial(make_trial(), make_trial_words(make_trial(), "en"))
    assert told[0].endswith("is recalled from 2022-06-01 on, authority is lost in 2 cases.")
    assert told[-1] == "This is a rehearsal: nothing is written."


# On the shipped graph


@pytest.fixture(scope="module")
def rektors_delegation(shipped_reader: PublishedStore) -> Iri:
    rows = shipped_reader.select("""
      PREFIX sg: <https://w3id.org/styrgraf/ns#>
      SELECT ?thing WHERE {
        ?thing a sg:DelegationOfAuthority ; sg:delegator ?giver ; sg:delegatesMatter ?matter .
        FILTER(STRENDS(STR(?giver), "/post/rektor"))
        FILTER(STRENDS(STR(?matter), "/matter/verksamhetsstod"))
      }""").rows
    (found,) = (row["thing"] for row in rows)
    assert isinstance(found, Iri)
    return found


def test_the_recall_of_rektors_delegation_lists_what_falls_and_writes_nothing(
    shipped_reader: PublishedStore, rektors_delegation: Iri
) -> None:
    before = b"".join(shipped_reader.dump("application/n-quads"))
    arguments = write_arguments(RecallOf(rektors_delegation.value), date(2023, 6, 1))
    trial = parse_trial(shipped_reader.run_task(TASK, arguments, 60))
    assert rektors_delegation in trial.rehearsal.fallen
    lost = {
        (each.effect, each.party.value.rpartition("/")[2]) for each in trial.rehearsal.authority
    }
    assert (Effect.LOST, "universitetsdirektor") in lost
    assert b"".join(shipped_reader.dump("application/n-quads")) == before
    assert try_out(shipped_reader, arguments) == trial


def test_a_draft_is_tried_and_names_what_it_brings(example_reader: PublishedStore) -> None:
    base = example_reader.version().base + "id/"
    draft = f"""
      @prefix sg: <https://w3id.org/styrgraf/ns#> .
      @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      <{base}delegation/utkast-ny> a sg:DelegationOfAuthority ;
        skos:prefLabel "nytt utkast"@sv, "new draft"@en ;
        sg:delegator <{base}post/rektor> ; sg:delegate <{base}post/prodekan> ;
        sg:delegatesMatter <{base}matter/inkop> ; sg:subDelegationAllowed false ;
        sg:status sg:statusDraft .
    """
    arguments = write_arguments(Draft(draft, "text/turtle"), date(2024, 6, 1))
    before = b"".join(example_reader.dump("application/n-quads"))
    trial = parse_trial(example_reader.run_task(TASK, arguments, 60))
    gained = {
        each.party.value.rpartition("/")[2]
        for each in trial.rehearsal.authority
        if each.effect is Effect.GAINED
    }
    assert "prodekan" in gained
    assert trial.drafted == frozenset({Iri(base + "delegation/utkast-ny")})
    assert trial.names["en"][Iri(base + "delegation/utkast-ny")] == "new draft"
    assert b"".join(example_reader.dump("application/n-quads")) == before
