"""The dataset of a query whose default graph is several graphs: their RDF merge.

SPARQL asks for the merge (SPARQL 1.1, section 13.1), in which a triple stands once. The engine
answers a triple once for each graph that holds it, so such graphs are merged in a store of their
own before the query is evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from styrgraf.errors import AnswerTooLargeError
from styrgraf.formats import QUERY_FORMS
from styrgraf.graph.inspection import read_query
from styrgraf.graph.tokens import Token, tokenize_meaning
from styrgraf.language import N_

MOST_MERGED_BYTES = 50_000_000
"""Most bytes of N-Triples that are merged for one query: some 400,000 triples."""

Names = list[ox.NamedNode]
GraphNames = Mapping[str, Sequence[ox.NamedNode | ox.DefaultGraph]]
"""What the engine is told of a dataset: `default_graph` and `named_graphs`; empty: nothing."""


def merge_default_graphs(
    store: ox.Store, text: str, names: Mapping[str, Names], base: str
) -> tuple[ox.Store, GraphNames]:
    """Return where to evaluate a query, and on which graphs; nearly always what was given.

    `names` are those of the request, which win over FROM. Raises AnswerTooLargeError where the
    graphs are too large to be merged for one query.
    """
    asked = names or _read_clauses(text, base)
    default = list(dict.fromkeys(asked.get("default_graph", ())))
    named = list(dict.fromkeys(asked.get("named_graphs", ())))
    if not asked:
        return store, {}
    if len(default) < 2:
        return store, {"default_graph": default, "named_graphs": named}
    merged = ox.Store()
    left = MOST_MERGED_BYTES
    for graph, target in [*((name, None) for name in default), *((name, name) for name in named)]:
        content = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        left -= len(content)
        if left < 0:
            raise _too_large()
        merged.bulk_load(content, ox.RdfFormat.N_TRIPLES, to_graph=target)
    return merged, {"default_graph": [ox.DefaultGraph()], "named_graphs": named}


def _too_large() -> AnswerTooLargeError:
    return AnswerTooLargeError(
        N_(
            "The default graphs of the query are too large to be merged; "
            "name one of them, or none: then it is all graphs."
        ),
        limit=MOST_MERGED_BYTES,
    )


def _read_clauses(text: str, base: str) -> Mapping[str, Names]:
    """Return what FROM and FROM NAMED name, where several default graphs are named."""
    if "from" not in text.lower():
        return {}
    found = read_query(text)
    if len(found.default_graphs) < 2:
        return {}
    return {
        "default_graph": _resolve(text, found.default_graphs, base),
        "named_graphs": _resolve(text, found.named_graphs, base),
    }


def _resolve(text: str, written: tuple[Token, ...], base: str) -> Names:
    """Return the IRIs of names as written: the engine itself reads them with the same prologue."""
    tokens = tokenize_meaning(text)
    form = next(token for token in tokens if token.text.lower() in QUERY_FORMS)
    names = " ".join(token.text for token in written)
    query = f"{text[: form.start]}\nSELECT ?g {{ VALUES ?g {{ {names} }} }}"
    return [row["g"] for row in ox.Store().query(query, base_iri=base)]  # type: ignore[union-attr]
