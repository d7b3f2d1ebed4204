"""Loading: files become the next version, all of them or nothing.

Files are parsed and checked first; then, under the writer's lock, the graph as it would become is
put together in memory, inferred and validated; only what conforms is written and published.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from styrgraf.errors import NonConformingError, StoreMissingError, UnacceptableDataError
from styrgraf.graph.embedded import name_graph
from styrgraf.graph.inference import Compiler, compile_quads, infer_quads, read_quads
from styrgraf.graph.parsing import IncomingFile, parse_file
from styrgraf.graph.reports import REPORT_FILE, Severity, ValidationReport, serialize_report
from styrgraf.graph.shipped import (
    EXTERNAL_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    SHAPES_GRAPH,
    Dataset,
    compute_shipped_digest,
    list_derivations,
    list_shipped_files,
    read_dataset,
)
from styrgraf.graph.versions import VersionWriter, check_dataset, open_writer, read_current
from styrgraf.language import N_
from styrgraf.model import Version
from styrgraf.settings import Settings

_SHIPPED_GRAPHS_FILE = "shipped-graphs.json"

Progress = Callable[[str], None]
"""Told, in English, what begins: one of the steps below."""

PARSING = N_("Reading files")
INFERRING = N_("Deriving facts")
VALIDATING = N_("Validating")
PUBLISHING = N_("Publishing")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load made: the version, whether it is new, and its validation report if so."""

    version: Version
    is_new: bool
    report: ValidationReport | None = None


def tell_nothing(step: str) -> None:
    """Take no notice of a step."""


def ensure_loaded(
    settings: Settings, progress: Progress = tell_nothing, compilers: Sequence[Compiler] = ()
) -> Loaded:
    """Load the shipped dataset where nothing is published, or files or compilers have changed.

    Raises WrongDatasetError, and what `load_dataset` raises.
    """
    dataset = read_dataset(settings)
    try:
        current = read_current(settings.data_dir)
    except StoreMissingError:
        return load_dataset(settings, progress, compilers)
    check_dataset(current, dataset)
    if current.shipped_digest == _compute_digest(dataset, compilers):
        return Loaded(current, is_new=False)
    return load_dataset(settings, progress, compilers)


def load_dataset(
    settings: Settings, progress: Progress = tell_nothing, compilers: Sequence[Compiler] = ()
) -> Loaded:
    """Fill the shipped graphs anew from the shipped files; graphs loaded by users stay.

    Raises DataError, StoreError and SettingError; then nothing has changed.
    """
    dataset = read_dataset(settings)
    digest = _compute_digest(dataset, compilers)
    progress(PARSING)
    shipped = parse_shipped(dataset)
    with open_writer(settings) as writer:
        replaced = {*_read_shipped_graphs(writer), *_list_graphs(shipped)}
        becoming = _become(writer, dataset, shipped, replaced, progress, compilers)
        return _publish(writer, becoming, replaced, digest, progress)


def load_files(
    settings: Settings,
    paths: Sequence[Path],
    graph: str | None = None,
    progress: Progress = tell_nothing,
    compilers: Sequence[Compiler] = (),
) -> Loaded:
    """Add files to the store; `graph` takes the triples that are outside named graphs.

    Raises DataError, StoreError and SettingError; then nothing has changed.
    """
    dataset = read_dataset(settings)
    progress(PARSING)
    added = parse_files(paths, graph, dataset.base)
    with open_writer(settings) as writer:
        if writer.version().number == 0:
            raise StoreMissingError(
                N_(
                    "Nothing has been loaded into {path} yet; run `styrgraf load` "
                    "or `styrgraf serve`."
                ),
                path=settings.data_dir,
            )
        _refuse_shipped_graphs(writer, dataset, _list_graphs(added))
        becoming = _become(writer, dataset, added, set(), progress, compilers)
        return _publish(writer, becoming, set(), writer.version().shipped_digest, progress)


def validate_shipped(
    settings: Settings, progress: Progress = tell_nothing, compilers: Sequence[Compiler] = ()
) -> ValidationReport:
    """Validate the shipped files as a load would; nothing is written."""
    dataset = read_dataset(settings)
    progress(PARSING)
    return _infer_and_validate(dataset, parse_shipped(dataset), (), progress, compilers).report


def validate_files(
    settings: Settings,
    paths: Iterable[Path],
    with_dataset: bool = False,
    progress: Progress = tell_nothing,
    compilers: Sequence[Compiler] = (),
) -> ValidationReport:
    """Validate files by themselves with ontology and shapes, or with all shipped data."""
    dataset = read_dataset(settings)
    progress(PARSING)
    given = parse_files(paths, dataset.graph("given"), dataset.base)
    framework = {ox.NamedNode(dataset.graph(name)) for name in (ONTOLOGY_GRAPH, SHAPES_GRAPH)}
    shipped = [
        quad for quad in parse_shipped(dataset) if with_dataset or quad.graph_name in framework
    ]
    return _infer_and_validate(dataset, given, shipped, progress, compilers).report


