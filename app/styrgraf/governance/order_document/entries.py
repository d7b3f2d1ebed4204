"""The delegations of a document, each with all that is told of it: engine, holder, evidence.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.answers import HolderState, Link
from styrgraf.governance.authority.facts import Kind, PartyKind
from styrgraf.governance.authority.forms.evidence import LinkEvidence, gather_evidence
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import UNSTATED
from styrgraf.governance.authority.reasoning.asking import ask_matter
from styrgraf.governance.authority.reasoning.checks import Checks, check_time
from styrgraf.governance.authority.reasoning.describing import Describer
from styrgraf.governance.authority.reasoning.in_force import ChainJudge
from styrgraf.governance.authority.reasoning.parties import Parties
from styrgraf.governance.authority.rules import Verdict
from styrgraf.graph.store import Reader
from styrgraf.model import Iri


@dataclass(frozen=True, slots=True)
class Entry:
    """A delegation in a document; `link.findings` leave open whether it is in force.

    `allowed` (to be sub-delegated; None: not stated) may come from the order (`allowed_by_order`).
    `sources` are the delegations that it is stated to rest on; `chain` tells whether a chain bears
    it up to original authority.
    """

    number: int
    link: Link
    kinds: tuple[Kind, ...]
    receiver_kind: PartyKind | None
    holder: HolderState
    allowed: bool | None
    allowed_by_order: bool
    recipient_kinds: tuple[PartyKind, ...]
    exclusive: bool
    sources: tuple[Iri, ...]
    chain: Verdict
    evidence: LinkEvidence

    @property
    def iri(self) -> Iri:
        """Return the delegation."""
        return self.evidence.iri


class EntryDescriber:
    """Describes the delegations of an index as they stand on a day."""

    def __init__(self, index: Index, on: date) -> None:
        checks = Checks(index, ask_matter(index, UNSTATED, on))
        self._index = index
        self._on = on
        self._checks = checks
        self._describer = Describer(Parties(checks))
        self._judge = ChainJudge(index, on)

    def describe(self, reader: Reader, rows: Sequence[tuple[int, int]]) -> tuple[Entry, ...]:
        """Return the entries of delegations, each given with its number in the document."""
        iris = [self._describer.name(row) for _, row in rows]
        evidence = gather_evidence(reader, (), iris)
        return tuple(
            self._describe(number, row, evidence.get(iri, LinkEvidence(iri)))
            for (number, row), iri in zip(rows, iris, strict=True)
        )

    def _describe(self, number: int, row: int, evidence: LinkEvidence) -> Entry:
        index, describer = self._index, self._describer
        delegated = index.delegation(row)
        found = tuple(check_time(index, delegated, self._on.toordinal()))
        allowed = self._checks.find_permission(delegated)
        receiver = delegated.delegate
        return Entry(
            number=number,
            link=describer.describe_delegation(row, found, inferred=False),
            kinds=tuple(kind for kind in Kind if delegated.kinds & 1 << kind),
            receiver_kind=index.party_kind(receiver) if receiver >= 0 else None,
            holder=describer.describe_holder(receiver),
            allowed=None if allowed == UNSTATED else bool(allowed),
            allowed_by_order=delegated.allowed == UNSTATED,
            recipient_kinds=tuple(
                kind for kind in PartyKind if delegated.recipient_kinds & 1 << kind
            ),
            exclusive=self._checks.is_exclusive(delegated),
            sources=tuple(describer.name(source) for source in delegated.sources),
            chain=self._judge.judge_chain(row),
            evidence=evidence,
        )
