"""Validation reports as plain rows, and the headers of example files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyshacl
from rdflib import RDFS, SH, Graph
from rdflib.term import Node

from styrgraf.assets import find_asset
from styrgraf.graph.validation import PreparedGraph
from styrgraf.namespaces import SH as SHACL
from tests.shapes.focus import SGSH, load_shapes


class Finding(NamedTuple):
    """One result of a report: local names of shape, severity and component; focus node, value."""

    shape: str
    severity: str
    component: str
    focus: str
    value: str


@cache
def shipped_shapes() -> Graph:
    """Return the shapes, parsed once."""
    return load_shapes()


def validate(data: Graph) -> list[Finding]:
    """Validate the data against the shipped shapes, by pyshacl, and sort what it finds."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shipped_shapes(), inplace=True)
    assert isinstance(report, Graph)
    return sorted(read_finding(report, node) for node in report.objects(None, SH.result))


def read_finding(report: Graph, node: Node) -> Finding:
    """Read one result of a report."""
    return Finding(
        shape=str(report.value(node, SH.sourceShape)).removeprefix(SGSH),
        severity=str(report.value(node, SH.resultSeverity)).removeprefix(SHACL),
        component=str(report.value(node, SH.sourceConstraintComponent)).removeprefix(SHACL),
        focus=str(report.value(node, SH.focusNode)),
        value=str(report.value(node, SH.value) or ""),
    )


@cache
def subclass_axioms() -> Graph:
    """Return all that the ontology adds to a validation: which class is under which."""
    ontology, axioms = Graph(), Graph()
    for path in find_asset("ontology").glob("*.ttl"):
        ontology.parse(path)
    for axiom in ontology.triples((None, RDFS.subClassOf, None)):
        axioms.add(axiom)
    return axioms


@cache
def parse_example(path: Path) -> Graph:
    """Return the graph of one file."""
    return Graph().parse(path)


@cache
def validate_file(path: Path) -> tuple[Finding, ...]:
    """Validate one file by itself, with the classes of the ontology."""
    data = PreparedGraph()
    data += parse_example(path)
    data += subclass_axioms()
    return tuple(validate(data))


@cache
def read_header(path: Path) -> dict[str, list[str]]:
    """Return the `#+ key: value` lines above an example; a key may stand more than once."""
    header: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#+ "):
            break
        key, _, value = line.removeprefix("#+ ").partition(": ")
        header.setdefault(key, []).append(value.strip())
    return header


def read_names(path: Path, key: str) -> list[str]:
    """Return the local names of the shapes that a header line lists."""
    names = ", ".join(read_header(path).get(key, [])).split(", ")
    return [name.removeprefix("sgsh:") for name in names if name]
