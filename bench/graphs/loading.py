"""A made graph as files, and as a published version of ours: what peers and we are given alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bench.graphs.governance import BASE, make_graph
from styrgraf.governance.publication import COMPILERS
from styrgraf.graph.shipped import compute_shipped_digest, read_dataset
from styrgraf.graph.versions import open_writer
from styrgraf.model import Version
from styrgraf.settings import Settings

_DESCRIPTION = f"""name = "bench"
base = "{BASE}"
example = true

[title]
sv = "Påhittade organisationer att mäta på"
en = "Made-up organisations to measure with"
"""


@dataclass(frozen=True)
class Written:
    """The files of a graph: its quads, their merge as triples, and how many there are."""

    quads: Path
    triples: Path
    size: int
    organisations: int


def write_graph(folder: Path, triples: int, seed: int) -> Written:
    """Write a graph of at least so many triples; no triple is in two of its named graphs."""
    quads, merge = folder / "graph.nq", folder / "graph.nt"
    size, organisations = 0, -1
    with quads.open("w") as quads_file, merge.open("w") as merge_file:
        for lines in make_graph(triples, seed):
            quads_file.writelines(f"{line}\n" for line in lines)
            merge_file.writelines(f"{line.rpartition(' <')[0]} .\n" for line in lines)
            size += len(lines)
            organisations += 1
    return Written(quads, merge, size, organisations)


def publish_graph(written: Written, folder: Path) -> Settings:
    """Load a graph as the first version of a new data directory; return what serves it.

    Validation and derivation are left out: their time is not that of the query service.
    """
    dataset = folder / "dataset"
    dataset.mkdir()
    (dataset / "dataset.toml").write_text(_DESCRIPTION)
    settings = Settings(data_dir=folder / "data", dataset=str(dataset))
    _publish(settings, written.quads)
    return settings


def _publish(settings: Settings, quads: Path) -> Version:
    marks = [compiler.mark for compiler in COMPILERS]
    digest = compute_shipped_digest(read_dataset(settings), marks)
    with open_writer(settings) as writer:
        writer.load_engine_quads(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
        return writer.publish(digest)
