"""The hygiene rules: one query per fault, run over an ontology kept in one graph per file.

Each query answers with the terms at fault and, for each, the value that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
RULES = {path.stem: path.read_text() for path in sorted((HERE / "hygiene").glob("*.rq"))}


def load_ontology(paths: Iterable[Path]) -> Store:
    """Return a store that holds each file in a graph named after it."""
    store = Store()
    for path in paths:
        graph = NamedNode(path.resolve().as_uri())
        store.load(path=str(path), format=RdfFormat.TURTLE, to_graph=graph)
    return store


def find_faults(store: Store, rule: str) -> list[tuple[str, str]]:
    """Return term and value of each fault that `rule` finds."""
    solutions = store.query(RULES[rule], use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    return [(str(solution["term"]), str(solution["value"])) for solution in solutions]