def parse_shipped(dataset: Dataset) -> list[ox.Quad]:
    """Return the quads of the shipped files."""
    files = (IncomingFile(file.name, file.graph, file.path) for file in list_shipped_files(dataset))
    return [quad for file in files for quad in parse_file(file, dataset.base)]


def parse_files(paths: Iterable[Path], graph: str | None, base: str) -> list[ox.Quad]:
    """Return the quads of files that a user names."""
    if graph is not None:
        name_graph(graph)
    return [
        quad for path in paths for quad in parse_file(IncomingFile(str(path), graph, path), base)
    ]


@dataclass(frozen=True, slots=True)
class _Becoming:
    """A graph as it would become: what comes to it, what is made of it, whether it conforms."""

    graph: str
    added: list[ox.Quad]
    inferred: list[ox.Quad]
    attachments: Mapping[str, bytes]
    report: ValidationReport


def _infer_and_validate(
    dataset: Dataset,
    added: list[ox.Quad],
    kept: Iterable[ox.Quad],
    progress: Progress,
    compilers: Sequence[Compiler],
) -> _Becoming:
    from styrgraf.graph.validation import validate_quads  # half a second that a start can spare

    progress(INFERRING)
    stated, graph = [*kept, *added], dataset.graph(INFERRED_GRAPH)
    external = ox.NamedNode(dataset.graph(EXTERNAL_GRAPH))
    premises = (quad for quad in stated if quad.graph_name != external)
    inferred = infer_quads(premises, list_derivations(), graph)
    attachments: Mapping[str, bytes] = {}
    if compilers:
        reader = read_quads([*stated, *inferred], dataset.name, dataset.base)
        compiled, attachments = compile_quads(reader, compilers, graph)
        inferred += compiled
    progress(VALIDATING)
    report = validate_quads([*stated, *inferred], dataset.base)
    return _Becoming(graph, added, inferred, attachments, report)


def _become(
    writer: VersionWriter,
    dataset: Dataset,
    added: list[ox.Quad],
    replaced: set[str],
    progress: Progress,
    compilers: Sequence[Compiler],
) -> _Becoming:
    removed = {ox.NamedNode(graph) for graph in (*replaced, dataset.graph(INFERRED_GRAPH))}
    kept = (quad for quad in writer.named_quads() if quad.graph_name not in removed)
    becoming = _infer_and_validate(dataset, added, kept, progress, compilers)
    _refuse_violations(becoming.report)
    return becoming


def _publish(
    writer: VersionWriter,
    becoming: _Becoming,
    replaced: set[str],
    digest: str,
    progress: Progress,
) -> Loaded:
    progress(PUBLISHING)
    writer.replace_graphs({*replaced, becoming.graph}, [*becoming.added, *becoming.inferred])
    shipped_graphs = sorted(replaced) or _read_shipped_graphs(writer)
    writer.attach(_SHIPPED_GRAPHS_FILE, json.dumps(shipped_graphs).encode())
    writer.attach(REPORT_FILE, serialize_report(becoming.report))
    for name, content in becoming.attachments.items():
        writer.attach(name, content)
    return Loaded(writer.publish(digest), is_new=True, report=becoming.report)


def _refuse_violations(report: ValidationReport) -> None:
    if report.conforms:
        return
    first = report.results[0]
    raise NonConformingError(
        N_(
            "The data would break the shapes, first at {focus_node} (violations: {count}). "
            "Nothing was loaded."
        ),
        report=report,
        count=report.count(Severity.VIOLATION),
        focus_node=first.focus_node,
    )


def _refuse_shipped_graphs(writer: VersionWriter, dataset: Dataset, graphs: set[str]) -> None:
    kept = {*_read_shipped_graphs(writer), dataset.graph(INFERRED_GRAPH)}
    for graph in sorted(graphs & kept):
        raise UnacceptableDataError(
            N_(
                "The graph {graph} is made by the product from its own files; "
                "load into another one, for example {example}."
            ),
            graph=graph,
            example=dataset.graph("source/own"),
        )


def _read_shipped_graphs(writer: VersionWriter) -> list[str]:
    content = writer.read_attachment(_SHIPPED_GRAPHS_FILE)
    return [str(graph) for graph in json.loads(content)] if content else []


def _list_graphs(quads: Iterable[ox.Quad]) -> set[str]:
    return {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}


def _compute_digest(dataset: Dataset, compilers: Iterable[Compiler]) -> str:
    return compute_shipped_digest(dataset, [compiler.mark for compiler in compilers])
