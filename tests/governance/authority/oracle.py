"""The answers of docs/authority.md once more: slow and obvious.

It is compared with the engine, and shares nothing with it but the records, the rule codes and the
verdicts. What the rules leave open is told where it is read in one way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    PartyKind,
    Precision,
    Substitution,
    Window,
)
from styrgraf.governance.authority.rules import Rule, Verdict
from tests.governance.authority.oracle_chains import OracleChain, own_chains
from tests.governance.authority.oracle_checks import (
    NO,
    NONE,
    NOT_TOLD,
    YES,
    Rules,
    check_days,
    is_in_force,
    judge,
    last_day_of_period,
    roles_of,
)


@dataclass(frozen=True)
class OracleHolder:
    """Who holds a post: persons, or vacant, or (neither) not stated."""

    persons: frozenset[str] = frozenset()
    vacant: bool = False
    substitutes: frozenset[tuple[str, Rules]] = frozenset()


# Posts and persons


def is_post(facts: AuthorityFacts, party: str) -> bool:
    return facts.party_kinds.get(party) == PartyKind.POST


def substitutions_for(
    facts: AuthorityFacts, post: str, on: date
) -> list[tuple[Substitution, Verdict]]:
    """Those not out of force, and whether that is sure."""
    judged = [(x, is_in_force(x.window, on)) for x in facts.substitutions if x.post == post]
    return [(each, verdict) for each, verdict in judged if verdict != NO]


def persons_of(facts: AuthorityFacts, post: str, on: date) -> frozenset[str]:
    return frozenset(
        x.person for x in facts.holdings if x.post == post and is_in_force(x.window, on) == YES
    )


def is_vacant(facts: AuthorityFacts, post: str, on: date) -> bool:
    """Whether holdings of a post are recorded and none may cover the day."""
    recorded = [each for each in facts.holdings if each.post == post]
    return bool(recorded) and all(is_in_force(each.window, on) == NO for each in recorded)


def check_substitution(facts: AuthorityFacts, substitution: Substitution, on: date) -> Rules:
    found = set(check_days(substitution.window, on))
    if substitution.by_law and not is_vacant(facts, substitution.post, on):
        found.add(Rule.ABSENCE_NOT_STATED)
    return frozenset(found)


def check_vacancy(facts: AuthorityFacts, post: str, on: date) -> Rules:
    if not is_post(facts, post) or not is_vacant(facts, post, on):
        return NONE
    substitutions = substitutions_for(facts, post, on)
    if not substitutions:
        return frozenset({Rule.VACANT})
    if any(verdict == YES for _, verdict in substitutions):
        return NONE
    return check_days(substitutions[0][0].window, on)


def holder_state(facts: AuthorityFacts, party: str, on: date) -> OracleHolder:
    if not is_post(facts, party):
        return OracleHolder()
    substitutes = frozenset(
        (each.substitute, check_substitution(facts, each, on))
        for each, _ in substitutions_for(facts, party, on)
    )
    persons = persons_of(facts, party, on)
    return OracleHolder(persons, is_vacant(facts, party, on), substitutes)


def weaken(chains: list[OracleChain], rules: Rules) -> list[OracleChain]:
    return [replace(chain, rules=chain.rules | rules) for chain in chains]


def ways_of_substitute(facts: AuthorityFacts, party: str, on: date) -> list[tuple[str, Rules]]:
    """The posts that a party steps in for, and what is found against that.

    A vacant substitute cannot: its own substitute is not followed.
    """
    vacant = frozenset({Rule.VACANT}) if is_vacant(facts, party, on) else NONE
    return [
        (each.post, check_substitution(facts, each, on) | vacant)
        for each in facts.substitutions
        if each.substitute == party and is_in_force(each.window, on) != NO
    ]


def substituted_chains(
    facts: AuthorityFacts, party: str, question: Question
) -> list[list[OracleChain]]:
    """The chains by which a party may as a substitute, for each substitution."""
    return [
        weaken(own_chains(facts, post, question), rules)
        for post, rules in ways_of_substitute(facts, party, question.on)
    ]


def chains(facts: AuthorityFacts, party: str, question: Question) -> list[OracleChain]:
    """The chains of a post, body or role itself, its vacancy told on each."""
    vacancy = check_vacancy(facts, party, question.on)
    return weaken(own_chains(facts, party, question), vacancy)


def verdict_of(found: list[OracleChain]) -> Verdict:
    return max((chain.verdict for chain in found), default=NO)


def party_verdict(facts: AuthorityFacts, party: str, question: Question) -> Verdict:
    ways = [chains(facts, party, question), *substituted_chains(facts, party, question)]
    return max(verdict_of(way) for way in ways)


def parties_of(facts: AuthorityFacts) -> frozenset[str]:
    """Every post, body and role."""
    received = {each.delegate for each in facts.delegations if each.delegate is not None}
    return frozenset(facts.party_kinds) | received


def is_had(facts: AuthorityFacts, role: str) -> bool:
    return any(role in roles_of(facts, post) for post in facts.roles_of_posts)


def who(facts: AuthorityFacts, question: Question) -> dict[str, Verdict]:
    """The answer of each party; a role that posts have is not among them, but the posts are."""
    parties = (party for party in parties_of(facts) if not is_had(facts, party))
    return {party: party_verdict(facts, party, question) for party in parties}


def does_hold(facts: AuthorityFacts, person: str, post: str, on: date) -> Rules | None:
    """Why it cannot be told that a person holds a post; None: does not hold it."""
    own = [
        is_in_force(x.window, on) for x in facts.holdings if (x.post, x.person) == (post, person)
    ]
    if YES in own:
        return NONE
    not_stated = not persons_of(facts, post, on) and not is_vacant(facts, post, on)
    return frozenset({Rule.HOLDER_NOT_STATED}) if NOT_TOLD in own or not_stated else None


def may_person(facts: AuthorityFacts, person: str, question: Question) -> tuple[Verdict, Rules]:
    best, rules = NO, frozenset({Rule.NO_POST})
    for post in sorted(party for party in parties_of(facts) if is_post(facts, party)):
        doubt = does_hold(facts, person, post, question.on)
        if doubt is not None:
            verdict = min(party_verdict(facts, post, question), judge(doubt))
            if verdict > best:
                best, rules = verdict, doubt
    return best, rules


def nearest(found: list[OracleChain]) -> list[OracleChain]:
    """The chains of the verdict; for NO those nearest to holding."""
    best = [chain for chain in found if chain.verdict == verdict_of(found)]
    if verdict_of(found) != NO:
        return best
    least = min((chain.distance for chain in best), default=None)
    return [chain for chain in best if chain.distance == least]


def may(facts: AuthorityFacts, party: str, question: Question) -> tuple[Verdict, Rules]:
    """The answer for a post, body, role or person, and the rules on its best or nearest chains.

    Who is neither post, body nor role is a person, who may have received delegations as well.
    """
    found = chains(facts, party, question)
    for each in substituted_chains(facts, party, question):
        found = found + each
    if facts.party_kinds.get(party, PartyKind.OTHER) == PartyKind.OTHER:
        as_person = may_person(facts, party, question)
        if not found or as_person[0] > verdict_of(found):
            return as_person
    if not found:
        return NO, frozenset({Rule.NO_DELEGATION})
    return verdict_of(found), NONE.union(*(chain.all_rules for chain in nearest(found)))


# Break dates


def days_of_window(window: Window) -> set[date]:
    """The days on which what is known of a window changes."""
    firsts = {day for day in (window.start, window.end) if day is not None}
    if window.precision == Precision.DAY:
        return firsts
    lasts = {last_day_of_period(day, window.precision) for day in firsts}
    return firsts | {day + timedelta(days=1) for day in lasts}


def windows_of(facts: AuthorityFacts) -> Iterator[Window]:
    yield from (each.window for each in facts.delegations)
    yield from (each.window for each in facts.original_authorities)
    yield from (each.window for each in facts.orders)
    yield from (each.window for each in facts.defaults)
    yield from (each.window for each in facts.holdings)
    yield from (each.window for each in facts.substitutions)


def edges(facts: AuthorityFacts) -> list[date]:
    """All days on which anything changes."""
    recalls = {each.start for each in facts.recalls}
    return sorted(recalls.union(*(days_of_window(each) for each in windows_of(facts))))


def snapshot(
    facts: AuthorityFacts, question: Question
) -> dict[str, tuple[Verdict, frozenset[str], bool]]:
    """Who may or may perhaps, and who holds the post; neither substitutes nor `acting`."""
    found = {}
    for party, verdict in who(facts, question).items():
        if verdict != NO:
            holder = holder_state(facts, party, question.on)
            found[party] = (verdict, holder.persons, holder.vacant)
    return found


def break_dates(facts: AuthorityFacts, question: Question) -> tuple[date, ...]:
    found = []
    for day in edges(facts):
        before = replace(question, on=day - timedelta(days=1))
        if snapshot(facts, before) != snapshot(facts, replace(question, on=day)):
            found.append(day)
    return tuple(found)
