"""Who may decide: the answers, from the index of one version."""

from __future__ import annotations

from datetime import date
from typing import Self

from styrgraf.governance.authority.answers import (
    Amount,
    HeldDelegation,
    MayAnswer,
    PartyAnswer,
    Question,
    WhoAnswer,
)
from styrgraf.governance.authority.facts import AuthorityFacts, Kind
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.indexing.fast import FastPath
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.reasoning.asking import ask
from styrgraf.governance.authority.reasoning.breaks import find_breaks
from styrgraf.governance.authority.reasoning.checks import Checks, judge
from styrgraf.governance.authority.reasoning.describing import Describer
from styrgraf.governance.authority.reasoning.held import list_held
from styrgraf.governance.authority.reasoning.parties import Parties
from styrgraf.governance.authority.rules import Verdict
from styrgraf.model import Iri

_MOST_NEAR = 20
"""So many parties that may not are shown: those with the fewest failing links."""

_MOST_NEAR_CHAINS = 5


class Authority:
    """Answers from one index. Immutable; safe for threads."""

    def __init__(self, index: Index, version: int = 0) -> None:
        self.index = index
        self.version = version
        self._fast = FastPath(index)

    @classmethod
    def of(cls, facts: AuthorityFacts, version: int = 0) -> Self:
        """Return the authority of facts at hand."""
        return cls(Index.over(compile_index(facts)), version)

    def who(self, question: Question) -> WhoAnswer:
        """Return who may decide, of whom it cannot be told, and who nearly may."""
        parties = Parties(Checks(self.index, ask(self.index, question)))
        describer = Describer(parties)
        standings = [parties.list_standings(party)[0] for party in parties.list_candidates()]
        found = [describer.describe_party(standing) for standing in standings if standing.level]
        near = [
            describer.describe_party(standing, _MOST_NEAR_CHAINS)
            for standing in standings
            if not standing.level and (standing.starts or standing.originals)
        ]
        ordered = (*sorted(found, key=_order_party), *sorted(near, key=_order_party)[:_MOST_NEAR])
        return WhoAnswer(question, ordered, self.version)

    def may(self, party: Iri, question: Question) -> MayAnswer:
        """Return whether a post, body, role or person may decide."""
        parties = Parties(Checks(self.index, ask(self.index, question)))
        thing = self.index.find(party.value)
        standings = parties.list_all_standings(thing)
        found = parties.check_person(standings) if parties.may_hold_posts(thing) else ()
        level = max((each.level for each in standings), default=Verdict.NO)
        describer = Describer(parties)
        return MayAnswer(
            question=question,
            party=party,
            verdict=max(level, judge(found)) if found else level,
            answers=tuple(describer.describe_party(standing) for standing in standings),
            findings=describer.describe_found(found),
            version=self.version,
        )

    def break_dates(self, question: Question) -> tuple[date, ...]:
        """Return the days on which the answer to `who` changes; the question's day is not read."""
        return find_breaks(self.index, self._fast, question)

    def delegations_of(self, party: Iri, on: date) -> tuple[HeldDelegation, ...]:
        """Return what a party may decide on a day or may not be told, with what it gave on."""
        return list_held(self.index, self.index.find(party.value), on)

    def verdict(
        self,
        party: str,
        matter: str,
        on: date,
        amount: Amount | None = None,
        kind: Kind = Kind.DECIDE,
        unit: str | None = None,
    ) -> Verdict:
        """Return whether a party may decide, and nothing more."""
        found = self._fast.verdict(party, matter, on, amount, kind, unit)
        if found is not None:
            return found
        question = Question(Iri(matter), on, Iri(unit) if unit else None, amount, kind)
        return self.may(Iri(party), question).verdict

    def holders(
        self,
        matter: str,
        on: date,
        amount: Amount | None = None,
        kind: Kind = Kind.DECIDE,
        unit: str | None = None,
    ) -> tuple[tuple[str, Verdict], ...]:
        """Return all parties that may decide or of which it cannot be told, in order of IRI."""
        found = self._fast.holders(matter, on, amount, kind, unit)
        if found is not None:
            return found
        question = Question(Iri(matter), on, Iri(unit) if unit else None, amount, kind)
        parties = Parties(Checks(self.index, ask(self.index, question)))
        levels = (
            (self.index.iri(party), parties.list_standings(party)[0].level)
            for party in parties.list_candidates()
        )
        return tuple(sorted((iri, level) for iri, level in levels if level))


def _order_party(answer: PartyAnswer) -> tuple[int, int, int, str]:
    """Order by verdict, failing links, length of the best chain, and name."""
    best = answer.chains[0] if answer.chains else None
    links = best.links if best else ()
    failing = sum(1 for link in links if not link.verdict) + len(best.findings if best else ())
    return -answer.verdict, failing, len(links), answer.party.value
