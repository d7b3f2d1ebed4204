"""When delegations come into force and end: by their own window, their order, and recall. No IO."""

from __future__ import annotations

from collections.abc import Iterator

from styrgraf.governance.authority.facts import Precision, Standing
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import Delegated
from styrgraf.governance.changes.kinds import DELEGATIONS
from styrgraf.governance.changes.turns import Dated, Edge, Span, Told, make_edge
from styrgraf.model import Iri


def find_span(index: Index, delegated: Delegated) -> Span:
    """Return when a delegation is in force: what comes last begins it, what comes first ends it.

    Where its own start or that of its order is not stated, neither is when it begins.
    """
    windows = [(delegated.start, delegated.end, delegated.precision)]
    if delegated.order >= 0:
        windows.append(index.order_window(delegated.order))
    starts = [make_edge(start, precision) for start, _, precision in windows]
    ends = [make_edge(end, precision) for _, end, precision in windows]
    ends += [make_edge(day, Precision.DAY) for day, _ in delegated.recalls[:1]]
    return Span(_find_latest(starts), _find_earliest(ends))


def _find_latest(edges: list[Edge | None]) -> Edge | None:
    known = [edge for edge in edges if edge]
    if len(known) < len(edges):
        return None
    return Edge(max(edge.first for edge in known), max(edge.last for edge in known))


def _find_earliest(edges: list[Edge | None]) -> Edge | None:
    known = [edge for edge in edges if edge]
    if not known:
        return None
    return Edge(min(edge.first for edge in known), min(edge.last for edge in known))


def list_delegations(index: Index, after: int, until: int) -> Iterator[Dated]:
    """Yield the delegations that begin or end, or may, after one day and up to another.

    Drafts take no part. Those of the same parties and matter take the place of one another.
    """
    for row in range(index.delegation_count):
        delegated = index.delegation(row)
        if delegated.standing == Standing.DRAFT:
            continue
        span = find_span(index, delegated)
        edges = (edge for edge in (span.start, span.end) if edge)
        if any(edge.judge(after, until) is not Told.NO for edge in edges):
            yield Dated(Iri(index.iri(row)), DELEGATIONS, span, _list_keys(delegated))


def _list_keys(delegated: Delegated) -> frozenset[tuple[str, ...]]:
    if delegated.delegator < 0 or delegated.delegate < 0:
        return frozenset()
    parties = str(delegated.delegator), str(delegated.delegate)
    return frozenset((*parties, str(matter)) for matter in delegated.matters)
