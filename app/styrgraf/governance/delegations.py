"""Delegations: who gave whom the right to decide, and to whom it may go on.

A right to sub-delegate is not a sub-delegation: permitted receivers are kept apart from those
who have received. No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from styrgraf.governance.statements import (
    OpenQuestion,
    Source,
    SourcedIri,
    SourcedText,
    Thing,
)
from styrgraf.model import Iri
from styrgraf.namespaces import SG

MOST_LINKS = 12
"""A chain is followed this far; a longer one is drawn in parts."""


@dataclass(frozen=True, slots=True)
class DelegationRecord:
    """A delegation as it is recorded; None and () where nothing is stated."""

    iri: Iri
    delegators: tuple[SourcedIri, ...]
    delegates: tuple[SourcedIri, ...]
    matters: tuple[SourcedIri, ...]
    right_kinds: tuple[SourcedIri, ...]
    decisions: tuple[SourcedIri, ...]
    orders: tuple[SourcedIri, ...]
    valid_from: SourcedText | None
    valid_to: SourcedText | None
    precision: SourcedIri | None
    amount_limits: tuple[SourcedIri, ...]
    conditions: tuple[SourcedText, ...]
    status: SourcedIri | None
    source_delegations: tuple[SourcedIri, ...]
    sub_delegation_allowed: SourcedText | None
    permitted: tuple[SourcedIri, ...]
    sources: tuple[Source, ...]
    thing: Thing

    def questions_about(self, *names: str) -> tuple[OpenQuestion, ...]:
        """Return the gaps about one of our properties `names`."""
        return self.thing.questions_about(*(SG + name for name in names))


@dataclass(frozen=True, slots=True)
class Link:
    """A delegation in its chain: its sub-delegations, and who may receive and has not."""

    delegation: DelegationRecord
    sub_delegations: tuple[Link, ...]
    not_exercised: tuple[SourcedIri, ...]


def chain_delegations(delegations: Iterable[DelegationRecord]) -> tuple[Link, ...]:
    """Return the chains that `delegations` form, from those whose source is not among them.

    A delegation with several sources stands under each; a circle is entered nowhere twice.
    """
    known = {each.iri: each for each in delegations}
    following: defaultdict[Iri, list[DelegationRecord]] = defaultdict(list)
    for each in known.values():
        for source in each.source_delegations:
            following[source.value].append(each)
    firsts = [
        each
        for each in known.values()
        if not any(source.value in known for source in each.source_delegations)
    ]
    reached = {iri for first in firsts for iri in _follow(first.iri, following)}
    circles = [each for each in known.values() if each.iri not in reached][:1]
    return tuple(_link(each, following, ()) for each in (*firsts, *circles))


def _follow(start: Iri, following: Mapping[Iri, list[DelegationRecord]]) -> frozenset[Iri]:
    reached, waiting = {start}, [start]
    while waiting:
        for each in following.get(waiting.pop(), ()):
            if each.iri not in reached:
                reached.add(each.iri)
                waiting.append(each.iri)
    return frozenset(reached)


def _link(
    delegation: DelegationRecord,
    following: Mapping[Iri, list[DelegationRecord]],
    above: tuple[Iri, ...],
) -> Link:
    line = (*above, delegation.iri)
    further = [
        each
        for each in following.get(delegation.iri, ())
        if each.iri not in line and len(line) < MOST_LINKS
    ]
    received = {delegate.value for each in further for delegate in each.delegates}
    return Link(
        delegation,
        tuple(_link(each, following, line) for each in further),
        tuple(each for each in delegation.permitted if each.value not in received),
    )


def describe_delegation(thing: Thing) -> DelegationRecord:
    """Return what is known of a delegation."""
    return DelegationRecord(
        iri=thing.iri,
        delegators=thing.iris(SG + "delegator"),
        delegates=thing.iris(SG + "delegate"),
        matters=thing.iris(SG + "delegatesMatter"),
        right_kinds=thing.iris(SG + "rightKind"),
        decisions=thing.iris(SG + "grantedBy"),
        orders=thing.iris(SG + "underOrder"),
        valid_from=thing.text_of(SG + "validFrom"),
        valid_to=thing.text_of(SG + "validTo"),
        precision=thing.iri_of(SG + "datePrecision"),
        amount_limits=thing.iris(SG + "amountLimit"),
        conditions=thing.texts(SG + "condition"),
        status=thing.iri_of(SG + "status"),
        source_delegations=thing.iris(SG + "subDelegationOf"),
        sub_delegation_allowed=thing.text_of(SG + "subDelegationAllowed"),
        permitted=thing.iris(SG + "maySubDelegateTo"),
        sources=thing.sources,
        thing=thing,
    )
