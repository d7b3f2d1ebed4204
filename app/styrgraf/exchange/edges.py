"""Drawings of answers: from rows that say what leads to what, a forest for diagrams.py.

A thing stands once with what it leads to; where it is reached again it is a box alone. No IO here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from styrgraf.exchange.diagrams import Branch
from styrgraf.exchange.strokes import Box

MOST_EDGES = 250
"""Lines in a drawing; with more it tells nothing."""
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Edge:
    """One line: from a thing, to a thing, with words on it."""

    start: str
    end: str
    label: str = ""


def list_branches(
    edges: Iterable[Edge], show: Callable[[str], Box], again: str
) -> tuple[Branch, ...]:
    """Return the forest of the edges, the things that nothing leads to at the left.

    `show` makes the box of a thing; `again` is what stands in a box that is drawn in full above.
    """
    lines = _join_labels(edges)
    targets: defaultdict[str, list[Edge]] = defaultdict(list)
    for line in lines:
        targets[line.start].append(line)
    reached = {line.end for line in lines if line.end != line.start}
    drawn: set[str] = set()

    def grow(thing: str, label: str, depth: int) -> Branch:
        box = show(thing)
        if thing in drawn and targets[thing]:
            return Branch(replace(box, details=(*box.details, again)), label=label)
        drawn.add(thing)
        if depth == _DEEPEST:
            return Branch(box, label=label)
        below = tuple(grow(line.end, line.label, depth + 1) for line in targets[thing])
        return Branch(box, below, label)

    starts = list(dict.fromkeys(line.start for line in lines))
    forest = [grow(thing, "", 0) for thing in starts if thing not in reached]
    # What is left goes round in circles: each is drawn from the thing that is named first.
    return (*forest, *(grow(thing, "", 0) for thing in starts if thing not in drawn))


def _join_labels(edges: Iterable[Edge]) -> list[Edge]:
    """Return one line for each pair of things, with all that is said between them."""
    words: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        said = words.setdefault((edge.start, edge.end), [])
        if edge.label and edge.label not in said:
            said.append(edge.label)
    return [Edge(start, end, "; ".join(said)) for (start, end), said in words.items()]
