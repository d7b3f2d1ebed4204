"""The service description tests of the suite, each by what its name asks for."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.conformance.scratch import Scratch

SD = "http://www.w3.org/ns/sparql-service-description#"
CLASSES = {
    "endpoint": "Service",
    "defaultDataset": "Service",
    "availableGraphs": "Service",
    "resultFormat": "Service",
    "supportedLanguage": "Service",
    "feature": "Service",
    "extensionFunction": "Service",
    "defaultGraph": "Dataset",
    "namedGraph": "Dataset",
    "name": "NamedGraph",
    "graph": "NamedGraph",
}
"""The classes that the properties are about (section 3 of the specification)."""


@pytest.fixture
def description(scratch: Scratch) -> ox.Store:
    scratch.hold(frozenset([ox.Quad(*[ox.NamedNode("http://a.example/x")] * 4)]))
    answer = scratch.service.get("/sparql")
    store = ox.Store()
    store.load(answer.body, ox.RdfFormat.from_media_type(answer.media_type))
    return store


def test_returns_rdf(description: ox.Store) -> None:
    assert len(description) > 0


def test_has_endpoint_triple(scratch: Scratch, description: ox.Store) -> None:
    endpoint = ox.NamedNode(f"{scratch.service.address}/sparql")
    assert list(description.quads_for_pattern(None, ox.NamedNode(SD + "endpoint"), endpoint))


def test_conforms_to_schema(description: ox.Store) -> None:
    known = {SD + name for name in CLASSES}
    used = {quad.predicate.value for quad in description if quad.predicate.value.startswith(SD)}
    assert used <= known
    for name in used:
        about = f"{SD}{CLASSES[name.removeprefix(SD)]}"
        classes = f"FILTER(?class IN (<{about}>, <{SD}GraphCollection>))"
        ask = f"ASK {{ ?s <{name}> ?o FILTER NOT EXISTS {{ ?s a ?class {classes} }} }}"
        assert not description.query(ask), name
