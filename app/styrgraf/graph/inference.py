"""The inferred graph: what the queries under `queries/derive` make of all the other graphs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from styrgraf.errors import SyntaxInFileError
from styrgraf.language import N_


def infer_quads(quads: Iterable[ox.Quad], derivations: Iterable[Path], graph: str) -> list[ox.Quad]:
    """Return what the CONSTRUCT queries in `derivations` make of `quads`, as quads of `graph`.

    They see the merge of `quads` as default graph, and the named graphs. None sees what another
    makes. Raises SyntaxInFileError.
    """
    store = make_merged_store(quads)
    name = ox.NamedNode(graph)
    inferred: dict[ox.Quad, None] = {}
    for path in derivations:
        for triple in _construct(store, path):
            inferred[ox.Quad(triple.subject, triple.predicate, triple.object, name)] = None
    return list(inferred)


def make_merged_store(quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store in memory with `quads`, and their merge in its unnamed graph."""
    store = ox.Store()
    store.bulk_extend(
        copy
        for quad in quads
        for copy in (quad, ox.Quad(quad.subject, quad.predicate, quad.object))
    )
    return store


def _construct(store: ox.Store, path: Path) -> list[ox.Triple]:
    try:
        result = store.query(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise _file_error(path, str(error)) from error
    if not isinstance(result, ox.QueryTriples):
        raise _file_error(path, "CONSTRUCT expected")
    return list(result)


def _file_error(path: Path, reason: str) -> SyntaxInFileError:
    return SyntaxInFileError(
        N_("The file {file} does not parse at line {line}: {reason}. Nothing was loaded."),
        file=path,
        line=1,
        reason=reason,
    )
