"""The same data for rdflib and pyshacl: an rdflib dataset over what a reader reads."""

from __future__ import annotations

import pyoxigraph as ox
from oxrdflib.store import OxigraphStore
from rdflib import Dataset

from styrgraf.formats import N_QUADS
from styrgraf.graph.store import Reader
from styrgraf.namespaces import PREFIXES


def open_rdflib_dataset(reader: Reader) -> Dataset:
    """Return an rdflib dataset with the named graphs of a reader's present version.

    It is a copy in memory, so any reader will do; its default graph is the union.
    """
    store = ox.Store()
    store.bulk_load(b"".join(reader.dump(N_QUADS.media_type)), ox.RdfFormat.N_QUADS)
    dataset = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
