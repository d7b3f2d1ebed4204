"""SHACL validation of what a store holds or would hold. A graph that breaks shapes is a result.

Data and shapes take the same way into rdflib, or equal literals would differ (xsd:string).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import pyshacl
import pyshacl.shape
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from rdflib import BNode, Graph, IdentifiedNode, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from styrgraf.formats import N_QUADS
from styrgraf.graph.focus import narrow_targets
from styrgraf.graph.parsing import GENID_PATH
from styrgraf.graph.reports import Severity, ValidationReport, ValidationResult
from styrgraf.graph.shipped import SHAPES_GRAPH
from styrgraf.graph.store import Reader
from styrgraf.namespaces import GRAPH_PATH, PREFIXES, XSD

SH = Namespace("http://www.w3.org/ns/shacl#")
_FOR_FORMS_ONLY = frozenset({SH.name, SH.description, SH.order, SH.group})
_PATH_MARKS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


# The validator looks each predicate of each shape up in a list, for a quarter of its time. As keys
# they are found at once.
_KNOWN = (CONSTRAINT_PARAMETERS_MAP.keys(), CONSTRAINT_PARAMETERS_MAP)
pyshacl.shape.CONSTRAINT_PARAMS = _KNOWN  # type: ignore[attr-defined]

_SEVERITIES = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


class PreparedGraph(Graph):
    """A graph that has each query parsed once: the validator asks it anew of each focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Answer a query."""
        if isinstance(query_object, str):
            query_object = _prepare(query_object, tuple(self.namespaces()))
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=256)
def _prepare(text: str, namespaces: tuple[tuple[str, URIRef], ...]) -> Query:
    return prepareQuery(text, dict(namespaces))


def validate_reader(reader: Reader) -> ValidationReport:
    """Validate the whole of what a reader reads against the shapes in it."""
    quads = ox.parse(b"".join(reader.dump(N_QUADS.media_type)), ox.RdfFormat.N_QUADS)
    return validate_quads(quads, reader.version().base)


def validate_quads(
    quads: Iterable[ox.Quad], base: str, focus_nodes: Iterable[str] | None = None
) -> ValidationReport:
    """Validate the merge of all graphs but the shapes against the shapes graph of `base`.

    Where `focus_nodes` are told, only these, by the shapes that target them.
    """
    shapes_graph = ox.NamedNode(base + GRAPH_PATH + SHAPES_GRAPH)
    data, shapes = PreparedGraph(), Graph()
    genid = base + GENID_PATH
    for quad in quads:
        if quad.graph_name != shapes_graph:
            data.add(_to_triple(quad, genid=None))
        elif (triple := _to_triple(quad, genid))[1] not in _FOR_FORMS_ONLY:
            shapes.add(triple)
    if focus_nodes is not None:
        narrow_targets(shapes, data, map(URIRef, focus_nodes))
    _gather_prefixes(shapes)
    return _validate(data, shapes)


def _gather_prefixes(shapes: Graph) -> None:
    """Have each set of prefixes declare what it imports (SHACL, section 5.2.1)."""
    for prefixes in set(shapes.objects(None, SH.prefixes)):
        for imported in list(shapes.transitive_objects(prefixes, OWL.imports)):
            for declaration in list(shapes.objects(imported, SH.declare)):
                shapes.add((prefixes, SH.declare, declaration))


def _validate(data: Graph, shapes: Graph) -> ValidationReport:
    # In place, or the data would be copied into a graph that is none of ours.
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=True, inplace=True)
    if not isinstance(report, Graph):
        raise report
    for prefix, namespace in PREFIXES.items():
        report.bind(prefix, namespace)
    results = sorted(
        (_read_result(report, node, shapes) for node in report.objects(None, SH.result)),
        key=lambda result: (result.severity, result.focus_node, result.path, result.source_shape),
    )
    conforms = all(result.severity is not Severity.VIOLATION for result in results)
    return ValidationReport(conforms, tuple(results), report.serialize(format="turtle"))


def _read_result(report: Graph, node: Node, shapes: Graph) -> ValidationResult:
    path = report.value(node, SH.resultPath)
    severity = report.value(node, SH.resultSeverity)
    return ValidationResult(
        severity=_SEVERITIES.get(severity, Severity.VIOLATION),  # type: ignore[call-overload]
        focus_node=_tell(report.value(node, SH.focusNode)),
        path=_tell_path(report, path) if path is not None else "",
        value=_tell(report.value(node, SH.value)),
        messages=_read_messages(report, node, shapes),
        source_shape=_name_shape(report.value(node, SH.sourceShape)),
        component=_tell(report.value(node, SH.sourceConstraintComponent)),
    )


def _read_messages(report: Graph, node: Node, shapes: Graph) -> dict[str, str]:
    messages = _list_messages(report, node, SH.resultMessage)
    if "" not in messages:
        return messages
    # Of a SPARQL constraint the validator tells one message, and loses its language.
    for source in (SH.sourceConstraint, SH.sourceShape):
        stated = _list_messages(shapes, report.value(node, source), SH.message)
        if stated:
            return {
                language: _fill_in(message, report, node) for language, message in stated.items()
            }
    return messages


def _list_messages(graph: Graph, node: Node | None, predicate: URIRef) -> dict[str, str]:
    return {
        message.language or "": str(message)
        for message in (graph.objects(node, predicate) if node is not None else ())
        if isinstance(message, Literal)
    }


def _fill_in(message: str, report: Graph, node: Node) -> str:
    """Put focus node and value where a message names them (SHACL, section 5.3.2)."""
    for name, predicate in (("this", SH.focusNode), ("value", SH.value)):
        told = _tell(report.value(node, predicate))
        message = message.replace(f"{{?{name}}}", told).replace(f"{{${name}}}", told)
    return message


def _tell(node: Node | None) -> str:
    return "" if node is None else str(node)


def _name_shape(shape: Node | None) -> str:
    return str(shape) if isinstance(shape, URIRef) else ""


def _tell_path(report: Graph, path: Node, nested: bool = False) -> str:
    if isinstance(path, URIRef):
        return f"<{path}>" if nested else str(path)
    inverse = report.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + _tell_path(report, inverse, nested=True)
    alternatives = report.value(path, SH.alternativePath)
    for predicate, mark in _PATH_MARKS.items():
        repeated = report.value(path, predicate)
        if repeated is not None:
            return f"({_tell_path(report, repeated, nested=True)}){mark}"
    parts = Collection(report, path if alternatives is None else alternatives)
    joint = "/" if alternatives is None else "|"
    return joint.join(_tell_path(report, part, nested=True) for part in parts)


def _to_triple(
    quad: ox.Quad, genid: str | None
) -> tuple[IdentifiedNode, URIRef, IdentifiedNode | Literal]:
    subject, value = _to_node(quad.subject, genid), _to_node(quad.object, genid)
    assert not isinstance(subject, Literal)  # noqa: S101 -- for the type checker
    return subject, URIRef(quad.predicate.value), value


def _to_node(term: object, genid: str | None) -> IdentifiedNode | Literal:
    if isinstance(term, ox.NamedNode):
        if genid and term.value.startswith(genid):
            return BNode("n" + term.value[len(genid) :])  # lists and paths of shapes must be blank
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)  # noqa: S101 -- triples as terms are refused at the door
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    named = None if datatype == XSD + "string" else URIRef(datatype)
    return Literal(term.value, datatype=named, normalize=False)  # what was sent is what is told
