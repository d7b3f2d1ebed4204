"""The days on which the answer to who may decide changes (docs/authority.md, "Break dates")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.indexing.fast import FastPath
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import NEVER
from styrgraf.governance.authority.reasoning.asking import Asked, ask
from styrgraf.governance.authority.reasoning.checks import Checks
from styrgraf.governance.authority.reasoning.holders import find_holder
from styrgraf.governance.authority.reasoning.parties import Parties
from styrgraf.governance.authority.windows import list_edges

Levels = Mapping[int, int]
Signature = frozenset[tuple[object, ...]]


def find_breaks(index: Index, fast: FastPath, question: Question) -> tuple[date, ...]:
    """Return the days on which the answer differs from that of the day before, in order."""
    asked = ask(index, question)
    edges = sorted({edge for edge in list_all_edges(index, asked) if 1 < edge < NEVER})
    breaks: list[date] = []
    before: Signature | None = None
    for edge in (min(edges, default=2) - 1, *edges):
        signature = _sign(index, edge, _find_levels(index, fast, asked.on_day(edge), question))
        if before is not None and signature != before:
            breaks.append(date.fromordinal(edge))
        before = signature
    return tuple(breaks)


def _find_levels(index: Index, fast: FastPath, asked: Asked, question: Question) -> Levels:
    """Return the verdict on each party that may or cannot be told, on the day that is asked."""
    if question.conditions_met is None:
        on, unit = date.fromordinal(asked.on), question.unit.value if question.unit else None
        found = fast.levels(question.matter.value, on, question.amount, question.kind, unit)
        if found is not None:
            return found
    parties = Parties(Checks(index, asked))
    levels = {party: parties.list_standings(party)[0].level for party in parties.list_candidates()}
    return {party: int(level) for party, level in levels.items() if level}


def _sign(index: Index, on: int, levels: Levels) -> Signature:
    """Return what is compared: parties that may or cannot be told, with answer and holder."""
    signed: list[tuple[object, ...]] = []
    for party, level in levels.items():
        held = find_holder(index, party, on)
        signed.append((party, level, frozenset(held.persons), held.vacant))
    return frozenset(signed)


def list_all_edges(index: Index, asked: Asked) -> Iterator[int]:
    """Yield every day on which something that bears on the question begins, ends or gets sure."""
    parties = Parties(Checks(index, asked))
    for original in index.originals():
        yield from list_edges((original.start, original.end, original.precision))
    bearers = parties.list_bearers()
    for party in bearers:
        for holding in index.holdings(party):
            yield from list_edges((holding.start, holding.end, holding.precision))
        for row in index.substitutions_for(party):
            yield from list_edges((row.start, row.end, row.precision))
            for holding in index.holdings(row.substitute):
                yield from list_edges((holding.start, holding.end, holding.precision))
    for delegation in parties.list_delegations_above(bearers):
        yield from _list_edges_of(index, delegation)


def _list_edges_of(index: Index, row: int) -> Iterator[int]:
    delegated = index.delegation(row)
    yield from list_edges((delegated.start, delegated.end, delegated.precision))
    yield from (day for day, _ in delegated.recalls)
    if delegated.order >= 0:
        yield from list_edges(index.order_window(delegated.order))
        for default in index.defaults(delegated.order):
            yield from list_edges((default.start, default.end, default.precision))
