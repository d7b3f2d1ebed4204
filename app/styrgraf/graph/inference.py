"""The inferred graph: what derivations and compilers make of the others.

A derivation is a query under `queries/derive`; it does not see the external graph. A compiler is
a function of a higher floor; it sees everything, and may leave files beside the version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from styrgraf.errors import SyntaxInFileError
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.graph.store import Reader
from styrgraf.graph.terms import to_engine_quads
from styrgraf.language import N_
from styrgraf.model import Iri, Quad, Triple, Version


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a compiler makes: triples of the inferred graph, and files beside the version."""

    triples: tuple[Triple, ...] = ()
    attachments: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Makes a part of each version; `mark` changes when the same data would give another."""

    mark: str
    compile: Callable[[Reader], Compiled]


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


def compile_quads(
    reader: Reader, compilers: Iterable[Compiler], graph: str
) -> tuple[list[ox.Quad], dict[str, bytes]]:
    """Return what compilers make of what a reader reads: quads of `graph`, and files by name."""
    name = Iri(graph)
    quads: dict[ox.Quad, None] = {}
    attachments: dict[str, bytes] = {}
    for compiler in compilers:
        compiled = compiler.compile(reader)
        quads.update(dict.fromkeys(to_engine_quads(Quad(*row, name) for row in compiled.triples)))
        attachments |= compiled.attachments
    return list(quads), attachments


def read_quads(quads: Iterable[ox.Quad], dataset: str, base: str) -> EmbeddedReader:
    """Return a reader of quads that are in no version."""
    never = datetime.fromtimestamp(0, UTC)
    return EmbeddedReader(make_merged_store(quads), Version(0, never, 0, "", dataset, base))


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
