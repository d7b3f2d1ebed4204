"""The question and the answers, as values that pages, commands and RDF are made of. No IO here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri

MOST_CHAINS = 100
"""So many chains of a party are shown; their number is always told."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in hundredths of a currency (ISO 4217)."""

    hundredths: int
    currency: str = "SEK"


@dataclass(frozen=True, slots=True)
class Question:
    """Who may decide `matter` on the day `on`; None: not asked, or (conditions) not said."""

    matter: Iri
    on: date
    unit: Iri | None = None
    amount: Amount | None = None
    kind: Kind = Kind.DECIDE
    conditions_met: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a link meets with; `other` is what it is about beside the link, if anything.

    That is the recall, the order, the barring delegation, the post.
    """

    rule: Rule
    other: Iri | None = None

    @property
    def verdict(self) -> Verdict:
        """Return what the rule leads to: NO or NOT_TOLD."""
        return RULE_TEXTS[self.rule].verdict


@dataclass(frozen=True, slots=True)
class Period:
    """Certain from `start` to before `end`; None: open, or (start) not stated."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain; `delegation` is None in the first, which is the original authority.

    `receiver` is the delegate as stated, which may be a role. `inferred`: that this one rests
    on the link before it is not stated. `period` is the delegation's own: its window cut by recall
    and order.
    """

    delegation: Iri | None
    original_authority: Iri | None
    giver: Iri | None
    receiver: Iri | None
    matters: tuple[Iri, ...]
    period: Period
    limit: Limit | None
    unit: Iri | None
    conditional: bool
    inferred: bool
    certainty: Certainty
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Return YES where nothing was found against the link, else the worst of its findings."""
        return min((finding.verdict for finding in self.findings), default=Verdict.YES)


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from an original authority (first) down to a party; a broken one may lack its top.

    `period`: the days on which it holds without a break around the day asked, as far as its links'
    own windows say; None where it does not hold. `limits`: the lowest per currency. `findings`: of
    exclusive grants elsewhere; what speaks against the party stands in its answer.
    """

    links: tuple[Link, ...]
    verdict: Verdict
    period: Period | None
    limits: tuple[Limit, ...]
    certainty: Certainty
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class HolderState:
    """Who holds a post on the day: persons, or vacant, or (neither) not stated.

    `is_post` is False for bodies and roles, which have no holder. `substitutes` are the posts that
    step in on that day, each with the finding that weakens it, if any.
    """

    is_post: bool
    persons: tuple[Iri, ...] = ()
    acting: bool = False
    vacant: bool = False
    substitutes: tuple[tuple[Iri, Finding | None], ...] = ()


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """What holds for one post, body or role; `through` is the post it substitutes for, or holds.

    `chains` are the best: those of the verdict, shortest first; for NO the nearest (fewest
    failing links, then shortest). `total` is the number of chains of that verdict.
    """

    party: Iri
    verdict: Verdict
    holder: HolderState
    chains: tuple[Chain, ...] = ()
    total: int = 0
    findings: tuple[Finding, ...] = ()
    through: Iri | None = None


@dataclass(frozen=True, slots=True)
class WhoAnswer:
    """Who may (YES among `parties`), cannot be told (NOT_TOLD), nearly may (NO), in that order."""

    question: Question
    parties: tuple[PartyAnswer, ...]
    version: int

    def of(self, verdict: Verdict) -> tuple[PartyAnswer, ...]:
        """Return the parties with a verdict."""
        return tuple(party for party in self.parties if party.verdict is verdict)


@dataclass(frozen=True, slots=True)
class MayAnswer:
    """Whether `party` (post, body, role or person) may; `answers`: by each way it might."""

    question: Question
    party: Iri
    verdict: Verdict
    answers: tuple[PartyAnswer, ...]
    findings: tuple[Finding, ...]
    version: int


@dataclass(frozen=True, slots=True)
class HeldDelegation:
    """A delegation that a party has on a day, by itself, role or substitution; what it gave on.

    `answer` is that of the party for each matter of the delegation and each kind of right.
    """

    delegation: Iri
    matter: Iri
    answer: PartyAnswer
    given_on: tuple[Iri, ...]
    kind: Kind = Kind.DECIDE
