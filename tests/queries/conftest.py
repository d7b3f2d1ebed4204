"""Fixtures: the shipped dataset as it is loaded, with and without the external graph.

They read the published version in this process: thousands of questions are asked of it.
"""

from __future__ import annotations

import shutil

import pyoxigraph as ox
import pytest

from styrgraf.assets import find_asset
from styrgraf.governance.authority.functions import open_functions
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.graph.versions import CHECKPOINT, find_current, read_version
from styrgraf.settings import Settings
from tests.loaded import load_once


def open_published(settings: Settings) -> EmbeddedReader:
    folder = find_current(settings.data_dir)
    store = ox.Store.read_only(str(folder / CHECKPOINT))
    reader = EmbeddedReader(store, read_version(folder), folder=folder)
    reader.offer_functions(open_functions(reader))
    return reader


@pytest.fixture(scope="session")
def reader(shipped_settings: Settings) -> EmbeddedReader:
    """A reader of the shipped dataset."""
    return open_published(shipped_settings)


@pytest.fixture(scope="session")
def documents_reader(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedReader:
    """A reader of the shipped dataset without what public pages say."""
    folder = tmp_path_factory.mktemp("documents") / "documents"
    left_out = shutil.ignore_patterns("external")
    shutil.copytree(find_asset("data") / "kth", folder, ignore=left_out)
    return open_published(load_once(tmp_path_factory, Settings(dataset=str(folder))))
