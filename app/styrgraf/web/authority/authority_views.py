"""Answers on authority as pages show them: cut to a readable size, with evidence and drawings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from styrgraf.exchange.drawings import Drawing
from styrgraf.governance.authority.answers import (
    MOST_CHAINS,
    HeldDelegation,
    MayAnswer,
    PartyAnswer,
    WhoAnswer,
)
from styrgraf.governance.authority.forms.evidence import Answer, LinkEvidence, gather_evidence
from styrgraf.governance.authority.forms.rdf_terms import name_rule
from styrgraf.governance.authority.forms.representation import HeldDelegations
from styrgraf.governance.authority.forms.sentences import (
    MOST_NAMED,
    tell_may,
    tell_who,
)
from styrgraf.governance.authority.forms.wording import tell_held
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.statements import Page
from styrgraf.model import Iri
from styrgraf.web.authority.authority_drawings import draw_chains
from styrgraf.web.authority.authority_words import choose_words
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.services import current_reader

PAGE_SIZE = 20
"""Parties, and delegations of a party, on one page."""
LEAST_CHAINS = 3
"""So many chains of a party are shown at least; together they are at most MOST_CHAINS or these."""
MOST_BREAKS = 24


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party's answer with the chains that the page shows, and their drawing."""

    answer: PartyAnswer
    drawing: Drawing
    anchor: str


@dataclass(frozen=True, slots=True)
class Group:
    """The parties of one verdict on this page; `total` counts those on all pages."""

    verdict: Verdict
    parties: tuple[PartyView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class View:
    """What a page on authority shows beside its form."""

    frame: Frame
    sentences: tuple[str, ...]
    groups: tuple[Group, ...]
    evidence: Mapping[Iri, LinkEvidence]
    rules: tuple[Rule, ...]
    page: Page[PartyAnswer]

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Return the drawings of the parties that have chains, in the order of the page."""
        parties = (party for group in self.groups for party in group.parties)
        return tuple(party.drawing for party in parties if party.answer.chains)


@dataclass(frozen=True, slots=True)
class Breaks:
    """The days on which an answer changes, seen from the day asked; `last` is its last day.

    `since` is when it began to be what it is on that day; None: always, or for ever.
    """

    since: date | None
    last: date | None
    previous: date | None
    following: date | None
    shown: tuple[date, ...]
    """The nearest of them, and the day asked."""
    total: int


def place_among_breaks(on: date, days: Sequence[date]) -> Breaks:
    """Return how the day asked lies among the days on which the answer changes."""
    past = [day for day in days if day <= on]
    earlier = [day for day in past if day < on]
    later = [day for day in days if day > on]
    first = max(0, min(len(earlier) - MOST_BREAKS // 2, len(days) - MOST_BREAKS))
    return Breaks(
        since=past[-1] if past else None,
        last=later[0] - timedelta(days=1) if later else None,
        previous=earlier[-1] if earlier else None,
        following=later[0] if later else None,
        shown=tuple(sorted({on, *days[first : first + MOST_BREAKS]})),
        total=len(days),
    )


def lay_out_who(answer: WhoAnswer, number: int) -> View:
    """Return page `number` of who may, cannot be told to, and nearly may."""
    page = Page(answer.parties, size=PAGE_SIZE, total=len(answer.parties)).cut(number)
    shown = replace(answer, parties=_cut_chains(page.items))
    named = [party.party for verdict in Verdict for party in answer.of(verdict)[:MOST_NAMED]]
    evidence = gather_evidence(current_reader(), shown)
    rules = _list_rules(shown.parties)
    frame = _frame(shown, evidence, rules, named)
    totals = {verdict: len(answer.of(verdict)) for verdict in Verdict}
    return View(
        frame=frame,
        sentences=tell_who(answer, choose_words(frame)),
        groups=_group(shown.parties, totals, frame),
        evidence=evidence,
        rules=rules,
        page=page,
    )


def lay_out_may(answer: MayAnswer) -> View:
    """Return whether a party may, by each way in which it might."""
    shown = replace(answer, answers=_cut_chains(answer.answers[:PAGE_SIZE]))
    evidence = gather_evidence(current_reader(), shown)
    rules = _list_rules(shown.answers, answer)
    frame = _frame(shown, evidence, rules, ())
    totals = {each: sum(way.verdict is each for way in answer.answers) for each in Verdict}
    return View(
        frame=frame,
        sentences=tell_may(answer, choose_words(frame)),
        groups=_group(shown.answers, totals, frame),
        evidence=evidence,
        rules=rules,
        page=Page(answer.answers, size=PAGE_SIZE, total=len(answer.answers)),
    )


@dataclass(frozen=True, slots=True)
class HeldView:
    """What a party has on a day: one page of it, what it rests on, and what it is in sentences."""

    frame: Frame
    sentences: tuple[str, ...]
    page: Page[HeldDelegation]
    evidence: Mapping[Iri, LinkEvidence]
    rules: tuple[Rule, ...]


def lay_out_held(answer: HeldDelegations, number: int) -> HeldView:
    """Return page `number` of what a party has on a day."""
    held = answer.delegations
    page = Page(held, size=PAGE_SIZE, total=len(held)).cut(number)
    evidence = gather_evidence(current_reader(), page.items)
    rules = _list_rules(each.answer for each in page.items)
    residual = [original for original, _ in answer.residual]
    named = (answer.party, *residual, *(each.matter for each in held))
    frame = _frame(page.items, evidence, rules, named)
    return HeldView(
        frame=frame,
        sentences=tell_held(answer.party, answer.on, held, choose_words(frame), answer.residual),
        page=page,
        evidence=evidence,
        rules=rules,
    )


def _cut_chains(parties: Sequence[PartyAnswer]) -> tuple[PartyAnswer, ...]:
    """Return the parties with so many chains that a page stays one."""
    most = max(LEAST_CHAINS, MOST_CHAINS // max(1, len(parties)))
    return tuple(replace(party, chains=party.chains[:most]) for party in parties)


def _frame(
    shown: Answer,
    evidence: Mapping[Iri, LinkEvidence],
    rules: Iterable[Rule],
    named: Iterable[Iri],
) -> Frame:
    parts = (shown, dict(evidence), tuple(map(name_rule, rules)), tuple(named))
    return Frame({iri.value for part in parts for iri in collect_iris(part)})


def _group(
    parties: Sequence[PartyAnswer], totals: Mapping[Verdict, int], frame: Frame
) -> tuple[Group, ...]:
    views = [
        PartyView(party, draw_chains(party, frame, f"c{number}"), f"p{number}")
        for number, party in enumerate(parties, 1)
    ]
    groups = []
    for verdict in (Verdict.YES, Verdict.NOT_TOLD, Verdict.NO):
        found = tuple(view for view in views if view.answer.verdict is verdict)
        if found:
            groups.append(Group(verdict, found, totals[verdict]))
    return tuple(groups)


def _list_rules(
    parties: Iterable[PartyAnswer], answer: MayAnswer | None = None
) -> tuple[Rule, ...]:
    """Return the rules that are met with, each once, in their order."""
    found = {finding.rule for finding in (answer.findings if answer else ())}
    for party in parties:
        found |= {finding.rule for finding in party.findings}
        found |= {finding.rule for _, finding in party.holder.substitutes if finding}
        for chain in party.chains:
            found |= {finding.rule for finding in chain.findings}
            found |= {finding.rule for link in chain.links for finding in link.findings}
    return tuple(rule for rule in Rule if rule in found)
