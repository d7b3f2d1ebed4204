"""The embedded engine: Oxigraph in this process, behind the store protocol.

In a store the unnamed graph is kept as the merge of all named graphs and nothing else: the
engine's own union answers a triple once for each graph that holds it, which is not the RDF merge
that SPARQL asks for. Nothing can be written to it but through a named graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from styrgraf.errors import OutgoingRequestError, StoreUnusableError, UnknownNameError, UsageError
from styrgraf.formats import Content, Format, find_format
from styrgraf.graph.answers import AnsweringReader
from styrgraf.graph.attachments import Attachments, missing_attachment
from styrgraf.graph.datasets import merge_default_graphs
from styrgraf.graph.functions import Function, FunctionCalls
from styrgraf.graph.inspection import inspect_query
from styrgraf.graph.isolation.outputs import AnswerOutput
from styrgraf.graph.limits import AnswerLimits
from styrgraf.graph.serialization import (
    choose_format,
    engine_format,
    open_output,
    write_distinct,
    write_solutions,
)
from styrgraf.graph.syntax_errors import describe_syntax_error, describe_unoffered
from styrgraf.graph.terms import to_engine_quads
from styrgraf.graph.updates import halt_update, inspect_update
from styrgraf.language import N_
from styrgraf.model import UNION, Quad, QueryAnswer, QueryDataset, Version
from styrgraf.namespaces import PREFIXES

T = TypeVar("T")

_UNNAMED = ox.DefaultGraph()
_PART_BYTES = 256 * 1024
_COUNT = "SELECT (COUNT(*) AS ?count) { GRAPH ?g { ?s ?p ?o } }"


class EmbeddedReader(AnsweringReader):
    """Reads a store in this process. A query cannot be stopped; served queries go to workers.

    Attachments, if there are any, are in `folder`.
    """

    def __init__(
        self,
        store: ox.Store,
        version: Version,
        limits: AnswerLimits | None = None,
        folder: Path | None = None,
        attachments: Attachments | None = None,
    ) -> None:
        self._store = store
        self._version = version
        self._limits = limits or AnswerLimits()
        self._folder = folder
        self._attachments = attachments or Attachments()
        self._calls = FunctionCalls({})

    def offer_functions(self, functions: Mapping[str, Function]) -> None:
        """Let queries call functions, by their IRIs."""
        self._calls = FunctionCalls(functions)

    def limit_answers(self, limits: AnswerLimits) -> None:
        """Set the limits of the answers to come."""
        self._limits = limits

    def query(
        self, text: str, media_type: str | None = None, dataset: QueryDataset = UNION
    ) -> QueryAnswer:
        """Answer a SPARQL query serialised in `media_type` (None: JSON, or N-Triples)."""
        form = inspect_query(text)
        wanted = choose_format(form, media_type)
        output = self.write_answer(text, wanted, dataset)
        return QueryAnswer(form, wanted.media_type, output.rest(), self._version.number)

    def write_answer(
        self,
        text: str,
        wanted: Format,
        dataset: QueryDataset = UNION,
        deliver: Callable[[bytes], None] | None = None,
    ) -> AnswerOutput:
        """Answer a query that was inspected; what is not delivered in parts is in the output."""
        try:
            return self._evaluate(text, wanted, dataset, deliver)
        except SyntaxError as error:
            raise describe_syntax_error(text, error) from error
        except RuntimeError as error:
            raise describe_unoffered(error) from error

    def _evaluate(
        self,
        text: str,
        wanted: Format,
        dataset: QueryDataset,
        deliver: Callable[[bytes], None] | None,
    ) -> AnswerOutput:
        calls = self._calls
        calls.forget_failure()
        store, names = merge_default_graphs(
            self._store, text, _engine_dataset(dataset), self._version.base
        )
        result = store.query(
            text,
            base_iri=self._version.base,
            custom_functions=calls.engine_functions,
            **names,  # type: ignore[arg-type]
        )
        output = open_output(result, wanted, self._limits, deliver)
        if isinstance(result, ox.QueryTriples):
            write_distinct(result, wanted, self._limits, output)
        else:
            write_solutions(result, wanted, output)
        calls.raise_failure()
        return output

    def dump(self, media_type: str, graph: str | None = None) -> Iterator[bytes]:
        """Yield the whole dataset (N-Quads, TriG), or one graph (empty: the default), in parts."""
        if graph is None:
            body = self._serialize(media_type)
        else:
            body = self._serialize_graph(media_type, graph)
        for start in range(0, len(body), _PART_BYTES):
            yield body[start : start + _PART_BYTES]

    def _serialize_graph(self, media_type: str, graph: str) -> bytes:
        name = name_graph(graph) if graph else _UNNAMED
        if isinstance(name, ox.NamedNode) and not self._store.contains_named_graph(name):
            raise UnknownNameError(N_("There is no graph {graph}."), graph=graph)
        triples = (quad.triple for quad in self._store.quads_for_pattern(None, None, None, name))
        wanted = engine_format(_find_rdf_format(media_type))
        return ox.serialize(triples, format=wanted, prefixes=PREFIXES) or b""

    def _serialize(self, media_type: str) -> bytes:
        wanted = _find_rdf_format(media_type)
        if wanted.content is not Content.DATASET:
            raise UsageError(
                N_("{media_type} carries no named graphs; name one graph, or take TriG."),
                media_type=media_type,
            )
        quads = self.named_quads()
        return ox.serialize(quads, format=engine_format(wanted), prefixes=PREFIXES) or b""

    def version(self) -> Version:
        """Return the version that answers come from."""
        return self._version

    def open_attachment(self, name: str, version: Version, opener: Callable[[Path], T]) -> T:
        """Return what `opener` makes of a file that is attached to this version, and no other."""
        if self._folder is None or version.number != self._version.number:
            raise missing_attachment(name)
        return self._attachments.open(self._folder, name, opener)

    def named_quads(self) -> Iterator[ox.Quad]:
        """Yield all quads, graph by graph."""
        for graph in sorted(self._store.named_graphs(), key=str):
            yield from self._store.quads_for_pattern(None, None, None, graph)


class EmbeddedWriter(EmbeddedReader):
    """Reads and writes a store in this process; who may, and publishing, is for the versions.

    Where it does not merge, the unnamed graph is a graph of its own, that only quads written to
    it are in.
    """

    def __init__(
        self,
        store: ox.Store,
        version: Version,
        limits: AnswerLimits | None = None,
        *,
        merges: bool = True,
    ) -> None:
        super().__init__(store, version, limits)
        self._merges = merges

    def update(self, text: str) -> None:
        """Carry out a SPARQL update; where the unnamed graph is a merge, it names its graphs."""
        try:
            inspect_update(text, unnamed=not self._merges)
        except OutgoingRequestError:
            self._check_syntax(text)
            raise
        try:
            self._store.update(text, base_iri=self._version.base)
        except SyntaxError as error:
            raise describe_syntax_error(text, error) from error
        if self._merges:
            self._rebuild_union()

    def _check_syntax(self, text: str) -> None:
        """Raise QuerySyntaxError for an update that does not parse; nothing is carried out."""
        halted, start, length = halt_update(text)
        try:
            ox.Store().update(halted, base_iri=self._version.base)
        except RuntimeError:
            return
        except SyntaxError as error:
            raise describe_syntax_error(text, error, (start, length)) from error

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self.load_engine_quads(to_engine_quads(quads))

    def load_engine_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads that are in the engine's form already."""
        if not self._merges:
            self._store.bulk_extend(quads)
            return
        self._store.bulk_extend(
            copy
            for quad in quads
            for copy in (quad, ox.Quad(quad.subject, quad.predicate, quad.object, _UNNAMED))
        )

    def clear(self, graph: str) -> None:
        """Empty one named graph."""
        self.replace_graphs({graph}, ())

    def clear_all(self) -> None:
        """Empty the store."""
        self._store.clear()

    def replace_graphs(self, graphs: Iterable[str], quads: Iterable[ox.Quad]) -> None:
        """Add quads, and remove from `graphs` all others; a graph left empty is gone.

        Only the difference is written.
        """
        wanted = set(quads)
        names = {ox.NamedNode(graph) for graph in graphs}
        present = {
            quad for name in names for quad in self._store.quads_for_pattern(None, None, None, name)
        }
        for quad in present - wanted:
            self._remove(quad)
        for name in names - {quad.graph_name for quad in wanted}:
            self._store.remove_graph(name)
        self.load_engine_quads(wanted - present)

    def _remove(self, quad: ox.Quad) -> None:
        self._store.remove(quad)
        if not self._merges:
            return
        subject, predicate, value = quad.triple
        held = self._store.quads_for_pattern(subject, predicate, value)
        if all(other.graph_name == _UNNAMED for other in held):
            self._store.remove(ox.Quad(subject, predicate, value, _UNNAMED))

    def count_quads(self) -> int:
        """Return the number of quads, without those of a merge."""
        if not self._merges:
            return len(self._store)
        return int(self.select(_COUNT).rows[0]["count"].value)

    def _rebuild_union(self) -> None:
        self._store.clear_graph(_UNNAMED)
        self._store.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, _UNNAMED)
            for quad in self.named_quads()
        )


def name_graph(graph: str) -> ox.NamedNode:
    """Return the name of a graph for the engine. Raises UsageError for what is no IRI."""
    try:
        return ox.NamedNode(graph)
    except ValueError:
        raise UsageError(
            N_("“{graph}” is not an absolute IRI, so it cannot name a graph."), graph=graph
        ) from None


def _engine_dataset(dataset: QueryDataset) -> dict[str, list[ox.NamedNode]]:
    if dataset == UNION:
        return {}
    return {
        "default_graph": [name_graph(graph) for graph in dataset.default_graphs],
        "named_graphs": [name_graph(graph) for graph in dataset.named_graphs],
    }


def _find_rdf_format(media_type: str) -> Format:
    found = find_format(media_type)
    if found is None or found.content is Content.SOLUTIONS:
        raise UsageError(N_("{media_type} carries no RDF."), media_type=media_type)
    return found


def store_problem(error: OSError | ValueError, path: object) -> StoreUnusableError:
    """Return the error that tells why the store at `path` cannot be used."""
    return StoreUnusableError(
        N_("The data directory {path} cannot be used: {reason}."), path=path, reason=error
    )
