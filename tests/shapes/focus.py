"""The shapes graph as the tests see it: shapes by name, their focus nodes and value nodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_, truediv

from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.paths import Path as PropertyPath
from rdflib.term import Node

from styrgraf.assets import find_asset
from styrgraf.namespaces import SH as SHACL

SGSH = Namespace("https://w3id.org/styrgraf/ns/shapes#")
EXAMPLES = find_asset("shapes") / "examples"
PARTS = SGSH.Value
"""Shapes whose names begin so are parts of other shapes: they choose, and report nothing."""

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_NO_RULES = {
    SH.path,
    SH.property,
    SH.name,
    SH.description,
    SH.message,
    SH.severity,
    SH.group,
    SH.order,
    SH.ignoredProperties,
    SH.qualifiedMinCount,
    *_TARGETS,
}


def load_shapes() -> Graph:
    """Parse all shapes that are shipped."""
    graph = Graph()
    for path in sorted(find_asset("shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


def list_shapes(shapes: Graph) -> list[str]:
    """Return the local names of all shapes that may report, without mere parts of others."""
    kinds = (SH.NodeShape, SH.PropertyShape)
    nodes = {node for kind in kinds for node in shapes.subjects(RDF.type, kind)}
    return sorted(str(node).removeprefix(SGSH) for node in nodes if not str(node).startswith(PARTS))


def list_rules(shapes: Graph, name: str) -> set[Node]:
    """Return the constraint parameters that the shape itself carries."""
    return {
        predicate
        for predicate in shapes.predicates(SGSH[name])
        if str(predicate).startswith(SHACL) and predicate not in _NO_RULES
    }


def find_focus_nodes(shapes: Graph, data: Graph, shape: Node) -> Iterator[Node]:
    """Yield what the shape targets, also by way of the node shapes that it is a property of."""
    for owner in (shape, *shapes.subjects(SH.property, shape)):
        for target in shapes.objects(owner, SH.targetClass):
            yield from data.subjects(RDF.type, target)
        for target in shapes.objects(owner, SH.targetSubjectsOf):
            yield from data.subjects(target)
        for target in shapes.objects(owner, SH.targetObjectsOf):
            yield from data.objects(None, target)


def read_path(shapes: Graph, node: Node) -> URIRef | PropertyPath:
    """Turn a SHACL property path (SHACL, section 2.3.1) into a path of rdflib."""
    if isinstance(node, URIRef):
        return node
    if inverse := shapes.value(node, SH.inversePath):
        return ~read_path(shapes, inverse)
    if choices := shapes.value(node, SH.alternativePath):
        return reduce(or_, (read_path(shapes, one) for one in Collection(shapes, choices)))
    return reduce(truediv, (read_path(shapes, one) for one in Collection(shapes, node)))


def is_exercised(shapes: Graph, data: Graph, name: str) -> bool:
    """Tell whether the data gives the shape something to check."""
    shape = SGSH[name]
    nodes = find_focus_nodes(shapes, data, shape)
    path = shapes.value(shape, SH.path)
    if path is None:
        return any(True for _ in nodes)
    found = read_path(shapes, path)
    return any((node, found, None) in data for node in nodes)
