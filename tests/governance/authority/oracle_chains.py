"""The chains of docs/authority.md, every one written out: slow and obvious."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Limit,
    OriginalAuthority,
    PartyKind,
    Standing,
)
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.governance.statements import Certainty
from tests.governance.authority.oracle_checks import (
    NO,
    NONE,
    YES,
    Rules,
    check_amount,
    check_coverage,
    check_days,
    check_time,
    climb_to_top,
    covers_matter,
    has_received,
    is_exclusive,
    is_in_force,
    is_or_has_role,
    is_unit_within,
    judge,
    may_go_on,
    permitted_kinds,
    roles_of,
    touches_matter,
)

CERTAINTIES = list(Certainty)


@dataclass(frozen=True)
class OracleLink:
    """An original authority or a delegation, and the rules found against it."""

    thing: OriginalAuthority | Delegation
    rules: Rules
    inferred: bool = False

    @property
    def certainty(self) -> Certainty:
        least = Certainty.INFERRED if self.inferred else Certainty.ASSERTED
        return max(self.thing.certainty, least, key=CERTAINTIES.index)


@dataclass(frozen=True)
class OracleChain:
    """Links from the top down, and the rules found against the chain as a whole."""

    links: tuple[OracleLink, ...]
    rules: Rules = NONE

    @property
    def all_rules(self) -> Rules:
        return self.rules.union(*(link.rules for link in self.links))

    @property
    def verdict(self) -> Verdict:
        return judge(self.all_rules)

    @property
    def deciding_rules(self) -> Rules:
        """The rules that make the verdict: those that fail, or those that cannot be told."""
        return frozenset(r for r in self.all_rules if RULE_TEXTS[r].verdict == self.verdict)

    @property
    def delegations(self) -> tuple[str, ...]:
        return tuple(k.thing.iri for k in self.links if isinstance(k.thing, Delegation))

    @property
    def original_authority(self) -> str | None:
        top = self.links[0].thing
        return top.iri if isinstance(top, OriginalAuthority) else None

    @property
    def distance(self) -> tuple[int, int]:
        """How far from holding: the links that fail and the whole that does, the delegations."""
        failing = sum(judge(rules) == NO for rules in (self.rules, *(x.rules for x in self.links)))
        return failing, len(self.delegations)

    @property
    def certainty(self) -> Certainty:
        return max((link.certainty for link in self.links), key=CERTAINTIES.index)

    @property
    def limits(self) -> frozenset[Limit]:
        """The lowest limit in each currency."""
        lowest: dict[str, Limit] = {}
        for link in self.links:
            limit = getattr(link.thing, "limit", None)
            if limit is not None:
                others = [limit, lowest.get(limit.currency, limit)]
                lowest[limit.currency] = min(others, key=lambda x: (x.hundredths, not x.excluded))
        return frozenset(lowest.values())


# Where a delegation comes from


def is_candidate(facts: AuthorityFacts, source: Delegation, delegation: Delegation) -> bool:
    if source.iri == delegation.iri or source.standing == Standing.DRAFT:
        return False
    if not has_received(facts, delegation.delegator, source) or not source.kinds & delegation.kinds:
        return False
    return any(
        set(source.matters) & climb_to_top(facts.broader_matters, each)
        for each in delegation.matters
    )


def sources_of(facts: AuthorityFacts, delegation: Delegation) -> list[Delegation]:
    if delegation.sources:
        return [each for each in facts.delegations if each.iri in delegation.sources]
    return [each for each in facts.delegations if is_candidate(facts, each, delegation)]


def covers_as_original(
    facts: AuthorityFacts, original: OriginalAuthority, question: Question
) -> bool:
    if covers_matter(facts, original.matters, question):
        return True
    others = reserving(facts, original, question)
    return original.residual and all(
        is_in_force(each.window, question.on) != YES for each in others
    )


def reserving(
    facts: AuthorityFacts, original: OriginalAuthority, question: Question
) -> list[OriginalAuthority]:
    """Those of others that state the matter, in force or not."""
    return [
        other
        for other in facts.original_authorities
        if other.holder != original.holder and covers_matter(facts, other.matters, question)
    ]


def check_original(facts: AuthorityFacts, original: OriginalAuthority, question: Question) -> Rules:
    """Its own window, and for what it has as residual those of others that may be in force."""
    rules = check_days(original.window, question.on)
    if not covers_matter(facts, original.matters, question):
        for other in reserving(facts, original, question):
            if is_in_force(other.window, question.on) != NO:
                rules |= check_days(other.window, question.on)
    return rules


def originals_held(
    facts: AuthorityFacts, party: str | None, question: Question
) -> list[OriginalAuthority]:
    """Those of a party that cover the matter, in force or not."""
    return [
        each
        for each in facts.original_authorities
        if is_or_has_role(facts, party, each.holder) and covers_as_original(facts, each, question)
    ]


def roots_of(
    facts: AuthorityFacts, party: str | None, question: Question
) -> list[OriginalAuthority]:
    held = originals_held(facts, party, question)
    return [each for each in held if is_in_force(each.window, question.on) != NO]


def check_root(roots: list[OriginalAuthority], used: OriginalAuthority) -> Rules:
    if any(each.delegation_allowed is False for each in roots):
        return frozenset({Rule.RESERVED})
    if used.delegation_allowed is None:
        return frozenset({Rule.PERMISSION_NOT_STATED})
    return NONE


# A link


def check_recipient_kind(
    facts: AuthorityFacts, source: Delegation | None, delegation: Delegation, on: date
) -> Rules:
    kinds = permitted_kinds(facts, source, delegation, on)
    kind = facts.party_kinds.get(delegation.delegate or "", PartyKind.OTHER)
    return frozenset({Rule.RECIPIENT_KIND}) if kinds and kind not in kinds else NONE


def is_permitted_recipient(
    facts: AuthorityFacts, source: Delegation, delegation: Delegation
) -> bool:
    delegate = delegation.delegate
    if not source.recipients:
        return True
    if delegate is None:
        return False
    everything = climb_to_top(facts.broader_roles, delegate) | roles_of(facts, delegate)
    return bool(everything & set(source.recipients))


def check_link(
    facts: AuthorityFacts, source: Delegation, delegation: Delegation, on: date
) -> Rules:
    found = set(check_recipient_kind(facts, source, delegation, on))
    if delegation.delegator is None:
        found.add(Rule.GIVER_NOT_STATED)
    elif not has_received(facts, delegation.delegator, source):
        found.add(Rule.GIVER)
    allowed = may_go_on(facts, source, on)
    if allowed is None:
        found.add(Rule.PERMISSION_NOT_STATED)
    elif not allowed:
        found.add(Rule.NOT_PERMITTED)
    if not is_permitted_recipient(facts, source, delegation):
        found.add(Rule.RECIPIENT)
    return frozenset(found)


# Chains

Way = tuple[OracleLink, ...]


def ways_up(
    facts: AuthorityFacts, question: Question, delegation: Delegation, below: tuple[str, ...] = ()
) -> list[Way]:
    """All ways from the top down to a delegation; `below` are those passed to come here."""
    on, passed = question.on, (*below, delegation.iri)
    own = check_time(facts, delegation, on) | check_coverage(facts, delegation, question)
    alone = own | check_recipient_kind(facts, None, delegation, on)
    ways: list[Way] = []
    inferred = not delegation.sources
    for source in sources_of(facts, delegation):
        if source.iri in passed:
            ways.append((OracleLink(delegation, alone | {Rule.CYCLE}, inferred),))
            continue
        link = OracleLink(delegation, own | check_link(facts, source, delegation, on), inferred)
        ways += [(*way, link) for way in ways_up(facts, question, source, passed)]
    if not delegation.sources:
        roots = roots_of(facts, delegation.delegator, question)
        for root in roots:
            top = OracleLink(root, check_original(facts, root, question))
            ways.append((top, OracleLink(delegation, alone | check_root(roots, root))))
    if not ways:
        missing = Rule.GIVER_NOT_STATED if delegation.delegator is None else Rule.NO_ROOT
        ways.append((OracleLink(delegation, alone | {missing}),))
    return ways


def is_coverage_whole(facts: AuthorityFacts, delegation: Delegation, question: Question) -> bool:
    if not is_unit_within(facts, delegation.unit, question):
        return False
    asked = question.amount is not None
    return delegation.limit is None or (asked and not check_amount(delegation.limit, question))


def barring(facts: AuthorityFacts, question: Question) -> list[tuple[Delegation, Verdict]]:
    """The exclusive delegations that bar others, and how sure that is."""
    found = []
    for each in facts.delegations:
        if each.delegate is None or not is_exclusive(facts, each, question.on):
            continue
        if not is_coverage_whole(facts, each, question):
            continue
        best = max(OracleChain(way).verdict for way in ways_up(facts, question, each))
        if best != NO:
            found.append((each, best))
    return found


def check_exclusive(
    facts: AuthorityFacts, party: str, way: Way, bars: list[tuple[Delegation, Verdict]]
) -> Rules:
    if all(isinstance(link.thing, OriginalAuthority) for link in way):
        return NONE
    found = set()
    passed = {link.thing.iri for link in way}
    for delegation, verdict in bars:
        if delegation.iri not in passed and not has_received(facts, party, delegation):
            found.add(Rule.EXCLUSIVE if verdict == YES else Rule.EXCLUSIVE_NOT_STATED)
    return frozenset(found)


def own_chains(facts: AuthorityFacts, party: str, question: Question) -> list[OracleChain]:
    """All chains of a party, vacancy and substitution apart."""
    ways: list[Way] = [
        (OracleLink(each, check_original(facts, each, question)),)
        for each in originals_held(facts, party, question)
    ]
    for each in facts.delegations:
        if has_received(facts, party, each) and touches_matter(facts, each, question):
            ways += ways_up(facts, question, each)
    bars = barring(facts, question)
    return [OracleChain(way, check_exclusive(facts, party, way, bars)) for way in ways]
