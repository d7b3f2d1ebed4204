"""A drawing as a graph: boxes and lines as nodes and edges. No IO here.

What a drawing shows twice is one node; a box that stands for no thing has a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from styrgraf.exchange.diagrams import Branch
from styrgraf.exchange.icicles import Cell
from styrgraf.exchange.nets import Net
from styrgraf.exchange.timelines import Axis, Bar

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A box: `id` is the IRI of the thing, `language` that of its label."""

    id: str
    label: str
    language: str
    kind: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """A line; `about` holds the IRIs of what it stands for, such as delegations."""

    start: str
    end: str
    label: str = ""
    kind: str = ""
    about: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A title, and what is drawn under it; `language` is that of title and words on lines."""

    title: str
    language: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


def gather_graph(roots: Iterable[Branch], title: str, language: str) -> Graph:
    """Return the graph of a forest; the first box of a thing says what is told of it."""
    gathering = _Gathering(language)
    for root in roots:
        gathering.add(root)
    edges = tuple(dict.fromkeys(gathering.edges))
    return Graph(clean(title), language, tuple(gathering.nodes.values()), edges)


def gather_net(net: Net, title: str, language: str) -> Graph:
    """Return the graph of a net."""
    names = {key: box.iri or key for key, box in net.boxes.items()}
    nodes = tuple(
        GraphNode(
            names[key], clean(box.name), box.language or language, box.kind, _join(box.details)
        )
        for key, box in net.boxes.items()
    )
    edges = tuple(
        GraphEdge(
            names[line.start],
            names[line.end],
            _join(line.label.split("\n")),
            line.kind,
            line.about,
        )
        for line in net.lines
    )
    return Graph(clean(title), language, nodes, edges)


def gather_axis(axis: Axis, title: str, language: str) -> Graph:
    """Return what stands on an axis of time: a node for each thing, with its times in words."""
    rows: dict[str, list[Bar]] = {}
    for bar in axis.bars:
        rows.setdefault(bar.iri or bar.name, []).append(bar)
    nodes = tuple(
        GraphNode(
            name,
            clean(bars[0].name),
            bars[0].language or language,
            details=_join([bar.words for bar in bars]),
        )
        for name, bars in rows.items()
    )
    return Graph(clean(title), language, nodes, ())


def gather_cells(cells: Sequence[Cell], title: str, language: str) -> Graph:
    """Return the graph of an icicle: an edge from each cell to those in it, sizes as details."""
    names = [cell.iri or f"cell-{number}" for number, cell in enumerate(cells)]
    nodes = tuple(
        GraphNode(name, clean(cell.name), cell.language or language, details=str(cell.size))
        for name, cell in zip(names, cells, strict=True)
    )
    edges = tuple(
        GraphEdge(names[cell.whole], name)
        for name, cell in zip(names, cells, strict=True)
        if cell.whole >= 0
    )
    return Graph(clean(title), language, nodes, edges)


def clean(text: str) -> str:
    """Return `text` without what no XML document may hold (XML 1.0, 2.2)."""
    return _NO_TEXT.sub("\ufffd", text)


class _Gathering:
    def __init__(self, language: str) -> None:
        self.language = language
        self.nodes: dict[str, GraphNode] = {}
        self.edges: list[GraphEdge] = []

    def add(self, root: Branch) -> None:
        """Add a branch and what hangs under it, in the order of the drawing."""
        waiting = [(root, self._add_node(root))]
        while waiting:
            branch, start = waiting.pop()
            ends = [(each, self._add_node(each)) for each in branch.branches]
            self.edges += [self._edge(start, end, each) for each, end in ends]
            waiting.extend(reversed(ends))

    def _add_node(self, branch: Branch) -> str:
        box = branch.box
        name = box.iri or f"box-{len(self.nodes) + 1}"
        own = () if branch.about else box.details
        self.nodes.setdefault(
            name,
            GraphNode(name, clean(box.name), box.language or self.language, box.kind, _join(own)),
        )
        return name

    @staticmethod
    def _edge(start: str, end: str, branch: Branch) -> GraphEdge:
        told = _join(branch.box.details if branch.about else ())
        label = _join(branch.label.split("\n"))
        return GraphEdge(start, end, label, branch.kind, branch.about, told)


def _join(lines: Sequence[str]) -> str:
    return clean("; ".join(lines))
