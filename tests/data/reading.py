"""The shipped dataset as the loader fills it, in memory, and plain ways to look at it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf.graph.inference import infer_quads
from styrgraf.graph.shipped import (
    EXTERNAL_GRAPH,
    INFERRED_GRAPH,
    SHAPES_GRAPH,
    Dataset,
    list_derivations,
    list_shipped_files,
    read_dataset,
)
from styrgraf.namespaces import DCTERMS, OA, RDF, SG, SKOS
from styrgraf.settings import Settings

DATA = Path(__file__).parents[2] / "data"
SOURCE_GRAPHS = ("source/000", "source/003")
INTERPRETATION = "interpretation"
GAPS = "gaps"
EVIDENCE = "evidence"
SOURCE_DIR = os.environ.get("SOURCE_DIR", "")

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

needs_documents = pytest.mark.skipif(
    not SOURCE_DIR, reason="SOURCE_DIR names no folder with the source documents"
)


@cache
def find_dataset() -> Dataset:
    return read_dataset(Settings())


def find_graph(name: str) -> str:
    return find_dataset().graph(name)


@cache
def read_graphs() -> Mapping[str, tuple[ox.Quad, ...]]:
    """Return the quads of each named graph, the inferred one included, by name."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for file in list_shipped_files(find_dataset()):
        name = file.graph.removeprefix(find_graph(""))
        graph = ox.NamedNode(file.graph)
        if name != SHAPES_GRAPH:
            parsed = ox.parse(path=str(file.path))
            graphs[name] += [
                ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed
            ]
    told = [quad for name in graphs if name != EXTERNAL_GRAPH for quad in graphs[name]]
    graphs[INFERRED_GRAPH] = infer_quads(told, list_derivations(), find_graph(INFERRED_GRAPH))
    return {name: tuple(quads) for name, quads in graphs.items()}


@cache
def read_triples(name: str) -> frozenset[Triple]:
    """Return the triples of a named graph; blank nodes are left to the test that refuses them."""
    return frozenset(
        (quad.subject, quad.predicate, quad.object)
        for quad in read_graphs()[name]
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode | ox.Literal)
    )


@cache
def index_values(name: str, predicate: str) -> Mapping[str, tuple[ox.NamedNode | ox.Literal, ...]]:
    """Return the values of `predicate` in a named graph by subject, sorted."""
    values: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for subject, verb, value in read_triples(name):
        if verb.value == predicate:
            values[subject.value].append(value)
    return {subject: tuple(sorted(found, key=str)) for subject, found in values.items()}


def list_values(name: str, predicate: str, subject: str) -> tuple[str, ...]:
    """Return the values of `predicate` on `subject` in a named graph as plain texts."""
    return tuple(term.value for term in index_values(name, predicate).get(subject, ()))


def list_instances(name: str, kind: str) -> list[str]:
    """Return the instances of a class of ours in a named graph, sorted."""
    types = index_values(name, RDF + "type")
    return sorted(s for s, found in types.items() if SG + kind in {t.value for t in found})


@cache
def index_statements() -> Mapping[str, tuple[Triple, str]]:
    """Return what each statement of the evidence says, and the graph that it names."""
    parts = {
        name: index_values(EVIDENCE, RDF + name) for name in ("subject", "predicate", "object")
    }
    statements = {}
    for statement, (graph,) in index_values(EVIDENCE, SG + "statedIn").items():
        (subject,), (verb,), (value,) = (parts[name][statement] for name in parts)
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(verb, ox.NamedNode)
        statements[statement] = ((subject, verb, value), graph.value)
    return statements


@cache
def list_bodies(kind: str) -> frozenset[str]:
    """Return the statements and gaps that facts, or readings, point at."""
    return frozenset(
        body
        for note in list_instances(EVIDENCE, kind)
        for body in list_values(EVIDENCE, OA + "hasBody", note)
    )


@cache
def index_facts() -> Mapping[str, str]:
    """Return the facts by their numbers."""
    return {
        number: fact
        for fact in list_instances(EVIDENCE, "Fact")
        for number in list_values(EVIDENCE, DCTERMS + "identifier", fact)
    }


def read_document(document: str) -> bytes:
    """Return the bytes of a source document from the folder that SOURCE_DIR names."""
    (name,) = list_values(EVIDENCE, SG + "fileName", document)
    return (Path(SOURCE_DIR) / name).read_bytes()


PREF_LABEL = SKOS + "prefLabel"
DESCRIPTION = DCTERMS + "description"
