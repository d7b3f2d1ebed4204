"""The chains of delegations from one party to another on a day; without one, what is nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from networkx import DiGraph, all_simple_paths, descendants, single_source_shortest_path_length

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.charts.growth import Chart, Growth
from styrgraf.governance.charts.reach import Reach
from styrgraf.model import Iri

MOST_CHAINS = 20
"""So many chains are told; the drawing joins them."""
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """Between whom chains are looked for, in one matter or in any."""

    start: Iri
    end: Iri
    on: date
    matter: Iri | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The chains, each by its delegations from the start on, and the chart that joins them.

    Without a chain, `turned` tells that one leads the other way, and `shared` is the nearest party
    that has delegated, in steps, to both.
    """

    chart: Chart
    chains: tuple[tuple[str, ...], ...]
    more: bool = False
    turned: bool = False
    shared: str = ""


def find_path(index: Index, question: PathQuestion) -> PathAnswer:
    """Return the chains from one party to another."""
    matter = index.find(question.matter.value) if question.matter else None
    reach = Reach(index, question.on, matter, everything=question.everything)
    start, end = index.find(question.start.value), index.find(question.end.value)
    chains = list(islice(_list_chains(reach, start, end), MOST_CHAINS + 1))
    if chains:
        return PathAnswer(
            _draw(reach, chains[:MOST_CHAINS], start, end),
            tuple(tuple(map(index.iri, chain)) for chain in chains[:MOST_CHAINS]),
            more=len(chains) > MOST_CHAINS,
        )
    turned = next(_list_chains(reach, end, start), None) is not None
    shared = "" if turned else _find_shared(reach, start, end)
    return PathAnswer(Chart((), (), (), 1), (), turned=turned, shared=shared)


def _list_chains(reach: Reach, start: int, end: int) -> Iterator[list[int]]:
    """Yield the chains as delegations, from one that `start` gave to one that `end` received."""
    if min(start, end) < 0:
        return
    last = reach.list_received(end)
    resting = _climb(reach, last)
    givers = {start, *reach.index.posts_of(start)}
    first = [row for row in resting if reach.index.delegation(row).delegator in givers]
    for row in first:
        if row in last:
            yield [row]
        ends = set(last) & descendants(resting, row)
        if ends:
            yield from all_simple_paths(resting, row, ends - {row}, cutoff=_LONGEST)


def _climb(reach: Reach, rows: Iterable[int]) -> DiGraph[int]:
    """Return what `rows` rest on, all the way up: a line from each source to what rests on it."""
    resting: DiGraph[int] = DiGraph()
    resting.add_nodes_from(rows)
    waiting = list(resting)
    while waiting:
        row = waiting.pop()
        for source in filter(reach.keeps, reach.list_sources(row)):
            if source not in resting:
                waiting.append(source)
            resting.add_edge(source, row)
    return resting


def _draw(reach: Reach, chains: Iterable[list[int]], start: int, end: int) -> Chart:
    growth = Growth(reach)
    growth.place(start, "")
    for chain in chains:
        receivers = [reach.index.delegation(row).delegator for row in chain[1:]]
        for row, receiver in zip(chain, [*receivers, end], strict=True):
            growth.draw(row, receiver)
        growth.join_role(start, reach.index.delegation(chain[0]).delegator)
    return growth.finish()


def _find_shared(reach: Reach, start: int, end: int) -> str:
    """Return the party from which the fewest steps lead to both; empty where there is none."""
    upward: DiGraph[int] = DiGraph()
    upward.add_nodes_from((start, end))
    givers = set()
    for row in reach.list_rows():
        delegated = reach.index.delegation(row)
        if min(delegated.delegator, delegated.delegate) >= 0:
            givers.add(delegated.delegator)
            upward.add_edge(delegated.delegate, delegated.delegator)
            for post in reach.index.posts_of(delegated.delegate):
                upward.add_edge(post, delegated.delegate)
    from_start, from_end = (
        single_source_shortest_path_length(upward, each) for each in (start, end)
    )
    shared = givers & from_start.keys() & from_end.keys()
    nearest = min(shared, key=lambda each: (from_start[each] + from_end[each], each), default=-1)
    return reach.index.iri(nearest) if nearest >= 0 else ""
