"""Fixtures: the shipped dataset as it is loaded, with and without the external graph."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from styrgraf.assets import find_asset
from styrgraf.graph.loading import load_dataset
from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings


@pytest.fixture(scope="session")
def documents_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedStore]:
    """A reader of the shipped dataset without what public pages say."""
    folder = tmp_path_factory.mktemp("documents") / "kth"
    left_out = shutil.ignore_patterns("external")
    shutil.copytree(find_asset("data") / "kth", folder, ignore=left_out)
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("documents-store"), dataset=str(folder), query_workers=1
    )
    load_dataset(settings)
    with open_reader(settings) as reader:
        yield reader
