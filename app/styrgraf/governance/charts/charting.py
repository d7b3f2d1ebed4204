"""Charts of delegations: of one party, of a matter, or of the whole organisation, on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.charts.growth import MOST_AT_FIRST, Chart, Growth
from styrgraf.governance.charts.reach import Reach
from styrgraf.model import Iri

DEEPEST = 12
"""Chains are shown at most so many steps from where the reader stands."""


@dataclass(frozen=True, slots=True)
class ChartQuestion:
    """What is to be drawn; without party and matter, the whole organisation.

    `depth` is how many steps down are shown, None: as many as a reader takes in at once. `opened`
    are parties from which one step more is shown. `apart` are delegations with lines of their own.
    """

    on: date
    party: Iri | None = None
    matter: Iri | None = None
    depth: int | None = None
    opened: Collection[str] = ()
    everything: bool = False
    apart: Collection[str] = ()


def draw_chart(index: Index, question: ChartQuestion) -> Chart:
    """Return what is drawn for a question; what the index does not know is in no delegation."""
    matter = index.find(question.matter.value) if question.matter else None
    reach = Reach(index, question.on, matter, everything=question.everything)
    if question.party:
        party = index.find(question.party.value)
        return _grow_from(reach, party, question) if party >= 0 else _nothing()
    roots = list_roots(index, reach.list_rows())
    if question.depth is not None:
        return _grow(reach, roots, question)
    chart = _grow(reach, roots, replace(question, depth=1))
    while chart.depth < DEEPEST and not chart.deepest:
        deeper = _grow(reach, roots, replace(question, depth=chart.depth + 1))
        if len(deeper.parties) > MOST_AT_FIRST:
            break
        chart = deeper
    return chart


def _grow_from(reach: Reach, party: int, question: ChartQuestion) -> Chart:
    depth = 1 if question.depth is None else question.depth
    growth = Growth(reach, depth, question.opened, chained=True, apart=question.apart)
    growth.place(party, "")
    growth.climb(reach.list_received(party), party)
    growth.descend((party,))
    return growth.finish()


def _grow(reach: Reach, roots: Iterable[int], question: ChartQuestion) -> Chart:
    growth = Growth(reach, question.depth or 1, question.opened, apart=question.apart)
    growth.descend(roots)
    return growth.finish()


def _nothing() -> Chart:
    return Chart((), (), (), 1)


def list_roots(index: Index, rows: Collection[int]) -> tuple[int, ...]:
    """Return who begins the chains of `rows`: those who received none of them, then -1 for those
    not stated; of each circle that nothing leads to, the first that gave."""
    below: dict[int, set[int]] = {}
    received: set[int] = set()
    for row in rows:
        delegator, delegate = index.ends(row)
        below.setdefault(delegator, set()).add(delegate)
        received.add(delegate)
    givers = list(below)
    for giver in givers:
        for role in index.roles_of(giver) if giver >= 0 else ():
            if role in received:  # what the role received leads to the post
                received.add(giver)
                below.setdefault(role, set()).add(giver)
    roots = [giver for giver in givers if giver not in received and giver >= 0]
    roots += [-1] if -1 in below else []
    reached = _follow(roots, below)
    for giver in givers:
        if giver not in reached:
            roots.append(giver)
            reached |= _follow([giver], below)
    return tuple(roots)


def _follow(starts: Iterable[int], below: dict[int, set[int]]) -> set[int]:
    reached, waiting = set(starts), list(starts)
    while waiting:
        further = below.get(waiting.pop(), set()) - reached
        reached |= further
        waiting.extend(further)
    return reached
