"""Several default graphs are merged: a triple that two of them hold stands once."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from styrgraf.errors import AnswerTooLargeError
from styrgraf.graph import datasets
from styrgraf.graph.datasets import merge_default_graphs

BASE = "https://a.example/"
ONE, TWO, THREE = (ox.NamedNode(f"{BASE}g{number}") for number in (1, 2, 3))
SHARED, OWN = (
    ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(text))
    for text in ("both", "one")
)
COUNT = "{ SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }"


@pytest.fixture
def store() -> ox.Store:
    held = ox.Store()
    held.extend(ox.Quad(*SHARED, graph) for graph in (ONE, TWO))
    held.add(ox.Quad(*OWN, ONE))
    held.add(ox.Quad(*OWN, THREE))
    return held


def ask(store: ox.Store, text: str, **names: list[ox.NamedNode]) -> list[list[str]]:
    where, graphs = merge_default_graphs(store, text, names, BASE)
    rows = where.query(text, base_iri=BASE, **graphs)  # type: ignore[arg-type]
    return sorted([str(term.value) for term in row] for row in rows)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "clauses",
    [
        "FROM <g1> FROM <g2>",
        "FROM <https://a.example/g1> FROM e:g2",
        "FROM <g2>FROM e:g1 FROM <g1>",
    ],
)
def test_graphs_of_the_query_are_merged(store: ox.Store, clauses: str) -> None:
    text = f"PREFIX e: <{BASE}> SELECT ?n {clauses} {COUNT}"
    assert ask(store, text) == [["2"]]


def test_graphs_of_the_request_are_merged_and_win(store: ox.Store) -> None:
    text = f"SELECT ?n FROM <g3> {COUNT}"
    assert ask(store, text, default_graph=[ONE, TWO], named_graphs=[]) == [["2"]]


def test_the_engine_alone_answers_the_shared_triple_twice(store: ox.Store) -> None:
    """Else there would be nothing to merge."""
    rows = store.query(f"SELECT ?n FROM <{BASE}g1> FROM <{BASE}g2> {COUNT}")
    assert [row["n"].value for row in rows] == ["3"]  # type: ignore[union-attr,index]


def test_named_graphs_stay_beside_the_merge(store: ox.Store) -> None:
    text = "SELECT ?g ?o FROM <g1> FROM <g2> FROM NAMED <g3> { GRAPH ?g { ?s ?p ?o } ?s ?p ?o }"
    assert ask(store, text) == [[THREE.value, "one"]]


def test_a_graph_named_twice_is_one(store: ox.Store) -> None:
    assert ask(store, f"SELECT ?n FROM <g1> FROM <g1> {COUNT}") == [["2"]]
    assert ask(store, f"SELECT ?n {COUNT}", default_graph=[ONE, ONE]) == [["2"]]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * FROM <g1> { ?s ?p ?o }",
        "SELECT * FROM NAMED <g1> FROM NAMED <g2> { ?s ?p ?o }",
        "SELECT ?from { ?from <a:from> 'FROM <g1> FROM <g2>' }",
    ],
)
def test_all_else_is_left_as_it_is(store: ox.Store, text: str) -> None:
    assert merge_default_graphs(store, text, {}, BASE) == (store, {})


def test_too_much_to_merge_is_told(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "MOST_MERGED_BYTES", 10)
    with pytest.raises(AnswerTooLargeError):
        ask(store, f"SELECT ?n FROM <g1> FROM <g2> {COUNT}")
