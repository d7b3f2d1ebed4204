"""Graphs of a few lines, read in this process: one file per phenomenon, or generated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, cast

import pyoxigraph as ox

from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.model import Version

T = TypeVar("T")

BASE = "https://example.org/verk/"

PROLOGUE = f"""
PREFIX sg: <https://w3id.org/styrgraf/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX graph: <{BASE}graph/>
PREFIX : <{BASE}id/thing/>
"""


class CountingReader(EmbeddedReader):
    """Counts the queries that a page takes."""

    asked = 0
    _made: object = None

    def query(self, *arguments: object, **named: object) -> object:  # type: ignore[override]
        self.asked += 1
        return super().query(*arguments, **named)  # type: ignore[arg-type]

    def open_attachment(self, name: str, version: Version, opener: Callable[[Path], T]) -> T:
        """Return what is made of the index, which a load would have attached."""
        if self._made is None:
            asked = self.asked
            with TemporaryDirectory() as folder:
                path = Path(folder) / name
                path.write_bytes(compile_index(read_facts(self)))
                self._made = opener(path)
            self.asked = asked
        return cast(T, self._made)


def read_text(trig: str) -> CountingReader:
    """Return a reader of a dataset in TriG; the unnamed graph holds the merge, as in a store."""
    store = ox.Store()
    store.load((PROLOGUE + trig).encode(), format=ox.RdfFormat.TRIG)
    store.extend([ox.Quad(*quad.triple) for quad in list(store)])
    version = Version(1, datetime(2026, 1, 1, tzinfo=UTC), len(store), "", "verk", BASE)
    return CountingReader(store, version)


def read_file(path: Path) -> CountingReader:
    """Return a reader of a file in TriG without prefixes of its own."""
    return read_text(path.read_text())
