"""A version in memory is the version, and is only offered where it is small beside the memory."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf.errors import StoreUnusableError
from styrgraf.graph.isolation.resident import fits_memory, load_store
from styrgraf.graph.versions import CHECKPOINT
from styrgraf.model import Version

VERSION = Version(1, datetime(2026, 1, 1, tzinfo=UTC), 1, "", "tiny", "https://example.org/")


def test_the_store_in_memory_holds_what_the_checkpoint_holds(tmp_path: Path) -> None:
    thing, graph = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/g")
    store = ox.Store(tmp_path / "store")
    store.extend([ox.Quad(thing, thing, ox.Literal("1"), graph), ox.Quad(thing, thing, thing)])
    store.add_graph(ox.NamedNode("https://example.org/empty"))
    store.backup(tmp_path / CHECKPOINT)
    resident = load_store(tmp_path)
    assert set(resident) == set(store)
    assert set(resident.named_graphs()) == set(store.named_graphs())


def test_a_version_without_checkpoint_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusableError):
        load_store(tmp_path)


def test_a_version_larger_than_the_memory_does_not_fit() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert fits_memory(VERSION)
    assert not fits_memory(replace(VERSION, quads=memory // 720))
