"""Publishing and reading versions that hold what the domain makes of them.

What `graph.loading` and `graph.published` do, with the compilers and the plug-in of this floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from styrgraf.governance.authority.forms.derived import describe_entries, list_names
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.indexing.effective import derive_entries
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.layout import FORMAT
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.authority.opening import INDEX_FILE
from styrgraf.governance.labels import load_labels
from styrgraf.governance.search.opening import MARK, compile_search
from styrgraf.graph import loading, published
from styrgraf.graph.inference import Compiled, Compiler
from styrgraf.graph.loading import Loaded, Progress, tell_nothing
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.reports import ValidationReport
from styrgraf.graph.store import Reader
from styrgraf.language import LANGUAGES
from styrgraf.settings import Settings

PLUG_IN = "styrgraf.governance.authority.functions"


def compile_authority(reader: Reader) -> Compiled:
    """Return the index of authority, and what delegations come to as RDF."""
    content = compile_index(read_facts(reader))
    entries = tuple(derive_entries(Index.over(content)))
    things = list_names(entries)
    names = {
        language: {iri: label.value for iri, label in load_labels(reader, things, language).items()}
        for language in LANGUAGES
    }
    triples = describe_entries(entries, names, reader.version().base)
    return Compiled(tuple(triples), {INDEX_FILE: content})


COMPILERS = (
    Compiler(f"authority {FORMAT}", compile_authority),
    Compiler(MARK, compile_search),
)


def ensure_loaded(settings: Settings, progress: Progress = tell_nothing) -> Loaded:
    """Load the shipped dataset where nothing is published, or what makes it has changed since."""
    return loading.ensure_loaded(settings, progress, COMPILERS)


def load_dataset(settings: Settings, progress: Progress = tell_nothing) -> Loaded:
    """Fill the shipped graphs anew from the shipped files; graphs loaded by users stay."""
    return loading.load_dataset(settings, progress, COMPILERS)


def load_files(
    settings: Settings,
    paths: Sequence[Path],
    graph: str | None = None,
    progress: Progress = tell_nothing,
) -> Loaded:
    """Add files to the store; `graph` takes the triples that are outside named graphs."""
    return loading.load_files(settings, paths, graph, progress, COMPILERS)


def validate_shipped(settings: Settings, progress: Progress = tell_nothing) -> ValidationReport:
    """Validate the shipped files as a load would; nothing is written."""
    return loading.validate_shipped(settings, progress, COMPILERS)


def validate_files(
    settings: Settings,
    paths: Iterable[Path],
    with_dataset: bool = False,
    progress: Progress = tell_nothing,
) -> ValidationReport:
    """Validate files by themselves with ontology and shapes, or with all shipped data."""
    return loading.validate_files(settings, paths, with_dataset, progress, COMPILERS)


def open_reader(settings: Settings) -> PublishedStore:
    """Open the data directory for reading, with its query processes; close it when done."""
    return published.open_reader(settings, PLUG_IN)


def open_local_reader(settings: Settings) -> PublishedStore:
    """Open the data directory for one caller: a query is stopped here as well."""
    return published.open_local_reader(settings, PLUG_IN)
