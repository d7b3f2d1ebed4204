"""Changes that are tried out: what the facts would be if. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Holding,
    Order,
    OrderDefault,
    OriginalAuthority,
    Precision,
    Recall,
    Standing,
    Substitution,
    Window,
)

Dated = TypeVar("Dated", Delegation, Order, OrderDefault, Holding, Substitution, OriginalAuthority)

Record = Delegation | Order | OrderDefault | Holding | Substitution | OriginalAuthority | Recall

REHEARSED = "urn:styrgraf:rehearsed"
"""Name of what exists only in a rehearsal."""


@dataclass(frozen=True, slots=True)
class RecallOf:
    """The delegation is recalled from a day on."""

    delegation: str


@dataclass(frozen=True, slots=True)
class RepealOf:
    """The order is repealed from a day on."""

    order: str


@dataclass(frozen=True, slots=True)
class VacancyOf:
    """The post is vacant from a day on."""

    post: str


Change = RecallOf | RepealOf | VacancyOf


def apply_change(facts: AuthorityFacts, change: Change, on: date) -> AuthorityFacts:
    """Return the facts as they would be with a change from the day `on`."""
    if isinstance(change, RecallOf):
        recall = Recall(REHEARSED, change.delegation, on)
        return replace(facts, recalls=(*facts.recalls, recall))
    if isinstance(change, RepealOf):
        return _repeal(facts, change.order, on)
    return _vacate(facts, change.post, on)


def _repeal(facts: AuthorityFacts, order: str, on: date) -> AuthorityFacts:
    orders = tuple(
        replace(each, window=_end(each.window, on)) if each.iri == order else each
        for each in facts.orders
    )
    return replace(facts, orders=orders)


def _vacate(facts: AuthorityFacts, post: str, on: date) -> AuthorityFacts:
    # Without any holding the holder would be not stated; one that has just ended makes it vacant.
    last_day = Window(on - timedelta(days=1), on)
    holdings = tuple(
        replace(each, window=_end(each.window, on)) if each.post == post else each
        for each in facts.holdings
    )
    ended = Holding(REHEARSED, post, REHEARSED, last_day)
    return replace(facts, holdings=(*holdings, ended))


def _end(window: Window, on: date) -> Window:
    """Return a window that ends on `on` at the latest."""
    if window.end is not None and window.end <= on:
        return window
    if window.start is not None and window.start >= on:
        return Window(on, on)
    # Only days from `on` are asked about, on which a vague start no longer matters.
    return Window(window.start, on, Precision.DAY)


def list_changed(before: AuthorityFacts, after: AuthorityFacts) -> frozenset[str]:
    """Return the delegations and parties that what differs between two states bears on at once."""
    records = set(_list_records(before)) ^ set(_list_records(after))
    changed = {name for record in records for name in _name_concerned(record)}
    under = (*before.delegations, *after.delegations)
    return frozenset(changed | {each.iri for each in under if each.order in changed})


def _list_records(facts: AuthorityFacts) -> Iterator[Record]:
    yield from facts.delegations
    yield from facts.original_authorities
    yield from facts.recalls
    yield from facts.orders
    yield from facts.defaults
    yield from facts.holdings
    yield from facts.substitutions


def _name_concerned(record: Record) -> tuple[str, ...]:
    match record:
        case OriginalAuthority(holder=holder):
            return (holder,)
        case Recall(delegation=delegation):
            return (delegation,)
        case OrderDefault(order=order):
            return (order,)
        case Holding(post=post):
            return (post,)
        case Substitution(post=post, substitute=substitute):
            return (post, substitute)
        case Delegation(iri=iri) | Order(iri=iri):
            return (iri,)


def adopt(facts: AuthorityFacts, touched: Collection[str], on: date) -> AuthorityFacts:
    """Return the facts with what a draft touches adopted: it begins on `on` at the earliest."""

    def begin(record: Dated) -> Dated:
        if record.iri not in touched:
            return record
        start = max(record.window.start or on, on)
        return replace(record, window=replace(record.window, start=start))

    return replace(
        facts,
        delegations=tuple(_adopt(begin(each), touched) for each in facts.delegations),
        orders=tuple(begin(each) for each in facts.orders),
        defaults=tuple(begin(each) for each in facts.defaults),
        holdings=tuple(begin(each) for each in facts.holdings),
        substitutions=tuple(begin(each) for each in facts.substitutions),
        original_authorities=tuple(begin(each) for each in facts.original_authorities),
        recalls=tuple(
            replace(each, start=max(each.start, on)) if each.iri in touched else each
            for each in facts.recalls
        ),
    )


def _adopt(delegation: Delegation, touched: Collection[str]) -> Delegation:
    is_draft = delegation.standing is Standing.DRAFT
    if delegation.iri in touched and is_draft:
        return replace(delegation, standing=Standing.ADOPTED)
    return delegation
