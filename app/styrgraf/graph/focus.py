"""Shapes for some nodes only: targets are narrowed to them (SHACL, section 2.1.3). No IO here.

The validator's own option for this also skips shapes within shapes, which then count as met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import Node


def narrow_targets(shapes: Graph, data: Graph, nodes: Iterable[Node]) -> None:
    """Let each shape target, of what it targets in `data`, no more than `nodes`."""
    wanted = set(nodes)
    for target, find in _TARGETS.items():
        for shape, told in list(shapes.subject_objects(target)):
            shapes.remove((shape, target, told))
            for node in wanted & find(data, told):
                shapes.add((shape, SH.targetNode, node))


def _find_instances(data: Graph, told: Node) -> set[Node]:
    classes = data.transitive_subjects(RDFS.subClassOf, told)
    return {node for each in classes for node in data.subjects(RDF.type, each)}


_TARGETS: dict[Node, Callable[[Graph, Node], set[Node]]] = {
    SH.targetNode: lambda data, told: {told},
    SH.targetClass: _find_instances,
    SH.targetSubjectsOf: lambda data, told: set(data.subjects(told)),
    SH.targetObjectsOf: lambda data, told: set(data.objects(predicate=told)),
}
