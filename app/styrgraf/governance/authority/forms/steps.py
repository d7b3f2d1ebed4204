"""The chains of a party link by link, as tables have them. No IO here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from styrgraf.governance.authority.answers import Chain, Link, PartyAnswer


@dataclass(frozen=True, slots=True)
class Step:
    """Link number `position` of chain number `number` of a party, both from 1."""

    chain: Chain
    number: int
    link: Link
    position: int


def list_steps(party: PartyAnswer) -> Iterator[Step | None]:
    """Yield each link of each chain of a party; None once where it has no chain."""
    if not party.chains:
        yield None
    for number, chain in enumerate(party.chains, 1):
        for position, link in enumerate(chain.links, 1):
            yield Step(chain, number, link, position)
