"""A version in memory: two to five times as fast to ask as its checkpoint (measured at 10^6 quads).

Processes that are forked from one that holds it share it. It is a copy for speed, never the truth.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox

from styrgraf.graph.embedded import store_problem
from styrgraf.graph.versions import CHECKPOINT
from styrgraf.model import Version

_QUAD_BYTES = 720
"""What a quad and its copy in the unnamed graph take in memory (measured)."""

_SHARE = 16
"""A version may take this part of the memory: each query process can come to have it again,
because the engine counts references in what it reads."""

_CONTROL_GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def load_store(folder: Path) -> ox.Store:
    """Return the store of a version, in memory. Raises StoreUnusableError.

    It takes some 15 s for 10^6 quads; what answers meanwhile reads the checkpoint.
    """
    try:
        published = ox.Store.read_only(str(folder / CHECKPOINT))
    except OSError as error:
        raise store_problem(error, folder / CHECKPOINT) from error
    store = ox.Store()
    store.bulk_extend(published)
    for graph in published.named_graphs():
        store.add_graph(graph)
    return store


def fits_memory(version: Version) -> bool:
    """Tell whether a version is small beside the memory of this machine, or of its container."""
    return version.quads * _QUAD_BYTES * _SHARE <= _measure_memory()


def _measure_memory() -> int:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(machine, int(_CONTROL_GROUP_LIMIT.read_text(encoding="ascii")))
    except (OSError, ValueError):  # no such group, or "max"
        return machine
