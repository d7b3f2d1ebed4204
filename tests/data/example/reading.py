"""The example dataset as its files have it, in memory."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from styrgraf.graph.shipped import Dataset, list_shipped_files, read_dataset
from styrgraf.namespaces import PREFIXES
from styrgraf.settings import Settings


@cache
def find_example() -> Dataset:
    return read_dataset(Settings(dataset="example"))


@cache
def read_store() -> ox.Store:
    """Return the data of the example in its graphs, without ontology and shapes."""
    store = ox.Store()
    for file in list_shipped_files(find_example()):
        if file.name.startswith("data/"):
            graph = ox.NamedNode(file.graph)
            for quad in ox.parse(path=str(file.path)):
                store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    return store


def select(query: str) -> list[list[str]]:
    """Return the solutions of a SELECT over all graphs, unbound as an empty text."""
    prefixes = {**PREFIXES, "id": find_example().base + "id/"}
    text = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items()) + query
    solutions = read_store().query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return [[term.value if term else "" for term in solution] for solution in solutions]  # type: ignore[union-attr]


def has(pattern: str) -> bool:
    """Tell whether a graph pattern is met."""
    return bool(select(f"SELECT (1 AS ?one) WHERE {{ {pattern} }} LIMIT 1"))
