"""Graphs of a few lines, read in this process: one file per phenomenon, or generated."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.model import Version

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

    def query(self, *arguments: object, **named: object) -> object:  # type: ignore[override]
        self.asked += 1
        return super().query(*arguments, **named)  # type: ignore[arg-type]


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
